/**
 * The look back after a stream: requirements 45-56, forecast.md 2.5. Pure arithmetic; the caller
 * brings the counts.
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
}

/** The target of requirement 55, strict. */
export const STOCKOUT_SHARE_TARGET = 0.05;

/** Bands of requirement 50; both ends of "reasonable" belong to it. */
export function judge(accuracy: number): ReviewVerdict {
  if (accuracy < 0.6) return "overstocked";
  if (accuracy < 0.8) return "watch_over";
  if (accuracy <= 1.2) return "reasonable";
  if (accuracy <= 1.5) return "watch_short";
  return "short";
}

export function review(input: ReviewInput): Review {
  const accuracy = input.planned > 0 ? input.sold / input.planned : null;
  const stockoutShare = input.streamMinutes > 0 ? input.stockoutMinutes / input.streamMinutes : 0;
  // A sold-out stream that met its plan proves only that demand was at least this high.
  const soldOut =
    stockoutShare > 0 && (accuracy === null || accuracy <= 1.2) && input.leftReserved === 0;
  return {
    ...input,
    accuracy,
    verdict: accuracy === null ? null : soldOut ? "sold_out" : judge(accuracy),
    stockoutShare,
    stockoutOk: stockoutShare < STOCKOUT_SHARE_TARGET,
  };
}
