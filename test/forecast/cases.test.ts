import { describe, expect, test } from "@jest/globals";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Forecast, quantile } from "../../src/forecast/forecast";
import { forecastLive } from "../../src/forecast/forecast-live";
import type { HistoryRow } from "../../src/forecast/history";
import { inStream, sellOutShare, totalQuantile } from "../../src/forecast/in-stream";
import { priorSpread } from "../../src/forecast/prior";
import { seedSettings } from "../../src/forecast/settings";

interface CaseInput {
  readonly id: string;
  readonly base: number;
  readonly followers: number | null;
  readonly service?: number;
  readonly creator?: string;
  readonly history: readonly (Partial<HistoryRow> & { base: number; sold: number })[];
}
interface LiveInput {
  readonly id: string;
  readonly case: string;
  readonly sold: number;
  readonly share: number;
  readonly stockLeft: number;
}
type Expected = Readonly<Record<string, number | null>>;
interface Cases {
  readonly consts: Readonly<Record<string, number>>;
  readonly cases: readonly { readonly input: CaseInput; readonly expected: Expected }[];
  readonly live: readonly { readonly input: LiveInput; readonly expected: Expected }[];
}

const file = resolve("../shared/reference/data/forecast_cases.json");
const cases = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Cases) : null;

function forecastOf(input: CaseInput): Forecast {
  const rows = input.history.map((row) => ({
    followers: null,
    soldOut: false,
    share: null,
    creator: null,
    ...row,
  }));
  const result = forecastLive({
    base: input.base,
    followers: input.followers,
    service: input.service ?? null,
    creator: input.creator ?? null,
    history: { rows, skipped: 0 },
  });
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

/** Which expected numbers differ by more than 1e-9 of themselves. */
function differences(actual: Expected, expected: Expected): string[] {
  return Object.entries(expected).flatMap(([name, wanted]) => {
    const got = actual[name];
    const same =
      wanted === null || got === null || got === undefined
        ? got === wanted
        : Math.abs(got - wanted) <= 1e-9 * Math.abs(wanted);
    return same ? [] : [`${name}: ${String(got)} instead of ${String(wanted)}`];
  });
}

if (cases === null) {
  test.skip("SKIPPED: ../shared is not here, so the worked examples of the method are not compared", () =>
    undefined);
} else {
  describe("the worked examples of the method, to 1e-9", () => {
    test.each(cases.cases.map(({ input, expected }) => [input.id, input, expected] as const))(
      "%s",
      (_, input, expected) => {
        const f = forecastOf(input);
        const actual = {
          expected: f.expected,
          seed: f.seedPlan,
          plan: f.plan,
          service: f.service,
          lift: f.lift,
          sd: f.sd,
          nu: f.nu,
          scale: f.scale,
          p50: quantile(f, 0.5),
          p80: quantile(f, 0.8),
          p90: quantile(f, 0.9),
          p95: quantile(f, 0.95),
        };
        expect(differences(actual, expected)).toEqual([]);
      },
    );

    test.each(cases.live.map(({ input, expected }) => [input.id, input, expected] as const))(
      "%s",
      (_, input, expected) => {
        const before = cases.cases.find((c) => c.input.id === input.case);
        if (before === undefined) throw new Error(`no case ${input.case}`);
        const result = inStream(forecastOf(before.input), input);
        if (!result.ok) throw new Error(result.error.code);
        const s = result.value;
        const actual = {
          m: s.logMean,
          s: s.logSd,
          p50: totalQuantile(s, 0.5),
          p80: totalQuantile(s, 0.8),
          p90: totalQuantile(s, 0.9),
          p95: totalQuantile(s, 0.95),
          pStockout: s.stockoutChance,
          needMore: s.need,
          etaShare50: sellOutShare(s, 0.5),
          etaShare90: sellOutShare(s, 0.9),
        };
        expect(differences(actual, expected)).toEqual([]);
      },
    );

    test("the comparison notices one part in a hundred million", () => {
      expect(differences({ plan: 405 * (1 + 1e-8) }, { plan: 405 })).toHaveLength(1);
      expect(differences({}, { plan: 405 })).toHaveLength(1);
    });

    test("the prior's spread and the seed's service are those of the method", () => {
      const spread = priorSpread(seedSettings);
      expect(differences({ spread }, { spread: cases.consts["sigma0"] ?? null })).toEqual([]);
    });
  });
}
