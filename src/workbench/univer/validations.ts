/**
 * Data validation over Univer's grid: kept here, and held against what a person types. Univer's own
 * plug-in calculates a formula for every cell of a rule, and marks what Excel leaves unmarked.
 */
import type { ValidationFacts } from "../backend/backend";
import { enteredText } from "../backend/entered-value";
import { type Move, movedBox } from "../backend/references";
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

  /** Rows or columns came or went; the areas of the rules go along. */
  moved(sheet: string, move: Move): void {
    for (const facts of this.all(sheet)) {
      const areas = facts.areas.flatMap((area) => movedBox(area, move) ?? []);
      if (areas.length > 0) this.#rules.set(facts.id, { ...facts, areas });
      else this.#rules.delete(facts.id);
    }
  }
}
