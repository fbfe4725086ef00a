/** What comes back from disk is parsed, never trusted. */
import { describe, expect, test } from "@jest/globals";
import * as v from "valibot";
import { isOnHand, parseAccount, type Account } from "../../src/stock/accounts";
import { entrySchema, moveKinds, note, noteKinds, numbered } from "../../src/stock/entries";
import { count, SKU } from "../support/entries";

const move = {
  ...count(5),
  seq: 1,
  bookedAt: 2000,
  location: "east",
  toLocation: "west",
  resolves: "count/0",
  expiresAt: 3000,
  reason: "lost",
  actor: "seller",
};
const told = { ...note("alert", "a", 1, { sku: SKU, channel: "tiktok", n: 2.5 }), seq: 2 };
const remark = { ...told, bookedAt: 2000, detail: "red", actor: "seller" };

const isRead = (entry: unknown) => v.safeParse(entrySchema, entry).success;

describe("an entry on disk", () => {
  test("is read as it was written, with all that it may hold", () => {
    expect(v.parse(entrySchema, move)).toEqual(move);
    expect(v.parse(entrySchema, remark)).toEqual(remark);
    expect(v.parse(entrySchema, { ...remark, sku: "", channel: "" })).toMatchObject({ sku: "" });
  });

  test("may be of every kind of its type, and of no kind of the other", () => {
    expect(moveKinds.filter((kind) => !isRead({ ...move, kind }))).toEqual([]);
    expect(noteKinds.filter((kind) => !isRead({ ...remark, kind }))).toEqual([]);
    expect(noteKinds.filter((kind) => isRead({ ...move, kind }))).toEqual([]);
    expect(moveKinds.filter((kind) => isRead({ ...remark, kind }))).toEqual([]);
  });

  test.each([
    ["no units", { quantity: 0 }],
    ["half a unit", { quantity: 1.5 }],
    ["more units than can be counted", { quantity: 2 ** 53 }],
    ["no number of its own", { seq: 0 }],
    ["half a number", { seq: 1.5 }],
    ["no time", { at: NaN }],
    ["no report", { reportedAt: Infinity }],
    ["no booking", { bookedAt: "now" }],
    ["an end that is no time", { expiresAt: Infinity }],
    ["an account that is none", { from: "pocket" }],
    ["an account that only begins like one", { to: "available " }],
    ["an account that only ends like one", { to: "un-available" }],
    ["a channel that is none", { to: "held:myspace" }],
    ["a stream without a name", { to: "reserved:" }],
    ["a stream with a name beyond measure", { to: `reserved:${"x".repeat(101)}` }],
    ["a key beyond measure", { key: "x".repeat(4001) }],
    ["a SKU beyond measure", { sku: "x".repeat(201) }],
    ["a place beyond measure", { location: "x".repeat(201) }],
    ["a reason beyond measure", { reason: "x".repeat(201) }],
    ["a type that is none", { type: "rumour" }],
  ])("with %s is refused", (_, over) => {
    expect(isRead({ ...move, ...over })).toBe(false);
  });

  test("may be as long as it is allowed to be", () => {
    const stream = `reserved:${"x".repeat(100)}`;
    const long = { key: "x".repeat(4000), sku: "x".repeat(200), location: "x".repeat(200) };
    expect(isRead({ ...move, ...long, from: stream, to: "committed:ebay" })).toBe(true);
    expect(isRead({ ...move, from: "reserved:two\nlines" })).toBe(true);
  });

  test.each([
    ["a number that is none", { n: Infinity }],
    ["a channel that is none", { channel: "myspace" }],
    ["no detail", { detail: undefined }],
    ["a page too many", { detail: "x".repeat(4001) }],
  ])("a remark with %s is refused", (_, over) => {
    expect(isRead({ ...remark, ...over })).toBe(false);
  });
});

describe("an account", () => {
  test("is where units are: in the warehouse, or not", () => {
    const inside = ["available", "damaged", "reserved:s1", "held:tiktok", "committed:amazon"];
    const outside = ["external", "incoming", "shipped"];
    const isInside = (account: string) => isOnHand(parseAccount(account as Account));
    expect([...inside, ...outside].filter(isInside)).toEqual(inside);
  });

  test("names its stream or its channel", () => {
    expect(parseAccount("reserved:s:1")).toEqual({ kind: "reserved", stream: "s:1" });
    expect(parseAccount("held:ebay")).toMatchObject({ kind: "held", channel: "ebay" });
    expect(parseAccount("committed:shopify")).toMatchObject({
      kind: "committed",
      channel: "shopify",
    });
    expect(parseAccount("incoming")).toEqual({ kind: "incoming" });
  });

  test("that is none is a fault of the program", () => {
    expect(() => parseAccount("held:myspace" as Account)).toThrow("no such account: held:myspace");
  });
});

describe("a draft that gets its number", () => {
  test("keeps all that it said, of a move as of a remark", () => {
    // A number that it came with is not its number.
    expect(numbered(move, 7, 5000)).toEqual({ ...move, seq: 7, bookedAt: 5000 });
    const said = note("alert", "a", 1, { sku: SKU, channel: "tiktok", n: 2, detail: "red" });
    const whole = { ...said, ref: "s1", actor: "seller" };
    expect(numbered(whole, 8, 6000)).toEqual({ ...whole, seq: 8, bookedAt: 6000 });
  });

  test("is read back from disk as it was, what it did not say left out", () => {
    for (const draft of [count(5), note("gap", "g", 1, { n: 3 })]) {
      const entry = numbered(draft, 9, 7000);
      const stored: unknown = JSON.parse(JSON.stringify(entry));
      expect(v.parse(entrySchema, stored)).toEqual({ ...draft, seq: 9, bookedAt: 7000 });
    }
  });

  test("has the same fields in the same order as any other of its type", () => {
    const fields = (draft: Parameters<typeof numbered>[0]) => Object.keys(numbered(draft, 1, 1));
    expect(fields(count(5))).toEqual(fields({ ...count(5), actor: "seller", location: "east" }));
    expect(fields(note("gap", "g", 1))).toEqual(fields(note("gap", "g", 1, { actor: "seller" })));
  });
});

test("a remark that names nothing is about no SKU, no channel and no stream", () => {
  const nothing = { sku: "", channel: "", n: 0, detail: "", ref: "" };
  expect(note("gap", "g", 1)).toEqual({ type: "note", kind: "gap", key: "g", at: 1, ...nothing });
});

test.each([["a move", move] as const, ["a remark", remark] as const])(
  "%s of a kind that this version does not know is refused",
  (_, entry) => {
    for (const kind of ["rumour", "", 7, null, undefined, ["count"], "toString"]) {
      expect(isRead({ ...entry, kind })).toBe(false);
    }
  },
);
