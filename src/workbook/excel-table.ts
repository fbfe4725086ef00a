/** A table of ours in the open workbook: looked up by what the workbook's settings remember of it. */
import { findPlaces, isSameRecord, recordOf } from "./sheet-table";
import type { Places, SheetColumn, StandingColumn, TableRecord } from "./sheet-table";

export interface FoundTable {
  readonly table: Excel.Table;
  readonly places: Places;
  readonly body: readonly (readonly unknown[])[];
  readonly width: number;
}

function asRecord(value: unknown): TableRecord | null {
  if (typeof value !== "object" || value === null) return null;
  const { table, columns } = value as Partial<TableRecord>;
  return typeof table === "string" && typeof columns === "object" ? { table, columns } : null;
}

function load(context: Excel.RequestContext, key: string) {
  const table = context.workbook.tables.getItemOrNullObject(key).load("id");
  return {
    table,
    standing: table.columns.load("items/id,items/name"),
    body: table.getDataBodyRange().load("values"),
  };
}

export class ExcelTable {
  readonly #name: string;
  /** In the workbook's settings, which travel with the file: ids, and nothing of the shop. */
  readonly #key: string;
  #record: TableRecord | null = null;
  #read = false;

  constructor(name: string) {
    this.#name = name;
    this.#key = `StreamStock.${name}`;
  }

  get name(): string {
    return this.#name;
  }

  /** There was a table once in this workbook; known after the first `find`. */
  get wasMade(): boolean {
    return this.#record !== null;
  }

  async #readRecord(context: Excel.RequestContext): Promise<void> {
    if (this.#read) return;
    const setting = context.workbook.settings.getItemOrNullObject(this.#key);
    setting.load("value");
    await context.sync();
    this.#record = setting.isNullObject ? null : asRecord(setting.value);
    this.#read = true;
  }

  /** By the id that is remembered, then by the name it was given. One round trip when all is known. */
  async find(
    context: Excel.RequestContext,
    columns: readonly SheetColumn[],
  ): Promise<FoundTable | null> {
    await this.#readRecord(context);
    const record = this.#record;
    const named = load(context, this.#name);
    const known = record === null ? named : load(context, record.table);
    await context.sync();
    const { table, standing, body } = known.table.isNullObject ? named : known;
    if (table.isNullObject) return null;
    return this.#found(context, columns, table, standing.items, body.values);
  }

  #found(
    context: Excel.RequestContext,
    columns: readonly SheetColumn[],
    table: Excel.Table,
    standing: readonly StandingColumn[],
    body: readonly (readonly unknown[])[],
  ): FoundTable {
    const places = findPlaces(columns, standing, this.#record);
    this.remember(context, recordOf(table.id, places, standing, this.#record));
    return { table, places, body, width: standing.length };
  }

  /** Goes out with the next sync. */
  remember(context: Excel.RequestContext, record: TableRecord): void {
    if (isSameRecord(this.#record, record)) return;
    this.#record = record;
    context.workbook.settings.add(this.#key, { ...record });
  }
}

/** Headers in up to three lines, and columns as wide as they are meant to be. */
export function dressTable(
  sheet: Excel.Worksheet,
  table: Excel.Table,
  columns: readonly SheetColumn[],
  place: { readonly row: number; readonly column: number },
): void {
  columns.forEach((column, index) => {
    const cell = sheet.getRangeByIndexes(place.row, place.column + index, 1, 1);
    cell.format.columnWidth = column.width;
  });
  const header = table.getHeaderRowRange();
  header.format.wrapText = true;
  header.format.verticalAlignment = Excel.VerticalAlignment.center;
  header.format.rowHeight = HEADER_HEIGHT;
}

/** Three lines of text, in points: "Sellable · TikTok Shop". */
const HEADER_HEIGHT = 49;

/** Excel refuses what is typed into the cells, with our words; what we write passes. */
export function keep(
  range: Excel.Range,
  { title, text }: { readonly title: string; readonly text: string },
): void {
  range.dataValidation.rule = { custom: { formula: "=FALSE" } };
  range.dataValidation.errorAlert = {
    showAlert: true,
    style: Excel.DataValidationAlertStyle.stop,
    title,
    message: text,
  };
}
