import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Forecast } from "../../src/forecast/forecast";
import { forecastLive } from "../../src/forecast/forecast-live";
import {
  inStream,
  type InStreamInput,
  sellOutShare,
  sellOutTime,
  totalQuantile,
} from "../../src/forecast/in-stream";
import { evenPace, learnPace } from "../../src/forecast/pace";

function forecast(): Forecast {
  const result = forecastLive({ base: 15, followers: 80_000 });
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

function stream(input: InStreamInput) {
  const result = inStream(forecast(), input);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

describe("during the stream", () => {
  test("400 sold in the first of three hours: the 200 left will not last", () => {
    const now = stream({ sold: 400, share: 1 / 3, stockLeft: 200 });
    expect(now.stockoutChance).toBeGreaterThan(0.9);
    expect(now.need).toBeGreaterThan(390);
    // At the even pace that is 107 minutes into the stream, and earlier if demand is stronger.
    expect((sellOutTime(now, 0.5) ?? 1) * 180).toBeCloseTo(106.97, 1);
    expect(sellOutTime(now, 0.9)).toBeLessThan(sellOutTime(now, 0.5) ?? 0);
  });

  test("before the first minute it is the plan's own belief", () => {
    const start = stream({ sold: 0, share: 0, stockLeft: 405 });
    expect(totalQuantile(start, 0.5)).toBeCloseTo(337.5, 9);
    expect(1 - start.stockoutChance).toBeCloseTo(forecast().service, 9);
    expect(start.need).toBeCloseTo(0, 9);
  });

  test("at the end nothing is left to guess", () => {
    const end = stream({ sold: 360, share: 1, stockLeft: 45 });
    expect(totalQuantile(end, 0.95)).toBe(360);
    expect(end.stockoutChance).toBe(0);
    expect(end.need).toBe(0);
    expect(sellOutShare(end, 0.95)).toBeNull();
  });

  test("nothing left to sell and nothing sold is certain to run out", () => {
    expect(stream({ sold: 0, share: 0.1, stockLeft: 0 }).stockoutChance).toBe(1);
  });

  test.each([
    [{ sold: -1, share: 0.5, stockLeft: 1 }, "sold_out_of_range"],
    [{ sold: NaN, share: 0.5, stockLeft: 1 }, "sold_out_of_range"],
    [{ sold: 1, share: 1.1, stockLeft: 1 }, "share_out_of_range"],
    [{ sold: 1, share: -0.1, stockLeft: 1 }, "share_out_of_range"],
    [{ sold: 1, share: NaN, stockLeft: 1 }, "share_out_of_range"],
    [{ sold: 1, share: 0.5, stockLeft: -1 }, "stock_out_of_range"],
    [{ sold: 1, share: 0.5, stockLeft: Infinity }, "stock_out_of_range"],
  ])("%j is refused as %s", (input, code) => {
    const result = inStream(forecast(), input);
    expect(result.ok ? "accepted" : result.error.code).toBe(code);
  });

  test("the total is never below what was sold, and every probability is one", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const units = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(units, share, units, (sold, g, stockLeft) => {
        const now = stream({ sold, share: g, stockLeft });
        expect(totalQuantile(now, 0.05)).toBeGreaterThanOrEqual(sold);
        expect(now.need).toBeGreaterThanOrEqual(0);
        expect(now.stockoutChance).toBeGreaterThanOrEqual(0);
        expect(now.stockoutChance).toBeLessThanOrEqual(1);
        const out = sellOutShare(now, 0.9);
        if (out === null) return;
        expect(out).toBeGreaterThanOrEqual(g);
        expect(out).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("the pace of a stream", () => {
  test("is even until past streams say otherwise", () => {
    expect(evenPace.shareAt(0.25)).toBe(0.25);
    expect(evenPace.timeAt(0.25)).toBeCloseTo(0.25, 15);
  });

  test("each past stream counts as much as evenness does", () => {
    // All sold in the first half.
    const pace = learnPace([[100, 100]]);
    expect(pace.shareAt(0.25)).toBeCloseTo((0.25 + 0.5) / 2, 12);
    expect(pace.shareAt(0.5)).toBeCloseTo((0.5 + 1) / 2, 12);
    expect(pace.shareAt(1)).toBe(1);
    expect(
      learnPace([
        [100, 100],
        [100, 100],
      ]).shareAt(0.5),
    ).toBeCloseTo((0.5 + 2) / 3, 12);
  });

  test("between the steps of a curve sales are even", () => {
    const pace = learnPace([[10, 40, 100]]);
    const half = (time: number, curve: number) => (time + curve) / 2;
    expect(pace.shareAt(1 / 6)).toBeCloseTo(half(1 / 6, 0.05), 12);
    expect(pace.shareAt(1 / 3)).toBeCloseTo(half(1 / 3, 0.1), 12);
    expect(pace.shareAt(1 / 2)).toBeCloseTo(half(1 / 2, 0.25), 12);
    expect(pace.shareAt(5 / 6)).toBeCloseTo(half(5 / 6, 0.7), 12);
  });

  test("a stream that sold only at its end is a curve like any other", () => {
    const pace = learnPace([[0, 0, 8]]);
    expect(pace.shareAt(2 / 3)).toBeCloseTo(1 / 3, 12);
    expect(pace.timeAt(1 / 3)).toBeCloseTo(2 / 3, 12);
  });

  test("time and share undo each other on every curve", () => {
    const step = fc.integer({ min: 0, max: 50 });
    const curves = fc.array(
      fc.array(step, { minLength: 1, maxLength: 12 }).map((steps) => {
        let sum = 0;
        return steps.map((n) => (sum += n));
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(curves, fc.double({ min: 0, max: 1, noNaN: true }), (past, u) => {
        const pace = learnPace(past);
        expect(pace.timeAt(pace.shareAt(u))).toBeCloseTo(u, 9);
      }),
    );
  });

  test("curves that cannot be are left out, times outside the stream are its ends", () => {
    const pace = learnPace([[], [0, 0], [5, 3], [NaN, 4], [-1, 4]]);
    expect(pace.shareAt(0.3)).toBe(0.3);
    expect([pace.shareAt(-1), pace.shareAt(2), pace.timeAt(-1), pace.timeAt(2)]).toEqual([
      0, 1, 0, 1,
    ]);
  });
});

test("a share a hair below the end is as good as the end: no number is NaN", () => {
  const plan = forecastLive({ base: 15, followers: 80_000 });
  if (!plan.ok) throw new Error(plan.error.code);
  for (const sold of [0, 1, 55, 400]) {
    const now = inStream(plan.value, { sold, share: 0.9999999999999997, stockLeft: 0 });
    expect(now.ok && Number.isFinite(now.value.stockoutChance + now.value.need)).toBe(true);
  }
});
