/** What there is to show, worked out from the ledger and what the engine last saw. Pure. */
import { channelIds, type ChannelId, type Sku } from "../base/ids";
import {
  committedUnits,
  heldUnits,
  onHand,
  openUnits,
  oversold,
  reservedUnits,
  type Balances,
} from "../stock/balances";
import { actsOf, type AlertActs } from "../stock/acts";
import type { AlertLevel } from "../stock/alerts";
import { linesPlaced } from "../stock/line-table";
import { stockoutTarget } from "../stock/constants";
import { alertOf, balancesOf, type Projection } from "../stock/projection";
import { review, type Review } from "../stock/review";
import { sellable } from "../stock/sellable";
import {
  shortBy,
  stockoutMinutes,
  streamMinute,
  type PolicyId,
  type Stream,
} from "../stock/streams";
import { COVER_WINDOW_MS } from "../stock/velocity";
import type { Catalogue } from "./catalogue";
import type { ChannelHealth } from "./health";
import type { PaceBook } from "./pace";

type UnitsOn = Readonly<Partial<Record<ChannelId, number>>>;

export interface ReservedFor {
  readonly stream: string;
  /** The channel that may sell it. */
  readonly channel: ChannelId;
  readonly units: number;
}

export interface SkuView {
  readonly sku: Sku;
  readonly title: string;
  readonly onHand: number;
  /** Units free for every channel; negative means oversold by that many. */
  readonly available: number;
  /** Paid orders not yet shipped, all channels. */
  readonly committed: number;
  /** Unpaid orders that hold units, all channels. */
  readonly held: number;
  /** What is left of live reservations. */
  readonly reserved: number;
  readonly damaged: number;
  /** Announced by a supplier and not here yet: never part of on hand. */
  readonly incoming: number;
  /** `committed` and `held` by channel; a channel without any is left out. */
  readonly committedOn: UnitsOn;
  readonly heldOn: UnitsOn;
  /** What is left of each live reservation; together `reserved`. */
  readonly reservedFor: readonly ReservedFor[];
  /**
   * Units ordered on each channel in the last COVER_WINDOW_MS of the stream's own time; null where
   * this worker does not sync and cannot tell.
   */
  readonly soldLately: UnitsOn | null;
  /** What each channel may still sell, never below 0. */
  readonly sellable: UnitsOn;
  /** What each channel was last seen to offer; null = not read yet. */
  readonly listed: Readonly<Partial<Record<ChannelId, number | null>>>;
  readonly oversold: number;
  readonly alert: AlertLevel;
  /** Units that a channel keeps for a campaign: that listing is not written. Absent: none. */
  readonly locked?: UnitsOn;
  /** When the oldest channel number behind this row was read, ms; null = not all read yet. */
  readonly asOf: number | null;
}

function unitsOn(balances: Balances, what: "held" | "committed"): UnitsOn {
  const named = channelIds.map((channel) => [channel, openUnits(balances, channel)[what]] as const);
  return Object.fromEntries(named.filter(([, n]) => n !== 0));
}

function reservations(projection: Projection, balances: Balances): readonly ReservedFor[] {
  const list: ReservedFor[] = [];
  for (const [stream, units] of balances.reserved) {
    const channel = projection.streams.get(stream)?.channel;
    if (units !== 0 && channel !== undefined) list.push({ stream, channel, units });
  }
  return list;
}

/** Counts what sold lately, at the pace of the stream that is on. */
export interface SoldLately {
  readonly pace: PaceBook;
  readonly now: number;
}

function soldLately(
  projection: Projection,
  sku: Sku,
  channels: readonly ChannelId[],
  lately: SoldLately | null,
): UnitsOn | null {
  if (lately === null) return null;
  const stream = newestStream(projection);
  const speed = stream?.phase === "running" ? stream.speed : 1;
  const counted = channels.map((channel): [ChannelId, number] => [
    channel,
    lately.pace.sold(sku, channel, lately.now, COVER_WINDOW_MS / speed),
  ]);
  return Object.fromEntries(counted.filter(([, units]) => units > 0));
}

export function skuViews(
  projection: Projection,
  catalogue: Catalogue,
  health: ReadonlyMap<ChannelId, ChannelHealth>,
  lately: SoldLately | null = null,
): readonly SkuView[] {
  return catalogue.items.map((item) => {
    const balances = balancesOf(projection, item.sku);
    const sellables: Partial<Record<ChannelId, number>> = {};
    const listed: Partial<Record<ChannelId, number | null>> = {};
    const locked: Partial<Record<ChannelId, number>> = {};
    let asOf: number | null = Number.POSITIVE_INFINITY;
    for (const state of catalogue.listings(item.sku)) {
      const { channel } = state.listing;
      sellables[channel] = Math.max(0, sellable(projection, item.sku, channel));
      listed[channel] = state.observed;
      if (state.locked > 0) locked[channel] = (locked[channel] ?? 0) + state.locked;
      const seen = health.get(channel)?.lastOkAt ?? null;
      asOf = asOf === null || seen === null ? null : Math.min(asOf, seen);
    }
    return {
      sku: item.sku,
      title: item.title,
      onHand: onHand(balances),
      available: balances.available,
      committed: committedUnits(balances),
      held: heldUnits(balances),
      reserved: reservedUnits(balances),
      damaged: balances.damaged,
      incoming: balances.incoming,
      committedOn: unitsOn(balances, "committed"),
      heldOn: unitsOn(balances, "held"),
      reservedFor: reservations(projection, balances),
      soldLately: soldLately(projection, item.sku, Object.keys(listed) as ChannelId[], lately),
      sellable: sellables,
      listed,
      oversold: oversold(balances),
      alert: alertOf(projection, item.sku),
      asOf: asOf === Number.POSITIVE_INFINITY ? null : asOf,
      ...(Object.keys(locked).length === 0 ? {} : { locked }),
    };
  });
}

/** Units of a stream's SKU ordered in its window and not cancelled, by channel. */
interface Sold {
  readonly open: Partial<Record<ChannelId, number>>;
  readonly paid: Partial<Record<ChannelId, number>>;
  readonly curve: readonly number[];
}

function soldIn(projection: Projection, stream: Stream): Sold {
  const open: Partial<Record<ChannelId, number>> = {};
  const paid: Partial<Record<ChannelId, number>> = {};
  const perMinute: number[] = [];
  if (stream.startedAt === null) return { open, paid, curve: [] };
  const end = stream.endsAt ?? Number.POSITIVE_INFINITY;
  for (const line of linesPlaced(projection.lines, stream.sku, startOf(stream), end)) {
    const settled = line.committed + line.shipped;
    open[line.channel] = (open[line.channel] ?? 0) + settled + line.held;
    paid[line.channel] = (paid[line.channel] ?? 0) + settled;
    if (line.channel !== stream.channel) continue;
    const minute = Math.max(0, Math.floor(streamMinute(stream, line.createdAt) ?? 0));
    perMinute[minute] = (perMinute[minute] ?? 0) + settled + line.held;
  }
  let total = 0;
  const curve = Array.from(perMinute, (units: number | undefined) => (total += units ?? 0));
  return { open, paid, curve };
}

/** Channels give times in whole seconds: an order of the first second may seem a moment early. */
function startOf(stream: Stream): number {
  return (stream.startedAt ?? 0) - 1000;
}

export interface StreamView {
  readonly id: string;
  readonly sku: Sku;
  /** Where it is streamed. */
  readonly channel: ChannelId;
  readonly creator: string;
  readonly followers: number;
  /** "settling": over, but not every channel was read since. */
  readonly phase: "preparing" | "running" | "settling" | "ended";
  /** Real time, ms. */
  readonly startedAt: number | null;
  readonly endsAt: number | null;
  /** 60 = three hours in three minutes. */
  readonly speed: number;
  /** The stream's own length, minutes. */
  readonly minutes: number;
  readonly planned: number;
  readonly reserved: number;
  /** Units of the SKU ordered so far and not cancelled, by channel. */
  readonly sold: Readonly<Partial<Record<ChannelId, number>>>;
  /** Units sold on the live channel up to each minute of the stream, cumulative. */
  readonly curve: readonly number[];
  /** Minutes of the stream's own time in which nothing could be bought on the live channel. */
  readonly stockoutMinutes: number;
  readonly policy: PolicyId;
  /** When it is to start, ms; null: as soon as it is prepared. */
  readonly startsAt: number | null;
  /** Planned units that are not reserved, since too few were free. */
  readonly shortBy: number;
  /** What its alerts do: its own setting, the book's, or the policy's. */
  readonly acts: AlertActs;
  /** Orange's act is in force: the other channels are held at 0. */
  readonly paused: boolean;
  /** Red's act is in force: the live listing is held at 0. */
  readonly stopped: boolean;
  /** Units that the seller wants back in the free pool and that have not come yet. */
  readonly lending: number;
}

/** One that is planned for a date is not the stream of now until it starts. */
export function newestStream(projection: Projection): Stream | null {
  const near = [...projection.streams.values()].filter(
    ({ phase, startsAt }) => phase !== "planned" || startsAt === undefined,
  );
  return near.at(-1) ?? null;
}

function phaseOf(stream: Stream, now: number): StreamView["phase"] {
  if (stream.phase === "planned") return "preparing";
  if (stream.phase === "ended") return "ended";
  return stream.endsAt !== null && now >= stream.endsAt ? "settling" : "running";
}

export function streamView(
  projection: Projection,
  stream: Stream,
  now: number,
): { view: StreamView; review: Review | null } {
  const sold = soldIn(projection, stream);
  const reserved = balancesOf(projection, stream.sku).reserved.get(stream.id) ?? 0;
  const outMinutes = stockoutMinutes(stream, now);
  const phase = phaseOf(stream, now);
  const view: StreamView = {
    id: stream.id,
    sku: stream.sku,
    channel: stream.channel,
    creator: stream.creator,
    followers: stream.followers,
    phase,
    startedAt: stream.startedAt,
    endsAt: stream.endsAt,
    speed: stream.speed,
    minutes: stream.minutes,
    planned: stream.planned,
    reserved,
    sold: sold.open,
    curve: sold.curve,
    stockoutMinutes: outMinutes,
    policy: stream.policy ?? "escrow",
    startsAt: stream.startsAt ?? null,
    shortBy: shortBy(stream),
    acts: actsOf(projection.desk, stream),
    paused: projection.paused.has(stream.sku),
    stopped: projection.desk.stopped.has(stream.sku),
    lending: projection.desk.lending.get(stream.id) ?? 0,
  };
  if (phase !== "ended") return { view, review: null };
  let elsewhere = 0;
  for (const [channel, units] of Object.entries(sold.paid)) {
    if (channel !== stream.channel) elsewhere += units;
  }
  const started = stream.startedAt ?? 0;
  const minutes = (((stream.endsAt ?? started) - started) * stream.speed) / 60_000;
  return {
    view,
    review: review({
      sku: stream.sku,
      planned: stream.planned,
      sold: sold.paid[stream.channel] ?? 0,
      stockoutMinutes: outMinutes,
      streamMinutes: minutes,
      soldElsewhere: elsewhere,
      leftReserved: Math.max(0, reserved),
      // As it was then: what is released or cancelled later does not change the verdict.
      endedSoldOut: soldOutAt(stream, stream.endsAt ?? now),
      oversold: oversold(balancesOf(projection, stream.sku)),
      stockoutTarget: stockoutTarget(projection),
    }),
  };
}

function soldOutAt(stream: Stream, at: number): boolean {
  const last = stream.stockouts.at(-1);
  return last !== undefined && last.from <= at && (last.to === null || last.to >= at);
}
