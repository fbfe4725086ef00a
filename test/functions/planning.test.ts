/** The functions that answer once: what they spill for the seed's own numbers and for slips. */
import { describe, expect, test } from "@jest/globals";
import type { Answer, Block } from "../../src/functions/cell-value";
import { forecastOf, type ForecastArguments } from "../../src/functions/forecast-cell";
import { explained } from "../../src/functions/forecast-explain";
import { forecastUpdate } from "../../src/functions/forecast-update";
import {
  oversellCells,
  reviewCells,
  stockoutShareCell,
  turnoverCell,
} from "../../src/functions/review-cells";
import { whatIf } from "../../src/functions/what-if";
import { wordsOf } from "../../src/functions/words";

const en = wordsOf("en");
const noSales = () => Promise.resolve(null);
const column = (block: Answer, at: number) => (block as Block).map((row) => row[at]);

async function units(cells: ForecastArguments, sales = noSales as never): Promise<unknown> {
  const plan = await forecastOf(cells, sales, en);
  return plan.ok ? plan.value.units : plan.error;
}

describe("FORECAST_LIVE in a cell", () => {
  test("450 sold and 80,000 followers make 405, however the sales are given", async () => {
    expect(await units({ sales: 450, followers: 80_000 })).toBe(405);
    const days = Array.from({ length: 30 }, () => [15]);
    expect(await units({ sales: days, followers: 80_000 })).toBe(405);
    const look = ((sku: string) =>
      Promise.resolve(sku === "OR-1" ? Array<number>(30).fill(15) : null)) as never;
    expect(await units({ sales: "OR-1", followers: 80_000 }, look)).toBe(405);
    expect(await units({ sales: "OR-2", followers: 80_000 }, look)).toMatchObject({
      error: "#N/A",
      message: expect.stringContaining("OR-2"),
    });
  });

  test("a number with a card around it counts as the number", async () => {
    const card = { type: "Double", basicValue: 450, properties: {} };
    expect(await units({ sales: [[card]], followers: 80_000 })).toBe(405);
    expect(await units({ sales: 450, followers: { type: "Double", basicValue: 80_000 } })).toBe(
      405,
    );
  });

  test.each([
    [{ sales: -1, followers: 1 }, "#NUM!"],
    [{ sales: 450, followers: -1 }, "#NUM!"],
    [{ sales: 450, followers: "many" }, "#VALUE!"],
    [{ sales: null, followers: null }, "#N/A"],
    [{ sales: 450, followers: 1, service: 1.5 }, "#NUM!"],
    [{ sales: 450, followers: 1, service: 1 }, "#NUM!"],
    [{ sales: 450, followers: 1, options: "nonsense=1" }, "#VALUE!"],
    [{ sales: 450, followers: 1, options: 15 }, "#VALUE!"],
    [{ sales: [["15"], [15]], followers: 1 }, "#VALUE!"],
  ])("%j is %s", async (cells, error) => {
    expect(await units(cells)).toMatchObject({ error });
  });

  test("a history may say in Chinese that it sold out", async () => {
    const row = (word: string) => [[15, 80_000, 405, word, "", "mia"]];
    const learnt = await units({
      sales: 450,
      followers: 80_000,
      history: row("TRUE"),
      creator: "Mia",
    });
    expect(learnt).toBe(564);
    for (const word of ["是", "卖断货", "sold out"]) {
      expect(
        await units({ sales: 450, followers: 80_000, history: row(word), creator: "Mia" }),
      ).toBe(learnt);
    }
  });
});

describe("FORECAST_EXPLAIN", () => {
  const spilled = async (cells: ForecastArguments) => {
    const plan = await forecastOf(cells, noSales, en);
    if (!plan.ok) throw new Error(plan.error.message);
    return explained(plan.value, 80_000, en.cell);
  };

  test("takes 405 apart into its factors, its spread and the three times 337.5", async () => {
    const block = await spilled({ sales: 450, followers: 80_000 });
    expect(column(block, 1).slice(0, 10)).toEqual([405, 15, 15, 1.5, 337.5, 1.2, 405, 1, 1, 0]);
    expect(column(block, 1)[11]).toBeCloseTo(0.6172, 4);
    // forecast.md 2.8, seed405: 337.5, 570.6, 770.3, 1012.5, and the ask of 3 x 337.5.
    expect(column(block, 1).slice(12, 17)).toEqual([338, 571, 771, 1013, 1013]);
    expect(block.at(-1)?.[1]).toMatch(
      /^405 units: 15 × 15 × 1.5 × 1.2\. It lasts in about 6.17 of/,
    );
  });

  test("keeps every row in its place for a first stream, and says what was left out", async () => {
    const full = await spilled({ sales: 450, followers: 80_000 });
    const cold = await spilled({ sales: 0, followers: 50_000, options: "first=1;buffer=1.5" });
    expect(column(cold, 0).slice(0, 19)).toEqual(column(full, 0).slice(0, 19));
    expect(cold[0]).toEqual(["Planned stock", 500]);
    expect(column(cold, 1).slice(1, 4)).toEqual(["", "", ""]);
    expect(cold.slice(19).map(([name]) => name)).toEqual(["Note", "Note", "Note"]);
  });

  test("all rows have two cells in both languages", async () => {
    for (const locale of ["en", "zh-CN"] as const) {
      const words = wordsOf(locale);
      const history = [
        [15, 80_000, 360, false, "", "mia"],
        [15, 80_000, "?", false, "", "mia"],
      ];
      const plan = await forecastOf({ sales: 450, followers: 49_000, history }, noSales, words);
      if (!plan.ok) throw new Error(plan.error.message);
      const block = explained(plan.value, 49_000, words.cell);
      expect(block.every((row) => row.length === 2)).toBe(true);
      expect(block.length).toBe(19 + plan.value.notes.length);
      expect(JSON.stringify(block)).not.toMatch(/undefined|NaN|null/);
    }
  });
});

describe("FORECAST_UPDATE", () => {
  const update = async (sold: unknown, share: unknown, stockLeft: unknown) => {
    const cells = { sales: 450, followers: 80_000, sold, share, stockLeft };
    const told = await forecastUpdate(cells, noSales, en);
    return told.ok ? told.value : told.error;
  };

  test("400 sold in the first of three hours: the seed's worst case, as forecast.md works it out", async () => {
    const block = (await update(400, 1 / 3, 200)) as Block;
    // Case live_1h_400_of_3h: P50 910.9, P95 1520.1, chance .916, need 391.7, empty at .5943.
    expect(block[0]?.[1]).toBe(911);
    expect(block[2]?.[1]).toBe(1521);
    expect(block[3]?.[1]).toBeCloseTo(0.916, 3);
    expect(block[4]?.[1]).toBeCloseTo(0.5943, 4);
    expect(block[6]?.[1]).toBe(392);
    expect(block.at(-1)?.[1]).toMatch(/bring in 392 units/);
  });

  test("a slow start: the stock lasts, and nothing is missing", async () => {
    const block = (await update(40, 1 / 3, 365)) as Block;
    expect([block[0]?.[1], block[4]?.[1], block[5]?.[1], block[6]?.[1]]).toEqual([
      155,
      "lasts",
      "lasts",
      0,
    ]);
  });

  test("says what is missing of its arguments, and refuses what cannot be", async () => {
    expect(await update(null, 0.5, 10)).toMatchObject({ error: "#VALUE!" });
    expect(await update(10, "", 10)).toMatchObject({ error: "#VALUE!" });
    expect(await update(10, 0.5, null)).toMatchObject({ error: "#VALUE!" });
    expect(await update(10, 1.5, 10)).toMatchObject({ error: "#NUM!" });
    expect(await update(-1, 0.5, 10)).toMatchObject({ error: "#NUM!" });
  });
});

describe("WHATIF", () => {
  const tried = async (changes: unknown, over: Partial<ForecastArguments> = {}) => {
    const cells = { sales: 450, followers: 80_000, options: changes, ...over };
    const told = await whatIf(cells, noSales, en);
    return told.ok ? told.value : told.error;
  };

  test("shows the plan under each change beside the plan as it is", async () => {
    const block = (await tried([["multiplier=20"], [""], ["coefficient=2;first=1"]])) as Block;
    expect(block.map((row) => row.slice(0, 3))).toEqual([
      ["Change", "Planned stock", "Difference"],
      ["as it is", 405, 0],
      ["multiplier=20", 540, 135],
      ["coefficient=2;first=1", 648, 243],
    ]);
    expect(block[1]?.[3]).toBeCloseTo(0.6172, 4);
    expect(Number(block[2]?.[3])).toBeGreaterThan(Number(block[1]?.[3]));
  });

  test("without changes tries the seed's own ranges", async () => {
    const block = (await tried(null)) as Block;
    expect(column(block, 1).slice(1)).toEqual([405, 189, 540, 338, 507, 486]);
  });

  test("names a change that cannot be read and goes on with the others", async () => {
    const block = (await tried([["multiplyer=20"], ["buffer=1.5"]])) as Block;
    expect(block[2]?.[1]).toMatchObject({ error: "#VALUE!" });
    expect(block[3]?.[1]).toBe(507);
    expect(await tried("multiplyer=20")).toMatchObject({
      error: "#VALUE!",
      message: expect.stringContaining("multiplyer"),
    });
  });
});

describe("REVIEW", () => {
  const looked = (...args: unknown[]) => {
    const [plan, actual, stockoutMinutes, streamMinutes] = args;
    return reviewCells({ plan, actual, stockoutMinutes, streamMinutes }, en) as Block;
  };

  test("360 of 405 with 15 of 180 minutes out: the seed's figures", () => {
    const block = looked(405, 360, 15, 180);
    expect(block[0]?.[1]).toBeCloseTo(0.8889, 4);
    expect(block[1]).toEqual(["Verdict", "Reasonable"]);
    expect(block[4]?.[1]).toBeCloseTo(1 / 12, 12);
    expect(block[5]?.[1]).toBe("over target");
    expect(block[6]?.[1]).toBeCloseTo(392.73, 2);
    expect(block.at(-1)?.[1]).toMatch(/lower bound/);
  });

  test("without minutes there is no share, and no demand beyond what was sold", () => {
    const block = looked(405, 180, null, null);
    expect(column(block, 1)).toEqual([
      ...[
        180 / 405,
        "Too much stock",
        "Lower the creator coefficient next time.",
        (180 * 1.2) / 405,
      ],
      ...["", "", 180, 0.75, ""],
    ]);
  });

  test("a stream that sold far beyond its plan is told to raise the buffer", () => {
    expect(looked(100, 160, 0, 180)[8]).toEqual(["Plan buffer to take", 1.92]);
  });

  test("slips are refused", () => {
    expect(looked(405, 360, 15, null)).toMatchObject({ error: "#VALUE!" });
    expect(looked(405, 360, 200, 180)).toMatchObject({ error: "#NUM!" });
    expect(looked(0, 360, null, null)).toMatchObject({ error: "#NUM!" });
    expect(looked(405, -1, null, null)).toMatchObject({ error: "#NUM!" });
    expect(looked("405", 1, null, null)).toMatchObject({ error: "#VALUE!" });
  });
});

describe("TURNOVER_DAYS and STOCKOUT_SHARE", () => {
  test("one number each, or ranges whose means and sums are taken", () => {
    expect(turnoverCell(600, 20, en)).toBe(30);
    expect(turnoverCell([[500], [700], [""]], [[10, 30, "total"]], en)).toBe(30);
    expect(stockoutShareCell(15, 180, en)).toBeCloseTo(0.08333, 5);
    expect(stockoutShareCell([[5], [10], [""]], 180, en)).toBeCloseTo(0.08333, 5);
  });

  test("without sales, and with more minutes out than there were, there is no number", () => {
    expect(turnoverCell(600, 0, en)).toMatchObject({ error: "#N/A" });
    expect(turnoverCell(600, "", en)).toMatchObject({ error: "#VALUE!" });
    expect(turnoverCell([["600"], [600]], 20, en)).toMatchObject({ error: "#VALUE!" });
    expect(turnoverCell(-1, 20, en)).toMatchObject({ error: "#NUM!" });
    expect(stockoutShareCell(200, 180, en)).toMatchObject({ error: "#NUM!" });
    expect(stockoutShareCell(0, 0, en)).toMatchObject({ error: "#NUM!" });
  });
});

describe("OVERSELL_RISK", () => {
  const risk = (
    rate: unknown,
    seconds: unknown,
    buffer: unknown = null,
    accepted: unknown = null,
  ) => oversellCells({ rate, seconds, buffer, risk: accepted }, en) as Block;

  /** forecast.md 3.1: mean, units to keep back for .99, .995, .999, units over at 0 and at .995. */
  test.each([
    [0.05, 1, 1, 2, 0.05, 0.0012],
    [0.3, 2, 2, 3, 0.3, 0.0039],
    [1, 4, 4, 5, 1, 0.0044],
    [3, 8, 8, 10, 3, 0.0053],
    [10, 18, 19, 21, 10, 0.0062],
    [30, 43, 45, 48, 30, 0.01],
  ])("%d units in the window", (mean, q99, q995, q999, over, overKept) => {
    const enough = (accepted: number) => risk(mean, 60, null, accepted)[2]?.[1];
    expect([enough(0.01), enough(0.005), enough(0.001)]).toEqual([q99, q995, q999]);
    expect(risk(mean, 60)[1]?.[1]).toBeCloseTo(over, 9);
    // The table gives four digits, the last not always rounded.
    expect(Math.abs(Number(risk(mean, 60, q995)[1]?.[1]) - overKept)).toBeLessThan(1e-4);
    expect(Number(risk(mean, 60, q995)[0]?.[1])).toBeLessThanOrEqual(0.005);
  });

  test("adds channels up, each with its own delay", () => {
    const apart = risk([[12], [6]], [[5], [10]]);
    expect(apart[1]?.[1]).toBeCloseTo(2, 9);
    expect(risk([[12, 6]], 10)[1]?.[1]).toBeCloseTo(3, 9);
    expect(risk([[12], [6]], [[5], [10], [15]])).toMatchObject({ error: "#VALUE!" });
  });

  test("holds for a crowd, and for nobody", () => {
    const crowd = risk(6000, 60, 6000);
    // The normal limit: half above the mean, sd/sqrt(2 pi) units over.
    expect(Number(crowd[0]?.[1])).toBeCloseTo(0.5, 1);
    expect(Number(crowd[1]?.[1])).toBeCloseTo(Math.sqrt(6000 / (2 * Math.PI)), 0);
    expect(column(risk(0, 60), 1).slice(0, 3)).toEqual([0, 0, 0]);
    expect(risk(1e9, 60)).toMatchObject({ error: "#NUM!" });
    expect(risk(1, 60, 0, 0)).toMatchObject({ error: "#NUM!" });
  });
});
