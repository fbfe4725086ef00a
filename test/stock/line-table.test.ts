/** Lines that wait for their money, as the fold finds them among all there ever were. */
import { describe, expect, test } from "@jest/globals";
import { mulberry32 } from "../../src/base/prng";
import { expireLine, planLine, type ReportedLine } from "../../src/stock/orders";
import { linesOf, unpaidLines } from "../../src/stock/line-table";
import type { Projection } from "../../src/stock/projection";
import { add, count, line, projected } from "../support/entries";

const ORDERS = 3000;

function report(book: Projection, order: number, over: Partial<ReportedLine>): void {
  add(book, planLine(book, line({ orderId: String(order), ordered: 1, ...over })));
}

const waiting = (book: Projection): string[] => unpaidLines(book.lines).map(([ref]) => ref);
/** The same, asked of every line there is. */
const searched = (book: Projection): string[] =>
  [...linesOf(book.lines)].filter(([, { held }]) => held > 0).map(([ref]) => ref);

describe("lines that wait for their money", () => {
  test("are told in the order in which they began to, those paid or cancelled left out", () => {
    const book = projected([count(100)]);
    for (const order of [1, 2, 3, 4]) report(book, order, { paid: false });
    report(book, 2, { updatedAt: 2000 });
    expect(waiting(book)).toEqual(searched(book));
    expect(waiting(book)).toHaveLength(3);
    report(book, 1, { paid: false, cancelled: 1, updatedAt: 2000 });
    report(book, 3, { updatedAt: 2000 });
    expect(waiting(book)).toEqual(searched(book));
    expect(waiting(book)).toHaveLength(1);
  });

  test("are told once, though one of them was ended by the clock and then held again", () => {
    const book = projected([count(100)]);
    report(book, 1, { paid: false });
    report(book, 2, { paid: false });
    const ref = waiting(book)[1] ?? "";
    add(book, expireLine(book, ref));
    expect(waiting(book)).toHaveLength(1);
    report(book, 2, { paid: false, ordered: 2, updatedAt: 4000 });
    expect(waiting(book).filter((each) => each === ref)).toHaveLength(1);
    expect(new Set(waiting(book))).toEqual(new Set(searched(book)));
  });

  test("are all found among thousands that came and went in any order", () => {
    const book = projected([count(ORDERS)]);
    const dice = mulberry32(11);
    const open: number[] = [];
    let most = 0;
    for (let order = 0; order < ORDERS; order += 1) {
      report(book, order, { paid: false, updatedAt: 1000 + order });
      open.push(order);
      while (open.length > 40 * dice.next()) {
        const [paid = 0] = open.splice(Math.floor(dice.next() * open.length), 1);
        report(book, paid, { updatedAt: 1_000_000 + order });
      }
      most = Math.max(most, book.lines.holds.length);
      if (order % 97 === 0) expect(new Set(waiting(book))).toEqual(new Set(searched(book)));
    }
    expect(new Set(waiting(book))).toEqual(new Set(searched(book)));
    // What is settled is let go: the list is no history of all holds.
    expect(most).toBeLessThan(ORDERS);
  });
});
