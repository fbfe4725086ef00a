/**
 * A few of the method's worked examples, whole: what one, three and mixed past streams come to, and
 * what an hour of a stream adds. cases.test.ts has all of them where the shared folder is at hand.
 */
import { describe, expect, test } from "@jest/globals";
import { coverage, type Forecast, quantile } from "../../src/forecast/forecast";
import { forecastLive } from "../../src/forecast/forecast-live";
import type { HistoryRow } from "../../src/forecast/history";
import { inStream, sellOutShare, sellOutTime, totalQuantile } from "../../src/forecast/in-stream";

function row(part: Partial<HistoryRow>): HistoryRow {
  const plain = { base: 15, followers: 80_000, sold: 405, soldOut: false, share: null };
  return { ...plain, creator: "a", ...part };
}

function forecast(rows: readonly HistoryRow[]): Forecast {
  const history = { rows, skipped: 0 };
  const result = forecastLive({ base: 15, followers: 80_000, creator: "a", history });
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

function live(before: Forecast, sold: number, share: number, stockLeft: number) {
  const result = inStream(before, { sold, share, stockLeft });
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

/** Relative, as everywhere in the method. */
function expectClose(actual: readonly (number | null)[], wanted: readonly number[]): void {
  const off = wanted.map((value, i) => Math.abs((actual[i] ?? NaN) - value) / Math.abs(value));
  expect(off.filter((difference) => !(difference <= 1e-9))).toEqual([]);
}

const three = [
  row({ base: 12, sold: 360 }),
  row({ base: 14, sold: 520 }),
  row({ base: 15, sold: 610 }),
];
const mixed = [
  row({ base: 12, sold: 300 }),
  row({ base: 10, followers: 20_000, sold: 90, creator: "b" }),
  row({ base: 14, followers: 120_000, sold: 700, soldOut: true, creator: "c" }),
  row({ soldOut: true }),
  row({ followers: 6_000, sold: 0, creator: "d" }),
];
const soldOut = [405, 500, 650].map((sold) => row({ sold, soldOut: true }));

describe("the plan after", () => {
  test.each([
    ["one stream", [row({ sold: 360 })], 402.37472240039114, 0.8902043524384565, 795.7188812759014],
    ["three streams", three, 552.9745863417597, 0.8336970585070961, 982.0206625367126],
    [
      "another creator's",
      [row({ sold: 675, creator: "b" })],
      495.4497017762721,
      1.0411871231350753,
      1191.564954594681,
    ],
    [
      "one sold out at 60 % of its sales",
      [row({ soldOut: true, share: 0.6 })],
      572.7291410534924,
      1.02782132393877,
      1212.0462981707503,
    ],
    ["three sold out", soldOut, 816.0346170037758, 1, 1664.622969886648],
    ["streams of all kinds", mixed, 491.283710759338, 1.9318889711086529, 1231.911441266499],
    ["a flop", [row({ sold: 0 })], 255.0591436168281, 2.896399162523027, 1134.4632469161647],
  ])("%s", (_, rows, plan, scale, p95) => {
    const f = forecast(rows);
    expectClose([f.plan, f.scale, quantile(f, 0.95)], [plan, scale, p95]);
  });

  test("streams that sold out does not depend on the order in which they are listed", () => {
    const orders = [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
    ].map((order) => forecast(order.map((i) => soldOut[i]!)).plan);
    expectClose(orders.slice(1), [orders[0]!, orders[0]!]);
  });
});

describe("beside the plan", () => {
  test("stands how much of what was seen was taken over", () => {
    // Lift ln(360 / 337.5), gain .5952627: the method's hand check.
    expect(forecast([row({ sold: 360 })]).weight).toBeCloseTo(0.5952627, 6);
    const mean = (Math.log(360 / 270) + Math.log(520 / 315) + Math.log(610 / 337.5)) / 3;
    expect(forecast(three).weight).toBeCloseTo(Math.log(1.456318662911978) / mean, 9);
    expect(forecast([row({ sold: 337.5 })]).weight).toBeNull();
    expect(forecast([]).weight).toBeNull();
  });

  test("stands three times what is expected of this seller, not of the table", () => {
    const f = forecast(three);
    expectClose([f.creatorAsk], [3 * 337.5 * 1.456318662911978]);
  });

  test("a stream whose sell-out time is known counts as a number, not as a bound", () => {
    expect(forecast([row({ soldOut: true, share: 0.6 })])).toMatchObject({ censored: 0, n: 1 });
    expect(forecast([row({ soldOut: true })])).toMatchObject({ censored: 1, n: 1 });
  });

  test("a share of the sales that is no share leaves the stream out, the whole of them does not", () => {
    const at = (share: number) => forecast([row({ soldOut: true, share })]).n;
    expect([at(1.01), at(1), at(0.01), at(0)]).toEqual([0, 1, 1, 0]);
  });

  test("what a quantity covers is the other side of what a share of streams asks for", () => {
    const f = forecast(mixed);
    for (const p of [0.1, 0.5, 0.8, 0.95]) expectClose([coverage(f, quantile(f, p))], [p]);
    expect([coverage(f, 0), coverage(f, -5)]).toEqual([0, 0]);
  });
});

describe("an hour later", () => {
  test("60 sold in ten minutes of three hours ask for 151 more", () => {
    const now = live(forecast([]), 60, 10 / 180, 345);
    expectClose(
      [totalQuantile(now, 0.5), now.stockoutChance, now.need, sellOutShare(now, 0.5)],
      [476.8918118002017, 0.6250351256587718, 150.64647298009118, 0.8371332313711007],
    );
  });

  test("what was learnt from past streams goes on counting", () => {
    const now = live(forecast(three), 150, 0.25, 450);
    expectClose(
      [totalQuantile(now, 0.5), totalQuantile(now, 0.95), now.stockoutChance],
      [543.174746909987, 885.6179510120684, 0.3608260217885859],
    );
    expect(now.need).toBe(0);
  });

  test("stock that lasts has no hour at which it ends", () => {
    const now = live(forecast([]), 40, 1 / 3, 365);
    expect([sellOutShare(now, 0.5), sellOutTime(now, 0.5)]).toEqual([null, null]);
  });

  test("sold beyond all expectation with nothing left: no number is none", () => {
    const now = live(forecast([]), 5000, 0.5, 0);
    expect(totalQuantile(now, 0.001)).toBe(5000);
    expect(sellOutShare(now, 0.001)).toBeNull();
  });
});
