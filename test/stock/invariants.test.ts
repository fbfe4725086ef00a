import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import * as v from "valibot";
import {
  committedUnits,
  heldUnits,
  onHand,
  oversold,
  reservedUnits,
} from "../../src/stock/balances";
import { entrySchema, moveKinds } from "../../src/stock/entries";
import { explain } from "../../src/stock/explain";
import { lineRef } from "../../src/stock/order-lines";
import {
  apply,
  balancesOf,
  emptyProjection,
  locationsOf,
  unitsAt,
} from "../../src/stock/projection";
import { sellable } from "../../src/stock/sellable";
import { runs } from "../support/runs";
import { CHANNELS, History, SKUS, slowBalances, slowSum } from "../support/stock-history";
import { lineAt, linesOf } from "../../src/stock/line-table";

const ON_HAND = /^(available|damaged|reserved:|held:|committed:)/;
const seeds = fc.integer({ min: 0, max: 2 ** 31 });

function history(seed: number, steps: number): History {
  const book = new History(seed);
  for (let n = 0; n < steps; n += 1) book.step();
  return book;
}

/** Each over 10,000 steps and more, in runs long enough to grow old in. */
function holds(claim: (book: History) => void): void {
  fc.assert(
    fc.property(seeds, (seed) => claim(history(seed, runs(1500, 500)))),
    { numRuns: runs(7, 2) },
  );
}

test("the histories know every kind of move there is", () => {
  const kinds = new Set(history(7, 3000).entries.map((entry) => entry.kind));
  expect(moveKinds.filter((kind) => !kinds.has(kind))).toEqual([]);
});

describe("over random histories", () => {
  test("on hand is the sum of its parts, and no unit comes from nowhere (I1)", () => {
    holds((book) => {
      const slow = slowBalances(book.entries);
      for (const sku of SKUS) {
        const fast = balancesOf(book.projection, sku);
        expect(onHand(fast)).toBe(slowSum(slow, sku, ON_HAND));
        expect(onHand(fast)).toBe(-fast.external - fast.incoming - fast.shipped);
        expect(fast.available).toBe(slowSum(slow, sku, /^available$/));
        expect(fast.damaged).toBe(slowSum(slow, sku, /^damaged$/));
        expect(heldUnits(fast)).toBe(slowSum(slow, sku, /^held:/));
        expect(committedUnits(fast)).toBe(slowSum(slow, sku, /^committed:/));
        expect(reservedUnits(fast)).toBe(slowSum(slow, sku, /^reserved:/));
      }
    });
  });

  test("locations add up to the whole", () => {
    holds((book) => {
      const slow = slowBalances(book.entries);
      for (const sku of SKUS) {
        const places = locationsOf(book.projection, sku);
        let total = 0;
        for (const place of places) {
          const there = unitsAt(book.projection, sku, place);
          expect(there.onHand).toBe(slowSum(slow, sku, ON_HAND, place));
          expect(there.available).toBe(slowSum(slow, sku, /^available$/, place));
          total += there.onHand;
        }
        expect(total).toBe(onHand(balancesOf(book.projection, sku)));
      }
    });
  });

  test("a hold is resolved once, an entry is taken back once, nothing pending goes below 0 (I2)", () => {
    holds((book) => {
      const resolved = book.entries.flatMap((e) =>
        e.type === "move" && e.resolves !== undefined ? [e.resolves] : [],
      );
      expect(new Set(resolved).size).toBe(resolved.length);
      expect(resolved.length).toBeGreaterThan(0);
      for (const [, line] of linesOf(book.projection.lines)) {
        for (const units of [line.held, line.committed, line.shipped - line.returned]) {
          expect(units).toBeGreaterThanOrEqual(0);
        }
        // Whatever was ever taken is open, shipped, cancelled or expired: each unit in one of them.
        const { held, committed, shipped, cancelled, expired } = line;
        expect(held + committed + shipped + cancelled + expired).toBe(line.taken);
      }
      for (const sku of SKUS) {
        const { reserved, held, committed, damaged, incoming } = balancesOf(book.projection, sku);
        for (const units of [...reserved.values(), ...held.values(), ...committed.values()]) {
          expect(units).toBeGreaterThanOrEqual(0);
        }
        expect(damaged).toBeGreaterThanOrEqual(0);
        expect(incoming).toBeGreaterThanOrEqual(0);
      }
    });
  });

  test("the projection is the replay of its entries, also after a way through disk (I3)", () => {
    holds((book) => {
      const again = emptyProjection();
      const stored = JSON.parse(JSON.stringify(book.entries)) as unknown[];
      for (const entry of stored) apply(again, v.parse(entrySchema, entry));
      expect(again).toEqual(book.projection);
    });
  });

  test("a snapshot and the tail is the same as the whole (I3)", () => {
    holds((book) => {
      const half = emptyProjection();
      const middle = Math.floor(book.entries.length / 2);
      for (const entry of book.entries.slice(0, middle)) apply(half, entry);
      const restored = structuredClone(half);
      for (const entry of book.entries.slice(middle)) apply(restored, entry);
      expect(restored).toEqual(book.projection);
    });
  });

  test("whole units only, and each event once (I4, I5)", () => {
    holds((book) => {
      expect(new Set(book.entries.map((e) => e.key)).size).toBe(book.entries.length);
      const moves = book.entries.filter((e) => e.type === "move");
      expect(moves.every((m) => Number.isSafeInteger(m.quantity) && m.quantity > 0)).toBe(true);
    });
  });

  test("a paid order is in the book as its channel said it last: no step passed for a duplicate (I4)", () => {
    holds((book) => {
      const paid = book.reported.filter((line) => line.paid);
      expect(paid.some(({ shipped, cancelled }) => shipped > 0 && cancelled > 0)).toBe(true);
      for (const line of paid) {
        const { ordered, cancelled, shipped } = line;
        const state = lineAt(book.projection.lines, lineRef(line));
        const open = ordered - cancelled - shipped;
        if (state === undefined) expect(ordered - cancelled).toBe(0);
        else expect(state).toMatchObject({ held: 0, committed: open, shipped });
      }
    });
  });

  test("available goes below 0 only by a fact, and every unit of it has a cause (I6)", () => {
    holds((book) => {
      const now = emptyProjection();
      const facts = new Set(["hold", "commit", "count", "damage"]);
      let owed = 0;
      for (const entry of book.entries) {
        const before = SKUS.map((sku) => oversold(balancesOf(now, sku)));
        apply(now, entry);
        const more = SKUS.map((sku, i) => oversold(balancesOf(now, sku)) - before[i]!);
        const grown = Math.max(0, ...more);
        if (grown > 0) expect(facts).toContain(entry.type === "move" ? entry.kind : "note");
        owed += grown;
        if (entry.type === "note" && entry.kind === "oversold") {
          expect(["late_payment", "same_second", "unseen_channel", "manual"]).toContain(
            entry.detail,
          );
          owed -= entry.n;
        }
      }
      // Within one booking units may go below 0 and come back; they are never left unexplained.
      expect(owed).toBeGreaterThanOrEqual(0);
      for (const sku of SKUS) {
        const told = book.entries
          .filter((e) => e.type === "note" && e.kind === "oversold" && e.sku === sku)
          .reduce((sum, e) => sum + (e.type === "note" ? e.n : 0), 0);
        expect(told).toBeGreaterThanOrEqual(oversold(balancesOf(book.projection, sku)));
      }
      const told = book.entries.some((e) => e.type === "note" && e.kind === "oversold");
      expect(told).toBe(true);
    });
  });

  test("the terms of an explanation add up to sellable, and its entries to the terms", () => {
    holds((book) => {
      const bySeq = new Map(book.entries.map((entry) => [entry.seq, entry]));
      for (const sku of SKUS) {
        for (const channel of CHANNELS) {
          const why = explain(book.entries, sku, channel, 3);
          expect(why.sellable).toBe(sellable(book.projection, sku, channel, 3));
          for (const term of why.terms) {
            if (term.kind === "buffer") continue;
            expect(term.entries.reduce((sum, share) => sum + share.units, 0)).toBe(term.units);
            for (const { seq } of term.entries) expect(bySeq.get(seq)?.sku).toBe(sku);
          }
        }
      }
    });
  });
});
