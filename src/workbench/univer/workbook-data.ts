/** The opening workbook in the form in which Univer takes a whole workbook. */
import {
  BooleanNumber,
  CellValueType,
  type ICellData,
  type IStyleData,
  type IWorkbookData,
  type IWorksheetData,
  LocaleType,
} from "@univerjs/core";
import { columnIndex, parseBox } from "../backend/area";
import type { Border, BorderSide, StylePatch } from "../backend/backend";
import type { StarterCell, StarterSheet, StarterStyle, StarterWorkbook } from "../starter-workbook";
import type { Language } from "../words";
import { univerStyle } from "./styles";
import { toRange } from "./workbook-parts";

const ROWS = 200;
const COLUMNS = 26;
const ROW_HEIGHT = 22;
const COLUMN_WIDTH = 76;

export const fonts: Readonly<Record<Language, string>> = {
  "en-US": "Aptos, 'Segoe UI', Calibri, Arial, sans-serif",
  "zh-CN": "'Microsoft YaHei', 'PingFang SC', 'Noto Sans SC', Arial, sans-serif",
};

function borders(style: StarterStyle): Partial<Record<BorderSide, Border>> {
  const all: readonly BorderSide[] = ["top", "bottom", "left", "right"];
  const words = (style.border ?? "").split(/\s+/);
  const sides = words.includes("all") ? all : all.filter((side) => words.includes(side));
  const border: Border = { line: "thin", color: style.borderColor ?? "#C7C7C7" };
  return Object.fromEntries(sides.map((side) => [side, border]));
}

function defined(sides: NonNullable<StarterStyle["borders"]>): Partial<Record<BorderSide, Border>> {
  return Object.fromEntries(Object.entries(sides).filter(([, border]) => border !== undefined));
}

function styleData(style: StarterStyle): IStyleData {
  const patch: StylePatch = {
    ...(style.bold === undefined ? {} : { bold: style.bold }),
    ...(style.italic === undefined ? {} : { italic: style.italic }),
    ...(style.size === undefined ? {} : { fontSize: style.size }),
    ...(style.font === undefined ? {} : { fontName: style.font }),
    ...(style.color === undefined ? {} : { fontColor: style.color }),
    ...(style.fill === undefined ? {} : { fill: style.fill }),
    ...(style.numberFormat === undefined ? {} : { numberFormat: style.numberFormat }),
    ...(style.align === undefined ? {} : { align: style.align }),
    ...(style.valign === undefined ? {} : { verticalAlign: style.valign }),
    ...(style.wrap === undefined ? {} : { wrap: style.wrap }),
    ...(style.border === undefined ? {} : { borders: borders(style) }),
    ...(style.borders === undefined ? {} : { borders: defined(style.borders) }),
  };
  return univerStyle(patch);
}

function cellData(cell: StarterCell): ICellData {
  const style = cell.s === undefined ? {} : { s: cell.s };
  if (cell.f !== undefined) return { ...style, f: cell.f };
  if (cell.v === undefined) return style;
  if (cell.t === "text") return { ...style, v: String(cell.v), t: CellValueType.STRING };
  if (typeof cell.v === "number") return { ...style, v: cell.v, t: CellValueType.NUMBER };
  if (typeof cell.v === "boolean") return { ...style, v: cell.v ? 1 : 0, t: CellValueType.BOOLEAN };
  return { ...style, v: cell.v, t: CellValueType.STRING };
}

function sheetData(sheet: StarterSheet, id: string): Partial<IWorksheetData> {
  const cells: Record<number, Record<number, ICellData>> = {};
  let lastRow = 0;
  for (const [address, cell] of Object.entries(sheet.cells)) {
    const box = parseBox(address);
    if (box === null) throw new Error(`"${address}" on sheet ${sheet.name} is no cell`);
    (cells[box.row] ??= {})[box.column] = cellData(cell);
    lastRow = Math.max(lastRow, box.row);
  }
  const merges = sheet.merges.flatMap((address) => parseBox(address) ?? []).map(toRange);
  return {
    id,
    name: sheet.name,
    cellData: cells,
    rowCount: Math.max(ROWS, lastRow + 100),
    columnCount: COLUMNS,
    defaultRowHeight: ROW_HEIGHT,
    defaultColumnWidth: COLUMN_WIDTH,
    mergeData: merges,
    showGridlines: sheet.showGridlines ? BooleanNumber.TRUE : BooleanNumber.FALSE,
    ...(sheet.tabColor === undefined ? {} : { tabColor: sheet.tabColor }),
    columnData: Object.fromEntries(
      Object.entries(sheet.columnWidths).map(([name, w]) => [columnIndex(name), { w }]),
    ),
    rowData: Object.fromEntries(
      Object.entries(sheet.rowHeights).map(([name, h]) => [Number(name) - 1, { h, ia: 0 }]),
    ),
    freeze:
      sheet.freezeRows > 0
        ? { xSplit: 0, ySplit: sheet.freezeRows, startRow: sheet.freezeRows, startColumn: -1 }
        : { xSplit: 0, ySplit: 0, startRow: -1, startColumn: -1 },
  };
}

export function workbookData(starter: StarterWorkbook, language: Language): Partial<IWorkbookData> {
  const sheets = starter.sheets.map((sheet, index) =>
    sheetData(sheet, sheet.id ?? `{sheet-${index + 1}}`),
  );
  return {
    id: "workbook",
    name: starter.name,
    locale: language === "zh-CN" ? LocaleType.ZH_CN : LocaleType.EN_US,
    styles: Object.fromEntries(
      Object.entries(starter.styles).map(([name, style]) => [name, styleData(style)]),
    ),
    defaultStyle: { ff: fonts[language], fs: 11 },
    sheetOrder: sheets.map((sheet) => sheet.id ?? ""),
    sheets: Object.fromEntries(sheets.map((sheet) => [sheet.id ?? "", sheet])),
  };
}
