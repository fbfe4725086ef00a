/**
 * The seed method, item by item: every item that concerns stock, planning or review has a test that
 * carries its number, here, in requirements-planning and in requirements-review. Which items are of
 * another kind, and where those belong, stands in requirements-items, which also counts all 81.
 */
import { describe, expect, test } from "@jest/globals";
import { coefficient } from "../src/forecast/coefficient";
import { forecastLive } from "../src/forecast/forecast-live";
import { noOptions } from "../src/forecast/options";
import { seedSettings } from "../src/forecast/settings";
import {
  alertScale,
  minutesThresholds,
  nextAlert,
  percentThresholds,
  proposedMode,
  seedAlerts,
} from "../src/stock/alerts";
import { committedUnits, heldUnits, onHand, oversold } from "../src/stock/balances";
import { sellableParts } from "../src/stock/bundles";
import { announce } from "../src/stock/commands";
import { note } from "../src/stock/entries";
import { explain } from "../src/stock/explain";
import { dueExpiries } from "../src/stock/holds";
import { planLine } from "../src/stock/orders";
import { balancesOf } from "../src/stock/projection";
import { dueReleases, dueReservations, reserve } from "../src/stock/reservations";
import { seedStock } from "../src/stock/settings";
import { sellable } from "../src/stock/sellable";
import { shortBy } from "../src/stock/streams";
import { minutesOfCover, soldInWindow } from "../src/stock/velocity";
import { add, count, line, projected, SKU, stream } from "./support/entries";

const DAY = 24 * 60 * 60_000;

function plan(sold30: number, followers: number, first = false) {
  const options = { ...noOptions, first };
  const result = forecastLive({ base: sold30 / 30, followers, options });
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

/** 300 on hand, 150 sold on Amazon, 80 on Shopify. */
function soldElsewhere(onHandUnits: number, amazon: number, shopify: number) {
  const book = projected([count(onHandUnits)]);
  add(book, planLine(book, line({ channel: "amazon", ordered: amazon })));
  add(book, planLine(book, line({ channel: "shopify", ordered: shopify })));
  return book;
}

describe("planning", () => {
  test("item 5: the multiplier is a setting, 15 unless the user says 7 or 20", () => {
    expect(seedSettings.multiplier).toBe(15);
    const at = (multiplier: number) =>
      forecastLive({ base: 15, followers: 20_000, options: { ...noOptions, multiplier } });
    expect([7, 20].map((m) => at(m)).map((r) => r.ok && r.value.units)).toEqual([126, 360]);
  });

  test("item 11: beside every plan stands 1 to 2 % of the followers", () => {
    expect(plan(450, 100_000).followerBand).toEqual({ low: 1000, high: 2000 });
  });

  test("item 12: 30 a day are 450 to 600 in a successful stream", () => {
    expect([15, 20].map((multiplier) => 30 * multiplier)).toEqual([450, 600]);
    expect(plan(900, 20_000).expected).toBe(450);
  });

  test("item 18: the proof to a creator is on hand only, never what is on its way", () => {
    const book = projected([count(200)]);
    const asked = { id: "po", at: 1, actor: "seller", sku: SKU, units: 400, dueAt: DAY };
    const coming = announce(asked);
    if (coming.ok) add(book, coming.value);
    expect(balancesOf(book, SKU).incoming).toBe(400);
    expect(onHand(balancesOf(book, SKU))).toBe(200);
    expect(sellable(book, SKU, "tiktok")).toBe(200);
  });

  test("items 8 and 19: a creator asks for three times the expected sales, not of the plan", () => {
    const { creatorAsk, expected, units } = plan(400, 20_000);
    expect(expected).toBe(200);
    expect(creatorAsk).toBe(600);
    expect(units).toBe(240);
  });

  test("items 21 to 23: 450 in 30 days are 15 a day and a live base of 225", () => {
    const { base, expected } = plan(450, 20_000);
    expect([base, expected]).toEqual([15, 225]);
  });

  test.each([
    [9_999, 0.5, 135],
    [10_000, 1, 270],
    [49_999, 1, 270],
    [50_000, 1.5, 405],
    [99_999, 1.5, 405],
    [100_000, 2, 540],
    [1_000_000, 3, 810],
  ])("item 24: with %i followers the coefficient is %d and the plan %i", (followers, c, units) => {
    expect(coefficient(followers, seedSettings)).toBe(c);
    expect(plan(450, followers).units).toBe(units);
  });

  test("item 25: rounding up is exact, 250 sold and 1.5 are 225 and not 226", () => {
    expect(plan(250, 80_000).units).toBe(225);
  });

  test("item 26: base 225, 80,000 followers and the buffer give 405", () => {
    expect(plan(450, 80_000).units).toBe(405);
  });

  test("item 31: a first stream with a creator is a fifth more: 486", () => {
    expect(plan(450, 80_000, true).units).toBe(486);
    expect(plan(450, 80_000).units).toBe(405);
  });

  test("item 77: without history, 50,000 followers are 500 units", () => {
    const cold = forecastLive({ base: null, followers: 50_000 });
    expect(cold.ok && cold.value.units).toBe(500);
    expect(cold.ok && cold.value.followerBand).toEqual({ low: 500, high: 1000 });
  });
});

describe("reservations", () => {
  const START = 50 * DAY;
  const END = START + 180 * 60_000;
  const planned = (units: number, stock: number) => {
    const plain = { channel: "tiktok", creator: "Mia", followers: 80_000, speed: 1, minutes: 180 };
    const detail = JSON.stringify({ ...plain, startsAt: START });
    const about = { sku: SKU, n: units, detail, ref: "s1" };
    return projected([count(stock), note("stream_planned", "p", 0, about)]);
  };

  test("item 27: of more than there is, what there is is locked, short by the rest", () => {
    const book = planned(405, 300);
    const made = reserve(book, "s1", { id: "r", at: START, actor: "seller" });
    if (made.ok) add(book, made.value);
    expect(sellable(book, SKU, "shopify")).toBe(0);
    expect(shortBy(book.streams.get("s1")!)).toBe(105);
  });

  test("item 28: from 5 days before the start to 1 day after the end", () => {
    const book = planned(405, 1000);
    expect(dueReservations(book, START - 5 * DAY - 1)).toHaveLength(0);
    add(book, dueReservations(book, START - 5 * DAY));
    expect(dueReleases(book, END + DAY - 1)).toHaveLength(0);
    expect(dueReleases(book, END + DAY)).toHaveLength(1);
  });

  test("item 29: the others lack what remains of it, and less as it is consumed", () => {
    const book = planned(405, 1000);
    add(book, dueReservations(book, START));
    expect(sellable(book, SKU, "shopify")).toBe(595);
    add(book, planLine(book, line({ ordered: 100, createdAt: START, updatedAt: START })));
    expect(balancesOf(book, SKU).reserved.get("s1")).toBe(305);
    expect(sellable(book, SKU, "shopify")).toBe(595);
    expect(sellable(book, SKU, "tiktok")).toBe(900);
  });

  test("item 30: what was not sold goes back to the pool, with its reason", () => {
    const book = planned(405, 1000);
    add(book, dueReservations(book, START));
    const due = dueReleases(book, END + DAY);
    expect(due).toMatchObject([{ kind: "release", quantity: 405, reason: "window_end" }]);
    add(book, due);
    expect(sellable(book, SKU, "shopify")).toBe(1000);
  });
});

describe("during the stream", () => {
  test("item 13: 200 on hand with 50 and 30 sold elsewhere are 120", () => {
    expect(sellable(soldElsewhere(200, 50, 30), SKU, "tiktok")).toBe(120);
  });

  test("item 14: 300 less 150 less 80 are 70; 200 sold in the stream oversell 130, 65 %", () => {
    const book = soldElsewhere(300, 150, 80);
    expect(sellable(book, SKU, "tiktok")).toBe(70);
    add(book, planLine(book, line({ ordered: 200 })));
    expect(oversold(balancesOf(book, SKU))).toBe(130);
    expect(oversold(balancesOf(book, SKU)) / 200).toBe(0.65);
  });

  test("item 34: on hand less committed, held, others' reservations and buffer, kept signed", () => {
    const book = projected([count(100), ...stream({ planned: 60, startedAt: 0 })]);
    add(book, planLine(book, line({ channel: "shopify", ordered: 7 })));
    add(book, planLine(book, line({ orderId: "2", ordered: 5, paid: false })));
    expect(sellable(book, SKU, "shopify", 2)).toBe(100 - 7 - 5 - 55 - 2);
    expect(sellable(book, SKU, "tiktok", 0)).toBe(100 - 7 - 5);
    add(book, planLine(book, line({ channel: "amazon", ordered: 40 })));
    expect(sellable(book, SKU, "shopify", 2)).toBe(-9);
  });

  test("item 34: every term of it can be named with its entries", () => {
    const book = [count(100), ...stream({ planned: 60 })].map((d, i) => ({
      ...d,
      seq: i + 1,
      bookedAt: 0,
    }));
    expect(explain(book, SKU, "shopify", 2)).toEqual({
      sku: SKU,
      channel: "shopify",
      sellable: 38,
      terms: [
        { kind: "on_hand", about: "", units: 100, entries: [{ seq: 1, units: 100 }] },
        { kind: "reserved", about: "stream-1", units: -60, entries: [{ seq: 3, units: -60 }] },
        { kind: "buffer", about: "", units: -2, entries: [] },
      ],
    });
  });

  test("item 35: with fewer than 100 planned, per cents of the plan are proposed", () => {
    expect([60, 99, 100, 405].map(proposedMode)).toEqual([
      "percent",
      "percent",
      "absolute",
      "absolute",
    ]);
    const facts = { planned: 60, soldInWindow: 0, windowMs: 60_000 };
    const scale = alertScale({ mode: "percent", thresholds: percentThresholds }, facts);
    const levels = [15, 14, 8, 7, 3, 2].map((left) => nextAlert("none", left, scale));
    expect(levels).toEqual(["none", "yellow", "yellow", "orange", "orange", "red"]);
  });

  test.each([
    [100, "none"],
    [99, "yellow"],
    [50, "yellow"],
    [49, "orange"],
    [20, "orange"],
    [19, "red"],
  ] as const)("items 36 to 38: with %i left the alert is %s", (left, level) => {
    expect(nextAlert("none", left, seedAlerts)).toBe(level);
  });

  test("items 36 and 37: an alert is taken back a tenth above its threshold", () => {
    expect([109, 110].map((left) => nextAlert("yellow", left))).toEqual(["yellow", "none"]);
    expect([54, 55].map((left) => nextAlert("orange", left))).toEqual(["orange", "yellow"]);
  });

  test("item 39: 20 units at 4 orders a minute are 5 minutes, and red begins below 3", () => {
    const book = projected([count(100)]);
    const entries = Array.from({ length: 20 }, (_, i) => {
      const createdAt = 300_000 - i * 15_000;
      return planLine(book, line({ orderId: String(i), createdAt, updatedAt: createdAt }));
    })
      .flat()
      .map((move, i) => ({ ...move, seq: i + 1, bookedAt: 0 }));
    const sold = soldInWindow(entries, SKU, "tiktok", 300_000, 300_000);
    expect(sold).toBe(20);
    expect(minutesOfCover(20, sold, 300_000)).toBe(5);
    expect(minutesOfCover(20, 0, 300_000)).toBeNull();
    const facts = { planned: 405, soldInWindow: sold, windowMs: 300_000 };
    const scale = alertScale({ mode: "minutes", thresholds: minutesThresholds }, facts);
    const levels = [40, 39, 20, 19, 12, 11].map((left) => nextAlert("none", left, scale));
    expect(levels).toEqual(["none", "yellow", "yellow", "orange", "orange", "red"]);
    const quiet = alertScale(
      { mode: "minutes", thresholds: minutesThresholds },
      { ...facts, soldInWindow: 0 },
    );
    expect([1, 0].map((left) => nextAlert("none", left, quiet))).toEqual(["none", "red"]);
  });

  test("items 40 and 41: unpaid units are held for 15 minutes; a late payment commits anew", () => {
    expect(seedStock.payWithinMs.tiktok).toBe(15 * 60_000);
    const book = projected([count(10)]);
    add(book, planLine(book, line({ paid: false, createdAt: 0, updatedAt: 0 })));
    expect(sellable(book, SKU, "shopify")).toBe(9);
    expect(dueExpiries(book, 15 * 60_000 - 1, () => "unreadable")).toHaveLength(0);
    add(
      book,
      dueExpiries(book, 15 * 60_000, () => "unreadable"),
    );
    expect(sellable(book, SKU, "shopify")).toBe(10);
    const late = planLine(book, line({ createdAt: 0, updatedAt: 15 * 60_000 + 1000 }));
    expect(late).toMatchObject([{ kind: "commit", reason: "late_payment" }]);
    add(book, late);
    expect(heldUnits(balancesOf(book, SKU))).toBe(0);
  });

  test("item 42: one sold on TikTok is one less on every channel, per component unit", () => {
    const book = projected([count(10)]);
    add(book, planLine(book, line()));
    for (const channel of ["tiktok", "amazon", "shopify", "ebay"] as const) {
      expect(sellable(book, SKU, channel)).toBe(9);
      expect(sellableParts(book, [{ sku: SKU, units: 2 }], channel)).toBe(4);
    }
  });

  test("item 43: an order commits, its shipment leaves the hand, and neither counts twice", () => {
    const book = projected([count(10)]);
    add(book, planLine(book, line({ ordered: 4 })));
    expect([onHand(balancesOf(book, SKU)), sellable(book, SKU, "amazon")]).toEqual([10, 6]);
    add(book, planLine(book, line({ ordered: 4, shipped: 4, updatedAt: 2000 })));
    expect([onHand(balancesOf(book, SKU)), sellable(book, SKU, "amazon")]).toEqual([6, 6]);
    expect(committedUnits(balancesOf(book, SKU))).toBe(0);
  });
});

test("item 72: goods on their way carry the time when they should be here", () => {
  const book = projected([]);
  const wish = { id: "po", at: 0, actor: "seller", sku: SKU, units: 40, dueAt: 2 * 3_600_000 };
  const coming = announce(wish);
  if (coming.ok) add(book, coming.value);
  expect(book.arrivals.get("po")).toEqual({ sku: SKU, units: 40, dueAt: 2 * 3_600_000 });
});
