/** STREAM.FORECAST_LIVE: the units to plan for a stream, from what stands in the cells. */
import type { Sku } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import { forecastLive } from "../forecast/forecast-live";
import { readCreator, readHistory } from "../forecast/history";
import { parseOptions } from "../forecast/options";
import { refuse, type ForecastRefusal } from "../forecast/refusal";
import { meanOfDays, readSales, type Sales } from "../forecast/sales";

/** As Excel hands them over: anything may be null, and anything may be of another kind. */
export interface ForecastArguments {
  readonly sales: unknown;
  readonly followers?: unknown;
  readonly history?: unknown;
  readonly service?: unknown;
  readonly creator?: unknown;
  readonly options?: unknown;
}

export type ForecastCellRefusal =
  | { readonly kind: "forecast"; readonly refusal: ForecastRefusal }
  /** A SKU was named of which the ledger knows no sales. */
  | { readonly kind: "sku_unknown"; readonly sku: Sku };

/** Blank counts as not given; text or a logical value where a number belongs is refused. */
function numberOrNull(
  value: unknown,
  code: "followers" | "service",
): Result<number | null, ForecastRefusal> {
  if (value === null || value === undefined || value === "") return ok(null);
  if (typeof value === "number") return ok(value);
  return refuse(code === "followers" ? "followers_out_of_range" : "service_out_of_range", value);
}

async function baseOf(
  sales: Sales,
  dailySales: (sku: string) => Promise<readonly number[] | null>,
): Promise<Result<number | null, ForecastCellRefusal>> {
  if (sales.kind === "daily") return ok(sales.base);
  const days = await dailySales(sales.sku);
  if (days === null) return err({ kind: "sku_unknown", sku: sales.sku });
  const mean = meanOfDays(days);
  return ok(mean.kind === "daily" ? mean.base : null);
}

const refused = (refusal: ForecastRefusal): Result<never, ForecastCellRefusal> =>
  err({ kind: "forecast", refusal });

export async function forecastCell(
  cells: ForecastArguments,
  dailySales: (sku: string) => Promise<readonly number[] | null>,
): Promise<Result<number, ForecastCellRefusal>> {
  const sales = readSales(cells.sales);
  if (!sales.ok) return refused(sales.error);
  const followers = numberOrNull(cells.followers, "followers");
  if (!followers.ok) return refused(followers.error);
  const service = numberOrNull(cells.service, "service");
  if (!service.ok) return refused(service.error);
  const options = parseOptions(typeof cells.options === "string" ? cells.options : "");
  if (!options.ok) return refused(options.error);
  const base = await baseOf(sales.value, dailySales);
  if (!base.ok) return base;
  const plan = forecastLive({
    base: base.value,
    followers: followers.value,
    service: service.value,
    history: readHistory(Array.isArray(cells.history) ? (cells.history as unknown[][]) : null),
    creator: readCreator(cells.creator),
    options: options.value,
  });
  return plan.ok ? ok(plan.value.units) : refused(plan.error);
}
