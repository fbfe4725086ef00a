/** What a seller typed in minutes, hours and days is what the book reckons with. */
import { expect, test } from "@jest/globals";
import {
  constantIds,
  constants,
  constantsOf,
  isAllowed,
  parseConstants,
  stockoutTarget,
} from "../../src/stock/constants";
import { emptyProjection } from "../../src/stock/projection";
import { seedStock, stockSettings } from "../../src/stock/settings";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function settingsWith(constants: Readonly<Record<string, number>>) {
  const book = emptyProjection();
  book.desk.constants = constants;
  return stockSettings(book);
}

test("a book whose seller set nothing has the seed's settings", () => {
  expect(settingsWith({})).toEqual(seedStock);
  expect(seedStock).toMatchObject({
    payWithinMs: { tiktok: 15 * MINUTE, amazon: 30 * MINUTE, shopify: HOUR, ebay: 4 * DAY },
    holdsEnd: "channel",
    skewMaxMs: 2 * MINUTE,
    windowBeforeMs: 5 * DAY,
    windowAfterMs: DAY,
    seenWithinMs: 15 * SECOND,
    channelBuffer: {},
  });
});

test("buyers may take as long to pay as the seller says: eBay's in hours, the others' in minutes", () => {
  const typed = { payTiktok: 20, payAmazon: 40, payShopify: 90, payEbay: 48 };
  expect(settingsWith(typed)).toEqual({
    ...seedStock,
    payWithinMs: {
      tiktok: 20 * MINUTE,
      amazon: 40 * MINUTE,
      shopify: 90 * MINUTE,
      ebay: 48 * HOUR,
    },
  });
  expect(settingsWith({ payTiktok: 20 }).payWithinMs).toEqual({
    ...seedStock.payWithinMs,
    tiktok: 20 * MINUTE,
  });
});

test("reservations open and close by days, the clock's tolerance is in seconds, and 0 is a number", () => {
  const typed = { windowBefore: 7, windowAfter: 0, skewMax: 30, seenWithin: 5 };
  expect(settingsWith(typed)).toEqual({
    ...seedStock,
    windowBeforeMs: 7 * DAY,
    windowAfterMs: 0,
    skewMaxMs: 30 * SECOND,
    seenWithinMs: 5 * SECOND,
  });
});

test("both ends of a constant's range are allowed, what lies beyond them is not", () => {
  for (const id of constantIds) {
    const { least, most } = constants[id];
    const allowed = [least, most, least - 1, most + 1].map((value) => isAllowed(id, value));
    expect([id, ...allowed]).toEqual([id, true, true, false, false]);
  }
  // Reads are counted: there is no half of one.
  expect([isAllowed("restlessReads", 2.5), isAllowed("pollLive", 2.5)]).toEqual([false, true]);
});

test("two alerts may have the same threshold", () => {
  expect(parseConstants({ red: 50 })).toEqual({ ok: true, value: { red: 50 } });
});

test("what a newer version set beside the known constants is left out, an unset one stays unset", () => {
  const book = emptyProjection();
  book.desk.constants = { red: 10, unheard: 3 };
  expect(constantsOf(book)).toEqual({ red: 10 });
  expect(Object.keys(constantsOf(book))).toEqual(["red"]);
});

test("of all streams as many may run dry as the seller says, in hundredths: five where she does not", () => {
  const book = emptyProjection();
  expect(stockoutTarget(book)).toBe(0.05);
  book.desk.constants = { stockoutTarget: 20 };
  expect(stockoutTarget(book)).toBe(0.2);
  book.desk.constants = { stockoutTarget: 0 };
  expect(stockoutTarget(book)).toBe(0);
});
