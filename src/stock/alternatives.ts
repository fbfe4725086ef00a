/** What a creator may show instead of what has run out (requirement 71). */
import type { ChannelId, Sku } from "../base/ids";
import type { Projection } from "./projection";
import { sellable } from "./sellable";

export interface Alternative {
  readonly sku: Sku;
  /** Units that the live channel can still sell, 1 or more. */
  readonly sellable: number;
}

/** Every other SKU that the live channel can still sell, the most of them first, then by name. */
export function alternatives(
  projection: Projection,
  channel: ChannelId,
  soldOut: Sku,
): readonly Alternative[] {
  return [...projection.balances.keys()]
    .map((sku) => ({ sku, sellable: sellable(projection, sku, channel) }))
    .filter((other) => other.sku !== soldOut && other.sellable > 0)
    .sort((a, b) => b.sellable - a.sellable || (a.sku < b.sku ? -1 : 1));
}
