/** What the remarks in a ledger come to, and what is kept of orders and goods on their way. */
import { describe, expect, test } from "@jest/globals";
import type { ChannelId, Sku } from "../../src/base/ids";
import { announce, receive } from "../../src/stock/commands";
import { note, type Draft, type NoteKind } from "../../src/stock/entries";
import { ordersOn } from "../../src/stock/order-count";
import { lineRef, orderOf } from "../../src/stock/order-lines";
import { planLine } from "../../src/stock/orders";
import { alertChange, alertOf, apply, locationsOf, unitsAt } from "../../src/stock/projection";
import { add, count, line, projected, SKU, stream } from "../support/entries";
import { unpaidLines } from "../../src/stock/line-table";

const say = (kind: NoteKind, rest: object = {}) => note(kind, kind, 7, { sku: SKU, ...rest });

describe("remarks in the ledger", () => {
  test("an alert stands until the next one, and only a change is told", () => {
    const book = projected([say("alert", { detail: "yellow" })]);
    expect([alertOf(book, SKU), alertOf(book, "OTHER" as Sku)]).toEqual(["yellow", "none"]);
    expect([99, 49, 19, 110].map((left) => alertChange(book, SKU, left))).toEqual([
      null,
      "orange",
      "red",
      "none",
    ]);
    add(book, [say("alert", { detail: "none" })]);
    expect(alertChange(book, SKU, 100)).toBeNull();
    expect(projected([note("alert", "a", 1, { detail: "red" })]).alerts.size).toBe(0);
  });

  test("a pause lasts until it is taken back", () => {
    const book = projected([say("paused"), note("paused", "p", 1)]);
    expect([...book.paused]).toEqual([SKU]);
    add(book, [say("resumed")]);
    expect(book.paused.size).toBe(0);
  });

  test("writes are counted by channel, once the channel has taken them", () => {
    const to = (channel: ChannelId | "") => say("push_confirmed", { channel });
    const book = projected([
      to("amazon"),
      to("amazon"),
      to("ebay"),
      to(""),
      say("push_requested", { channel: "amazon" }),
      say("push_failed", { channel: "amazon" }),
    ]);
    expect(Object.fromEntries(book.pushes)).toEqual({ amazon: 2, ebay: 1 });
  });

  test("a difference is a case until it is settled", () => {
    const open = { channel: "amazon", n: -3, ref: "case-1", detail: "lowered_by_hand" };
    const book = projected([say("drift_opened", open)]);
    const { channel, n, detail } = open;
    const known = { sku: SKU, channel, n, openedAt: 7, detail, isIgnored: false };
    expect(book.drifts.get("case-1")).toEqual(known);
    add(book, [say("drift_settled", { ref: "case-1", detail: "ignored" })]);
    expect(book.drifts.get("case-1")).toEqual({ ...known, isIgnored: true });
    add(book, [say("drift_settled", { ref: "case-1", detail: "counted" })]);
    expect(book.drifts.size).toBe(0);
  });
});

describe("goods on their way", () => {
  const request = { id: "po", at: 5, actor: "", sku: SKU };

  test("are known until the last of them is in", () => {
    const book = projected([]);
    const told = announce({ ...request, units: 5, dueAt: 90 });
    if (told.ok) add(book, told.value);
    const units = (n: number) => {
      const came = receive(book, { ...request, id: `in${n}`, units: n, arrival: "po" });
      if (came.ok) add(book, came.value);
      return book.arrivals.get("po")?.units;
    };
    expect([units(2), units(3)]).toEqual([3, undefined]);
    expect(unitsAt(book, SKU, "main").onHand).toBe(5);
  });
});

test("what nobody announced is not on its way", () => {
  const book = projected([count(10)]);
  add(book, planLine(book, line({ ordered: 2, shipped: 1 })));
  expect([...book.arrivals.keys()]).toEqual([]);
});

test("a stream that has started runs, a plan without a SKU is none", () => {
  const book = projected(stream({ planned: 5, startedAt: 10 }));
  expect(book.streams.get("stream-1")).toMatchObject({ phase: "running", startedAt: 10 });
  const [planned] = stream({ planned: 5 });
  expect(book.streams.get("stream-1")?.phase).not.toBe("planned");
  expect(projected([planned!]).streams.get("stream-1")?.phase).toBe("planned");
  expect(projected([{ ...planned!, sku: "" } as Draft]).streams.size).toBe(0);
});

describe("places", () => {
  test("are the main one and all that ever held units, each with its own", () => {
    const book = projected([
      count(10),
      { ...count(4), key: "e", location: "east" },
      { ...count(1), key: "m", location: "main" },
      { ...count(3), key: "d", location: "east", from: "available", to: "damaged" },
    ]);
    expect(locationsOf(book, SKU)).toEqual(["main", "east"]);
    expect(locationsOf(book, "OTHER" as Sku)).toEqual(["main"]);
    expect(unitsAt(book, SKU, "east")).toEqual({ available: 1, damaged: 3, onHand: 4 });
    expect(unitsAt(book, SKU, "main")).toEqual({ available: 11, damaged: 0, onHand: 11 });
    expect(unitsAt(book, "OTHER" as Sku, "main")).toEqual({ available: 0, damaged: 0, onHand: 0 });
  });
});

describe("orders", () => {
  test("are told apart also where their names hold slashes", () => {
    const shopify = { channel: "shopify", orderId: "gid://shop/Order/1", lineId: "a%b", sku: SKU };
    const ref = lineRef({ ...shopify, channel: "shopify" });
    expect(ref).toBe(`shopify/gid%3A%2F%2Fshop%2FOrder%2F1/a%25b/${SKU}`);
    expect(orderOf(ref)).toBe("gid%3A%2F%2Fshop%2FOrder%2F1");
    expect(orderOf("tiktok/77/1/SKU")).toBe("77");
    expect(orderOf("tiktok/77")).toBe("77");
    const plain = lineRef({ channel: "ebay", orderId: "12-34:5", lineId: "订单", sku: SKU });
    expect(plain).toBe(`ebay/12-34:5/订单/${SKU}`);
  });

  test("of several lines count once, by channel", () => {
    const book = projected([count(10)]);
    add(book, planLine(book, line({ lineId: "a" })));
    add(book, planLine(book, line({ lineId: "b" })));
    add(book, planLine(book, line({ orderId: "2", paid: false })));
    add(book, planLine(book, line({ channel: "ebay" })));
    const counts = () => (["tiktok", "ebay", "amazon"] as const).map((id) => ordersOn(book, id));
    expect(counts()).toEqual([2, 1, 0]);
    add(book, planLine(book, line({ lineId: "c" })));
    add(book, planLine(book, line({ orderId: "3" })));
    expect(counts()).toEqual([3, 1, 0]);
    expect(unpaidLines(book.lines)).toHaveLength(1);
  });
});

test.each([0, -1, 1.5, 2 ** 53])("a move of %d units is a fault of the program", (quantity) => {
  const entry = { ...count(1), quantity, seq: 1, bookedAt: 0 };
  expect(() => apply(projected([]), entry)).toThrow("whole units");
});
