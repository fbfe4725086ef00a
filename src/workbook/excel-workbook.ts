/**
 * The workbook through Office.js: the only file that says `Excel.`. One batch per call, reads
 * first; nothing newer than ExcelApi 1.14 (the manifest's floor).
 */
import { err, ok, type Result } from "../base/result";
import type { AlertColour, LiveColumn, LiveTable } from "./live-table";
import type { PlanCell, Workbook, WorkbookRefusal } from "./workbook";

const TABLE = "StreamStockLive";
const SHEET = "Live";
/** Below the cells that a seller may have typed at the top of the starter workbook's sheet. */
const FIRST_ROW = 9;
/** More SKUs than one seller streams; an empty row matches no rule. */
const COLOURED_ROWS = 1000;
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

/** Made once, well past the table's end: new rows are coloured too, sorting keeps them, she may edit them. */
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
  const body = sheet.getRangeByIndexes(firstRow, 0, COLOURED_ROWS, table.columns.length);
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

/**
 * A row of the table's own: what the seller keeps below moves down instead of being written over.
 * Formats before values, as in a new table.
 */
function addRow(
  found: Excel.Table,
  table: LiveTable,
  places: readonly (number | null)[],
  width: number,
  cells: (string | number | null)[],
): void {
  const range = found.rows.add().getRange();
  const formats = table.columns.map((column) => column.format);
  range.numberFormat = [spread(formats, places, width)];
  range.values = [cells];
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
  for (const row of table.rows) {
    const index = rowOf.get(row.sku);
    const cells = spread(row.cells, places, width);
    if (index === undefined) addRow(found, table, places, width, cells);
    else if (changed.has(row.sku)) body.getRow(index).values = [cells];
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
    return run(async (context): Promise<PlanCell> => {
      const name = context.workbook.names.getItemOrNullObject(PLAN_NAME);
      await context.sync();
      if (name.isNullObject) return { kind: "none" };
      const range = name.getRangeOrNullObject();
      range.load("values,text");
      await context.sync();
      if (range.isNullObject) return { kind: "none" };
      const value: unknown = range.values[0]?.[0];
      if (typeof value === "number" && value >= 1)
        return { kind: "units", units: Math.floor(value) };
      return { kind: "unreadable", text: range.text[0]?.[0] ?? "" };
    });
  },
};
