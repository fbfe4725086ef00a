import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { inverseMills, normalCdf } from "../../src/forecast/normal";
import { studentCdf, studentQuantile } from "../../src/forecast/student-t";

function expectClose(actual: number, wanted: number, relative = 1e-9): void {
  expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(relative * Math.abs(wanted));
}

describe("the normal distribution", () => {
  // Values of any table of the normal distribution, to the digits of a double.
  test.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1, 0.15865525393145705],
    [1.959963984540054, 0.975],
    [-2.9999, 0.001350341318],
    [-3.0001, 0.001349454725],
    [-5, 2.866515718791939e-7],
    [-10, 7.61985302416052e-24],
    [-37, 5.725571222524577e-300],
  ])("P(Z <= %d) is %d", (z, p) => expectClose(normalCdf(z), p, 1e-6));

  test("has no seam where the series hands over to the continued fraction", () => {
    expectClose(normalCdf(-3), normalCdf(-3 + 1e-13), 1e-11);
    expectClose(normalCdf(3), normalCdf(3 - 1e-13), 1e-13);
    expectClose(inverseMills(-3), inverseMills(-3 + 1e-13), 1e-11);
  });

  test("pulls as the hand check of the method says", () => {
    expectClose(inverseMills(-0.3075178), 1.0034102, 1e-6);
  });

  test("keeps pulling where the probability itself has vanished", () => {
    expectClose(inverseMills(-1000), 1000.000999998, 1e-12);
    expect(inverseMills(60)).toBe(0);
  });
});

describe("Student's distribution", () => {
  test.each([
    [1, 0.75, 1],
    [2, 0.975, 4.302652729749462],
    [3, 0.95, 2.353363434801823],
    [8, 0.95, 1.8595480375308981],
    [9, 0.9, 1.383028738396632],
    [30, 0.995, 2.749995653567231],
    [68, 0.8, 0.8469391136],
  ])("with %d degrees of freedom reaches %d at %d", (df, p, t) => {
    expectClose(studentQuantile(p, df), t, 1e-6);
    expectClose(studentCdf(t, df), p, 1e-6);
  });

  test("its quantile undoes its probability, for all degrees that 60 streams can bring", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
        (df, p) => {
          expectClose(studentCdf(studentQuantile(p, df), df), p, 1e-9);
        },
      ),
    );
  });

  test("is symmetric and refuses what is no probability", () => {
    expect(studentQuantile(0.2, 8)).toBeCloseTo(-studentQuantile(0.8, 8), 12);
    expect(studentQuantile(0.5, 8)).toBe(0);
    expect(Number.isFinite(studentQuantile(1 - Number.EPSILON / 2, 8))).toBe(true);
    expect(studentQuantile(5e-324, 8)).toBeLessThan(-1000);
    expect(studentQuantile(1 - Number.EPSILON / 2, 8)).toBeGreaterThan(50);
    expect([studentCdf(Infinity, 8), studentCdf(-Infinity, 8)]).toEqual([1, 0]);
    expect([studentCdf(Infinity, 1), studentCdf(-Infinity, 1)]).toEqual([1, 0]);
    expect([studentCdf(Infinity, 3), studentCdf(-Infinity, 3)]).toEqual([1, 0]);
    expect(() => studentQuantile(1, 8)).toThrow("probability");
    expect(() => studentQuantile(0, 8)).toThrow("probability");
    expect(() => studentCdf(0, 2.5)).toThrow("whole number");
    expect(() => studentCdf(0, 0)).toThrow("whole number");
  });
});
