/**
 * Escrow, the default (architecture.md decision 2, forecast.md 3.1). While a stream is on, the live
 * channel holds its share - what is reserved for the stream - and is not written while it sells: it
 * counts its own sales atomically, and an absolute write would give it its in-flight sales back.
 * The others share the free pool, less a guard. As stock runs low they are set to 0; when they read
 * 0 and the live listing reads 0 twice, nothing is in flight, the ledger is exact, and the rest of
 * the pool moves over.
 *
 * When the pool runs low while the live channel has more than it can sell, it lends some: its
 * listing is lowered by the loan and its own race on top, and only when that was read back in a
 * calm moment does the ledger move the loan to the pool. What the race kept stays unlisted until
 * the end.
 */
import type { Move } from "../../stock/entries";
import { compareAlerts } from "../../stock/alerts";
import { alertOf } from "../../stock/projection";
import { ownReservation } from "../../stock/sellable";
import type { ListingState } from "../catalogue";
import { unexplainedSales } from "../showing";
import type { Situation } from "../situation";
import { poissonQuantile } from "../guard";
import { guardUnits, raceUnits } from "./demand";
import type { Policy, StreamSharing } from "./policy";
import { poolOf } from "./pool";

/** A loan smaller than this is not worth a write to a listing that sells. */
const LOAN_LEAST = 3;
/** The pool is stocked for what the others sell in the rest of the stream at this level. */
const POOL_LEVEL = 0.9;

function liveState({ states, stream }: StreamSharing): ListingState | null {
  return states.find((state) => state.listing.channel === stream.channel) ?? null;
}

function ownShare({ situation, sku, stream }: StreamSharing): number {
  return ownReservation(situation.projection, sku, stream.channel);
}

/**
 * Reads 0 at least twice with no new order in between, and its orders were read longer after than the
 * channel takes to list one: nothing is in flight, and every sale of it is booked. Its numbers alone
 * do not do: a sale that fell between the last reading and the 0 that we wrote shows in none.
 */
export function soldOutForSure(situation: Situation, state: ListingState): boolean {
  if (state.observed !== 0 || state.zeroReads < 2 || state.zeroSince === null) return false;
  const { channel } = state.listing;
  const readAt = situation.ordersSince.get(channel) ?? 0;
  return readAt - state.zeroSince >= situation.settings.orderLagMs[channel];
}

function others({ states, stream }: StreamSharing): readonly ListingState[] {
  return states.filter((state) => state.listing.channel !== stream.channel);
}

function slowGuard(sharing: StreamSharing, state: ListingState): number {
  const guard = guardUnits(sharing, state.listing.channel, others(sharing));
  return Math.max(sharing.situation.settings.channelBuffer, guard);
}

/** Expected sales of a channel from now to the stream's end, at its present pace. */
function toCome(sharing: StreamSharing, channel: ListingState["listing"]["channel"]): number {
  const { situation, stream, sku } = sharing;
  const { count, spanMs } = situation.pace.of(sku, channel, situation.now);
  const left = Math.max(0, (stream.endsAt ?? situation.now) - situation.now);
  return (count / spanMs) * left;
}

/** Units that the live channel can spare and the pool lacks; 0 = none. */
function loan(sharing: StreamSharing): number {
  const { situation, stream, sku } = sharing;
  const { projection } = situation;
  if (stream.phase !== "running" || projection.paused.has(sku)) return 0;
  const slow = others(sharing);
  if (slow.length === 0) return 0;
  const guard = Math.max(...slow.map((state) => slowGuard(sharing, state)));
  const available = poolOf(situation, sku, liveState(sharing));
  const expected = slow.reduce((sum, state) => sum + toCome(sharing, state.listing.channel), 0);
  const wanted = poissonQuantile(expected, POOL_LEVEL) + guard;
  const spareOfAll = ownShare(sharing) - 2 * raceUnits(sharing, stream.channel);
  // Her own word comes before what we expect, as far as the live channel's own race allows.
  const wished = projection.desk.lending.get(stream.id) ?? 0;
  if (wished > 0) return Math.max(0, Math.min(wished, spareOfAll));
  // Only when the pool is about to run dry: every loan is a write to a listing that sells.
  if (available - guard > Math.max(LOAN_LEAST, guard)) return 0;
  const needed = poissonQuantile(toCome(sharing, stream.channel) * 1.5, 0.98);
  const spare = spareOfAll - needed;
  const units = Math.min(wanted - available, spare);
  return units >= LOAN_LEAST ? units : 0;
}

/** Units of the share that the live listing does not show, less what its own race may have sold. */
function idle(sharing: StreamSharing, live: ListingState): number {
  if (live.observed === null || live.restlessReads > 0) return 0;
  return ownShare(sharing) - live.observed - raceUnits(sharing, live.listing.channel);
}

function liveQuantity(sharing: StreamSharing, live: ListingState): number | null {
  const { situation, stream, sku } = sharing;
  // What the others sold beyond the pool is owed by the share.
  const own = ownShare(sharing) + Math.min(0, poolOf(situation, sku, live));
  if (stream.phase === "planned") return Math.max(0, own);
  if (stream.phase === "ended") {
    return Math.max(0, poolOf(situation, sku) + ownShare(sharing));
  }
  if (own > 0 && soldOutForSure(situation, live)) {
    // A sale that is not listed yet is in the share still, and gone from the shelf.
    const sure = own - unexplainedSales(live);
    return sure > 0 ? sure : null;
  }
  if (live.observed === null || live.restlessReads > 0 || live.observed === 0) return null;
  const units = loan(sharing);
  if (units === 0 || idle(sharing, live) > 0) return null;
  const target = own - units - 2 * raceUnits(sharing, stream.channel);
  return target > 0 && target < live.observed ? target : null;
}

function move(sharing: StreamSharing, kind: "grow" | "shrink", quantity: number): Move {
  const { situation, stream, sku } = sharing;
  const share = `reserved:${stream.id}` as const;
  return {
    type: "move",
    key: `${kind}/${stream.id}/${situation.projection.seq + 1}`,
    at: situation.now,
    reportedAt: situation.now,
    kind,
    sku,
    quantity,
    from: kind === "grow" ? "available" : share,
    to: kind === "grow" ? share : "available",
    ref: stream.id,
  };
}

/**
 * The rest of the free pool joins the live channel's share: the others were paused, read back as 0,
 * and the live listing is sold out for sure.
 */
function refill(sharing: StreamSharing): Move | null {
  const { situation, sku, states } = sharing;
  const { projection } = situation;
  if (!projection.paused.has(sku)) return null;
  const available = poolOf(situation, sku);
  if (available <= 0) return null;
  const ready = states.every((state) => soldOutForSure(situation, state));
  return ready ? move(sharing, "grow", available) : null;
}

/** What was lowered, read back and is not listed any more goes over to the pool. */
function lend(sharing: StreamSharing): Move | null {
  const live = liveState(sharing);
  if (live === null || loan(sharing) === 0) return null;
  const units = idle(sharing, live);
  return units >= 1 ? move(sharing, "shrink", units) : null;
}

export const escrow: Policy = {
  quantity(sharing, state) {
    const { situation, stream, sku } = sharing;
    if (state === liveState(sharing)) return liveQuantity(sharing, state);
    // A second listing on the live channel would sell from a share that the first one counts.
    if (state.listing.channel === stream.channel && stream.phase === "running") return 0;
    if (situation.projection.paused.has(sku)) return 0;
    const available = poolOf(situation, sku, liveState(sharing));
    return Math.max(0, available - slowGuard(sharing, state));
  },
  pauses(sharing, held) {
    const { situation, sku } = sharing;
    if (compareAlerts(alertOf(situation.projection, sku), "orange") >= 0) return true;
    // The share is nearly gone though the pool is full: stop the others, so that the rest can move over.
    const { shareGuard } = situation.settings;
    return 10 * ownShare(sharing) <= (held ? 11 : 10) * shareGuard;
  },
  move(sharing) {
    const { situation, sku, stream } = sharing;
    // What a stopped live listing does not show is kept for it, not idle.
    const { stopped, held } = situation.projection.desk;
    const shows = !stopped.has(sku) && !held.has(stream.channel);
    if (stream.phase !== "running" || !shows) return null;
    return refill(sharing) ?? lend(sharing);
  },
};
