/** How fast a SKU sells, from entries: what the alerts by minutes of cover need (requirement 39). */
import type { ChannelId, Sku } from "../base/ids";
import { parseAccount } from "./accounts";
import type { Entry } from "./entries";

/** What "lately" is: the pace that cover and its alerts go by; ms of the stream's own time. */
export const COVER_WINDOW_MS = 5 * 60_000;

/**
 * Units that orders placed in (now - windowMs, now] took on one channel, unpaid ones included; each
 * unit once, whether or not it was held first.
 */
export function soldInWindow(
  entries: Iterable<Entry>,
  sku: Sku,
  channel: ChannelId,
  now: number,
  windowMs: number,
): number {
  let units = 0;
  for (const entry of entries) {
    if (entry.type !== "move" || entry.sku !== sku) continue;
    if (entry.kind !== "hold" && entry.kind !== "commit") continue;
    // The same buyer again, whose hold had run out.
    if (entry.reason === "late_payment") continue;
    const to = parseAccount(entry.to);
    const isOurs = (to.kind === "held" || to.kind === "committed") && to.channel === channel;
    if (isOurs && entry.at > now - windowMs && entry.at <= now) units += entry.quantity;
  }
  return units;
}

/** Minutes until empty at this pace; null while nothing sells. */
export function minutesOfCover(sellable: number, sold: number, windowMs: number): number | null {
  return sold <= 0 ? null : (Math.max(0, sellable) * windowMs) / (sold * 60_000);
}
