import type { Result } from "../base/result";
import {
  type Forecast,
  type ForecastInput,
  type ForecastNote,
  wholeUnits,
  withinReach,
} from "./forecast";
import { noOptions } from "./options";
import { followerBand, priorSpread } from "./prior";
import type { ForecastRefusal } from "./refusal";
import type { ForecastSettings } from "./settings";
import { studentCdf, studentQuantile } from "./student-t";

/** Nothing sold yet: a careful share of the followers (requirement 77). */
export function coldStart(
  followers: number,
  input: ForecastInput,
  settings: ForecastSettings,
): Result<Forecast, ForecastRefusal> {
  const { service = null, options = noOptions } = input;
  const share = options.cold ?? settings.coldShareLow;
  const expected = Math.sqrt(settings.coldShareLow * settings.coldShareHigh) * followers;
  const sd = priorSpread(settings);
  const nu = settings.priorDf;
  const seedPlan = followers * share;
  const plan = service === null ? seedPlan : expected * Math.exp(studentQuantile(service, nu) * sd);
  const band = followerBand(followers, settings);
  const notes: ForecastNote[] = [{ code: "cold_start", ...band }];
  if (options.first) {
    notes.push({ code: "first_time_left_out", units: wholeUnits(plan * settings.firstTimeFactor) });
  }
  if (options.multiplier !== null || options.buffer !== null || options.coefficient !== null) {
    notes.push({ code: "options_left_out" });
  }
  return withinReach({
    units: wholeUnits(plan),
    plan,
    coldStart: true,
    base: null,
    multiplier: null,
    coefficient: null,
    buffer: null,
    firstTimeFactor: 1,
    expected,
    seedPlan,
    lift: 1,
    weight: null,
    n: 0,
    censored: 0,
    mu: 0,
    sd,
    nu,
    scale: 1,
    service: service ?? studentCdf(Math.log(seedPlan / expected) / sd, nu),
    creatorAsk: settings.creatorAskMultiple * expected,
    followerBand: band,
    notes,
  });
}
