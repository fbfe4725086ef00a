import { describe, expect, test } from "@jest/globals";
import type { Sku } from "../../src/base/ids";
import { onHand, oversold } from "../../src/stock/balances";
import {
  adjust,
  announce,
  count as countUnits,
  damage,
  receive,
  returned,
  transfer,
} from "../../src/stock/commands";
import type { Draft, Entry } from "../../src/stock/entries";
import { lineRef } from "../../src/stock/order-lines";
import { planLine } from "../../src/stock/orders";
import { balancesOf, unitsAt, type Projection } from "../../src/stock/projection";
import { reverse } from "../../src/stock/reverse";
import { add, count, line, projected, SKU, stream } from "../support/entries";

const request = { id: "r1", at: 5000, actor: "seller", sku: SKU };

/** Books what a command wants; fails where it refuses. */
function book(
  projection: Projection,
  outcome: { ok: boolean; value?: readonly Draft[] },
): readonly Entry[] {
  if (!outcome.ok || outcome.value === undefined) throw new Error(JSON.stringify(outcome));
  const entries = outcome.value.map((draft, i) => ({
    ...draft,
    seq: projection.seq + 1 + i,
    bookedAt: 0,
  })) as Entry[];
  add(projection, outcome.value);
  return entries;
}

const code = (outcome: { ok: boolean; error?: { code: string } }) => outcome.error?.code;

describe("a count", () => {
  test("sets what is there, promised units included, and keeps what was counted", () => {
    const stock = projected([count(10)]);
    add(stock, planLine(stock, line({ ordered: 3 })));
    const [told] = book(stock, countUnits(stock, { ...request, counted: 8 }));
    expect(told).toMatchObject({ type: "note", kind: "counted", n: 8, actor: "seller" });
    expect(onHand(balancesOf(stock, SKU))).toBe(8);
    expect(balancesOf(stock, SKU).available).toBe(5);
  });

  test("is possible with a stream on, and of less than is promised shows it", () => {
    const stock = projected([count(10), ...stream({ planned: 10, startedAt: 0 })]);
    add(stock, planLine(stock, line({ ordered: 4 })));
    book(stock, countUnits(stock, { ...request, counted: 7 }));
    expect(onHand(balancesOf(stock, SKU))).toBe(7);
    expect(oversold(balancesOf(stock, SKU))).toBe(3);
  });

  test("that agrees moves nothing; of half a unit is refused", () => {
    const stock = projected([count(10)]);
    const agreed = book(stock, countUnits(stock, { ...request, counted: 10 }));
    expect(agreed.map((entry) => entry.type)).toEqual(["note"]);
    expect(code(countUnits(stock, { ...request, counted: 2.5 }))).toBe("units_not_whole");
    expect(code(countUnits(stock, { ...request, counted: -1 }))).toBe("units_not_whole");
  });
});

describe("goods that come in", () => {
  test("are sellable from their receipt, not from their announcement", () => {
    const stock = projected([]);
    book(stock, announce({ ...request, id: "po1", units: 50, dueAt: 9000 }));
    expect(onHand(balancesOf(stock, SKU))).toBe(0);
    expect(stock.arrivals.get("po1")).toMatchObject({ units: 50, dueAt: 9000 });
    book(stock, receive(stock, { ...request, units: 30, arrival: "po1" }));
    expect(balancesOf(stock, SKU).available).toBe(30);
    expect(stock.arrivals.get("po1")?.units).toBe(20);
  });

  test("are refused by the first thing that is wrong", () => {
    const stock = projected([]);
    book(stock, announce({ ...request, id: "po1", units: 5, dueAt: 9000 }));
    const wish = (units: number, arrival: string | null, sku = SKU) =>
      receive(stock, { ...request, sku, units, arrival });
    expect(code(wish(0, "nowhere"))).toBe("units_not_whole");
    expect(code(wish(9, "nowhere"))).toBe("arrival_unknown");
    expect(code(wish(1, "po1", "other" as Sku))).toBe("arrival_unknown");
    expect(wish(6, "po1")).toEqual({
      ok: false,
      error: { code: "more_than_expected", expected: 5 },
    });
  });
});

test("an adjustment takes free units only: who finds fewer counts", () => {
  const stock = projected([count(10)]);
  add(stock, planLine(stock, line({ ordered: 8 })));
  const wish = (by: number) => adjust(stock, { ...request, by, reason: "lost" });
  expect(code(wish(0))).toBe("nothing_changes");
  expect(code(wish(0.5))).toBe("units_not_whole");
  expect(wish(-3)).toEqual({ ok: false, error: { code: "not_enough", free: 2 } });
  book(stock, wish(-2));
  expect(balancesOf(stock, SKU).available).toBe(0);
});

test("damaged units stay on hand and are not for sale; none is damaged twice", () => {
  const stock = projected([count(5)]);
  book(stock, damage(stock, { ...request, units: 4 }));
  expect(onHand(balancesOf(stock, SKU))).toBe(5);
  expect(balancesOf(stock, SKU).available).toBe(1);
  expect(damage(stock, { ...request, units: 2 })).toEqual({
    ok: false,
    error: { code: "not_enough", free: 1 },
  });
});

describe("a return", () => {
  const ref = lineRef({ channel: "tiktok", orderId: "1", lineId: "a", sku: SKU });
  const shipped = () => {
    const stock = projected([count(10)]);
    add(stock, planLine(stock, line({ ordered: 3, shipped: 3, updatedAt: 2000 })));
    return stock;
  };

  test("is booked on the seller's word, as stock or as scrap, and never more than was shipped", () => {
    const stock = shipped();
    const back = (units: number, restock: boolean, id: string) =>
      returned(stock, { ...request, id, line: ref, units, restock });
    book(stock, back(1, true, "a"));
    expect(balancesOf(stock, SKU).available).toBe(8);
    book(stock, back(1, false, "b"));
    expect(balancesOf(stock, SKU)).toMatchObject({ available: 8, damaged: 1, shipped: 1 });
    expect(back(2, true, "c")).toEqual({
      ok: false,
      error: { code: "more_than_shipped", left: 1 },
    });
  });

  test("a refund that the channel reports after shipping restocks nothing", () => {
    const stock = shipped();
    const refunded = line({ ordered: 3, cancelled: 3, shipped: 3, updatedAt: 9000 });
    expect(planLine(stock, refunded)).toEqual([]);
    expect(balancesOf(stock, SKU).available).toBe(7);
  });

  test("does not make the channel's next report look old", () => {
    const stock = shipped();
    const booked = returned(stock, { ...request, at: 99_000, line: ref, units: 1, restock: true });
    book(stock, booked);
    const more = line({ ordered: 4, shipped: 3, updatedAt: 3000 });
    expect(planLine(stock, more)).toHaveLength(1);
  });

  test("of a line nobody knows is refused", () => {
    const wish = { ...request, line: "tiktok/9/9/x", units: 1, restock: true };
    expect(code(returned(shipped(), wish))).toBe("line_unknown");
  });
});

describe("what a person asks for", () => {
  const wish = (over: object) => {
    const asked = { ...request, units: 2, arrival: null, ...over };
    const outcome = receive(projected([]), asked);
    return outcome.ok ? outcome.value[0] : null;
  };

  test("carries its request's name, time, person and reason, and its place unless it is the main one", () => {
    expect(wish({ reason: "found", location: "east" })).toStrictEqual({
      type: "move",
      key: "receipt/r1",
      at: 5000,
      reportedAt: 5000,
      kind: "receipt",
      sku: SKU,
      quantity: 2,
      from: "external",
      to: "available",
      ref: "",
      actor: "seller",
      location: "east",
      reason: "found",
    });
    expect(wish({ actor: "", location: "main" })).not.toHaveProperty("actor");
    expect(wish({ actor: "", location: "main" })).not.toHaveProperty("location");
    expect(wish({})).not.toHaveProperty("reason");
    expect(wish({})).not.toHaveProperty("location");
    const counted = countUnits(projected([]), { ...request, counted: 2 });
    expect(counted.ok && counted.value.map(({ key }) => key)).toEqual(["counted/r1", "count/r1"]);
  });

  test("goes by the place: what is free there, and no more than is free over all", () => {
    const stock = projected([count(10), { ...count(6), key: "e", location: "east" }]);
    const inEast = { ...request, location: "east" };
    const lost = (by: number) => adjust(stock, { ...inEast, by, reason: "lost" });
    expect(lost(-7)).toMatchObject({ error: { code: "not_enough", free: 6 } });
    expect(lost(-6).ok).toBe(true);
    expect(damage(stock, { ...inEast, units: 7 })).toMatchObject({ error: { free: 6 } });
    expect(damage(stock, { ...inEast, units: 6 }).ok).toBe(true);
    // Sold from the main place, which has less than that: the east is to cover it.
    add(stock, planLine(stock, line({ ordered: 13 })));
    expect(lost(-6)).toMatchObject({ error: { code: "not_enough", free: 3 } });
    add(stock, planLine(stock, line({ orderId: "2", ordered: 9 })));
    expect(lost(-1)).toMatchObject({ error: { code: "not_enough", free: 0 } });
    const counted = book(stock, countUnits(stock, { ...inEast, counted: 4 }));
    expect(counted.at(-1)).toMatchObject({ quantity: 2, from: "available", location: "east" });
    const send = (units: number) =>
      transfer(stock, { ...request, location: "east", units, toLocation: "main" });
    expect(send(5)).toMatchObject({ error: { code: "not_enough", free: 4 } });
    expect(send(4).ok).toBe(true);
    const fromMain = transfer(stock, { ...request, units: 1, toLocation: "east" });
    expect(fromMain).toMatchObject({ error: { code: "not_enough", free: 0 } });
  });

  test.each([0, -1, 1.5, NaN])("of %d units is refused, whatever it is", (units) => {
    const stock = projected([count(10)]);
    const wishes = [
      announce({ ...request, units, dueAt: 1 }),
      receive(stock, { ...request, units, arrival: null }),
      damage(stock, { ...request, units }),
      returned(stock, { ...request, line: "none", units, restock: true }),
      transfer(stock, { ...request, units, toLocation: "main" }),
    ];
    expect(wishes.map(code)).toEqual(wishes.map(() => "units_not_whole"));
  });

  test("of one unit, of all that was announced, of all that was shipped is possible", () => {
    const stock = projected([count(1)]);
    book(stock, announce({ ...request, id: "po", units: 3, dueAt: 1 }));
    expect(receive(stock, { ...request, units: 3, arrival: "po" }).ok).toBe(true);
    expect(damage(stock, { ...request, units: 1 }).ok).toBe(true);
    expect(transfer(stock, { ...request, units: 1, toLocation: "east" }).ok).toBe(true);
    expect(countUnits(stock, { ...request, counted: 0 }).ok).toBe(true);
    add(stock, planLine(stock, line({ shipped: 1 })));
    const line1 = lineRef({ channel: "tiktok", orderId: "1", lineId: "a", sku: SKU });
    expect(returned(stock, { ...request, line: line1, units: 1, restock: false }).ok).toBe(true);
  });
});

test("a transfer moves units between places and leaves the whole as it is", () => {
  const stock = projected([count(10)]);
  const wish = (units: number, toLocation: string) =>
    transfer(stock, { ...request, units, toLocation });
  expect(code(wish(1, "main"))).toBe("same_location");
  expect(wish(11, "east")).toEqual({ ok: false, error: { code: "not_enough", free: 10 } });
  book(stock, wish(4, "east"));
  expect(unitsAt(stock, SKU, "main").available).toBe(6);
  expect(unitsAt(stock, SKU, "east").onHand).toBe(4);
  expect(balancesOf(stock, SKU).available).toBe(10);
});

describe("an undo", () => {
  const undo = { id: "u1", at: 6000, actor: "seller" };

  test("takes a move back once, by name, in the place where it was", () => {
    const stock = projected([]);
    const inEast = { ...request, location: "east", units: 9, arrival: null };
    const [entry] = book(stock, receive(stock, inEast));
    const [back] = book(stock, reverse(stock, entry!, undo));
    expect(back).toMatchObject({ kind: "reverse", resolves: entry!.key, location: "east" });
    expect(unitsAt(stock, SKU, "east")).toEqual({ available: 0, damaged: 0, onHand: 0 });
    expect(code(reverse(stock, entry!, undo))).toBe("already_reversed");
    expect(code(reverse(stock, back!, undo))).toBe("is_a_reversal");
  });

  test("of units that were sold since says how many are left", () => {
    const stock = projected([]);
    const [entry] = book(stock, receive(stock, { ...request, units: 9, arrival: null }));
    add(stock, planLine(stock, line({ ordered: 4 })));
    expect(reverse(stock, entry!, undo)).toEqual({
      ok: false,
      error: { code: "units_gone", left: 5 },
    });
  });

  test("of what a channel said, or of a note, is refused", () => {
    const stock = projected([count(5)]);
    const [sale] = book(stock, { ok: true, value: planLine(stock, line()) });
    expect(code(reverse(stock, sale!, undo))).toBe("channel_fact");
    const [told] = book(stock, countUnits(stock, { ...request, counted: 5 }));
    expect(code(reverse(stock, told!, undo))).toBe("not_a_move");
  });
});
