/** Why there is no forecast. Codes; the sentence that a person reads is in `locale`. */
export type ForecastRefusalCode =
  /** An argument is not of a kind that can be read. */
  | "sales_unreadable"
  /** The range holds numbers written as text, which a mean would silently leave out. */
  | "sales_text_number"
  /** The range holds text and not one number. */
  | "sales_no_number"
  /** A cell of the sales holds an Excel error. */
  | "sales_error"
  | "sku_empty"
  | "sku_too_long"
  | "option_unreadable"
  | "option_unknown"
  | "option_twice"
  | "option_out_of_range"
  | "sales_out_of_range"
  | "followers_out_of_range"
  | "service_out_of_range"
  | "share_out_of_range"
  | "sold_out_of_range"
  | "stock_out_of_range"
  /** The plan is too large to be a number of units. */
  | "plan_out_of_range"
  /** Neither sales nor followers: nothing to forecast from. */
  | "nothing_known";

export interface ForecastRefusal {
  readonly code: ForecastRefusalCode;
  /** What was refused, as it came in; empty when there is nothing to show. */
  readonly detail: string;
}

export type ExcelError = "#VALUE!" | "#NUM!" | "#N/A";

/** Wrong kind, out of range, or not known (architecture.md decision 9, forecast.md 2.6). */
export function excelErrorOf(code: ForecastRefusalCode): ExcelError {
  if (code === "nothing_known") return "#N/A";
  return code.endsWith("_out_of_range") ? "#NUM!" : "#VALUE!";
}

export function refuse(
  code: ForecastRefusalCode,
  detail: unknown = "",
): { readonly ok: false; readonly error: ForecastRefusal } {
  return { ok: false, error: { code, detail: String(detail).slice(0, 100) } };
}
