/**
 * The Review sheet in the open workbook. It stands where the workbook's name StreamReview points, so
 * that it may be renamed and moved; the table of minutes and the chart are found by their own names.
 */
import type { LocaleId } from "../locale/formats";
import { sheetMessagesOf } from "../locale/sheets";
import { dressTitle } from "./excel-sheet";
import type { ReviewPage } from "./review-page";

const PLACE_NAME = "StreamReview";
const TABLE = "StreamStockTimeline";
const CHART = "StreamStockChart";
/** Rows from the top of the page. */
const VERDICT = 3;
const FACTS = 5;
const SUGGESTIONS = 15;
const SUGGESTIONS_MAX = 3;
const TIMELINE = 21;
const CHART_COLUMNS = [5, 10] as const;
const widths = [86, 46, 70, 166, 14] as const;
const INK = "#242424";
const QUIET = "#616161";
const BRAND = "#0F6CBD";

interface Place {
  readonly sheet: Excel.Worksheet;
  readonly row: number;
  readonly column: number;
}

export class ExcelReview {
  async #place(context: Excel.RequestContext): Promise<Place | null> {
    const name = context.workbook.names.getItemOrNullObject(PLACE_NAME);
    const range = name.getRangeOrNullObject().load("rowIndex,columnIndex");
    await context.sync();
    if (range.isNullObject) return null;
    return { sheet: range.worksheet, row: range.rowIndex, column: range.columnIndex };
  }

  /** Makes the sheet, or brings it to the front. */
  async make(context: Excel.RequestContext, locale: LocaleId): Promise<void> {
    const place = await this.#place(context);
    if (place !== null) {
      place.sheet.activate();
      await context.sync();
      return;
    }
    const words = sheetMessagesOf(locale);
    const existing = context.workbook.worksheets.getItemOrNullObject(words.sheet.review);
    const used = existing.getUsedRangeOrNullObject(true).load("rowIndex,rowCount");
    const stale = context.workbook.names.getItemOrNullObject(PLACE_NAME);
    await context.sync();
    if (!stale.isNullObject) stale.delete();
    const isNew = existing.isNullObject;
    const sheet = isNew ? context.workbook.worksheets.add(words.sheet.review) : existing;
    const row = used.isNullObject ? 0 : used.rowIndex + used.rowCount + 1;
    if (isNew) sheet.showGridlines = false;
    context.workbook.names.add(PLACE_NAME, sheet.getRangeByIndexes(row, 0, 1, 1));
    dressTitle(sheet, row, words.reviewTitle, words.reviewWaiting);
    sheet.activate();
    await context.sync();
  }

  /** False: there is no such sheet in this workbook. */
  async fill(context: Excel.RequestContext, page: ReviewPage): Promise<boolean> {
    const place = await this.#place(context);
    if (place === null) return false;
    writeFacts(place, page);
    await writeTimeline(context, place, page);
    await context.sync();
    return true;
  }
}

function cells(place: Place, row: number, column: number, rows: number, columns: number) {
  return place.sheet.getRangeByIndexes(place.row + row, place.column + column, rows, columns);
}

function writeFacts(place: Place, page: ReviewPage): void {
  widths.forEach((width, column) => {
    cells(place, 0, column, 1, 1).format.columnWidth = width;
  });
  dressTitle(place.sheet, place.row, page.title, page.subtitle);
  const verdict = cells(place, VERDICT, 0, 1, 1);
  verdict.values = [[page.verdict]];
  verdict.format.font.bold = true;
  verdict.format.font.size = 13;
  verdict.format.font.color = page.isGood ? "#0B5A08" : "#8A3707";
  const facts = cells(place, FACTS, 0, page.facts.length, 4);
  // Texts above and numbers below a table's edge: labels run over two columns that stay empty.
  facts.values = page.facts.map(({ label, value, note }) => [label, "", value, note]);
  const value = facts.getColumn(2);
  value.numberFormat = page.facts.map(({ format }) => [format]);
  value.format.font.bold = true;
  value.format.font.color = INK;
  facts.getColumn(0).format.font.color = QUIET;
  facts.getColumn(3).format.font.color = QUIET;
  facts.format.borders.getItem("InsideHorizontal").style = "Continuous";
  facts.format.borders.getItem("InsideHorizontal").color = "#E0E0E0";
  const head = cells(place, SUGGESTIONS, 0, 1, 1);
  head.values = [[page.suggestionTitle]];
  head.format.font.bold = true;
  head.format.font.color = BRAND;
  const lines = cells(place, SUGGESTIONS + 1, 0, SUGGESTIONS_MAX, 1);
  lines.values = Array.from({ length: SUGGESTIONS_MAX }, (_, i) => [page.suggestions[i] ?? ""]);
}

async function writeTimeline(
  context: Excel.RequestContext,
  place: Place,
  page: ReviewPage,
): Promise<void> {
  if (page.timeline.length === 0) return;
  const old = context.workbook.tables.getItemOrNullObject(TABLE);
  const chart = place.sheet.charts.getItemOrNullObject(CHART);
  await context.sync();
  // Another stream has other minutes: the table is made anew, the chart is kept as she dressed it.
  if (!old.isNullObject) old.delete();
  const rows = page.timeline.length;
  const range = cells(place, TIMELINE, 0, rows + 1, 4);
  range.numberFormat = Array.from({ length: rows + 1 }, () => ["0", "#,##0", "#,##0", "General"]);
  range.values = [[...page.timelineHeaders], ...page.timeline.map((row) => [...row])];
  const table = place.sheet.tables.add(range, true);
  table.name = TABLE;
  table.style = "TableStyleMedium2";
  const data = cells(place, TIMELINE, 1, rows + 1, 2);
  const drawn = chart.isNullObject
    ? place.sheet.charts.add(Excel.ChartType.line, data, Excel.ChartSeriesBy.columns)
    : chart;
  if (!chart.isNullObject) drawn.setData(data, Excel.ChartSeriesBy.columns);
  else dressChart(drawn, place);
  drawn.title.text = page.chartTitle;
  const minutes = cells(place, TIMELINE + 1, 0, rows, 1);
  const colours = [BRAND, "#C4314B"];
  colours.forEach((colour, index) => {
    const series = drawn.series.getItemAt(index);
    series.setXAxisValues(minutes);
    if (chart.isNullObject) series.format.line.color = colour;
  });
}

function dressChart(chart: Excel.Chart, place: Place): void {
  chart.name = CHART;
  const [from, to] = CHART_COLUMNS;
  chart.setPosition(cells(place, VERDICT - 1, from, 1, 1), cells(place, TIMELINE - 2, to, 1, 1));
  chart.legend.position = Excel.ChartLegendPosition.bottom;
  chart.axes.categoryAxis.tickLabelSpacing = 30;
  chart.axes.categoryAxis.tickMarkSpacing = 30;
  chart.axes.valueAxis.minimum = 0;
}
