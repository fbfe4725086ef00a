import { expect, test } from "@jest/globals";
import { judge, review } from "../../src/stock/review";

const input = {
  sku: "OR-1",
  planned: 405,
  sold: 360,
  stockoutMinutes: 0,
  streamMinutes: 180,
  soldElsewhere: 0,
  leftReserved: 45,
  oversold: 0,
  endedSoldOut: false,
};

test("405 planned and 360 sold is 88.9 %, reasonable (requirement 51)", () => {
  const result = review(input);
  expect(result.accuracy).toBeCloseTo(0.8889, 4);
  expect(result.verdict).toBe("reasonable");
});

test("15 of 180 minutes without stock is 8.3 %, over the target of 5 % (requirement 56)", () => {
  const result = review({ ...input, stockoutMinutes: 15 });
  expect(result.stockoutShare).toBeCloseTo(0.0833, 4);
  expect(result.stockoutOk).toBe(false);
});

test("exactly 5 % is not below 5 %", () => {
  expect(review({ ...input, stockoutMinutes: 9 }).stockoutOk).toBe(false);
});

test.each([
  [0.599, "overstocked"],
  [0.6, "watch_over"],
  [0.8, "reasonable"],
  [1.2, "reasonable"],
  [1.21, "watch_short"],
  [1.5, "watch_short"],
  [1.51, "short"],
] as const)("%f of the plan is %s", (accuracy, verdict) => {
  expect(judge(accuracy)).toBe(verdict);
});

test("a stream that sold out gets no verdict on its plan: demand was at least that high", () => {
  const result = review({
    ...input,
    sold: 405,
    leftReserved: 0,
    stockoutMinutes: 20,
    endedSoldOut: true,
  });
  expect(result.verdict).toBe("sold_out");
});

test("nothing planned has no accuracy, no verdict and nothing to suggest, whatever sold", () => {
  for (const sold of [0, 90]) {
    expect(review({ ...input, planned: 0, sold, endedSoldOut: true })).toMatchObject({
      accuracy: null,
      verdict: null,
      demand: sold,
      demandVerdict: null,
      isSeedBand: false,
      forecastAccuracy: null,
      suggestions: { coefficientFactor: null, planBuffer: null, planFactor: null },
    });
  }
});

test("a stream without stock from its first minute proves nothing, one without minutes neither", () => {
  const never = review({ ...input, sold: 0, stockoutMinutes: 180, endedSoldOut: true });
  expect(never).toMatchObject({
    stockoutShare: 1,
    demand: null,
    demandVerdict: null,
    isSeedBand: false,
    isLowerBound: true,
    verdict: "sold_out",
  });
  expect(never.suggestions.coefficientFactor).toBeNull();
  const none = review({ ...input, streamMinutes: 0 });
  expect(none).toMatchObject({ stockoutShare: 0, stockoutOk: true, demand: 360 });
});

test("a stream with stock to its end says what demand was, and whose verdict that is", () => {
  const whole = review(input);
  expect(whole).toMatchObject({ demand: 360, isLowerBound: false, demandVerdict: "reasonable" });
  expect(whole.isSeedBand).toBe(true);
  const slightly = review({ ...input, sold: 300 });
  expect([slightly.demandVerdict, slightly.isSeedBand]).toEqual(["watch_over", false]);
});

test("sold out is no verdict up to 120 % of the plan; beyond that the plan was short all the same", () => {
  const at = (sold: number) => review({ ...input, planned: 100, sold, endedSoldOut: true }).verdict;
  expect([99, 120, 121, 151].map(at)).toEqual(["sold_out", "sold_out", "watch_short", "short"]);
});

test("a fifth more is suggested where a slightly short stream comes again, and nowhere else", () => {
  const factor = (sold: number, shortBefore: boolean) =>
    review({ ...input, planned: 100, sold, shortBefore }).suggestions.planFactor;
  expect([70, 100, 130, 160].map((sold) => factor(sold, true))).toEqual([null, null, 1.2, null]);
  expect(factor(130, false)).toBeNull();
});

test("releasing what is left after the stream does not turn its verdict to sold out", () => {
  const before = review({ ...input, sold: 400, leftReserved: 5, stockoutMinutes: 1 });
  const after = review({ ...input, sold: 400, leftReserved: 0, stockoutMinutes: 1 });
  expect([before.verdict, after.verdict]).toEqual(["reasonable", "reasonable"]);
});
