import { describe, expect, test } from "@jest/globals";
import { parseBox } from "../../src/workbench/backend/area";
import {
  differingPart,
  movedBox,
  movedFormula,
  type Move,
} from "../../src/workbench/backend/references";

const box = (address: string) => parseBox(address)!;
const rows = (at: number, count: number): Move => ({ axis: "row", at: at - 1, count });
const columns = (at: number, count: number): Move => ({ axis: "column", at, count });

describe("where a rule has to be calculated", () => {
  test.each([
    ['=LEFT($I10,6)="Yellow"', "A10:A700"],
    ['=OR(LEFT($I10,1)="红",$J10>0)', "A10:A700"],
    ["=B$2>5", "A10:K10"],
    ["=$B$2>5", "A10"],
    ["=TODAY()>$A$1", "A10"],
    ["=B10>5", "A10:K700"],
    ["=SUM(B:B)>5", "A10:K10"],
    ["=SUM($B:$B)>5", "A10"],
    ["=SUM(2:2)>5", "A10:A700"],
    ["=Other!$B10>5", "A10:A700"],
    ["=ISEVEN(ROW())", "A10:K700"],
    ['=$A$1="B10"', "A10"],
    ["=LOG10($A$1)>1", "A10"],
  ])("%s over A10:K700 differs within %s", (formula, part) => {
    expect(differingPart(formula, box("A10:K700"))).toEqual(box(part));
  });
});

describe("rows and columns that come and go", () => {
  test.each([
    ["A10:C20", rows(5, 2), "A12:C22"],
    ["A10:C20", rows(10, 2), "A12:C22"],
    ["A10:C20", rows(15, 2), "A10:C22"],
    ["A10:C20", rows(21, 2), "A10:C20"],
    ["A10:C20", rows(5, -2), "A8:C18"],
    ["A10:C20", rows(15, -2), "A10:C18"],
    ["A10:C20", rows(9, -3), "A9:C17"],
    ["A10:C20", rows(19, -9), "A10:C18"],
    ["A10:C20", rows(8, -20), null],
    ["B2:D4", columns(0, 1), "C2:E4"],
    ["B2:D4", columns(2, 1), "B2:E4"],
    ["B2:D4", columns(1, -1), "B2:C4"],
  ])("%s with %j is %s", (address, move, after) => {
    expect(movedBox(box(address), move)).toEqual(after === null ? null : box(after));
  });

  test.each([
    ['=LEFT($I10,6)="I10"', columns(3, 1), '=LEFT($J10,6)="I10"'],
    ["=$I10>$A$1", rows(3, 2), "=$I12>$A$1"],
    ["=$I10>B$3", rows(3, -1), "=$I9>#REF!"],
    ["=$I10>0", rows(10, -1), "=$I10>0"],
    ["=$I10>Other!$A$10", rows(3, 1), "=$I11>Other!$A$10"],
    ["=LOG10($B$5)", columns(0, 2), "=LOG10($D$5)"],
  ])("%s with %j is %s", (formula, move, after) => {
    expect(movedFormula(formula, move)).toBe(after);
  });
});
