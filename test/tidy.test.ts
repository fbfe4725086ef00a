import { describe, expect, test } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import {
  fetchesInItsPlace,
  type FileRule,
  foldersExplainThemselves,
  keepsWordsInLocale,
  leavesNothingOver,
  LINES_MAX,
  lockNamesNoAddress,
  namesNoMachine,
  type SourceFile,
  speaksExcelInWorkbook,
  staysShort,
  takesClockAndDice,
  topLevelIsKnown,
  writesNoTextInComponents,
} from "./support/tidy-rules";

const root = process.cwd();
const isText = (name: string) => /\.(ts|tsx|mjs|cjs|js|json|html|css|md|xml|svg)$/.test(name);

function filesIn(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isText(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: relative(root, path).split(sep).join("/"),
      text: readFileSync(path, "utf8"),
    }));
}

const top = readdirSync(root, { withFileTypes: true });
const topFiles = top
  .filter((entry) => entry.isFile() && isText(entry.name) && entry.name !== "package-lock.json")
  .map(({ name }) => ({ path: name, text: readFileSync(join(root, name), "utf8") }));
const source = filesIn("src");
const everything = [...source, ...filesIn("test"), ...filesIn("assets"), ...topFiles].filter(
  // It plants what the rules look for.
  ({ path }) => path !== "test/tidy.test.ts",
);

const fileRules: [string, FileRule][] = [
  [`no file is longer than ${LINES_MAX} lines`, staysShort],
  ["clock and dice come in as arguments", takesClockAndDice],
  ["only the workbook speaks Excel", speaksExcelInWorkbook],
  ["only the relay's client, the companion and the workbench fetch", fetchesInItsPlace],
  ["nothing is left over", leavesNothingOver],
  ["no file names the machine it was written on", namesNoMachine],
  ["words in Chinese are in locale", keepsWordsInLocale],
  ["components hold no text", writesNoTextInComponents],
];

describe("the source", () => {
  test.each(fileRules)("%s", (_, rule) => {
    expect(everything.flatMap(rule)).toEqual([]);
  });

  test("every folder says what it is for", () => {
    expect(foldersExplainThemselves(source)).toEqual([]);
  });

  test("only known names stand at the top level", () => {
    expect(topLevelIsKnown(top.map(({ name }) => name))).toEqual([]);
  });

  test("the lockfile says of no package where it was fetched", () => {
    expect(lockNamesNoAddress(readFileSync(join(root, "package-lock.json"), "utf8"))).toEqual([]);
  });

  test("was found at all", () => {
    expect(source.length).toBeGreaterThan(50);
    expect(everything.some(({ path }) => path === "manifest.xml")).toBe(true);
  });
});

/** Rule, a file that breaks it, and the same content where it is allowed. */
const planted: [string, FileRule, SourceFile, SourceFile][] = [
  [
    "a long file",
    staysShort,
    { path: "src/stock/a.ts", text: "x;\n".repeat(LINES_MAX + 1) },
    { path: "src/stock/a.ts", text: "x;\n".repeat(LINES_MAX) },
  ],
  [
    "Date.now",
    takesClockAndDice,
    { path: "src/stock/a.ts", text: "const at = Date.now();" },
    { path: "src/base/clock.ts", text: "const at = Date.now();" },
  ],
  [
    "new Date without an argument",
    takesClockAndDice,
    { path: "src/sync/a.ts", text: "const at = new Date();" },
    { path: "src/sync/a.ts", text: "const at = new Date(0); // not new Date()" },
  ],
  [
    "Math.random handed on",
    takesClockAndDice,
    { path: "src/runtime/a.ts", text: "roll(Math.random);" },
    { path: "src/sandbox/main.ts", text: "roll(Math.random);" },
  ],
  [
    "Excel.run in the pane",
    speaksExcelInWorkbook,
    { path: "src/taskpane/a.ts", text: "await Excel.run(write);" },
    { path: "src/workbook/a.ts", text: "await Excel.run(write);" },
  ],
  [
    "a type of Excel in the runtime",
    speaksExcelInWorkbook,
    { path: "src/runtime/a.ts", text: "let range: Excel.Range;" },
    { path: "src/runtime/a.ts", text: "/** Told to Excel.Range */ let text = 'Excel.run';" },
  ],
  [
    "fetch in a function",
    fetchesInItsPlace,
    { path: "src/functions/a.ts", text: "await globalThis.fetch(url);" },
    { path: "src/channels/http/a.ts", text: "await fetch(url);" },
  ],
  [
    "fetch in a channel",
    fetchesInItsPlace,
    { path: "src/channels/tiktok/a.ts", text: "await fetch(url);" },
    { path: "src/channels/tiktok/a.ts", text: "await port.fetch(url); // never fetch(url)" },
  ],
  [
    "something to do",
    leavesNothingOver,
    { path: "test/a.test.ts", text: "// TODO: later" },
    { path: "test/a.test.ts", text: "// done" },
  ],
  [
    "something to mend",
    leavesNothingOver,
    { path: "src/README.md", text: "FIXME" },
    { path: "src/README.md", text: "AFFIXMENT" },
  ],
  [
    "a line for the console",
    leavesNothingOver,
    { path: "src/sync/a.ts", text: "console.log(state);" },
    { path: "src/companion/a.mjs", text: "console.log(address);" },
  ],
  [
    "a project folder",
    namesNoMachine,
    { path: "src/sync/a.ts", text: `read("/${"work"}/shared/a.json")` },
    { path: "src/sync/a.ts", text: `import "../${"work"}/shared/a"` },
  ],
  [
    "a home",
    namesNoMachine,
    { path: "test/a.test.ts", text: "cd /home/kim/streamstock" },
    { path: "test/a.test.ts", text: "https://example.com/home/kim/a ~/Library/Users" },
  ],
  [
    "a home on Windows",
    namesNoMachine,
    { path: "README.md", text: "C:\\Users\\Kim\\a" },
    { path: "README.md", text: "%LOCALAPPDATA%\\StreamStock" },
  ],
  [
    "Chinese in a string",
    keepsWordsInLocale,
    { path: "src/taskpane/a.ts", text: 'say("库存");' },
    { path: "src/locale/zh-cn.ts", text: 'say("库存");' },
  ],
  [
    "Chinese in a template",
    keepsWordsInLocale,
    { path: "src/sync/a.ts", text: "say(`剩 ${n} 件`);" },
    { path: "src/sync/a.ts", text: "// 库存\nsay(`${n}`);" },
  ],
  [
    "Chinese in a page",
    keepsWordsInLocale,
    { path: "src/taskpane/taskpane.html", text: "<title>库存</title>" },
    { path: "src/README.md", text: "简体中文" },
  ],
  [
    "text in a component",
    writesNoTextInComponents,
    { path: "src/taskpane/A.tsx", text: "const a = <p>Sold out</p>;" },
    { path: "src/taskpane/A.tsx", text: "const a = <p>{words.soldOut} · </p>;" },
  ],
  [
    "text in braces",
    writesNoTextInComponents,
    { path: "src/taskpane/A.tsx", text: 'const a = <p>{"Sold out"}</p>;' },
    { path: "src/taskpane/A.tsx", text: 'const a = <p>{" "}</p>;' },
  ],
  [
    "text for a screen reader",
    writesNoTextInComponents,
    { path: "src/taskpane/A.tsx", text: 'const a = <p aria-label="Sold out" />;' },
    { path: "src/taskpane/A.tsx", text: 'const a = <p role="status" aria-label={words.a} />;' },
  ],
];

describe("a rule is broken by", () => {
  test.each(planted)("%s", (_, rule, broken, kept) => {
    expect(rule(broken)).not.toEqual([]);
    expect(rule(kept)).toEqual([]);
  });

  test("a folder that explains itself nowhere", () => {
    const code = { path: "src/sync/loop.ts", text: "/** Loops. */" };
    expect(foldersExplainThemselves([code])).toEqual(["src/sync"]);
    const readme = { path: "src/sync/README.md", text: "When to ask; `retry/` waits." };
    expect(foldersExplainThemselves([code, readme])).toEqual([]);
    const main = { path: "src/sync/sync.ts", text: "/** When to ask and what to send. */" };
    expect(foldersExplainThemselves([code, main])).toEqual([]);
    expect(foldersExplainThemselves([code, { ...main, text: "import 1;" }])).toEqual(["src/sync"]);
    const inner = { path: "src/sync/retry/wait.ts", text: "" };
    expect(foldersExplainThemselves([code, readme, inner])).toEqual([]);
    expect(foldersExplainThemselves([code, main, inner])).toEqual(["src/sync/retry"]);
    const above = { path: "src/README.md", text: "`sync/`" };
    expect(foldersExplainThemselves([code, above])).toEqual(["src/sync"]);
  });

  test("a name that nobody knows at the top level", () => {
    expect(topLevelIsKnown(["src", "utils", "notes.txt", "node_modules"])).toEqual([
      "utils",
      "notes.txt",
    ]);
  });

  test("a download address in the lockfile", () => {
    const lock = { packages: { "": {}, "node_modules/a": { resolved: "https://example.com/a" } } };
    expect(lockNamesNoAddress(JSON.stringify(lock))).toHaveLength(1);
  });

  test("at least one planted fault for every rule", () => {
    const tried = new Set(planted.map(([, rule]) => rule));
    expect(fileRules.filter(([, rule]) => !tried.has(rule))).toEqual([]);
  });
});
