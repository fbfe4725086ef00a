/** A listing that is to stop is told so at once, and again soon when its channel refuses. */
import { expect, test } from "@jest/globals";
import { err, ok } from "../../src/base/result";
import type { Refusal } from "../../src/channels/channel";
import { count, SKU } from "../support/entries";
import { engineWorld, running, START, type EngineWorld } from "../support/engine-world";

const MINUTE = 60_000;

/** A stream on TikTok with 80 of 120 units; Shopify lets nobody read it more often than once a minute. */
async function slowToRead(): Promise<EngineWorld> {
  const w = engineWorld(120, { pollLiveMs: 5000, backoffMaxMs: 20_000 });
  await w.book(count(120), ...running(START, { planned: 80, reserved: 80 }));
  const { shopify, time } = w;
  const read = shopify.readStock.bind(shopify);
  let readAt = -MINUTE;
  shopify.readStock = (listings) => {
    readAt = time.now();
    return read(listings);
  };
  shopify.allowance = (kind) => ({
    nextAt: kind === "read_stock" ? readAt + MINUTE : 0,
    left: null,
  });
  w.start();
  await w.pass(70_000);
  expect(shopify.listed.get(SKU)).toBeGreaterThan(30);
  return w;
}

/** Lets the next `times` writes fail; answers how many were tried. */
function refuseWrites(w: EngineWorld, times: number, refusal: Refusal): () => number {
  const write = w.shopify.writeStock.bind(w.shopify);
  let tried = 0;
  w.shopify.writeStock = async (writes) => {
    tried += 1;
    if (tried > times) return write(writes);
    await w.time.sleep(100);
    return err(refusal);
  };
  return () => tried;
}

/** The live channel sells until the others are paused. */
async function untilPaused(w: EngineWorld): Promise<void> {
  for (let n = 0; n < 40 && w.notes("paused").length === 0; n += 1) {
    w.tiktok.buy(SKU, 5);
    await w.pass(6000);
  }
  expect(w.notes("paused")).toHaveLength(1);
}

test("a pause does not wait for the next reading of a channel", async () => {
  const w = await slowToRead();
  await untilPaused(w);
  const { at } = w.notes("paused")[0]!;
  await w.pass(Math.max(0, at + 3000 - w.time.now()));
  expect(w.shopify.listed.get(SKU)).toBe(0);
});

test.each<[string, Refusal]>([
  ["too many calls", { kind: "throttled", retryAfterMs: 1000 }],
  ["a failing server", { kind: "server_error", status: 503, message: "" }],
  ["no answer", { kind: "unreachable", message: "" }],
])(
  "a pause refused with %s is tried again within seconds, with longer waits",
  async (_, refusal) => {
    const w = await slowToRead();
    const tried = refuseWrites(w, 3, refusal);
    await untilPaused(w);
    const { at } = w.notes("paused")[0]!;
    await w.pass(Math.max(0, at + 20_000 - w.time.now()));
    expect(w.shopify.listed.get(SKU)).toBe(0);
    expect(tried()).toBe(4);
  },
);

test("a channel that stays deaf is not called more than a few times a minute", async () => {
  const w = await slowToRead();
  const tried = refuseWrites(w, 1e9, { kind: "server_error", status: 500, message: "" });
  await untilPaused(w);
  await w.pass(10 * MINUTE);
  const before = tried();
  await w.pass(10 * MINUTE);
  expect(tried() - before).toBeGreaterThan(5);
  expect(tried() - before).toBeLessThan(25);
});

test("what a budget keeps back for stops is there for a stop", async () => {
  const w = await slowToRead();
  const { allowance } = w.shopify;
  w.shopify.allowance = (...of) => ({ ...allowance(...of), left: 0 });
  await untilPaused(w);
  await w.pass(3000);
  expect(w.shopify.listed.get(SKU)).toBe(0);
});

test("a listing that its channel's own budget refuses is asked for once a second at most", async () => {
  const w = await slowToRead();
  const { shopify } = w;
  let tried = 0;
  shopify.writeStock = (writes) => {
    tried += 1;
    const outcome = { kind: "rejected" as const, code: "throttled", message: "" };
    return Promise.resolve(
      ok(writes.map(({ listing: { listingId } }) => ({ listingId, ...outcome }))),
    );
  };
  await untilPaused(w);
  tried = 0;
  await w.pass(10_000);
  expect(tried).toBeGreaterThan(2);
  expect(tried).toBeLessThan(15);
});

test("a write that was refused before it left hides nothing that a person does then", async () => {
  const w = engineWorld(100);
  await w.book(count(100));
  w.start();
  await w.pass(20_000);
  refuseWrites(w, 4, { kind: "throttled", retryAfterMs: 1000 });
  w.tiktok.buy(SKU, 30);
  await w.pass(3000);
  expect(w.notes("push_failed").length).toBeGreaterThan(0);
  // Within what the refused write would have changed: 98 to 68.
  w.shopify.listed.set(SKU, 80);
  await w.pass(90_000);
  expect(w.notes("drift_opened")).toMatchObject([{ channel: "shopify", n: -18 }]);
});
