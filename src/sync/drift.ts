/**
 * A channel's number that no known order explains opens a case, so that nothing is overwritten
 * silently; it closes by itself when the missing orders are listed, or by the seller's word.
 */
import { note, type Draft } from "../stock/entries";
import type { ListingState } from "./catalogue";
import { strange } from "./showing";
import type { Situation } from "./situation";

/** Strange for this long, in calm readings, is a case; shorter is a moment; ms. */
const PATIENCE_MS = 30_000;

/** What it may be, the likeliest first; codes of locale. */
export type DriftCause =
  "order_not_listed" | "lowered_by_hand" | "raised_by_hand" | "cancellation_not_listed";

export function likelyCauses(n: number): readonly DriftCause[] {
  return n < 0
    ? ["order_not_listed", "lowered_by_hand"]
    : ["raised_by_hand", "cancellation_not_listed"];
}

/** One case per listing at a time. */
export function caseOf(state: ListingState): string {
  return `drift-${state.listing.channel}-${state.listing.listingId}`;
}

function noteOf(
  situation: Situation,
  kind: "drift_opened" | "drift_settled",
  state: ListingState,
  n: number,
  detail: string,
): Draft {
  const ref = caseOf(state);
  const key = `${kind}/${ref}/${situation.projection.seq + 1}`;
  const { sku, listing } = state;
  return note(kind, key, situation.now, { sku, channel: listing.channel, n, detail, ref });
}

/** Cases to open or to close after a reading of these listings. */
export function driftNotes(
  situation: Situation,
  states: readonly ListingState[],
): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const state of states) {
    const n = strange(state);
    const open = situation.projection.drifts.get(caseOf(state));
    if (n === 0) {
      state.strangeSince = null;
      if (open !== undefined)
        drafts.push(noteOf(situation, "drift_settled", state, 0, "explained"));
      continue;
    }
    state.strangeSince ??= situation.now;
    const patience = PATIENCE_MS + 3 * situation.settings.orderLagMs[state.listing.channel];
    const isOld = situation.now - state.strangeSince >= patience;
    if (open === undefined && isOld && state.restlessReads === 0) {
      drafts.push(noteOf(situation, "drift_opened", state, n, likelyCauses(n).join(" ")));
    }
  }
  return drafts;
}

/** The number is about to be overwritten: what it was is kept as a case, not lost. */
export function overwrittenNote(situation: Situation, state: ListingState): Draft | null {
  const n = strange(state);
  if (n <= 0 || situation.projection.drifts.has(caseOf(state))) return null;
  return noteOf(situation, "drift_opened", state, n, likelyCauses(n).join(" "));
}
