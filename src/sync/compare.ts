/** What each policy would do now, side by side; worked out when somebody asks. Pure. */
import type { ChannelId, Sku } from "../base/ids";
import { compareAlerts } from "../stock/alerts";
import { defaultActs } from "../stock/acts";
import { alertOf, type Projection } from "../stock/projection";
import { policyIds, type PolicyId, type Stream } from "../stock/streams";
import { policyNamed, rulingStream, wishesOf } from "./allocate";
import type { Situation } from "./situation";

export interface PolicyListing {
  readonly channel: ChannelId;
  readonly listingId: string;
  /** The listing of the stream's own channel. */
  readonly live: boolean;
  readonly shown: number | null;
  /** What it should show; null: it would be left alone. */
  readonly wish: number | null;
}

export interface PolicyRow {
  readonly policy: PolicyId;
  readonly pausesOthers: boolean;
  readonly stopsLive: boolean;
  readonly listings: readonly PolicyListing[];
}

export interface PolicyComparison {
  readonly sku: Sku;
  /** Null: no stream rules this SKU, and all policies do the same. */
  readonly stream: string | null;
  /** What the stream goes by. */
  readonly current: PolicyId | null;
  readonly rows: readonly PolicyRow[];
}

/** The situation if this policy had been in charge from here on, with its own way to act. */
function under(situation: Situation, stream: Stream, policy: PolicyId): Situation {
  const { projection, catalogue } = situation;
  const { sku } = stream;
  const states = catalogue.listings(sku);
  const isOn = stream.phase === "running";
  const held = projection.paused.has(sku);
  const pauses = isOn && policyNamed(policy).pauses({ situation, sku, stream, states }, held);
  const isRed = compareAlerts(alertOf(projection, sku), "red") >= 0;
  const stops = isOn && isRed && defaultActs(policy).red === "auto";
  const paused = new Set([...projection.paused].filter((each) => each !== sku));
  const stopped = new Set([...projection.desk.stopped].filter((each) => each !== sku));
  if (pauses) paused.add(sku);
  if (stops) stopped.add(sku);
  const changed: Projection = { ...projection, paused, desk: { ...projection.desk, stopped } };
  return { ...situation, projection: changed };
}

/** Null: not a SKU of the catalogue. */
export function comparePolicies(situation: Situation, sku: Sku): PolicyComparison | null {
  const { catalogue, projection } = situation;
  if (!catalogue.items.some((item) => item.sku === sku)) return null;
  const stream = rulingStream(projection, sku);
  const rows = policyIds.map((policy): PolicyRow => {
    const then = stream === null ? situation : under(situation, stream, policy);
    const listings = wishesOf(then, sku, policy).map(({ state, quantity }) => ({
      channel: state.listing.channel,
      listingId: state.listing.listingId,
      live: state.listing.channel === stream?.channel,
      shown: state.observed,
      wish: quantity,
    }));
    const { paused, desk } = then.projection;
    return { policy, pausesOthers: paused.has(sku), stopsLive: desk.stopped.has(sku), listings };
  });
  const current = stream === null ? null : (stream.policy ?? "escrow");
  return { sku, stream: stream?.id ?? null, current, rows };
}
