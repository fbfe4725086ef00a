/**
 * The look back after a stream: requirements 45-56, forecast.md 2.5. Pure arithmetic; the caller
 * brings the counts. It suggests, and changes nothing by itself.
 */

/** Verdict on sold / planned. "watch_*" fill the bands of which the seed is silent (requirement 50). */
export type ReviewVerdict =
  | "overstocked"
  | "watch_over"
  | "reasonable"
  | "watch_short"
  | "short"
  /** Sold out: what was sold is a lower bound of demand, so no verdict (requirement 49). */
  | "sold_out";

type Band = Exclude<ReviewVerdict, "sold_out">;

/** What to change for the next stream, if the seller wants to. */
export interface Suggestions {
  /** Multiply the creator's coefficient by this; null = leave it (requirement 48). */
  readonly coefficientFactor: number | null;
  /** The plan buffer to take instead; null = leave it (requirement 49). */
  readonly planBuffer: number | null;
  /** Multiply the plan by this, since a slightly short stream came again (requirement 50). */
  readonly planFactor: number | null;
}

export interface Review {
  readonly sku: string;
  readonly planned: number;
  /** Units paid on the live channel, net of cancellations. */
  readonly sold: number;
  /** sold / planned, 1 = 100 %; the seed calls it forecast accuracy. Null when nothing was planned. */
  readonly accuracy: number | null;
  readonly verdict: ReviewVerdict | null;
  readonly stockoutMinutes: number;
  readonly streamMinutes: number;
  /** stockoutMinutes / streamMinutes; the target is below 5 % (requirement 55). */
  readonly stockoutShare: number;
  readonly stockoutOk: boolean;
  /** Units sold on the other channels meanwhile. */
  readonly soldElsewhere: number;
  /** Units still reserved for the stream. */
  readonly leftReserved: number;
  readonly oversold: number;
  /** There were minutes without stock: `accuracy` is the least it can have been. */
  readonly isLowerBound: boolean;
  /** What would have been sold with stock all the time, at an even pace; null = cannot be told. */
  readonly demand: number | null;
  /** The band that `demand` falls into; null where there is no plan or no demand. */
  readonly demandVerdict: Band | null;
  /** Whether the seed names that band; the two in the middle are ours. */
  readonly isSeedBand: boolean;
  /** sold / (planned / buffer): how good the forecast was without its buffer (requirement 46). */
  readonly forecastAccuracy: number | null;
  readonly suggestions: Suggestions;
}

export interface ReviewInput {
  readonly sku: string;
  readonly planned: number;
  readonly sold: number;
  readonly stockoutMinutes: number;
  readonly streamMinutes: number;
  readonly soldElsewhere: number;
  readonly leftReserved: number;
  readonly oversold: number;
  /** Nothing could be bought any more when the stream ended. */
  readonly endedSoldOut: boolean;
  /** Time sold out is in order below this share; seed: 0.05. */
  readonly stockoutTarget?: number;
  /** The plan's safety buffer; seed: 1.2. */
  readonly planBuffer?: number;
  /** This creator's stream before was slightly short too. */
  readonly shortBefore?: boolean;
}

/** The target of requirement 55, strict. */
export const STOCKOUT_SHARE_TARGET = 0.05;
const PLAN_BUFFER = 1.2;
/** A suggested buffer goes no higher (requirement 49). */
const PLAN_BUFFER_MAX = 2;
/** A coefficient changes by this share at most after one stream (requirement 48). */
const COEFFICIENT_STEP = 0.25;
const REPEATED_SHORT = 1.2;

/** Bands of requirement 50; both ends of "reasonable" belong to it. */
export function judge(accuracy: number): Band {
  if (accuracy < 0.6) return "overstocked";
  if (accuracy < 0.8) return "watch_over";
  if (accuracy <= 1.2) return "reasonable";
  if (accuracy <= 1.5) return "watch_short";
  return "short";
}

export function isSeedBand(band: Band): boolean {
  return band !== "watch_over" && band !== "watch_short";
}

function suggest(band: Band | null, share: number | null, input: ReviewInput): Suggestions {
  const none = { coefficientFactor: null, planBuffer: null, planFactor: null };
  if (band === null || share === null) return none;
  if (band === "overstocked") {
    return { ...none, coefficientFactor: Math.max(1 - COEFFICIENT_STEP, share) };
  }
  if (band === "short") {
    const buffer = (input.planBuffer ?? PLAN_BUFFER) * share;
    return { ...none, planBuffer: Math.min(PLAN_BUFFER_MAX, buffer) };
  }
  if (band === "watch_short" && input.shortBefore === true) {
    return { ...none, planFactor: REPEATED_SHORT };
  }
  return none;
}

export function review(input: ReviewInput): Review {
  const { planned, sold, planBuffer = PLAN_BUFFER } = input;
  const accuracy = planned > 0 ? sold / planned : null;
  const stockoutShare = input.streamMinutes > 0 ? input.stockoutMinutes / input.streamMinutes : 0;
  // A sold-out stream that met its plan proves only that demand was at least this high.
  const soldOut = input.endedSoldOut && (accuracy === null || accuracy <= 1.2);
  const minutesWithStock = input.streamMinutes - input.stockoutMinutes;
  const uncorrected = stockoutShare === 0 ? sold : null;
  const demand =
    minutesWithStock > 0 ? (sold * input.streamMinutes) / minutesWithStock : uncorrected;
  const share = demand === null || planned <= 0 ? null : demand / planned;
  const band = share === null ? null : judge(share);
  return {
    sku: input.sku,
    planned,
    sold,
    stockoutMinutes: input.stockoutMinutes,
    streamMinutes: input.streamMinutes,
    soldElsewhere: input.soldElsewhere,
    leftReserved: input.leftReserved,
    oversold: input.oversold,
    accuracy,
    verdict: accuracy === null ? null : soldOut ? "sold_out" : judge(accuracy),
    stockoutShare,
    stockoutOk: stockoutShare < (input.stockoutTarget ?? STOCKOUT_SHARE_TARGET),
    isLowerBound: stockoutShare > 0,
    demand,
    demandVerdict: band,
    isSeedBand: band !== null && isSeedBand(band),
    forecastAccuracy: accuracy === null ? null : (sold * planBuffer) / planned,
    suggestions: suggest(band, share, input),
  };
}

/**
 * Orders that could still be cancelled before TikTok's limit for cancellations by the seller, as
 * reported outside the seed: 2.5 % of orders (requirement 15). Thousandths, to stay whole.
 */
export function cancellationHeadroom(orders: number, cancelled: number, perMille = 25): number {
  return Math.max(0, Math.floor((orders * perMille) / 1000) - cancelled);
}
