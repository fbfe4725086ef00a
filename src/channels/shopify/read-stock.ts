/** The available quantity of inventory items, at one location or at all of them (channels.md 3.2). */
import { ok, type Result } from "../../base/result";
import type { Listing, Refusal, StockReading } from "../channel";
import { ask, type ShopifyShop } from "./ask";
import {
  costs,
  STOCK_EVERYWHERE_IDS_MAX,
  STOCK_IDS_MAX,
  stockDocument,
  stockEverywhereDocument,
} from "./documents";
import { stockData202610, stockEverywhereData202610 } from "./wire";

/**
 * A listing that the shop does not know, or does not stock there, is left out: not known is not
 * zero. A shop that has promised more than it has shows less than nothing, and offers nothing.
 */
export async function readStock(
  shop: ShopifyShop,
  listings: readonly Listing[],
): Promise<Result<readonly StockReading[], Refusal>> {
  const readings: StockReading[] = [];
  const locations = new Set(listings.map((listing) => listing.locationId));
  for (const location of locations) {
    const ids = listings
      .filter((listing) => listing.locationId === location)
      .map((listing) => listing.listingId);
    const read = await readAvailable(shop, ids, location);
    if (!read.ok) return read;
    for (const [listingId, available] of read.value) {
      readings.push({ listingId, available: Math.max(0, available) });
    }
  }
  return ok(readings);
}

/** As the shop has it: below zero where it is oversold. An empty location means all of them. */
export async function readAvailable(
  shop: ShopifyShop,
  inventoryItemIds: readonly string[],
  location: string,
): Promise<Result<ReadonlyMap<string, number>, Refusal>> {
  const ids = [...new Set(inventoryItemIds)];
  const found = new Map<string, number>();
  const step = location === "" ? STOCK_EVERYWHERE_IDS_MAX : STOCK_IDS_MAX;
  for (let at = 0; at < ids.length; at += step) {
    const batch = ids.slice(at, at + step);
    const read = await (location === "" ? everywhere(shop, batch) : there(shop, batch, location));
    if (!read.ok) return read;
    for (const [id, units] of read.value) found.set(id, units);
  }
  return ok(found);
}

type Counted = Result<readonly (readonly [string, number])[], Refusal>;

async function there(
  shop: ShopifyShop,
  ids: readonly string[],
  location: string,
): Promise<Counted> {
  const answer = await ask(
    shop,
    { document: stockDocument, variables: { ids, location }, cost: costs.stock(ids.length) },
    stockData202610,
  );
  if (!answer.ok) return answer;
  return ok(
    answer.value.data.nodes.flatMap((node) => {
      const units = available(node?.inventoryLevel?.quantities ?? []);
      return node?.id === undefined || units === null ? [] : [[node.id, units] as const];
    }),
  );
}

async function everywhere(shop: ShopifyShop, ids: readonly string[]): Promise<Counted> {
  const answer = await ask(
    shop,
    {
      document: stockEverywhereDocument,
      variables: { ids },
      cost: costs.stockEverywhere(ids.length),
    },
    stockEverywhereData202610,
  );
  if (!answer.ok) return answer;
  return ok(
    answer.value.data.nodes.flatMap((node) => {
      const levels = node?.inventoryLevels;
      const counts = (levels?.nodes ?? [])
        .map((level) => available(level.quantities))
        .filter((units) => units !== null);
      // A part of the locations is not the sum over all of them.
      if (node?.id === undefined || counts.length === 0 || levels?.pageInfo.hasNextPage === true) {
        return [];
      }
      return [[node.id, counts.reduce((sum, units) => sum + units, 0)] as const];
    }),
  );
}

function available(
  quantities: readonly { readonly name: string; readonly quantity: number }[],
): number | null {
  return quantities.find(({ name }) => name === "available")?.quantity ?? null;
}
