/** eBay's Sell APIs (Inventory and Fulfillment), over whatever carries their requests. */
import { assert } from "../../base/assert";
import { err, ok, type Result } from "../../base/result";
import type { Channel, ChannelPorts, ConnectionReport, Refusal } from "../channel";
import { Budget, RollingWindow } from "../http/budget";
import { ask, type EbayApi } from "./ask";
import { readListings, setOnSale } from "./listings";
import { INVENTORY_PATH, isAbsent } from "./offers";
import { ORDER_PATH, readOrders } from "./read-orders";
import { readStock } from "./read-stock";
import { RevisionBudget } from "./revisions";
import { inventoryItemsReplyV1, ordersReplyV1 } from "./wire";
import { writeStock, type Batch } from "./write-stock";

/** A full call where 25 SKUs may go at once; as many calls in a few lanes where one may. */
const WRITES_MAX = 25;

const DAY_MS = 24 * 3600 * 1000;
/** Calls a day of one application, before eBay's Growth Check raises them (channels.md 4.6). */
const INVENTORY_CALLS_PER_DAY = 2_000_000;
const FULFILLMENT_CALLS_PER_DAY = 100_000;
/** Kept for pausing and resuming when everything else is spent. */
const INVENTORY_CALLS_RESERVE = 2_000;

export interface EbayPorts extends ChannelPorts {
  /** SKUs in one write call: 25 only where the shop has been tried with it (channels.md 4.4). */
  readonly batch?: Batch;
  /** Today's revisions as far as they were stored; fresh, where nobody stores them. */
  readonly revisions?: RevisionBudget;
}

export function ebayChannel({
  http,
  clock,
  batch = 1,
  revisions = new RevisionBudget(),
}: EbayPorts): Channel {
  const daily = (units: number, reserve: number) =>
    new Budget(clock, [new RollingWindow({ units, windowMs: DAY_MS, reserve })]);
  const inventory = {
    http,
    budget: daily(INVENTORY_CALLS_PER_DAY, INVENTORY_CALLS_RESERVE),
  };
  const fulfillment = { http, budget: daily(FULFILLMENT_CALLS_PER_DAY, 0) };
  return {
    id: "ebay",
    sellsBeforeOrders: false,
    comparesAndSets: false,
    writesMax: WRITES_MAX,
    readStock: (listings) => readStock(inventory, listings),
    readOrders: (cursor, fallbackSinceMs) =>
      readOrders(fulfillment, clock, cursor, fallbackSinceMs),
    writeStock: (writes) => {
      assert(writes.length <= WRITES_MAX, `at most ${WRITES_MAX} writes a batch`);
      return writeStock({ api: inventory, clock, revisions, batch }, writes);
    },
    readListings: (page) => readListings(inventory, page),
    setOnSale: (listing, onSale) =>
      setOnSale({ api: inventory, clock, revisions }, listing, onSale),
    testConnection: () => testConnection(inventory, fulfillment),
    allowance: (kind) => (kind === "read_orders" ? fulfillment : inventory).budget.allowance(),
  };
}

/** "Insufficient permissions": the token is good and its consent does not reach as far. */
const NO_RIGHT = "1100";

/** One record of each API: no scope is asked of the seller that only a test would need. */
async function testConnection(
  inventory: EbayApi,
  fulfillment: EbayApi,
): Promise<Result<ConnectionReport, Refusal>> {
  const one = { limit: "1", offset: "0" };
  const missing: string[] = [];
  const orders = await ask(
    fulfillment,
    { method: "GET", path: ORDER_PATH, query: one, body: null },
    ordersReplyV1,
  );
  if (!orders.ok) {
    if (!isNoRight(orders.error)) return orders;
    missing.push("sell.fulfillment");
  }
  const items = await ask(
    inventory,
    { method: "GET", path: `${INVENTORY_PATH}/inventory_item`, query: one, body: null },
    inventoryItemsReplyV1,
  );
  if (!items.ok && !isAbsent(items.error)) {
    if (!isNoRight(items.error)) return err(items.error);
    missing.push("sell.inventory");
  }
  // Only an order names its seller; a shop without one has no name here.
  const shopName = orders.ok ? (orders.value.data.orders[0]?.sellerId ?? "") : "";
  return ok({ shopName, missing });
}

function isNoRight(refusal: Refusal): boolean {
  return refusal.kind === "unauthorised" && refusal.code === NO_RIGHT;
}
