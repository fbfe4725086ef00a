/** What there is to show, worked out from the ledger and what the engine last saw. Pure. */
import type { ChannelId, Sku } from "../base/ids";
import { committedUnits, heldUnits, onHand, oversold, reservedUnits } from "../stock/balances";
import type { AlertLevel } from "../stock/alerts";
import { ordersOn } from "../stock/order-count";
import { alertOf, balancesOf, type Projection } from "../stock/projection";
import { review, type Review } from "../stock/review";
import { SAFE_AGE_MS, sellable } from "../stock/sellable";
import { stockoutMinutes, streamMinute, type Stream } from "../stock/streams";
import type { Catalogue } from "./catalogue";
import { refusalDetail, type ChannelHealth } from "./health";

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
  /** What each channel may still sell, never below 0. */
  readonly sellable: Readonly<Partial<Record<ChannelId, number>>>;
  /** What each channel was last seen to offer; null = not read yet. */
  readonly listed: Readonly<Partial<Record<ChannelId, number | null>>>;
  readonly oversold: number;
  readonly alert: AlertLevel;
  /** When the oldest channel number behind this row was read, ms; null = not all read yet. */
  readonly asOf: number | null;
}

export function skuViews(
  projection: Projection,
  catalogue: Catalogue,
  health: ReadonlyMap<ChannelId, ChannelHealth>,
): readonly SkuView[] {
  return catalogue.items.map((item) => {
    const balances = balancesOf(projection, item.sku);
    const sellables: Partial<Record<ChannelId, number>> = {};
    const listed: Partial<Record<ChannelId, number | null>> = {};
    let asOf: number | null = Number.POSITIVE_INFINITY;
    for (const state of catalogue.listings(item.sku)) {
      const { channel } = state.listing;
      sellables[channel] = Math.max(0, sellable(projection, item.sku, channel));
      listed[channel] = state.observed;
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
      sellable: sellables,
      listed,
      oversold: oversold(balances),
      alert: alertOf(projection, item.sku),
      asOf: asOf === Number.POSITIVE_INFINITY ? null : asOf,
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
  for (const line of projection.lines.values()) {
    if (line.sku !== stream.sku || line.createdAt < startOf(stream) || line.createdAt > end)
      continue;
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
}

export function newestStream(projection: Projection): Stream | null {
  return [...projection.streams.values()].at(-1) ?? null;
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
    }),
  };
}

function soldOutAt(stream: Stream, at: number): boolean {
  const last = stream.stockouts.at(-1);
  return last !== undefined && last.from <= at && (last.to === null || last.to >= at);
}

export interface ChannelView {
  readonly channel: ChannelId;
  /** "waiting": not read yet. "paused": the engine holds it at 0 on purpose. */
  readonly status: "waiting" | "ok" | "slow" | "failing" | "paused";
  readonly lastOkAt: number | null;
  readonly nextPollAt: number | null;
  /** The last refusal, until the next success. */
  readonly error: { readonly kind: string; readonly detail: string } | null;
  readonly ordersBooked: number;
  readonly pushes: number;
  /** Last push: from seeing that the number is wrong to the channel's acknowledgement, ms. */
  readonly lastPushMs: number | null;
}

export function channelViews(
  projection: Projection,
  health: ReadonlyMap<ChannelId, ChannelHealth>,
  now: number,
): readonly ChannelView[] {
  const paused = [...projection.streams.values()].filter((s) => projection.paused.has(s.sku));
  return [...health.values()].map((h) => {
    let status: ChannelView["status"] = "ok";
    if (h.refusal !== null) status = "failing";
    else if (h.lastOkAt === null) status = "waiting";
    else if (now - h.lastOkAt > SAFE_AGE_MS) status = "slow";
    else if (paused.some((stream) => stream.channel !== h.channel)) status = "paused";
    return {
      channel: h.channel,
      status,
      lastOkAt: h.lastOkAt,
      nextPollAt: h.nextPollAt,
      error: h.refusal === null ? null : { kind: h.refusal.kind, detail: refusalDetail(h.refusal) },
      ordersBooked: ordersOn(projection, h.channel),
      pushes: projection.pushes.get(h.channel) ?? 0,
      lastPushMs: h.lastPushMs,
    };
  });
}
