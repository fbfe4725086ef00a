/** TikTok Shop (US), Open API 202309, over whatever carries its requests. */
import { assert } from "../../base/assert";
import type { Clock } from "../../base/clock";
import type { Channel, ChannelPorts } from "../channel";
import { Budget, RollingWindow, TokenBucket } from "../http/budget";
import type { TikTokShop } from "./ask";
import { readListings } from "./read-listings";
import { readOrders } from "./read-orders";
import { readStock } from "./read-stock";
import { setOnSale } from "./set-on-sale";
import { testConnection } from "./test-connection";
import { writeStock } from "./write-stock";

/** One call a product, one after the other: about what fits between two polls. */
const WRITES_MAX = 20;

/**
 * TikTok's limit follows the load and is not published (channels.md 1.6): this is our own restraint,
 * far above one round in five seconds, and whatever TikTok answers with 429 closes it further.
 */
const CALLS_AT_ONCE = 40;
const CALLS_PER_SECOND = 10;
/** Kept back for listings that have to stop or start again. */
const CALLS_KEPT_BACK = 5;
const HOUR_MS = 3_600_000;

export interface TikTokPorts extends ChannelPorts {
  /** A development shop's limit is published: 1,000 calls an hour (channels.md 1.6). */
  readonly callsPerHour?: number;
}

export function tiktokChannel({ http, clock, callsPerHour }: TikTokPorts): Channel {
  const shop: TikTokShop = { http, budget: budgetOf(clock, callsPerHour) };
  return {
    id: "tiktok",
    sellsBeforeOrders: false,
    comparesAndSets: false,
    writesMax: WRITES_MAX,
    readStock: (listings) => readStock(shop, listings),
    readOrders: (cursor, fallbackSinceMs) => readOrders(shop, cursor, fallbackSinceMs),
    writeStock: (writes) => {
      assert(writes.length <= WRITES_MAX, `at most ${WRITES_MAX} writes a batch`);
      return writeStock(shop, writes);
    },
    readListings: (page) => readListings(shop, page),
    setOnSale: (listing, onSale) => setOnSale(shop, listing, onSale),
    testConnection: () => testConnection(shop),
    // One budget an app and shop: every kind of call draws on it.
    allowance: () => shop.budget.allowance(),
  };
}

function budgetOf(clock: Clock, callsPerHour: number | undefined): Budget {
  const reserve = CALLS_KEPT_BACK;
  const bucket = new TokenBucket({ burst: CALLS_AT_ONCE, perSecond: CALLS_PER_SECOND, reserve });
  const hours =
    callsPerHour === undefined
      ? []
      : [new RollingWindow({ units: callsPerHour, windowMs: HOUR_MS, reserve })];
  return new Budget(clock, [bucket, ...hours]);
}
