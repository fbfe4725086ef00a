import { describe, expect, test } from "@jest/globals";
import { RevisionBudget } from "../../../src/channels/ebay/revisions";

const noon = Date.UTC(2026, 10, 23, 20);
const level = (quantity: number, shown: number | null) =>
  ({ reason: "level", quantity, shown }) as const;
const pause = { reason: "pause", quantity: 0, shown: 5 } as const;
const resume = { reason: "resume", quantity: 5, shown: 0 } as const;

/** How many times in a row it says yes. */
function taken(budget: RevisionBudget, revision: Parameters<RevisionBudget["take"]>[1]): number {
  for (let n = 0; ; n += 1) if (n > 300 || !budget.take("L", revision, noon)) return n;
}

describe("the revisions of a listing", () => {
  test("are 250 a day, of which the last 20 are for pause and resume", () => {
    const budget = new RevisionBudget();
    expect(taken(budget, level(3, 4))).toBe(230);
    expect(budget.left("L", noon)).toBe(20);
    expect(budget.take("L", resume, noon)).toBe(true);
    expect(taken(budget, pause)).toBe(19);
    expect(budget.take("L", resume, noon)).toBe(false);
  });

  test("of which half are spent go only to changes that matter", () => {
    const budget = new RevisionBudget();
    const unit = level(99, 100);
    expect(taken(budget, unit)).toBe(126);
    expect(budget.take("L", level(90, 100), noon)).toBe(true);
    expect(budget.take("L", level(111, 100), noon)).toBe(true);
    expect(budget.take("L", level(10, 11), noon)).toBe(true);
    expect(budget.take("L", level(12, 9), noon)).toBe(true);
    expect(budget.take("L", level(80, null), noon)).toBe(true);
    expect(budget.take("L", unit, noon)).toBe(false);
  });

  test("are counted for each listing alone", () => {
    const budget = new RevisionBudget();
    taken(budget, level(3, 4));
    expect(budget.left("M", noon)).toBe(250);
  });

  test("are fresh at midnight in California, summer and winter, and not before", () => {
    for (const midnight of [Date.UTC(2026, 10, 24, 8), Date.UTC(2026, 6, 24, 7)]) {
      const budget = new RevisionBudget();
      budget.take("L", pause, midnight - 3_600_000);
      expect(budget.left("L", midnight - 1)).toBe(249);
      expect(budget.left("L", midnight)).toBe(250);
    }
  });

  test("outlive the program as plain data, without the days that are over", () => {
    const budget = new RevisionBudget({ old: { day: "2026-11-22", revisions: 9 } });
    budget.take("L", pause, noon);
    budget.take("L", pause, noon);
    const stored = JSON.parse(JSON.stringify(budget.spent(noon)));
    expect(stored).toEqual({ L: { day: "2026-11-23", revisions: 2 } });
    expect(new RevisionBudget(stored).left("L", noon)).toBe(248);
    expect(new RevisionBudget(stored).left("old", noon)).toBe(250);
  });

  test("that did not happen come back, and never more than there were", () => {
    const budget = new RevisionBudget();
    budget.take("L", pause, noon);
    budget.giveBack("L", noon);
    budget.giveBack("L", noon);
    expect(budget.left("L", noon)).toBe(250);
  });

  test("that eBay refuses are over for everything but pause and resume", () => {
    const budget = new RevisionBudget();
    budget.refusedByEbay("L", noon);
    expect(budget.take("L", level(1, 2), noon)).toBe(false);
    expect(budget.take("L", pause, noon)).toBe(true);
    expect(budget.left("L", noon)).toBe(19);
  });
});
