/**
 * Every rule as a formula for the top-left cell of its range, which is how a grid without Excel's
 * own kinds of rules can show them, and how Excel itself treats blanks and texts in them.
 */
import type { Box } from "./area";
import { boxName } from "./area";
import type { CellValueOperator, ConditionalRule } from "./backend";

const comparisons: Partial<Record<CellValueOperator, string>> = {
  EqualTo: "=",
  NotEqualTo: "<>",
  GreaterThan: ">",
  LessThan: "<",
  GreaterThanOrEqual: ">=",
  LessThanOrEqual: "<=",
};

function bare(formula: string): string {
  return formula.startsWith("=") ? formula.slice(1) : formula;
}

/** @returns the formula with its "=", relative to the top-left cell of `box` */
export function conditionalFormula(rule: ConditionalRule, box: Box): string {
  const cell = boxName({ ...box, rows: 1, columns: 1 });
  if (rule.kind === "custom") return rule.formula === "" ? "=FALSE" : `=${bare(rule.formula)}`;
  if (rule.kind === "cellValue") {
    const first = `(${bare(rule.formula1)})`;
    const comparison = comparisons[rule.operator];
    if (comparison !== undefined) return `=${cell}${comparison}${first}`;
    const second = `(${bare(rule.formula2 ?? rule.formula1)})`;
    const between = `AND(${cell}>=${first},${cell}<=${second})`;
    return rule.operator === "Between" ? `=${between}` : `=NOT(${between})`;
  }
  const text = `"${rule.text.replaceAll('"', '""')}"`;
  switch (rule.operator) {
    case "Contains":
      return `=NOT(ISERROR(SEARCH(${text},${cell})))`;
    case "NotContains":
      return `=ISERROR(SEARCH(${text},${cell}))`;
    case "BeginsWith":
      return `=LEFT(${cell},${rule.text.length})=${text}`;
    case "EndsWith":
      return `=RIGHT(${cell},${rule.text.length})=${text}`;
  }
}
