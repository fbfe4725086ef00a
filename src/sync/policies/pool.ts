/** What is free for every channel, as far as it is known: the ledger less the sales it cannot know yet. */
import type { Sku } from "../../base/ids";
import { balancesOf } from "../../stock/projection";
import { sellable } from "../../stock/sellable";
import type { ListingState } from "../catalogue";
import { unexplainedSales } from "../showing";
import type { Situation } from "../situation";

function unlisted({ catalogue }: Situation, sku: Sku, besides: ListingState | null): number {
  let units = 0;
  for (const state of catalogue.taking(sku)) {
    if (state === besides) continue;
    const takes = state.parts.find((part) => part.sku === sku)?.units ?? 0;
    // A campaign's buyers take what is kept for them, whatever we set.
    units += (unexplainedSales(state) + state.locked) * takes;
  }
  return units;
}

/** Units of the free pool, signed. `besides`: the live listing, whose sales come out of its share. */
export function poolOf(
  situation: Situation,
  sku: Sku,
  besides: ListingState | null = null,
): number {
  return balancesOf(situation.projection, sku).available - unlisted(situation, sku, besides);
}

/** As `sellable`, less the sales that no order explains yet; signed. */
export function surelySellable(
  situation: Situation,
  sku: Sku,
  channel: ListingState["listing"]["channel"],
): number {
  return sellable(situation.projection, sku, channel) - unlisted(situation, sku, null);
}
