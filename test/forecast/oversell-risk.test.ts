/** How likely the last unit is sold twice before every channel has heard of it. */
import { describe, expect, test } from "@jest/globals";
import { oversellRisk } from "../../src/forecast/oversell-risk";

describe("the risk that a unit is sold twice", () => {
  test("is that of a sale at all where nothing is kept back", () => {
    const { chance, units } = oversellRisk(2, 0, 0.05);
    expect(chance).toBeCloseTo(1 - Math.exp(-2), 12);
    expect(units).toBeCloseTo(2, 12);
  });

  test("is less with each unit kept back: worked by hand for two sales in a window", () => {
    const e = Math.exp(-2);
    const one = oversellRisk(2, 1, 0.05);
    expect(one.chance).toBeCloseTo(1 - 3 * e, 12);
    expect(one.units).toBeCloseTo(1 + e, 12);
    const three = oversellRisk(2, 3, 0.05);
    expect(three.chance).toBeCloseTo(1 - (19 / 3) * e, 12);
    expect(three.units).toBeCloseTo(-1 + (3 + 2 * 2 + 2) * e, 12);
  });

  test("says the fewest units that keep it within what is accepted", () => {
    for (const kept of [0, 5, 40]) {
      // P(N > 4) = 5.27 %, P(N > 5) = 1.66 %, P(N > 6) = 0.45 % for a mean of two.
      expect([0.2, 0.06, 0.05, 0.01].map((risk) => oversellRisk(2, kept, risk).enough)).toEqual([
        3, 4, 5, 6,
      ]);
    }
    // Exactly what is accepted is enough.
    expect(oversellRisk(2, 0, 1 - Math.exp(-2)).enough).toBe(0);
  });

  test("is none where nothing is sold", () => {
    expect(oversellRisk(0, 0, 0.01)).toEqual({ chance: 0, units: 0, enough: 0 });
    expect(oversellRisk(0, 3, 0.01)).toEqual({ chance: 0, units: 0, enough: 0 });
  });

  test("is about one half in a rush of thousands, where as many are kept back as are sold", () => {
    const { chance, units, enough } = oversellRisk(10_000, 10_000, 0.05);
    expect(chance).toBeGreaterThan(0.49);
    expect(chance).toBeLessThan(0.5);
    // A Poisson count's mean excess over its mean is near sqrt(mean / 2 pi).
    expect(units / Math.sqrt(10_000 / (2 * Math.PI))).toBeCloseTo(1, 2);
    expect(enough).toBeGreaterThan(10_160);
    expect(enough).toBeLessThan(10_170);
  });

  test("comes to an end however little is accepted, and is never below nothing", () => {
    const { chance, units, enough } = oversellRisk(3, 200, 1e-300);
    expect([chance, units].every((each) => each >= 0 && each < 1e-12)).toBe(true);
    expect(enough).toBeGreaterThan(20);
    expect(enough).toBeLessThan(40);
  });
});
