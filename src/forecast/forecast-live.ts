import { ok, type Result } from "../base/result";
import { boundaryNear, coefficient } from "./coefficient";
import { coldStart } from "./cold-start";
import {
  type Forecast,
  type ForecastInput,
  type ForecastNote,
  wholeUnits,
  withinReach,
} from "./forecast";
import { type HistoryRow, noHistory } from "./history";
import { type Learnt, learn, type PastStream } from "./learner";
import { noOptions } from "./options";
import { followerBand, priorSpread } from "./prior";
import { type ForecastRefusal, refuse } from "./refusal";
import { type ForecastSettings, seedSettings } from "./settings";
import { studentCdf, studentQuantile } from "./student-t";

function pastStream(row: HistoryRow, settings: ForecastSettings): PastStream {
  return {
    expected: row.base * settings.multiplier * coefficient(row.followers, settings),
    sold: Math.max(row.sold, settings.soldFloor),
    soldOut: row.soldOut,
    share: row.share,
    creator: row.creator,
  };
}

/** Rows may come from elsewhere than a sheet: what cannot be a stream is left out and counted. */
function isSound(row: HistoryRow, stream: PastStream): boolean {
  return (
    Number.isFinite(stream.expected) &&
    stream.expected > 0 &&
    Number.isFinite(row.sold) &&
    row.sold >= 0 &&
    (row.share === null || (row.share > 0 && row.share <= 1))
  );
}

interface Streams {
  readonly newest: readonly PastStream[];
  readonly skipped: number;
  readonly cut: number;
}

function pastStreams(input: ForecastInput, settings: ForecastSettings): Streams {
  const { rows, skipped } = input.history ?? noHistory;
  const sound = rows.flatMap((row) => {
    const stream = pastStream(row, settings);
    return isSound(row, stream) ? [stream] : [];
  });
  const newest = sound.slice(-settings.historyMax);
  return {
    newest,
    skipped: skipped + rows.length - sound.length,
    cut: sound.length - newest.length,
  };
}

function check(input: ForecastInput): Result<null, ForecastRefusal> {
  const { base, followers, service = null } = input;
  const bad = (n: number | null) => n !== null && !(Number.isFinite(n) && n >= 0);
  if (bad(base)) return refuse("sales_out_of_range", base);
  if (bad(followers)) return refuse("followers_out_of_range", followers);
  if (service !== null && !(service > 0 && service < 1)) {
    return refuse("service_out_of_range", service);
  }
  if (!base && !followers) return refuse("nothing_known");
  return ok(null);
}

function notesOn(
  base: number,
  input: ForecastInput,
  learnt: Learnt,
  { skipped, cut }: Streams,
  settings: ForecastSettings,
): ForecastNote[] {
  const { followers, options = noOptions } = input;
  const notes: ForecastNote[] = [];
  if (base < settings.thinDailyUnits && followers) {
    notes.push({ code: "thin_sales", units: wholeUnits(followers * settings.coldShareLow) });
  }
  const boundary =
    followers === null || options.coefficient !== null ? null : boundaryNear(followers, settings);
  if (boundary !== null) {
    const seed = (c: number) => wholeUnits(base * settings.multiplier * c * settings.buffer);
    notes.push({
      code: "near_boundary",
      followers: boundary.followers,
      below: seed(boundary.below),
      above: seed(boundary.above),
    });
  }
  if (skipped > 0) notes.push({ code: "history_skipped", rows: skipped });
  if (cut > 0) notes.push({ code: "history_cut", rows: cut });
  if (learnt.censored > 0) notes.push({ code: "sold_out_learnt", rows: learnt.censored });
  return notes;
}

function fromSales(
  base: number,
  input: ForecastInput,
  settings: ForecastSettings,
): Result<Forecast, ForecastRefusal> {
  const { followers, service = null, options = noOptions } = input;
  const { multiplier, buffer } = settings;
  const factor = options.coefficient ?? coefficient(followers, settings);
  const expected = base * multiplier * factor;
  const seedPlan = expected * buffer;
  const spread = priorSpread(settings);
  const streams = pastStreams(input, settings);
  const { newest } = streams;
  const prior = {
    seller: settings.shareSeller * spread ** 2,
    creator: settings.shareCreator * spread ** 2,
    stream: settings.shareStream * spread ** 2,
    df: settings.priorDf,
    pacePrecision: settings.pacePrecision,
  };
  const learnt = learn(newest, input.creator ?? null, prior);
  const { mu, df: nu, scale, meanObserved } = learnt;
  const sd = newest.length === 0 ? spread : Math.sqrt(scale * (learnt.variance + prior.stream));
  const seedService = studentCdf(Math.log(buffer) / spread, settings.priorDf);
  const level = service ?? seedService;
  // Without history and without a wish the seed's product stands as it is, not its way through
  // logarithms and back: 405 is 405 to the last bit.
  const untouched = service === null && newest.length === 0;
  const covered = untouched ? seedPlan : expected * Math.exp(mu + studentQuantile(level, nu) * sd);
  const firstTimeFactor = options.first ? settings.firstTimeFactor : 1;
  const plan = covered * firstTimeFactor;
  return withinReach({
    units: wholeUnits(plan),
    plan,
    coldStart: false,
    base,
    multiplier,
    coefficient: factor,
    buffer,
    firstTimeFactor,
    expected,
    seedPlan,
    lift: Math.exp(mu),
    weight: meanObserved === null || Math.abs(meanObserved) < 1e-12 ? null : mu / meanObserved,
    n: newest.length,
    censored: learnt.censored,
    mu,
    sd,
    nu,
    scale,
    service: level,
    creatorAsk: settings.creatorAskMultiple * expected * Math.exp(mu),
    followerBand: followers ? followerBand(followers, settings) : null,
    notes: notesOn(base, input, learnt, streams, settings),
  });
}

/**
 * The plan for one stream. Refusals are checked in this order: sales, followers, service out of
 * range, nothing known, plan out of range. Multiplier and buffer of the options replace the
 * settings for past streams too, since a lift only means something against one multiplier.
 */
export function forecastLive(
  input: ForecastInput,
  settings: ForecastSettings = seedSettings,
): Result<Forecast, ForecastRefusal> {
  const checked = check(input);
  if (!checked.ok) return checked;
  const { multiplier, buffer } = input.options ?? noOptions;
  const used = {
    ...settings,
    multiplier: multiplier ?? settings.multiplier,
    buffer: buffer ?? settings.buffer,
  };
  return input.base
    ? fromSales(input.base, input, used)
    : coldStart(input.followers ?? 0, input, used);
}
