import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { ChannelId } from "../../src/base/ids";
import { committedUnits, heldUnits, onHand, reservedUnits } from "../../src/stock/balances";
import { planLine, type ReportedLine } from "../../src/stock/orders";
import { balancesOf, type Projection } from "../../src/stock/projection";
import { add, count, line, projected, SKU, stream } from "../support/entries";
import { runs } from "../support/runs";
import { linesOf } from "../../src/stock/line-table";

const CHANNELS: readonly ChannelId[] = ["tiktok", "shopify", "amazon"];

/** What one buyer's order goes through; the reports of one order keep their order. */
const buyer = fc
  .record({
    channel: fc.constantFrom(...CHANNELS),
    ordered: fc.integer({ min: 1, max: 5 }),
    paysAt: fc.integer({ min: 0, max: 3 }),
    cancelsAt: fc.integer({ min: 0, max: 6 }),
    shipsAt: fc.integer({ min: 0, max: 6 }),
  })
  .map(({ channel, ordered, paysAt, cancelsAt, shipsAt }) =>
    Array.from({ length: 4 }, (_, step): Partial<ReportedLine> => {
      const paid = step >= paysAt;
      const cancelled = step >= cancelsAt ? 1 : 0;
      const shipped = paid && step >= shipsAt ? ordered - cancelled : 0;
      return { channel, ordered, paid, cancelled, shipped, updatedAt: 2000 + step };
    }),
  );

const buyers = fc.array(buyer, { minLength: 2, maxLength: 12 });

function play(
  orders: readonly Partial<ReportedLine>[][],
  turns: readonly number[],
  planned: number,
): Projection {
  const book = projected([count(40), ...stream({ planned, startedAt: 0 })]);
  const queues = orders.map((reports, index) =>
    reports.map((report) => line({ ...report, orderId: String(index) })),
  );
  const next = (index: number) => {
    const report = queues[index]?.shift();
    if (report !== undefined) add(book, planLine(book, report));
  };
  for (const turn of turns) next(turn % queues.length);
  queues.forEach((queue, index) => {
    while (queue.length > 0) next(index);
  });
  return book;
}

function sums(book: Projection): unknown {
  const b = balancesOf(book, SKU);
  return {
    onHand: onHand(b),
    held: heldUnits(b),
    committed: committedUnits(b),
    shipped: b.shipped,
    sellable: b.available + reservedUnits(b),
    lines: [...linesOf(book.lines)]
      .map(([ref, s]) => [ref, s.held, s.committed, s.shipped, s.cancelled] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

const turns = fc.array(fc.nat(1000), { minLength: 50, maxLength: 50 });

test("in whatever order the orders of several buyers arrive, the stock ends the same", () => {
  fc.assert(
    fc.property(buyers, turns, turns, fc.integer({ min: 1, max: 40 }), (orders, a, b, planned) => {
      expect(sums(play(orders, a, planned))).toEqual(sums(play(orders, b, planned)));
    }),
    { numRuns: runs(300, 30) },
  );
});

test("with a reservation that suffices, each account ends the same to the unit", () => {
  fc.assert(
    fc.property(buyers, turns, turns, (orders, a, b) => {
      const plenty = orders.map((reports) =>
        reports.map((r) => ({ ...r, ordered: r.ordered ?? 1 })),
      );
      const units = plenty.reduce((sum, [r]) => sum + (r?.ordered ?? 0), 0);
      fc.pre(units <= 40);
      expect(balancesOf(play(plenty, a, 40), SKU)).toEqual(balancesOf(play(plenty, b, 40), SKU));
    }),
    { numRuns: runs(300, 30) },
  );
});
