/**
 * Which quantity each listing should show: escrow, the default policy (architecture.md decision 2).
 *
 * While a stream is on, the live channel holds its share - what is reserved for the stream - and is
 * not written while it sells: it counts its own sales atomically, and an absolute write would give
 * it its in-flight sales back (forecast.md 3.1). The others share the free pool, less a buffer. As
 * stock runs low they are set to 0; when they read 0 and the live listing reads 0 twice, nothing is
 * in flight, the ledger is exact, and the rest of the pool moves over to the live channel.
 */
import type { Move } from "../stock/entries";
import { balancesOf, type Projection } from "../stock/projection";
import { ownReservation } from "../stock/sellable";
import type { Stream } from "../stock/streams";
import type { Catalogue, ListingState } from "./catalogue";
import type { SyncSettings } from "./settings";

/** `quantity` null: leave the listing alone. */
export interface Wish {
  readonly state: ListingState;
  readonly quantity: number | null;
}

function streamOf(projection: Projection, state: ListingState): Stream | null {
  for (const stream of projection.streams.values()) {
    if (stream.sku === state.sku && !stream.released) return stream;
  }
  return null;
}

/** Reads 0 twice with no new order in between: nothing is in flight. */
function soldOutForSure(state: ListingState): boolean {
  return state.observed === 0 && state.zeroReads >= 2;
}

function wishOf(
  projection: Projection,
  settings: SyncSettings,
  state: ListingState,
  first: boolean,
): number | null {
  const { available } = balancesOf(projection, state.sku);
  const stream = streamOf(projection, state);
  const channel = state.listing.channel;
  const own = ownReservation(projection, state.sku, channel);
  if (stream === null) return Math.max(0, available - (first ? 0 : settings.channelBuffer));
  if (stream.channel !== channel) {
    if (projection.paused.has(state.sku)) return 0;
    return Math.max(0, available - settings.channelBuffer);
  }
  if (stream.phase === "planned") return Math.max(0, own);
  if (stream.phase === "running") return own > 0 && soldOutForSure(state) ? own : null;
  return Math.max(0, available + own);
}

export function wishes(
  projection: Projection,
  catalogue: Catalogue,
  settings: SyncSettings,
): readonly Wish[] {
  return catalogue.items.flatMap((item) =>
    catalogue.listings(item.sku).map((state, index) => ({
      state,
      quantity: wishOf(projection, settings, state, index === 0),
    })),
  );
}

/**
 * The rest of the free pool joins the live channel's share: the others were paused, read back as 0,
 * and the live listing is sold out for sure. Null while any of that does not hold.
 */
export function refill(projection: Projection, catalogue: Catalogue, now: number): Move | null {
  for (const stream of projection.streams.values()) {
    if (stream.phase !== "running" || !projection.paused.has(stream.sku)) continue;
    const { available } = balancesOf(projection, stream.sku);
    if (available <= 0) continue;
    const states = catalogue.listings(stream.sku);
    const ready = states.every((state) =>
      state.listing.channel === stream.channel ? soldOutForSure(state) : state.observed === 0,
    );
    if (!ready) continue;
    return {
      type: "move",
      key: `refill/${stream.id}/${projection.seq + 1}`,
      at: now,
      reportedAt: now,
      kind: "grow",
      sku: stream.sku,
      quantity: available,
      from: "available",
      to: `reserved:${stream.id}`,
      ref: stream.id,
    };
  }
  return null;
}
