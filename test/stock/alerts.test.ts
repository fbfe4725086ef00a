import { expect, test } from "@jest/globals";
import { nextAlert } from "../../src/stock/alerts";

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
