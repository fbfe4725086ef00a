/**
 * The workbook through Office.js: the only file that says `Excel.`. One batch per call, reads
 * first; nothing newer than ExcelApi 1.14 (the manifest's floor).
 */
import { err, ok, type Result } from "../base/result";
import type { AlertColour, LiveColumn, LiveTable } from "./live-table";
import type { Workbook, WorkbookRefusal } from "./workbook";

const TABLE = "StreamStockLive";
const SHEET = "Live";
/** Below the cells that a seller may have typed at the top of the starter workbook's sheet. */
const FIRST_ROW = 9;
/** Two lines of text, in points. */
const HEADER_HEIGHT = 33;
const PLAN_NAME = "StreamPlan";

async function run<T>(
  work: (context: Excel.RequestContext) => Promise<T>,
): Promise<Result<T, WorkbookRefusal>> {
  try {
    return ok(await Excel.run(work));
  } catch (cause) {
    const code = cause instanceof OfficeExtension.Error ? cause.code : "";
    if (code === "InvalidOperationInCellEditMode") return err({ code: "cell_edit" });
    if (code === "AccessDenied") return err({ code: "protected" });
    return err({ code: "failed", detail: `${code} ${String(cause)}` });
  }
}

function letter(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? letter(rest - 1) : "") + String.fromCharCode(65 + (index % 26));
}

/** `=OR(LEFT($I10,6)="Yellow",LEFT($I10,2)="黄色")`, relative to the first row of the body. */
function alertFormula(cell: string, colour: AlertColour): string {
  const tests = colour.prefixes.map((text) => `LEFT(${cell},${text.length})="${text}"`);
  return `=OR(${tests.join(",")})`;
}

interface Body {
  readonly rowIndex: number;
  readonly columnIndex: number;
}

/** Made once, on the whole body: new rows inherit them, sorting keeps them, the seller may edit them. */
function addColours(body: Excel.Range, place: Body, table: LiveTable): void {
  const alert = table.columns.findIndex((column) => column.id === table.alertColumn);
  const cell = `$${letter(place.columnIndex + alert)}${place.rowIndex + 1}`;
  for (const colour of table.colours) {
    const format = body.conditionalFormats.add(Excel.ConditionalFormatType.custom);
    format.custom.rule.formula = alertFormula(cell, colour);
    format.custom.format.fill.color = colour.fill;
    format.custom.format.font.color = colour.font;
    format.stopIfTrue = true;
  }
}

async function makeTable(context: Excel.RequestContext, table: LiveTable): Promise<void> {
  const existing = context.workbook.worksheets.getItemOrNullObject(SHEET);
  await context.sync();
  const sheet = existing.isNullObject ? context.workbook.worksheets.add(SHEET) : existing;
  const used = sheet.getUsedRangeOrNullObject(true);
  used.load("rowIndex,rowCount");
  await context.sync();
  const firstRow = used.isNullObject ? 1 : Math.max(FIRST_ROW, used.rowIndex + used.rowCount + 2);
  const height = Math.max(1, table.rows.length) + 1;
  const range = sheet.getRangeByIndexes(firstRow - 1, 0, height, table.columns.length);
  // Formats before values: a SKU such as "00123" or "=1+1" must arrive as text.
  range.numberFormat = Array.from({ length: height }, (_, row) =>
    table.columns.map((column) => (row === 0 ? "@" : column.format)),
  );
  range.values = [
    table.columns.map((column) => column.header),
    ...table.rows.map((row) => [...row.cells]),
  ];
  const made = sheet.tables.add(range, true);
  made.name = TABLE;
  made.style = "TableStyleMedium2";
  const body = sheet.getRangeByIndexes(firstRow, 0, height - 1, table.columns.length);
  addColours(body, { rowIndex: firstRow, columnIndex: 0 }, table);
  table.columns.forEach((column, index) => {
    sheet.getRangeByIndexes(firstRow - 1, index, 1, 1).format.columnWidth = column.width;
  });
  const header = made.getHeaderRowRange();
  header.format.wrapText = true;
  header.format.verticalAlignment = Excel.VerticalAlignment.center;
  header.format.rowHeight = HEADER_HEIGHT;
  await context.sync();
}

/** Where each of our columns is now; null for one that the seller took out. */
function placesOf(headers: readonly unknown[], columns: readonly LiveColumn[]): (number | null)[] {
  return columns.map((column) => {
    const index = headers.findIndex((text) => column.headers.includes(String(text)));
    return index < 0 ? null : index;
  });
}

/** A row as wide as the table: `null` leaves the seller's own cells alone. */
function spread(
  cells: readonly (string | number)[],
  places: readonly (number | null)[],
  width: number,
): (string | number | null)[] {
  const row = new Array<string | number | null>(width).fill(null);
  places.forEach((place, index) => {
    if (place !== null) row[place] = cells[index] ?? "";
  });
  return row;
}

async function updateTable(
  context: Excel.RequestContext,
  found: Excel.Table,
  table: LiveTable,
  changed: ReadonlySet<string>,
): Promise<void> {
  const header = found.getHeaderRowRange().load("values");
  const body = found.getDataBodyRange().load("values,rowCount,columnCount");
  await context.sync();
  const headers: unknown[] = header.values[0] ?? [];
  const places = placesOf(headers, table.columns);
  const width = body.columnCount;
  const ours = spread(
    table.columns.map((c) => c.header),
    places,
    width,
  );
  if (ours.some((text, index) => text !== null && text !== headers[index])) {
    header.values = [ours];
  }
  const skuPlace = places[0] ?? null;
  if (skuPlace === null) return;
  const rowOf = new Map<string, number>();
  body.values.forEach((row: unknown[], index) => rowOf.set(String(row[skuPlace]), index));
  let next = body.rowCount;
  for (const row of table.rows) {
    const index = rowOf.get(row.sku);
    if (index !== undefined && !changed.has(row.sku)) continue;
    const target =
      index === undefined
        ? body.getLastRow().getOffsetRange(next++ - body.rowCount + 1, 0)
        : body.getRow(index);
    if (index === undefined) {
      target.numberFormat = [
        spread(
          table.columns.map((c) => c.format),
          places,
          width,
        ),
      ];
    }
    target.values = [spread(row.cells, places, width)];
  }
  await context.sync();
}

export const excelWorkbook: Workbook = {
  writeLiveTable(table, changed) {
    return run(async (context) => {
      const found = context.workbook.tables.getItemOrNullObject(TABLE);
      await context.sync();
      if (found.isNullObject) await makeTable(context, table);
      else await updateTable(context, found, table, new Set(changed));
      return null;
    });
  },

  readPlan() {
    return run(async (context) => {
      const name = context.workbook.names.getItemOrNullObject(PLAN_NAME);
      await context.sync();
      if (name.isNullObject) return null;
      const range = name.getRangeOrNullObject();
      range.load("values");
      await context.sync();
      if (range.isNullObject) return null;
      const value: unknown = range.values[0]?.[0];
      return typeof value === "number" && Number.isFinite(value) && value >= 1
        ? Math.floor(value)
        : null;
    });
  },
};
