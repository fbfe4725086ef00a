/**
 * FORECAST_LIVE: how many units to set aside for a livestream (forecast.md section 2). Pure.
 *
 *   sales.ts, history.ts, options.ts   what the arguments of the formula say
 *   settings.ts, coefficient.ts        the seed method's constants and its follower table
 *   learner.ts                         what past streams add
 *   forecast-live.ts, cold-start.ts    the plan, from sales or from followers alone
 *   forecast.ts                        the result, with all it takes to explain it
 *   pace.ts, in-stream.ts              the same belief, moved along while the stream runs
 *   creator-evidence.ts, maturity.ts   what stands beside the plan, and when the formula takes over
 *
 * Without history the plan is the seed's arithmetic to the last bit. The seed's sentence that
 * creators want three times the estimate is read as the spread of demand around that plan.
 */
import { ok, type Result } from "../base/result";
import type { History } from "./history";
import type { ForecastOptions } from "./options";
import { type ForecastRefusal, refuse } from "./refusal";
import { studentCdf, studentQuantile } from "./student-t";

export interface ForecastInput {
  /** Mean units a day; null or 0 = nothing sold yet, a cold start. */
  readonly base: number | null;
  readonly followers: number | null;
  readonly history?: History;
  /** Share of streams that the plan is to cover, in (0, 1); null = as the seed's buffer does. */
  readonly service?: number | null;
  readonly creator?: string | null;
  readonly options?: ForecastOptions;
}

export type ForecastNote =
  /** Nothing sold yet: the plan is a share of the followers, history is left out. */
  | { readonly code: "cold_start"; readonly low: number; readonly high: number }
  /** Both rules of requirement 31 and 77 apply; the plan is the careful one, `units` the other. */
  | { readonly code: "first_time_left_out"; readonly units: number }
  /** Multiplier, buffer or coefficient were given, and a cold start does not use them. */
  | { readonly code: "options_left_out" }
  /** Hardly any sales: the share of the followers would say `units`. */
  | { readonly code: "thin_sales"; readonly units: number }
  /** Close to a step of the follower table: seed's plan below and above it. */
  | {
      readonly code: "near_boundary";
      readonly followers: number;
      readonly below: number;
      readonly above: number;
    }
  | { readonly code: "history_skipped"; readonly rows: number }
  | { readonly code: "history_cut"; readonly rows: number }
  /** Past streams that sold out count as "at least this much". */
  | { readonly code: "sold_out_learnt"; readonly rows: number };

/** The plan and everything it is made of. Plain data: `quantile` and `coverage` read it. */
export interface Forecast {
  /** Units to set aside: the plan, rounded up. */
  readonly units: number;
  readonly plan: number;
  readonly coldStart: boolean;
  /** Mean units a day, the multiplier and the coefficient that were used; a cold start has none. */
  readonly base: number | null;
  readonly multiplier: number | null;
  readonly coefficient: number | null;
  readonly buffer: number | null;
  /** 1, or the factor for a first stream with this creator. */
  readonly firstTimeFactor: number;
  /** Units that the table expects: the middle of demand before history is heard. */
  readonly expected: number;
  /** The seed method's own plan, without history. */
  readonly seedPlan: number;
  /** Factor that history puts on `expected`; 1 = none. */
  readonly lift: number;
  /** How much of the observed mean lift was taken over; null when there is nothing to divide. */
  readonly weight: number | null;
  /** Past streams learnt from, and how many of them only as a lower bound. */
  readonly n: number;
  readonly censored: number;
  readonly mu: number;
  readonly sd: number;
  readonly nu: number;
  readonly scale: number;
  /** The share of streams that the plan covers, before `firstTimeFactor`. */
  readonly service: number;
  /** Units in stock that a creator usually asks for. */
  readonly creatorAsk: number;
  /** 1 to 2 % of the followers, the seed's rule of thumb; null without followers. */
  readonly followerBand: { readonly low: number; readonly high: number } | null;
  readonly notes: readonly ForecastNote[];
}

/** Beyond this a number of units is a mistake, and doubles stop counting singly. */
const UNITS_MAX = 1e12;

/** Demand that is not exceeded in a share `p` of streams, units; `p` strictly within 0 and 1. */
export function quantile(forecast: Forecast, p: number): number {
  const { expected, mu, nu, sd } = forecast;
  return expected * Math.exp(mu + studentQuantile(p, nu) * sd);
}

/** Share of streams whose demand stays within `units`. */
export function coverage(forecast: Forecast, units: number): number {
  const { expected, mu, nu, sd } = forecast;
  return units <= 0 ? 0 : studentCdf((Math.log(units / expected) - mu) / sd, nu);
}

/**
 * Whole units, rounded up. Products such as 250 / 30 * 15 * 1.5 * 1.2 land a hair above their true
 * value 225 in doubles; that hair must not become a unit.
 */
export function wholeUnits(plan: number): number {
  return Math.max(0, Math.ceil(plan - Math.max(1e-9, plan * 8 * Number.EPSILON)));
}

/** The last refusal of every plan. */
export function withinReach(forecast: Forecast): Result<Forecast, ForecastRefusal> {
  const sane = Number.isFinite(forecast.plan) && forecast.plan <= UNITS_MAX;
  return sane ? ok(forecast) : refuse("plan_out_of_range", forecast.plan);
}
