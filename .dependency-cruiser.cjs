// Who may import whom (architecture.md, section 3). A folder may always import itself; nothing else is allowed.
const layers = {
  base: [],
  stock: ["base"],
  forecast: ["base"],
  ledger: ["base", "stock"],
  channels: ["base", "stock"],
  workbook: ["base", "stock", "forecast", "locale"],
  sync: [
    "base",
    "stock",
    "forecast",
    "ledger",
    "channels/channel\\.ts$",
    "channels/rehearsal-contract\\.ts$",
  ],
  worker: ["base", "stock", "forecast", "ledger", "channels", "sync"],
  locale: ["base"],
  runtime: ["base", "stock", "forecast", "workbook", "locale", "worker/(api|client)\\.ts$"],
  functions: [
    "base",
    "stock",
    "forecast",
    "runtime",
    "workbook",
    "locale",
    "worker/(api|client)\\.ts$",
  ],
  taskpane: [
    "base",
    "stock",
    "forecast",
    "runtime",
    "workbook",
    "locale",
    "worker/(api|client)\\.ts$",
  ],
  companion: [
    "base",
    "channels/[a-z]+/(auth|consent)\\.ts$",
    "channels/http/(relay-contract|channel-auth|connect-contract|alarm-contract)\\.ts$",
    "channels/rehearsal-contract\\.ts$",
    "ledger/journal\\.ts$",
    "locale",
  ],
  sandbox: [
    "base",
    "stock",
    "channels/[a-z]+/(auth|wire)\\.ts$",
    "channels/rehearsal-contract\\.ts$",
  ],
  workbench: ["base"],
  simulation: [
    "base",
    "stock",
    "ledger",
    "sync",
    "worker",
    "channels/channel\\.ts$",
    "channels/http/relay-contract\\.ts$",
    "companion/lease\\.ts$",
    "companion/build-products\\.mjs$",
  ],
};

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, pathNot: "\\.d\\.ts$|\\.mjs$" },
      to: {},
    },
    ...Object.entries(layers).map(([from, to]) => ({
      name: `${from}-reaches-too-far`,
      severity: "error",
      from: { path: `^src/${from}/` },
      to: {
        path: "^src/",
        pathNot: [from, ...to].map((p) => `^src/${p}${p.endsWith("$") ? "" : "/"}`),
      },
    })),
    {
      name: "channels-are-plug-ins",
      severity: "error",
      comment: "One channel never imports another.",
      from: { path: "^src/channels/(?!http/)([^/]+)/" },
      to: {
        path: "^src/channels/[^/]+/",
        pathNot: ["^src/channels/http/", "^src/channels/$1/"],
      },
    },
    {
      name: "dexie-only-in-ledger",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/ledger/" },
      to: { path: "node_modules/dexie/" },
    },
    {
      name: "comlink-only-in-worker",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/worker/" },
      to: { path: "node_modules/comlink/" },
    },
    {
      name: "react-only-in-taskpane-and-workbench",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(taskpane|workbench)/" },
      to: { path: "node_modules/(react|react-dom|@fluentui)/" },
    },
    {
      name: "univer-only-in-workbench",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/workbench/" },
      to: { path: "node_modules/(@univerjs|exceljs)/" },
    },
    {
      name: "servers-stay-out-of-the-add-in",
      severity: "error",
      from: {
        path: "^src/(base|stock|forecast|ledger|channels|workbook|sync|worker|locale|runtime|functions|taskpane)/",
        pathNot: "^src/channels/[a-z]+/auth\\.ts$",
      },
      to: { dependencyTypes: ["core"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
