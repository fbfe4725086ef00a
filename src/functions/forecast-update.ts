/** STREAM.FORECAST_UPDATE: what the whole stream will want, given how it began. */
import { err, ok, type Result } from "../base/result";
import { wholeUnits } from "../forecast/forecast";
import { inStream, sellOutTime, totalQuantile } from "../forecast/in-stream";
import { neededNumber } from "./arguments";
import { forecastError } from "./cell-error";
import type { Block, CellError } from "./cell-value";
import { forecastOf, type DailySales, type ForecastArguments } from "./forecast-cell";
import type { Words } from "./words";

export interface UpdateArguments extends ForecastArguments {
  readonly sold: unknown;
  readonly share: unknown;
  readonly stockLeft: unknown;
}

const totals = [0.5, 0.8, 0.95] as const;
const sellOuts = [0.5, 0.9] as const;

export async function forecastUpdate(
  cells: UpdateArguments,
  dailySales: DailySales,
  words: Words,
): Promise<Result<Block, CellError>> {
  const sold = neededNumber(cells.sold, "sold", words.cell);
  if (!sold.ok) return sold;
  const share = neededNumber(cells.share, "share", words.cell, { least: 0, most: 1 });
  if (!share.ok) return share;
  const stockLeft = neededNumber(cells.stockLeft, "stockLeft", words.cell);
  if (!stockLeft.ok) return stockLeft;
  const plan = await forecastOf(cells, dailySales, words);
  if (!plan.ok) return plan;
  const stream = inStream(plan.value, {
    sold: sold.value,
    share: share.value,
    stockLeft: stockLeft.value,
  });
  if (!stream.ok) return err(forecastError(stream.error, words.shared));
  const { cell } = words;
  const need = wholeUnits(stream.value.need);
  const middle = wholeUnits(totalQuantile(stream.value, 0.5));
  return ok([
    ...totals.map((p) => [cell.total(p), wholeUnits(totalQuantile(stream.value, p))]),
    [cell.soldOutChance, stream.value.stockoutChance],
    ...sellOuts.map((p) => [cell.emptyAt(p), sellOutTime(stream.value, p) ?? cell.lasts]),
    [cell.need, need],
    [cell.inWords, cell.updateTold(middle, stream.value.stockoutChance, need)],
  ]);
}
