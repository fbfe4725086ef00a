/**
 * The plain workbook in memory, for tests of the object model in Node. It stores what it is given:
 * formulas are not calculated (their value is 0), number formats and conditional formats not shown.
 */
import { type Area, type Box, contains, intersection, isWholeColumns, isWholeRows } from "./area";
import {
  type BackendEvents,
  type Border,
  type BorderSide,
  type Cell,
  type CellEntry,
  type CellStyle,
  type CellValue,
  type ConditionalFacts,
  type DataEdit,
  isCellError,
  type NameFacts,
  plainStyle,
  type SheetFacts,
  type SheetPatch,
  type Shift,
  type StylePatch,
  type TableFacts,
  type WorkbookBackend,
} from "./backend";

interface StoredCell {
  readonly value: CellValue;
  readonly formula: string | null;
  readonly style: CellStyle;
}

interface StoredSheet {
  facts: SheetFacts;
  /** By row, then column. */
  cells: Map<number, Map<number, StoredCell>>;
  merges: Box[];
  conditionals: ConditionalFacts[];
  readonly widths: Map<number, number>;
  readonly heights: Map<number, number>;
}

const blankCell: StoredCell = { value: null, formula: null, style: plainStyle };
const COLUMN_WIDTH = 64;
const ROW_HEIGHT = 20;

function textOf(value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  return isCellError(value) ? value.error : String(value);
}

function patched(style: CellStyle, patch: StylePatch): CellStyle {
  const { borders, ...rest } = patch;
  const sides: Partial<Record<BorderSide, Border>> = { ...style.borders };
  for (const [side, border] of Object.entries(borders ?? {}) as [BorderSide, Border | null][]) {
    if (border === null) Reflect.deleteProperty(sides, side);
    else sides[side] = border;
  }
  return { ...style, ...rest, borders: sides };
}

export class MemoryBackend implements WorkbookBackend {
  readonly name = "Book.xlsx";
  readonly #sheets: StoredSheet[] = [];
  readonly #names = new Map<string, NameFacts>();
  readonly #tables = new Map<string, TableFacts>();
  readonly #listeners: BackendEvents[] = [];
  #active = "";
  #selection: Area;
  #byAddin = false;
  #lastId = 0;

  constructor(sheetNames: readonly string[]) {
    for (const name of sheetNames) this.#insert(name);
    this.#active = this.#sheets[0]?.facts.id ?? "";
    this.#selection = { sheet: this.#active, row: 0, column: 0, rows: 1, columns: 1 };
  }

  #insert(name: string): string {
    this.#lastId += 1;
    const id = `{sheet-${this.#lastId}}`;
    const facts: SheetFacts = {
      id,
      name,
      visibility: "Visible",
      tabColor: null,
      showGridlines: true,
      frozenRows: 0,
      frozenColumns: 0,
    };
    const parts = {
      cells: new Map(),
      merges: [],
      conditionals: [],
      widths: new Map(),
      heights: new Map(),
    };
    this.#sheets.push({ facts, ...parts });
    return id;
  }

  #sheet(id: string): StoredSheet {
    const found = this.#sheets.find((sheet) => sheet.facts.id === id);
    if (found === undefined) throw new Error(`There is no sheet ${id}`);
    return found;
  }

  sheets = (): readonly SheetFacts[] => this.#sheets.map((sheet) => sheet.facts);
  activeSheet = (): string => this.#active;

  activateSheet(id: string): void {
    this.#active = this.#sheet(id).facts.id;
    for (const listener of this.#listeners) listener.sheetActivated(id);
  }

  addSheet(name: string): string {
    const id = this.#insert(name);
    for (const listener of this.#listeners) listener.sheetAdded(id);
    return id;
  }

  deleteSheet(id: string): void {
    this.#sheets.splice(this.#sheets.indexOf(this.#sheet(id)), 1);
    if (this.#active === id) this.#active = this.#sheets[0]?.facts.id ?? "";
    for (const listener of this.#listeners) listener.sheetDeleted(id);
  }

  patchSheet(id: string, patch: SheetPatch): void {
    const sheet = this.#sheet(id);
    sheet.facts = { ...sheet.facts, ...patch };
  }

  moveSheet(id: string, position: number): void {
    const sheet = this.#sheet(id);
    this.#sheets.splice(this.#sheets.indexOf(sheet), 1);
    this.#sheets.splice(position, 0, sheet);
  }

  #stored(sheet: StoredSheet, row: number, column: number): StoredCell {
    return sheet.cells.get(row)?.get(column) ?? blankCell;
  }

  read(area: Area): readonly (readonly Cell[])[] {
    const used = this.usedBox(area.sheet, false);
    const rows = Math.min(area.rows, used === null ? 0 : used.row + used.rows - area.row);
    const columns = Math.min(
      area.columns,
      used === null ? 0 : used.column + used.columns - area.column,
    );
    const sheet = this.#sheet(area.sheet);
    return Array.from({ length: Math.max(0, rows) }, (_, r) =>
      Array.from({ length: Math.max(0, columns) }, (__, c): Cell => {
        const cell = this.#stored(sheet, area.row + r, area.column + c);
        const { fill, fontColor } = cell.style;
        return { ...cell, text: textOf(cell.value), shown: { fill, fontColor } };
      }),
    );
  }

  #store(sheet: StoredSheet, row: number, column: number, cell: StoredCell): void {
    const columns = sheet.cells.get(row) ?? new Map<number, StoredCell>();
    sheet.cells.set(row, columns.set(column, cell));
  }

  write(area: Area, entries: readonly (readonly CellEntry[])[]): void {
    const sheet = this.#sheet(area.sheet);
    const before = this.#stored(sheet, area.row, area.column).value;
    for (const [r, entryRow] of entries.entries()) {
      for (const [c, entry] of entryRow.entries()) {
        if (entry === undefined) continue;
        const { style } = this.#stored(sheet, area.row + r, area.column + c);
        const content =
          "formula" in entry
            ? { value: 0, formula: entry.formula }
            : { value: entry.value, formula: null };
        this.#store(sheet, area.row + r, area.column + c, { ...content, style });
      }
    }
    const after = this.#stored(sheet, area.row, area.column).value;
    const single = area.rows === 1 && area.columns === 1;
    this.#raise(area, "RangeEdited", single ? { before, after } : {});
  }

  #raise(
    area: Area,
    kind: DataEdit["kind"],
    details: Pick<DataEdit, "before" | "after"> = {},
  ): void {
    const edit: DataEdit = { area, kind, byAddin: this.#byAddin, ...details };
    for (const listener of this.#listeners) listener.edited(edit);
  }

  /** A format of whole columns or rows is kept for the cells that are there. */
  #restyle(area: Area, change: (style: CellStyle) => CellStyle): void {
    const sheet = this.#sheet(area.sheet);
    const used = this.usedBox(area.sheet, false);
    const bounded = !isWholeColumns(area) && !isWholeRows(area);
    const box = bounded ? area : used === null ? null : intersection(area, used);
    if (box === null) return;
    for (let row = box.row; row < box.row + box.rows; row++) {
      for (let column = box.column; column < box.column + box.columns; column++) {
        const cell = this.#stored(sheet, row, column);
        this.#store(sheet, row, column, { ...cell, style: change(cell.style) });
      }
    }
  }

  applyStyle(area: Area, patch: StylePatch): void {
    this.#restyle(area, (style) => patched(style, patch));
  }

  clearStyle(area: Area): void {
    this.#restyle(area, () => plainStyle);
  }

  usedBox(id: string, valuesOnly: boolean): Box | null {
    const rows: number[] = [];
    const columns: number[] = [];
    for (const [row, cells] of this.#sheet(id).cells) {
      for (const [column, cell] of cells) {
        const hasContent = cell.value !== null || cell.formula !== null;
        if (!hasContent && (valuesOnly || cell.style === plainStyle)) continue;
        rows.push(row);
        columns.push(column);
      }
    }
    if (rows.length === 0) return null;
    const row = Math.min(...rows);
    const column = Math.min(...columns);
    return {
      row,
      column,
      rows: Math.max(...rows) - row + 1,
      columns: Math.max(...columns) - column + 1,
    };
  }

  /** Cells move; formulas are not rewritten. */
  shiftCells(area: Area, shift: Shift, remove: boolean): void {
    const sheet = this.#sheet(area.sheet);
    const vertical = shift === "Down" || shift === "Up";
    const step = (vertical ? area.rows : area.columns) * (remove ? -1 : 1);
    const moved: typeof sheet.cells = new Map();
    const old = sheet.cells;
    sheet.cells = moved;
    for (const [row, cells] of old) {
      for (const [column, cell] of cells) {
        if (remove && contains(area, { row, column, rows: 1, columns: 1 })) continue;
        const affected = vertical
          ? row >= area.row && column >= area.column && column < area.column + area.columns
          : column >= area.column && row >= area.row && row < area.row + area.rows;
        const by = affected ? step : 0;
        this.#store(sheet, row + (vertical ? by : 0), column + (vertical ? 0 : by), cell);
      }
    }
    if (isWholeRows(area)) this.#raise(area, remove ? "RowDeleted" : "RowInserted");
    else if (isWholeColumns(area)) this.#raise(area, remove ? "ColumnDeleted" : "ColumnInserted");
    else this.#raise(area, "RangeEdited");
  }

  columnWidth = (id: string, column: number): number =>
    this.#sheet(id).widths.get(column) ?? COLUMN_WIDTH;
  rowHeight = (id: string, row: number): number => this.#sheet(id).heights.get(row) ?? ROW_HEIGHT;

  setColumnWidth(area: Area, width: number): void {
    const { widths } = this.#sheet(area.sheet);
    for (let i = 0; i < area.columns; i++) widths.set(area.column + i, width);
  }

  setRowHeight(area: Area, height: number): void {
    const { heights } = this.#sheet(area.sheet);
    for (let i = 0; i < area.rows; i++) heights.set(area.row + i, height);
  }

  /** Nothing is drawn here, so nothing has a size of its own. */
  fitColumns = (): void => undefined;
  fitRows = (): void => undefined;

  merge(area: Area, across: boolean): void {
    this.unmerge(area);
    const rows = across ? area.rows : 1;
    const { row, column, columns } = area;
    for (let i = 0; i < rows; i++) {
      const box = { row: row + i, column, rows: across ? 1 : area.rows, columns };
      this.#sheet(area.sheet).merges.push(box);
    }
  }

  unmerge(area: Area): void {
    const sheet = this.#sheet(area.sheet);
    sheet.merges = sheet.merges.filter((box) => intersection(box, area) === null);
  }

  merges = (id: string): readonly Box[] => this.#sheet(id).merges;

  selection = (): Area => this.#selection;
  select(area: Area): void {
    this.#selection = area;
  }

  tables = (): readonly TableFacts[] => [...this.#tables.values()];
  putTable(table: TableFacts): void {
    this.#tables.set(table.id, table);
  }
  removeTable(id: string): void {
    this.#tables.delete(id);
  }

  names = (): readonly NameFacts[] => [...this.#names.values()];
  putName(name: NameFacts): void {
    this.#names.set(name.name.toLowerCase(), name);
  }
  removeName(name: string): void {
    this.#names.delete(name.toLowerCase());
  }

  conditionals = (id: string): readonly ConditionalFacts[] => this.#sheet(id).conditionals;

  putConditional(rule: ConditionalFacts): void {
    const sheet = this.#sheet(rule.area.sheet);
    const known = sheet.conditionals.findIndex((one) => one.id === rule.id);
    if (known < 0) sheet.conditionals.unshift(rule);
    else sheet.conditionals[known] = rule;
  }

  removeConditional(id: string, rule: string): void {
    const sheet = this.#sheet(id);
    sheet.conditionals = sheet.conditionals.filter((one) => one.id !== rule);
  }

  settled = (): Promise<void> => Promise.resolve();

  asAddin<T>(action: () => T): T {
    const outer = this.#byAddin;
    this.#byAddin = true;
    try {
      return action();
    } finally {
      this.#byAddin = outer;
    }
  }

  listen(events: BackendEvents): void {
    this.#listeners.push(events);
  }
}
