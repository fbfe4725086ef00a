/** The follower table and the cold start, off the seed's own numbers: what a changed setting does. */
import { describe, expect, test } from "@jest/globals";
import { boundaryNear, coefficient } from "../../src/forecast/coefficient";
import { wholeUnits } from "../../src/forecast/forecast";
import { forecastLive } from "../../src/forecast/forecast-live";
import { noOptions, type ForecastOptions } from "../../src/forecast/options";
import { seedSettings } from "../../src/forecast/settings";

function cold(followers: number, options: Partial<ForecastOptions> = {}, service?: number) {
  const input = { base: null, followers, options: { ...noOptions, ...options } };
  const result = forecastLive(service === undefined ? input : { ...input, service });
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

describe("the follower table", () => {
  test("climbs from its last row to its summit with the logarithm of the followers", () => {
    const tall = { ...seedSettings, summit: { from: 10_000_000, coefficient: 4 } };
    expect([100_000, 1_000_000, 10_000_000, 99_000_000].map((f) => coefficient(f, tall))).toEqual([
      2, 3, 4, 4,
    ]);
  });

  test.each([50_000, 100_000])("with its summit at %i followers it stays flat", (from) => {
    const flat = { ...seedSettings, summit: { from, coefficient: 3 } };
    const at = [99_999, 100_000, 5_000_000].map((followers) => coefficient(followers, flat));
    expect(at).toEqual([1.5, 2, 2]);
  });

  test("says nothing of a creator below its first row, nor of one of unknown size", () => {
    const tiers = [{ from: 1000, coefficient: 2 }];
    const settings = { ...seedSettings, tiers, coefficientUnknown: 0.7 };
    expect([coefficient(999, settings), coefficient(null, settings)]).toEqual([0.7, 0.7]);
    expect(coefficient(1000, settings)).toBe(2);
  });

  test("has its steps within a tenth of the followers, on both sides", () => {
    const near = (followers: number) => boundaryNear(followers, seedSettings)?.followers ?? null;
    expect([44_999, 45_000, 55_000, 55_001].map(near)).toEqual([null, 50_000, 50_000, null]);
    expect([0, 8_999, 9_000].map(near)).toEqual([null, null, 10_000]);
    expect(boundaryNear(100_000, seedSettings)).toEqual({
      followers: 100_000,
      below: 1.5,
      above: 2,
    });
  });
});

describe("a cold start", () => {
  test("covers 29 % of streams, since its middle lies between 1 and 2 % of the followers", () => {
    const plan = cold(50_000);
    expect(plan.service).toBeCloseTo(0.2868169257728552, 12);
    expect(plan.expected).toBeCloseTo(707.1067811865476, 9);
    expect(plan.creatorAsk).toBeCloseTo(3 * 707.1067811865476, 9);
    expect(cold(50_000, {}, 0.8).service).toBe(0.8);
    expect(cold(50_000, {}, 0.8).plan).toBeCloseTo(1195.5163474390552, 9);
  });

  test("takes the share of followers that the cell names", () => {
    expect(cold(50_000, { cold: 0.015 }).units).toBe(750);
  });

  test.each([{ multiplier: 20 }, { buffer: 1.5 }, { coefficient: 2 }])(
    "says that it leaves %j out",
    (options) => {
      const { units, notes } = cold(50_000, options);
      expect(units).toBe(500);
      expect(notes.map(({ code }) => code)).toEqual(["cold_start", "options_left_out"]);
    },
  );

  test("is told apart from a plan made of sales", () => {
    expect(cold(50_000).coldStart).toBe(true);
    const sold = forecastLive({ base: 15, followers: 50_000 });
    expect(sold.ok && sold.value.coldStart).toBe(false);
  });
});

describe("the notes beside a plan", () => {
  const codes = (base: number, followers: number | null) => {
    const result = forecastLive({ base, followers });
    return result.ok ? result.value.notes.map(({ code }) => code) : null;
  };

  test("sales are thin below ten a month, not at ten", () => {
    expect([9 / 30, 10 / 30, 1].map((base) => codes(base, 80_000))).toEqual([
      ["thin_sales"],
      [],
      [],
    ]);
    expect(codes(9 / 30, null)).toEqual([]);
  });
});

describe("whole units", () => {
  test("lose the hair of large products too, and no more than the hair", () => {
    expect(wholeUnits(30_000_000 * (1 + 4 * Number.EPSILON))).toBe(30_000_000);
    expect(wholeUnits(30_000_000.01)).toBe(30_000_001);
  });

  test("end at a million million", () => {
    const options = { ...noOptions, multiplier: 1, buffer: 1 };
    const plan = (base: number) => forecastLive({ base, followers: null, options });
    const most = plan(1e12);
    expect(most.ok && most.value.units).toBe(1e12);
    expect(plan(1e12 + 1)).toMatchObject({ ok: false, error: { code: "plan_out_of_range" } });
  });

  test("without history every plan is the seed's product to the last bit", () => {
    for (let base = 0.1; base < 40; base += 0.37) {
      for (const followers of [5_000, 20_000, 80_000, 333_333]) {
        const result = forecastLive({ base, followers });
        expect(result.ok && result.value.plan).toBe(result.ok && result.value.seedPlan);
      }
    }
  });
});
