/** Which quantity each listing should show, by the policy of the stream that its SKU is in. */
import { never } from "../base/assert";
import type { ChannelId, Sku } from "../base/ids";
import type { Move } from "../stock/entries";
import type { Projection } from "../stock/projection";
import { compareStreams, type PolicyId, type Stream } from "../stock/streams";
import type { ListingState } from "./catalogue";
import { buffer } from "./policies/buffer";
import { guardUnits } from "./policies/demand";
import { escrow } from "./policies/escrow";
import type { Policy, Sharing, StreamSharing } from "./policies/policy";
import { poolOf } from "./policies/pool";
import { seed } from "./policies/seed";
import type { Situation } from "./situation";

/** `quantity` null: leave the listing alone. */
export interface Wish {
  readonly state: ListingState;
  readonly quantity: number | null;
}

export function policyNamed(id: PolicyId): Policy {
  switch (id) {
    case "seed":
      return seed;
    case "buffer":
      return buffer;
    case "escrow":
      return escrow;
    default:
      return never(id);
  }
}

export function policyOf(stream: Stream): Policy {
  return policyNamed(stream.policy ?? "escrow");
}

const phases: readonly Stream["phase"][] = ["running", "planned", "ended"];

/**
 * The stream that rules a SKU now: the one that is on before one to come before one that is over
 * and holds its rest, then the user's order (requirement 29). A stream to come without a
 * reservation rules nothing yet.
 */
export function rulingStream(projection: Projection, sku: Sku): Stream | null {
  let best: Stream | null = null;
  for (const stream of projection.streams.values()) {
    if (stream.sku !== sku || stream.released) continue;
    if (stream.phase === "planned" && stream.made <= 0) continue;
    if (best === null || isBefore(stream, best)) best = stream;
  }
  return best;
}

function isBefore(a: Stream, b: Stream): boolean {
  const phase = phases.indexOf(a.phase) - phases.indexOf(b.phase);
  return phase === 0 ? compareStreams(a, b) < 0 : phase < 0;
}

/**
 * Without a stream: the first listing shows the whole pool, the others keep a guard; one guard is
 * enough for all (forecast.md 3.1). Where a bundle sells the SKU too, the first keeps one as well:
 * its channel counts its own listings one by one, not together.
 */
function freeQuantity(sharing: Sharing, state: ListingState): number {
  const { situation, sku, states } = sharing;
  const taking = situation.catalogue.taking(sku);
  const free = poolOf(situation, sku);
  if (state === states[0] && taking.length === states.length) return Math.max(0, free);
  const guard = guardUnits(sharing, state.listing.channel, taking);
  return Math.max(0, free - Math.max(situation.settings.channelBuffer, guard));
}

/**
 * A bundle shows what the scarcest of its parts allows, per part first and only then the least
 * (requirement 25). While one of them is in a stream it rests: its sales would come out of the live
 * channel's share, which that channel counts by itself.
 */
function bundleQuantity(situation: Situation, state: ListingState): number {
  let least = Number.MAX_SAFE_INTEGER;
  for (const { sku, units } of state.parts) {
    if (rulingStream(situation.projection, sku) !== null) return 0;
    const free = freeQuantity({ situation, sku, states: [] }, state);
    least = Math.min(least, Math.floor(free / units));
  }
  return state.parts.length === 0 ? 0 : least;
}

function bundleWish(situation: Situation, state: ListingState): number | null {
  if (state.locked > 0) return null;
  return isHeld(situation, state) ? 0 : bundleQuantity(situation, state);
}

/** The seller's own limits come last: a fixed share of the pool, and a cap on a listing. */
function limited({ situation, sku }: Sharing, state: ListingState, quantity: number): number {
  const { channelShares, listingCaps } = situation.settings;
  const { channel, listingId } = state.listing;
  const percent = channelShares[channel];
  const cap = listingCaps.get(`${channel}/${listingId}`);
  let least = quantity;
  if (percent !== undefined) {
    const free = poolOf(situation, sku);
    least = Math.min(least, Math.max(0, Math.floor((free * percent) / 100)));
  }
  return cap === undefined ? least : Math.min(least, cap);
}

/** A stream's listing: red may have stopped the live one, and the seller's limits hold for the others. */
function streamQuantity(sharing: StreamSharing, policy: Policy, state: ListingState) {
  const { situation, sku, stream } = sharing;
  const own = state.listing.channel === stream.channel;
  const stopped = situation.projection.desk.stopped.has(sku);
  if (own && stream.phase === "running" && stopped) return 0;
  const quantity = policy.quantity(sharing, state);
  return quantity === null || own ? quantity : limited(sharing, state, quantity);
}

/** The seller holds the channel by hand: that comes before every policy. */
function isHeld({ projection }: Situation, { listing }: ListingState): boolean {
  return projection.desk.held.has(listing.channel);
}

/** What `policy` (absent = the stream's own) would have these listings of a SKU show now. */
export function wishesOf(
  situation: Situation,
  sku: Sku,
  policy?: PolicyId,
  asked: (state: ListingState) => boolean = () => true,
): readonly Wish[] {
  const states = situation.catalogue.listings(sku);
  const sharing: Sharing = { situation, sku, states };
  const stream = rulingStream(situation.projection, sku);
  return states.filter(asked).map((state) => {
    // What a campaign keeps is the channel's to give out: its number is not ours to set.
    if (state.locked > 0) return { state, quantity: null };
    if (isHeld(situation, state)) return { state, quantity: 0 };
    if (stream === null) {
      return { state, quantity: limited(sharing, state, freeQuantity(sharing, state)) };
    }
    const rule = policy === undefined ? policyOf(stream) : policyNamed(policy);
    return { state, quantity: streamQuantity({ ...sharing, stream }, rule, state) };
  });
}

/**
 * What every listing should show now, or only those of one `channel`: each channel is told by itself,
 * and its wishes do not depend on those of the others.
 */
export function wishes(situation: Situation, channel?: ChannelId): readonly Wish[] {
  const { catalogue } = situation;
  const asked = (state: ListingState) => channel === undefined || state.listing.channel === channel;
  const singles = catalogue.items.flatMap(({ sku }) => wishesOf(situation, sku, undefined, asked));
  const bundles = catalogue.bundleStates.filter(asked).map((state) => ({
    state,
    quantity: bundleWish(situation, state),
  }));
  return bundles.length === 0 ? singles : [...singles, ...bundles];
}

/** The moves between shares and free pool that are due now. */
export function shareMoves(situation: Situation): readonly Move[] {
  const moves: Move[] = [];
  const { catalogue, projection } = situation;
  for (const { sku } of catalogue.items) {
    const stream = rulingStream(projection, sku);
    if (stream === null) continue;
    const sharing: StreamSharing = { situation, sku, stream, states: catalogue.listings(sku) };
    const move = policyOf(stream).move(sharing);
    if (move !== null) moves.push(move);
  }
  return moves;
}
