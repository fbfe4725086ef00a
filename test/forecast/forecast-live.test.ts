import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Result } from "../../src/base/result";
import { coverage, type Forecast, quantile, wholeUnits } from "../../src/forecast/forecast";
import { forecastLive } from "../../src/forecast/forecast-live";
import type { HistoryRow } from "../../src/forecast/history";
import { learn } from "../../src/forecast/learner";
import { noOptions } from "../../src/forecast/options";
import { type ForecastRefusal, excelErrorOf } from "../../src/forecast/refusal";
import { seedSettings } from "../../src/forecast/settings";
import { runs } from "../support/runs";

function good(result: Result<Forecast, ForecastRefusal>): Forecast {
  if (!result.ok) throw new Error(`refused: ${result.error.code} ${result.error.detail}`);
  return result.value;
}

function refusal(result: Result<Forecast, ForecastRefusal>): string {
  return result.ok ? `planned ${result.value.units}` : result.error.code;
}

function row(part: Partial<HistoryRow>): HistoryRow {
  return {
    base: 15,
    followers: 80_000,
    sold: 405,
    soldOut: false,
    share: null,
    creator: "a",
    ...part,
  };
}

function plan(base: number | null, followers: number | null, history: HistoryRow[] = []): number {
  return good(forecastLive({ base, followers, history: { rows: history, skipped: 0 } })).plan;
}

describe("the seed's own numbers", () => {
  test("450 sold in 30 days and 80,000 followers give exactly 405", () => {
    const forecast = good(forecastLive({ base: 450 / 30, followers: 80_000 }));
    expect(forecast.units).toBe(405);
    expect(forecast.plan).toBe(405);
    expect(forecast.seedPlan).toBe(405);
    expect(forecast.base).toBe(15);
    expect(forecast.expected).toBe(337.5);
    expect(forecast.coefficient).toBe(1.5);
    expect(forecast.creatorAsk).toBe(1012.5);
    expect(forecast.followerBand).toEqual({ low: 800, high: 1600 });
    expect(forecast.notes).toEqual([]);
  });

  test.each([
    [0, 135],
    [9_999, 135],
    [10_000, 270],
    [49_999, 270],
    [50_000, 405],
    [99_999, 405],
    [100_000, 540],
    [1_000_000, 810],
    [30_000_000, 810],
  ])("15 a day and %d followers plan %d units", (followers, units) => {
    expect(good(forecastLive({ base: 15, followers })).units).toBe(units);
  });

  test("250 sold with coefficient 1.5 are 225 units, not 226", () => {
    const options = { ...noOptions, coefficient: 1.5 };
    const forecast = good(forecastLive({ base: 250 / 30, followers: null, options }));
    expect(forecast.units).toBe(225);
  });

  test("a first stream with a creator takes a fifth more: 486", () => {
    const options = { ...noOptions, first: true };
    const forecast = good(forecastLive({ base: 15, followers: 80_000, options }));
    expect(forecast.units).toBe(486);
    expect(forecast.seedPlan).toBe(405);
    expect(forecast.firstTimeFactor).toBe(1.2);
  });

  test("30 a day at 15 to 20 times are 450 to 600 before buffer and coefficient", () => {
    const expected = (multiplier: number) =>
      good(
        forecastLive({
          base: 30,
          followers: null,
          options: { ...noOptions, multiplier },
        }),
      ).expected;
    expect([expected(15), expected(20)]).toEqual([450, 600]);
  });

  test("50,000 followers and no sale yet: 500, of an expected 500 to 1,000", () => {
    for (const base of [null, 0]) {
      const forecast = good(forecastLive({ base, followers: 50_000 }));
      expect(forecast.units).toBe(500);
      expect(forecast.coldStart).toBe(true);
      expect(forecast.notes).toEqual([{ code: "cold_start", low: 500, high: 1000 }]);
    }
  });

  test("rounds up exactly, as whole-number arithmetic would, for every pair it can be checked on", () => {
    // units = ceil(sold / 30 * 15 * coefficient * 1.2) = ceil(sold * 6 * coefficient10 / 100)
    for (let sold = 1; sold <= 3000; sold += runs(1, 25)) {
      for (const tenths of [5, 10, 15, 20, 25, 30]) {
        const exact = Math.ceil((sold * 6 * tenths) / 100 - 1e-7);
        const input = { base: sold / 30, followers: null };
        const options = { ...noOptions, coefficient: tenths / 10 };
        const { units } = good(forecastLive({ ...input, options }));
        if (units !== exact) throw new Error(`${sold} sold, coefficient ${tenths / 10}: ${units}`);
      }
    }
    expect(wholeUnits(225.00000000000003)).toBe(225);
    expect(wholeUnits(225.0001)).toBe(226);
    expect(Object.is(wholeUnits(1e-300), 0)).toBe(true);
  });
});

describe("what history changes", () => {
  test("the hand check of one stream of the same creator", () => {
    const s2 = 0.5907953258 ** 2;
    const prior = {
      seller: 0.3 * s2,
      creator: 0.3 * s2,
      stream: 0.4 * s2,
      df: 8,
      pacePrecision: 20,
    };
    const past = { expected: 337.5, soldOut: false, share: null, creator: "a" };
    const met = learn([{ ...past, sold: 360 }], "a", prior);
    expect(met.mu).toBeCloseTo(0.0384174, 6);
    expect(met.variance + prior.stream).toBeCloseTo(0.2243771, 6);
    expect(met.scale).toBeCloseTo(0.8902043, 6);
    const soldOut = learn([{ ...past, sold: 405, soldOut: true }], "a", prior);
    expect(soldOut.mu).toBeCloseTo(0.3544346, 6);
    expect(soldOut.variance + prior.stream).toBeCloseTo(0.2619155, 6);
    expect(soldOut.scale).toBe(1);
    expect(soldOut.df).toBe(8);
  });

  test("a sold-out stream raises the plan more than the same sale with stock left", () => {
    const open = plan(15, 80_000, [row({ creator: null })]);
    const soldOut = plan(15, 80_000, [row({ creator: null, soldOut: true })]);
    expect(soldOut).toBeGreaterThan(open);
    expect(soldOut).toBeGreaterThan(405);
  });

  test("selling out early says more than selling out late", () => {
    const at = (share: number) => plan(15, 80_000, [row({ soldOut: true, share, creator: null })]);
    expect(at(0.3)).toBeGreaterThan(at(0.6));
    expect(at(0.6)).toBeGreaterThan(at(1));
  });

  test("the same creator's past counts more than another's", () => {
    const rows = [row({ sold: 900 })];
    const history = { rows, skipped: 0 };
    const same = good(forecastLive({ base: 15, followers: 80_000, history, creator: "a" }));
    const other = good(forecastLive({ base: 15, followers: 80_000, history, creator: "b" }));
    expect(same.lift).toBeGreaterThan(other.lift);
    expect(other.lift).toBeGreaterThan(1);
    expect(same.weight).toBeGreaterThan(other.weight ?? 1);
    expect(same.weight).toBeLessThan(1);
  });

  test("one flop lowers the plan, not the fear of a big night", () => {
    const history = { rows: [row({ sold: 0 })], skipped: 0 };
    const forecast = good(forecastLive({ base: 15, followers: 80_000, history, creator: "a" }));
    expect(forecast.plan).toBeLessThan(300);
    expect(forecast.lift).toBeCloseTo(0.559, 3);
    expect(quantile(forecast, 0.95)).toBeGreaterThan(1012.5);
  });

  test("rows that are no stream are left out and counted", () => {
    const rows = [
      row({ sold: -1 }),
      row({ sold: NaN }),
      row({ base: 0 }),
      row({ base: Infinity }),
      row({ share: 0, soldOut: true }),
    ];
    const forecast = good(
      forecastLive({ base: 15, followers: 80_000, history: { rows, skipped: 2 } }),
    );
    expect(forecast.plan).toBe(405);
    expect(forecast.notes).toEqual([{ code: "history_skipped", rows: 7 }]);
  });

  test("of more than 60 streams the newest 60 are learnt, and a note says so", () => {
    const old = Array.from({ length: 5 }, () => row({ sold: 100_000 }));
    const rows = Array.from({ length: 60 }, (_, i) => row({ sold: 300 + i, creator: `c${i % 7}` }));
    const input = { base: 15, followers: 80_000, creator: "c1" };
    const all = good(forecastLive({ ...input, history: { rows: [...old, ...rows], skipped: 0 } }));
    const newest = good(forecastLive({ ...input, history: { rows, skipped: 0 } }));
    expect(all.plan).toBe(newest.plan);
    expect(all.n).toBe(60);
    expect(all.nu).toBe(68);
    expect(all.notes).toEqual([{ code: "history_cut", rows: 5 }]);
  });

  test("60 streams at twice the table move the middle to twice the table", () => {
    const rows = Array.from({ length: 60 }, (_, i) => row({ sold: i % 2 ? 700 : 650 }));
    const input = { base: 15, followers: 80_000, creator: "a", history: { rows, skipped: 0 } };
    const forecast = good(forecastLive(input));
    expect(forecast.lift).toBeGreaterThan(1.95);
    expect(forecast.lift).toBeLessThan(2.01);
    expect(forecast.sd).toBeLessThan(0.25);
  });

  test("sixty sold-out streams stay a finite plan", () => {
    const rows = Array.from({ length: 60 }, (_, i) => row({ sold: 400 + 10 * i, soldOut: true }));
    const input = { base: 15, followers: 80_000, creator: "a", history: { rows, skipped: 0 } };
    const forecast = good(forecastLive(input));
    expect(forecast.censored).toBe(60);
    expect(forecast.plan).toBeGreaterThan(900);
    expect(forecast.plan).toBeLessThan(3000);
  });
});

describe("what the plan is asked to cover", () => {
  test("the seed's buffer covers 61.7 % of streams, 95 % takes 2.5 times as much", () => {
    const seed = good(forecastLive({ base: 15, followers: 80_000 }));
    expect(seed.service).toBeCloseTo(0.6172468, 7);
    expect(coverage(seed, 405)).toBeCloseTo(seed.service, 12);
    const safe = good(forecastLive({ base: 15, followers: 80_000, service: 0.95 }));
    expect(safe.units).toBe(1013);
    expect(coverage(safe, safe.plan)).toBeCloseTo(0.95, 12);
    expect(coverage(safe, 0)).toBe(0);
  });

  test("a higher buffer is a higher service, and 50 % is the middle of demand", () => {
    const options = { ...noOptions, buffer: 1.5 };
    const generous = good(forecastLive({ base: 15, followers: 80_000, options }));
    expect(generous.units).toBe(507);
    expect(generous.service).toBeGreaterThan(0.7);
    expect(good(forecastLive({ base: 15, followers: 80_000, service: 0.5 })).plan).toBe(337.5);
  });

  test("a cold start answers a wish for service too", () => {
    const cold = good(forecastLive({ base: 0, followers: 50_000, service: 0.95 }));
    expect(cold.plan).toBeCloseTo(2121.320343559643, 6);
    expect(cold.seedPlan).toBe(500);
  });
});

describe("what it says beside the number", () => {
  const codes = (input: Parameters<typeof forecastLive>[0]) =>
    good(forecastLive(input)).notes.map((note) => note.code);

  test("close to a step of the table, the plan on both sides", () => {
    expect(good(forecastLive({ base: 15, followers: 50_000 })).notes).toEqual([
      { code: "near_boundary", followers: 50_000, below: 270, above: 405 },
    ]);
    expect(codes({ base: 15, followers: 45_000 })).toEqual(["near_boundary"]);
    expect(codes({ base: 15, followers: 44_999 })).toEqual([]);
    const options = { ...noOptions, coefficient: 1 };
    expect(codes({ base: 15, followers: 50_000, options })).toEqual([]);
  });

  test("hardly any sales: what the followers alone would say", () => {
    const thin = good(forecastLive({ base: 1 / 30, followers: 80_000 }));
    expect(thin.units).toBe(1);
    expect(thin.notes).toEqual([{ code: "thin_sales", units: 800 }]);
  });

  test("a first stream without sales shows both numbers and takes the careful one", () => {
    const options = { ...noOptions, first: true, multiplier: 20 };
    const forecast = good(forecastLive({ base: 0, followers: 50_000, options }));
    expect(forecast.units).toBe(500);
    expect(forecast.notes).toEqual([
      { code: "cold_start", low: 500, high: 1000 },
      { code: "first_time_left_out", units: 600 },
      { code: "options_left_out" },
    ]);
  });

  test("sold-out streams in the history", () => {
    const history = { rows: [row({ soldOut: true }), row({})], skipped: 0 };
    expect(codes({ base: 15, followers: 80_000, history })).toEqual(["sold_out_learnt"]);
  });
});

describe("what it refuses, and as which Excel error", () => {
  test.each([
    [{ base: -1, followers: 80_000 }, "sales_out_of_range", "#NUM!"],
    [{ base: NaN, followers: 80_000 }, "sales_out_of_range", "#NUM!"],
    [{ base: Infinity, followers: 80_000 }, "sales_out_of_range", "#NUM!"],
    [{ base: 15, followers: -1 }, "followers_out_of_range", "#NUM!"],
    [{ base: 15, followers: NaN }, "followers_out_of_range", "#NUM!"],
    [{ base: 15, followers: Infinity }, "followers_out_of_range", "#NUM!"],
    [{ base: 15, followers: 1, service: 0 }, "service_out_of_range", "#NUM!"],
    [{ base: 15, followers: 1, service: 1 }, "service_out_of_range", "#NUM!"],
    [{ base: 15, followers: 1, service: NaN }, "service_out_of_range", "#NUM!"],
    [{ base: 15, followers: 1, service: 95 }, "service_out_of_range", "#NUM!"],
    [{ base: null, followers: null }, "nothing_known", "#N/A"],
    [{ base: 0, followers: 0 }, "nothing_known", "#N/A"],
    [{ base: 1e300, followers: 80_000 }, "plan_out_of_range", "#NUM!"],
    [{ base: 0, followers: 1e300 }, "plan_out_of_range", "#NUM!"],
  ] as const)("%j is %s, %s", (input, code, excel) => {
    const result = forecastLive(input);
    expect(refusal(result)).toBe(code);
    if (!result.ok) expect(excelErrorOf(result.error.code)).toBe(excel);
  });

  test("no number whatever brings NaN, infinity or a negative plan into a cell", () => {
    const anyNumber = fc.oneof(
      fc.double(),
      fc.integer({ min: -5, max: 2_000_000 }),
      fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 5e-324, Number.MAX_VALUE),
    );
    const anyRow = fc.record({
      base: anyNumber,
      followers: fc.option(anyNumber),
      sold: anyNumber,
      soldOut: fc.boolean(),
      share: fc.option(anyNumber),
      creator: fc.option(fc.constantFrom("a", "b")),
    });
    fc.assert(
      fc.property(
        fc.option(anyNumber),
        fc.option(anyNumber),
        fc.option(anyNumber),
        fc.array(anyRow, { maxLength: 6 }),
        (base, followers, service, rows) => {
          const history = { rows, skipped: 0 };
          const result = forecastLive({ base, followers, service, history, creator: "a" });
          if (!result.ok) return;
          expect(Number.isSafeInteger(result.value.units)).toBe(true);
          expect(result.value.units).toBeGreaterThanOrEqual(0);
          expect(result.value.plan).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: runs(2000, 100) },
    );
  });
});

describe("more means more", () => {
  const history = fc.array(
    fc.record({
      base: fc.double({ min: 0.5, max: 200, noNaN: true }),
      followers: fc.option(fc.integer({ min: 0, max: 3_000_000 })),
      sold: fc.integer({ min: 0, max: 5000 }),
      soldOut: fc.boolean(),
      share: fc.option(fc.double({ min: 0.01, max: 1, noNaN: true })),
      creator: fc.option(fc.constantFrom("a", "b", "c")),
    }),
    { maxLength: 8 },
  );
  const base = fc.double({ min: 0.01, max: 5000, noNaN: true });
  const followers = fc.integer({ min: 0, max: 5_000_000 });

  test("daily sales, whatever the followers and the history", () => {
    fc.assert(
      fc.property(base, base, followers, history, (a, b, f, rows) => {
        expect(plan(Math.max(a, b), f, rows)).toBeGreaterThanOrEqual(plan(Math.min(a, b), f, rows));
      }),
    );
  });

  test("followers, whatever the sales and the history", () => {
    fc.assert(
      fc.property(base, followers, followers, history, (b, f, g, rows) => {
        expect(plan(b, Math.max(f, g), rows)).toBeGreaterThanOrEqual(plan(b, Math.min(f, g), rows));
      }),
    );
  });

  test("the service asked for", () => {
    const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(share, share, history, (p, q, rows) => {
        const at = (service: number) =>
          good(
            forecastLive({ base: 15, followers: 80_000, service, history: { rows, skipped: 0 } }),
          ).plan;
        expect(at(Math.max(p, q))).toBeGreaterThanOrEqual(at(Math.min(p, q)));
      }),
    );
  });
});

test("every constant is a setting: another table, multiplier and buffer give another plan", () => {
  const settings = {
    ...seedSettings,
    multiplier: 7,
    buffer: 1.1,
    tiers: [{ from: 0, coefficient: 1 }],
  };
  expect(good(forecastLive({ base: 10, followers: 80_000 }, settings)).units).toBe(77);
  // A table of one row has no boundary above which to climb, and stays flat.
  expect(good(forecastLive({ base: 10, followers: 0 }, settings)).coefficient).toBe(1);
});
