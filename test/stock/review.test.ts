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

test("nothing planned has no accuracy", () => {
  expect(review({ ...input, planned: 0 }).accuracy).toBeNull();
});

test("releasing what is left after the stream does not turn its verdict to sold out", () => {
  const before = review({ ...input, sold: 400, leftReserved: 5, stockoutMinutes: 1 });
  const after = review({ ...input, sold: 400, leftReserved: 0, stockoutMinutes: 1 });
  expect([before.verdict, after.verdict]).toEqual(["reasonable", "reasonable"]);
});
