/**
 * What the sandbox remembers: plain values, so that the whole of it is one JSON file. Times are
 * milliseconds since the epoch; the functions over it (shop.ts, rehearsal.ts) are handed the time.
 */
import * as v from "valibot";
import { channelIds } from "../base/ids";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const time = v.number();

/** A channel, seen as a place where shoppers come. */
const venueSchema = v.picklist(channelIds);
export type Venue = v.InferOutput<typeof venueSchema>;

const listingSchema = v.object({
  venue: venueSchema,
  sku: v.string(),
  /** Units the channel still offers, net of its own open orders. */
  available: count,
  /** "audit": put back on sale and waiting for the channel's review. */
  status: v.picklist(["live", "audit", "off"]),
  /** Shopify alone: whether the online store shows it. */
  published: v.boolean(),
  /** Units that shoppers wanted and did not find. */
  refused: count,
  updatedAt: time,
});
export type Listing = v.InferOutput<typeof listingSchema>;

/**
 * "unpaid": ordered, the money is still to come (TikTok UNPAID, Amazon PENDING, eBay and Shopify
 * payment pending). "held": paid, and the buyer may still take it back (TikTok's remorse hour alone).
 */
const orderStatusSchema = v.picklist(["unpaid", "held", "open", "shipped", "cancelled"]);
export type OrderStatus = v.InferOutput<typeof orderStatusSchema>;

const orderSchema = v.object({
  /** 1, 2, 3 ... within a run; the channels' own ids are made from it (ids.ts). */
  seq: count,
  venue: venueSchema,
  lines: v.array(
    v.object({ sku: v.string(), units: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
  ),
  status: orderStatusSchema,
  createdAt: time,
  updatedAt: time,
  /** Rises with every change of any order, so that a page can go on where the last one ended. */
  revision: count,
  paidAt: v.nullable(time),
  shippedAt: v.nullable(time),
  cancelledAt: v.nullable(time),
  cancelledBy: v.nullable(v.picklist(["buyer", "system", "seller"])),
});
export type Order = v.InferOutput<typeof orderSchema>;

const shopSchema = v.object({
  /** Units in the one warehouse that all channels sell from. */
  warehouse: v.record(v.string(), count),
  listings: v.array(listingSchema),
  /** In the order of `seq`: the order with seq n stands at n - 1. */
  orders: v.array(orderSchema),
  revision: count,
});
export type Shop = v.InferOutput<typeof shopSchema>;

const shopperSchema = v.object({
  /** Minutes since the stream's start, by the stream's own clock. */
  atMinute: v.number(),
  venue: venueSchema,
  sku: v.string(),
  units: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** "ghost" never pays; "regret" pays and cancels within the remorse hour. */
  kind: v.picklist(["buyer", "ghost", "regret"]),
  /** Minutes from the order to the payment. */
  payAfter: v.number(),
  /** Minutes from the payment to the buyer's cancellation; only for "regret". */
  regretAfter: v.number(),
});
export type Shopper = v.InferOutput<typeof shopperSchema>;

const stepSchema = v.object({
  at: time,
  /** The order it concerns, or for "audited" the place of the listing. */
  target: count,
  what: v.picklist(["pay", "expire", "release", "regret", "audited"]),
  /** Minutes handed on to the step that follows. */
  regretAfter: v.nullable(v.number()),
});
export type Step = v.InferOutput<typeof stepSchema>;

const runSchema = v.object({
  run: v.pipe(v.string(), v.regex(/^[a-z0-9]{1,40}$/)),
  /** Ten digits, greater than that of every run before: what keeps order ids from coming twice. */
  serial: count,
  seed: count,
  /** TikTok's time to pay, in minutes of the stream's clock. */
  unpaidMinutes: v.pipe(v.number(), v.minValue(1)),
  phase: v.picklist(["idle", "running", "ended"]),
  speed: v.number(),
  startedAt: v.nullable(time),
  endsAt: v.nullable(time),
  shop: shopSchema,
  shoppers: v.array(shopperSchema),
  /** How many of the shoppers have come. */
  arrived: count,
  /** What is still to happen to orders, earliest first. */
  agenda: v.array(stepSchema),
});
export type Run = v.InferOutput<typeof runSchema>;

/** An answer that Shopify gives again when the same idempotency key comes again. */
const rememberedSchema = v.object({
  key: v.string(),
  /** Field and arguments, as text: the same key with other parameters is a mistake. */
  parameters: v.string(),
  failed: v.boolean(),
  /** The payload, as JSON text. */
  answer: v.string(),
});
export type Remembered = v.InferOutput<typeof rememberedSchema>;

export const savedSchema = v.object({
  version: v.literal(2),
  run: runSchema,
  remembered: v.array(rememberedSchema),
});
export type Saved = v.InferOutput<typeof savedSchema>;
