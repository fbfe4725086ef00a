/** Shopify, Admin GraphQL API 2026-10, over whatever carries its requests. */
import { assert } from "../../base/assert";
import type { Channel, ChannelHttp } from "../channel";
import { readOrders } from "./read-orders";
import { readStock } from "./read-stock";
import { ROWS_MAX, writeStock } from "./write-stock";

export function shopifyChannel(http: ChannelHttp): Channel {
  return {
    id: "shopify",
    comparesAndSets: true,
    writesMax: ROWS_MAX,
    readStock: (listings) => readStock(http, listings),
    readOrders: (cursor, fallbackSinceMs) => readOrders(http, cursor, fallbackSinceMs),
    writeStock: (writes) => {
      assert(writes.length <= ROWS_MAX, `at most ${ROWS_MAX} writes a batch`);
      return writeStock(http, writes);
    },
  };
}
