/** STREAM.FORECAST_EXPLAIN: the plan factor by factor, its spread, and what a creator asks for. Pure. */
import { quantile, wholeUnits, type Forecast, type ForecastNote } from "../forecast/forecast";
import type { FunctionMessages } from "../locale/function-messages";
import type { Block } from "./cell-value";

/** Shares of streams whose demand is shown (forecast.md 2.7). */
export const shownShares = [0.5, 0.8, 0.9, 0.95] as const;

function noteText(note: ForecastNote, { forecastNote: say }: FunctionMessages): string {
  switch (note.code) {
    case "cold_start":
      return say.cold_start(note.low, note.high);
    case "first_time_left_out":
      return say.first_time_left_out(note.units);
    case "options_left_out":
      return say.options_left_out;
    case "thin_sales":
      return say.thin_sales(note.units);
    case "near_boundary":
      return say.near_boundary(note.followers, note.below, note.above);
    case "history_skipped":
      return say.history_skipped(note.rows);
    case "history_cut":
      return say.history_cut(note.rows);
    case "sold_out_learnt":
      return say.sold_out_learnt(note.rows);
  }
}

/** Seventeen rows that always stand in the same places, and the notes below them. */
export function explained(
  plan: Forecast,
  followers: number | null,
  words: FunctionMessages,
): Block {
  const { followerBand } = plan;
  const told = {
    ...plan,
    followers,
    streams: plan.n,
  };
  return [
    [words.planned, plan.units],
    [words.unitsADay, plan.base ?? ""],
    [words.multiplier, plan.multiplier ?? ""],
    [words.coefficient, plan.coefficient ?? ""],
    [words.expected, plan.expected],
    [words.planBuffer, plan.buffer ?? ""],
    [words.methodPlan, plan.seedPlan],
    [words.firstTime, plan.firstTimeFactor],
    [words.lift, plan.lift],
    [words.pastStreams, plan.n],
    [words.weight, plan.weight ?? ""],
    [words.lastsIn, plan.service],
    ...shownShares.map((share) => [words.quantile(share), wholeUnits(quantile(plan, share))]),
    [words.creatorAsk, wholeUnits(plan.creatorAsk)],
    [
      words.followerBand,
      followerBand === null ? "" : words.band(followerBand.low, followerBand.high),
    ],
    [words.inWords, words.planTold(told)],
    ...plan.notes.map((note) => [words.note, noteText(note, words)]),
  ];
}
