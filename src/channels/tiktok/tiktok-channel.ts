/** TikTok Shop (US), Open API 202309, over whatever carries its requests. */
import { assert } from "../../base/assert";
import { ok, type Result } from "../../base/result";
import type { Channel, ChannelHttp, Listing, Refusal, StockReading } from "../channel";
import { readOrderWindow, type OrderWindowPage } from "../http/order-window";
import { ask } from "./ask";
import { isFulfilledByTikTok, toChannelOrder } from "./orders";
import {
  inventorySearchDataV202309,
  orderSearchDataV202309,
  type InventorySearchBodyV202309,
  type OrderSearchBodyV202309,
  type OrderSearchQueryV202309,
} from "./wire";
import { writeStock } from "./write-stock";

/** The most `sku_ids` that one inventory search takes (channels.md 1.2). */
const SKUS_PER_READ = 600;
const ORDERS_PER_PAGE = 100;
/** No statement on consistency is published; changes are looked for again this far back. */
const OVERLAP_MS = 60_000;
/** One call a product, one after the other: about what fits between two polls. */
const WRITES_MAX = 20;

export function tiktokChannel(http: ChannelHttp): Channel {
  return {
    id: "tiktok",
    comparesAndSets: false,
    writesMax: WRITES_MAX,
    readStock: (listings) => readStock(http, listings),
    readOrders: (cursor, fallbackSinceMs) =>
      readOrderWindow({
        cursor,
        fallbackSinceMs,
        overlapMs: OVERLAP_MS,
        fetchPage: (sinceMs, token) => orderPage(http, sinceMs, token),
      }),
    writeStock: (writes) => {
      assert(writes.length <= WRITES_MAX, `at most ${WRITES_MAX} writes a batch`);
      return writeStock(http, writes);
    },
  };
}

async function orderPage(
  http: ChannelHttp,
  sinceMs: number,
  token: string | null,
): Promise<Result<OrderWindowPage, Refusal>> {
  const query = {
    page_size: String(ORDERS_PER_PAGE),
    sort_field: "update_time",
    sort_order: "ASC",
    ...(token === null ? {} : { page_token: token }),
  } satisfies OrderSearchQueryV202309;
  const body: OrderSearchBodyV202309 = { update_time_ge: Math.floor(sinceMs / 1000) };
  const answer = await ask(
    http,
    {
      method: "POST",
      path: "/order/202309/orders/search",
      query,
      body: JSON.stringify(body),
    },
    orderSearchDataV202309,
  );
  if (!answer.ok) return answer;
  const { orders, next_page_token: next } = answer.value.data;
  return ok({
    orders: orders.filter((order) => !isFulfilledByTikTok(order)).map(toChannelOrder),
    changes: orders.map((order) => order.update_time * 1000),
    next: next === "" ? null : next,
    serverTimeMs: answer.value.serverTimeMs,
  });
}

/** A listing that the reply does not mention is left out: not known is not zero. */
async function readStock(
  http: ChannelHttp,
  listings: readonly Listing[],
): Promise<Result<readonly StockReading[], Refusal>> {
  const ids = [...new Set(listings.map((listing) => listing.listingId))];
  const byWarehouse = new Map<string, Map<string, number>>();
  for (let at = 0; at < ids.length; at += SKUS_PER_READ) {
    const body: InventorySearchBodyV202309 = { sku_ids: ids.slice(at, at + SKUS_PER_READ) };
    const answer = await ask(
      http,
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
      const counts = sku.warehouse_inventory.map(
        (each) => [each.warehouse_id, each.available_quantity] as const,
      );
      byWarehouse.set(sku.id, new Map(counts));
    }
  }
  return ok(listings.flatMap((listing) => reading(listing, byWarehouse.get(listing.listingId))));
}

function reading(
  listing: Listing,
  warehouses: ReadonlyMap<string, number> | undefined,
): readonly StockReading[] {
  if (warehouses === undefined) return [];
  const { listingId, locationId } = listing;
  const available =
    locationId === ""
      ? [...warehouses.values()].reduce((sum, units) => sum + units, 0)
      : warehouses.get(locationId);
  return available === undefined ? [] : [{ listingId, available }];
}
