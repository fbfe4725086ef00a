/** How every channel is doing, as data: the pane has the words for each code (locale). */
import type { ChannelId } from "../base/ids";
import { ordersOn } from "../stock/order-count";
import type { Projection } from "../stock/projection";
import { SAFE_AGE_MS } from "../stock/sellable";
import { refusalDetail, type BudgetLeft, type ChannelError, type ChannelHealth } from "./health";

export interface ChannelView {
  readonly channel: ChannelId;
  /** "waiting": not read yet. "paused": the engine holds it at 0 on purpose. */
  readonly status: "waiting" | "ok" | "slow" | "failing" | "paused";
  /** Its age is worked out where it is shown, so that it is not sent anew every second; ms. */
  readonly lastOkAt: number | null;
  readonly nextPollAt: number | null;
  /** The last refusal, until the next success. */
  readonly error: { readonly kind: string; readonly detail: string } | null;
  readonly ordersBooked: number;
  readonly pushes: number;
  /** Last push: from seeing that the number is wrong to the channel's acknowledgement, ms. */
  readonly lastPushMs: number | null;
  /** Usual time between two readings, and of a write; ms. Null: not known yet. */
  readonly readEveryMs: number | null;
  readonly writeMs: number | null;
  /** Listings that are to show another number. */
  readonly backlog: number;
  /** What was refused last, even if all is well since; null: nothing yet. */
  readonly lastError: ChannelError | null;
  readonly budget: readonly BudgetLeft[];
  /** Listings with orders that no SKU is mapped to. */
  readonly unknownListings: number;
  /** Listings that are left alone, since a campaign holds units of them. */
  readonly lockedListings: number;
  /** How far the channel's clock is ahead of ours, ms; null: not measured. */
  readonly skewMs: number | null;
}

export function channelViews(
  projection: Projection,
  health: ReadonlyMap<ChannelId, ChannelHealth>,
  now: number,
  skewOf: (channel: ChannelId) => number | null = () => null,
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
      readEveryMs: h.readEveryMs === null ? null : Math.round(h.readEveryMs),
      writeMs: h.writeMs === null ? null : Math.round(h.writeMs),
      backlog: h.backlog,
      lastError: h.lastError,
      budget: h.budget,
      unknownListings: h.unknownListings,
      lockedListings: h.lockedListings,
      skewMs: skewOf(h.channel),
    };
  });
}
