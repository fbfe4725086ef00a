/** The named scenarios: forecast.md 3.2, in its numbers. */
import type { Scenario, Surge } from "./scenario";

const HOUR = 3600;

const steady: Scenario = {
  name: "steady",
  length: 3 * HOUR,
  stock: 500,
  flat: 560,
  surges: [],
  slowOrders: { tiktok: 0, amazon: 45, shopify: 30, ebay: 9 },
  unpaid: 0.08,
  payAfter: 90,
  payWithin: 900,
  orderLag: { tiktok: 1, amazon: 10, shopify: 1, ebay: 3 },
  lookBack: 60,
  writeDelay: { tiktok: 0.8, amazon: 3, shopify: 0.8, ebay: 1.5 },
  writeSpread: 0.4,
  readEvery: { tiktok: 0, amazon: 0, shopify: 0, ebay: 0 },
  ordersEvery: { tiktok: 0, amazon: 0, shopify: 0, ebay: 0 },
  writesRefused: 0,
  outages: [],
};

const spike = (at: number, buyers: number): Surge => ({
  kind: "spike",
  buyers,
  at,
  rise: 5,
  decay: 40,
  halo: 3,
  haloFor: 120,
});

const spikes: Scenario = {
  ...steady,
  name: "spikes",
  stock: 550,
  flat: 350,
  surges: [spike(HOUR, 150), spike(2 * HOUR, 150)],
};
const cliff: Scenario = {
  ...spikes,
  name: "cliff",
  stock: "cliff",
  surges: [spike(HOUR, 150), spike(2 * HOUR, 300)],
};
const outage = {
  channels: ["tiktok", "amazon", "shopify", "ebay"],
  at: 2 * HOUR,
  jitter: 20,
  for: 60,
} satisfies Scenario["outages"][number];
const throttled = {
  readEvery: { tiktok: 0, amazon: 60, shopify: 0, ebay: 20 },
  writesRefused: 0.2,
};

const all: readonly Scenario[] = [
  steady,
  {
    ...steady,
    name: "burst",
    stock: 700,
    flat: 400,
    surges: [{ kind: "bell", buyers: 400, at: 1.5 * HOUR, sd: 480, halo: 2 }],
  },
  spikes,
  { ...spikes, name: "outage60", outages: [outage] },
  { ...spikes, name: "throttle", ...throttled },
  cliff,
  { ...cliff, name: "cliff60", outages: [outage] },
  { ...cliff, name: "cliffThr", ...throttled },
  { ...steady, name: "ample", stock: 1400 },
];

export const families: ReadonlyMap<string, Scenario> = new Map(
  all.map((scenario) => [scenario.name, scenario]),
);
