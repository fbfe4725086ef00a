import { expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { families } from "../../src/simulation/families";
import { failed } from "../../src/simulation/fault-runs";
import { Coverage } from "../../src/simulation/mischief";
import { playSite } from "../../src/simulation/play-site";
import { play } from "../../src/simulation/stage";

/** Kept few: `npm run simulate` plays thousands. */
const SEED = 100_001;

test.each([...families.keys()])("escrow oversells nothing in %s", async (name) => {
  const scenario = families.get(name);
  if (scenario === undefined) throw new Error(name);
  const run = await play(scenario, "escrow", SEED);
  expect(run).toMatchObject({ oversold: 0, violations: [], lost: 0, duplicated: 0 });
  expect(run.matchesTruth).toBe(true);
});

test("without anybody telling anybody, a cliff is oversold: the world can tell good from bad", async () => {
  const cliff = families.get("cliff");
  if (cliff === undefined) throw new Error("cliff");
  expect((await play(cliff, "none", SEED)).oversold).toBeGreaterThan(0);
});

test("the same seed is the same run", async () => {
  const first = await playSite({ seed: 3, coverage: new Coverage() });
  const second = await playSite({ seed: 3, coverage: new Coverage() });
  expect(second.trace).toEqual(first.trace);
  expect({ orders: second.orders, entries: second.entries }).toEqual({
    orders: first.orders,
    entries: first.entries,
  });
});

test.each([1, 4])("with every fault, run %i ends as the channels say", async (seed) => {
  const run = await playSite({ seed, coverage: new Coverage() });
  expect(run.violations).toEqual([]);
  expect(failed(run)).toBe(false);
  expect(run.orders).toBeGreaterThan(100);
});

test("every planted bug still has its place in the sources", async () => {
  const list = join(__dirname, "planted-bugs.mjs");
  const text = readFileSync(list, "utf8");
  const files = [
    ...text.matchAll(/file: "([^"]+)",\s+find:\s+(?:"((?:[^"\\]|\\.)*)"|'([^']*)'),/g),
  ];
  expect(files).toHaveLength(20);
  for (const [, file = "", double, single] of files) {
    const find = double ?? single ?? "";
    expect(readFileSync(join(__dirname, "../../src", file), "utf8")).toContain(find);
  }
});
