/** What is due of reservations, worked out from data: what is made, what goes back, and what not. */
import { describe, expect, test } from "@jest/globals";
import { note, type Draft } from "../../src/stock/entries";
import { balancesOf, type Projection } from "../../src/stock/projection";
import { dueReleases, dueReservations, grow, release, reserve } from "../../src/stock/reservations";
import { reverse } from "../../src/stock/reverse";
import { ownReservation, sellable } from "../../src/stock/sellable";
import { add, count, projected, SKU } from "../support/entries";

const DAY = 24 * 60 * 60_000;
const START = 100 * DAY;
const END = START + 180 * 60_000;

function plan(id: string, units: number, startsAt?: number): Draft {
  const plain = { channel: "tiktok", creator: "Mia", followers: 80_000, speed: 1, minutes: 180 };
  const detail = JSON.stringify(startsAt === undefined ? plain : { ...plain, startsAt });
  return note("stream_planned", `planned/${id}`, 0, { sku: SKU, n: units, detail, ref: id });
}

const at = (time: number) => ({ id: `r${time}`, at: time, actor: "seller" });
const left = (book: Projection, id: string) => balancesOf(book, SKU).reserved.get(id);

function booked(
  book: Projection,
  outcome: { ok: true; value: readonly Draft[] } | { ok: false; error: unknown },
): Draft {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  add(book, outcome.value);
  return outcome.value[0]!;
}

describe("due at the window's opening", () => {
  test("are the program's own moves, under a name that is taken once", () => {
    const book = projected([count(500), plan("s1", 405, START)]);
    const [due] = dueReservations(book, START);
    expect(due).toMatchObject({
      kind: "reserve",
      key: "reserve/s1/window_start",
      at: START,
      quantity: 405,
      ref: "s1",
    });
    expect(due).not.toHaveProperty("actor");
  });

  test("is nothing for a stream without a date, one that has ended, or one undone by hand", () => {
    const undated = projected([count(500), plan("s1", 405)]);
    expect(dueReservations(undated, START)).toEqual([]);
    // By hand it can be reserved and grown at any time, and nothing takes it back by itself.
    booked(undated, reserve(undated, "s1", at(1)));
    booked(undated, grow(undated, "s1", 5, at(2)));
    expect(left(undated, "s1")).toBe(410);
    expect(dueReleases(undated, START * 9)).toEqual([]);

    const ended = projected([count(500), plan("s1", 405, START)]);
    add(ended, [note("stream_ended", "e", START, { sku: SKU, ref: "s1" })]);
    expect(dueReservations(ended, START)).toEqual([]);

    const undone = projected([count(500), plan("s1", 405, START)]);
    const [made] = dueReservations(undone, START);
    add(undone, [made!]);
    booked(undone, reverse(undone, { ...made!, seq: undone.seq, bookedAt: 0 }, at(START + 1)));
    expect(dueReservations(undone, START + 2)).toEqual([]);
    // Who wants it after all asks for it.
    booked(undone, reserve(undone, "s1", at(START + 3)));
    expect(left(undone, "s1")).toBe(405);
  });

  test("is no half unit, no unit that is owed, and nothing for a plan of nothing", () => {
    const book = projected([count(10), plan("s1", 4.2, START), plan("s2", 0, START)]);
    const [first, ...rest] = dueReservations(book, START);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ quantity: 5 });
    expect(reserve(book, "s2", at(START))).toMatchObject({ error: { code: "already_reserved" } });
    const one = projected([count(1), plan("s1", 1, START)]);
    expect(booked(one, reserve(one, "s1", at(START)))).toMatchObject({ quantity: 1 });
  });
});

describe("due at the window's end", () => {
  const reserved = (...plans: Draft[]) => {
    const book = projected([count(500), ...plans]);
    add(book, dueReservations(book, START));
    return book;
  };

  test("are the program's own moves, dated by the window, each stream under its own name", () => {
    const book = reserved(plan("s1", 100, START), plan("s2", 50, START));
    const due = dueReleases(book, END + 9 * DAY);
    expect(due.map(({ key }) => key)).toEqual(["release/s1/window_end", "release/s2/window_end"]);
    expect(due[0]).toMatchObject({ at: END + DAY, quantity: 100, reason: "window_end" });
    expect(due[0]).not.toHaveProperty("actor");
    add(book, due);
    expect(sellable(book, SKU, "shopify")).toBe(500);
    expect(book.streams.get("s1")).toMatchObject({ released: true, releasedUnits: 100 });
    expect(left(book, "s1")).toBeUndefined();
  });

  test("by hand it is the seller's word, with the reason that she gives", () => {
    const book = reserved(plan("s1", 100, START), plan("s2", 50, START));
    expect(booked(book, release(book, "s1", at(START)))).toMatchObject({
      actor: "seller",
      reason: "manual",
    });
    const why = { ...at(START), id: "x", reason: "rained off" };
    expect(booked(book, release(book, "s2", why))).toMatchObject({ reason: "rained off" });
  });
});

test("units lent to the free pool are the stream's no more, and not taken back by an undo", () => {
  const book = projected([count(100), plan("s1", 40, START)]);
  booked(book, reserve(book, "s1", at(START)));
  const lent: Draft = {
    ...count(15),
    key: "shrink/1",
    kind: "shrink",
    from: "reserved:s1",
    to: "available",
    ref: "s1",
  };
  add(book, [lent]);
  expect([left(book, "s1"), book.streams.get("s1")?.made]).toEqual([25, 25]);
  expect(sellable(book, SKU, "shopify")).toBe(75);
  expect(book.streams.get("s1")?.released).toBe(false);
  const undo = reverse(book, { ...lent, seq: book.seq, bookedAt: 0 }, at(START));
  expect(undo).toEqual({ ok: false, error: { code: "reservation_over" } });
  booked(book, grow(book, "s1", 5, at(START)));
  expect(left(book, "s1")).toBe(30);
});

describe("refusals", () => {
  test("name the stream that nobody knows, the window, and when it opens or closed", () => {
    const book = projected([count(500), plan("s1", 405, START)]);
    expect(grow(book, "s9", 1, at(START))).toEqual({
      ok: false,
      error: { code: "stream_unknown" },
    });
    expect(release(book, "s9", at(START))).toEqual({
      ok: false,
      error: { code: "stream_unknown" },
    });
    expect(grow(book, "s1", 1, at(0))).toEqual({
      ok: false,
      error: { code: "window_not_open", from: START - 5 * DAY },
    });
    expect(reserve(book, "s1", at(END + DAY))).toEqual({
      ok: false,
      error: { code: "window_over", to: END + DAY },
    });
    booked(book, reserve(book, "s1", at(START)));
    booked(book, release(book, "s1", at(START)));
    expect(reserve(book, "s1", at(START))).toEqual({
      ok: false,
      error: { code: "already_released" },
    });
  });

  test("more than is free is taken as far as it goes, and of nothing nothing", () => {
    const book = projected([count(10), plan("s1", 4, START)]);
    booked(book, reserve(book, "s1", at(START)));
    expect(booked(book, grow(book, "s1", 99, at(START)))).toMatchObject({ quantity: 6 });
    expect(grow(book, "s1", 1, at(START))).toEqual({ ok: false, error: { code: "nothing_free" } });
  });
});

test("a channel's own stock for streams is what its streams have left, of this SKU", () => {
  const book = projected([count(100), plan("s1", 30, START), plan("s2", 20, START)]);
  add(book, dueReservations(book, START));
  expect(ownReservation(book, SKU, "tiktok")).toBe(50);
  expect(ownReservation(book, SKU, "amazon")).toBe(0);
  expect(ownReservation(book, "OTHER" as typeof SKU, "tiktok")).toBe(0);
  expect(sellable(book, "OTHER" as typeof SKU, "tiktok")).toBe(0);
});
