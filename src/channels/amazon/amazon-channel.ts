/**
 * Amazon's Selling Partner API, over whatever carries its requests. Own stock alone: what Amazon
 * ships from its warehouses (FBA) is neither read as stock nor as an order.
 */
import { assert } from "../../base/assert";
import type { Allowance, CallKind, Channel, ChannelPorts } from "../channel";
import { amazonApi } from "./ask";
import { readListings } from "./read-listings";
import { isUnfinished, readOrders } from "./read-orders";
import { stockReader } from "./read-stock";
import { testConnection } from "./test-connection";
import { setOnSale, writeStock } from "./write-stock";

/** One listing a call: what five calls a second carry between two polls. */
const WRITES_MAX = 20;

export function amazonChannel(ports: ChannelPorts): Channel {
  const { clock } = ports;
  const api = amazonApi(ports);
  const readStock = stockReader(api);
  /** When orders were last read to the end; null while pages of a search are missing. */
  let ordersAt: number | null = null;

  function allowance(kind: CallKind): Allowance {
    switch (kind) {
      case "read_stock":
        return api.limits.searchListingsItems.budget.allowance();
      case "write_stock":
        return api.limits.patchListingsItem.budget.allowance();
      case "read_orders":
        return api.limits.searchOrders.paced(ordersAt);
    }
  }

  return {
    id: "amazon",
    // One order search in a minute and a half at best; the listing's quantity falls at once.
    sellsBeforeOrders: true,
    comparesAndSets: false,
    writesMax: WRITES_MAX,
    readStock,
    readOrders: async (cursor, fallbackSinceMs) => {
      const read = await readOrders(api, cursor, fallbackSinceMs, clock.now());
      if (read.ok) ordersAt = isUnfinished(read.value.cursor) ? null : clock.now();
      return read;
    },
    writeStock: (writes) => {
      assert(writes.length <= WRITES_MAX, `at most ${WRITES_MAX} writes a batch`);
      return writeStock(api, writes);
    },
    readListings: (page) => readListings(api, page),
    setOnSale: (listing, onSale) => setOnSale(api, listing, onSale),
    testConnection: () => testConnection(api, clock.now()),
    allowance,
  };
}
