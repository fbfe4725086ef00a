/**
 * Data validation over Univer's grid: kept here, and held against what a person types. Univer's own
 * plug-in calculates a formula for every cell of a rule, and marks what Excel leaves unmarked.
 */
import type { ValidationFacts } from "../backend/backend";
import { enteredText } from "../backend/entered-value";
import { stoppedBy } from "../backend/validation";
import type { WorkbookParts } from "./workbook-parts";

export class Validations {
  readonly #rules = new Map<string, ValidationFacts>();

  constructor(parts: WorkbookParts) {
    const { api } = parts.grid;
    api.addEvent(api.Event.BeforeSheetEditEnd, (edit) => {
      if (!edit.isConfirm) return;
      const text = edit.value.toPlainText().replace(/\r?\n$/, "");
      const cell = { row: edit.row, column: edit.column, rows: 1, columns: 1 };
      const sheet = edit.worksheet.getSheetId();
      const { entry } = enteredText(text, "General", new Date().getFullYear());
      const stop = stoppedBy(this.all(sheet), { sheet, ...cell }, entry);
      if (stop === null) return;
      edit.cancel = true;
      api.showMessage({ content: `${stop.title}. ${stop.message}`, duration: 6000 });
    });
  }

  all(sheet: string): readonly ValidationFacts[] {
    return [...this.#rules.values()].filter(({ areas }) => areas[0]?.sheet === sheet);
  }

  put(facts: ValidationFacts): void {
    this.#rules.set(facts.id, facts);
  }

  remove(_sheet: string, id: string): void {
    this.#rules.delete(id);
  }

  /** Rows came (more than 0) or went at `row`. */
  rowsMoved(sheet: string, row: number, rows: number): void {
    for (const facts of this.all(sheet)) {
      const areas = facts.areas.flatMap((area) => {
        if (area.row >= row) return [{ ...area, row: Math.max(row, area.row + rows) }];
        if (area.row + area.rows <= row) return [area];
        const height = Math.max(row - area.row, area.rows + rows);
        return height > 0 ? [{ ...area, rows: height }] : [];
      });
      if (areas.length > 0) this.#rules.set(facts.id, { ...facts, areas });
      else this.#rules.delete(facts.id);
    }
  }
}
