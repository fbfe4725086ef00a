/** The seed method, item by item: creators, promises, and what to do when stock ends. */
import { describe, expect, test } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import type { Sku } from "../src/base/ids";
import { creatorEvidence } from "../src/forecast/creator-evidence";
import { forecastLive } from "../src/forecast/forecast-live";
import { planBasis } from "../src/forecast/maturity";
import { noOptions } from "../src/forecast/options";
import { seedSettings } from "../src/forecast/settings";
import {
  alertScale,
  minutesThresholds,
  nextAlert,
  percentThresholds,
  seedAlerts,
} from "../src/stock/alerts";
import { alternatives } from "../src/stock/alternatives";
import { committedUnits, heldUnits, onHand, oversold } from "../src/stock/balances";
import { announce } from "../src/stock/commands";
import { planUrgency, seedDeadline } from "../src/stock/deadline";
import { note } from "../src/stock/entries";
import { guarantee } from "../src/stock/guarantee";
import { dueExpiries } from "../src/stock/holds";
import { unpaidLines } from "../src/stock/line-table";
import { planLine } from "../src/stock/orders";
import { balancesOf } from "../src/stock/projection";
import { sellable } from "../src/stock/sellable";
import { add, count, line, projected, SKU, stream } from "./support/entries";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe("what a stream asks of a seller", () => {
  test("item 2: 1,000 orders in 3 hours are 1,000 commitments, of as many units as were ordered", () => {
    const book = projected([count(5000), ...stream({ planned: 1500, startedAt: 0 })]);
    for (let n = 0; n < 1000; n += 1) {
      const createdAt = Math.floor((n * 180 * MINUTE) / 1000);
      const order = { orderId: String(n), ordered: 2, createdAt, updatedAt: createdAt };
      add(book, planLine(book, line(order)));
    }
    const balances = balancesOf(book, SKU);
    expect([committedUnits(balances), onHand(balances)]).toEqual([2000, 5000]);
    expect(balances.reserved.get("stream-1")).toBe(0);
    expect(sellable(book, SKU, "shopify")).toBe(3000);
  });

  test("items 5 and 20: a plan is due 5 days before the stream and late 3 days before", () => {
    const start = 40 * DAY;
    const stream = { startsAt: start, speed: 1 };
    const days = [6, 5, 4, 3, 0, -1];
    expect(days.map((d) => planUrgency(stream, start - d * DAY))).toEqual([
      "in_time",
      "due",
      "due",
      "late",
      "late",
      "late",
    ]);
    expect(planUrgency(stream, start - 5 * DAY - 1)).toBe("in_time");
    expect(planUrgency(stream, start - 3 * DAY - 1)).toBe("due");
    // A rehearsal at speed 60 has two hours where life has five days.
    const rehearsal = { ...stream, speed: 60 };
    expect(planUrgency(rehearsal, start - 2 * 60 * MINUTE - 1)).toBe("in_time");
    expect(planUrgency(rehearsal, start - 2 * 60 * MINUTE)).toBe("due");
    expect(planUrgency({ speed: 1 }, start)).toBeNull();
    const shorter = { ...seedDeadline, dueBeforeMs: 4 * DAY };
    expect(planUrgency(stream, start - 5 * DAY, shorter)).toBe("in_time");
  });

  test("item 20: past sales and the creator's reach both move a plan", () => {
    const units = (base: number, followers: number) => {
      const plan = forecastLive({ base, followers });
      return plan.ok ? plan.value.units : null;
    };
    expect([units(15, 20_000), units(30, 20_000), units(15, 80_000)]).toEqual([270, 540, 405]);
  });
});

describe("what a creator is told", () => {
  test("items 16 and 19: what can be guaranteed, and what is missing to three times the estimate", () => {
    const book = projected([count(500), ...stream({ planned: 405 })]);
    expect(guarantee(book, "stream-1", 600)).toEqual({
      onHand: 500,
      reserved: 405,
      guaranteed: 500,
      gap: 100,
    });
    expect(guarantee(book, "stream-1", 500)?.gap).toBe(0);
    expect(guarantee(book, "stream-1", 499.5)?.gap).toBe(0);
    expect(guarantee(book, "stream-1", 500.5)?.gap).toBe(1);
    expect(guarantee(book, "nobody's", 600)).toBeNull();
  });

  test("items 16 and 18: nothing is guaranteed that is on its way or promised to somebody else", () => {
    const book = projected([count(500), ...stream({ planned: 405 })]);
    const coming = announce({ id: "po", at: 1, actor: "", sku: SKU, units: 900, dueAt: DAY });
    if (coming.ok) add(book, coming.value);
    add(book, planLine(book, line({ channel: "amazon", ordered: 60 })));
    expect(guarantee(book, "stream-1", 600)).toMatchObject({ onHand: 500, guaranteed: 440 });
    // Oversold elsewhere by 15: they are owed, whatever was set aside.
    const more = { channel: "shopify", orderId: "2", ordered: 50 } as const;
    add(book, planLine(book, line(more)));
    expect(guarantee(book, "stream-1", 600)).toMatchObject({ reserved: 405, guaranteed: 390 });
    const most = { channel: "shopify", orderId: "3", ordered: 999 } as const;
    add(book, planLine(book, line(most)));
    expect(guarantee(book, "stream-1", 600)).toMatchObject({ guaranteed: 0, gap: 600 });
  });

  test("item 16: of a SKU that was never counted nothing is guaranteed", () => {
    const [planned] = stream({ planned: 60 });
    const book = projected([planned!]);
    const nothing = { onHand: 0, reserved: 0, guaranteed: 0, gap: 60 };
    expect(guarantee(book, "stream-1", 60)).toEqual(nothing);
  });
});

describe("what a creator's own past says", () => {
  const three = [
    { viewers: 10_000, orders: 600 },
    { viewers: 8_000, orders: 320 },
    { viewers: 12_000, orders: 720 },
  ];

  test("item 63: the last three streams count, each by itself", () => {
    const older = { viewers: 1000, orders: 900 };
    const evidence = creatorEvidence([older, ...three]);
    expect(evidence.conversions).toEqual([0.06, 0.04, 0.06]);
    expect(evidence).toEqual(creatorEvidence(three));
    expect(
      creatorEvidence([older, ...three], { ...seedSettings, creatorStreamsAsked: 4 }),
    ).toMatchObject({
      status: "known",
      conversions: [0.9, 0.06, 0.04, 0.06],
    });
  });

  test("item 64: a mean above 5 % is worth a lasting cooperation, 5 % itself is not", () => {
    expect(creatorEvidence(three).conversion).toBeCloseTo(0.16 / 3, 12);
    expect(creatorEvidence(three).isWorthKeeping).toBe(true);
    const each = (orders: number) => creatorEvidence(three.map(() => ({ viewers: 2000, orders })));
    expect([99, 100, 101].map((orders) => each(orders).isWorthKeeping)).toEqual([
      false,
      false,
      true,
    ]);
    // Each stream counts the same: of all viewers together only 4.3 % bought.
    const uneven = [
      { viewers: 10_000, orders: 400 },
      { viewers: 1000, orders: 60 },
      { viewers: 1000, orders: 60 },
    ];
    expect(creatorEvidence(uneven).isWorthKeeping).toBe(true);
  });

  test("item 65: a creator without data is one without data, and no more is said of her", () => {
    const nothing = { conversion: null, isWorthKeeping: null, expectedUnits: null };
    expect(creatorEvidence([])).toEqual({ status: "no_data", conversions: [], ...nothing });
    expect(creatorEvidence(three.slice(1))).toEqual({
      status: "too_few",
      conversions: [0.04, 0.06],
      conversion: 0.05,
      isWorthKeeping: null,
      expectedUnits: null,
    });
  });

  test.each([
    [{ viewers: 0, orders: 0 }],
    [{ viewers: -5, orders: 10 }],
    [{ viewers: NaN, orders: 10 }],
    [{ viewers: Infinity, orders: 10 }],
    [{ viewers: 100, orders: -1 }],
    [{ viewers: 100, orders: NaN }],
    [{ viewers: 100, orders: Infinity }],
  ])("item 65: %j is no stream, and a stream without an order is one", (row) => {
    expect(creatorEvidence([row]).status).toBe("no_data");
    expect(creatorEvidence([{ viewers: 100, orders: 0 }]).conversions).toEqual([0]);
  });

  test("item 67: viewers by conversion by units an order stands beside what followers say", () => {
    expect(creatorEvidence(three).expectedUnits).toBeCloseTo((10_000 * 0.16) / 3, 9);
    const two = creatorEvidence(three, { ...seedSettings, unitsPerOrder: 2 });
    expect(two.expectedUnits).toBeCloseTo((20_000 * 0.16) / 3, 9);
    const byFollowers = forecastLive({ base: 15, followers: 80_000 });
    expect(byFollowers.ok && byFollowers.value.expected).toBe(337.5);
  });
});

describe("before and after history", () => {
  test("item 78: the first stream takes the careful number, and shows the other one", () => {
    const options = { ...noOptions, first: true };
    const cold = forecastLive({ base: null, followers: 50_000, options });
    expect(cold.ok && cold.value.units).toBe(500);
    expect(cold.ok && cold.value.notes).toContainEqual({ code: "first_time_left_out", units: 600 });
  });

  test("item 79: the formula is offered at 3 streams and taken at 5 with 14 days of sales", () => {
    const at = (streams: number, salesDays: number) => planBasis({ streams, salesDays });
    expect([0, 2, 3, 4, 5].map((streams) => at(streams, 30))).toEqual([
      "followers",
      "followers",
      "formula_offered",
      "formula_offered",
      "formula",
    ]);
    expect([at(5, 13), at(5, 14), at(2, 14)]).toEqual(["formula_offered", "formula", "followers"]);
    const eager = { ...seedSettings, formulaTakenFrom: 2, formulaSalesDays: 7 };
    expect(planBasis({ streams: 2, salesDays: 7 }, eager)).toBe("formula");
    // Until then both can be shown: the same seller has both plans.
    const both = [null, 15].map((base) => forecastLive({ base, followers: 50_000 }));
    expect(both.map((plan) => plan.ok && plan.value.units)).toEqual([500, 405]);
  });
});

describe("when stock ends", () => {
  test("item 62: forecast, three alerts, live reservation and unpaid hold work on one book", () => {
    const plan = forecastLive({ base: 15, followers: 80_000 });
    expect(plan.ok && plan.value.units).toBe(405);
    const book = projected([count(500), ...stream({ planned: 405, startedAt: 0 })]);
    expect(sellable(book, SKU, "amazon")).toBe(95);
    const unpaid = { paid: false, ordered: 450, createdAt: 1000, updatedAt: 1000 };
    add(book, planLine(book, line(unpaid)));
    expect(heldUnits(balancesOf(book, SKU))).toBe(450);
    expect(sellable(book, SKU, "tiktok")).toBe(50);
    const levels = [50, 49, 19].map((left) => nextAlert("none", left));
    expect(levels).toEqual(["yellow", "orange", "red"]);
    add(
      book,
      dueExpiries(book, 1000 + 15 * MINUTE, () => "not_listed"),
    );
    expect(sellable(book, SKU, "tiktok")).toBe(500);
  });

  test("item 70: a test order that is cancelled leaves no hold, and its result moves no stock", () => {
    const book = projected([count(10)]);
    const order = { channel: "amazon", orderId: "test", ordered: 1, paid: false } as const;
    add(book, planLine(book, line(order)));
    add(book, [note("latency_test", "test-1", 5000, { sku: SKU, channel: "amazon", n: 4000 })]);
    expect(sellable(book, SKU, "tiktok")).toBe(9);
    add(book, planLine(book, line({ ...order, cancelled: 1, updatedAt: 6000 })));
    expect(sellable(book, SKU, "tiktok")).toBe(10);
    expect(heldUnits(balancesOf(book, SKU))).toBe(0);
    expect(unpaidLines(book.lines)).toEqual([]);
  });

  test("item 71: to switch to, the other SKUs by what the live channel can still sell", () => {
    const [A, B, C, D, E] = ["A", "B", "C", "D", "E"] as Sku[];
    const book = projected([
      count(40, C),
      count(90, B),
      count(40, A),
      count(5, D),
      count(300),
      ...stream({ planned: 100 }),
    ]);
    add(book, planLine(book, line({ sku: D!, ordered: 5 })));
    add(book, planLine(book, line({ sku: E!, ordered: 2, orderId: "2" })));
    expect(alternatives(book, "tiktok", B!)).toEqual([
      { sku: SKU, sellable: 300 },
      { sku: A, sellable: 40 },
      { sku: C, sellable: 40 },
    ]);
    // What is set aside for a stream on TikTok is no way out on Shopify.
    expect(alternatives(book, "shopify", B!)[0]).toEqual({ sku: SKU, sellable: 200 });
    expect(alternatives(book, "tiktok", SKU).map(({ sku }) => sku)).toEqual([B, A, C]);
  });

  test("item 75: with nothing left no channel may sell, in every mode of the alerts", () => {
    const book = projected([count(5), ...stream({ planned: 5, startedAt: 0 })]);
    add(book, planLine(book, line({ ordered: 5 })));
    for (const channel of ["tiktok", "amazon", "shopify", "ebay"] as const) {
      expect(sellable(book, SKU, channel)).toBe(0);
    }
    const facts = { planned: 5, soldInWindow: 0, windowMs: MINUTE };
    const percent = alertScale({ mode: "percent", thresholds: percentThresholds }, facts);
    const minutes = alertScale({ mode: "minutes", thresholds: minutesThresholds }, facts);
    const levels = [seedAlerts, percent, minutes].map((scale) => nextAlert("none", 0, scale));
    expect(levels).toEqual(["red", "red", "red"]);
    // A channel that sold all the same is not hidden behind a 0.
    add(book, planLine(book, line({ orderId: "2", ordered: 3 })));
    expect(sellable(book, SKU, "tiktok")).toBe(-3);
    expect(oversold(balancesOf(book, SKU))).toBe(3);
  });
});

test("item 81: the logic is a library: no clock, no network, no storage, no Excel", () => {
  for (const folder of ["src/stock", "src/forecast"]) {
    const files = readdirSync(folder).filter((name) => name.endsWith(".ts"));
    expect(files.length).toBeGreaterThan(10);
    for (const name of files) {
      const text = readFileSync(`${folder}/${name}`, "utf8");
      const sources = [...text.matchAll(/from "([^"]+)"/g)].map(([, source]) => source);
      for (const source of sources) expect(source).toMatch(/^(\.\/|\.\.\/base\/|valibot$)/);
      expect(text).not.toMatch(/Date\.now|new Date\(|Math\.random|fetch\(|indexedDB|setTimeout/);
    }
  }
});
