/** The test order before a stream: from the order to the other channel's number, by the real engine. */
import { describe, expect, test } from "@jest/globals";
import type { ChannelId, Sku } from "../../src/base/ids";
import { latencyRefusal, verdictOf } from "../../src/sync/latency";
import { count, SKU } from "../support/entries";
import { engineWorld, running, START, type EngineWorld } from "../support/engine-world";

async function calm(pollIdleMs = 2500): Promise<EngineWorld> {
  const w = engineWorld(100, { pollIdleMs });
  await w.book(count(100));
  w.start();
  await w.pass(20_000);
  return w;
}

const order = (from: ChannelId, to: ChannelId, sku: Sku = SKU) => ({ sku, from, to });

test("the watch stops when the other channel has its number, and the ledger keeps the time", async () => {
  const w = await calm();
  w.engine.testLatency(order("shopify", "tiktok"));
  await w.pass(10_000);
  expect(w.engine.latency?.view).toMatchObject({ phase: "waiting", ms: null });
  const placed = w.shopify.buy(SKU, 1)!;
  await w.pass(15_000);
  const view = w.engine.latency!.view;
  expect(view).toMatchObject({ phase: "done", orderedAt: placed.createdAt, verdict: "good" });
  expect(view.order).toContain(placed.id);
  expect(view.ms).toBeGreaterThan(0);
  expect(view.ms).toBeLessThanOrEqual(5000);
  expect(w.notes("latency_test")).toMatchObject([
    { sku: SKU, channel: "tiktok", detail: "shopify", n: view.ms, ref: view.order },
  ]);
  expect(w.books.projection.desk.latency.get("tiktok")).toMatchObject({ ms: view.ms });
  // One result, whatever is ordered next.
  w.shopify.buy(SKU, 1);
  await w.pass(15_000);
  expect(w.notes("latency_test")).toHaveLength(1);
});

test("a slow shop passes within a minute and fails beyond it", async () => {
  expect([5000, 5001, 60_000, 60_001].map(verdictOf)).toEqual(["good", "pass", "pass", "fail"]);
  const w = await calm(40_000);
  w.engine.testLatency(order("shopify", "tiktok"));
  w.shopify.buy(SKU, 1);
  await w.pass(200_000);
  const { ms, verdict } = w.engine.latency!.view;
  expect(ms).toBeGreaterThan(5000);
  expect(verdict).toBe(verdictOf(ms!));
});

test("orders of before, of another channel and of nobody are not the test order", async () => {
  const w = await calm();
  w.shopify.buy(SKU, 1);
  await w.pass(5000);
  w.engine.testLatency(order("tiktok", "shopify"));
  w.shopify.buy(SKU, 1);
  await w.pass(30_000);
  expect(w.engine.latency?.view.phase).toBe("waiting");
  w.engine.stopLatency();
  expect(w.engine.latency?.view.phase).toBe("stopped");
  w.tiktok.buy(SKU, 1);
  await w.pass(30_000);
  expect(w.notes("latency_test")).toEqual([]);
  w.engine.testLatency(order("tiktok", "shopify"));
  await w.pass(16 * 60_000);
  expect(w.engine.latency?.view).toMatchObject({ phase: "expired", verdict: null });
});

test("an order that the other channel's guard covers is told as that, not waited for", async () => {
  const w = engineWorld(1);
  await w.book(count(1));
  w.start();
  await w.pass(20_000);
  expect(w.shopify.listed.get(SKU)).toBe(0);
  w.engine.testLatency(order("tiktok", "shopify"));
  w.tiktok.buy(SKU, 1);
  await w.pass(20_000);
  expect(w.engine.latency?.view).toMatchObject({ phase: "no_change", ms: null });
  expect(w.notes("latency_test")).toEqual([]);
});

describe("what cannot be tested is refused", () => {
  test.each([
    ["a SKU that is not there", order("tiktok", "shopify", "NONE" as Sku), "sku_unknown"],
    ["a channel without a listing of it", order("tiktok", "ebay"), "listing_unknown"],
    ["a channel against itself", order("tiktok", "tiktok"), "listing_unknown"],
  ])("%s", async (_name, request, code) => {
    const w = await calm();
    expect(latencyRefusal(w.engine.situation(), request)).toEqual({ code });
  });

  test("the live channel of an escrow stream, whose share is its own", async () => {
    for (const [policy, code] of [
      ["escrow", { code: "not_linked" }],
      ["seed", null],
    ] as const) {
      const w = engineWorld(100);
      await w.book(count(100), ...running(START, { planned: 50, reserved: 50, policy }));
      w.start();
      await w.pass(10_000);
      expect(latencyRefusal(w.engine.situation(), order("shopify", "tiktok"))).toEqual(code);
    }
  });
});
