/** What the seller was asked, said and set, as the ledger keeps it: each thing until it counts no more. */
import { describe, expect, test } from "@jest/globals";
import type { Sku } from "../../src/base/ids";
import { actKey } from "../../src/stock/desk";
import { note, type Note, type NoteKind } from "../../src/stock/entries";
import type { Projection } from "../../src/stock/projection";
import { add, projected, SKU } from "../support/entries";

const OTHER = "OR-2" as Sku;
let told = 0;

function says(book: Projection, kind: NoteKind, rest: Partial<Note> = {}, at = 1000): void {
  told += 1;
  add(book, [note(kind, `say-${told}`, at, rest)]);
}

const acts = { orange: "ask", red: "tell", countdownMs: 10_000 } as const;

describe("a question with a countdown", () => {
  const asked = { sku: SKU, ref: "s1", n: 11_000, detail: "pause_others" } as const;

  test("stands open until it is answered, with what it is about and when it ends", () => {
    const book = projected([]);
    add(book, [note("act_asked", "ask-1", 1000, asked)]);
    const key = actKey("pause_others", "s1");
    expect([...book.desk.asks]).toEqual([
      [
        key,
        {
          ...{ id: "ask-1", act: "pause_others", sku: SKU },
          ...{ stream: "s1", askedAt: 1000, deadline: 11_000 },
        },
      ],
    ]);
    says(book, "act_answered", { ...asked, detail: "pause_others confirmed" });
    expect(book.desk.asks.size).toBe(0);
    expect(book.desk.refused.size).toBe(0);
  });

  test("that she refused stays refused for this act and stream until stock has recovered", () => {
    const book = projected([]);
    says(book, "act_asked", asked);
    says(book, "act_answered", { ...asked, detail: "pause_others refused" });
    expect([...book.desk.refused]).toEqual([actKey("pause_others", "s1")]);
    expect(book.desk.asks.size).toBe(0);
    says(book, "act_answered", { ...asked, ref: "s2", detail: "pause_others rearmed" });
    says(book, "act_answered", { ...asked, detail: "stop_live rearmed" });
    expect(book.desk.refused.size).toBe(1);
    says(book, "act_answered", { ...asked, detail: "pause_others rearmed" });
    expect(book.desk.refused.size).toBe(0);
  });

  test("of two streams or two acts are two questions; words of another version are none", () => {
    const book = projected([]);
    says(book, "act_asked", asked);
    says(book, "act_asked", { ...asked, ref: "s2" });
    says(book, "act_asked", { ...asked, detail: "stop_live" });
    expect(book.desk.asks.size).toBe(3);
    says(book, "act_asked", { ...asked, ref: "s3", detail: "send_flowers" });
    says(book, "act_asked", { ...asked, ref: "s3", sku: "" });
    says(book, "act_answered", { ...asked, sku: "", detail: "stop_live refused" });
    expect(book.desk.asks.size).toBe(3);
    expect(book.desk.refused.size).toBe(0);
  });
});

describe("how alerts act", () => {
  test("is kept for the book and for a stream apart, the newest word each", () => {
    const book = projected([]);
    expect(book.desk.book).toBeNull();
    says(book, "acts_set", { detail: JSON.stringify(acts) });
    says(book, "acts_set", { ref: "s1", detail: JSON.stringify({ ...acts, red: "auto" }) });
    expect(book.desk.book).toEqual(acts);
    expect([...book.desk.streams]).toEqual([["s1", { ...acts, red: "auto" }]]);
    says(book, "acts_set", { ref: "s1", detail: JSON.stringify(acts) });
    expect(book.desk.streams.get("s1")).toEqual(acts);
  });

  test("is not changed by what cannot be read", () => {
    const book = projected([]);
    says(book, "acts_set", { detail: JSON.stringify(acts) });
    says(book, "acts_set", { detail: "{" });
    says(book, "acts_set", { detail: JSON.stringify({ ...acts, orange: "guess" }) });
    expect(book.desk.book).toEqual(acts);
  });
});

describe("what is held", () => {
  test("a live listing from red's stop until it is resumed, SKU by SKU", () => {
    const book = projected([]);
    says(book, "live_stopped", { sku: SKU });
    says(book, "live_stopped", { sku: OTHER });
    says(book, "live_stopped");
    expect([...book.desk.stopped]).toEqual([SKU, OTHER]);
    says(book, "live_resumed", { sku: SKU });
    says(book, "live_resumed");
    expect([...book.desk.stopped]).toEqual([OTHER]);
  });

  test("a channel by hand until it is freed by hand", () => {
    const book = projected([]);
    says(book, "channel_held", { channel: "amazon" });
    says(book, "channel_held", { channel: "ebay" });
    says(book, "channel_held");
    expect([...book.desk.held]).toEqual(["amazon", "ebay"]);
    says(book, "channel_freed", { channel: "amazon" });
    says(book, "channel_freed");
    expect([...book.desk.held]).toEqual(["ebay"]);
  });

  test("units wanted back from a stream until the wish is 0", () => {
    const book = projected([]);
    says(book, "lend_wished", { ref: "s1", n: 5 });
    says(book, "lend_wished", { ref: "s2", n: 1 });
    expect([...book.desk.lending]).toEqual([
      ["s1", 5],
      ["s2", 1],
    ]);
    says(book, "lend_wished", { ref: "s1", n: 0 });
    expect([...book.desk.lending]).toEqual([["s2", 1]]);
  });
});

describe("what the book remembers", () => {
  test("the constants that were set last, all of them; none that cannot be read", () => {
    const book = projected([]);
    expect(book.desk.constants).toEqual({});
    says(book, "constants_set", { detail: '{"multiplier":12,"yellow":80}' });
    says(book, "constants_set", { detail: '{"multiplier":14}' });
    expect(book.desk.constants).toEqual({ multiplier: 14 });
    for (const odd of ["{", "[]", '{"multiplier":"12"}', '{"multiplier":1e999}']) {
      says(book, "constants_set", { detail: odd });
      expect(book.desk.constants).toEqual(odd === "[]" ? {} : { multiplier: 14 });
      says(book, "constants_set", { detail: '{"multiplier":14}' });
    }
  });

  test("the last latency test of each channel", () => {
    const book = projected([]);
    says(book, "latency_test", { sku: SKU, channel: "amazon", n: 4000, detail: "tiktok" }, 7000);
    says(book, "latency_test", { sku: SKU, channel: "ebay", n: 9000, detail: "tiktok" }, 7000);
    says(book, "latency_test", { sku: SKU, channel: "amazon", n: 3000, detail: "shopify" }, 8000);
    says(book, "latency_test", { sku: SKU, n: 1 });
    expect(book.desk.latency.size).toBe(2);
    expect(book.desk.latency.get("amazon")).toEqual({
      ...{ sku: SKU, from: "shopify", ms: 3000, at: 8000 },
    });
  });
});
