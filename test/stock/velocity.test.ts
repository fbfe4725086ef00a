import { expect, test } from "@jest/globals";
import type { ChannelId, Sku } from "../../src/base/ids";
import { note, type Draft, type Entry } from "../../src/stock/entries";
import { planLine, type ReportedLine } from "../../src/stock/orders";
import { minutesOfCover, soldInWindow } from "../../src/stock/velocity";
import { add, count, line, projected, SKU, stream } from "../support/entries";

const MINUTE = 60_000;

/** Orders as they were reported, and the entries they left. */
function entriesOf(reports: readonly Partial<ReportedLine>[]): readonly Entry[] {
  const drafts: Draft[] = [count(100), ...stream({ planned: 20, startedAt: 0 })];
  const book = projected(drafts);
  for (const report of reports) {
    const moves = planLine(book, line(report));
    add(book, moves);
    drafts.push(...moves);
  }
  drafts.push(note("alert", "a", 9 * MINUTE, { sku: SKU, n: 5 }));
  return drafts.map((draft, i) => ({ ...draft, seq: i + 1, bookedAt: 0 }) as Entry);
}

const order = (orderId: string, at: number, over: Partial<ReportedLine> = {}) => ({
  orderId,
  createdAt: at,
  updatedAt: at,
  ...over,
});

const sold = (reports: readonly Partial<ReportedLine>[], channel: ChannelId = "tiktok") =>
  soldInWindow(entriesOf(reports), SKU, channel, 10 * MINUTE, 5 * MINUTE);

test("what sold in the last five minutes begins after them and ends now", () => {
  const at = (time: number) => sold([order("1", time, { ordered: 3 })]);
  expect([5 * MINUTE, 5 * MINUTE + 1, 10 * MINUTE, 10 * MINUTE + 1].map(at)).toEqual([0, 3, 3, 0]);
});

test("a unit counts once: held, paid and shipped it is one sale", () => {
  const steps = [
    order("1", 6 * MINUTE, { ordered: 2, paid: false }),
    order("1", 6 * MINUTE, { ordered: 2, updatedAt: 7 * MINUTE }),
    order("1", 6 * MINUTE, { ordered: 2, shipped: 2, updatedAt: 8 * MINUTE }),
  ];
  expect([1, 2, 3].map((n) => sold(steps.slice(0, n)))).toEqual([2, 2, 2]);
});

test("other channels and other SKUs sell at their own pace", () => {
  const reports = [
    order("1", 6 * MINUTE, { ordered: 2 }),
    order("2", 6 * MINUTE, { ordered: 4, channel: "amazon" }),
    order("3", 6 * MINUTE, { ordered: 8, sku: "OTHER" as Sku }),
    order("4", 6 * MINUTE, { ordered: 16, channel: "amazon", paid: false }),
  ];
  expect([sold(reports), sold(reports, "amazon"), sold(reports, "ebay")]).toEqual([2, 20, 0]);
});

test("a late payment is not a second sale", () => {
  const [hold] = entriesOf([order("1", 6 * MINUTE, { ordered: 2 })]).filter(
    (entry) => entry.kind === "commit",
  );
  const late = { ...hold!, reason: "late_payment" } as Entry;
  expect(soldInWindow([late], SKU, "tiktok", 10 * MINUTE, 5 * MINUTE)).toBe(0);
});

test("cover is what is left at this pace, none below 0, and unknown while nothing sells", () => {
  expect(minutesOfCover(30, 10, 5 * MINUTE)).toBe(15);
  expect(minutesOfCover(-4, 10, 5 * MINUTE)).toBe(0);
  expect(minutesOfCover(0, 10, 5 * MINUTE)).toBe(0);
  expect(minutesOfCover(30, 0, 5 * MINUTE)).toBeNull();
});
