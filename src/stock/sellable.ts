/**
 * What a channel may still sell (requirement 34):
 *
 *   sellable(ch) = on hand - committed(all) - held(all) - damaged
 *                  - remaining reservations of other channels' streams - buffer(ch)
 *                = available + remaining reservations of ch's own streams - buffer(ch)
 *
 * Signed: a negative number is oversold by that many, kept and never hidden; cells show max(0, .).
 */
import type { ChannelId, Sku } from "../base/ids";
import { emptyBalances } from "./balances";
import type { Projection } from "./projection";

/**
 * Past this age a number is no longer called sellable: one that looks live and is not is the
 * dangerous case (architecture.md decision 7).
 */
export const SAFE_AGE_MS = 15_000;

export function sellable(projection: Projection, sku: Sku, channel: ChannelId, buffer = 0): number {
  const balances = projection.balances.get(sku) ?? emptyBalances();
  return balances.available + ownReservation(projection, sku, channel) - buffer;
}

/** What is left of this channel's own live reservations. */
export function ownReservation(projection: Projection, sku: Sku, channel: ChannelId): number {
  const balances = projection.balances.get(sku);
  if (balances === undefined) return 0;
  let units = 0;
  for (const [id, left] of balances.reserved) {
    if (projection.streams.get(id)?.channel === channel) units += left;
  }
  return units;
}
