/** A hold that our own timer ended, on a channel that could not be asked, and what the channel says later. */
import { expect, test } from "@jest/globals";
import { balancesOf } from "../../src/stock/projection";
import { count, SKU } from "../support/entries";
import { engineWorld, type EngineWorld } from "../support/engine-world";

const MINUTE = 60_000;

/** Two units of an unpaid order on TikTok are free again, since nobody could ask TikTok for long. */
async function lapsed() {
  const w = engineWorld(100);
  await w.book(count(100));
  w.start();
  await w.pass(20_000);
  const order = w.tiktok.buy(SKU, 2, false)!;
  await w.pass(MINUTE);
  w.tiktok.fault = { kind: "unreachable", message: "" };
  await w.pass(20 * MINUTE);
  expect(w.entries.filter(({ kind }) => kind === "expire")).toHaveLength(1);
  expect(balancesOf(w.books.projection, SKU).available).toBe(100);
  return { w, order };
}

/** TikTok answers again; all is right with nobody asked. */
async function isRightAgain(w: EngineWorld, available: number): Promise<void> {
  w.tiktok.fault = null;
  await w.pass(2 * MINUTE);
  expect(balancesOf(w.books.projection, SKU).available).toBe(available);
  expect(w.tiktok.listed.get(SKU)).toBe(available);
  expect(w.notes("drift_opened")).toEqual([]);
}

test("cancelled there meanwhile: its listing shows what there is, and no case is opened", async () => {
  const { w, order } = await lapsed();
  w.tiktok.cancel(order);
  order.updatedAt = w.time.now();
  await isRightAgain(w, 100);
});

test("still unpaid: it is held again, and cancelled later it is a sale no more", async () => {
  const { w, order } = await lapsed();
  await isRightAgain(w, 98);
  w.tiktok.cancel(order);
  await isRightAgain(w, 100);
});

test("paid after all: it is sold, and its listing lacks it only once", async () => {
  const { w, order } = await lapsed();
  order.paid = true;
  order.updatedAt = w.time.now();
  await isRightAgain(w, 98);
});

test("one refused call after a long sleep is no silence: the channel is asked first", async () => {
  const w = engineWorld(100);
  await w.book(count(100));
  w.start();
  await w.pass(20_000);
  w.tiktok.buy(SKU, 2, false);
  await w.pass(MINUTE);
  w.freeze();
  await w.pass(30 * MINUTE);
  w.tiktok.fault = { kind: "unreachable", message: "" };
  w.thaw();
  await w.pass(2000);
  expect(w.entries.filter(({ kind }) => kind === "expire")).toEqual([]);
});
