import { expect, test } from "@jest/globals";
import {
  alertScale,
  alertThresholds,
  compareAlerts,
  minutesThresholds,
  nextAlert,
  percentThresholds,
  seedAlerts,
  seedThresholds,
} from "../../src/stock/alerts";

test.each([
  [101, "none"],
  [100, "none"],
  [99, "yellow"],
  [50, "yellow"],
  [49, "orange"],
  [20, "orange"],
  [19, "red"],
  [0, "red"],
  [-3, "red"],
] as const)("with %i units left the alert is %s (requirement 1.8)", (units, level) => {
  expect(nextAlert("none", units)).toBe(level);
});

test("an alert eases only once the number has recovered by a tenth", () => {
  expect(nextAlert("yellow", 105)).toBe("yellow");
  expect(nextAlert("yellow", 110)).toBe("none");
  expect(nextAlert("orange", 54)).toBe("orange");
  expect(nextAlert("orange", 55)).toBe("yellow");
  expect(nextAlert("red", 200)).toBe("none");
});

test("an alert that got worse is told at once, one that stays is not told again as another", () => {
  expect(nextAlert("yellow", 60)).toBe("yellow");
  expect(nextAlert("orange", 10)).toBe("red");
  // Back above red's mark by a tenth, and still below orange's: orange.
  expect([21, 22].map((left) => nextAlert("red", left))).toEqual(["red", "orange"]);
  expect(nextAlert("red", 55)).toBe("yellow");
});

test("thresholds in units are what they say, whatever was planned and sold", () => {
  const facts = { planned: 7, soldInWindow: 3, windowMs: 60_000 };
  expect(alertScale({ mode: "absolute", thresholds: seedThresholds }, facts)).toEqual(seedAlerts);
  const percent = alertScale({ mode: "percent", thresholds: percentThresholds }, facts);
  expect([2, 1].map((left) => nextAlert("none", left, percent))).toEqual(["none", "yellow"]);
});

test("alerts are ordered from calm to red", () => {
  const levels = ["red", "none", "orange", "yellow"] as const;
  expect([...levels].sort(compareAlerts)).toEqual(["none", "yellow", "orange", "red"]);
  expect(compareAlerts("red", "red")).toBe(0);
});

test("a seller who set nothing is warned at the seed's thresholds", () => {
  expect(alertThresholds({})).toEqual(seedThresholds);
  expect(alertThresholds({}, "absolute")).toEqual(seedThresholds);
  expect(alertThresholds({}, "percent")).toEqual(percentThresholds);
  expect(alertThresholds({}, "minutes")).toEqual(minutesThresholds);
});

test("a seller's own thresholds are taken as they are, 0 too, each for its own mode", () => {
  const units = { yellow: 80, orange: 0, red: 7 };
  const shares = { yellowShare: 40, orangeShare: 30, redShare: 0 };
  const typed = { ...units, ...shares, rearmPercent: 0 };
  expect(alertThresholds(typed)).toEqual({ ...units, rearmPercent: 0 });
  const percent = { yellow: 40, orange: 30, red: 0, rearmPercent: 0 };
  expect(alertThresholds(typed, "percent")).toEqual(percent);
  expect(alertThresholds(typed, "minutes")).toEqual({ ...minutesThresholds, rearmPercent: 0 });
  expect(alertThresholds({ red: 7 })).toEqual({ ...seedThresholds, red: 7 });
});
