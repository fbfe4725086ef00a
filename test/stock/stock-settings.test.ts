/** What a seller typed in minutes, hours and days is what the book reckons with. */
import { expect, test } from "@jest/globals";
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
