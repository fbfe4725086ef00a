/** A livestream in the ledger: its plan, its window and its stock-outs. */
import * as v from "valibot";
import { channelIds, type ChannelId, type Sku } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import type { StockSettings } from "./settings";

/** How stock is shared out while a stream is on (forecast.md 3). */
export const policyIds = ["seed", "buffer", "escrow"] as const;
export type PolicyId = (typeof policyIds)[number];

const threshold = v.pipe(v.number(), v.integer(), v.minValue(0));

const planSchema = v.object({
  channel: v.picklist(channelIds),
  creator: v.pipe(v.string(), v.maxLength(200)),
  followers: v.pipe(v.number(), v.minValue(0)),
  /** 1 in life; 60 plays three hours in three minutes. */
  speed: v.pipe(v.number(), v.minValue(1)),
  /** The stream's own length. */
  minutes: v.pipe(v.number(), v.minValue(1)),
  /** When it is to start, ms; absent = at once, its window is open. */
  startsAt: v.exactOptional(v.pipe(v.number(), v.finite())),
  /** Absent = escrow. */
  policy: v.exactOptional(v.picklist(policyIds)),
  /** Absent = 100/50/20 units, or per cents of the plan where fewer than 100 are planned. */
  alerts: v.exactOptional(
    v.object({
      mode: v.picklist(["absolute", "percent", "minutes"]),
      thresholds: v.object({
        yellow: threshold,
        orange: threshold,
        red: threshold,
        rearmPercent: threshold,
      }),
    }),
  ),
});
export type StreamPlan = v.InferOutput<typeof planSchema>;

export interface Stream extends StreamPlan {
  readonly id: string;
  readonly sku: Sku;
  readonly planned: number;
  phase: "planned" | "running" | "ended";
  /** Units ever reserved for it, undone ones taken off. */
  made: number;
  /** What was left of the reservation has gone back to the free pool. */
  released: boolean;
  /** How many units went back. */
  releasedUnits: number;
  /** The user's own order where streams overlap; null = by start time. */
  rank: number | null;
  startedAt: number | null;
  endsAt: number | null;
  /** Times in which nothing could be bought on the live channel; `to` null = still so. */
  readonly stockouts: { readonly from: number; to: number | null }[];
}

export function parseStreamPlan(json: string): Result<StreamPlan, "malformed"> {
  try {
    const parsed = v.safeParse(planSchema, JSON.parse(json));
    return parsed.success ? ok(parsed.output) : err("malformed");
  } catch {
    return err("malformed");
  }
}

export function newStream(id: string, sku: Sku, planned: number, plan: StreamPlan): Stream {
  return {
    ...plan,
    id,
    sku,
    planned,
    phase: "planned",
    made: 0,
    released: false,
    releasedUnits: 0,
    rank: null,
    startedAt: null,
    endsAt: null,
    stockouts: [],
  };
}

function startOf(stream: Stream): number | null {
  return stream.startedAt ?? stream.startsAt ?? null;
}

function endOf(stream: Stream): number | null {
  if (stream.endsAt !== null) return stream.endsAt;
  const start = startOf(stream);
  return start === null ? null : start + (stream.minutes * 60_000) / stream.speed;
}

/**
 * From when to when units may be reserved, ms, or null for a stream without a date. The days are
 * days of the stream's own time: a rehearsal at speed 60 keeps its reservation for 24 minutes.
 */
export function reservationWindow(
  stream: Stream,
  settings: StockSettings,
): { readonly from: number; readonly to: number } | null {
  const start = startOf(stream);
  const end = endOf(stream);
  if (start === null || end === null) return null;
  return {
    from: start - settings.windowBeforeMs / stream.speed,
    to: end + settings.windowAfterMs / stream.speed,
  };
}

/** Planned units that could not be reserved: "short by n" (requirement 27). Whole, as units are. */
export function shortBy(stream: Stream): number {
  return Math.max(0, Math.ceil(stream.planned) - stream.made);
}

/** First served first: the user's rank, then the start, then the name, so that it is never chance. */
export function compareStreams(a: Stream, b: Stream): number {
  const rank = (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER);
  if (rank !== 0) return rank;
  const start = (startOf(a) ?? 0) - (startOf(b) ?? 0);
  if (start !== 0) return start;
  return a.id < b.id ? -1 : 1;
}

function isOn(stream: Stream, at: number): boolean {
  const start = startOf(stream);
  const end = endOf(stream);
  return start !== null && end !== null && start <= at && at <= end;
}

/**
 * The streams whose reservation this channel's orders of the SKU may consume, in order: the one that
 * is on when the order is placed, then the others by `compareStreams`. A reservation lasts past the
 * stream's end, until it is released: late payments and cancellations still belong to it
 * (requirement 28).
 */
export function reservingStreams(
  streams: Iterable<Stream>,
  sku: Sku,
  channel: ChannelId,
  at: number,
): readonly Stream[] {
  const found: Stream[] = [];
  for (const stream of streams) {
    if (stream.sku === sku && stream.channel === channel && !stream.released) found.push(stream);
  }
  if (found.length < 2) return found;
  return found.sort((a, b) => Number(isOn(b, at)) - Number(isOn(a, at)) || compareStreams(a, b));
}

/** Minutes of the stream's own time without stock, up to `now`; the union is kept by the ledger. */
export function stockoutMinutes(stream: Stream, now: number): number {
  const end = Math.min(now, stream.endsAt ?? now);
  let ms = 0;
  for (const gap of stream.stockouts) ms += Math.max(0, Math.min(gap.to ?? end, end) - gap.from);
  return (ms * stream.speed) / 60_000;
}

/** The stream's own minute at `at`, from 0; null before it started. */
export function streamMinute(stream: Stream, at: number): number | null {
  return stream.startedAt === null ? null : ((at - stream.startedAt) * stream.speed) / 60_000;
}
