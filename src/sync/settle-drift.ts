/**
 * One click on a case of drift: the channel is right, we are right, or both stay as they are. Stock
 * moves only when the channel is right, and every answer is an entry.
 */
import { err, ok, type Result } from "../base/result";
import type { Account } from "../stock/accounts";
import { IGNORED, type DriftCase } from "../stock/drifts";
import type { Draft, Move } from "../stock/entries";
import { balancesOf } from "../stock/projection";
import type { Stream } from "../stock/streams";
import { SELLER } from "./acting";
import { policyOf, rulingStream } from "./allocate";
import type { ListingState } from "./catalogue";
import { caseOf, noteOf, wasOverwritten, type DriftChoice } from "./drift";
import { strange, type Showing } from "./showing";
import type { Situation } from "./situation";

export type SettleRefusal =
  /** It was settled meanwhile, or explained itself. */
  | { readonly code: "case_closed" }
  /** Not for this case: `choicesOf`. */
  | { readonly code: "not_offered" };

/** The stream in which this listing sells from a share of its own. */
function shareOf(situation: Situation, state: ListingState): Stream | null {
  const stream = rulingStream(situation.projection, state.sku);
  return stream?.channel === state.listing.channel ? stream : null;
}

/**
 * "push" is not offered where the policy never writes: to the live listing while it sells, since an
 * absolute number would give it its sales in flight back. Where the number was set back already,
 * "ignore" would say the same.
 */
export function choicesOf(
  situation: Situation,
  state: ListingState,
  drift: DriftCase,
): readonly DriftChoice[] {
  if (wasOverwritten(drift)) return ["accept", "push"];
  const stream = shareOf(situation, state);
  const { sku } = state;
  const states = situation.catalogue.listings(sku);
  const isLeftAlone =
    state.locked > 0 ||
    (stream?.phase === "running" &&
      policyOf(stream).quantity({ situation, sku, stream, states }, state) === null);
  return isLeftAlone ? ["accept", "ignore"] : ["accept", "push", "ignore"];
}

/** From here on the number counts as it stands. */
function rebase(showing: Showing): void {
  showing.low = showing.observed;
  showing.high = showing.observed;
  showing.strangeSince = null;
}

/** The moves that make our stock what the channel shows; a bundle's parts each their units. */
function acceptMoves(situation: Situation, state: ListingState, n: number): readonly Move[] {
  const { now, projection } = situation;
  const stream = shareOf(situation, state);
  const about = `drift/${caseOf(state)}/${projection.seq + 1}`;
  const moves: Move[] = [];
  for (const { sku, units } of state.parts) {
    const move = (kind: Move["kind"], quantity: number, from: Account, to: Account): Move => ({
      ...{ type: "move", key: `${kind}/${about}/${sku}`, at: now, reportedAt: now, kind, sku },
      ...{ quantity, from, to, ref: stream?.id ?? "", reason: "drift", actor: SELLER },
    });
    const all = Math.abs(n) * units;
    const share: Account | null = stream === null ? null : `reserved:${stream.id}`;
    if (n > 0) {
      moves.push(move("count", all, "external", "available"));
      if (share !== null) moves.push(move("grow", all, "available", share));
      continue;
    }
    // What a live listing lost was lost from its share.
    const reserved = balancesOf(projection, sku).reserved.get(stream?.id ?? "") ?? 0;
    const own = Math.max(0, Math.min(reserved, all));
    if (share !== null && own > 0) moves.push(move("shrink", own, share, "available"));
    moves.push(move("count", all, "available", "external"));
  }
  return moves;
}

/**
 * What to book for the seller's answer; the listing's own memory is set right at once. Called inside
 * the transaction that books it.
 */
export function settleDrift(
  situation: Situation,
  id: string,
  choice: DriftChoice,
): Result<{ readonly moves: readonly Move[]; readonly note: Draft }, SettleRefusal> {
  const drift = situation.projection.drifts.get(id);
  if (drift === undefined || drift.isIgnored || drift.channel === "") {
    return err({ code: "case_closed" });
  }
  const state = situation.catalogue.on(drift.channel).find((each) => caseOf(each) === id);
  if (state === undefined) return err({ code: "case_closed" });
  if (!choicesOf(situation, state, drift).includes(choice)) return err({ code: "not_offered" });
  const shown = state.observed ?? 0;
  const settled = (detail: string) => noteOf(situation, "drift_settled", state, shown, detail);
  if (choice === "ignore") return ok({ moves: [], note: settled(IGNORED) });
  if (wasOverwritten(drift)) {
    const moves = choice === "accept" ? acceptMoves(situation, state, drift.n) : [];
    return ok({ moves, note: settled(choice === "accept" ? "accepted before" : "pushed before") });
  }
  // What it shows beyond ours now, which may be more or less than when the case was opened.
  const n = strange(state);
  const moves = choice === "accept" && n !== 0 ? acceptMoves(situation, state, n) : [];
  rebase(state);
  return ok({ moves, note: settled(choice === "accept" ? "accepted" : "pushed") });
}

/** Whether this note says from which number on a listing's number counts anew. */
export function isRebase(kind: string, detail: string): boolean {
  return kind === "drift_settled" && (detail === "accepted" || detail === "pushed");
}
