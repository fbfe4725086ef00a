/**
 * Conditional formats over Univer's grid: kept here, calculated by its formula engine, painted as the
 * cells are drawn. Univer's own plug-in has the engine build a node for every cell of a rule at every
 * calculation; a rule that colours whole rows needs one for each row.
 */
import {
  BooleanNumber,
  type ICellDataForSheetInterceptor,
  InterceptorEffectEnum,
  type IStyleData,
  type Nullable,
} from "@univerjs/core";
import {
  INTERCEPTOR_POINT,
  IRenderManagerService,
  OtherFormulaBizType,
  RegisterOtherFormulaService,
  SheetInterceptorService,
  SheetSkeletonManagerService,
} from "@univerjs/preset-sheets-core";
import { type Box, contains } from "../backend/area";
import type { ConditionalFacts } from "../backend/backend";
import { conditionalFormula } from "../backend/conditional-formula";
import { differingPart, type Move, movedBox, movedFormula } from "../backend/references";
import { toRange, type WorkbookParts } from "./workbook-parts";

/** Results of one calculation come in several messages: they are drawn together. */
const REDRAW_AFTER_MS = 16;

interface Rule {
  readonly facts: ConditionalFacts;
  readonly formula: string;
  /** Where the formula is calculated; the rest of the area repeats it. */
  readonly part: Box;
  /** Of the engine; null for a rule that says nothing yet. */
  readonly id: string | null;
}

export class Conditionals {
  readonly #parts: WorkbookParts;
  readonly #formulas: RegisterOtherFormulaService;
  /** The strongest first, as Excel counts them: a new rule stands above those before it. */
  #rules: readonly Rule[] = [];
  #redraw: ReturnType<typeof setTimeout> | null = null;

  constructor(parts: WorkbookParts) {
    this.#parts = parts;
    const { injector } = parts.grid;
    this.#formulas = injector.get(RegisterOtherFormulaService);
    this.#formulas.formulaResult$.subscribe((results) => {
      const known = new Set(this.#rules.map(({ id }) => id));
      const sheets = Object.values(results).flatMap((unit) => Object.values(unit));
      if (sheets.flat().some(({ formulaId }) => known.has(formulaId))) this.#drawSoon();
    });
    injector.get(SheetInterceptorService).intercept(INTERCEPTOR_POINT.CELL_CONTENT, {
      effect: InterceptorEffectEnum.Style,
      priority: 10,
      handler: (cell, { subUnitId, row, col, workbook }, next) => {
        const style = this.#styleAt(subUnitId, row, col);
        if (style === null) return next(cell);
        const own = workbook.getStyles().getStyleByCell(cell);
        const painted: Nullable<ICellDataForSheetInterceptor> = {
          ...cell,
          s: { ...own, ...style },
        };
        return next(painted);
      },
    });
  }

  all(sheet: string): readonly ConditionalFacts[] {
    return this.#rules.flatMap(({ facts }) => (facts.area.sheet === sheet ? facts : []));
  }

  put(facts: ConditionalFacts): void {
    const known = this.#rules.find((rule) => rule.facts.id === facts.id);
    const rule = this.#prepared(facts, known);
    this.#rules =
      known === undefined
        ? [rule, ...this.#rules]
        : this.#rules.map((one) => (one === known ? rule : one));
    this.#drawSoon();
  }

  remove(_sheet: string, id: string): void {
    this.#forget((rule) => rule.facts.id === id);
  }

  sheetDeleted(sheet: string): void {
    this.#forget((rule) => rule.facts.area.sheet === sheet);
  }

  /** Rows or columns came or went; the areas and what the rules refer to go along. */
  moved(sheet: string, move: Move): void {
    for (const { facts } of this.#rules.filter((rule) => rule.facts.area.sheet === sheet)) {
      const area = movedBox(facts.area, move);
      if (area === null) this.remove(sheet, facts.id);
      else this.put({ ...facts, area, rule: movedRule(facts.rule, move) });
    }
  }

  #prepared(facts: ConditionalFacts, known: Rule | undefined): Rule {
    const formula = conditionalFormula(facts.rule, facts.area);
    const part = differingPart(formula, facts.area);
    const isSame =
      known?.formula === formula && contains(known.part, part) && contains(part, known.part);
    if (isSame) return { ...known, facts };
    if (known !== undefined) this.#stop(known);
    if (formula === "=FALSE") return { facts, formula, part, id: null };
    const id = this.#formulas.registerFormulaWithRange(
      this.#parts.unit,
      facts.area.sheet,
      formula,
      [toRange(part)],
      undefined,
      OtherFormulaBizType.CONDITIONAL_FORMATTING,
      facts.id,
    );
    return { facts, formula, part, id };
  }

  #stop({ facts, id }: Rule): void {
    if (id !== null) this.#formulas.deleteFormula(this.#parts.unit, facts.area.sheet, [id]);
  }

  #forget(isOne: (rule: Rule) => boolean): void {
    this.#rules.filter(isOne).forEach((rule) => this.#stop(rule));
    this.#rules = this.#rules.filter((rule) => !isOne(rule));
    this.#drawSoon();
  }

  #holds({ facts, part, id }: Rule, row: number, column: number): boolean {
    if (id === null) return false;
    const answer = this.#formulas.getFormulaValueSync(this.#parts.unit, facts.area.sheet, id);
    const y = part.rows === 1 ? 0 : row - part.row;
    const x = part.columns === 1 ? 0 : column - part.column;
    const cell = answer?.result?.[y]?.[x]?.[0]?.[0];
    return typeof cell?.v === "number" ? cell.v !== 0 : cell?.v === true;
  }

  #styleAt(sheet: string, row: number, column: number): IStyleData | null {
    let style: IStyleData = {};
    let isTouched = false;
    for (const rule of this.#rules) {
      const { area, fill, fontColor, bold, stopIfTrue } = rule.facts;
      if (area.sheet !== sheet || row < area.row || row >= area.row + area.rows) continue;
      if (column < area.column || column >= area.column + area.columns) continue;
      if (!this.#holds(rule, row, column)) continue;
      isTouched = true;
      // What a stronger rule says stands.
      style = {
        ...(fill === null ? {} : { bg: { rgb: fill } }),
        ...(fontColor === null ? {} : { cl: { rgb: fontColor } }),
        ...(bold === true ? { bl: BooleanNumber.TRUE } : {}),
        ...style,
      };
      if (stopIfTrue) break;
    }
    return isTouched ? style : null;
  }

  #drawSoon(): void {
    this.#redraw ??= setTimeout(() => {
      this.#redraw = null;
      const render = this.#parts.grid.injector
        .get(IRenderManagerService)
        .getRenderById(this.#parts.unit);
      render?.with(SheetSkeletonManagerService).reCalculate();
      render?.mainComponent?.makeDirty();
    }, REDRAW_AFTER_MS);
  }
}

function movedRule(rule: ConditionalFacts["rule"], move: Move): ConditionalFacts["rule"] {
  if (rule.kind === "text") return rule;
  if (rule.kind === "custom") return { ...rule, formula: movedFormula(rule.formula, move) };
  const second = rule.formula2 === undefined ? {} : { formula2: movedFormula(rule.formula2, move) };
  return { ...rule, formula1: movedFormula(rule.formula1, move), ...second };
}
