/** Univer's sheets: their names, order, looks, and the selection. */
import { BooleanNumber, generateRandomId, mergeWorksheetSnapshotWithDefault } from "@univerjs/core";
import {
  InsertSheetMutation,
  RemoveSheetMutation,
  SetFrozenMutation,
  SetTabColorMutation,
  SetWorksheetActiveOperation,
  SetWorksheetHideMutation,
  SetWorksheetNameMutation,
  SetWorksheetOrderMutation,
  ToggleGridlinesMutation,
} from "@univerjs/preset-sheets-core";
import type { Area } from "../backend/area";
import type { SheetFacts, SheetPatch } from "../backend/backend";
import { hexColor } from "./styles";
import { toBox, toRange, type WorkbookParts } from "./workbook-parts";

export class Sheets {
  readonly #parts: WorkbookParts;
  /** Univer knows hidden sheets; those that no menu shows are Excel's alone. */
  readonly #veryHidden = new Set<string>();

  constructor(parts: WorkbookParts) {
    this.#parts = parts;
  }

  all(): readonly SheetFacts[] {
    return this.#parts.workbook.getSheets().map((sheet) => {
      const id = sheet.getSheetId();
      const hidden = sheet.isSheetHidden() === BooleanNumber.TRUE;
      const freeze = sheet.getFreeze();
      return {
        id,
        name: sheet.getName(),
        visibility: hidden ? (this.#veryHidden.has(id) ? "VeryHidden" : "Hidden") : "Visible",
        tabColor: hexColor(sheet.getTabColor()),
        showGridlines: sheet.getConfig().showGridlines !== BooleanNumber.FALSE,
        frozenRows: freeze.ySplit,
        frozenColumns: freeze.xSplit,
      };
    });
  }

  active(): string {
    return this.#parts.workbook.getActiveSheet().getSheetId();
  }

  activate(id: string): void {
    this.#parts.run(SetWorksheetActiveOperation.id, { subUnitId: id });
  }

  add(name: string): string {
    const id = `{${generateRandomId(8)}}`;
    const sheet = mergeWorksheetSnapshotWithDefault({ id, name });
    const index = this.#parts.workbook.getSheets().length;
    this.#parts.run(InsertSheetMutation.id, { index, sheet });
    return id;
  }

  delete(id: string): void {
    if (this.active() === id) {
      const next = this.all().find((sheet) => sheet.id !== id && sheet.visibility === "Visible");
      if (next !== undefined) this.activate(next.id);
    }
    const name = this.#parts.sheet(id).getName();
    this.#parts.run(RemoveSheetMutation.id, { subUnitId: id, subUnitName: name });
  }

  patch(id: string, patch: SheetPatch): void {
    const run = (command: string, params: object) =>
      this.#parts.run(command, { subUnitId: id, ...params });
    if (patch.name !== undefined) run(SetWorksheetNameMutation.id, { name: patch.name });
    if (patch.tabColor !== undefined) run(SetTabColorMutation.id, { color: patch.tabColor ?? "" });
    if (patch.showGridlines !== undefined) {
      const showGridlines = patch.showGridlines ? BooleanNumber.TRUE : BooleanNumber.FALSE;
      run(ToggleGridlinesMutation.id, { showGridlines });
    }
    if (patch.visibility !== undefined) {
      if (patch.visibility === "VeryHidden") this.#veryHidden.add(id);
      else this.#veryHidden.delete(id);
      const hidden = patch.visibility === "Visible" ? BooleanNumber.FALSE : BooleanNumber.TRUE;
      run(SetWorksheetHideMutation.id, { hidden });
    }
    if (patch.frozenRows !== undefined || patch.frozenColumns !== undefined) {
      const freeze = this.#parts.sheet(id).getFreeze();
      const rows = patch.frozenRows ?? freeze.ySplit;
      const columns = patch.frozenColumns ?? freeze.xSplit;
      run(SetFrozenMutation.id, {
        ySplit: rows,
        xSplit: columns,
        startRow: rows === 0 ? -1 : rows,
        startColumn: columns === 0 ? -1 : columns,
      });
    }
  }

  move(id: string, position: number): void {
    const from = this.#parts.workbook.getSheets().findIndex((sheet) => sheet.getSheetId() === id);
    this.#parts.run(SetWorksheetOrderMutation.id, {
      subUnitId: id,
      fromOrder: from,
      toOrder: position,
    });
  }

  selection(): Area {
    const range = this.#parts.grid.api.getActiveWorkbook()?.getActiveRange();
    const sheet = this.active();
    if (range == null) return { sheet, row: 0, column: 0, rows: 1, columns: 1 };
    return { sheet: range.getSheetId(), ...toBox(range.getRange()) };
  }

  select(area: Area): void {
    if (this.active() !== area.sheet) this.activate(area.sheet);
    const range = this.#parts.range(area);
    const book = this.#parts.grid.api.getActiveWorkbook();
    if (range !== null)
      book
        ?.getActiveSheet()
        .getRange(toRange(toBox(range)))
        .activate();
  }
}
