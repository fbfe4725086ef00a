/**
 * From when on a seller plans by the formula and not by followers (requirement 79). The seed says
 * "after 3 to 5 streams", while its formula asks for days of sales: both have to be there. Until
 * then both plans are shown.
 */
import { type ForecastSettings, seedSettings } from "./settings";

export type PlanBasis =
  /** The careful share of followers leads (requirement 77). */
  | "followers"
  /** As before, and the switch is offered. */
  | "formula_offered"
  | "formula";

export function planBasis(
  recorded: { readonly streams: number; readonly salesDays: number },
  settings: ForecastSettings = seedSettings,
): PlanBasis {
  const { streams, salesDays } = recorded;
  const { formulaTakenFrom, formulaSalesDays, formulaOfferedFrom } = settings;
  if (streams >= formulaTakenFrom && salesDays >= formulaSalesDays) return "formula";
  return streams >= formulaOfferedFrom ? "formula_offered" : "followers";
}
