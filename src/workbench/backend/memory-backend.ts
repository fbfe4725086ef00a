/**
 * The plain workbook in memory, for tests of the object model in Node. It stores what it is given:
 * formulas are not calculated (their value is 0), number formats and conditional formats not shown.
 */
import { type Area, type Box, isWholeColumns, isWholeRows } from "./area";
import type {
  BackendEvents,
  Cell,
  CellEntry,
  ChartFacts,
  ConditionalFacts,
  DataEdit,
  NameFacts,
  SheetFacts,
  SheetPatch,
  Shift,
  StylePatch,
  TableFacts,
  ValidationFacts,
  WorkbookBackend,
} from "./backend";
import { MemorySheet } from "./memory-sheet";

const COLUMN_WIDTH = 64;
const ROW_HEIGHT = 20;

export class MemoryBackend implements WorkbookBackend {
  readonly name = "Book.xlsx";
  readonly #sheets: MemorySheet[] = [];
  readonly #names = new Map<string, NameFacts>();
  readonly #tables = new Map<string, TableFacts>();
  readonly #charts = new Map<string, ChartFacts>();
  readonly #validations = new Map<string, ValidationFacts>();
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
    const looks = { tabColor: null, showGridlines: true, frozenRows: 0, frozenColumns: 0 };
    this.#sheets.push(new MemorySheet({ id, name, visibility: "Visible", ...looks }));
    return id;
  }

  #sheet(id: string): MemorySheet {
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

  read = (area: Area): readonly (readonly Cell[])[] => this.#sheet(area.sheet).read(area);

  write(area: Area, entries: readonly (readonly CellEntry[])[]): void {
    const sheet = this.#sheet(area.sheet);
    const before = sheet.value(area.row, area.column);
    sheet.write(area, entries);
    const single = area.rows === 1 && area.columns === 1;
    this.#raise(area, "RangeEdited", single ? { before } : {});
  }

  #raise(area: Area, kind: DataEdit["kind"], details: Pick<DataEdit, "before"> = {}): void {
    const edit: DataEdit = { area, kind, byAddin: this.#byAddin, ...details };
    for (const listener of this.#listeners) listener.edited(edit);
  }

  applyStyle = (area: Area, patch: StylePatch): void =>
    this.#sheet(area.sheet).restyle(area, patch);
  clearStyle = (area: Area): void => this.#sheet(area.sheet).restyle(area, null);
  usedBox = (id: string, valuesOnly: boolean): Box | null => this.#sheet(id).usedBox(valuesOnly);

  shiftCells(area: Area, shift: Shift, remove: boolean): void {
    this.#sheet(area.sheet).shift(area, shift, remove);
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

  merge = (area: Area, across: boolean): void => this.#sheet(area.sheet).merge(area, across);
  unmerge = (area: Area): void => this.#sheet(area.sheet).unmerge(area);
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
  putConditional = (rule: ConditionalFacts): void =>
    this.#sheet(rule.area.sheet).putConditional(rule);

  removeConditional(id: string, rule: string): void {
    const sheet = this.#sheet(id);
    sheet.conditionals = sheet.conditionals.filter((one) => one.id !== rule);
  }

  validations = (id: string): readonly ValidationFacts[] =>
    [...this.#validations.values()].filter((one) => one.areas[0]?.sheet === id);
  putValidation(rule: ValidationFacts): void {
    this.#validations.set(rule.id, rule);
  }
  removeValidation(_sheet: string, id: string): void {
    this.#validations.delete(id);
  }

  charts = (id: string): readonly ChartFacts[] =>
    [...this.#charts.values()].filter((one) => one.sheet === id);
  putChart(chart: ChartFacts): void {
    this.#charts.set(chart.id, chart);
  }
  removeChart(id: string): void {
    this.#charts.delete(id);
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
