/** The seed method, item by item: the look back after a stream. See requirements.test.ts. */
import { describe, expect, test } from "@jest/globals";
import { note } from "../src/stock/entries";
import { cancellationHeadroom, isSeedBand, judge, review } from "../src/stock/review";
import { stockoutMinutes } from "../src/stock/streams";
import {
  capitalFreed,
  judgeTurnover,
  onHandAt,
  seedTurnover,
  turnoverDays,
} from "../src/stock/turnover";
import { add, count, projected, SKU, stream } from "./support/entries";

const looked = {
  sku: "OR-1",
  planned: 405,
  sold: 360,
  stockoutMinutes: 0,
  streamMinutes: 180,
  soldElsewhere: 0,
  leftReserved: 45,
  oversold: 0,
  endedSoldOut: false,
};

describe("review", () => {
  test("item 9: from 45 days to 30 a third of the capital is free", () => {
    expect(capitalFreed(45)).toBeCloseTo(1 / 3, 12);
    expect(capitalFreed(30)).toBe(0);
  });

  test("item 10: the seed's own case was out of stock for a third of the stream", () => {
    expect(review({ ...looked, stockoutMinutes: 60 }).stockoutShare).toBeCloseTo(1 / 3, 12);
  });

  test("item 15: of 1,000 orders 25 may be cancelled before the limit", () => {
    expect(cancellationHeadroom(1000, 0)).toBe(25);
    expect(cancellationHeadroom(1000, 24)).toBe(1);
    expect(cancellationHeadroom(39, 0)).toBe(0);
    expect(cancellationHeadroom(100, 9)).toBe(0);
  });

  test("item 46: accuracy is sold / planned; without the buffer a perfect forecast is 100 %", () => {
    const perfect = review({ ...looked, planned: 120, sold: 100 });
    expect(perfect.accuracy).toBeCloseTo(0.8333, 4);
    expect(perfect.forecastAccuracy).toBeCloseTo(1, 12);
  });

  test("item 47: 80 to 120 % is reasonable, both ends included", () => {
    expect([0.8, 1, 1.2].map(judge)).toEqual(["reasonable", "reasonable", "reasonable"]);
  });

  test("item 48: below 60 % a smaller coefficient is suggested, by a quarter at most", () => {
    const over = review({ ...looked, sold: 200 });
    expect(over.verdict).toBe("overstocked");
    expect(over.suggestions).toEqual({
      coefficientFactor: 0.75,
      planBuffer: null,
      planFactor: null,
    });
  });

  test("item 49: above 150 % a larger buffer is suggested, 2.0 at most", () => {
    const suggested = (sold: number) => review({ ...looked, planned: 100, sold }).suggestions;
    expect(suggested(160).planBuffer).toBeCloseTo(1.92, 12);
    expect(suggested(300).planBuffer).toBe(2);
    expect(suggested(150).planBuffer).toBeNull();
  });

  test("item 49: a stream that sold out proves a lower bound; demand is corrected for the gap", () => {
    const out = review({
      ...looked,
      sold: 405,
      leftReserved: 0,
      stockoutMinutes: 60,
      endedSoldOut: true,
    });
    expect(out.verdict).toBe("sold_out");
    expect(out.isLowerBound).toBe(true);
    expect(out.demand).toBe(607.5);
    expect(out.demandVerdict).toBe("watch_short");
    expect(review({ ...looked, stockoutMinutes: 180 }).demand).toBeNull();
    expect(review(looked).demand).toBe(360);
  });

  test("item 50: five bands, and the two in the middle are marked as not of the seed", () => {
    const bands = [0.59, 0.6, 0.79, 0.8, 1.2, 1.21, 1.5, 1.51].map(judge);
    expect(bands).toEqual([
      "overstocked",
      "watch_over",
      "watch_over",
      "reasonable",
      "reasonable",
      "watch_short",
      "watch_short",
      "short",
    ]);
    expect(bands.map(isSeedBand)).toEqual([true, false, false, true, true, false, false, true]);
    const slightly = { ...looked, planned: 100, sold: 130 };
    expect(review(slightly).suggestions.planFactor).toBeNull();
    expect(review({ ...slightly, shortBefore: true }).suggestions.planFactor).toBe(1.2);
  });

  test("item 51: 360 of 405 are 88.9 %, reasonable", () => {
    const result = review(looked);
    expect(Math.round((result.accuracy ?? 0) * 1000) / 10).toBe(88.9);
    expect(result.verdict).toBe("reasonable");
  });

  test("item 52: turnover is average stock / average daily sales, without end if nothing sells", () => {
    const stock = Array.from({ length: 30 }, () => 450);
    expect(turnoverDays(stock, 300)).toBe(45);
    expect(turnoverDays(stock, 0)).toBeNull();
    expect(judgeTurnover(null, "hit")).toBe("no_sales");
    const book = [count(9), { ...count(4), key: "2", at: 150 }, { ...count(1), key: "3", at: 50 }];
    const entries = book.map((move, i) => ({ ...move, seq: i + 1, bookedAt: 999 }));
    expect(onHandAt(entries, SKU, [0, 100, 200])).toEqual([9, 10, 14]);
  });

  test("item 53: the target is 30 days, a setting", () => {
    expect(seedTurnover.targetDays).toBe(30);
    expect(capitalFreed(45, { ...seedTurnover, targetDays: 45 })).toBe(0);
  });

  test("items 6 and 55: out of stock below 5 % of the stream, strictly", () => {
    expect(review({ ...looked, stockoutMinutes: 8.9 }).stockoutOk).toBe(true);
    expect(review({ ...looked, stockoutMinutes: 9 }).stockoutOk).toBe(false);
  });

  test("item 55: several gaps add up, in the stream's own minutes", () => {
    const book = projected([count(100), ...stream({ planned: 60, startedAt: 0 })]);
    const gap = (at: number, n: number) =>
      note("stockout", `out/${at}`, at * 60_000, { sku: SKU, n, ref: "stream-1" });
    add(book, [gap(10, 1), gap(15, 0), gap(100, 1)]);
    expect(stockoutMinutes(book.streams.get("stream-1")!, 110 * 60_000)).toBe(15);
  });

  test("item 56: 15 of 180 minutes are 8.3 %, over the target", () => {
    const result = review({ ...looked, stockoutMinutes: 15 });
    expect(Math.round(result.stockoutShare * 1000) / 10).toBe(8.3);
    expect(result.stockoutOk).toBe(false);
  });

  test.each([
    ["hit", [14.9, 15, 30, 30.1, 45, 45.1], ["runs_short", "ok", "ok", "watch", "watch", "act"]],
    ["ordinary", [14, 45, 45.1, 60, 60.1], ["ok", "ok", "watch", "watch", "clear"]],
  ] as const)(
    "items 54 and 76: the norms of a product that is %s",
    (productClass, days, verdicts) => {
      expect(days.map((d) => judgeTurnover(d, productClass))).toEqual(verdicts);
    },
  );
});
