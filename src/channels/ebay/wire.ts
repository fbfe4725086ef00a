/**
 * What eBay's Sell APIs say over the wire, in their own words (Inventory 1.18.0, Fulfillment 1.20.7,
 * OAuth; channels.md 4). Only fields that the product reads. Statuses stay open texts, so that a new
 * one is handled and not refused. In eBay's models no field is required: what the product cannot do
 * without is required here.
 */
import * as v from "valibot";

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
/** At most 50 characters by the documents; what an old listing carries may be longer. */
const sku = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const text = v.nullish(v.string(), "");
const units = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1e9));
/** ISO 8601 in UTC to milliseconds since the epoch. */
const instant = v.pipe(
  v.string(),
  v.maxLength(64),
  v.regex(/^\d{4}-\d\d-\d\dT.*Z$/),
  v.transform(Date.parse),
  v.safeInteger(),
);

/** Inventory error numbers are integers; the token endpoint has texts of its own. */
const ebayErrorV1 = v.object({
  errorId: v.pipe(v.number(), v.safeInteger()),
  message: text,
  longMessage: text,
});
const errors = v.nullish(v.array(ebayErrorV1), []);
export const errorReplyV1 = v.object({ errors });

export const tokenReplyV1 = v.object({
  access_token: v.pipe(v.string(), v.minLength(1), v.maxLength(8000)),
  /** Seconds from now: two hours. */
  expires_in: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1e9)),
  /** With a code alone; a renewal gives none. */
  refresh_token: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(8000))),
});

/** What a refused token request says; nothing else of it may be repeated. */
export const tokenErrorV1 = v.object({ error: v.pipe(v.string(), v.regex(/^[a-z_]{1,60}$/)) });

const orderLineV1 = v.object({
  lineItemId: id,
  /** Absent where the listing is older than the Inventory API and the seller gave it none. */
  sku: v.nullish(sku),
  legacyItemId: text,
  legacyVariationId: text,
  quantity: units,
  lineItemFulfillmentStatus: text,
});
export type OrderLineV1 = v.InferOutput<typeof orderLineV1>;

const orderV1 = v.object({
  orderId: id,
  creationDate: instant,
  lastModifiedDate: instant,
  orderPaymentStatus: text,
  orderFulfillmentStatus: text,
  sellerId: text,
  cancelStatus: v.nullish(v.object({ cancelState: text })),
  paymentSummary: v.nullish(
    v.object({ payments: v.nullish(v.array(v.object({ paymentStatus: text })), []) }),
  ),
  program: v.nullish(
    v.object({
      fulfillmentProgram: v.nullish(v.object({ fulfilledBy: text })),
      ebayVault: v.nullish(v.object({ fulfillmentType: text })),
    }),
  ),
  lineItems: v.array(orderLineV1),
});
export type OrderV1 = v.InferOutput<typeof orderV1>;

export const ordersReplyV1 = v.object({
  orders: v.nullish(v.array(orderV1), []),
  /** Orders that the filter fits, on all pages. */
  total: v.nullish(units),
  /** Absent on the last page. */
  next: text,
});

export const shipmentsReplyV1 = v.object({
  fulfillments: v.nullish(
    v.array(
      v.object({
        lineItems: v.nullish(
          v.array(v.object({ lineItemId: id, quantity: v.nullish(units, 1) })),
          [],
        ),
      }),
    ),
    [],
  ),
});
export type ShipmentsReplyV1 = v.InferOutput<typeof shipmentsReplyV1>;

const availabilityV1 = v.nullish(
  v.object({ shipToLocationAvailability: v.nullish(v.object({ quantity: v.nullish(units) })) }),
);

export const bulkItemsReplyV1 = v.object({
  responses: v.nullish(
    v.array(
      v.object({
        sku: v.nullish(sku),
        statusCode: v.nullish(v.number(), 0),
        inventoryItem: v.nullish(v.object({ availability: availabilityV1 })),
      }),
    ),
    [],
  ),
});

const inventoryItemV1 = v.object({
  sku,
  product: v.nullish(v.object({ title: text })),
  /** Both names occur in the model, for the same groups. */
  groupIds: v.nullish(v.array(v.string()), []),
  inventoryItemGroupKeys: v.nullish(v.array(v.string()), []),
});
export type InventoryItemV1 = v.InferOutput<typeof inventoryItemV1>;

export const inventoryItemsReplyV1 = v.object({
  inventoryItems: v.nullish(v.array(inventoryItemV1), []),
  next: text,
});

export const itemGroupReplyV1 = v.object({ title: text });

const offerV1 = v.object({
  offerId: id,
  sku: v.nullish(sku),
  marketplaceId: text,
  status: text,
  availableQuantity: v.nullish(units),
  listing: v.nullish(
    v.object({ listingStatus: text, listingOnHold: v.nullish(v.boolean(), false) }),
  ),
});
export type OfferV1 = v.InferOutput<typeof offerV1>;
export const offerReplyV1 = offerV1;
export const offersReplyV1 = v.object({ offers: v.nullish(v.array(offerV1), []) });

const updateRowV1 = v.object({
  sku: v.nullish(sku),
  offerId: v.nullish(id),
  statusCode: v.pipe(v.number(), v.safeInteger()),
  errors,
});
export type UpdateRowV1 = v.InferOutput<typeof updateRowV1>;
export const bulkUpdateReplyV1 = v.object({ responses: v.nullish(v.array(updateRowV1), []) });

/** Publish and withdraw: warnings and a listing's id, of which nothing is needed. */
export const anyReplyV1 = v.object({});

export interface OrdersQueryV1 {
  /** `lastmodifieddate:[FROM..]`, to be percent-encoded. */
  readonly filter?: string;
  readonly limit: string;
  /** Orders to skip, not pages. */
  readonly offset: string;
}

export interface BulkItemsBodyV1 {
  /** At most 25. */
  readonly requests: readonly { readonly sku: string }[];
}

export interface BulkUpdateBodyV1 {
  readonly requests: readonly {
    readonly sku: string;
    /** Of the inventory item. The listing shows the smaller of the two. */
    readonly shipToLocationAvailability: { readonly quantity: number };
    readonly offers: readonly { readonly offerId: string; readonly availableQuantity: number }[];
  }[];
}

export interface ItemGroupBodyV1 {
  readonly inventoryItemGroupKey: string;
  readonly marketplaceId: string;
}
