/** Shopify, Admin GraphQL API 2026-10, over whatever carries its requests. */
import { assert } from "../../base/assert";
import type { CallKind, Channel, ChannelPorts } from "../channel";
import type { ShopifyShop } from "./ask";
import { costs, LINES_PER_ORDER, ORDERS_PER_PAGE, STOCK_IDS_MAX } from "./documents";
import { PointsBudget } from "./points-budget";
import { readListings } from "./read-listings";
import { readOrders } from "./read-orders";
import { readStock } from "./read-stock";
import { setOnSale } from "./set-on-sale";
import { testConnection } from "./test-connection";
import { ROWS_MAX, writeStock } from "./write-stock";

/** Points of one full call of each kind. */
const fullCall: Readonly<Record<CallKind, number>> = {
  read_stock: costs.stock(STOCK_IDS_MAX),
  read_orders: costs.orders(ORDERS_PER_PAGE, LINES_PER_ORDER),
  write_stock: costs.setQuantities,
};

export function shopifyChannel({ http, clock }: ChannelPorts): Channel {
  const shop: ShopifyShop = { http, points: new PointsBudget(clock) };
  return {
    id: "shopify",
    sellsBeforeOrders: false,
    comparesAndSets: true,
    writesMax: ROWS_MAX,
    readStock: (listings) => readStock(shop, listings),
    readOrders: (cursor, fallbackSinceMs) => readOrders(shop, cursor, fallbackSinceMs),
    writeStock: (writes) => {
      assert(writes.length <= ROWS_MAX, `at most ${ROWS_MAX} writes a batch`);
      return writeStock(shop, writes);
    },
    readListings: (page) => readListings(shop, page),
    setOnSale: (listing, onSale) => setOnSale(shop, listing, onSale),
    testConnection: () => testConnection(shop),
    allowance: (kind) => shop.points.allowance(fullCall[kind]),
  };
}
