import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import {
  boundingBox,
  boxName,
  columnIndex,
  columnName,
  contains,
  intersection,
  parseBox,
  quoteSheet,
  splitAddress,
} from "../../src/workbench/backend/area";

const box = fc.record({
  row: fc.nat(900),
  column: fc.nat(900),
  rows: fc.integer({ min: 1, max: 50 }),
  columns: fc.integer({ min: 1, max: 50 }),
});

describe("addresses", () => {
  test("columns have Excel's letters", () => {
    expect([0, 25, 26, 701, 702, 16_383].map(columnName)).toEqual([
      "A",
      "Z",
      "AA",
      "ZZ",
      "AAA",
      "XFD",
    ]);
    expect(columnIndex("xfd")).toBe(16_383);
  });

  test("every box has a name that names it again, with and without dollars", () => {
    fc.assert(
      fc.property(box, fc.boolean(), (one, absolute) => {
        expect(parseBox(boxName(one, absolute))).toEqual(one);
      }),
    );
  });

  test("whole columns and rows are as long as Excel's sheets", () => {
    expect(parseBox("B:C")).toEqual({ row: 0, column: 1, rows: 1_048_576, columns: 2 });
    expect(parseBox("2:3")).toEqual({ row: 1, column: 0, rows: 2, columns: 16_384 });
    expect(boxName({ row: 0, column: 1, rows: 1_048_576, columns: 2 })).toBe("B:C");
  });

  test("what is no address is none", () => {
    for (const text of [
      "",
      "A",
      "A0",
      "1",
      "A1:B",
      "A1:2",
      "XFE1",
      "A1:B2:C3",
      "A1048577",
      "ABCD1",
    ]) {
      expect(parseBox(text)).toBeNull();
    }
  });

  test("sheets are quoted where Excel quotes them, and read back", () => {
    expect(["Plan", "My data", "A1", "计划", "it's"].map(quoteSheet)).toEqual([
      "Plan",
      "'My data'",
      "'A1'",
      "计划",
      "'it''s'",
    ]);
    expect(splitAddress("'it''s'!$A$1:B2")).toEqual({ sheet: "it's", rest: "$A$1:B2" });
    expect(splitAddress("=Plan!A1")).toEqual({ sheet: "Plan", rest: "A1" });
    expect(splitAddress("A1")).toEqual({ sheet: null, rest: "A1" });
  });

  test("an intersection lies in both boxes, and the bounding box around both", () => {
    fc.assert(
      fc.property(box, box, (a, b) => {
        const both = intersection(a, b);
        if (both !== null) expect(contains(a, both) && contains(b, both)).toBe(true);
        const around = boundingBox(a, b);
        expect(contains(around, a) && contains(around, b)).toBe(true);
      }),
    );
  });
});
