/** Univer's columns, rows and merged cells. Sizes are pixels. */
import {
  SetWorksheetColWidthMutation,
  SetWorksheetRowHeightMutation,
  SetWorksheetRowIsAutoHeightMutation,
  AddWorksheetMergeMutation,
  RemoveWorksheetMergeMutation,
} from "@univerjs/preset-sheets-core";
import { BooleanNumber, Dimension } from "@univerjs/core";
import {
  type Area,
  type Box,
  contains,
  intersection,
  isWholeColumns,
  isWholeRows,
} from "../backend/area";
import type { Shift } from "../backend/backend";
import type { Cells } from "./cells";
import type { Tables } from "./tables";
import { toBox, toRange, type WorkbookParts } from "./workbook-parts";

const PADDING = 18;
/** The button of a table's header. */
const FILTER_BUTTON = 18;
const FITTED_MIN = 32;
const FITTED_MAX = 480;

export class Layout {
  readonly #parts: WorkbookParts;
  readonly #cells: Cells;
  readonly #tables: Tables;
  #pencil: CanvasRenderingContext2D | null = null;

  constructor(parts: WorkbookParts, cells: Cells, tables: Tables) {
    this.#parts = parts;
    this.#cells = cells;
    this.#tables = tables;
  }

  columnWidth(sheet: string, column: number): number {
    return this.#parts.sheet(sheet).getColumnWidth(column);
  }

  setColumnWidth(area: Area, width: number): void {
    const range = this.#parts.range({ ...area, row: 0, rows: 1 });
    if (range === null) return;
    const endRow = this.#parts.sheet(area.sheet).getRowCount() - 1;
    this.#parts.run(SetWorksheetColWidthMutation.id, {
      subUnitId: area.sheet,
      ranges: [{ ...range, endRow }],
      colWidth: width,
    });
  }

  rowHeight(sheet: string, row: number): number {
    return this.#parts.sheet(sheet).getRowHeight(row);
  }

  setRowHeight(area: Area, height: number): void {
    const range = this.#parts.range({ ...area, column: 0, columns: 1 });
    if (range === null) return;
    const endColumn = this.#parts.sheet(area.sheet).getColumnCount() - 1;
    const ranges = [{ ...range, endColumn }];
    this.#parts.run(SetWorksheetRowHeightMutation.id, {
      subUnitId: area.sheet,
      ranges,
      rowHeight: height,
    });
    this.#parts.run(SetWorksheetRowIsAutoHeightMutation.id, {
      subUnitId: area.sheet,
      ranges,
      autoHeightInfo: BooleanNumber.FALSE,
    });
  }

  /** As wide as the widest text, as Excel does. */
  fitColumns(area: Area): void {
    const used = this.#cells.usedBox(area.sheet, true);
    const box =
      used === null ? null : intersection(area, { ...used, row: 0, rows: used.row + used.rows });
    if (box === null) return;
    const rows = this.#cells.read({ sheet: area.sheet, ...box });
    const headers = this.#tables
      .all()
      .filter((table) => table.area.sheet === area.sheet)
      .map((table) => ({ ...table.area, rows: 1 }));
    const at = (row: number, column: number): Box => ({
      row: box.row + row,
      column: box.column + column,
      rows: 1,
      columns: 1,
    });
    for (let index = 0; index < box.columns; index++) {
      let width = 0;
      for (const [offset, row] of rows.entries()) {
        const cell = row[index];
        if (cell === undefined || cell.text === "" || cell.style.wrap) continue;
        const isHeader = headers.some((header) => contains(header, at(offset, index)));
        const text = this.#textWidth(cell.text, cell.style.fontSize, cell.style.bold || isHeader);
        width = Math.max(width, text + (isHeader ? FILTER_BUTTON : 0));
      }
      if (width === 0) continue;
      const fitted = Math.min(FITTED_MAX, Math.max(FITTED_MIN, Math.ceil(width) + PADDING));
      this.setColumnWidth({ ...area, column: box.column + index, columns: 1 }, fitted);
    }
  }

  fitRows(area: Area): void {
    const range = this.#parts.range(area);
    if (range === null) return;
    const sheet = this.#parts.grid.api.getActiveWorkbook()?.getSheetBySheetId(area.sheet);
    sheet?.setRangesAutoHeight([range]);
  }

  #textWidth(text: string, size: number | null, bold: boolean): number {
    this.#pencil ??= document.createElement("canvas").getContext("2d");
    if (this.#pencil === null) return text.length * 8;
    this.#pencil.font = `${bold ? "bold " : ""}${size ?? 11}pt Arial`;
    return this.#pencil.measureText(text).width;
  }

  merge(area: Area, across: boolean): void {
    const range = this.#parts.range(area);
    if (range === null) return;
    this.unmerge(area);
    const rows = across ? range.endRow - range.startRow + 1 : 1;
    const ranges = Array.from({ length: rows }, (_, index) =>
      across
        ? { ...range, startRow: range.startRow + index, endRow: range.startRow + index }
        : range,
    );
    this.#parts.run(AddWorksheetMergeMutation.id, { subUnitId: area.sheet, ranges });
  }

  unmerge(area: Area): void {
    const ranges = this.merges(area.sheet)
      .filter((box) => intersection(box, area) !== null)
      .map(toRange);
    if (ranges.length === 0) return;
    this.#parts.run(RemoveWorksheetMergeMutation.id, { subUnitId: area.sheet, ranges });
  }

  merges(sheet: string): readonly Box[] {
    return this.#parts.sheet(sheet).getMergeData().map(toBox);
  }

  /** Through Univer's commands, which move formulas, formats and tables along. */
  shift(area: Area, shift: Shift, remove: boolean): void {
    const sheet = this.#parts.grid.api.getActiveWorkbook()?.getSheetBySheetId(area.sheet);
    const range = this.#parts.range(area);
    if (sheet == null || range === null) return;
    if (isWholeRows(area)) {
      if (remove) sheet.deleteRows(area.row, area.rows);
      else sheet.insertRows(area.row, area.rows);
    } else if (isWholeColumns(area)) {
      if (remove) sheet.deleteColumns(area.column, area.columns);
      else sheet.insertColumns(area.column, area.columns);
    } else {
      const down = shift === "Down" || shift === "Up";
      const dimension = down ? Dimension.ROWS : Dimension.COLUMNS;
      if (remove) sheet.getRange(range).deleteCells(dimension);
      else sheet.getRange(range).insertCells(dimension);
    }
  }
}
