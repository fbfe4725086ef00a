/** What the whole stream will likely sell, by the same forecast as the workbook's. Pure. */
import { forecastLive } from "../../forecast/forecast-live";
import { inStream, totalQuantile } from "../../forecast/in-stream";
import { meanOfDays } from "../../forecast/sales";
import type { ForecastSettings } from "../../forecast/settings";
import { wholeUnits } from "../../forecast/forecast";

export interface Outlook {
  /** Totals that half and nine of ten streams like this one do not exceed, units. */
  readonly p50: number;
  readonly p90: number;
  /** That demand exceeds the stock, 0 to 1. */
  readonly chance: number;
  /** Units missing to be as safe as the plan wanted. */
  readonly need: number;
}

export interface OutlookInput {
  /** Units sold a day, of the last complete days. */
  readonly days: readonly number[];
  readonly followers: number;
  /** Minutes of the stream's own time. */
  readonly minute: number;
  readonly minutes: number;
  readonly sold: number;
  readonly stockLeft: number;
  readonly settings: ForecastSettings;
}

/** Null: nothing to forecast from. */
export function outlookOf(input: OutlookInput): Outlook | null {
  const mean = meanOfDays(input.days);
  const base = mean.kind === "daily" ? mean.base : null;
  const forecast = forecastLive({ base, followers: input.followers }, input.settings);
  if (!forecast.ok) return null;
  const { sold, stockLeft, minute, minutes } = input;
  const share = Math.min(1, Math.max(0, minute / Math.max(1, minutes)));
  const stream = inStream(forecast.value, { sold, share, stockLeft: Math.max(0, stockLeft) });
  if (!stream.ok) return null;
  return {
    p50: wholeUnits(totalQuantile(stream.value, 0.5)),
    p90: wholeUnits(totalQuantile(stream.value, 0.9)),
    chance: stream.value.stockoutChance,
    need: wholeUnits(stream.value.need),
  };
}
