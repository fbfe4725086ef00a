import { describe, expect, test } from "@jest/globals";
import { committedUnits, heldUnits, oversold } from "../../src/stock/balances";
import { dueExpiries, isOverdue } from "../../src/stock/holds";
import type { LineState } from "../../src/stock/order-lines";
import { planLine } from "../../src/stock/orders";
import { oversellNotes } from "../../src/stock/oversell";
import { balancesOf } from "../../src/stock/projection";
import { seedStock } from "../../src/stock/settings";
import { add, count, line, projected, SKU, stream } from "../support/entries";
import { linesOf } from "../../src/stock/line-table";

const QUARTER = 15 * 60_000;
const unpaid = { paid: false, ordered: 2, createdAt: 1000, updatedAt: 1000 };
const word = (said: "unpaid" | "not_listed" | "unreadable") => () => said;

function held(units: number) {
  const book = projected([count(units)]);
  add(book, planLine(book, line(unpaid)));
  return book;
}

describe("an unpaid hold", () => {
  test("carries its end: the order's own time and 15 minutes for TikTok", () => {
    const book = projected([count(9)]);
    const [hold] = planLine(book, line(unpaid));
    expect(hold?.expiresAt).toBe(1000 + QUARTER);
  });

  test("dates an order whose clock runs ahead by the clock that saw it", () => {
    const book = projected([count(9)]);
    const [hold] = planLine(book, line({ ...unpaid, createdAt: 900_000, seenAt: 5000 }));
    expect(hold?.expiresAt).toBe(5000 + QUARTER);
  });

  test("ends at its very millisecond and not before, where the channel cannot be asked", () => {
    const book = held(9);
    expect(dueExpiries(book, 999 + QUARTER, word("unreadable"))).toEqual([]);
    add(book, dueExpiries(book, 1000 + QUARTER, word("unreadable")));
    expect(heldUnits(balancesOf(book, SKU))).toBe(0);
    expect(balancesOf(book, SKU).available).toBe(9);
    expect(dueExpiries(book, 2000 + QUARTER, word("unreadable"))).toEqual([]);
  });

  test("stays as long as the channel lists it, and ends when the channel does not any more", () => {
    const book = held(9);
    expect(dueExpiries(book, 10 * QUARTER, word("unpaid"))).toEqual([]);
    expect(dueExpiries(book, 10 * QUARTER, word("not_listed"))).toHaveLength(1);
  });

  test("ends with the plain timer, if that is set, and is not held again", () => {
    const settings = { ...seedStock, holdsEnd: "timer" } as const;
    const book = held(9);
    add(book, dueExpiries(book, 10 * QUARTER, word("unpaid"), settings));
    expect(heldUnits(balancesOf(book, SKU))).toBe(0);
    expect(planLine(book, line({ ...unpaid, updatedAt: 10 * QUARTER }), settings)).toEqual([]);
  });

  test("is overdue only while it holds something that has an end", () => {
    const state = (over: Partial<LineState>) => {
      const [known] = linesOf(held(9).lines);
      return { ...known![1], ...over };
    };
    const over = 2 * QUARTER;
    expect(isOverdue(state({}), over)).toBe(true);
    expect(isOverdue(state({ held: 0 }), over)).toBe(false);
    expect(isOverdue(state({ expiresAt: null }), over)).toBe(false);
  });

  test("goes back to the reservation it came out of", () => {
    const book = projected([count(9), ...stream({ planned: 5, startedAt: 0 })]);
    add(book, planLine(book, line(unpaid)));
    add(book, dueExpiries(book, QUARTER + 1000, word("unreadable")));
    expect(balancesOf(book, SKU).reserved.get("stream-1")).toBe(5);
  });

  test("paid in part: what is paid stays, the rest returns", () => {
    const book = held(9);
    add(book, planLine(book, line({ ordered: 2, cancelled: 1, updatedAt: 2000 })));
    expect(committedUnits(balancesOf(book, SKU))).toBe(1);
    expect(heldUnits(balancesOf(book, SKU))).toBe(0);
    expect(balancesOf(book, SKU).available).toBe(8);
  });
});

describe("a payment after the end", () => {
  function late(units: number) {
    const book = held(2);
    add(book, dueExpiries(book, QUARTER + 1000, word("unreadable")));
    const other = { channel: "shopify", orderId: "2", ordered: units, updatedAt: 3000 } as const;
    add(book, planLine(book, line(other)));
    const moves = planLine(book, line({ ordered: 2, updatedAt: QUARTER + 5000 }));
    const before = new Map([[SKU, oversold(balancesOf(book, SKU))]]);
    add(book, moves);
    return { book, notes: oversellNotes(book, before, moves, QUARTER + 6000) };
  }

  test("is a new commitment", () => {
    const { book, notes } = late(0);
    expect(committedUnits(balancesOf(book, SKU))).toBe(2);
    expect(notes).toEqual([]);
  });

  test("of units sold meanwhile is oversold for that cause", () => {
    const { book, notes } = late(1);
    expect(oversold(balancesOf(book, SKU))).toBe(1);
    expect(notes.map((n) => [n.n, n.detail])).toEqual([[1, "late_payment"]]);
  });
});

test.each([
  ["the same second", 2000, "same_second"],
  ["a channel that was not read", 60_000, "unseen_channel"],
])("an oversell by %s says so", (_, seenAfter, cause) => {
  const book = projected([count(1)]);
  const moves = planLine(book, line({ ordered: 3 }));
  add(book, moves);
  const notes = oversellNotes(book, new Map(), moves, 1000 + seenAfter);
  expect(notes.map((n) => [n.n, n.detail])).toEqual([[2, cause]]);
});
