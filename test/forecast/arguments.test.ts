import { describe, expect, test } from "@jest/globals";
import { readCreator, readHistory, yesWords } from "../../src/forecast/history";
import { noOptions, parseOptions } from "../../src/forecast/options";
import { excelErrorOf, type ForecastRefusalCode } from "../../src/forecast/refusal";
import { meanOfDays, readSales } from "../../src/forecast/sales";

describe("the first argument", () => {
  const read = (argument: unknown) => {
    const result = readSales(argument);
    return result.ok ? result.value : result.error.code;
  };

  test("one number is what was sold in the last 30 days", () => {
    const sales = { kind: "daily", base: 15, days: 30 };
    expect(read(450)).toEqual(sales);
    expect(read([[450]])).toEqual(sales);
    expect(read(0)).toEqual({ kind: "daily", base: 0, days: 30 });
  });

  test("a range is daily units: its mean, in either direction", () => {
    expect(read([[10], [20], [30]])).toEqual({ kind: "daily", base: 20, days: 3 });
    expect(read([[10, 20, 30]])).toEqual({ kind: "daily", base: 20, days: 3 });
  });

  test("a blank day is not a day without sales", () => {
    expect(read([[10], [""], [null], [20]])).toEqual({ kind: "daily", base: 15, days: 2 });
    expect(read([[10], [0], [20]])).toEqual({ kind: "daily", base: 10, days: 3 });
  });

  test("a heading with a number in it is a heading, a lone comma is no number", () => {
    expect(read([["Day 1"], [10], [","], [20]])).toEqual({ kind: "daily", base: 15, days: 2 });
  });

  test("headings and ticked boxes in the range are left out", () => {
    expect(read([["Units"], [10], [true], [20]])).toEqual({ kind: "daily", base: 15, days: 2 });
  });

  test("nothing at all is a cold start", () => {
    const nothing = { kind: "daily", base: null, days: 0 };
    for (const blank of [null, undefined, "", "  ", [], [[]], [[""]], [[""], [null]]]) {
      expect(read(blank)).toEqual(nothing);
    }
    expect(meanOfDays([])).toEqual(nothing);
  });

  test("a text is a SKU, as it stands on the label", () => {
    expect(read(" A-1 ")).toEqual({ kind: "sku", sku: "A-1" });
    expect(read([["22423"]])).toEqual({ kind: "sku", sku: "22423" });
    expect(read("x".repeat(201))).toBe("sku_too_long");
    // A cell shows what was refused, and not a page of it.
    const long = readSales("x".repeat(5000));
    expect(!long.ok && long.error.detail).toBe("x".repeat(100));
    expect(readSales({ code: "#N/A" })).toMatchObject({ error: { detail: "" } });
  });

  test.each([
    [-450, "sales_out_of_range"],
    [NaN, "sales_out_of_range"],
    [Infinity, "sales_out_of_range"],
    [true, "sales_unreadable"],
    [{ code: "#N/A" }, "sales_error"],
    [[[10], [{ code: "#N/A" }]], "sales_error"],
    [[[10], [NaN]], "sales_out_of_range"],
    [[[-10], [-20]], "sales_out_of_range"],
    [[["n/a"], ["n/a"]], "sales_no_number"],
    [[[10], ["20"]], "sales_text_number"],
    [[[10], ["1,200"]], "sales_text_number"],
    [[[10], ["２０"]], "sales_text_number"],
  ])("%j is refused as %s", (argument, code) => expect(read(argument)).toBe(code));

  test("a day of more returns than sales stays within a good month", () => {
    expect(read([[40], [-10]])).toEqual({ kind: "daily", base: 15, days: 2 });
  });
});

describe("the options", () => {
  const parse = (text: string | null | undefined) => {
    const result = parseOptions(text);
    return result.ok ? result.value : result.error;
  };

  test("are read as they are written in the help", () => {
    expect(parse("first=1;multiplier=20;buffer=1.3;coefficient=2")).toEqual({
      first: true,
      multiplier: 20,
      buffer: 1.3,
      coefficient: 2,
      cold: null,
    });
  });

  test("blank text is no option", () => {
    for (const text of [null, undefined, "", " ", ";;"]) expect(parse(text)).toEqual(noOptions);
  });

  test("forgive case, spaces, percent and a Chinese keyboard", () => {
    expect(parse(" FIRST = yes ；Cold＝２% ;")).toEqual({ ...noOptions, first: true, cold: 0.02 });
    expect(parse("first=false\nbuffer=.9")).toEqual({ ...noOptions, buffer: 0.9 });
    expect(parse("first=no;buffer=1.25")).toEqual({ ...noOptions, buffer: 1.25 });
    expect(parse("first=true;multiplier=12.5")).toEqual({
      ...noOptions,
      first: true,
      multiplier: 12.5,
    });
  });

  test.each([
    ["bufer=1.3", "option_unknown", "bufer"],
    ["constructor=1", "option_unknown", "constructor"],
    ["buffer", "option_unreadable", "buffer"],
    ["buffer=", "option_unreadable", "buffer="],
    ["buffer=1,3", "option_unreadable", "buffer=1,3"],
    ["buffer=1=2", "option_unreadable", "buffer=1=2"],
    ["buffer=-1", "option_unreadable", "buffer=-1"],
    ["buffer=1e9", "option_unreadable", "buffer=1e9"],
    ["buffer=1.2;buffer=1.3", "option_twice", "buffer"],
    ["buffer=1200", "option_out_of_range", "buffer=1200"],
    ["coefficient=0", "option_out_of_range", "coefficient=0"],
    ["first=2", "option_out_of_range", "first=2"],
    ["first=0.5", "option_out_of_range", "first=0.5"],
    ["first=1; buffer=x ", "option_unreadable", "buffer=x"],
    ["first=1; buffer=11 ", "option_out_of_range", "buffer=11"],
    ["buffer=1; first=.5 ", "option_out_of_range", "first=.5"],
  ])("%s is refused as %s", (text, code, detail) => expect(parse(text)).toEqual({ code, detail }));
});

describe("the history", () => {
  const heading = ["Daily", "Followers", "Sold", "Sold out", "Share", "Creator"];

  test("is a row per stream, under a heading or not", () => {
    const stream = [15, 80_000, 405, true, 0.6, " @Lina "];
    const row = {
      base: 15,
      followers: 80_000,
      sold: 405,
      soldOut: true,
      share: 0.6,
      creator: "lina",
    };
    expect(readHistory([heading, stream])).toEqual({ rows: [row], skipped: 0 });
    expect(readHistory([stream])).toEqual({ rows: [row], skipped: 0 });
  });

  test("may leave out what is not known, and columns at the right", () => {
    const rows = [
      { base: 15, followers: null, sold: 0, soldOut: false, share: null, creator: null },
    ];
    expect(readHistory([[15, "", 0, "", "", ""]])).toEqual({ rows, skipped: 0 });
    expect(readHistory([[15, null, 0]])).toEqual({ rows, skipped: 0 });
    const blank = [undefined, undefined, undefined];
    expect(readHistory([[15, null, 0], blank])).toEqual({ rows, skipped: 0 });
  });

  test("counts the rows that are no stream, and not the empty ones", () => {
    const bad = [
      heading,
      ["", "", "", "", "", ""],
      [0, 80_000, 405],
      [15, 80_000, -1],
      [15, -1, 405],
      [15, 80_000, "many"],
      [{ code: "#N/A" }, 80_000, 405],
      heading,
    ];
    expect(readHistory(bad)).toEqual({ rows: [], skipped: 6 });
    expect(readHistory([[15, 80_000, "n/a"]])).toEqual({ rows: [], skipped: 1 });
    expect(readHistory(null)).toEqual({ rows: [], skipped: 0 });
  });

  test("knows yes in the words it is given", () => {
    const soldOut = (value: unknown, words = yesWords) =>
      readHistory([[15, "", 405, value]], words).rows[0]?.soldOut;
    expect([true, 1, "TRUE", "Yes", " yes ", "x"].map((value) => soldOut(value))).not.toContain(
      false,
    );
    expect([false, 0, "", "no", null].map((value) => soldOut(value))).not.toContain(true);
    expect(soldOut("oui", ["oui"])).toBe(true);
  });

  test("a share that is no share is an unknown one", () => {
    const share = (value: unknown) => readHistory([[15, "", 405, true, value]]).rows[0]?.share;
    expect([0, -0.1, 1.1, 60, "60 %", "0.5", NaN].map(share)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(share(1)).toBe(1);
  });

  test("one creator is one creator, however it is typed", () => {
    expect(["@Lina", "lina ", "ＬＩＮＡ"].map(readCreator)).toEqual(["lina", "lina", "lina"]);
    expect([null, undefined, "", " ", true].map(readCreator)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(readCreator(7)).toBe("7");
    expect(readCreator("li@na")).toBe("li@na");
  });
});

test("each refusal is the Excel error of its kind", () => {
  const expected: Partial<Record<ForecastRefusalCode, string>> = {
    sales_text_number: "#VALUE!",
    sku_empty: "#VALUE!",
    option_unknown: "#VALUE!",
    option_out_of_range: "#NUM!",
    share_out_of_range: "#NUM!",
    nothing_known: "#N/A",
  };
  for (const [code, error] of Object.entries(expected)) {
    expect(excelErrorOf(code as ForecastRefusalCode)).toBe(error);
  }
});
