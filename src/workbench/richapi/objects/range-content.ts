/** The cell-level properties of a range: values, formulas, texts, number formats. */
import { type Area, isWholeColumns, isWholeRows } from "../../backend/area";
import {
  type Cell,
  type CellEntry,
  isCellError,
  plainStyle,
  type StylePatch,
} from "../../backend/backend";
import { enteredText } from "../../backend/entered-value";
import { asText, type Json } from "../json";
import { assertWritable, type Host, type RangeSelf } from "../host";
import { invalidArgument } from "../host-error";
import type { Scalar } from "../host-object";
import { growTables } from "./table-growth";

const blank: Cell = {
  value: null,
  formula: null,
  text: "",
  style: plainStyle,
  shown: { fill: null, fontColor: null },
};

/** Excel gives null for cell-level properties of whole columns, rows and sheets. */
function isUnbounded(area: Area): boolean {
  return isWholeColumns(area) || isWholeRows(area);
}

/** All cells of the area, also those beyond what the sheet holds. */
export function cellsOf(host: Host, area: Area): Cell[][] {
  const read = host.backend.read(area);
  return Array.from({ length: area.rows }, (_, row) =>
    Array.from({ length: area.columns }, (__, column) => read[row]?.[column] ?? blank),
  );
}

export function wireValue(cell: Cell): string | number | boolean {
  const value = cell.value;
  if (value === null) return "";
  return isCellError(value) ? value.error : value;
}

function valueType(cell: Cell): string {
  const value = cell.value;
  if (value === null) return "Empty";
  if (isCellError(value)) return "Error";
  return { string: "String", number: "Double", boolean: "Boolean" }[
    typeof value as "string" | "number" | "boolean"
  ];
}

function each({ host, area }: RangeSelf, read: (cell: Cell) => Json): Json {
  if (isUnbounded(area)) return null;
  return cellsOf(host, area).map((row) => row.map(read));
}

/** A matrix of the range's own size, or one value for all its cells. */
function matrix(area: Area, value: Json): (row: number, column: number) => Json {
  if (!Array.isArray(value)) return () => value;
  const rows = value as readonly Json[];
  if (rows.length !== area.rows) throw invalidArgument();
  for (const row of rows) {
    if (!Array.isArray(row) || row.length !== area.columns) throw invalidArgument();
  }
  return (row, column) => (rows as readonly (readonly Json[])[])[row]?.[column] ?? null;
}

/** Writes as if typed, cell by cell; null leaves a cell as it is. */
export function enter(host: Host, area: Area, value: Json): void {
  assertWritable(host, area.sheet);
  const at = matrix(area, value);
  if (isUnbounded(area)) throw invalidArgument();
  const cells = cellsOf(host, area);
  const formats: { readonly row: number; readonly column: number; readonly format: string }[] = [];
  const entries = cells.map((row, r) =>
    row.map((cell, c): CellEntry => {
      const json = at(r, c);
      if (json === null) return undefined;
      if (typeof json === "number" || typeof json === "boolean") return { value: json };
      const read = enteredText(asText(json), cell.style.numberFormat, host.thisYear());
      if (read.format !== null) formats.push({ row: r, column: c, format: read.format });
      return read.entry;
    }),
  );
  host.backend.asAddin(() => {
    for (const { row, column, format } of formats) {
      const one = {
        ...area,
        row: area.row + row,
        column: area.column + column,
        rows: 1,
        columns: 1,
      };
      host.backend.applyStyle(one, { numberFormat: format });
    }
    host.backend.write(area, entries);
    growTables(host, area, entries);
  });
}

/** Runs of one format down a column are written at once: formats are mostly given by column. */
function setNumberFormat({ host, area }: RangeSelf, value: Json): void {
  assertWritable(host, area.sheet);
  const apply = (target: Area, format: Json) => {
    if (format === null) return;
    const patch: StylePatch = { numberFormat: asText(format) };
    host.backend.asAddin(() => host.backend.applyStyle(target, patch));
  };
  if (!Array.isArray(value)) {
    apply(area, value);
    return;
  }
  const at = matrix(area, value);
  for (let column = 0; column < area.columns; column++) {
    let start = 0;
    for (let row = 1; row <= area.rows; row++) {
      if (row < area.rows && at(row, column) === at(start, column)) continue;
      const target = { row: area.row + start, column: area.column + column, columns: 1 };
      apply({ ...target, sheet: area.sheet, rows: row - start }, at(start, column));
      start = row;
    }
  }
}

const enterScalar = ({ host, area }: RangeSelf, value: Json) => enter(host, area, value);
const formulaOrValue = (self: RangeSelf) => each(self, (cell) => cell.formula ?? wireValue(cell));
const numberFormats = (self: RangeSelf) => each(self, (cell) => cell.style.numberFormat);

export const contentScalars: Readonly<Record<string, Scalar<RangeSelf>>> = {
  Values: { get: (self) => each(self, wireValue), set: enterScalar },
  Formulas: { get: formulaOrValue, set: enterScalar },
  FormulasLocal: { get: formulaOrValue, set: enterScalar },
  Text: { get: (self) => each(self, (cell) => cell.text) },
  ValueTypes: { get: (self) => each(self, valueType) },
  NumberFormat: { get: numberFormats, set: setNumberFormat },
  NumberFormatLocal: { get: numberFormats, set: setNumberFormat },
};
