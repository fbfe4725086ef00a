/** The workbook as Univer holds and shows it. */
import type { Area, Box } from "../backend/area";
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
} from "../backend/backend";
import type { Move } from "../backend/references";
import type { Calculation } from "./calculation";
import { Cells } from "./cells";
import { Charts } from "./charts";
import { Conditionals } from "./conditionals";
import { Edits } from "./edits";
import { Layout } from "./layout";
import { Names } from "./names";
import { Sheets } from "./sheets";
import { Tables } from "./tables";
import { Validations } from "./validations";
import type { WorkbookParts } from "./workbook-parts";

export class UniverBackend implements WorkbookBackend {
  readonly #parts: WorkbookParts;
  readonly #calculation: Calculation;
  readonly #cells: Cells;
  readonly #sheets: Sheets;
  readonly #layout: Layout;
  readonly #tables: Tables;
  readonly #names: Names;
  readonly #conditionals: Conditionals;
  readonly #validations: Validations;
  readonly #charts: Charts;
  readonly #edits: Edits;

  constructor(parts: WorkbookParts, calculation: Calculation) {
    this.#parts = parts;
    this.#calculation = calculation;
    this.#cells = new Cells(parts);
    this.#sheets = new Sheets(parts);
    this.#tables = new Tables(parts);
    this.#layout = new Layout(parts, this.#cells, this.#tables);
    this.#names = new Names(parts);
    this.#conditionals = new Conditionals(parts);
    this.#validations = new Validations(parts);
    this.#charts = new Charts(parts, this.#cells);
    this.#edits = new Edits(parts, this.#cells);
    this.#edits.listen({
      edited: ({ kind, area }) => {
        const move = moveOf(kind, area);
        if (move === null) return;
        this.#validations.moved(area.sheet, move);
        this.#conditionals.moved(area.sheet, move);
      },
      sheetAdded: () => undefined,
      sheetDeleted: (sheet) => this.#conditionals.sheetDeleted(sheet),
      sheetActivated: () => undefined,
    });
  }

  get name(): string {
    return `${this.#parts.workbook.name}.xlsx`;
  }

  sheets = (): readonly SheetFacts[] => this.#sheets.all();
  activeSheet = (): string => this.#sheets.active();
  activateSheet = (id: string): void => this.#sheets.activate(id);
  addSheet = (name: string): string => this.#sheets.add(name);
  deleteSheet = (id: string): void => this.#sheets.delete(id);
  patchSheet = (id: string, patch: SheetPatch): void => this.#sheets.patch(id, patch);
  moveSheet = (id: string, position: number): void => this.#sheets.move(id, position);
  selection = (): Area => this.#sheets.selection();
  select = (area: Area): void => this.#sheets.select(area);

  read = (area: Area): readonly (readonly Cell[])[] => this.#cells.read(area);
  write = (area: Area, entries: readonly (readonly CellEntry[])[]): void =>
    this.#cells.write(area, entries);
  applyStyle(area: Area, patch: StylePatch): void {
    this.#cells.applyStyle(area, patch);
    // Rows are as high as their text, until someone says otherwise.
    if (patch.fontSize !== undefined || patch.wrap !== undefined) this.#layout.fitRows(area);
  }
  clearStyle = (area: Area): void => this.#cells.clearStyle(area);
  usedBox = (sheet: string, valuesOnly: boolean): Box | null =>
    this.#cells.usedBox(sheet, valuesOnly);

  shiftCells = (area: Area, shift: Shift, remove: boolean): void =>
    this.#layout.shift(area, shift, remove);
  columnWidth = (sheet: string, column: number): number => this.#layout.columnWidth(sheet, column);
  setColumnWidth = (area: Area, width: number): void => this.#layout.setColumnWidth(area, width);
  rowHeight = (sheet: string, row: number): number => this.#layout.rowHeight(sheet, row);
  setRowHeight = (area: Area, height: number): void => this.#layout.setRowHeight(area, height);
  fitColumns = (area: Area): void => this.#layout.fitColumns(area);
  fitRows = (area: Area): void => this.#layout.fitRows(area);
  merge = (area: Area, across: boolean): void => this.#layout.merge(area, across);
  unmerge = (area: Area): void => this.#layout.unmerge(area);
  merges = (sheet: string): readonly Box[] => this.#layout.merges(sheet);

  tables = (): readonly TableFacts[] => this.#tables.all();
  putTable = (table: TableFacts): void => this.#tables.put(table);
  removeTable = (id: string): void => this.#tables.remove(id);

  names = (): readonly NameFacts[] => this.#names.all();
  putName = (name: NameFacts): void => this.#names.put(name);
  removeName = (name: string): void => this.#names.remove(name);

  conditionals = (sheet: string): readonly ConditionalFacts[] => this.#conditionals.all(sheet);
  putConditional = (rule: ConditionalFacts): void => this.#conditionals.put(rule);
  removeConditional = (sheet: string, id: string): void => this.#conditionals.remove(sheet, id);

  validations = (sheet: string): readonly ValidationFacts[] => this.#validations.all(sheet);
  putValidation = (rule: ValidationFacts): void => this.#validations.put(rule);
  removeValidation = (sheet: string, id: string): void => this.#validations.remove(sheet, id);

  charts = (sheet: string): readonly ChartFacts[] => this.#charts.all(sheet);
  putChart = (chart: ChartFacts): void => this.#charts.put(chart);
  removeChart = (id: string): void => this.#charts.remove(id);

  settled = (): Promise<void> => this.#calculation.settled();
  asAddin = <T>(action: () => T): T => this.#edits.asAddin(action);
  listen = (events: BackendEvents): void => this.#edits.listen(events);
}

function moveOf(kind: DataEdit["kind"], area: Area): Move | null {
  switch (kind) {
    case "RowInserted":
      return { axis: "row", at: area.row, count: area.rows };
    case "RowDeleted":
      return { axis: "row", at: area.row, count: -area.rows };
    case "ColumnInserted":
      return { axis: "column", at: area.column, count: area.columns };
    case "ColumnDeleted":
      return { axis: "column", at: area.column, count: -area.columns };
    default:
      return null;
  }
}
