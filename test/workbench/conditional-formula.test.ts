import { expect, test } from "@jest/globals";
import { conditionalFormula } from "../../src/workbench/backend/conditional-formula";

const box = { row: 2, column: 1, rows: 9, columns: 3 };

test("every kind of rule becomes a formula for the top-left cell", () => {
  const formulas = [
    conditionalFormula({ kind: "custom", formula: "$C3<20" }, box),
    conditionalFormula({ kind: "cellValue", operator: "LessThan", formula1: "=$Z$1" }, box),
    conditionalFormula(
      { kind: "cellValue", operator: "NotBetween", formula1: "1", formula2: "5" },
      box,
    ),
    conditionalFormula({ kind: "text", operator: "BeginsWith", text: 'a"b' }, box),
    conditionalFormula({ kind: "text", operator: "NotContains", text: "x" }, box),
  ];
  expect(formulas).toEqual([
    "=$C3<20",
    "=B3<($Z$1)",
    "=NOT(AND(B3>=(1),B3<=(5)))",
    '=LEFT(B3,3)="a""b"',
    '=ISERROR(SEARCH("x",B3))',
  ]);
});

test("a rule that has no formula yet holds nowhere", () => {
  expect(conditionalFormula({ kind: "custom", formula: "" }, box)).toBe("=FALSE");
});
