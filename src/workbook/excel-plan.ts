/** The Streams sheet in the open workbook. */
import type { LocaleId } from "../locale/formats";
import { sheetMessagesOf } from "../locale/sheets";
import { dressTable, ExcelTable, keep } from "./excel-table";
import { dressTitle } from "./excel-sheet";
import {
  keptColumns,
  planChanges,
  planColours,
  planColumns,
  type PlanPaint,
  type ReadPlanRow,
  type StandingPlan,
} from "./plan-table";
import { runsOf } from "./sheet-table";

/** A workbook made for it says by this name where the table is to stand, and wants it unasked. */
const PLACE_NAME = "StreamTable";
const TITLE_ROWS = 3;
const BLANK_ROWS = 8;
const COLOURED_ROWS = 100;
/** Excel's own limit for a list that stands in the rule itself. */
const LIST_LENGTH_MAX = 255;

export interface FoundPlan extends StandingPlan {
  readonly table: Excel.Table;
  /** Rows of the body that the selection touches; null = it is elsewhere. */
  readonly selected: readonly [number, number] | null;
}

export class ExcelPlan {
  readonly #ours = new ExcelTable("StreamStockStreams");

  async find(context: Excel.RequestContext, locale: LocaleId): Promise<FoundPlan | null> {
    const found = await this.#ours.find(context, planColumns(locale));
    if (found === null) return null;
    const body = found.table.getDataBodyRange().load("rowIndex,columnIndex,rowCount");
    const sheet = found.table.worksheet.load("id");
    const selection = context.workbook.getSelectedRange().load("rowIndex,rowCount");
    const at = selection.worksheet.load("id");
    await context.sync();
    const from = Math.max(selection.rowIndex, body.rowIndex);
    const to = Math.min(selection.rowIndex + selection.rowCount, body.rowIndex + body.rowCount);
    const touches = at.id === sheet.id && to > from;
    return {
      ...found,
      row: body.rowIndex,
      column: body.columnIndex,
      selected: touches ? [from - body.rowIndex, to - body.rowIndex] : null,
    };
  }

  /** Numbers of new rows, what the engine says, and formulas where none stand. One batch. */
  async paint(
    context: Excel.RequestContext,
    found: FoundPlan,
    rows: readonly ReadPlanRow[],
    paints: ReadonlyMap<string, PlanPaint>,
    locale: LocaleId,
  ): Promise<void> {
    const header = found.table.getHeaderRowRange();
    for (const [at, text] of found.places.renames) header.getCell(0, at).values = [[text]];
    const body = found.table.getDataBodyRange();
    for (const { row, cells } of runsOf(planChanges(found, rows, paints, locale))) {
      const range = body.getRow(row).getResizedRange(cells.length - 1, 0);
      range.formulas = cells.map((one) => [...one]);
    }
    await context.sync();
  }

  /**
   * Makes the table on a sheet of its own or, in a workbook made for it, where its name says.
   * Unasked it is made only there, and only once.
   */
  async make(
    context: Excel.RequestContext,
    locale: LocaleId,
    how: { readonly skus: readonly string[]; readonly isAsked: boolean },
  ): Promise<boolean> {
    const words = sheetMessagesOf(locale);
    const named = context.workbook.names.getItemOrNullObject(PLACE_NAME).getRangeOrNullObject();
    named.load("rowIndex");
    const existing = context.workbook.worksheets.getItemOrNullObject(words.sheet.plan);
    const used = existing.getUsedRangeOrNullObject(true).load("rowIndex,rowCount");
    await context.sync();
    const isWanted = how.isAsked || (!named.isNullObject && !this.#ours.wasMade);
    if (!isWanted) return false;
    const isNew = named.isNullObject && existing.isNullObject;
    const sheet = named.isNullObject
      ? isNew
        ? context.workbook.worksheets.add(words.sheet.plan)
        : existing
      : named.worksheet;
    const below = used.isNullObject ? 0 : used.rowIndex + used.rowCount + 1;
    const top = named.isNullObject ? below : named.rowIndex;
    if (isNew) sheet.showGridlines = false;
    const found = await this.#draw(context, sheet, top, locale);
    if (found === null) return false;
    this.#guide(found, locale, how.skus);
    if (how.isAsked) sheet.activate();
    await this.paint(context, found, [], new Map(), locale);
    return true;
  }

  async #draw(
    context: Excel.RequestContext,
    sheet: Excel.Worksheet,
    top: number,
    locale: LocaleId,
  ): Promise<FoundPlan | null> {
    const words = sheetMessagesOf(locale);
    dressTitle(sheet, top, words.planTitle, words.planHow);
    const columns = planColumns(locale);
    const at = top + TITLE_ROWS;
    const range = sheet.getRangeByIndexes(at, 0, BLANK_ROWS + 1, columns.length);
    range.numberFormat = Array.from({ length: BLANK_ROWS + 1 }, (_, row) =>
      columns.map(({ format }) => (row === 0 ? "@" : format)),
    );
    sheet.getRangeByIndexes(at, 0, 1, columns.length).values = [columns.map((c) => c.header)];
    const table = sheet.tables.add(range, true);
    table.name = this.#ours.name;
    table.style = "TableStyleMedium2";
    dressTable(sheet, table, columns, { row: at, column: 0 });
    await context.sync();
    const found = await this.find(context, locale);
    if (found !== null) this.#colour(sheet, found, columns.length);
    return found;
  }

  #colour(sheet: Excel.Worksheet, found: StandingPlan, width: number): void {
    const body = sheet.getRangeByIndexes(found.row, found.column, COLOURED_ROWS, width);
    // Excel puts each new rule above those before it: the strongest comes last.
    for (const { formula, fill, font } of [...planColours(found)].reverse()) {
      const format = body.conditionalFormats.add(Excel.ConditionalFormatType.custom);
      format.custom.rule.formula = formula;
      format.custom.format.fill.color = fill;
      format.custom.format.font.color = font;
      format.stopIfTrue = true;
    }
  }

  /** Columns of ours refuse typing; SKUs are offered as a list, and any other text is taken too. */
  #guide(found: FoundPlan, locale: LocaleId, skus: readonly string[]): void {
    const words = sheetMessagesOf(locale);
    const body = found.table.getDataBodyRange();
    for (const id of keptColumns) {
      const at = found.places.of[id] ?? null;
      if (at !== null) keep(body.getColumn(at), { title: words.keptTitle, text: words.keptText });
    }
    const source = skus.join(",");
    const at = found.places.of["sku"] ?? null;
    const isListable = skus.length > 0 && source.length <= LIST_LENGTH_MAX;
    if (at === null || !isListable || skus.some((sku) => sku.includes(","))) return;
    const column = body.getColumn(at);
    column.dataValidation.rule = { list: { inCellDropDown: true, source } };
    column.dataValidation.errorAlert = {
      showAlert: false,
      style: Excel.DataValidationAlertStyle.information,
      title: "",
      message: "",
    };
  }
}
