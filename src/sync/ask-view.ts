/** Questions that wait for the seller's answer, with their countdown. Pure. */
import type { ChannelId, Sku } from "../base/ids";
import type { ActId } from "../stock/acts";
import type { Projection } from "../stock/projection";
import { sellable } from "../stock/sellable";

export interface AskView {
  readonly id: string;
  readonly act: ActId;
  /** The level whose act it is. */
  readonly level: "orange" | "red";
  readonly sku: Sku;
  readonly stream: string;
  /** The live channel. */
  readonly channel: ChannelId;
  /** What it can still sell, units; 0 or more. */
  readonly left: number;
  readonly askedAt: number;
  /** From here on the act is done without an answer; ms, real time. */
  readonly deadline: number;
}

/** The one that ends first comes first. */
export function askViews(projection: Projection): readonly AskView[] {
  const views: AskView[] = [];
  for (const { id, act, sku, stream, askedAt, deadline } of projection.desk.asks.values()) {
    const channel = projection.streams.get(stream)?.channel;
    if (channel === undefined) continue;
    const left = Math.max(0, sellable(projection, sku, channel));
    const level = act === "pause_others" ? "orange" : "red";
    views.push({ id, act, level, sku, stream, channel, left, askedAt, deadline });
  }
  return views.sort((a, b) => a.deadline - b.deadline);
}
