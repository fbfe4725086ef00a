import { describe, expect, test } from "@jest/globals";
import { onHand } from "../../src/stock/balances";
import {
  adjust,
  announce,
  count as countUnits,
  damage,
  receive,
  returned,
  transfer,
} from "../../src/stock/commands";
import { moveKinds, note, type Draft, type Entry, type Move } from "../../src/stock/entries";
import { lineRef } from "../../src/stock/order-lines";
import { planLine } from "../../src/stock/orders";
import { balancesOf, locationsOf, unitsAt, type Projection } from "../../src/stock/projection";
import { grow, release, reserve } from "../../src/stock/reservations";
import { reverse } from "../../src/stock/reverse";
import { add, count, line, projected, SKU, stream } from "../support/entries";
import { lineAt } from "../../src/stock/line-table";

const request = { id: "r1", at: 5000, actor: "seller", sku: SKU };
const undo = { id: "u1", at: 6000, actor: "seller" };
const ref = lineRef({ channel: "tiktok", orderId: "1", lineId: "a", sku: SKU });

type Outcome = { ok: true; value: readonly Draft[] } | { ok: false; error: unknown };

/** Books what was asked for; the move among it, as the ledger holds it. */
function booked(projection: Projection, outcome: Outcome): Entry {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  add(projection, outcome.value);
  return { ...outcome.value.at(-1)!, seq: projection.seq, bookedAt: 0 };
}

/** A shop with stock in two places, a sale that was shipped, goods on their way and a stream. */
function shop(): Projection {
  const [planned] = stream({ planned: 30 });
  const book = projected([count(100), planned!]);
  booked(book, transfer(book, { ...request, id: "t0", units: 20, toLocation: "east" }));
  booked(book, announce({ ...request, id: "po", units: 50, dueAt: 9000 }));
  booked(book, damage(book, { ...request, id: "d0", units: 3 }));
  add(book, planLine(book, line({ ordered: 6, shipped: 6 })));
  return book;
}

const state = (book: Projection) => ({
  balances: structuredClone(balancesOf(book, SKU)),
  places: locationsOf(book, SKU).map((place) => unitsAt(book, SKU, place)),
  returned: lineAt(book.lines, ref)?.returned,
  due: book.arrivals.get("po")?.units,
  made: book.streams.get("stream-1")?.made,
});

const actions: [string, (book: Projection) => Outcome][] = [
  ["a receipt", (b) => receive(b, { ...request, units: 9, arrival: null })],
  [
    "a receipt elsewhere",
    (b) => receive(b, { ...request, units: 9, arrival: null, location: "x" }),
  ],
  ["a receipt that was announced", (b) => receive(b, { ...request, units: 9, arrival: "po" })],
  ["a count of more", (b) => countUnits(b, { ...request, counted: 99 })],
  ["a count of less", (b) => countUnits(b, { ...request, counted: 11 })],
  ["more units", (b) => adjust(b, { ...request, by: 5, reason: "found" })],
  ["fewer units", (b) => adjust(b, { ...request, by: -5, reason: "lost" })],
  ["damage", (b) => damage(b, { ...request, units: 4 })],
  ["a return to stock", (b) => returned(b, { ...request, line: ref, units: 2, restock: true })],
  ["a return to scrap", (b) => returned(b, { ...request, line: ref, units: 2, restock: false })],
  ["a transfer", (b) => transfer(b, { ...request, units: 8, toLocation: "east" })],
  [
    "a transfer back",
    (b) => transfer(b, { ...request, units: 8, location: "east", toLocation: "main" }),
  ],
  ["a reservation", (b) => reserve(b, "stream-1", request)],
];

describe("an undo", () => {
  test.each(actions)("of %s leaves all units where they were", (_, action) => {
    const book = shop();
    const before = state(book);
    const entry = booked(book, action(book));
    expect(state(book)).not.toEqual(before);
    const back = booked(book, reverse(book, entry, { ...undo, reason: "mistake" }));
    const after = state(book);
    // A place once seen stays known, and an account once used stays there, with nothing in it.
    for (const [stream, units] of after.balances.reserved) {
      expect([stream, units]).toEqual(["stream-1", 0]);
    }
    after.balances.reserved.clear();
    expect(after.balances).toEqual(before.balances);
    const nothing = { available: 0, damaged: 0, onHand: 0 };
    expect(after.places.slice(before.places.length).every((p) => p.onHand === 0)).toBe(true);
    expect(after.places.slice(0, before.places.length)).toEqual(before.places);
    expect(unitsAt(book, SKU, "nowhere")).toEqual(nothing);
    expect([after.returned, after.due, after.made]).toEqual([
      before.returned,
      before.due,
      before.made,
    ]);
    expect(back).toMatchObject({ kind: "reverse", at: 6000, actor: "seller", reason: "mistake" });
  });

  test("of an announcement takes it off the list, unless some of it came in", () => {
    const book = shop();
    const po = booked(book, announce({ ...request, id: "po2", units: 5, dueAt: 9000 }));
    booked(book, reverse(book, po, undo));
    expect(book.arrivals.has("po2")).toBe(false);
    expect(balancesOf(book, SKU).incoming).toBe(50);
    const next = booked(book, announce({ ...request, id: "po3", units: 5, dueAt: 9000 }));
    booked(book, receive(book, { ...request, units: 2, arrival: "po3" }));
    expect(reverse(book, next, undo)).toMatchObject({ error: { code: "units_gone", left: 3 } });
  });

  test("asks how many of the units are still where it put them", () => {
    const book = shop();
    const broken = booked(book, damage(book, { ...request, units: 4 }));
    booked(book, countUnits(book, { ...request, id: "c", counted: 71, location: "main" }));
    expect(reverse(book, broken, undo).ok).toBe(true);
    const reserved = booked(book, reserve(book, "stream-1", request));
    add(book, planLine(book, line({ orderId: "2", ordered: 12, createdAt: 1, updatedAt: 1 })));
    expect(reverse(book, reserved, undo)).toMatchObject({
      error: { code: "units_gone", left: 18 },
    });
  });

  test("of units that went to another place asks there, and not over all", () => {
    const book = projected([count(50)]);
    const sent = booked(book, transfer(book, { ...request, units: 20, toLocation: "east" }));
    booked(book, adjust(book, { ...request, by: -15, reason: "lost", location: "east" }));
    expect(reverse(book, sent, undo)).toMatchObject({ error: { code: "units_gone", left: 5 } });
  });

  test("of a transfer goes by the place alone: the whole stays as it is, also where it is short", () => {
    const book = projected([count(50)]);
    const sent = booked(book, transfer(book, { ...request, units: 20, toLocation: "east" }));
    add(book, planLine(book, line({ ordered: 45 })));
    expect(balancesOf(book, SKU).available).toBe(5);
    expect(reverse(book, sent, undo).ok).toBe(true);
  });

  test("says all that is to be said of it and nothing else", () => {
    const book = projected([]);
    const entry = booked(book, receive(book, { ...request, units: 10, arrival: null }));
    const back = reverse(book, entry, undo);
    expect(back.ok && back.value).toStrictEqual([
      {
        type: "move",
        key: "reverse/receipt/r1",
        at: 6000,
        reportedAt: 5000,
        kind: "reverse",
        sku: SKU,
        quantity: 10,
        from: "available",
        to: "external",
        ref: "",
        resolves: "receipt/r1",
        actor: "seller",
      },
    ]);
    const sent = booked(book, transfer(book, { ...request, units: 4, toLocation: "east" }));
    expect(reverse(book, sent, undo)).toMatchObject({
      value: [{ location: "east", toLocation: "main" }],
    });
  });

  test("of units that are owed to buyers meanwhile is refused, where there are enough and over all", () => {
    const book = projected([]);
    const there = { ...request, location: "east", units: 10, arrival: null };
    const east = booked(book, receive(book, there));
    add(book, planLine(book, line({ ordered: 8 })));
    expect(unitsAt(book, SKU, "east").available).toBe(10);
    expect(reverse(book, east, undo)).toMatchObject({ error: { code: "units_gone", left: 2 } });
    add(book, planLine(book, line({ orderId: "2", ordered: 5 })));
    expect(reverse(book, east, undo)).toMatchObject({ error: { code: "units_gone", left: 0 } });
  });

  test("of just as many as are left is possible", () => {
    const book = projected([]);
    const entry = booked(book, receive(book, { ...request, units: 10, arrival: null }));
    expect(reverse(book, entry, undo).ok).toBe(true);
    add(book, planLine(book, line()));
    expect(reverse(book, entry, undo)).toMatchObject({ error: { left: 9 } });
  });

  test("of a reservation, and of more for it, ends with the reservation; of its release it does not", () => {
    const book = shop();
    const made = booked(book, reserve(book, "stream-1", request));
    const more = booked(book, grow(book, "stream-1", 5, { ...request, id: "g" }));
    const released = booked(book, release(book, "stream-1", { ...request, id: "x" }));
    expect(book.streams.get("stream-1")).toMatchObject({ released: true, releasedUnits: 35 });
    for (const entry of [made, more]) {
      expect(reverse(book, entry, undo)).toMatchObject({ error: { code: "reservation_over" } });
    }
    booked(book, reverse(book, released, undo));
    expect(book.streams.get("stream-1")).toMatchObject({ released: false, releasedUnits: 0 });
    expect(balancesOf(book, SKU).reserved.get("stream-1")).toBe(35);
    booked(book, reverse(book, more, { ...undo, id: "u2" }));
    expect(book.streams.get("stream-1")?.made).toBe(30);
  });

  test("of what only a channel can say is refused, of all else it is not", () => {
    const book = shop();
    const of = (kind: Move["kind"]) =>
      reverse(book, { ...count(1), key: "k", kind, seq: 9, bookedAt: 0 }, undo);
    const facts = moveKinds.filter((kind) => {
      const outcome = of(kind);
      return !outcome.ok && outcome.error.code === "channel_fact";
    });
    expect(facts).toEqual(["hold", "commit", "pay", "cancel", "ship", "expire"]);
  });

  test("on an order's line is as old as what it takes back: the next report is no history", () => {
    const book = shop();
    const wish = { ...request, at: 90_000, line: ref, units: 2, restock: true };
    const back = booked(book, reverse(book, booked(book, returned(book, wish)), undo));
    expect(back).toMatchObject({ reportedAt: 1000 });
    const later = line({ ordered: 7, shipped: 6, updatedAt: 1500 });
    expect(planLine(book, later)).toHaveLength(1);
  });

  test("of a remark is refused: it moved nothing", () => {
    const book = shop();
    const remark = { ...note("gap", "g", 1), seq: 9, bookedAt: 0 };
    expect(reverse(book, remark, undo)).toEqual({ ok: false, error: { code: "not_a_move" } });
    expect(onHand(balancesOf(book, SKU))).toBe(94);
  });
});
