/** Streams planned in a sheet: how rows stand and what is booked for them. */
import { describe, expect, test } from "@jest/globals";
import type { Sku } from "../../src/base/ids";
import { note, type Draft, type Entry } from "../../src/stock/entries";
import { apply, balancesOf, emptyProjection, type Projection } from "../../src/stock/projection";
import { planStanding, reserveRow, type PlanRow } from "../../src/stock/plan-rows";
import { dueReservations, release } from "../../src/stock/reservations";

const DAY = 24 * 60 * 60_000;
const NOW = Date.UTC(2026, 10, 23, 12);
const sku = "OR-1" as Sku;
const skus = new Map([["OR-1", sku]]);

function bookOn(projection: Projection) {
  return (draft: Draft) =>
    apply(projection, { ...draft, seq: projection.seq + 1, bookedAt: NOW } as Entry);
}

function stocked(units: number): Projection {
  const projection = emptyProjection();
  const count = { type: "move", key: "count", at: NOW, reportedAt: NOW, kind: "count" } as const;
  bookOn(projection)({
    ...count,
    sku,
    quantity: units,
    from: "external",
    to: "available",
    ref: "",
  });
  return projection;
}

function row(over: Partial<PlanRow> = {}): PlanRow {
  const plan = { creator: "Mia Chen", followers: 80_000, sku: "OR-1", planned: 405 };
  return { no: "K7M2Q", startsAt: NOW + 2 * DAY, ...plan, ...over };
}

describe("a planned row", () => {
  test("is reserved within its window, as far as units are free, and says what is missing", () => {
    const projection = stocked(300);
    const done = reserveRow(projection, skus, row(), NOW, bookOn(projection));
    expect(done).toEqual({ ok: true, value: null });
    expect(balancesOf(projection, sku).reserved.get("plan-K7M2Q")).toBe(300);
    expect(planStanding(projection, skus, row(), NOW)).toMatchObject({
      state: "short",
      units: 300,
      missing: 105,
      guaranteed: 300,
      urgency: "late",
    });
  });

  test("before its window opens the plan alone is booked, and it says when it will be reserved", () => {
    const projection = stocked(500);
    const early = row({ startsAt: NOW + 9 * DAY });
    expect(reserveRow(projection, skus, early, NOW, bookOn(projection)).ok).toBe(true);
    const standing = planStanding(projection, skus, early, NOW);
    expect(standing).toMatchObject({ state: "waiting", units: 0, reservesAt: NOW + 4 * DAY });
    expect(standing.dueAt).toBe(NOW + 4 * DAY);
    expect(standing.urgency).toBe("in_time");
  });

  test("asked twice it is booked once; a higher plan takes the rest", () => {
    const projection = stocked(600);
    const book = bookOn(projection);
    reserveRow(projection, skus, row(), NOW, book);
    const { seq } = projection;
    expect(reserveRow(projection, skus, row(), NOW + 1000, book).ok).toBe(true);
    expect(projection.seq).toBe(seq);
    reserveRow(projection, skus, row({ planned: 500 }), NOW + 2000, book);
    expect(planStanding(projection, skus, row({ planned: 500 }), NOW)).toMatchObject({
      state: "reserved",
      units: 500,
      missing: 0,
      // All is set aside: no deadline presses.
      urgency: null,
    });
    expect(reserveRow(projection, skus, row({ planned: 100 }), NOW, book)).toEqual({
      ok: false,
      error: "fewer",
    });
  });

  test.each([
    [{ startsAt: null }, "incomplete"],
    [{ planned: null }, "incomplete"],
    [{ sku: "nobody" }, "sku_unknown"],
    [{ planned: 0.5 }, "plan_not_whole"],
    [{ startsAt: NOW - 1 }, "start_past"],
  ])("%j is refused as %s, and books nothing", (over, refusal) => {
    const projection = stocked(10);
    const done = reserveRow(projection, skus, row(over), NOW, bookOn(projection));
    expect(done).toEqual({ ok: false, error: refusal });
    expect(projection.seq).toBe(1);
  });

  test("with nothing free it is refused, and the plan still stands", () => {
    const projection = emptyProjection();
    const done = reserveRow(projection, skus, row(), NOW, bookOn(projection));
    expect(done).toEqual({ ok: false, error: "nothing_free" });
    expect(planStanding(projection, skus, row(), NOW).state).toBe("waiting");
  });

  test("a row half filled in says so", () => {
    expect(planStanding(stocked(5), skus, row({ startsAt: null }), NOW)).toMatchObject({
      state: "incomplete",
      guaranteed: 5,
      dueAt: null,
    });
  });
});

describe("how a planned row stands", () => {
  const early = row({ startsAt: NOW + 9 * DAY });

  test("filled in and not reserved yet it says so, with the day by which it is due", () => {
    const standing = planStanding(stocked(7), skus, row(), NOW);
    expect(standing).toMatchObject({ state: "not_reserved", guaranteed: 7, units: 0, missing: 0 });
    expect(standing).toMatchObject({ urgency: "late", dueAt: NOW - 3 * DAY, reservesAt: null });
    for (const over of [{ sku: "" }, { planned: null }, { startsAt: null }]) {
      expect(planStanding(stocked(7), skus, row(over), NOW).state).toBe("incomplete");
    }
  });

  test("of a SKU that nobody knows nothing can be promised", () => {
    expect(planStanding(stocked(7), skus, row({ sku: "nobody" }), NOW).guaranteed).toBeNull();
  });

  test("a plan whose date was taken out again has no deadline", () => {
    const projection = stocked(500);
    reserveRow(projection, skus, early, NOW, bookOn(projection));
    expect(planStanding(projection, skus, row({ startsAt: null }), NOW)).toMatchObject({
      state: "waiting",
      urgency: null,
      dueAt: null,
    });
  });

  test("from the moment its window is open it no more says when that will be", () => {
    const projection = stocked(500);
    reserveRow(projection, skus, early, NOW, bookOn(projection));
    const opens = NOW + 4 * DAY;
    const told = [opens - 1, opens, opens + 1].map(
      (now) => planStanding(projection, skus, early, now).reservesAt,
    );
    expect(told).toEqual([opens, null, null]);
  });

  test("given back it is released, and after its end it is over, given back or not", () => {
    const projection = stocked(500);
    const book = bookOn(projection);
    reserveRow(projection, skus, row(), NOW, book);
    const state = () => planStanding(projection, skus, row(), NOW).state;
    const given = release(projection, "plan-K7M2Q", { id: "r", at: NOW, actor: "seller" });
    if (given.ok) given.value.forEach(book);
    expect(state()).toBe("released");
    expect(reserveRow(projection, skus, row(), NOW, book)).toEqual({
      ok: false,
      error: "already_released",
    });
    book(note("stream_ended", "ended", NOW, { ref: "plan-K7M2Q" }));
    expect(state()).toBe("over");

    const kept = stocked(500);
    reserveRow(kept, skus, row(), NOW, bookOn(kept));
    bookOn(kept)(note("stream_ended", "ended", NOW, { ref: "plan-K7M2Q" }));
    expect(planStanding(kept, skus, row(), NOW).state).toBe("over");
  });
});

describe("what is booked for a row", () => {
  /** What each ask of the row booked, one ask a second. */
  function asked(projection: Projection, rows: readonly PlanRow[]): Draft[][] {
    return rows.map((each, at) => {
      const drafts: Draft[] = [];
      const book = bookOn(projection);
      reserveRow(projection, skus, each, NOW + 1000 * at, (draft) => {
        drafts.push(draft);
        book(draft);
      });
      return drafts;
    });
  }
  const keysOf = (booked: readonly Draft[][]) => booked.map((drafts) => drafts.map((d) => d.key));

  test("each change of the plan has a name of its own, so that none is taken for another", () => {
    const booked = asked(stocked(600), [row(), row(), row({ planned: 500 })]);
    expect(keysOf(booked)).toEqual([
      ["planned/plan-K7M2Q", "reserve/plan-K7M2Q"],
      [],
      [`planned/plan-K7M2Q/${NOW + 2000}`, `grow/plan-K7M2Q/${NOW + 2000}`],
    ]);
    expect(booked.flat().some((draft) => draft.actor !== undefined)).toBe(false);
  });

  test.each([
    ["date", { startsAt: NOW + 2 * DAY + 1 }],
    ["creator", { creator: "Zoe" }],
    ["creator's followers", { followers: 90_000 }],
  ])("another %s is booked, and takes no more units", (_, over) => {
    const projection = stocked(600);
    const booked = asked(projection, [row(), row(over)]);
    expect(keysOf(booked)[1]).toEqual([`planned/plan-K7M2Q/${NOW + 1000}`]);
    expect(projection.streams.get("plan-K7M2Q")).toMatchObject({ ...over, made: 405 });
  });

  test("once units are reserved another SKU is another row", () => {
    const projection = stocked(600);
    const book = bookOn(projection);
    const both = new Map([...skus, ["OR-2", "OR-2" as Sku]]);
    reserveRow(projection, both, row(), NOW, book);
    const other = reserveRow(projection, both, row({ sku: "OR-2" }), NOW, book);
    expect(other).toEqual({ ok: false, error: "fewer" });
  });

  test("before that the row's SKU may be changed, and when the window opens the new one is reserved", () => {
    const projection = stocked(600);
    const book = bookOn(projection);
    const second = "OR-2" as Sku;
    const both = new Map([...skus, ["OR-2", second]]);
    const early = row({ startsAt: NOW + 9 * DAY });
    reserveRow(projection, both, early, NOW, book);
    const drafts: Draft[] = [];
    const changed = { ...early, sku: "OR-2" };
    const take = (draft: Draft) => {
      drafts.push(draft);
      book(draft);
    };
    expect(reserveRow(projection, both, changed, NOW + 1000, take).ok).toBe(true);
    expect(drafts.map(({ sku: booked }) => booked)).toEqual(["OR-2"]);
    // Asked again, nothing has changed.
    expect(reserveRow(projection, both, changed, NOW + 2000, take).ok).toBe(true);
    expect(drafts).toHaveLength(1);
    book({
      ...{ type: "move", key: "count-2", at: NOW, reportedAt: NOW, kind: "count" },
      ...{ sku: second, quantity: 20, from: "external", to: "available", ref: "" },
    });
    const due = dueReservations(projection, NOW + 5 * DAY);
    expect(due.map((draft) => [draft.sku, draft.type === "move" && draft.quantity])).toEqual([
      ["OR-2", 20],
    ]);
  });

  test("one unit can be planned, and a creator of whom little is known", () => {
    const projection = stocked(600);
    const long = { creator: "M".repeat(300), followers: null };
    asked(projection, [row({ planned: 1, ...long })]);
    const plan = { planned: 1, made: 1, creator: "M".repeat(200), followers: 0 };
    expect(projection.streams.get("plan-K7M2Q")).toMatchObject(plan);
    asked(projection, [row({ no: "B", planned: 2, followers: -5 })]);
    expect(projection.streams.get("plan-B")).toMatchObject({ made: 2, followers: 0 });
    asked(projection, [row({ no: "C", planned: 2, followers: 7 })]);
    expect(projection.streams.get("plan-C")).toMatchObject({ made: 2, followers: 7 });
  });

  test.each([
    [{ sku: "" }, "incomplete"],
    [{ planned: 0 }, "plan_not_whole"],
    [{ planned: -3 }, "plan_not_whole"],
    [{ planned: 2.5 }, "plan_not_whole"],
    [{ startsAt: NOW }, "start_past"],
  ])("nothing for a row with %j: it is refused as %s", (over, refusal) => {
    const projection = stocked(10);
    const known = new Map([...skus, ["", sku]]);
    const done = reserveRow(projection, known, row(over), NOW, bookOn(projection));
    expect(done).toEqual({ ok: false, error: refusal });
    expect(projection.seq).toBe(1);
  });

  test("nothing is reserved for a stream that was played days ago, whatever the row says now", () => {
    const projection = stocked(600);
    const book = bookOn(projection);
    reserveRow(projection, skus, row({ startsAt: NOW + 9 * DAY }), NOW, book);
    const ref = "plan-K7M2Q";
    book(note("stream_started", "started", NOW - 3 * DAY, { ref, n: NOW - 2 * DAY }));
    expect(reserveRow(projection, skus, row(), NOW, book)).toEqual({
      ok: false,
      error: "window_over",
    });
    expect(balancesOf(projection, sku).available).toBe(600);
  });
});
