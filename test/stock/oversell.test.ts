import { describe, expect, test } from "@jest/globals";
import type { Sku } from "../../src/base/ids";
import { count as countUnits, damage, receive } from "../../src/stock/commands";
import type { Draft, Move } from "../../src/stock/entries";
import { planLine, type ReportedLine } from "../../src/stock/orders";
import { oversellNotes, oversoldNow } from "../../src/stock/oversell";
import type { Projection } from "../../src/stock/projection";
import { seedStock } from "../../src/stock/settings";
import { add, count, line, projected, SKU, stream } from "../support/entries";

const OTHER = "OTHER" as Sku;
const request = { id: "r", at: 5000, actor: "seller", sku: SKU };

/** Books it; what is told of it at `now`. */
function told(book: Projection, drafts: readonly Draft[], now = 2000) {
  const before = oversoldNow(book);
  add(book, drafts);
  const moves = drafts.filter((draft): draft is Move => draft.type === "move");
  return oversellNotes(book, before, moves, now).map(({ sku, n, detail }) => [sku, n, detail]);
}

const sale = (book: Projection, over: Partial<ReportedLine>) => planLine(book, line(over));

describe("an oversell", () => {
  test("is told for the units that are newly missing, and for no others", () => {
    const book = projected([count(3)]);
    expect(told(book, sale(book, { ordered: 3 }))).toEqual([]);
    expect(told(book, sale(book, { orderId: "2", ordered: 2 }))).toEqual([[SKU, 2, "same_second"]]);
    expect(told(book, sale(book, { orderId: "3" }))).toEqual([[SKU, 1, "same_second"]]);
    const more = receive(book, { ...request, units: 1, arrival: null });
    expect(more.ok && told(book, more.value)).toEqual([]);
    expect(told(book, sale(book, { orderId: "4" }))).toEqual([[SKU, 1, "same_second"]]);
  });

  test("has a key of its own, by SKU, cause and place in the ledger", () => {
    const book = projected([count(1)]);
    const moves = sale(book, { ordered: 3 });
    add(book, moves);
    const [why] = oversellNotes(book, new Map(), moves, 2000);
    expect(why).toMatchObject({ kind: "oversold", at: 2000, key: `oversold/${SKU}/3/same_second` });
  });

  test("is none where an order takes what another one gave up", () => {
    const book = projected([]);
    add(book, sale(book, { ordered: 5 }));
    const before = oversoldNow(book);
    const given = sale(book, { ordered: 5, cancelled: 3, updatedAt: 2000 });
    add(book, given);
    const taken = sale(book, { orderId: "2", ordered: 1 });
    add(book, taken);
    expect(before).toEqual(new Map([[SKU, 5]]));
    expect(oversellNotes(book, before, [...given, ...taken], 2000)).toEqual([]);
  });

  test("is laid to the newest moves, each for as many as it took, SKU by SKU", () => {
    const book = projected([count(4), count(1, OTHER)]);
    const old = sale(book, { ordered: 3, createdAt: 1000 });
    add(book, old);
    const fresh = sale(book, { orderId: "2", ordered: 2, createdAt: 60_000, updatedAt: 60_000 });
    const more = planLine(
      book,
      line({ sku: OTHER, orderId: "3", ordered: 3, createdAt: 1000, updatedAt: 60_000 }),
    );
    const before = new Map([
      [SKU, 0],
      [OTHER, 0],
    ]);
    add(book, [...fresh, ...more]);
    const notes = oversellNotes(book, before, [...old, ...fresh, ...more], 61_000);
    expect(notes.map(({ sku, n, detail }) => [sku, n, detail])).toEqual([
      [SKU, 1, "same_second"],
      [OTHER, 2, "unseen_channel"],
    ]);
  });

  test("of one SKU may have two causes", () => {
    const book = projected([count(1)]);
    const [old = [], fresh = []] = [
      { ordered: 3, createdAt: 1000, updatedAt: 60_000 },
      { orderId: "2", ordered: 2, createdAt: 60_000, updatedAt: 60_000 },
    ].map((over) => {
      const moves = sale(book, over);
      add(book, moves);
      return moves;
    });
    const notes = oversellNotes(book, new Map(), [...old, ...fresh], 61_000);
    expect(notes.map(({ n, detail }) => [n, detail])).toEqual([
      [2, "same_second"],
      [2, "unseen_channel"],
    ]);
  });

  test("of an order first seen after 15 seconds came over a channel that was not read", () => {
    const after = (ms: number, settings = seedStock) => {
      const book = projected([]);
      const moves = sale(book, { createdAt: 1000 });
      add(book, moves);
      return oversellNotes(book, new Map(), moves, 1000 + ms, settings)[0]?.detail;
    };
    expect([after(15_000), after(15_001)]).toEqual(["same_second", "unseen_channel"]);
    expect(after(15_001, { ...seedStock, seenWithinMs: 20_000 })).toBe("same_second");
  });

  test.each([
    ["a count of fewer", (b: Projection) => countUnits(b, { ...request, counted: 2 })],
    ["damage", (b: Projection) => damage(b, { ...request, units: 3 })],
  ])("by %s is the seller's own word", (_, action) => {
    const book = projected([count(5)]);
    add(book, sale(book, { ordered: 5 }));
    const outcome = action(book);
    expect(outcome.ok && told(book, outcome.value)).toEqual([[SKU, 3, "manual"]]);
  });

  test("takes what a stream has left before anything is missing", () => {
    const book = projected([count(10), ...stream({ planned: 8, startedAt: 0 })]);
    expect(told(book, sale(book, { ordered: 10 }))).toEqual([]);
    expect(told(book, sale(book, { orderId: "2", ordered: 3, paid: false }))).toEqual([
      [SKU, 3, "same_second"],
    ]);
  });
});
