/**
 * What Amazon's Selling Partner API says over the wire, in its own words (Orders 2026-01-01, Listings
 * Items 2021-08-01, Sellers v1; channels.md 2). Only fields that the product reads; no buyer, no
 * address. Statuses stay open texts, so that a new one is handled and not refused.
 */
import * as v from "valibot";

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const units = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1e9));
/** ISO 8601 to milliseconds since the epoch. */
const instant = v.pipe(
  v.string(),
  v.maxLength(64),
  v.regex(/^\d{4}-\d\d-\d\dT/),
  v.transform(Date.parse),
  v.safeInteger(),
  v.minValue(0),
);

/** Every refusal of the SP-API has this body (channels.md 2.9). */
export const errorList = v.object({
  errors: v.pipe(
    v.array(
      v.object({
        code: v.string(),
        message: v.optional(v.string(), ""),
        details: v.optional(v.string(), ""),
      }),
    ),
    v.minLength(1),
  ),
});

/** Login with Amazon: a token, or why there is none (RFC 6749). */
export const lwaTokenResponse = v.object({
  access_token: v.pipe(v.string(), v.minLength(1)),
  /** Seconds from now; an hour. */
  expires_in: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  refresh_token: v.optional(v.pipe(v.string(), v.minLength(1))),
});
export const lwaErrorResponse = v.object({ error: v.string() });

const orderItem20260101 = v.object({
  orderItemId: id,
  quantityOrdered: units,
  product: v.object({ asin: v.optional(v.string()), sellerSku: v.optional(v.string()) }),
  fulfillment: v.optional(
    v.object({
      quantityFulfilled: v.optional(units),
      quantityUnfulfilled: v.optional(units),
    }),
  ),
});
export type OrderItem20260101 = v.InferOutput<typeof orderItem20260101>;

const order20260101 = v.object({
  orderId: id,
  createdTime: instant,
  lastUpdatedTime: instant,
  fulfillment: v.optional(
    v.object({ fulfillmentStatus: v.string(), fulfilledBy: v.optional(v.string()) }),
  ),
  orderItems: v.array(orderItem20260101),
});
export type Order20260101 = v.InferOutput<typeof order20260101>;

export const searchOrdersResponse20260101 = v.object({
  orders: v.array(order20260101),
  pagination: v.optional(v.object({ nextToken: v.optional(v.string(), "") })),
  /** Nothing later than this was looked at: at least two minutes ago by Amazon's clock. */
  lastUpdatedBefore: v.optional(instant),
});

const summary20210801 = v.object({
  marketplaceId: v.string(),
  asin: v.optional(v.string()),
  /** BUYABLE, DISCOVERABLE. */
  status: v.array(v.string()),
  itemName: v.optional(v.string()),
  createdDate: v.optional(instant),
});

export const item20210801 = v.object({
  sku: v.pipe(v.string(), v.minLength(1)),
  summaries: v.optional(v.array(summary20210801), []),
  fulfillmentAvailability: v.optional(
    v.array(v.object({ fulfillmentChannelCode: v.string(), quantity: v.optional(units) })),
    [],
  ),
  relationships: v.optional(
    v.array(
      v.object({
        relationships: v.array(
          v.object({ type: v.string(), childSkus: v.optional(v.array(v.string()), []) }),
        ),
      }),
    ),
    [],
  ),
});
export type Item20210801 = v.InferOutput<typeof item20210801>;

export const itemSearchResults20210801 = v.object({
  numberOfResults: units,
  pagination: v.optional(v.object({ nextToken: v.optional(v.string(), "") })),
  items: v.array(item20210801),
});

/** HTTP 200 says that the submission was read, not that it was taken (channels.md 2.4). */
export const submission20210801 = v.object({
  sku: v.string(),
  /** ACCEPTED, INVALID, VALID. */
  status: v.string(),
  issues: v.optional(
    v.array(v.object({ code: v.string(), message: v.string(), severity: v.string() })),
    [],
  ),
});
export type Submission20210801 = v.InferOutput<typeof submission20210801>;

/** The seller's own warehouse; Amazon's are AMAZON_NA and their like. */
export const SELLER_FULFILLED = "DEFAULT";

/**
 * The one change the product makes to a listing: how many units the seller offers. "merge" keeps
 * lead time and restock date, "replace" would drop them (channels.md 2.4).
 */
export const quantityPatch = v.strictObject({
  productType: v.literal("PRODUCT"),
  patches: v.strictTuple([
    v.strictObject({
      op: v.literal("merge"),
      path: v.literal("/attributes/fulfillment_availability"),
      value: v.strictTuple([
        v.strictObject({ fulfillment_channel_code: v.literal(SELLER_FULFILLED), quantity: units }),
      ]),
    }),
  ]),
});
export type QuantityPatch = v.InferOutput<typeof quantityPatch>;

export const marketplaceParticipationsV1 = v.object({
  payload: v.array(
    v.object({
      marketplace: v.object({ id: v.string() }),
      storeName: v.optional(v.string(), ""),
      participation: v.object({ isParticipating: v.boolean() }),
    }),
  ),
});
