import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { committedUnits, heldUnits, onHand, oversold } from "../../src/stock/balances";
import { planLine, type ReportedLine } from "../../src/stock/orders";
import { balancesOf } from "../../src/stock/projection";
import { sellable } from "../../src/stock/sellable";
import { add, count, line, projected, SKU, stream } from "../support/entries";

describe("an order in the ledger", () => {
  test("commits units, and ships them off the hand, never both", () => {
    const book = projected([count(10)]);
    add(book, planLine(book, line({ ordered: 3 })));
    expect(onHand(balancesOf(book, SKU))).toBe(10);
    expect(committedUnits(balancesOf(book, SKU))).toBe(3);
    expect(sellable(book, SKU, "shopify")).toBe(7);
    add(book, planLine(book, line({ ordered: 3, shipped: 3, updatedAt: 2000 })));
    expect(onHand(balancesOf(book, SKU))).toBe(7);
    expect(committedUnits(balancesOf(book, SKU))).toBe(0);
    expect(sellable(book, SKU, "shopify")).toBe(7);
  });

  test("reported twice is booked once", () => {
    const book = projected([count(10)]);
    add(book, planLine(book, line()));
    expect(planLine(book, line())).toEqual([]);
    expect(planLine(book, line({ updatedAt: 5000 }))).toEqual([]);
  });

  test("unpaid holds units; paid turns the hold into a commitment", () => {
    const book = projected([count(10)]);
    add(book, planLine(book, line({ paid: false, ordered: 2 })));
    expect(heldUnits(balancesOf(book, SKU))).toBe(2);
    add(book, planLine(book, line({ ordered: 2, updatedAt: 2000 })));
    expect(heldUnits(balancesOf(book, SKU))).toBe(0);
    expect(committedUnits(balancesOf(book, SKU))).toBe(2);
    expect(sellable(book, SKU, "tiktok")).toBe(8);
  });

  test("an older report than what is booked changes nothing", () => {
    const book = projected([count(10)]);
    add(book, planLine(book, line({ updatedAt: 3000, cancelled: 1 })));
    add(book, planLine(book, line({ updatedAt: 4000, ordered: 2, cancelled: 0 })));
    expect(planLine(book, line({ updatedAt: 3500, ordered: 2, cancelled: 2 }))).toEqual([]);
  });

  test("of the live channel is taken from its reservation and given back to it", () => {
    const book = projected([count(100), ...stream({ planned: 60, startedAt: 0 })]);
    expect(sellable(book, SKU, "tiktok")).toBe(100);
    expect(sellable(book, SKU, "shopify")).toBe(40);
    add(book, planLine(book, line({ ordered: 5 })));
    expect(sellable(book, SKU, "tiktok")).toBe(95);
    expect(sellable(book, SKU, "shopify")).toBe(40);
    add(book, planLine(book, line({ ordered: 5, cancelled: 2, updatedAt: 2000 })));
    expect(sellable(book, SKU, "tiktok")).toBe(97);
    expect(sellable(book, SKU, "shopify")).toBe(40);
  });

  test("beyond the reservation is taken from the free pool", () => {
    const book = projected([count(100), ...stream({ planned: 60, startedAt: 0 })]);
    add(book, planLine(book, line({ ordered: 70 })));
    expect(balancesOf(book, SKU).reserved.get("stream-1")).toBe(0);
    expect(sellable(book, SKU, "shopify")).toBe(30);
  });

  test("that the channel accepted beyond the stock shows as oversold, never hidden", () => {
    // The seed's scenario: 300 on hand, 150 and 80 sold elsewhere, 200 in the stream (item 14).
    const book = projected([count(300)]);
    add(book, planLine(book, line({ channel: "amazon", ordered: 150 })));
    add(book, planLine(book, line({ channel: "shopify", ordered: 80 })));
    expect(sellable(book, SKU, "tiktok")).toBe(70);
    add(book, planLine(book, line({ ordered: 200 })));
    expect(oversold(balancesOf(book, SKU))).toBe(130);
    expect(sellable(book, SKU, "tiktok")).toBe(-130);
  });
});

/** What a buyer and a channel can do to one line, told as successive reports. */
const reports = fc
  .array(
    fc.record({
      paid: fc.boolean(),
      ordered: fc.integer({ min: 0, max: 5 }),
      cancelShare: fc.double({ min: 0, max: 1, noNaN: true }),
      shipShare: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((steps) => {
    let ordered = 0;
    let cancelled = 0;
    let shipped = 0;
    let paid = false;
    return steps.map((step, index): ReportedLine => {
      ordered = Math.max(ordered, step.ordered);
      paid ||= step.paid;
      cancelled += Math.floor((ordered - cancelled - shipped) * step.cancelShare);
      if (paid) shipped += Math.floor((ordered - cancelled - shipped) * step.shipShare);
      return line({ updatedAt: 1000 + index, paid, ordered, cancelled, shipped });
    });
  });

test("whatever is skipped, doubled or late, the ledger ends where the last report is", () => {
  fc.assert(
    fc.property(reports, fc.infiniteStream(fc.boolean()), (all, dice) => {
      const book = projected([count(100), ...stream({ planned: 3, startedAt: 0 })]);
      const last = all.at(-1);
      for (const report of all) {
        const skip = dice.next().value && report !== last;
        if (skip) continue;
        add(book, planLine(book, report));
        expect(planLine(book, report)).toEqual([]);
        if (dice.next().value) add(book, planLine(book, all[0] ?? report));
      }
      const balances = balancesOf(book, SKU);
      const open = (last?.ordered ?? 0) - (last?.cancelled ?? 0) - (last?.shipped ?? 0);
      expect(committedUnits(balances)).toBe(last?.paid ? open : 0);
      expect(heldUnits(balances)).toBe(last?.paid ? 0 : open);
      expect(balances.shipped).toBe(last?.shipped);
      expect(onHand(balances)).toBe(100 - (last?.shipped ?? 0));
    }),
  );
});
