/** Streams planned in a sheet: how rows stand and what is booked for them. */
import { describe, expect, test } from "@jest/globals";
import type { Sku } from "../../src/base/ids";
import type { Draft, Entry } from "../../src/stock/entries";
import { apply, balancesOf, emptyProjection, type Projection } from "../../src/stock/projection";
import { planStanding, reserveRow, type PlanRow } from "../../src/stock/plan-rows";

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
