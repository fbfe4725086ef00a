/**
 * The workbook as an .xlsx file, by ExcelJS: values, formulas with their results, looks, sizes,
 * tables, conditional formats, data validation, charts, protection and names. Loaded only when someone
 * saves. What add-ins keep in a workbook's settings is not written: Excel would take the file for one
 * that asks for the add-in, and our tables are found by their names.
 */
import ExcelJS from "exceljs";
import { type Area, boxName } from "./backend/area";
import {
  type Border,
  type BorderSide,
  type Cell,
  type CellStyle,
  isCellError,
  type SheetFacts,
  type TableFacts,
  type ValidationFacts,
  type WorkbookBackend,
} from "./backend/backend";
import { conditionalFormula } from "./backend/conditional-formula";
import { addCharts } from "./save-charts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/** Excel counts a column's width in characters of about 7 pixels, after 5 pixels of padding. */
const CHARACTER_PIXELS = 7;
const PADDING_PIXELS = 5;
const POINTS_PER_PIXEL = 0.75;

function argb(color: string): { argb: string } {
  return { argb: `FF${color.slice(1)}` };
}

function solid(color: string): ExcelJS.Fill {
  return { type: "pattern", pattern: "solid", fgColor: argb(color), bgColor: argb(color) };
}

function fontOf(style: CellStyle): Partial<ExcelJS.Font> {
  return {
    ...(style.fontName === null ? {} : { name: firstFamily(style.fontName) }),
    ...(style.fontSize === null ? {} : { size: style.fontSize }),
    ...(style.fontColor === null ? {} : { color: argb(style.fontColor) }),
    ...(style.bold ? { bold: true } : {}),
    ...(style.italic ? { italic: true } : {}),
  };
}

/** A page names several fonts to choose from; a workbook names one. */
function firstFamily(families: string): string {
  return (families.split(",")[0] ?? "").replaceAll(/['"]/g, "").trim();
}

function bordersOf(style: CellStyle): Partial<ExcelJS.Borders> {
  const entries = Object.entries(style.borders) as [BorderSide, Border][];
  return Object.fromEntries(
    entries.map(([side, border]) => [side, { style: border.line, color: argb(border.color) }]),
  );
}

/** ExcelJS types the errors it knows; any text is written as it is. */
function excelError(error: string): ExcelJS.CellErrorValue {
  return { error: error as ExcelJS.CellErrorValue["error"] };
}

/** Formula strings of the add-in's functions keep their names: Excel finds them when it is there. */
function valueOf(cell: Cell): ExcelJS.CellValue {
  const value = cell.value;
  const plain = isCellError(value) ? excelError(value.error) : value;
  if (cell.formula === null) return plain;
  return { formula: cell.formula.slice(1), result: plain ?? "" };
}

function styleCell(target: ExcelJS.Cell, style: CellStyle): void {
  target.font = fontOf(style);
  if (style.fill !== null) target.fill = solid(style.fill);
  if (style.numberFormat !== "General") target.numFmt = style.numberFormat;
  if (Object.keys(style.borders).length > 0) target.border = bordersOf(style);
  if (style.align !== null || style.verticalAlign !== null || style.wrap) {
    target.alignment = {
      ...(style.align === null ? {} : { horizontal: style.align }),
      ...(style.verticalAlign === null ? {} : { vertical: style.verticalAlign }),
      ...(style.wrap ? { wrapText: true } : {}),
    };
  }
}

function writeCells(backend: WorkbookBackend, id: string, sheet: ExcelJS.Worksheet): void {
  const box = backend.usedBox(id, false);
  if (box === null) return;
  const area: Area = { sheet: id, ...box };
  for (const [r, row] of backend.read(area).entries()) {
    for (const [c, cell] of row.entries()) {
      const target = sheet.getCell(box.row + r + 1, box.column + c + 1);
      if (cell.value !== null || cell.formula !== null) target.value = valueOf(cell);
      styleCell(target, cell.style);
    }
  }
  for (let column = 0; column < box.column + box.columns; column++) {
    const pixels = backend.columnWidth(id, column);
    sheet.getColumn(column + 1).width = Math.max(1, (pixels - PADDING_PIXELS) / CHARACTER_PIXELS);
  }
  for (let row = 0; row < box.row + box.rows; row++) {
    sheet.getRow(row + 1).height = backend.rowHeight(id, row) * POINTS_PER_PIXEL;
  }
}

/** ExcelJS writes a table's cells itself, so it is given what stands in them. */
function writeTable(backend: WorkbookBackend, table: TableFacts, sheet: ExcelJS.Worksheet): void {
  const rows = backend.read(table.area);
  const last = rows.length - (table.showTotals ? 1 : 0);
  const header = rows[0] ?? [];
  const theme = table.style as NonNullable<ExcelJS.TableProperties["style"]>["theme"];
  sheet.addTable({
    name: table.name,
    ref: boxName({ ...table.area, rows: 1, columns: 1 }),
    headerRow: true,
    totalsRow: table.showTotals,
    style: { ...(theme === undefined ? {} : { theme }), showRowStripes: true },
    columns: header.map((cell, index) => ({
      name: cell.text === "" ? `Column${index + 1}` : cell.text,
      filterButton: true,
      ...(table.showTotals && index === 0 ? { totalsRowLabel: "Total" } : {}),
    })),
    rows: rows.slice(1, last).map((row) => row.map(valueOf)),
  });
}

function writeConditionals(backend: WorkbookBackend, id: string, sheet: ExcelJS.Worksheet): void {
  for (const [index, facts] of backend.conditionals(id).entries()) {
    const font = {
      ...(facts.fontColor === null ? {} : { color: argb(facts.fontColor) }),
      ...(facts.bold === true ? { bold: true } : {}),
    };
    sheet.addConditionalFormatting({
      ref: boxName(facts.area),
      rules: [
        {
          type: "expression",
          priority: index + 1,
          formulae: [conditionalFormula(facts.rule, facts.area).slice(1)],
          style: { font, ...(facts.fill === null ? {} : { fill: solid(facts.fill) }) },
        },
      ],
    });
  }
}

/** ExcelJS takes a rule for many cells, and its types do not say so. */
interface Validated {
  readonly dataValidations: { add(address: string, rule: ExcelJS.DataValidation): void };
}

function validationOf({
  rule,
  alert,
  prompt,
  ignoreBlanks,
}: ValidationFacts): ExcelJS.DataValidation {
  const words = {
    allowBlank: ignoreBlanks,
    showErrorMessage: alert.show,
    errorStyle: alert.style.toLowerCase(),
    errorTitle: alert.title,
    error: alert.message,
    showInputMessage: prompt.show && prompt.message !== "",
    promptTitle: prompt.title,
    prompt: prompt.message,
  };
  if (rule.kind === "custom") {
    return { ...words, type: "custom", formulae: [rule.formula.replace(/^=/, "")] };
  }
  if (rule.kind === "list") {
    const source = rule.source.startsWith("=") ? rule.source.slice(1) : `"${rule.source}"`;
    return { ...words, type: "list", formulae: [source] };
  }
  const operator = {
    Between: "between",
    NotBetween: "notBetween",
    EqualTo: "equal",
    NotEqualTo: "notEqual",
    GreaterThan: "greaterThan",
    LessThan: "lessThan",
    GreaterThanOrEqualTo: "greaterThanOrEqual",
    LessThanOrEqualTo: "lessThanOrEqual",
  } as const;
  const type = rule.kind === "wholeNumber" ? "whole" : rule.kind;
  const formulae = rule.formula2 === undefined ? [rule.formula1] : [rule.formula1, rule.formula2];
  return { ...words, type, operator: operator[rule.operator], formulae };
}

function writeValidations(backend: WorkbookBackend, id: string, sheet: ExcelJS.Worksheet): void {
  for (const facts of backend.validations(id)) {
    for (const area of facts.areas) {
      (sheet as unknown as Validated).dataValidations.add(boxName(area), validationOf(facts));
    }
  }
}

function addSheet(book: ExcelJS.Workbook, facts: SheetFacts): ExcelJS.Worksheet {
  const frozen = facts.frozenRows > 0 || facts.frozenColumns > 0;
  const sheet = book.addWorksheet(facts.name, {
    views: [
      frozen
        ? {
            state: "frozen",
            ySplit: facts.frozenRows,
            xSplit: facts.frozenColumns,
            showGridLines: facts.showGridlines,
          }
        : { state: "normal", showGridLines: facts.showGridlines },
    ],
  });
  if (facts.tabColor !== null) sheet.properties.tabColor = argb(facts.tabColor);
  if (facts.visibility !== "Visible") {
    sheet.state = facts.visibility === "Hidden" ? "hidden" : "veryHidden";
  }
  return sheet;
}

/** @param isProtected of a sheet by its id; protected without a password, as the add-in's calls do it */
export async function saveWorkbook(
  backend: WorkbookBackend,
  isProtected: (sheet: string) => boolean,
): Promise<Blob> {
  await backend.settled();
  const book = new ExcelJS.Workbook();
  for (const facts of backend.sheets()) {
    const sheet = addSheet(book, facts);
    writeCells(backend, facts.id, sheet);
    for (const table of backend.tables()) {
      if (table.area.sheet === facts.id) writeTable(backend, table, sheet);
    }
    for (const merge of backend.merges(facts.id)) sheet.mergeCells(boxName(merge));
    writeConditionals(backend, facts.id, sheet);
    writeValidations(backend, facts.id, sheet);
    if (isProtected(facts.id)) await sheet.protect("", {});
  }
  for (const name of backend.names()) {
    const reference = name.formula.slice(1);
    if (/!\$?[A-Z]+\$?\d/.test(reference)) book.definedNames.add(reference, name.name);
  }
  const written = await book.xlsx.writeBuffer();
  return new Blob([await addCharts(backend, written)], { type: XLSX });
}
