/** Refusals as Excel errors, with a message a seller understands (architecture.md decision 9). */
import { never } from "../base/assert";
import { excelErrorOf, type ForecastRefusal } from "../forecast/refusal";
import type { Messages } from "../locale/messages";
import { invalidNumber, invalidValue, notAvailable, type CellError } from "./cell-value";

/** What to say of a refused forecast. */
function sentence(refusal: ForecastRefusal, m: Messages): string {
  switch (refusal.code) {
    case "sku_empty":
      return m.cellSkuEmpty;
    case "sku_too_long":
      return m.cellSkuTooLong;
    case "sales_unreadable":
    case "sales_text_number":
    case "sales_no_number":
    case "sales_error":
      return m.cellSalesType;
    case "sales_out_of_range":
      return m.cellSalesNegative;
    case "followers_out_of_range":
      return m.cellFollowersNegative;
    case "service_out_of_range":
      return m.cellServiceRange;
    case "option_unreadable":
    case "option_unknown":
    case "option_twice":
    case "option_out_of_range":
      return m.cellOptions(refusal.detail);
    case "share_out_of_range":
    case "sold_out_of_range":
    case "stock_out_of_range":
    case "plan_out_of_range":
      return m.cellOutOfRange(refusal.detail);
    case "nothing_known":
      return m.cellNothingToForecast;
    default:
      return never(refusal.code);
  }
}

/** Excel shows a message with #VALUE! and #N/A alone (platform.md 2.5); #NUM! stands by itself. */
export function forecastError(refusal: ForecastRefusal, m: Messages): CellError {
  switch (excelErrorOf(refusal.code)) {
    case "#N/A":
      return notAvailable(sentence(refusal, m));
    case "#VALUE!":
      return invalidValue(sentence(refusal, m));
    case "#NUM!":
      return invalidNumber;
  }
}
