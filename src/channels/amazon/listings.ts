/** From Amazon's listings items to stock readings and listed items (channels.md 2.2). Pure. */
import type { ListedItem, Listing } from "../channel";
import { SELLER_FULFILLED, type Item20210801 } from "./wire";

/**
 * Amazon ships it (FBA). A listing that was moved to FBA keeps its DEFAULT row (channels.md 2.4),
 * so that row says nothing once Amazon's own stands beside it.
 */
function isFulfilledByAmazon(item: Item20210801): boolean {
  return item.fulfillmentAvailability.some((row) =>
    row.fulfillmentChannelCode.startsWith("AMAZON_"),
  );
}

/**
 * Units of the seller's own that are on offer; null: not known, or not the seller's to give. An
 * FBA quantity is units in Amazon's warehouse and never becomes a reading of own stock.
 */
export function ownUnits(item: Item20210801): number | null {
  if (isFulfilledByAmazon(item)) return null;
  const own = item.fulfillmentAvailability.find(
    (row) => row.fulfillmentChannelCode === SELLER_FULFILLED,
  );
  return own?.quantity ?? null;
}

/** The parent of a variation family is a page, not something that can be bought. */
function isVariationParent(item: Item20210801): boolean {
  return item.relationships
    .flatMap((each) => each.relationships)
    .some((relation) => relation.type === "VARIATION" && relation.childSkus.length > 0);
}

/** Null: nothing that can be sold. */
export function toListedItem(item: Item20210801): ListedItem | null {
  if (isVariationParent(item)) return null;
  const summary = item.summaries[0];
  const listing: Listing = {
    channel: "amazon",
    listingId: item.sku,
    parentId: summary?.asin ?? "",
    locationId: summary?.marketplaceId ?? "",
  };
  return {
    listing,
    sku: item.sku,
    title: summary?.itemName ?? "",
    onSale: summary?.status.includes("BUYABLE") ?? false,
    fulfilledBy: isFulfilledByAmazon(item) ? "channel" : "seller",
    // Amazon's bundles and packs are listings of their own; it does not say what is in them.
    parts: [],
  };
}
