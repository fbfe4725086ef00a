/** One order line, report by report: which moves, between which accounts, under which names. */
import { describe, expect, test } from "@jest/globals";
import { committedUnits, heldUnits, onHand } from "../../src/stock/balances";
import { returned } from "../../src/stock/commands";
import { note, type Draft } from "../../src/stock/entries";
import { dueExpiries } from "../../src/stock/holds";
import { lineRef } from "../../src/stock/order-lines";
import { expireLine, planLine, type ReportedLine } from "../../src/stock/orders";
import { balancesOf, unitsAt, type Projection } from "../../src/stock/projection";
import { release } from "../../src/stock/reservations";
import { reverse } from "../../src/stock/reverse";
import { seedStock } from "../../src/stock/settings";
import { add, count, line, projected, SKU } from "../support/entries";
import { lineAt, unpaidLines } from "../../src/stock/line-table";

const MINUTE = 60_000;
const ref = lineRef({ channel: "tiktok", orderId: "1", lineId: "a", sku: SKU });

function told(book: Projection, over: Partial<ReportedLine>, settings = seedStock): string[] {
  const moves = planLine(book, line(over), settings);
  add(book, moves);
  return moves.map((m) => `${m.key.slice(ref.length + 1)}: ${m.quantity} ${m.from} > ${m.to}`);
}

/** A stream on TikTok and one on the same SKU that comes later. */
function twoStreams(stock: number, first: number, second: number): Projection {
  const detail = (startsAt: number) => {
    const plain = { channel: "tiktok", creator: "Mia", followers: 1, speed: 1, minutes: 180 };
    return JSON.stringify({ ...plain, startsAt });
  };
  const reserve = (id: string, quantity: number): Draft => ({
    ...count(quantity),
    key: `reserve/${id}`,
    kind: "reserve",
    from: "available",
    to: `reserved:${id}`,
    ref: id,
  });
  return projected([
    count(stock),
    note("stream_planned", "p1", 0, { sku: SKU, n: first, detail: detail(0), ref: "s1" }),
    note("stream_planned", "p2", 0, { sku: SKU, n: second, detail: detail(9e9), ref: "s2" }),
    reserve("s1", first),
    reserve("s2", second),
  ]);
}

describe("units are taken", () => {
  test("from the stream that is on, the pool, the next stream, and then from nowhere", () => {
    const book = twoStreams(10, 3, 4);
    expect(told(book, { ordered: 12 })).toEqual([
      "commit/3: 3 reserved:s1 > committed:tiktok",
      "commit/7: 4 reserved:s2 > committed:tiktok",
      "commit/12: 5 available > committed:tiktok",
    ]);
    expect(balancesOf(book, SKU).available).toBe(-2);
  });

  test("from the pool alone on another channel, whatever is set aside", () => {
    const book = twoStreams(10, 3, 4);
    expect(told(book, { channel: "ebay", ordered: 5 })).toHaveLength(1);
    expect(balancesOf(book, SKU).available).toBe(-2);
  });

  test("as a hold with its end while unpaid, as a commitment once paid; more of it later adds", () => {
    const book = projected([count(10)]);
    expect(told(book, { ordered: 2, paid: false })).toEqual(["hold/2: 2 available > held:tiktok"]);
    expect(told(book, { ordered: 3, paid: false, updatedAt: 2000 })).toEqual([
      "hold/3: 1 available > held:tiktok",
    ]);
    expect(told(book, { ordered: 5, updatedAt: 3000 })).toEqual([
      "commit/5: 2 available > committed:tiktok",
      "pay/3: 3 held:tiktok > committed:tiktok",
    ]);
    expect(unpaidLines(book.lines)).toEqual([]);
  });

  test("and sent in one report where an order is first seen shipped, from its place", () => {
    const book = projected([count(10), { ...count(5), key: "e", location: "east" }]);
    expect(told(book, { ordered: 3, shipped: 3, location: "east" })).toEqual([
      "commit/3: 3 available > committed:tiktok",
      "ship/3: 3 committed:tiktok > shipped",
    ]);
    expect(unitsAt(book, SKU, "east").onHand).toBe(2);
    expect(unitsAt(book, SKU, "main").onHand).toBe(10);
  });

  test("never for units that are cancelled before they were seen", () => {
    const book = projected([count(10)]);
    expect(told(book, { ordered: 3, cancelled: 3 })).toEqual([]);
    expect(told(book, { ordered: 3, cancelled: 4, updatedAt: 2000 })).toEqual([]);
    expect(book.lines.rows.size).toBe(0);
  });
});

describe("units are given back", () => {
  test("to the reservations that they came from, the rest to the pool", () => {
    const book = twoStreams(10, 3, 4);
    told(book, { ordered: 9 });
    expect(told(book, { ordered: 9, cancelled: 8, updatedAt: 2000 })).toEqual([
      "cancel/3: 3 committed:tiktok > reserved:s1",
      "cancel/6: 3 committed:tiktok > reserved:s2",
      "cancel/8: 2 committed:tiktok > available",
    ]);
    expect(lineAt(book.lines, ref)?.fromReserved).toEqual(
      new Map([
        ["s1", 0],
        ["s2", 0],
      ]),
    );
  });

  test("to the pool once the stream was released", () => {
    const book = twoStreams(10, 3, 4);
    told(book, { ordered: 2 });
    const done = release(book, "s1", { id: "x", at: 1, actor: "" });
    if (done.ok) add(book, done.value);
    expect(told(book, { ordered: 2, cancelled: 2, updatedAt: 2000 })).toEqual([
      "cancel/2: 2 committed:tiktok > available",
    ]);
  });

  test("the unpaid ones first, and none that was shipped", () => {
    const book = projected([count(10)]);
    told(book, { ordered: 4, shipped: 1 });
    told(book, { ordered: 6, shipped: 1, paid: false, updatedAt: 2000 });
    expect([committedUnits(balancesOf(book, SKU)), heldUnits(balancesOf(book, SKU))]).toEqual([
      3, 2,
    ]);
    const cut = { ordered: 6, shipped: 1, cancelled: 3, paid: false, updatedAt: 3000 };
    expect(told(book, cut)).toEqual([
      "cancel/2: 2 held:tiktok > available",
      "cancel/3: 1 committed:tiktok > available",
    ]);
    expect(told(book, { ...cut, cancelled: 6, updatedAt: 4000 })).toEqual([
      "cancel/5: 2 committed:tiktok > available",
    ]);
    expect(onHand(balancesOf(book, SKU))).toBe(9);
  });

  test("and may be shipped no more than are committed", () => {
    const book = projected([count(10)]);
    told(book, { ordered: 2, paid: false });
    expect(told(book, { ordered: 2, shipped: 2, paid: false, updatedAt: 2000 })).toEqual([]);
    expect(balancesOf(book, SKU).shipped).toBe(0);
  });
});

describe("the end of a hold", () => {
  const QUARTER = 15 * MINUTE;
  const unpaid = { ordered: 2, paid: false, createdAt: 1000 };

  test("is believed to two minutes of the channel's clock running ahead", () => {
    const ends = (createdAt: number) =>
      planLine(projected([]), line({ ...unpaid, createdAt, seenAt: 1000 }))[0]?.expiresAt;
    expect(ends(1000 + 2 * MINUTE)).toBe(1000 + 2 * MINUTE + QUARTER);
    expect(ends(1001 + 2 * MINUTE)).toBe(1000 + QUARTER);
    expect(ends(500)).toBe(500 + QUARTER);
  });

  test("is each channel's own", () => {
    const ends = (["tiktok", "amazon", "shopify", "ebay"] as const).map(
      (channel) =>
        planLine(projected([]), line({ ...unpaid, channel, createdAt: 0 }))[0]?.expiresAt,
    );
    expect(ends).toEqual([15, 30, 60, 4 * 24 * 60].map((minutes) => minutes * MINUTE));
  });

  test("is as old as the channel's last word, so that the payment after it counts", () => {
    const book = projected([count(9)]);
    told(book, unpaid);
    const moves = expireLine(book, ref);
    expect(moves).toMatchObject([{ kind: "expire", at: 1000 + QUARTER, reportedAt: 1000 }]);
    add(book, moves);
    expect(expireLine(book, ref)).toEqual([]);
    expect(expireLine(book, "tiktok/9/9/none")).toEqual([]);
    expect(told(book, { ordered: 2, updatedAt: 1001 })).toEqual([
      "commit/4: 2 available > committed:tiktok",
    ]);
  });

  test("by the plain timer lasts while unpaid, and a payment takes the units anew", () => {
    const timer = { ...seedStock, holdsEnd: "timer" } as const;
    const book = projected([count(9)]);
    told(book, unpaid);
    add(
      book,
      dueExpiries(book, 1000 + QUARTER, () => "unpaid", timer),
    );
    expect(told(book, { ...unpaid, updatedAt: 2000 }, timer)).toEqual([]);
    // By the channel's word it is taken again while the channel goes on listing it.
    expect(planLine(book, line({ ...unpaid, updatedAt: 2000 }))).toHaveLength(1);
    expect(told(book, { ordered: 2, updatedAt: 3000 }, timer)).toEqual([
      "commit/4: 2 available > committed:tiktok",
    ]);
  });
});

test("a report as old as the last one is read, an older one is not", () => {
  const book = projected([count(9)]);
  told(book, { ordered: 2, updatedAt: 5000 });
  expect(told(book, { ordered: 3, updatedAt: 4999 })).toEqual([]);
  expect(told(book, { ordered: 3, updatedAt: 5000 })).toHaveLength(1);
});

test("a line knows what became of each of its units", () => {
  const book = twoStreams(20, 3, 4);
  const state = () => lineAt(book.lines, ref)!;
  told(book, { ordered: 4, paid: false });
  expect(state()).toMatchObject({ taken: 4, paid: 0, held: 4, createdAt: 1000, updatedAt: 1000 });
  expect(state().fromReserved).toEqual(new Map([["s1", 3]]));
  told(book, { ordered: 6, updatedAt: 2000 });
  expect(state()).toMatchObject({ taken: 6, paid: 6, held: 0, committed: 6, updatedAt: 2000 });
  told(book, { ordered: 6, cancelled: 4, shipped: 1, updatedAt: 3000 });
  expect(state()).toMatchObject({ cancelled: 4, shipped: 1, committed: 1, updatedAt: 3000 });
  expect(state().fromReserved).toEqual(new Map([["s1", 0]]));
  // Grown and cancelled again: the keys go on counting, so that no step is taken for an old one.
  expect(told(book, { ordered: 8, cancelled: 5, shipped: 1, updatedAt: 4000 })).toEqual([
    "commit/7: 1 reserved:s1 > committed:tiktok",
  ]);
});

test("every step of a kind has a name of its own: two halves are two entries", () => {
  const book = projected([count(20)]);
  told(book, { ordered: 3, paid: false });
  expect(told(book, { ordered: 3, shipped: 1, updatedAt: 2000 })).toEqual([
    "pay/3: 3 held:tiktok > committed:tiktok",
    "ship/1: 1 committed:tiktok > shipped",
  ]);
  expect(told(book, { ordered: 3, shipped: 3, updatedAt: 3000 })).toEqual([
    "ship/3: 2 committed:tiktok > shipped",
  ]);
  told(book, { ordered: 5, shipped: 3, paid: false, updatedAt: 4000 });
  expect(told(book, { ordered: 5, shipped: 3, updatedAt: 5000 })).toEqual([
    "pay/5: 2 held:tiktok > committed:tiktok",
  ]);
  const cut = { ordered: 5, shipped: 3 };
  expect(told(book, { ...cut, cancelled: 1, updatedAt: 6000 })[0]).toMatch(/^cancel\/1:/);
  expect(told(book, { ...cut, cancelled: 2, updatedAt: 7000 })[0]).toMatch(/^cancel\/2:/);
});

test("a hold that runs out twice, runs out under two names", () => {
  const book = projected([count(20)]);
  told(book, { ordered: 2, paid: false });
  const names = [2000, 3000].map((updatedAt) => {
    const moves = expireLine(book, ref);
    add(book, moves);
    told(book, { ordered: 2, paid: false, updatedAt });
    return moves[0]?.key;
  });
  expect(names).toEqual([`${ref}/expire/2`, `${ref}/expire/4`]);
});

test("only a payment after the end is a late one, more units of a paid order are not", () => {
  const book = projected([count(20)]);
  told(book, { ordered: 2 });
  expect(planLine(book, line({ ordered: 3, updatedAt: 2000 }))[0]).not.toHaveProperty("reason");
});

test("the main place is not named, another one is", () => {
  const at = (location: string) => planLine(projected([]), line({ location }))[0];
  expect(at("main")).not.toHaveProperty("location");
  expect(at("east")).toMatchObject({ location: "east" });
});

test("a hold of which a part was cancelled is still to end", () => {
  const book = projected([count(20)]);
  told(book, { ordered: 3, paid: false });
  told(book, { ordered: 3, cancelled: 1, paid: false, updatedAt: 2000 });
  expect(unpaidLines(book.lines).map(([held]) => held)).toEqual([ref]);
  expect(dueExpiries(book, 60 * MINUTE, () => "not_listed")).toMatchObject([{ quantity: 2 }]);
});

test("undoing a return makes no old report of the channel look new", () => {
  const book = projected([count(20)]);
  told(book, { ordered: 4, shipped: 2 });
  const request = { id: "b", at: 5000, actor: "seller", line: ref, restock: true, units: 1 };
  const back = returned(book, request);
  if (!back.ok) throw new Error(back.error.code);
  add(book, back.value);
  const entry = { ...back.value[0]!, seq: book.seq, bookedAt: 0 };
  told(book, { ordered: 4, shipped: 3, updatedAt: 3000 });
  const undone = reverse(book, entry, { id: "u", at: 6000, actor: "seller" });
  if (undone.ok) add(book, undone.value);
  expect(lineAt(book.lines, ref)).toMatchObject({ returned: 0, updatedAt: 3000 });
  expect(told(book, { ordered: 4, shipped: 2, cancelled: 2, updatedAt: 2000 })).toEqual([]);
});

test("a line that never touched a reservation remembers none", () => {
  const book = projected([count(9)]);
  told(book, { ordered: 2, paid: false });
  told(book, { ordered: 2, cancelled: 1, paid: false, updatedAt: 2000 });
  expect(lineAt(book.lines, ref)?.fromReserved).toBeNull();
});

test("a hold that ran out gives back to its stream, and remembers that it did", () => {
  const book = twoStreams(20, 3, 4);
  told(book, { ordered: 2, paid: false });
  add(book, expireLine(book, ref));
  expect(balancesOf(book, SKU).reserved.get("s1")).toBe(3);
  expect(lineAt(book.lines, ref)?.fromReserved).toEqual(new Map([["s1", 0]]));
  expect(lineAt(book.lines, ref)).toMatchObject({ expired: 2, held: 0 });
});

test("what came back is not shipped twice, and may be taken back as a mistake", () => {
  const book = projected([count(9)]);
  told(book, { ordered: 3, shipped: 3 });
  const request = { id: "b", at: 5000, actor: "seller", line: ref, restock: true };
  const back = returned(book, { ...request, units: 2 });
  if (back.ok) add(book, back.value);
  expect(lineAt(book.lines, ref)?.returned).toBe(2);
  expect(returned(book, { ...request, units: 2 })).toMatchObject({ error: { left: 1 } });
  expect(told(book, { ordered: 3, shipped: 3, updatedAt: 6000 })).toEqual([]);
});
