/** Times in which nobody watched are measured, kept, and waited out: through the real engine. */
import { describe, expect, test } from "@jest/globals";
import { skuViews } from "../../src/sync/view";
import { count, SKU } from "../support/entries";
import { engineWorld, type EngineWorld } from "../support/engine-world";
import { SAFE_AGE_MS } from "../../src/stock/sellable";

async function calm(): Promise<EngineWorld> {
  const w = engineWorld(100);
  await w.book(count(100));
  w.start();
  await w.pass(60_000);
  expect(w.notes("gap")).toEqual([]);
  return w;
}

/** Whether the row may be called sellable. */
function isSellable(w: EngineWorld): boolean {
  const [row] = skuViews(w.books.projection, w.engine.situation().catalogue, w.engine.health);
  return row?.asOf != null && w.time.now() - row.asOf <= SAFE_AGE_MS;
}

describe("a worker that was gone", () => {
  test("measures for how long, says so, and calls nothing sellable until all was read again", async () => {
    const w = await calm();
    w.shopify.fault = { kind: "server_error", status: 503, message: "" };
    const from = w.time.now();
    await w.restart(120_000);
    expect(w.engine.watch.gap()).toMatchObject({
      cause: "restart",
      waitsFor: ["tiktok", "shopify"],
    });
    await w.pass(10_000);
    const gap = w.engine.watch.gap();
    expect(gap).toMatchObject({ cause: "restart", waitsFor: ["shopify"] });
    expect(gap!.ms).toBeGreaterThanOrEqual(120_000);
    // The last sign of life is ten seconds and a look old at most.
    expect(gap!.ms).toBeLessThan(140_000);
    expect(gap!.from).toBeLessThanOrEqual(from);
    expect(isSellable(w)).toBe(false);
    w.shopify.fault = null;
    await w.pass(10_000);
    expect(w.engine.watch.gap()).toBeNull();
    expect(isSellable(w)).toBe(true);
    expect(w.notes("gap")).toMatchObject([{ detail: "restart", n: gap!.ms, at: gap!.from }]);
  });

  test("is no gap when it was gone for a moment, however quiet the shop was", async () => {
    const w = await calm();
    await w.pass(3_600_000);
    await w.restart(1000);
    expect(w.engine.watch.gap()).toBeNull();
    await w.pass(10_000);
    expect(w.notes("gap")).toEqual([]);
  });
});

test("a machine that slept: what the others sold meanwhile is known before any number goes up", async () => {
  const w = await calm();
  const engine = w.engine;
  w.freeze();
  await w.pass(300_000);
  w.tiktok.buy(SKU, 60);
  w.shopify.listed.set(SKU, 10);
  w.tiktok.fault = { kind: "unreachable", message: "" };
  w.thaw();
  await w.pass(8000);
  expect(engine.watch.gap()).toMatchObject({ cause: "sleep", waitsFor: ["tiktok"] });
  expect(engine.watch.gap()!.ms).toBeGreaterThan(290_000);
  expect(isSellable(w)).toBe(false);
  expect(w.shopify.listed.get(SKU)).toBe(10);
  w.tiktok.fault = null;
  await w.pass(10_000);
  expect(engine.watch.gap()).toBeNull();
  expect(w.shopify.listed.get(SKU)).toBeLessThanOrEqual(40);
  expect(w.notes("gap")).toMatchObject([{ detail: "sleep" }]);
});

test.each([
  ["companion", { kind: "companion_down" as const }],
  ["lease", { kind: "fenced_off" as const }],
])("a %s that was lost is a gap once it is back", async (cause, fault) => {
  const w = await calm();
  w.tiktok.fault = fault;
  w.shopify.fault = fault;
  await w.pass(10_000);
  w.tiktok.fault = null;
  w.shopify.fault = null;
  await w.pass(15_000);
  // Shorter than what a number may be old anyway.
  expect(w.notes("gap")).toEqual([]);
  w.tiktok.fault = fault;
  w.shopify.fault = fault;
  await w.pass(40_000);
  expect(isSellable(w)).toBe(false);
  w.tiktok.fault = null;
  w.shopify.fault = null;
  await w.pass(15_000);
  expect(w.notes("gap")).toMatchObject([{ detail: cause }]);
  expect(w.notes("gap")[0]!.n).toBeGreaterThan(35_000);
  expect(w.engine.watch.gap()).toBeNull();
  expect(isSellable(w)).toBe(true);
});

test("one channel that fails alone is no gap: its own age says so", async () => {
  const w = await calm();
  w.shopify.fault = { kind: "companion_down" };
  await w.pass(60_000);
  w.shopify.fault = null;
  await w.pass(20_000);
  expect(w.notes("gap")).toEqual([]);
});

test("a clock that is set back leaves nothing waiting for a time to come", async () => {
  const w = await calm();
  w.skewMs = 600_000;
  await w.pass(6000);
  w.skewMs = 0;
  await w.pass(20_000);
  expect(w.engine.watch.gap()).toBeNull();
  expect(w.engine.watch.isBlind()).toBe(false);
  expect(w.notes("gap")).toMatchObject([{ detail: "sleep" }, { detail: "clock", n: 600_000 }]);
});
