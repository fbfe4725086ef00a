/**
 * A workbook from an .xlsx file, by ExcelJS: values, formulas, looks, sizes, tables, conditional formats,
 * data validation, protection and names, in the form in which workbooks are opened. Charts, pictures,
 * comments and what add-ins keep in a file are not read. Loaded only when someone opens a file.
 */
import ExcelJS from "exceljs";
import { err, ok, type Result } from "../base/result";
import { boxName, parseBox } from "./backend/area";
import type { TableFacts } from "./backend/backend";
import { conditionalsOf, validationsOf } from "./open-rules";
import { colorOf, styleOf } from "./open-styles";
import type { StarterCell, StarterSheet, StarterStyle, StarterWorkbook } from "./starter-workbook";

const CHARACTER_PIXELS = 7;
const PADDING_PIXELS = 5;
const POINTS_PER_PIXEL = 0.75;
const DAY_MS = 86_400_000;
/** Day number of 1970-01-01 in Excel's calendar. */
const UNIX_DAY = 25_569;

class Styles {
  readonly named: Record<string, StarterStyle> = {};
  readonly #names = new Map<string, string>();

  nameOf(style: StarterStyle): string | null {
    const text = JSON.stringify(style);
    if (text === "{}") return null;
    const name = this.#names.get(text) ?? `s${this.#names.size + 1}`;
    this.#names.set(text, name);
    this.named[name] = style;
    return name;
  }
}

/** Newer functions stand in a file with a prefix that no person types. */
const typed = (formula: string) => `=${formula.replaceAll(/_xlfn\.(?:_xlws\.)?|_xlpm\./g, "")}`;

function contentOf(cell: ExcelJS.Cell): StarterCell {
  const { value } = cell;
  if (cell.formula) return { f: typed(cell.formula) };
  if (typeof value === "number" || typeof value === "boolean") return { v: value };
  if (value instanceof Date) return { v: value.getTime() / DAY_MS + UNIX_DAY };
  // Texts of several looks and links are kept as the text that they show.
  return value === null || cell.type === ExcelJS.ValueType.Error ? {} : { v: cell.text, t: "text" };
}

function cellsOf(sheet: ExcelJS.Worksheet, styles: Styles): Record<string, StarterCell> {
  const cells: Record<string, StarterCell> = {};
  sheet.eachRow({ includeEmpty: true }, (row) => {
    row.eachCell({ includeEmpty: true }, (cell) => {
      const isCovered = cell.isMerged && cell.master.address !== cell.address;
      const style = styles.nameOf(styleOf(cell));
      const content = isCovered ? {} : contentOf(cell);
      const kept = { ...content, ...(style === null ? {} : { s: style }) };
      if (Object.keys(kept).length > 0) cells[cell.address] = kept;
    });
  });
  return cells;
}

/** ExcelJS reads these and does not type them. */
interface SheetModel {
  readonly merges?: readonly string[];
  readonly sheetProtection?: { readonly sheet?: boolean } | null;
  readonly tables?: readonly {
    readonly name: string;
    readonly displayName?: string;
    readonly tableRef: string;
    readonly headerRow?: boolean;
    readonly totalsRow?: boolean;
    readonly style?: { readonly theme?: string };
  }[];
}

const modelOf = (sheet: ExcelJS.Worksheet) => sheet.model as unknown as SheetModel;

const visibilities = { visible: "Visible", hidden: "Hidden", veryHidden: "VeryHidden" } as const;

function sheetOf(sheet: ExcelJS.Worksheet, id: string, styles: Styles): StarterSheet {
  const view = (sheet.views as readonly Partial<ExcelJS.WorksheetView>[] | null)?.[0];
  const tabColor = colorOf(sheet.properties.tabColor);
  const letters = (column: number) =>
    boxName({ row: 0, column, rows: 1, columns: 1 }).replace("1", "");
  const widths: [string, number][] = [];
  for (let index = 1; index <= sheet.columnCount; index += 1) {
    const { width } = sheet.getColumn(index);
    if (width !== undefined) {
      widths.push([letters(index - 1), Math.round(width * CHARACTER_PIXELS + PADDING_PIXELS)]);
    }
  }
  const heights: [string, number][] = [];
  sheet.eachRow({ includeEmpty: true }, ({ number, height }) => {
    const points = height as number | undefined;
    if (points !== undefined) heights.push([String(number), Math.round(points / POINTS_PER_PIXEL)]);
  });
  return {
    id,
    name: sheet.name,
    visibility: visibilities[sheet.state],
    isProtected: modelOf(sheet).sheetProtection?.sheet === true,
    columnWidths: Object.fromEntries(widths),
    rowHeights: Object.fromEntries(heights),
    freezeRows: view?.state === "frozen" ? (view.ySplit ?? 0) : 0,
    showGridlines: view?.showGridLines ?? true,
    ...(tabColor === undefined ? {} : { tabColor }),
    merges: [...(modelOf(sheet).merges ?? [])],
    cells: cellsOf(sheet, styles),
  };
}

function tablesOf(sheet: ExcelJS.Worksheet, id: string): TableFacts[] {
  return (modelOf(sheet).tables ?? []).flatMap((table, index): TableFacts[] => {
    const box = parseBox(table.tableRef);
    // Without headers a table is another thing, which the add-in never makes.
    if (box === null || table.headerRow === false) return [];
    return [
      {
        id: `{${id}-table-${index + 1}}`,
        name: table.displayName ?? table.name,
        area: { sheet: id, ...box },
        showHeaders: true,
        showTotals: table.totalsRow === true,
        style: table.style?.theme ?? "TableStyleMedium2",
        columnIds: Array.from({ length: box.columns }, (_, at) => at + 1),
      },
    ];
  });
}

/** @returns the workbook, or why the file is none */
export async function readWorkbook(
  bytes: ArrayBuffer,
  name: string,
): Promise<Result<StarterWorkbook, string>> {
  const book = new ExcelJS.Workbook();
  try {
    await book.xlsx.load(bytes);
  } catch (cause) {
    return err(String(cause));
  }
  const styles = new Styles();
  const sheets = book.worksheets.map((sheet, index) => ({ sheet, id: `{sheet-${index + 1}}` }));
  if (sheets.length === 0) return err("no sheet");
  // Not every file says which sheet is in front, and ExcelJS types it as if all did.
  const views = book.views as readonly ExcelJS.WorkbookView[] | undefined;
  const active = views?.[0]?.activeTab ?? 0;
  const names = book.definedNames.model.flatMap(({ name: given, ranges }) =>
    ranges[0] === undefined || given.startsWith("_xlnm") ? [] : [[given, ranges[0]] as const],
  );
  return ok({
    name: name.replace(/\.xlsx$/i, ""),
    active: book.worksheets[active]?.name ?? book.worksheets[0]?.name,
    sheets: sheets.map(({ sheet, id }) => sheetOf(sheet, id, styles)),
    styles: styles.named,
    names: Object.fromEntries(names),
    parts: {
      tables: sheets.flatMap(({ sheet, id }) => tablesOf(sheet, id)),
      conditionals: sheets.flatMap(({ sheet, id }) => conditionalsOf(sheet, id)),
      validations: sheets.flatMap(({ sheet, id }) => validationsOf(sheet, id)),
      charts: [],
      settings: [],
    },
  });
}
