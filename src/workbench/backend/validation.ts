/** Whether Excel would take what a person types into a cell. Formulas of rules are not calculated here. */
import { type Area, contains } from "./area";
import type { CellEntry, ValidationFacts, ValidationOperator } from "./backend";

function holds(operator: ValidationOperator, n: number, first: number, second: number): boolean {
  switch (operator) {
    case "Between":
      return n >= first && n <= second;
    case "NotBetween":
      return n < first || n > second;
    case "EqualTo":
      return n === first;
    case "NotEqualTo":
      return n !== first;
    case "GreaterThan":
      return n > first;
    case "LessThan":
      return n < first;
    case "GreaterThanOrEqualTo":
      return n >= first;
    case "LessThanOrEqualTo":
      return n <= first;
  }
}

function isTaken(facts: ValidationFacts, value: string | number | boolean): boolean {
  const { rule } = facts;
  if (rule.kind === "custom") return !/^=\s*FALSE\s*$/i.test(rule.formula);
  if (rule.kind === "list") {
    if (rule.source.startsWith("=")) return true;
    return rule.source.split(",").some((one) => one.trim() === String(value));
  }
  const [first, second] = [Number(rule.formula1), Number(rule.formula2 ?? rule.formula1)];
  if (Number.isNaN(first) || Number.isNaN(second)) return true;
  if (rule.kind === "textLength") {
    return holds(rule.operator, String(value).length, first, second);
  }
  if (typeof value !== "number") return false;
  if (rule.kind === "wholeNumber" && !Number.isInteger(value)) return false;
  return holds(rule.operator, value, first, second);
}

/** The rule that stops the entry, or null. Only one cell at a time is typed into. */
export function stoppedBy(
  rules: readonly ValidationFacts[],
  cell: Area,
  entry: CellEntry,
): ValidationFacts["alert"] | null {
  if (entry === undefined || "formula" in entry || typeof entry.value === "object") return null;
  const value = entry.value;
  const stop = rules.find(
    (one) =>
      one.alert.show &&
      one.alert.style === "Stop" &&
      one.areas.some((area) => contains(area, cell)) &&
      !(value === "" && one.ignoreBlanks) &&
      !isTaken(one, value),
  );
  return stop?.alert ?? null;
}
