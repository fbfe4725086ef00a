import { describe, expect, test } from "@jest/globals";
import { note, type Draft } from "../../src/stock/entries";
import type { Projection } from "../../src/stock/projection";
import { seedStock } from "../../src/stock/settings";
import {
  compareStreams,
  newStream,
  parseStreamPlan,
  policyIds,
  reservationWindow,
  reservingStreams,
  shortBy,
  stockoutMinutes,
  streamMinute,
  type Stream,
} from "../../src/stock/streams";
import { add, count, projected, SKU, stream } from "../support/entries";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const plan = {
  channel: "tiktok",
  creator: "Mia",
  followers: 80_000,
  speed: 1,
  minutes: 180,
} as const;

const named = (id: string, over: Partial<Stream> = {}): Stream => ({
  ...newStream(id, SKU, 60, plan),
  ...over,
});

const only = (book: Projection): Stream => book.streams.get("stream-1")!;
const say = (kind: "stockout" | "stream_cut" | "stream_ended", at: number, n = 0): Draft =>
  note(kind, `${kind}/${at}`, at, { sku: SKU, n, ref: "stream-1" });

describe("a plan in the ledger", () => {
  const isPlan = (over: object) => parseStreamPlan(JSON.stringify({ ...plan, ...over })).ok;

  test("is read as it was written", () => {
    expect(parseStreamPlan(JSON.stringify({ ...plan, startsAt: 5 }))).toEqual({
      ok: true,
      value: { ...plan, startsAt: 5 },
    });
    expect(isPlan({ followers: 0, speed: 60, minutes: 1, creator: "x".repeat(200) })).toBe(true);
  });

  test.each([
    { channel: "myspace" },
    { creator: "x".repeat(201) },
    { followers: -1 },
    { speed: 0.9 },
    { minutes: 0 },
    { startsAt: "tomorrow" },
  ])("with %j is none", (over) => expect(isPlan(over)).toBe(false));

  test("may say how stock is shared out and when to warn, in each of the ways there are", () => {
    const thresholds = { yellow: 25, orange: 12, red: 0, rearmPercent: 10 };
    const alerts = (mode: string, over = {}) => ({
      alerts: { mode, thresholds: { ...thresholds, ...over } },
    });
    expect(["absolute", "percent", "minutes"].map((mode) => isPlan(alerts(mode)))).not.toContain(
      false,
    );
    expect(policyIds.map((policy) => isPlan({ policy }))).not.toContain(false);
    const whole = { ...plan, policy: "seed", ...alerts("percent") };
    expect(parseStreamPlan(JSON.stringify(whole))).toEqual({ ok: true, value: whole });
    for (const broken of [
      { policy: "luck" },
      alerts("feeling"),
      alerts("percent", { yellow: -1 }),
      alerts("percent", { orange: 1.5 }),
      alerts("percent", { red: undefined }),
      { alerts: {} },
    ]) {
      expect(isPlan(broken)).toBe(false);
    }
  });

  test("that is no JSON is none, and plans nothing", () => {
    expect(parseStreamPlan("{")).toEqual({ ok: false, error: "malformed" });
    expect(parseStreamPlan("null")).toEqual({ ok: false, error: "malformed" });
    const broken = note("stream_planned", "p", 0, { sku: SKU, n: 60, detail: "{", ref: "s" });
    expect(projected([broken]).streams.size).toBe(0);
  });

  test("made anew changes the plan and nothing that happened", () => {
    const book = projected([count(100), ...stream({ planned: 60, startedAt: 5 })]);
    const detail = JSON.stringify({ ...plan, creator: "Lina", minutes: 60 });
    add(book, [note("stream_planned", "again", 9, { sku: SKU, n: 80, detail, ref: "stream-1" })]);
    expect(only(book)).toMatchObject({ planned: 80, creator: "Lina", made: 60, startedAt: 5 });
    expect(shortBy(only(book))).toBe(20);
    expect(shortBy(named("x", { made: 61 }))).toBe(0);
  });
});

describe("the reservation's window", () => {
  const window = (over: Partial<Stream>) => reservationWindow(named("s", over), seedStock);

  test("is counted from the start that was planned, then from the start that was", () => {
    const end = 10 * DAY + 180 * MINUTE;
    expect(window({ startsAt: 10 * DAY })).toEqual({ from: 5 * DAY, to: end + DAY });
    const late = { startsAt: 10 * DAY, startedAt: 10 * DAY + MINUTE };
    expect(window(late)).toEqual({ from: 5 * DAY + MINUTE, to: end + MINUTE + DAY });
    expect(window({ ...late, endsAt: 11 * DAY })?.to).toBe(12 * DAY);
    expect(window({})).toBeNull();
    expect(window({ endsAt: 11 * DAY })).toBeNull();
  });

  test("goes as fast as the stream: at speed 60 five days are two hours", () => {
    const fast = window({ startsAt: 10 * DAY, speed: 60 });
    expect(fast).toEqual({
      from: 10 * DAY - 120 * MINUTE,
      to: 10 * DAY + 3 * MINUTE + 24 * MINUTE,
    });
  });
});

describe("streams on one SKU", () => {
  const order = (...streams: Stream[]) => streams.sort(compareStreams).map(({ id }) => id);

  test("are served by rank, then by start, then by name", () => {
    const a = named("a", { startsAt: 300 });
    const b = named("b", { startsAt: 200 });
    const c = named("c", { startsAt: 200 });
    expect(order(a, c, b)).toEqual(["b", "c", "a"]);
    expect(order(b, { ...a, rank: 2 }, { ...c, rank: 1 })).toEqual(["c", "a", "b"]);
    expect([order(b, c), order(c, b)]).toEqual([
      ["b", "c"],
      ["b", "c"],
    ]);
    expect(order(named("z"), b)).toEqual(["z", "b"]);
    expect(order({ ...a, startedAt: 100 }, b)).toEqual(["a", "b"]);
  });

  test("give to an order first what belongs to the stream that is on, from its first to its last moment", () => {
    const early = named("early", { startsAt: 1000, endsAt: 2000 });
    const late = named("late", { startsAt: 5000, endsAt: 6000 });
    const first = (at: number) =>
      reservingStreams([early, late], SKU, "tiktok", at).map(({ id }) => id)[0];
    expect([4999, 5000, 6000, 6001].map(first)).toEqual(["early", "late", "late", "early"]);
  });

  test("serve their own SKU and channel until they are released", () => {
    const mine = named("mine");
    const others = [
      named("a", { channel: "shopify" }),
      named("b", { sku: "OTHER" as Stream["sku"] }),
      named("c", { released: true }),
    ];
    expect(reservingStreams([...others, mine], SKU, "tiktok", 0)).toEqual([mine]);
  });
});

describe("the stream's own time", () => {
  test("without stock: gaps add up, an open one counts until now, and nothing after the end", () => {
    const book = projected([count(100), ...stream({ planned: 60, startedAt: 0 })]);
    add(book, [say("stockout", 10 * MINUTE, 1), say("stockout", 12 * MINUTE, 1)]);
    expect(stockoutMinutes(only(book), 20 * MINUTE)).toBe(10);
    add(book, [say("stockout", 30 * MINUTE, 0), say("stockout", 31 * MINUTE, 0)]);
    expect(stockoutMinutes(only(book), 40 * MINUTE)).toBe(20);
    add(book, [say("stockout", 170 * MINUTE, 1)]);
    expect(stockoutMinutes(only(book), 500 * MINUTE)).toBe(30);
    add(book, [say("stream_cut", 175 * MINUTE, 175 * MINUTE)]);
    expect(stockoutMinutes(only(book), 500 * MINUTE)).toBe(25);
    // Cut to before the gap began.
    add(book, [say("stream_cut", 176 * MINUTE, 160 * MINUTE)]);
    expect(stockoutMinutes(only(book), 500 * MINUTE)).toBe(20);
    add(book, [say("stream_ended", 180 * MINUTE)]);
    expect(only(book).phase).toBe("ended");
  });

  test("at speed 60 a second is a minute", () => {
    const book = projected([count(100), ...stream({ planned: 60, startedAt: 1000, speed: 60 })]);
    add(book, [say("stockout", 11_000, 1), say("stockout", 26_000, 0)]);
    expect(stockoutMinutes(only(book), 60_000)).toBe(15);
    expect(streamMinute(only(book), 31_000)).toBe(30);
    expect(streamMinute(named("s"), 31_000)).toBeNull();
  });

  test("remarks on a stream that nobody planned change nothing", () => {
    const book = projected([say("stockout", 10, 1), say("stream_ended", 20)]);
    expect(book.streams.size).toBe(0);
  });
});
