/** Conditional formats, shown by Univer's own plug-in as formula rules. */
import { BooleanNumber } from "@univerjs/core";
import {
  AddConditionalRuleMutation,
  CFRuleType,
  CFSubRuleType,
  ConditionalFormattingRuleModel,
  DeleteConditionalRuleMutation,
  type IConditionFormattingRule,
  SetConditionalRuleMutation,
} from "@univerjs/preset-sheets-conditional-formatting";
import type { ConditionalFacts } from "../backend/backend";
import { conditionalFormula } from "../backend/conditional-formula";
import { hexColor } from "./styles";
import { toBox, toRange, type WorkbookParts } from "./workbook-parts";

export class Conditionals {
  readonly #parts: WorkbookParts;
  readonly #model: ConditionalFormattingRuleModel;
  /** What Univer's rule does not say: the kind that the rule had before it became a formula. */
  readonly #facts = new Map<string, ConditionalFacts>();

  constructor(parts: WorkbookParts) {
    this.#parts = parts;
    this.#model = parts.grid.injector.get(ConditionalFormattingRuleModel);
  }

  /** Univer keeps its rules with the strongest first, and moves their ranges as cells move. */
  all(sheet: string): readonly ConditionalFacts[] {
    const rules = this.#model.getSubunitRules(this.#parts.unit, sheet) ?? [];
    return rules.flatMap((rule) => {
      const range = rule.ranges[0];
      if (range === undefined) return [];
      const area = { sheet, ...toBox(range) };
      const known = this.#facts.get(rule.cfId) ?? foreign(rule);
      return known === null ? [] : [{ ...known, area }];
    });
  }

  put(facts: ConditionalFacts): void {
    const exists = this.#facts.has(facts.id);
    this.#facts.set(facts.id, facts);
    const params = { subUnitId: facts.area.sheet, rule: univerRule(facts) };
    if (exists) this.#parts.run(SetConditionalRuleMutation.id, { ...params, cfId: facts.id });
    else this.#parts.run(AddConditionalRuleMutation.id, params);
  }

  remove(sheet: string, id: string): void {
    this.#facts.delete(id);
    this.#parts.run(DeleteConditionalRuleMutation.id, { subUnitId: sheet, cfId: id });
  }
}

function univerRule(facts: ConditionalFacts): IConditionFormattingRule {
  return {
    cfId: facts.id,
    ranges: [toRange(facts.area)],
    stopIfTrue: facts.stopIfTrue,
    rule: {
      type: CFRuleType.highlightCell,
      subType: CFSubRuleType.formula,
      value: conditionalFormula(facts.rule, facts.area),
      style: {
        ...(facts.fill === null ? {} : { bg: { rgb: facts.fill } }),
        ...(facts.fontColor === null ? {} : { cl: { rgb: facts.fontColor } }),
        ...(facts.bold === true ? { bl: BooleanNumber.TRUE } : {}),
      },
    },
  };
}

/** A rule that the person made in the grid: formulas are understood, Univer's other kinds are not. */
function foreign(rule: IConditionFormattingRule): ConditionalFacts | null {
  const config = rule.rule;
  if (!("subType" in config) || config.subType !== CFSubRuleType.formula) return null;
  const range = rule.ranges[0];
  if (range === undefined || !("value" in config)) return null;
  return {
    id: rule.cfId,
    area: { sheet: "", ...toBox(range) },
    rule: { kind: "custom", formula: config.value },
    fill: hexColor(config.style.bg?.rgb),
    fontColor: hexColor(config.style.cl?.rgb),
    bold: config.style.bl === BooleanNumber.TRUE ? true : null,
    stopIfTrue: rule.stopIfTrue,
  };
}
