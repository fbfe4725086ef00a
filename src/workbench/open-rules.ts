/** The rules of a file's sheet: conditional formats and what may be typed. */
import type ExcelJS from "exceljs";
import { type Area, parseBox } from "./backend/area";
import type {
  CellValueOperator,
  ConditionalFacts,
  ConditionalRule,
  TextOperator,
  ValidationFacts,
  ValidationOperator,
  ValidationRule,
} from "./backend/backend";
import { colorOf, fillOf } from "./open-styles";

/** ExcelJS reads these and types none of them. */
interface Ruled {
  readonly conditionalFormattings: readonly {
    readonly ref: string;
    readonly rules: readonly FileRule[];
  }[];
  readonly dataValidations: { readonly model: Readonly<Record<string, ExcelJS.DataValidation>> };
}

interface FileRule {
  readonly type: string;
  readonly operator?: string;
  readonly text?: string;
  readonly formulae?: readonly unknown[];
  readonly priority?: number;
  readonly stopIfTrue?: boolean;
  readonly style?: { readonly font?: Partial<ExcelJS.Font>; readonly fill?: ExcelJS.Fill };
}

const cellValueOperators: Readonly<Record<string, CellValueOperator>> = {
  between: "Between",
  notBetween: "NotBetween",
  equal: "EqualTo",
  notEqual: "NotEqualTo",
  greaterThan: "GreaterThan",
  lessThan: "LessThan",
  greaterThanOrEqual: "GreaterThanOrEqual",
  lessThanOrEqual: "LessThanOrEqual",
};
const textOperators: Readonly<Record<string, TextOperator>> = {
  containsText: "Contains",
  notContains: "NotContains",
  beginsWith: "BeginsWith",
  endsWith: "EndsWith",
};

function ruleOf({ type, operator = "", text, formulae = [] }: FileRule): ConditionalRule | null {
  const [first = "", second] = formulae.map(String);
  if (type === "expression") return { kind: "custom", formula: `=${first}` };
  const compared = cellValueOperators[operator];
  if (type === "cellIs" && compared !== undefined) {
    const more = second === undefined ? {} : { formula2: second };
    return { kind: "cellValue", operator: compared, formula1: first, ...more };
  }
  const found = textOperators[operator];
  if (found !== undefined && text !== undefined) return { kind: "text", operator: found, text };
  return null;
}

/** The strongest first. Kinds that the workbench does not play, such as bars and scales, are left out. */
export function conditionalsOf(sheet: ExcelJS.Worksheet, id: string): ConditionalFacts[] {
  const { conditionalFormattings } = sheet as unknown as Ruled;
  const all = conditionalFormattings.flatMap(({ ref, rules }) => {
    const box = parseBox(ref.split(" ")[0] ?? "");
    return box === null ? [] : rules.map((rule) => ({ rule, area: { sheet: id, ...box } }));
  });
  return all
    .sort((a, b) => (a.rule.priority ?? 0) - (b.rule.priority ?? 0))
    .flatMap(({ rule, area }, index): ConditionalFacts[] => {
      const read = ruleOf(rule);
      if (read === null) return [];
      const { font, fill } = rule.style ?? {};
      return [
        {
          ...{ id: `{${id}-rule-${index}}`, area, rule: read },
          fill: fillOf(fill) ?? null,
          fontColor: colorOf(font?.color) ?? null,
          bold: font?.bold ?? null,
          stopIfTrue: rule.stopIfTrue ?? false,
        },
      ];
    });
}

const validationOperators: Readonly<Record<string, ValidationOperator>> = {
  between: "Between",
  notBetween: "NotBetween",
  equal: "EqualTo",
  notEqual: "NotEqualTo",
  greaterThan: "GreaterThan",
  lessThan: "LessThan",
  greaterThanOrEqual: "GreaterThanOrEqualTo",
  lessThanOrEqual: "LessThanOrEqualTo",
};

function validationRule(rule: ExcelJS.DataValidation): ValidationRule | null {
  const [first = "", second] = (rule.formulae as readonly unknown[]).map(String);
  if (rule.type === "custom") return { kind: "custom", formula: `=${first}` };
  if (rule.type === "list") {
    const quoted = /^"(.*)"$/.exec(first)?.[1];
    return { kind: "list", source: quoted ?? `=${first}`, dropDown: true };
  }
  const kind = rule.type === "whole" ? "wholeNumber" : rule.type;
  const operator = validationOperators[rule.operator ?? "between"];
  if (operator === undefined) return null;
  const more = second === undefined ? {} : { formula2: second };
  return { kind, operator, formula1: first, ...more };
}

/** ExcelJS takes a rule for a range apart into its cells: they are put together again, down the columns. */
function areasOf(addresses: readonly string[], sheet: string): Area[] {
  const areas: { -readonly [K in keyof Area]: Area[K] }[] = [];
  const boxes = addresses.flatMap((address) => parseBox(address) ?? []);
  boxes.sort((a, b) => a.column - b.column || a.row - b.row);
  for (const box of boxes) {
    const last = areas.at(-1);
    const isNext =
      last?.column === box.column &&
      last.columns === box.columns &&
      last.row + last.rows === box.row;
    if (isNext) last.rows += box.rows;
    else areas.push({ sheet, ...box });
  }
  return areas;
}

export function validationsOf(sheet: ExcelJS.Worksheet, id: string): ValidationFacts[] {
  const { model } = (sheet as unknown as Ruled).dataValidations;
  const cells = new Map<string, { rule: ExcelJS.DataValidation; addresses: string[] }>();
  for (const [address, rule] of Object.entries(model)) {
    const key = JSON.stringify(rule);
    const known = cells.get(key) ?? { rule, addresses: [] };
    known.addresses.push(address.replace(/^range:/, ""));
    cells.set(key, known);
  }
  return [...cells.values()].flatMap(({ rule, addresses }, index): ValidationFacts[] => {
    const read = validationRule(rule);
    if (read === null) return [];
    const style = { stop: "Stop", warning: "Warning", information: "Information" } as const;
    return [
      {
        ...{ id: `{${id}-validation-${index}}`, areas: areasOf(addresses, id), rule: read },
        ignoreBlanks: rule.allowBlank ?? false,
        alert: {
          show: rule.showErrorMessage ?? false,
          style: style[(rule.errorStyle ?? "stop") as keyof typeof style],
          ...{ title: rule.errorTitle ?? "", message: rule.error ?? "" },
        },
        prompt: {
          show: rule.showInputMessage ?? false,
          ...{ title: rule.promptTitle ?? "", message: rule.prompt ?? "" },
        },
      },
    ];
  });
}
