/** STREAM.FORECAST_LIVE, and what all functions of the forecast read the same way. */
import { err, ok, type Result } from "../base/result";
import type { Forecast, ForecastInput } from "../forecast/forecast";
import { forecastLive } from "../forecast/forecast-live";
import { readCreator, readHistory, yesWords } from "../forecast/history";
import { parseOptions } from "../forecast/options";
import type { ForecastRefusal } from "../forecast/refusal";
import { meanOfDays, readSales, type Sales } from "../forecast/sales";
import { everyFunctionMessages } from "../locale/function-locale";
import { optionalNumber, plain, rangeOf, textOf } from "./arguments";
import { forecastError } from "./cell-error";
import { notAvailable, type CellError } from "./cell-value";
import type { Words } from "./words";

/** As Excel hands them over. */
export interface ForecastArguments {
  readonly sales: unknown;
  readonly followers?: unknown;
  readonly history?: unknown;
  readonly service?: unknown;
  readonly creator?: unknown;
  readonly options?: unknown;
}

/** Units of the last complete days of a SKU, oldest first; null = the ledger does not know it. */
export type DailySales = (sku: string) => Promise<readonly number[] | null>;

const yes = [...yesWords, ...everyFunctionMessages.flatMap((words) => words.yes)];

async function baseOf(
  sales: Sales,
  dailySales: DailySales,
  words: Words,
): Promise<Result<number | null, CellError>> {
  if (sales.kind === "daily") return ok(sales.base);
  const days = await dailySales(sales.sku);
  if (days === null) return err(notAvailable(words.shared.cellSkuUnknown(sales.sku)));
  const mean = meanOfDays(days);
  return ok(mean.kind === "daily" ? mean.base : null);
}

export async function forecastInput(
  cells: ForecastArguments,
  dailySales: DailySales,
  words: Words,
): Promise<Result<ForecastInput, CellError>> {
  const refused = (refusal: ForecastRefusal) => err(forecastError(refusal, words.shared));
  const sales = readSales(Array.isArray(cells.sales) ? rangeOf(cells.sales) : plain(cells.sales));
  if (!sales.ok) return refused(sales.error);
  const followers = optionalNumber(cells.followers, "followers", words.cell);
  if (!followers.ok) return followers;
  const service = optionalNumber(cells.service, "service", words.cell, {
    least: 0,
    most: 1,
    strict: true,
  });
  if (!service.ok) return service;
  const options = parseOptions(textOf(cells.options));
  if (!options.ok) return refused(options.error);
  const base = await baseOf(sales.value, dailySales, words);
  if (!base.ok) return base;
  return ok({
    base: base.value,
    followers: followers.value,
    service: service.value,
    history: readHistory(Array.isArray(cells.history) ? rangeOf(cells.history) : null, yes),
    creator: readCreator(plain(cells.creator)),
    options: options.value,
  });
}

export function planned(input: ForecastInput, words: Words): Result<Forecast, CellError> {
  const plan = forecastLive(input);
  return plan.ok ? plan : err(forecastError(plan.error, words.shared));
}

/** The plan of these arguments. */
export async function forecastOf(
  cells: ForecastArguments,
  dailySales: DailySales,
  words: Words,
): Promise<Result<Forecast, CellError>> {
  const input = await forecastInput(cells, dailySales, words);
  return input.ok ? planned(input.value, words) : input;
}
