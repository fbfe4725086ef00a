/** Lines that wait for their money, as the fold finds them among all there ever were. */
import { describe, expect, test } from "@jest/globals";
import type { ChannelId, Sku } from "../../src/base/ids";
import { mulberry32 } from "../../src/base/prng";
import { expireLine, planLine, type ReportedLine } from "../../src/stock/orders";
import { note } from "../../src/stock/entries";
import { lineAt, linesOf, linesPlaced, unpaidLines } from "../../src/stock/line-table";
import { lineRef } from "../../src/stock/order-lines";
import { balancesOf, type Projection } from "../../src/stock/projection";
import { add, count, line, projected, SKU } from "../support/entries";

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

describe("the next order that waits", () => {
  test("is told, though the one before it was paid and nothing waited between the two", () => {
    const book = projected([count(100)]);
    report(book, 1, { paid: false });
    report(book, 1, { updatedAt: 2000 });
    expect(waiting(book)).toEqual([]);
    report(book, 2, { paid: false });
    expect(waiting(book)).toEqual([lineRef(line({ orderId: "2" }))]);
  });

  test("is kept in mind once, however often its buyer adds to it", () => {
    const book = projected([count(100)]);
    for (const ordered of [1, 2, 3]) {
      report(book, 1, { paid: false, ordered, updatedAt: 1000 * ordered });
    }
    expect(book.lines.holds).toHaveLength(1);
    expect(unpaidLines(book.lines).map(([, { held }]) => held)).toEqual([3]);
  });
});

test("of a thousand orders each keeps its own units, times and channel", () => {
  const book = projected([count(5000)]);
  for (let order = 0; order < 1000; order += 1) {
    const at = 10_000 + order;
    const channel: ChannelId = order % 2 === 0 ? "tiktok" : "shopify";
    const ordered = 1 + (order % 7);
    report(book, order, { ordered, channel, createdAt: at, updatedAt: at + 5 });
  }
  const lines = [...linesOf(book.lines)].map(([, each]) => each);
  expect(lines).toHaveLength(1000);
  lines.forEach((each, order) => {
    expect(each).toMatchObject({
      channel: order % 2 === 0 ? "tiktok" : "shopify",
      committed: 1 + (order % 7),
      paid: 1 + (order % 7),
      createdAt: 10_000 + order,
      updatedAt: 10_005 + order,
      expiresAt: null,
    });
  });
});

test("goods that come back from an order the book has never seen make no order of it", () => {
  const book = projected([count(5)]);
  const back = { ...count(1), key: "back", kind: "return_restock", ref: "tiktok/9/a" } as const;
  add(book, [{ ...back, from: "shipped" }]);
  expect(lineAt(book.lines, "tiktok/9/a")).toBeUndefined();
  expect([...linesOf(book.lines)]).toEqual([]);
});

describe("an order that drew on two streams' reservations", () => {
  const from = { channel: "tiktok", creator: "Mia", followers: 1, speed: 1, minutes: 180 };

  function twoStreams(): Projection {
    const book = projected([count(10)]);
    for (const [at, ref] of ["one", "two"].entries()) {
      const detail = JSON.stringify({ ...from, startsAt: 1000 + at });
      add(book, [
        note("stream_planned", `planned/${ref}`, 0, { sku: SKU, n: 3, detail, ref }),
        {
          ...count(3),
          key: `reserve/${ref}`,
          kind: "reserve",
          from: "available",
          to: `reserved:${ref}`,
          ref,
        },
      ]);
    }
    return book;
  }
  const reserved = (book: Projection) => Object.fromEntries(balancesOf(book, SKU).reserved);

  test("says how many units came from which", () => {
    const book = twoStreams();
    // Of another channel: it takes what is free, and none of the reservations.
    report(book, 1, { channel: "shopify", ordered: 4 });
    report(book, 2, { ordered: 5 });
    const drew = lineAt(book.lines, lineRef(line({ orderId: "2" })))?.fromReserved;
    expect([...(drew ?? [])]).toEqual([
      ["one", 3],
      ["two", 2],
    ]);
    expect(lineAt(book.lines, lineRef(line({ orderId: "1", channel: "shopify" })))).toMatchObject({
      committed: 4,
      fromReserved: null,
    });
  });

  test("keeps them apart, whatever channel the order before it came by", () => {
    for (const channel of ["amazon", "shopify", "ebay"] as const) {
      const book = twoStreams();
      report(book, 1, { channel, ordered: 4 });
      report(book, 2, { ordered: 5 });
      report(book, 2, { ordered: 6, updatedAt: 2000 });
      const drew = lineAt(book.lines, lineRef(line({ orderId: "2" })))?.fromReserved;
      expect([...(drew ?? [])]).toEqual([
        ["one", 3],
        ["two", 3],
      ]);
    }
  });

  test("gives each its units back when it is cancelled", () => {
    const book = twoStreams();
    report(book, 1, { channel: "shopify", ordered: 4 });
    report(book, 2, { ordered: 5 });
    expect(reserved(book)).toEqual({ one: 0, two: 1 });
    report(book, 2, { ordered: 5, cancelled: 5, updatedAt: 2000 });
    expect(reserved(book)).toEqual({ one: 3, two: 3 });
    expect(balancesOf(book, SKU).available).toBe(0);
  });
});

describe("the orders of a time", () => {
  const other = "OR-2" as Sku;
  const book = projected([count(100), count(100, other)]);
  for (const order of [0, 1, 2, 3, 4]) {
    report(book, order, { createdAt: 1000 * order, updatedAt: 9000, ordered: order + 1 });
  }
  report(book, 9, { sku: other, createdAt: 2000, updatedAt: 9000, ordered: 50 });
  const units = (sku: Sku, since: number, until: number) =>
    linesPlaced(book.lines, sku, since, until).map(({ committed }) => committed);

  test("are those placed in it, its first and its last moment too", () => {
    expect(units(SKU, 1000, 3000)).toEqual([2, 3, 4]);
    expect(units(SKU, 1001, 2999)).toEqual([3]);
    expect(units(SKU, 0, 9000)).toEqual([1, 2, 3, 4, 5]);
  });

  test("are those of one SKU, and none where none was placed", () => {
    expect(units(other, 1000, 3000)).toEqual([50]);
    expect(units(other, 3000, 9000)).toEqual([]);
    expect(units("OR-3" as Sku, 0, 9000)).toEqual([]);
  });
});
