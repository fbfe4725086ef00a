import { ok, type Result } from "../base/result";
import type { Forecast } from "./forecast";
import { paceNoise } from "./learner";
import { evenPace, type Pace } from "./pace";
import { type ForecastRefusal, refuse } from "./refusal";
import { type ForecastSettings, seedSettings } from "./settings";
import { studentCdf, studentQuantile } from "./student-t";

/** The stream so far. */
export interface InStreamInput {
  /** Units sold so far, while stock was there. */
  readonly sold: number;
  /** Share of the sales usually made by now, 0..1: `pace.shareAt` of the time gone. */
  readonly share: number;
  /** Units still there to sell. */
  readonly stockLeft: number;
}

/** What the whole stream will want, given its start (forecast.md 2.4). Plain data. */
export interface InStream {
  readonly sold: number;
  readonly share: number;
  readonly stockLeft: number;
  /** Mean and spread of ln(total demand), and the degrees of freedom. */
  readonly logMean: number;
  readonly logSd: number;
  readonly nu: number;
  /** Probability that demand exceeds what is sold and what is left. */
  readonly stockoutChance: number;
  /** Units missing to cover the share of streams that the plan was made for. */
  readonly need: number;
}

/** Total demand not exceeded with probability `p`; never less than was sold. */
export function totalQuantile(stream: InStream, p: number): number {
  if (stream.share >= 1) return stream.sold;
  const spread = studentQuantile(p, stream.nu) * stream.logSd;
  return Math.max(stream.sold, Math.exp(stream.logMean + spread));
}

/** Share of the sales at which stock runs out if demand comes as its `p` quantile; null = it lasts. */
export function sellOutShare(stream: InStream, p: number): number | null {
  const { sold, share, stockLeft } = stream;
  const total = totalQuantile(stream, p);
  if (total <= sold + stockLeft) return null;
  return share + ((1 - share) * stockLeft) / (total - sold);
}

/** The same as a share of the stream's time. */
export function sellOutTime(stream: InStream, p: number, pace: Pace = evenPace): number | null {
  const share = sellOutShare(stream, p);
  return share === null ? null : pace.timeAt(share);
}

/** Refused in this order: sold, share, stock out of range. */
export function inStream(
  forecast: Forecast,
  input: InStreamInput,
  settings: ForecastSettings = seedSettings,
): Result<InStream, ForecastRefusal> {
  const { sold, share, stockLeft } = input;
  if (!(Number.isFinite(sold) && sold >= 0)) return refuse("sold_out_of_range", sold);
  if (!(share >= 0 && share <= 1)) return refuse("share_out_of_range", share);
  if (!(Number.isFinite(stockLeft) && stockLeft >= 0))
    return refuse("stock_out_of_range", stockLeft);
  let logMean = Math.log(forecast.expected) + forecast.mu;
  let variance = forecast.sd ** 2;
  const seen = Math.max(sold, settings.soldFloor);
  const noise = share > 0 ? paceNoise(share, seen, settings.pacePrecision) : Infinity;
  if (Number.isFinite(noise)) {
    const gain = variance / (variance + noise);
    logMean += gain * (Math.log(seen) - Math.log(share) - logMean);
    variance *= 1 - gain;
  }
  const { nu } = forecast;
  const logSd = Math.sqrt(Math.max(0, variance));
  const within = { sold, share, stockLeft, logMean, logSd, nu };
  // Over, or so near the end that no doubt is left: what was sold is what there was.
  if (share >= 1 || logSd === 0) return ok({ ...within, stockoutChance: 0, need: 0 });
  const reach = (Math.log(sold + stockLeft) - logMean) / logSd;
  const stream = { ...within, stockoutChance: 1 - studentCdf(reach, nu), need: 0 };
  const need = Math.max(0, totalQuantile(stream, forecast.service) - sold - stockLeft);
  return ok({ ...stream, need });
}
