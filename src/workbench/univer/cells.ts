/** Reading and writing Univer's cells. */
import {
  CellValueType,
  type ICellData,
  type ICellDataForSheetInterceptor,
  type Nullable,
  ObjectMatrix,
  type Worksheet,
} from "@univerjs/core";
import {
  ERROR_TYPE_SET,
  SetRangeValuesMutation,
  SetWorksheetColumnCountMutation,
  SetWorksheetRowCountMutation,
} from "@univerjs/preset-sheets-core";
import type { Area, Box } from "../backend/area";
import type { Cell, CellEntry, CellStyle, CellValue, StylePatch } from "../backend/backend";
import { hexColor, readStyle, univerStyle } from "./styles";
import type { WorkbookParts } from "./workbook-parts";

/** Names a change of looks, which the engine does not calculate for and onChanged does not tell of. */
export const STYLE_TRIGGER = "sheet.command.set-style";

const ROOM_ROWS = 60;
const ROOM_COLUMNS = 8;

type CellMatrix = Record<number, Record<number, unknown>>;

function readValue(data: Nullable<ICellData>): CellValue {
  const raw = data?.v;
  if (raw == null) return null;
  if (data?.t === CellValueType.BOOLEAN) return raw === 1 || raw === true || raw === "1";
  if (typeof raw === "string" && data?.t !== CellValueType.FORCE_STRING) {
    if ((ERROR_TYPE_SET as ReadonlySet<string>).has(raw)) return { error: raw };
  }
  return raw;
}

/** The cell as the grid's parts have it drawn: formats, tables and rules applied. */
function shownData(
  sheet: Worksheet,
  row: number,
  column: number,
): Nullable<ICellDataForSheetInterceptor> {
  return sheet.getCell(row, column);
}

function shownText(shown: Nullable<ICellData>, value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  return shown?.v == null ? "" : String(shown.v);
}

function entryData(entry: NonNullable<CellEntry>): Record<string, unknown> {
  const empty = { p: null, f: null, si: null };
  if ("formula" in entry) return { ...empty, f: entry.formula, v: null };
  const value = entry.value;
  if (value === null) return { ...empty, v: null };
  if (typeof value === "number") return { ...empty, v: value, t: CellValueType.NUMBER };
  if (typeof value === "boolean") return { ...empty, v: value ? 1 : 0, t: CellValueType.BOOLEAN };
  if (typeof value === "string") return { ...empty, v: value, t: CellValueType.STRING };
  return { ...empty, v: value.error, t: CellValueType.STRING };
}

/** One cell, looked up as far as it is asked for: drawing thousands of them to read values is slow. */
class GridCell implements Cell {
  readonly #parts: WorkbookParts;
  readonly #sheet: Worksheet;
  readonly #row: number;
  readonly #column: number;
  readonly #raw: Nullable<ICellData>;

  constructor(parts: WorkbookParts, sheet: Worksheet, row: number, column: number) {
    this.#parts = parts;
    this.#sheet = sheet;
    this.#row = row;
    this.#column = column;
    this.#raw = sheet.getCellMatrix().getValue(row, column);
  }

  get #spilled(): Nullable<ICellData> {
    const { formulas, unit } = this.#parts;
    const sheets = formulas.getArrayFormulaCellData()[unit];
    return sheets?.[this.#sheet.getSheetId()]?.[this.#row]?.[this.#column];
  }

  get value(): CellValue {
    const isBlank = this.#raw?.v == null && this.#raw?.f == null;
    return readValue(isBlank ? (this.#spilled ?? this.#raw) : this.#raw);
  }

  get formula(): string | null {
    if (this.#raw?.f == null && this.#raw?.si == null) return null;
    const { formulas, unit } = this.#parts;
    const sheet = this.#sheet.getSheetId();
    const text = formulas.getFormulaStringByCell(this.#row, this.#column, sheet, unit);
    return text == null || text === "" ? null : text;
  }

  get text(): string {
    return shownText(shownData(this.#sheet, this.#row, this.#column), this.value);
  }

  get style(): CellStyle {
    return readStyle(this.#parts.workbook.getStyles().getStyleByCell(this.#raw));
  }

  get shown(): Cell["shown"] {
    const shown = shownData(this.#sheet, this.#row, this.#column);
    const style = this.#parts.workbook.getStyles().getStyleByCell(shown);
    const theme = shown?.themeStyle;
    return {
      fill: hexColor(style?.bg?.rgb ?? theme?.bg?.rgb),
      fontColor: hexColor(style?.cl?.rgb ?? theme?.cl?.rgb),
    };
  }
}

export class Cells {
  readonly #parts: WorkbookParts;

  constructor(parts: WorkbookParts) {
    this.#parts = parts;
  }

  read(area: Area): readonly (readonly Cell[])[] {
    const sheet = this.#parts.sheet(area.sheet);
    const range = this.#parts.range(area);
    if (range === null) return [];
    const rows: Cell[][] = [];
    for (let row = range.startRow; row <= range.endRow; row++) {
      const cells: Cell[] = [];
      for (let column = range.startColumn; column <= range.endColumn; column++) {
        cells.push(new GridCell(this.#parts, sheet, row, column));
      }
      rows.push(cells);
    }
    return rows;
  }

  write(area: Area, entries: readonly (readonly CellEntry[])[]): void {
    this.grow(area);
    const matrix: CellMatrix = {};
    for (const [r, entryRow] of entries.entries()) {
      for (const [c, entry] of entryRow.entries()) {
        if (entry === undefined) continue;
        (matrix[area.row + r] ??= {})[area.column + c] = entryData(entry);
      }
    }
    if (Object.keys(matrix).length === 0) return;
    this.#parts.run(SetRangeValuesMutation.id, { subUnitId: area.sheet, cellValue: matrix });
  }

  applyStyle(area: Area, patch: StylePatch): void {
    this.#style(area, { s: univerStyle(patch) });
  }

  clearStyle(area: Area): void {
    this.#style(area, { s: null });
  }

  #style(area: Area, data: Record<string, unknown>): void {
    const range = this.#parts.range(area);
    if (range === null) return;
    const matrix: CellMatrix = {};
    for (let row = range.startRow; row <= range.endRow; row++) {
      const cells: Record<number, unknown> = {};
      for (let column = range.startColumn; column <= range.endColumn; column++) {
        // A copy each: the grid changes what it is given.
        cells[column] = structuredClone(data);
      }
      matrix[row] = cells;
    }
    this.#parts.run(SetRangeValuesMutation.id, {
      subUnitId: area.sheet,
      cellValue: matrix,
      trigger: STYLE_TRIGGER,
    });
  }

  /**
   * Makes the sheet large enough: Univer's sheets have an edge, Excel's are as good as endless. With
   * room beyond the area, for what a formula in it may spill.
   */
  grow(area: Area): void {
    const sheet = this.#parts.sheet(area.sheet);
    const rows = area.row + area.rows;
    const columns = area.column + area.columns;
    if (rows + ROOM_ROWS > sheet.getRowCount()) {
      this.#parts.run(SetWorksheetRowCountMutation.id, {
        subUnitId: area.sheet,
        rowCount: rows + 2 * ROOM_ROWS,
      });
    }
    if (columns + ROOM_COLUMNS > sheet.getColumnCount()) {
      this.#parts.run(SetWorksheetColumnCountMutation.id, {
        subUnitId: area.sheet,
        columnCount: columns + 2 * ROOM_COLUMNS,
      });
    }
  }

  usedBox(sheetId: string, valuesOnly: boolean): Box | null {
    const { formulas, unit } = this.#parts;
    let top = Infinity;
    let left = Infinity;
    let bottom = -1;
    let right = -1;
    const include = (row: number, column: number) => {
      top = Math.min(top, row);
      left = Math.min(left, column);
      bottom = Math.max(bottom, row);
      right = Math.max(right, column);
    };
    this.#parts
      .sheet(sheetId)
      .getCellMatrix()
      .forValue((row, column, cell: Nullable<ICellData>) => {
        const hasContent = cell?.v != null || cell?.f != null || cell?.si != null;
        if (hasContent || (!valuesOnly && cell?.s != null)) include(row, column);
      });
    const spilled = formulas.getArrayFormulaCellData()[unit]?.[sheetId] ?? {};
    new ObjectMatrix(spilled).forValue((row, column) => {
      include(row, column);
    });
    if (bottom < 0) return null;
    return { row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 };
  }
}
