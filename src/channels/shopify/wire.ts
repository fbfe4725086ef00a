/**
 * What Shopify's Admin API says over the wire, in its own words (2026-10, channels.md 3). Only
 * fields that the documents in documents.ts ask for. Ids are global ids, texts as they come.
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
);

export const accessTokenResponse = v.object({
  access_token: v.pipe(v.string(), v.minLength(1)),
  /** Seconds from now; a day. */
  expires_in: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});

const points = v.pipe(v.number(), v.finite());

/** The envelope. `errors` is a bare text where the Admin API turns a request away at the door. */
export const graphqlReply202610 = v.object({
  data: v.optional(v.unknown()),
  errors: v.optional(
    v.union([
      v.string(),
      v.array(
        v.object({
          message: v.optional(v.string(), ""),
          extensions: v.optional(v.object({ code: v.optional(v.string()) })),
        }),
      ),
    ]),
  ),
  extensions: v.optional(
    v.object({
      cost: v.optional(
        v.object({
          requestedQueryCost: v.nullish(points),
          actualQueryCost: v.nullish(points),
          throttleStatus: v.optional(
            v.object({
              maximumAvailable: points,
              currentlyAvailable: points,
              restoreRate: points,
            }),
          ),
        }),
      ),
    }),
  ),
});
export type GraphqlReply202610 = v.InferOutput<typeof graphqlReply202610>;

/** The envelope of a success. */
export function graphqlReplyWith<Data extends v.GenericSchema>(data: Data) {
  return v.object({ data });
}

const pageInfo = v.pipe(
  v.object({ hasNextPage: v.boolean(), endCursor: v.nullable(v.string()) }),
  v.check((page) => !page.hasNextPage || page.endCursor !== null, "More pages and no way there"),
);

const quantities = v.array(
  v.object({
    name: v.string(),
    /** May be below zero: the shop has promised more than it has. */
    quantity: v.pipe(v.number(), v.safeInteger()),
  }),
);

/** `nodes` has a null for an id the shop does not know, and `{}` for one of another kind. */
export const stockData202610 = v.object({
  nodes: v.array(
    v.nullable(
      v.object({
        id: v.optional(id),
        inventoryLevel: v.nullish(v.object({ quantities })),
      }),
    ),
  ),
});

export const stockEverywhereData202610 = v.object({
  nodes: v.array(
    v.nullable(
      v.object({
        id: v.optional(id),
        inventoryLevels: v.optional(
          v.object({ nodes: v.array(v.object({ quantities })), pageInfo }),
        ),
      }),
    ),
  ),
});

const lineItem = v.object({
  id,
  /** Ordered, with what was removed or refunded since. */
  quantity: units,
  /** Ordered, without what was removed or refunded since. */
  currentQuantity: units,
  /** Still to be shipped. */
  unfulfilledQuantity: units,
  /** Null once the variant was deleted, and for lines that were never one. */
  variant: v.nullable(v.object({ id, inventoryItem: v.object({ id }) })),
});
export type LineItem202610 = v.InferOutput<typeof lineItem>;

const lineItems = v.object({ nodes: v.array(lineItem), pageInfo });

const order = v.object({
  id,
  createdAt: instant,
  updatedAt: instant,
  cancelledAt: v.nullable(instant),
  displayFinancialStatus: v.nullable(v.string()),
  displayFulfillmentStatus: v.string(),
  lineItems,
});
export type Order202610 = v.InferOutput<typeof order>;

export const ordersData202610 = v.object({
  orders: v.object({ nodes: v.array(order), pageInfo }),
});

export const orderLinesData202610 = v.object({
  order: v.nullable(v.object({ lineItems })),
});

export const shipmentsData202610 = v.object({
  order: v.nullable(
    v.object({
      fulfillments: v.array(
        v.object({
          status: v.string(),
          fulfillmentLineItems: v.object({
            nodes: v.array(v.object({ quantity: v.nullable(units), lineItem: v.object({ id }) })),
            pageInfo,
          }),
        }),
      ),
    }),
  ),
});
export type Shipments202610 = NonNullable<v.InferOutput<typeof shipmentsData202610>["order"]>;

export const setQuantitiesData202610 = v.object({
  inventorySetQuantities: v.nullable(
    v.object({
      userErrors: v.array(
        v.object({
          code: v.nullable(v.string()),
          field: v.nullable(v.array(v.string())),
          message: v.string(),
        }),
      ),
    }),
  ),
});
export type SetQuantitiesError202610 = NonNullable<
  v.InferOutput<typeof setQuantitiesData202610>["inventorySetQuantities"]
>["userErrors"][number];

const listedVariant = v.object({
  id,
  sku: v.nullable(v.string()),
  /** Of the variant alone: "Default Title", "Red / M". */
  title: v.string(),
  /** Open text: what is not DENY sells on at 0. */
  inventoryPolicy: v.string(),
  requiresComponents: v.boolean(),
  product: v.object({ id, title: v.string(), status: v.string() }),
  inventoryItem: v.object({
    id,
    tracked: v.boolean(),
    /** Above 1: its SKU is not the only one of its name (channels.md 3.2). */
    duplicateSkuCount: units,
    inventoryLevels: v.object({
      nodes: v.array(
        v.object({
          location: v.object({
            id,
            isActive: v.boolean(),
            fulfillsOnlineOrders: v.boolean(),
            /** Null: the seller's own place. */
            fulfillmentService: v.nullish(v.object({ inventoryManagement: v.boolean() })),
          }),
        }),
      ),
      pageInfo,
    }),
  }),
});
export type ListedVariant202610 = v.InferOutput<typeof listedVariant>;

export const listingsData202610 = v.object({
  productVariants: v.object({ nodes: v.array(listedVariant), pageInfo }),
});

export const bundlesData202610 = v.object({
  nodes: v.array(
    v.nullable(
      v.object({
        id: v.optional(id),
        productVariantComponents: v.optional(
          v.object({
            nodes: v.array(
              v.object({
                quantity: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1e6)),
                productVariant: v.object({ inventoryItem: v.object({ id }) }),
              }),
            ),
            pageInfo,
          }),
        ),
      }),
    ),
  ),
});

export const productOfData202610 = v.object({
  productVariant: v.nullable(v.object({ product: v.object({ id, status: v.string() }) })),
});

export const productStatusData202610 = v.object({
  productUpdate: v.nullable(
    v.object({
      product: v.nullish(v.object({ id, status: v.string() })),
      userErrors: v.array(
        v.object({ field: v.nullable(v.array(v.string())), message: v.string() }),
      ),
    }),
  ),
});

export const connectionData202610 = v.object({
  shop: v.object({ name: v.string() }),
  currentAppInstallation: v.object({
    accessScopes: v.array(v.object({ handle: v.string() })),
  }),
});
