/**
 * A channel's number that no known order explains opens a case, so that nothing is overwritten
 * silently; it closes by itself when the missing orders are listed, or by the seller's word
 * (settle-drift.ts).
 */
import type { ChannelId, Sku } from "../base/ids";
import type { DriftCase } from "../stock/drifts";
import { note, type Draft } from "../stock/entries";
import type { Projection } from "../stock/projection";
import type { Catalogue, ListingState } from "./catalogue";
import { gaveBack, sawStrange, sold, strange, toldRise } from "./showing";
import { nextKey, type Situation } from "./situation";

/** Strange for this long, in calm readings, is a case; shorter is a moment; ms. */
const PATIENCE_MS = 30_000;

/** What it may be; codes of locale. */
const driftCauses = [
  "order_not_listed",
  "lowered_by_hand",
  "raised_by_hand",
  "cancellation_not_listed",
] as const;
export type DriftCause = (typeof driftCauses)[number];

/** In the detail of a case: the number was set back at once, since units beyond ours oversell. */
const OVERWRITTEN = "overwritten";

/** The likeliest first. */
export function likelyCauses(n: number): readonly DriftCause[] {
  return n < 0
    ? ["order_not_listed", "lowered_by_hand"]
    : ["raised_by_hand", "cancellation_not_listed"];
}

/** One case per listing at a time. */
export function caseOf(state: ListingState): string {
  return `drift-${state.listing.channel}-${state.listing.listingId}`;
}

export function wasOverwritten(drift: DriftCase): boolean {
  return drift.detail.split(" ").includes(OVERWRITTEN);
}

export function noteOf(
  situation: Situation,
  kind: "drift_opened" | "drift_settled",
  state: ListingState,
  n: number,
  detail: string,
): Draft {
  const ref = caseOf(state);
  const { sku, listing } = state;
  const key = nextKey(situation, kind, ref);
  return note(kind, key, situation.now, { sku, channel: listing.channel, n, detail, ref });
}

/** A case that nobody has to look at any more. */
function isExplained(state: ListingState, drift: DriftCase, n: number): boolean {
  if (n !== 0) return false;
  // A number that was set back is right again by our own doing, which explains nothing.
  return !wasOverwritten(drift) || drift.isIgnored || state.givenBack >= drift.n;
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
    if (open !== undefined && isExplained(state, open, n)) {
      drafts.push(noteOf(situation, "drift_settled", state, 0, "explained"));
    }
    if (n === 0) {
      state.strangeSince = null;
      continue;
    }
    state.strangeSince ??= situation.now;
    const patience = PATIENCE_MS + 3 * situation.settings.orderLagMs[state.listing.channel];
    const isOld = situation.now - state.strangeSince >= patience;
    const isOther = open !== undefined && !wasOverwritten(open) && open.n !== n;
    const hasRisen = state.roseSince !== null && situation.now - state.roseSince >= patience;
    const isNew = open === undefined || (isOther && (open.isIgnored || hasRisen));
    if (isNew && isOld && state.restlessReads === 0) {
      toldRise(state);
      drafts.push(noteOf(situation, "drift_opened", state, n, likelyCauses(n).join(" ")));
    }
  }
  return drafts;
}

/** A reading of a listing; what is known of it from before this worker's start counts. */
export function sawListing(
  projection: Projection,
  state: ListingState,
  available: number,
  at: number,
): void {
  const open = projection.drifts.get(caseOf(state));
  const n = open === undefined || wasOverwritten(open) ? 0 : open.n;
  sawStrange(state, available, at, n);
}

/** Orders of `units` sales (negative: cancelled ones) were booked from a reading begun at `at`. */
export function soldListing(
  projection: Projection,
  state: ListingState,
  units: number,
  at: number,
): void {
  const open = projection.drifts.get(caseOf(state));
  if (units > 0 || open === undefined || !wasOverwritten(open)) {
    sold(state, units, at);
    return;
  }
  state.givenBack -= units;
  gaveBack(state, -units);
}

/** The number is about to be overwritten: what it was is kept as a case, not lost. */
export function overwrittenNote(situation: Situation, state: ListingState): Draft | null {
  // What rose while some were missing is above what it was, if not above what it should be.
  const n = Math.max(strange(state), state.rose);
  if (n <= 0) return null;
  const open = situation.projection.drifts.get(caseOf(state));
  if (open?.n === n && (wasOverwritten(open) || open.isIgnored)) return null;
  state.givenBack = 0;
  const detail = [...likelyCauses(n), OVERWRITTEN].join(" ");
  return noteOf(situation, "drift_opened", state, n, detail);
}

/** What the seller may do about a case. */
export const driftChoices = ["accept", "push", "ignore"] as const;
export type DriftChoice = (typeof driftChoices)[number];

export interface DriftView {
  readonly id: string;
  readonly sku: Sku;
  readonly channel: ChannelId;
  readonly listingId: string;
  /** Channel minus ours, units. */
  readonly n: number;
  /** What the listing shows now; null: not read by this worker. */
  readonly shown: number | null;
  /** What it should have shown; null as above. */
  readonly ours: number | null;
  /** The likeliest first. */
  readonly causes: readonly DriftCause[];
  readonly openedAt: number;
  /** It was set back at once, since units beyond ours oversell; what it was is to be settled still. */
  readonly overwritten: boolean;
  readonly choices: readonly DriftChoice[];
}

/** Open cases, the oldest first. `choices` of a case: see `settleDrift`. */
export function driftViews(
  projection: Projection,
  catalogue: Catalogue,
  choices: (state: ListingState, drift: DriftCase) => readonly DriftChoice[],
): readonly DriftView[] {
  const views: DriftView[] = [];
  for (const [id, drift] of projection.drifts) {
    const { channel, n, openedAt } = drift;
    if (drift.isIgnored || channel === "") continue;
    const state = catalogue.on(channel).find((each) => caseOf(each) === id);
    if (state === undefined) continue;
    const words = drift.detail.split(" ");
    const overwritten = wasOverwritten(drift);
    const { observed, sku, listing } = state;
    views.push({
      ...{ id, sku, channel, listingId: listing.listingId, n, openedAt, overwritten },
      shown: observed,
      ours: observed === null ? null : observed - (overwritten ? 0 : n),
      causes: driftCauses.filter((cause) => words.includes(cause)),
      choices: choices(state, drift),
    });
  }
  return views.sort((a, b) => a.openedAt - b.openedAt);
}
