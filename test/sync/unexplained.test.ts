/** Sales that a number tells before any order does, and numbers that somebody changed meanwhile. */
import { describe, expect, test } from "@jest/globals";
import { wishes } from "../../src/sync/allocate";
import { soldOutForSure } from "../../src/sync/policies/escrow";
import {
  mayHaveWritten,
  saw,
  sold,
  strange,
  unexplainedSales,
  unseen,
  wrote,
} from "../../src/sync/showing";
import { count, SKU } from "../support/entries";
import { engineWorld, running, START } from "../support/engine-world";

describe("units that are missing from a number", () => {
  function missing() {
    const showing = unseen();
    saw(showing, 100, 0);
    wrote(showing, 100, 0, 1000);
    saw(showing, 88, 10_000);
    return showing;
  }

  test("count as sold over a write of ours too, until their orders are listed", () => {
    const showing = missing();
    wrote(showing, 80, 20_000, 1000);
    expect([unexplainedSales(showing), strange(showing)]).toEqual([12, -12]);
    saw(showing, 80, 30_000);
    expect(unexplainedSales(showing)).toBe(12);
    sold(showing, 12, 30_000);
    expect([unexplainedSales(showing), strange(showing)]).toEqual([0, 0]);
  });

  test.each([
    ["raises, and arrived", 92, 92],
    ["raises, and did not arrive", 92, 88],
    ["lowers, and arrived", 80, 80],
    ["lowers, and did not arrive", 80, 88],
  ])("count over a write whose answer was lost, that %s", (_word, quantity, read) => {
    const showing = missing();
    mayHaveWritten(showing, quantity, 20_000, 1000);
    saw(showing, read, 30_000);
    expect(unexplainedSales(showing)).toBe(12);
    wrote(showing, 85, 40_000, 1000);
    expect(unexplainedSales(showing)).toBe(12);
  });

  test("count no longer once nothing explained them for half an hour", () => {
    const showing = missing();
    saw(showing, 88, 20_000);
    saw(showing, 88, 31 * 60_000);
    expect([unexplainedSales(showing), strange(showing)]).toEqual([0, -12]);
  });
});

test("sales that no order tells yet are sold for the next worker too, over every write in between", async () => {
  const w = engineWorld(100);
  await w.book(count(100));
  w.start();
  await w.pass(20_000);
  const order = w.shopify.buy(SKU, 12)!;
  // Listed ten minutes late.
  order.updatedAt = w.time.now() + 600_000;
  await w.pass(60_000);
  w.tiktok.buy(SKU, 5);
  await w.pass(30_000);
  await w.restart(3000);
  await w.pass(30_000);
  expect(w.tiktok.listed.get(SKU)).toBeLessThanOrEqual(83);
  expect(w.shopify.listed.get(SKU)).toBeLessThanOrEqual(81);
  await w.pass(600_000);
  expect([w.tiktok.listed.get(SKU), w.shopify.listed.get(SKU)]).toEqual([83, 81]);
});

describe("a number that was lowered by hand and then raised again", () => {
  async function lowered() {
    const w = engineWorld(100);
    await w.book(count(100));
    w.start();
    await w.pass(20_000);
    w.shopify.listed.set(SKU, 78);
    await w.pass(60_000);
    expect(w.notes("drift_opened")).toMatchObject([{ n: -20 }]);
    return w;
  }

  test("is told, though it is still below ours", async () => {
    const w = await lowered();
    w.shopify.listed.set(SKU, w.shopify.listed.get(SKU)! + 8);
    await w.pass(60_000);
    expect(w.notes("drift_opened")).toMatchObject([{ n: -20 }, { channel: "shopify", n: -12 }]);
  });

  test("is told before it is set back", async () => {
    const w = await lowered();
    w.tiktok.buy(SKU, 15);
    w.shopify.listed.set(SKU, w.shopify.listed.get(SKU)! + 8);
    await w.pass(10_000);
    const told = w.notes("drift_opened").at(-1);
    expect(told).toMatchObject({ channel: "shopify", n: 8 });
    expect(told?.detail).toMatch(/raised_by_hand.*overwritten/);
  });

  test("cancelled orders that are known are no such rise", async () => {
    const w = engineWorld(100);
    await w.book(count(100));
    w.start();
    await w.pass(20_000);
    const order = w.shopify.buy(SKU, 8)!;
    await w.pass(20_000);
    w.shopify.listed.set(SKU, w.shopify.listed.get(SKU)! - 20);
    await w.pass(60_000);
    const cases = w.notes("drift_opened").length;
    w.shopify.cancel(order);
    await w.pass(20_000);
    w.tiktok.buy(SKU, 15);
    await w.pass(60_000);
    expect(w.notes("drift_opened")).toHaveLength(cases);
  });
});

test("before a stream the live channel shows its share less what the others sold beyond the pool", async () => {
  const w = engineWorld(100);
  await w.book(count(100), ...running(START, { planned: 80, reserved: 80 }).slice(0, 2));
  // Sold before anybody told Shopify how little is free.
  w.shopify.buy(SKU, 30);
  w.start();
  await w.pass(30_000);
  expect([w.tiktok.listed.get(SKU), w.shopify.listed.get(SKU)]).toEqual([70, 0]);
});

describe("a channel whose numbers come before its orders", () => {
  async function world() {
    const w = engineWorld(120);
    Object.defineProperty(w.shopify, "sellsBeforeOrders", { value: true });
    await w.book(count(120), ...running(START, { planned: 80, reserved: 80 }));
    let ordersAt = START + 60_000;
    const read = w.shopify.readOrders.bind(w.shopify);
    w.shopify.readOrders = (cursor) => {
      ordersAt = w.time.now() + 60_000;
      return read(cursor);
    };
    w.shopify.allowance = (kind) => ({ nextAt: kind === "read_orders" ? ordersAt : 0, left: null });
    return w;
  }

  test("is not read before its orders were, once", async () => {
    const w = await world();
    w.start();
    await w.pass(30_000);
    expect(w.engine.health.get("shopify")?.lastOkAt).toBeNull();
    expect(w.engine.situation().readSince.has("shopify")).toBe(false);
    await w.pass(40_000);
    expect(w.engine.health.get("shopify")?.lastOkAt).not.toBeNull();
  });

  test("is not sold out for sure before its orders were read after it was set to 0", async () => {
    const w = await world();
    w.start();
    await w.pass(70_000);
    const situation = () => w.engine.situation();
    const state = situation().catalogue.find("shopify", SKU)!;
    w.tiktok.listed.set(SKU, 80);
    for (let n = 0; n < 40 && w.notes("paused").length === 0; n += 1) {
      w.tiktok.buy(SKU, 5);
      await w.pass(2500);
    }
    await w.pass(3000);
    expect([state.observed, wishes(situation(), "shopify")[0]?.quantity]).toEqual([0, 0]);
    const ordersAt = situation().ordersSince.get("shopify")!;
    const pausedAt = w.notes("paused")[0]!.at;
    // A sale of between its last reading and the 0 shows in no number, and in no order yet.
    if (ordersAt < pausedAt) expect(soldOutForSure(situation(), state)).toBe(false);
    await w.pass(65_000);
    expect(soldOutForSure(situation(), state)).toBe(true);
  });
});
