import type { ForecastSettings } from "./settings";
import { studentQuantile } from "./student-t";

/**
 * Spread of ln(demand / expected) before any stream was seen: what makes the creators' three-fold
 * ask the prior's upper quantile (forecast.md 2.1; 0.5907953258 with the seed's settings).
 */
export function priorSpread(settings: ForecastSettings): number {
  const { creatorAskMultiple, priorQuantile, priorDf } = settings;
  return Math.log(creatorAskMultiple) / studentQuantile(priorQuantile, priorDf);
}

/** The seed's rule of thumb for what a creator sells, units (requirements 11 and 77). */
export function followerBand(
  followers: number,
  settings: ForecastSettings,
): { readonly low: number; readonly high: number } {
  return {
    low: followers * settings.coldShareLow,
    high: followers * settings.coldShareHigh,
  };
}
