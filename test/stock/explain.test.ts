import { describe, expect, test } from "@jest/globals";
import type { Sku } from "../../src/base/ids";
import { damage } from "../../src/stock/commands";
import { note, type Draft, type Entry } from "../../src/stock/entries";
import { explain } from "../../src/stock/explain";
import { planLine, type ReportedLine } from "../../src/stock/orders";
import { sellable } from "../../src/stock/sellable";
import { add, count, line, projected, SKU, stream } from "../support/entries";

/** 100 units, 60 of them for a stream on TikTok; a book kept as entries. */
function book(...orders: readonly Partial<ReportedLine>[]) {
  const drafts: Draft[] = [count(100), ...stream({ planned: 60, startedAt: 0 })];
  const now = projected(drafts);
  const tell = (more: readonly Draft[]) => {
    add(now, more);
    drafts.push(...more);
  };
  for (const order of orders) tell(planLine(now, line(order)));
  const entries = () => drafts.map((d, i) => ({ ...d, seq: i + 1, bookedAt: 0 }) as Entry);
  return { now, tell, entries };
}

const kinds = (terms: readonly { kind: string; about: string; units: number }[]) =>
  terms.map(({ kind, about, units }) => [kind, about, units]);

describe("why a number is what it is", () => {
  test("each channel's orders are a term, paid and unpaid apart, the stream's stock another", () => {
    const { entries, now } = book(
      { channel: "amazon", ordered: 7 },
      { channel: "shopify", ordered: 5, orderId: "2", paid: false },
      { channel: "amazon", ordered: 2, orderId: "3" },
    );
    const why = explain(entries(), SKU, "shopify", 4);
    expect(kinds(why.terms)).toEqual([
      ["on_hand", "", 100],
      ["reserved", "stream-1", -60],
      ["committed", "amazon", -9],
      ["held", "shopify", -5],
      ["buffer", "", -4],
    ]);
    expect(why.sellable).toBe(sellable(now, SKU, "shopify", 4));
    expect(why.terms[2]?.entries).toEqual([
      { seq: 5, units: -7 },
      { seq: 7, units: -2 },
    ]);
  });

  test("the live channel does not lack its own reservation, and no buffer is no term", () => {
    const { entries } = book();
    expect(kinds(explain(entries(), SKU, "tiktok").terms)).toEqual([["on_hand", "", 100]]);
    expect(explain(entries(), SKU, "tiktok").sellable).toBe(100);
  });

  test("a stream that moved to another channel is on that one's side", () => {
    const { entries, tell, now } = book();
    const plan = { channel: "shopify", creator: "Mia", followers: 1, speed: 1, minutes: 180 };
    const about = { sku: SKU, n: 60, ref: "stream-1" };
    tell([note("stream_planned", "moved", 9, { ...about, detail: JSON.stringify(plan) })]);
    tell([note("stream_planned", "broken", 10, { ...about, detail: "{" })]);
    for (const channel of ["tiktok", "shopify"] as const) {
      expect(explain(entries(), SKU, channel).sellable).toBe(sellable(now, SKU, channel));
    }
    expect(explain(entries(), SKU, "tiktok").sellable).toBe(40);
    expect(explain(entries(), SKU, "shopify").sellable).toBe(100);
  });

  test("an order that was cancelled is not in it any more, one that shipped is off the hand", () => {
    const gone = { channel: "amazon", ordered: 7, cancelled: 7, updatedAt: 2000 } as const;
    const { entries } = book({ channel: "amazon", ordered: 7 }, gone);
    expect(kinds(explain(entries(), SKU, "amazon").terms)).toEqual([
      ["on_hand", "", 100],
      ["reserved", "stream-1", -60],
    ]);
    const sent = { channel: "amazon", ordered: 7, shipped: 7, updatedAt: 2000 } as const;
    const shipped = book({ channel: "amazon", ordered: 7 }, sent);
    const why = explain(shipped.entries(), SKU, "amazon");
    expect(kinds(why.terms)).toEqual([
      ["on_hand", "", 93],
      ["reserved", "stream-1", -60],
    ]);
    expect(why.terms[0]?.entries).toEqual([
      { seq: 1, units: 100 },
      { seq: 6, units: -7 },
    ]);
  });

  test("damaged units are a term of their own, other SKUs are none", () => {
    const { entries, tell, now } = book();
    const broken = damage(now, { id: "d", at: 5, actor: "", sku: SKU, units: 3 });
    if (broken.ok) tell(broken.value);
    tell([count(50, "OTHER" as Sku)]);
    expect(kinds(explain(entries(), SKU, "shopify").terms)).toContainEqual(["damaged", "", -3]);
    expect(kinds(explain(entries(), "OTHER" as Sku, "shopify").terms)).toEqual([
      ["on_hand", "", 50],
    ]);
    expect(explain(entries(), "NONE" as Sku, "tiktok")).toMatchObject({ sellable: 0, terms: [] });
  });
});
