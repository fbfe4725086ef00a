import { type Sku, parseSku } from "../base/ids";
import { ok, type Result } from "../base/result";
import { type ForecastRefusal, refuse } from "./refusal";
import { type ForecastSettings, seedSettings } from "./settings";

/** What the first argument of FORECAST_LIVE says (architecture.md, decision 11). */
export type Sales =
  /** `base`: mean units a day, null = nobody knows. `days`: how many days stand behind it. */
  | { readonly kind: "daily"; readonly base: number | null; readonly days: number }
  /** Look up the daily sales of this SKU, then ask `meanOfDays`. */
  | { readonly kind: "sku"; readonly sku: Sku };

function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "string" && !value.trim());
}

function looksNumeric(text: string): boolean {
  const plain = text.normalize("NFKC").replaceAll(",", "");
  return /\d/.test(plain) && Number.isFinite(Number(plain));
}

/** An Excel error arrives as an object when the function asks to see errors. */
function isError(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** The mean of daily units; no days = unknown. */
export function meanOfDays(units: readonly number[]): Sales {
  const days = units.length;
  if (days === 0) return { kind: "daily", base: null, days };
  return { kind: "daily", base: units.reduce((sum, n) => sum + n, 0) / days, days };
}

function readOne(value: unknown, settings: ForecastSettings): Result<Sales, ForecastRefusal> {
  if (isBlank(value)) return ok({ kind: "daily", base: null, days: 0 });
  if (typeof value === "string") {
    const sku = parseSku(value);
    return sku.ok ? ok({ kind: "sku", sku: sku.value }) : refuse(sku.error, value);
  }
  if (isError(value)) return refuse("sales_error");
  if (typeof value !== "number") return refuse("sales_unreadable", value);
  if (!Number.isFinite(value) || value < 0) return refuse("sales_out_of_range", value);
  return ok({ kind: "daily", base: value / settings.windowDays, days: settings.windowDays });
}

/**
 * One value: units sold in the last 30 days, or the text of a SKU. A range: units of single days,
 * of which blanks, headings and TRUE/FALSE are left out as AVERAGE would. A day that shows 0 counts;
 * a blank one does not. Numbers stored as text are refused rather than dropped, since a pasted
 * export has them and the mean would be wrong without a word.
 *
 * Excel hands a single value to a matrix parameter as a range of one cell.
 */
export function readSales(
  argument: unknown,
  settings: ForecastSettings = seedSettings,
): Result<Sales, ForecastRefusal> {
  if (!Array.isArray(argument)) return readOne(argument, settings);
  const cells: unknown[] = argument.flat();
  if (cells.length <= 1) return readOne(cells[0], settings);
  if (cells.some(isError)) return refuse("sales_error");
  const texts = cells.filter((cell) => typeof cell === "string" && !isBlank(cell)) as string[];
  const textNumber = texts.find(looksNumeric);
  if (textNumber !== undefined) return refuse("sales_text_number", textNumber);
  const units = cells.filter((cell) => typeof cell === "number");
  if (units.some((n) => !Number.isFinite(n))) return refuse("sales_out_of_range");
  if (units.length === 0 && texts.length > 0) return refuse("sales_no_number", texts[0]);
  const sales = meanOfDays(units);
  // A day of more returns than sales is possible, a month of them is no base for a plan.
  if (sales.kind === "daily" && (sales.base ?? 0) < 0) {
    return refuse("sales_out_of_range", sales.base);
  }
  return ok(sales);
}
