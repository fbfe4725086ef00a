/** A livestream in the ledger: its plan, its window and its stock-outs. */
import * as v from "valibot";
import { channelIds, type ChannelId, type Sku } from "../base/ids";
import { err, ok, type Result } from "../base/result";

const planSchema = v.object({
  channel: v.picklist(channelIds),
  creator: v.pipe(v.string(), v.maxLength(200)),
  followers: v.pipe(v.number(), v.minValue(0)),
  /** 1 in life; 60 plays three hours in three minutes. */
  speed: v.pipe(v.number(), v.minValue(1)),
  /** The stream's own length. */
  minutes: v.pipe(v.number(), v.minValue(1)),
});
export type StreamPlan = v.InferOutput<typeof planSchema>;

export interface Stream extends StreamPlan {
  readonly id: string;
  readonly sku: Sku;
  readonly planned: number;
  phase: "planned" | "running" | "ended";
  /** What was left of the reservation has gone back to the free pool. */
  released: boolean;
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

/**
 * The stream whose reservation this channel's orders of the SKU consume, or null. It lasts past the
 * stream's end, until it is released: late payments and cancellations still belong to it
 * (requirement 28).
 */
export function reservingStream(
  streams: Iterable<Stream>,
  sku: Sku,
  channel: ChannelId,
): Stream | null {
  for (const stream of streams) {
    if (stream.sku === sku && stream.channel === channel && !stream.released) return stream;
  }
  return null;
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
