/** The available quantity of SKUs, in one warehouse or in all of the seller's own (channels.md 1.2). */
import { ok, type Result } from "../../base/result";
import type { Listing, Refusal, StockReading } from "../channel";
import { ask, type TikTokShop } from "./ask";
import { ownWarehouses } from "./warehouses";
import {
  inventorySearchDataV202309,
  type InventorySearchBodyV202309,
  type SkuInventoryV202309,
} from "./wire";

/** The most `sku_ids` that one inventory search takes. */
const SKUS_PER_READ = 600;

/** A listing that the reply does not mention is left out: not known is not zero. */
export async function readStock(
  shop: TikTokShop,
  listings: readonly Listing[],
): Promise<Result<readonly StockReading[], Refusal>> {
  const ids = [...new Set(listings.map((listing) => listing.listingId))];
  const skus = new Map<string, SkuInventoryV202309>();
  for (let at = 0; at < ids.length; at += SKUS_PER_READ) {
    const body: InventorySearchBodyV202309 = { sku_ids: ids.slice(at, at + SKUS_PER_READ) };
    const answer = await ask(
      shop,
      {
        method: "POST",
        path: "/product/202309/inventory/search",
        query: {},
        body: JSON.stringify(body),
      },
      inventorySearchDataV202309,
    );
    if (!answer.ok) return answer;
    for (const sku of answer.value.data.inventory.flatMap((product) => product.skus)) {
      skus.set(sku.id, sku);
    }
  }
  const own = await ownOfMixed(shop, listings, skus);
  if (!own.ok) return own;
  return ok(
    listings.flatMap((listing) => reading(listing, skus.get(listing.listingId), own.value)),
  );
}

/**
 * The seller's own warehouses, asked for only where it matters: a listing that names no warehouse and
 * lies in several, of which one may be TikTok's. Null: it does not matter.
 */
async function ownOfMixed(
  shop: TikTokShop,
  listings: readonly Listing[],
  skus: ReadonlyMap<string, SkuInventoryV202309>,
): Promise<Result<ReadonlySet<string> | null, Refusal>> {
  const mixed = listings.some(
    ({ listingId, locationId }) =>
      locationId === "" && (skus.get(listingId)?.warehouse_inventory.length ?? 0) > 1,
  );
  if (!mixed) return ok(null);
  const own = await ownWarehouses(shop);
  return own.ok ? ok(own.value.ids) : own;
}

function reading(
  { listingId, locationId }: Listing,
  sku: SkuInventoryV202309 | undefined,
  own: ReadonlySet<string> | null,
): readonly StockReading[] {
  if (sku === undefined) return [];
  const places = sku.warehouse_inventory.filter(({ warehouse_id: id }) =>
    locationId === "" ? (own?.has(id) ?? true) : id === locationId,
  );
  if (locationId !== "" && places.length === 0) return [];
  const available = places.reduce((sum, place) => sum + place.available_quantity, 0);
  // Locks are told of the SKU, not of a warehouse: at most what lies here can be locked here.
  const locked = Math.min(available, lockedOf(sku));
  return [{ listingId, available, ...(locked > 0 && { locked }) }];
}

/** Units that only a campaign or a creator sells. */
function lockedOf({ total_available_inventory_distribution: shares }: SkuInventoryV202309): number {
  const locks = [...(shares?.campaign_inventory ?? []), ...(shares?.creator_inventory ?? [])];
  return locks.reduce((sum, { quantity }) => sum + quantity, 0);
}
