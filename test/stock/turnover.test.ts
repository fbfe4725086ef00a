import { describe, expect, test } from "@jest/globals";
import type { Sku } from "../../src/base/ids";
import { adjust, announce, damage, receive } from "../../src/stock/commands";
import { note, type Draft, type Entry } from "../../src/stock/entries";
import { planLine } from "../../src/stock/orders";
import { apply, emptyProjection, type Projection } from "../../src/stock/projection";
import { capitalFreed, onHandAt, turnoverDays } from "../../src/stock/turnover";
import { count, line, SKU } from "../support/entries";

/** A book kept as entries, since the past is asked for. */
class Book {
  readonly now: Projection = emptyProjection();
  readonly entries: Entry[] = [];

  add(outcome: readonly Draft[] | { ok: boolean; value?: readonly Draft[] }): void {
    const drafts = "ok" in outcome ? outcome.value : outcome;
    for (const draft of drafts ?? []) {
      const entry = { ...draft, seq: this.now.seq + 1, bookedAt: 9999 } as Entry;
      this.entries.push(entry);
      apply(this.now, entry);
    }
  }
}

const request = (id: string, at: number) => ({ id, at, actor: "seller", sku: SKU });

describe("units on hand in the past", () => {
  const book = new Book();
  book.add([count(100), { ...count(7, "OTHER" as Sku), at: 5 }]);
  book.add([note("alert", "a1", 50, { sku: SKU, detail: "red", n: 3 })]);
  book.add(announce({ ...request("po", 110), units: 30, dueAt: 500 }));
  book.add(planLine(book.now, line({ ordered: 10, createdAt: 120, updatedAt: 120 })));
  book.add(damage(book.now, { ...request("broken", 130), units: 5 }));
  book.add(planLine(book.now, line({ ordered: 10, shipped: 10, createdAt: 120, updatedAt: 210 })));
  book.add(adjust(book.now, { ...request("lost", 220), by: -2, reason: "lost" }));
  book.add(receive(book.now, { ...request("in", 310), units: 30, arrival: "po" }));

  test("are what was there: sold ones until they ship, broken ones, and none still on its way", () => {
    expect(onHandAt(book.entries, SKU, [99, 199, 299, 399])).toEqual([100, 100, 88, 118]);
    expect(onHandAt(book.entries, "OTHER" as Sku, [4, 5, 399])).toEqual([0, 7, 7]);
  });

  test("leave out what happened after the last moment, and take in what happened at it", () => {
    expect(onHandAt(book.entries, SKU, [209])).toEqual([100]);
    expect(onHandAt(book.entries, SKU, [210])).toEqual([90]);
    expect(onHandAt(book.entries, SKU, [])).toEqual([]);
  });
});

test("turnover days of no days, or of no sales, are not known", () => {
  expect(turnoverDays([], 10)).toBeNull();
  expect(turnoverDays([10], 0)).toBeNull();
  expect(turnoverDays([10, 20, 30], 2)).toBe(30);
});

test("who is below the target has no capital to free", () => {
  expect([20, 30, 60].map((days) => capitalFreed(days))).toEqual([0, 0, 0.5]);
});
