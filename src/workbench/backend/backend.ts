/**
 * What the rich API needs from a workbook, and no more. Two things play it: a plain one in memory
 * (fast tests in Node; it stores formulas and computes nothing) and Univer (the page).
 * Positions count from 0, sheets are named by id, sizes of columns and rows are pixels at 96 dpi,
 * colours are "#RRGGBB" in upper case.
 */
import type { Area, Box } from "./area";

/** null is an empty cell; an error is its text, marked. */
export type CellValue = string | number | boolean | null | CellError;

export interface CellError {
  readonly error: string;
}

export function isCellError(value: CellValue): value is CellError {
  return typeof value === "object" && value !== null;
}

export type Align = "left" | "center" | "right";
export type VerticalAlign = "top" | "middle" | "bottom";
export type BorderLine = "thin" | "medium" | "thick" | "dashed" | "dotted" | "double";
export type BorderSide = "top" | "bottom" | "left" | "right";

export interface Border {
  readonly line: BorderLine;
  readonly color: string;
}

export interface CellStyle {
  readonly fill: string | null;
  readonly fontColor: string | null;
  readonly fontName: string | null;
  readonly fontSize: number | null;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly numberFormat: string;
  readonly align: Align | null;
  readonly verticalAlign: VerticalAlign | null;
  readonly wrap: boolean;
  readonly borders: Partial<Record<BorderSide, Border>>;
}

export const plainStyle: CellStyle = {
  fill: null,
  fontColor: null,
  fontName: null,
  fontSize: null,
  bold: false,
  italic: false,
  numberFormat: "General",
  align: null,
  verticalAlign: null,
  wrap: false,
  borders: {},
};

/** A border set to null is taken away; a side left out stays as it is. */
export type StylePatch = Partial<Omit<CellStyle, "borders">> & {
  readonly borders?: Partial<Record<BorderSide, Border | null>>;
};

export interface Cell {
  readonly value: CellValue;
  /** With its "=", or null. Cells that another one spills into have none. */
  readonly formula: string | null;
  /** As shown, number format applied. */
  readonly text: string;
  readonly style: CellStyle;
  /** The style on screen: table bands and conditional formats applied. */
  readonly shown: { readonly fill: string | null; readonly fontColor: string | null };
}

/** What is written: a formula, or a value that is stored as it is. `undefined` leaves the cell. */
export type CellEntry = { readonly formula: string } | { readonly value: CellValue } | undefined;

export type Visibility = "Visible" | "Hidden" | "VeryHidden";

export interface SheetFacts {
  readonly id: string;
  readonly name: string;
  readonly visibility: Visibility;
  readonly tabColor: string | null;
  readonly showGridlines: boolean;
  readonly frozenRows: number;
  readonly frozenColumns: number;
}

export type SheetPatch = Partial<Omit<SheetFacts, "id">>;

/** A table's data; whatever draws it is the backend's affair. Header and totals lie inside the area. */
export interface TableFacts {
  readonly id: string;
  readonly name: string;
  readonly area: Area;
  readonly showHeaders: boolean;
  readonly showTotals: boolean;
  readonly style: string;
  /** Excel's ids of the columns: they stay as columns are renamed and others come between. */
  readonly columnIds: readonly number[];
}

export interface NameFacts {
  readonly name: string;
  /** With its "=". */
  readonly formula: string;
  readonly visible: boolean;
  readonly comment: string;
}

export type ConditionalRule =
  | { readonly kind: "custom"; readonly formula: string }
  | {
      readonly kind: "cellValue";
      readonly operator: CellValueOperator;
      readonly formula1: string;
      readonly formula2?: string | undefined;
    }
  | { readonly kind: "text"; readonly operator: TextOperator; readonly text: string };

export type CellValueOperator =
  | "Between"
  | "NotBetween"
  | "EqualTo"
  | "NotEqualTo"
  | "GreaterThan"
  | "LessThan"
  | "GreaterThanOrEqual"
  | "LessThanOrEqual";

export type TextOperator = "Contains" | "NotContains" | "BeginsWith" | "EndsWith";

export interface ConditionalFacts {
  readonly id: string;
  readonly area: Area;
  readonly rule: ConditionalRule;
  readonly fill: string | null;
  readonly fontColor: string | null;
  readonly bold: boolean | null;
  readonly stopIfTrue: boolean;
}

export type ValidationOperator =
  | "Between"
  | "NotBetween"
  | "EqualTo"
  | "NotEqualTo"
  | "GreaterThan"
  | "LessThan"
  | "GreaterThanOrEqualTo"
  | "LessThanOrEqualTo";

export type ValidationRule =
  | { readonly kind: "custom"; readonly formula: string }
  /** `source`: "a,b,c" or a formula. */
  | { readonly kind: "list"; readonly source: string; readonly dropDown: boolean }
  | {
      readonly kind: "wholeNumber" | "decimal" | "date" | "textLength";
      readonly operator: ValidationOperator;
      readonly formula1: string;
      readonly formula2?: string | undefined;
    };

export interface ValidationFacts {
  readonly id: string;
  /** On one sheet; areas of one rule do not overlap. */
  readonly areas: readonly Area[];
  readonly rule: ValidationRule;
  readonly ignoreBlanks: boolean;
  readonly alert: {
    readonly show: boolean;
    readonly style: "Stop" | "Warning" | "Information";
    readonly title: string;
    readonly message: string;
  };
  readonly prompt: { readonly show: boolean; readonly title: string; readonly message: string };
}

export const chartTypes = [
  "Line",
  "LineMarkers",
  "ColumnClustered",
  "BarClustered",
  "Area",
  "XYScatterLinesNoMarkers",
] as const;
export type ChartType = (typeof chartTypes)[number];

export interface SeriesFacts {
  /** A text, or the cell that it stands in. */
  readonly name: string | Area;
  readonly values: Area;
  readonly categories: Area | null;
  readonly color: string | null;
}

export interface AxisFacts {
  readonly title: string | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** Every how many-th category is named; null = as many as there is room for. */
  readonly labelSpacing: number | null;
}

/** A chart's place and size are points from the sheet's top left corner. */
export interface ChartFacts {
  readonly id: string;
  readonly name: string;
  readonly sheet: string;
  readonly type: ChartType;
  readonly title: string | null;
  readonly legend: "Bottom" | "Top" | "Right" | "Left" | null;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly series: readonly SeriesFacts[];
  readonly category: AxisFacts;
  readonly value: AxisFacts;
}

/** A data edit: what Excel raises onChanged for. Never recalculation, style or a stream's result. */
export interface DataEdit {
  readonly area: Area;
  readonly kind: "RangeEdited" | "RowInserted" | "RowDeleted" | "ColumnInserted" | "ColumnDeleted";
  readonly byAddin: boolean;
  /** Of a single edited cell, as in Excel. */
  readonly before?: CellValue;
}

export interface BackendEvents {
  edited(edit: DataEdit): void;
  sheetAdded(sheet: string): void;
  sheetDeleted(sheet: string): void;
  sheetActivated(sheet: string): void;
}

export type Shift = "Down" | "Right" | "Up" | "Left";

export interface WorkbookBackend {
  readonly name: string;

  sheets(): readonly SheetFacts[];
  activeSheet(): string;
  activateSheet(id: string): void;
  addSheet(name: string): string;
  deleteSheet(id: string): void;
  patchSheet(id: string, patch: SheetPatch): void;
  moveSheet(id: string, position: number): void;

  /** Reads within what the sheet holds: larger areas are cut to the cells that exist. */
  read(area: Area): readonly (readonly Cell[])[];
  write(area: Area, entries: readonly (readonly CellEntry[])[]): void;
  applyStyle(area: Area, patch: StylePatch): void;
  clearStyle(area: Area): void;
  usedBox(sheet: string, valuesOnly: boolean): Box | null;
  shiftCells(area: Area, shift: Shift, remove: boolean): void;

  columnWidth(sheet: string, column: number): number;
  setColumnWidth(area: Area, width: number): void;
  rowHeight(sheet: string, row: number): number;
  setRowHeight(area: Area, height: number): void;
  fitColumns(area: Area): void;
  fitRows(area: Area): void;
  merge(area: Area, across: boolean): void;
  unmerge(area: Area): void;
  merges(sheet: string): readonly Box[];

  selection(): Area;
  select(area: Area): void;

  tables(): readonly TableFacts[];
  putTable(table: TableFacts): void;
  removeTable(id: string): void;

  names(): readonly NameFacts[];
  putName(name: NameFacts): void;
  removeName(name: string): void;

  /** In order of priority, the strongest first. */
  conditionals(sheet: string): readonly ConditionalFacts[];
  putConditional(rule: ConditionalFacts): void;
  removeConditional(sheet: string, id: string): void;

  validations(sheet: string): readonly ValidationFacts[];
  putValidation(rule: ValidationFacts): void;
  removeValidation(sheet: string, id: string): void;

  charts(sheet: string): readonly ChartFacts[];
  putChart(chart: ChartFacts): void;
  removeChart(id: string): void;

  /** Resolves when every change made so far is calculated. */
  settled(): Promise<void>;
  /** Runs writes that the add-in asked for, so that their edits carry its mark. */
  asAddin<T>(action: () => T): T;
  listen(events: BackendEvents): void;
}
