/**
 * What eBay offers of each listing. The listing shows the smaller of two numbers, the inventory
 * item's and the offer's (channels.md 4.4), and which of them a sale lowers is not published: both are
 * read. Items come 25 a call, offers one: a stream's listings, not a whole shop, are read every 5 s.
 */
import { err, ok, type Result } from "../../base/result";
import type { Listing, Refusal, StockReading } from "../channel";
import { ask, type EbayApi } from "./ask";
import { INVENTORY_PATH, isAbsent, offersOf } from "./offers";
import { pooled } from "./pooled";
import { bulkItemsReplyV1, type BulkItemsBodyV1 } from "./wire";

/** The most SKUs that one bulk_get_inventory_item takes. */
const SKUS_PER_READ = 25;

/** A listing that eBay does not have is left out: not known is not zero. */
export async function readStock(
  api: EbayApi,
  listings: readonly Listing[],
): Promise<Result<readonly StockReading[], Refusal>> {
  const items = await readItems(api, [...new Set(listings.map((each) => each.listingId))]);
  if (!items.ok) return items;
  const known = listings.filter((each) => items.value.has(each.listingId));
  const answers = await pooled(
    known,
    async (listing) => ({ listing, offers: await offersOf(api, listing.listingId) }),
    ({ offers }) => !offers.ok,
  );
  const readings: StockReading[] = [];
  for (const answer of answers) {
    // Not begun: the refusal that ended the reading stands before or after it.
    if (answer === undefined) continue;
    if (!answer.offers.ok) return err(answer.offers.error);
    const { listingId, parentId } = answer.listing;
    const offer = answer.offers.value.find((each) => each.offerId === parentId);
    if (offer === undefined) continue;
    const numbers = [items.value.get(listingId), offer.availableQuantity].filter((n) => n != null);
    if (numbers.length > 0) readings.push({ listingId, available: Math.min(...numbers) });
  }
  return ok(readings);
}

type Quantities = Map<string, number | null>;

/** Quantities of inventory items by SKU; null where the item has none set. */
async function readItems(
  api: EbayApi,
  skus: readonly string[],
): Promise<Result<Quantities, Refusal>> {
  const quantities: Quantities = new Map();
  for (let at = 0; at < skus.length; at += SKUS_PER_READ) {
    const refusal = await readSome(api, skus.slice(at, at + SKUS_PER_READ), quantities);
    if (refusal !== null) return err(refusal);
  }
  return ok(quantities);
}

async function readSome(
  api: EbayApi,
  skus: readonly string[],
  quantities: Quantities,
): Promise<Refusal | null> {
  const body: BulkItemsBodyV1 = { requests: skus.map((sku) => ({ sku })) };
  const path = `${INVENTORY_PATH}/bulk_get_inventory_item`;
  const request = { method: "POST", path, query: {}, body: JSON.stringify(body) } as const;
  const answer = await ask(api, request, bulkItemsReplyV1);
  if (answer.ok) {
    for (const { sku, statusCode, inventoryItem } of answer.value.data.responses) {
      if (sku == null || inventoryItem == null || statusCode >= 300) continue;
      const quantity = inventoryItem.availability?.shipToLocationAvailability?.quantity;
      quantities.set(sku, quantity ?? null);
    }
    return null;
  }
  if (!isAbsent(answer.error)) return answer.error;
  // One unknown SKU refuses the whole call: the others are asked for without it.
  if (skus.length > 1) {
    for (const sku of skus) {
      const refusal = await readSome(api, [sku], quantities);
      if (refusal !== null) return refusal;
    }
  }
  return null;
}
