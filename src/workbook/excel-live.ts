/** The Live table in the open workbook. */
import { columnLetter } from "./column-letter";
import { dressTable, ExcelTable, keep, type FoundTable } from "./excel-table";
import { liveChanges, type LiveChanges } from "./live-changes";
import type { AlertColour, LiveTable } from "./live-table";
import { runsOf, type SheetColumn } from "./sheet-table";
import type { LiveOutcome, LiveWrite } from "./workbook";

const SHEET = "Live";
/** A workbook made for it says by this name where the table is to stand, and wants it unasked. */
const PLACE_NAME = "StreamLive";
/** Below the cells that a seller may have typed at the top of the sheet. */
const FIRST_ROW = 9;
/** Below the table's end, for rows that come; an empty row matches no rule. */
const COLOURED_BELOW = 200;

/** `=OR(LEFT($I10,6)="Yellow",LEFT($I10,2)="黄色")`, relative to the first row of the body. */
function alertFormula(cell: string, colour: AlertColour): string {
  const tests = colour.prefixes.map((text) => `LEFT(${cell},${text.length})="${text}"`);
  return `=OR(${tests.join(",")})`;
}

/** Made once, past the table's end: new rows are coloured too, sorting keeps them, she may edit them. */
function addColours(body: Excel.Range, row: number, table: LiveTable): void {
  const alert = table.columns.findIndex((column) => column.id === table.alertColumn);
  const cell = `$${columnLetter(alert)}${row + 1}`;
  for (const colour of table.colours) {
    const format = body.conditionalFormats.add(Excel.ConditionalFormatType.custom);
    format.custom.rule.formula = alertFormula(cell, colour);
    format.custom.format.fill.color = colour.fill;
    format.custom.format.font.color = colour.font;
    format.stopIfTrue = true;
  }
}

export class ExcelLive {
  readonly #ours = new ExcelTable("StreamStockLive");

  async write(
    context: Excel.RequestContext,
    table: LiveTable,
    how: LiveWrite,
  ): Promise<LiveOutcome> {
    let found = await this.#ours.find(context, table.columns);
    if (found === null) {
      const place = await this.#place(context, how.make);
      if (place === null) return "no_table";
      await this.#make(context, table, place, how.make);
      return "written";
    }
    if (found.places.missing.length > 0) {
      addColumns(found, table);
      await context.sync();
      found = (await this.#ours.find(context, table.columns)) ?? found;
    }
    const changes = liveChanges(table, found, how.gone);
    if (changes === null) return "no_sku_column";
    apply(found, table, changes);
    if (how.make) found.table.worksheet.activate();
    await context.sync();
    return "written";
  }

  /** Null: nobody wants a table here. */
  async #place(
    context: Excel.RequestContext,
    isAsked: boolean,
  ): Promise<{ readonly sheet: Excel.Worksheet; readonly row: number } | null> {
    const named = context.workbook.names.getItemOrNullObject(PLACE_NAME).getRangeOrNullObject();
    named.load("rowIndex");
    const existing = context.workbook.worksheets.getItemOrNullObject(SHEET);
    await context.sync();
    if (named.isNullObject && !isAsked) return null;
    // She took the table away: it comes back only when she asks for it.
    if (this.#ours.wasMade && !isAsked) return null;
    if (!named.isNullObject) return { sheet: named.worksheet, row: named.rowIndex };
    const sheet = existing.isNullObject ? context.workbook.worksheets.add(SHEET) : existing;
    return { sheet, row: existing.isNullObject ? 0 : FIRST_ROW - 1 };
  }

  async #make(
    context: Excel.RequestContext,
    table: LiveTable,
    { sheet, row }: { readonly sheet: Excel.Worksheet; readonly row: number },
    isAsked: boolean,
  ): Promise<void> {
    const used = sheet.getUsedRangeOrNullObject(true);
    used.load("rowIndex,rowCount");
    await context.sync();
    const top = used.isNullObject ? row : Math.max(row, used.rowIndex + used.rowCount + 1);
    const { columns, rows } = table;
    const height = Math.max(1, rows.length) + 1;
    const range = sheet.getRangeByIndexes(top, 0, height, columns.length);
    // Formats before values: a SKU such as "00123" or "=1+1" must arrive as text.
    range.numberFormat = Array.from({ length: height }, (_, at) =>
      columns.map((column) => (at === 0 ? "@" : column.format)),
    );
    range.values = [columns.map(({ header }) => header), ...rows.map(({ cells }) => [...cells])];
    const made = sheet.tables.add(range, true);
    made.name = this.#ours.name;
    made.style = "TableStyleMedium2";
    const body = sheet.getRangeByIndexes(top + 1, 0, height + COLOURED_BELOW, columns.length);
    addColours(body, top + 1, table);
    keep(sheet.getRangeByIndexes(top + 1, 1, height - 1, columns.length - 1), table.kept);
    dressTable(sheet, made, columns, { row: top, column: 0 });
    if (isAsked) sheet.activate();
    await context.sync();
    // Excel names its columns only now.
    await this.#ours.find(context, columns);
    await context.sync();
  }
}

/** A channel was connected since the table was made. */
function addColumns({ table, places }: FoundTable, live: LiveTable): void {
  const alert = places.of[live.alertColumn] ?? null;
  places.missing.forEach((column, index) => {
    const at = alert === null ? undefined : alert + index;
    const made = table.columns.add(at, undefined, column.header);
    made.getDataBodyRange().numberFormat = column.format as never;
    made.getRange().format.columnWidth = column.width;
    keep(made.getDataBodyRange(), live.kept);
  });
}

/** A format for each column of ours; null leaves the seller's own as they are. */
function formatsAcross(columns: readonly SheetColumn[], found: FoundTable): (string | null)[] {
  const formats = new Array<string | null>(found.width).fill(null);
  for (const { id, format } of columns) {
    const at = found.places.of[id] ?? null;
    if (at !== null) formats[at] = format;
  }
  return formats;
}

function apply(found: FoundTable, live: LiveTable, changes: LiveChanges): void {
  const { table, places, width } = found;
  const header = table.getHeaderRowRange();
  for (const [at, text] of places.renames) header.getCell(0, at).values = [[text]];
  const formats = formatsAcross(live.columns, found);
  const body = table.getDataBodyRange();
  for (const index of changes.fresh) body.getRow(index).numberFormat = [formats];
  for (const { row, cells } of runsOf(changes.cells)) {
    const range = body.getRow(row).getResizedRange(cells.length - 1, 0);
    range.values = cells.map((one) => [...one]);
  }
  const { added, removed } = changes;
  if (added.length > 0) {
    // Rows of the table's own: what the seller keeps below moves down instead of being written over.
    const blank = added.map(() => new Array<string>(width).fill(""));
    const rows = table.rows
      .add(undefined, blank)
      .getRange()
      .getResizedRange(added.length - 1, 0);
    rows.numberFormat = added.map(() => [...formats]);
    rows.values = added.map((one) => [...one]);
    for (const { id } of live.columns) {
      const at = places.of[id] ?? null;
      if (at !== null && id !== "sku") keep(rows.getColumn(at), live.kept);
    }
  }
  for (const index of [...removed].reverse()) table.rows.getItemAt(index).delete();
}
