import { describe, expect, test } from "@jest/globals";
import { note, type Draft } from "../../src/stock/entries";
import { planLine } from "../../src/stock/orders";
import { balancesOf, type Projection } from "../../src/stock/projection";
import { dueReleases, dueReservations, grow, release, reserve } from "../../src/stock/reservations";
import { reverse } from "../../src/stock/reverse";
import { sellable } from "../../src/stock/sellable";
import { shortBy } from "../../src/stock/streams";
import { add, count, line, projected, SKU } from "../support/entries";

const DAY = 24 * 60 * 60_000;
const HOUR = 60 * 60_000;
const START = 100 * DAY;
const END = START + 3 * HOUR;

function plan(id: string, startsAt: number, units: number): Draft {
  const detail = JSON.stringify({
    channel: "tiktok",
    creator: "Mia",
    followers: 80_000,
    speed: 1,
    minutes: 180,
    startsAt,
  });
  return note("stream_planned", `planned/${id}`, 0, { sku: SKU, n: units, detail, ref: id });
}

const at = (time: number) => ({ id: `r${time}`, at: time, actor: "seller" });
const code = (outcome: { ok: boolean; error?: { code: string } }) => outcome.error?.code;

function book(
  projection: Projection,
  outcome: { ok: true; value: readonly Draft[] } | { ok: false; error: unknown },
): void {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  add(projection, outcome.value);
}

const left = (projection: Projection, id: string) =>
  balancesOf(projection, SKU).reserved.get(id) ?? 0;

describe("a reservation", () => {
  test("is made five days before the stream and given back a day after its end, from data alone", () => {
    const stock = projected([count(500), plan("s1", START, 405)]);
    expect(dueReservations(stock, START - 5 * DAY - 1)).toEqual([]);
    add(stock, dueReservations(stock, START - 5 * DAY));
    expect(left(stock, "s1")).toBe(405);
    expect(sellable(stock, SKU, "shopify")).toBe(95);
    expect(dueReservations(stock, START - 4 * DAY)).toEqual([]);
    expect(dueReleases(stock, END + DAY - 1)).toEqual([]);
    // The machine slept for a week: the release is dated by the window, not by the waking.
    const due = dueReleases(stock, END + 8 * DAY);
    expect(due).toMatchObject([{ kind: "release", at: END + DAY, reason: "window_end" }]);
    add(stock, due);
    expect(sellable(stock, SKU, "shopify")).toBe(500);
    expect(dueReleases(stock, END + 9 * DAY)).toEqual([]);
  });

  test("of more than is free takes what there is and is short by the rest", () => {
    const stock = projected([count(300), plan("s1", START, 405)]);
    book(stock, reserve(stock, "s1", at(START - DAY)));
    expect(shortBy(stock.streams.get("s1")!)).toBe(105);
    add(stock, [{ ...count(200), key: "more" }]);
    book(stock, grow(stock, "s1", 105, at(START - HOUR)));
    expect(shortBy(stock.streams.get("s1")!)).toBe(0);
    expect(balancesOf(stock, SKU).available).toBe(95);
  });

  test("is refused by the first thing that is wrong", () => {
    const stock = projected([plan("s1", START, 405)]);
    expect(code(reserve(stock, "s9", at(0)))).toBe("stream_unknown");
    expect(code(reserve(stock, "s1", at(0)))).toBe("window_not_open");
    expect(code(reserve(stock, "s1", at(END + DAY)))).toBe("window_over");
    expect(code(reserve(stock, "s1", at(START)))).toBe("nothing_free");
    expect(code(grow(stock, "s1", 0, at(0)))).toBe("units_not_whole");
    expect(code(release(stock, "s1", at(START)))).toBe("nothing_reserved");
    add(stock, [count(500)]);
    book(stock, reserve(stock, "s1", at(START)));
    expect(code(reserve(stock, "s1", at(START)))).toBe("already_reserved");
    book(stock, release(stock, "s1", at(END)));
    expect(code(release(stock, "s1", at(END)))).toBe("already_released");
    expect(code(grow(stock, "s1", 1, at(END)))).toBe("already_released");
  });

  test("whose release was taken back is not released again by itself", () => {
    const stock = projected([count(50), plan("s1", START, 40)]);
    book(stock, reserve(stock, "s1", at(START)));
    const [due] = dueReleases(stock, END + DAY);
    add(stock, [due!]);
    const entry = { ...due!, seq: stock.seq, bookedAt: 0 };
    book(stock, reverse(stock, entry, at(END + DAY + 1)));
    expect(left(stock, "s1")).toBe(40);
    expect(dueReleases(stock, END + 2 * DAY)).toEqual([]);
  });
});

describe("streams that overlap on one SKU", () => {
  const later = START + 2 * HOUR;
  const two = () => projected([count(100), plan("late", later, 80), plan("early", START, 80)]);

  test("are served by their start, unless the user says otherwise", () => {
    const stock = two();
    add(stock, dueReservations(stock, START - DAY));
    expect([left(stock, "early"), left(stock, "late")]).toEqual([80, 20]);
    const ranked = two();
    add(ranked, [note("stream_ranked", "rank", 0, { sku: SKU, n: 1, ref: "late" })]);
    add(ranked, dueReservations(ranked, START - DAY));
    expect([left(ranked, "early"), left(ranked, "late")]).toEqual([20, 80]);
  });

  test("are consumed by the orders placed while they are on, then the pool, then each other", () => {
    const stock = projected([
      count(100),
      plan("early", START, 30),
      plan("late", later + 4 * HOUR, 30),
    ]);
    add(stock, dueReservations(stock, START - DAY));
    const sale = (orderId: string, ordered: number, createdAt: number) =>
      add(stock, planLine(stock, line({ orderId, ordered, createdAt, updatedAt: createdAt })));
    sale("1", 5, later + 5 * HOUR);
    expect([left(stock, "early"), left(stock, "late")]).toEqual([30, 25]);
    sale("2", 50, START + 1);
    expect([left(stock, "early"), left(stock, "late")]).toEqual([0, 25]);
    expect(balancesOf(stock, SKU).available).toBe(20);
    sale("3", 30, START + 2);
    expect(left(stock, "late")).toBe(15);
    expect(balancesOf(stock, SKU).available).toBe(0);
  });
});
