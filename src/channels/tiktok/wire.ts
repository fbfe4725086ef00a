/**
 * What TikTok Shop says over the wire, in its own words (Open API 202309, channels.md 1.1 to 1.4).
 * Only fields that the product reads. Ids are strings: they exceed 2^53. Times are Unix seconds.
 * Statuses stay open texts, so that a new one is handled and not refused.
 */
import * as v from "valibot";

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const units = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1e9));
/** Up to the year 5138, so that milliseconds stay exact. */
const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1e11));

/** The envelope of every answer; `code` other than 0 is an error whatever the HTTP status. */
export const tiktokReplyV202309 = v.object({
  code: v.pipe(v.number(), v.safeInteger()),
  message: v.optional(v.string(), ""),
  data: v.optional(v.unknown()),
});

/** The envelope of a success. */
export function tiktokReplyWith<Data extends v.GenericSchema>(data: Data) {
  return v.object({ code: v.literal(0), data });
}

export const tokenResponseV2 = v.object({
  code: v.number(),
  data: v.optional(
    v.object({
      access_token: v.pipe(v.string(), v.minLength(1)),
      /** Absolute, not a duration. */
      access_token_expire_in: seconds,
      refresh_token: v.pipe(v.string(), v.minLength(1)),
      refresh_token_expire_in: seconds,
    }),
  ),
});

const warehouseInventoryV202309 = v.object({
  warehouse_id: id,
  available_quantity: units,
  committed_quantity: v.optional(units),
});

/** Units set aside within what is available; the ordinary product page does not sell them. */
const locksV202309 = v.nullish(v.array(v.object({ quantity: units })), []);

const skuInventoryV202309 = v.object({
  id,
  seller_sku: v.optional(v.string()),
  total_available_quantity: v.optional(units),
  total_committed_quantity: v.optional(units),
  warehouse_inventory: v.array(warehouseInventoryV202309),
  total_available_inventory_distribution: v.nullish(
    v.object({ campaign_inventory: locksV202309, creator_inventory: locksV202309 }),
  ),
});
export type SkuInventoryV202309 = v.InferOutput<typeof skuInventoryV202309>;

export const inventorySearchDataV202309 = v.object({
  inventory: v.nullish(
    v.array(v.object({ product_id: id, skus: v.array(skuInventoryV202309) })),
    [],
  ),
});

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(99_999));

const productV202502 = v.object({
  id,
  title: v.optional(v.string(), ""),
  status: v.string(),
  is_not_for_sale: v.optional(v.boolean(), false),
  skus: v.nullish(
    v.array(
      v.object({
        id,
        seller_sku: v.optional(v.string(), ""),
        inventory: v.nullish(v.array(v.object({ warehouse_id: id })), []),
        status_info: v.nullish(v.object({ status: v.optional(v.string()) })),
      }),
    ),
    [],
  ),
});
export type ProductV202502 = v.InferOutput<typeof productV202502>;

export const productSearchDataV202502 = v.object({
  products: v.nullish(v.array(productV202502), []),
  /** Absent or empty: the last page. */
  next_page_token: v.nullish(v.string(), ""),
});

export interface ProductSearchQueryV202502 {
  readonly page_size: string;
  readonly page_token?: string;
}

export interface ProductSearchBodyV202502 {
  readonly status: "ALL";
}

const skuDetailV202309 = v.object({
  id,
  /** What a combined listing is made of; units of each in one. */
  combined_skus: v.nullish(v.array(v.object({ sku_id: id, sku_count: count }))),
});
export type SkuDetailV202309 = v.InferOutput<typeof skuDetailV202309>;

export const productDataV202309 = v.object({ skus: v.nullish(v.array(skuDetailV202309), []) });

export const warehousesDataV202309 = v.object({
  warehouses: v.nullish(
    v.array(
      v.object({
        id,
        type: v.optional(v.string(), ""),
        sub_type: v.optional(v.string(), ""),
        is_default: v.optional(v.boolean(), false),
      }),
    ),
    [],
  ),
});

export const shopsDataV202309 = v.object({
  shops: v.nullish(v.array(v.object({ name: v.optional(v.string(), "") })), []),
});

export interface ProductIdsBodyV202309 {
  /** At most 20. */
  readonly product_ids: readonly string[];
}

/** One line item is one unit: there is no quantity. */
const lineItemV202309 = v.object({
  id,
  sku_id: id,
  product_id: v.optional(v.string()),
  seller_sku: v.optional(v.string()),
  display_status: v.optional(v.string()),
  package_status: v.optional(v.string()),
  /** What a virtual bundle is made of; these leave the shelf, not the bundle. */
  combined_listing_skus: v.nullish(v.array(v.object({ sku_id: id, sku_count: count }))),
});
export type LineItemV202309 = v.InferOutput<typeof lineItemV202309>;

const orderV202309 = v.object({
  id,
  status: v.string(),
  create_time: seconds,
  update_time: seconds,
  paid_time: v.optional(seconds),
  cancel_time: v.optional(seconds),
  fulfillment_type: v.optional(v.string()),
  warehouse_id: v.optional(v.string()),
  is_on_hold_order: v.optional(v.boolean()),
  line_items: v.array(lineItemV202309),
});
export type OrderV202309 = v.InferOutput<typeof orderV202309>;

export const orderSearchDataV202309 = v.object({
  orders: v.nullish(v.array(orderV202309), []),
  /** Absent or empty: the last page. */
  next_page_token: v.nullish(v.string(), ""),
  total_count: v.optional(units),
});

export interface OrderSearchQueryV202309 {
  readonly page_size: string;
  readonly sort_field: "create_time" | "update_time";
  readonly sort_order: "ASC" | "DESC";
  readonly page_token?: string;
}

export interface OrderSearchBodyV202309 {
  /** Inclusive. */
  readonly update_time_ge: number;
}

export interface InventorySearchBodyV202309 {
  /** At most 600. */
  readonly sku_ids: readonly string[];
}

export interface InventoryUpdateBodyV202309 {
  readonly skus: readonly {
    readonly id: string;
    readonly inventory: readonly {
      /** May be left out where there is one default warehouse. */
      readonly warehouse_id?: string;
      /** Available units, absolute, 0 to 99,999. */
      readonly quantity: number;
    }[];
  }[];
}

const errorCode = v.union([v.number(), v.string()]);

/** Errors of single SKUs arrive inside code 0; without any, there may be no data at all. */
export const inventoryUpdateDataV202309 = v.nullish(
  v.object({
    errors: v.nullish(
      v.array(
        v.object({
          code: errorCode,
          message: v.optional(v.string(), ""),
          detail: v.optional(
            v.object({
              sku_id: v.optional(id),
              extra_errors: v.optional(
                v.array(
                  v.object({
                    warehouse_id: v.optional(v.string()),
                    code: errorCode,
                    message: v.optional(v.string(), ""),
                  }),
                ),
              ),
            }),
          ),
        }),
      ),
      [],
    ),
  }),
);
export type InventoryUpdateDataV202309 = v.InferOutput<typeof inventoryUpdateDataV202309>;

/** Of activate and deactivate: what could not be switched, inside code 0. */
export const productErrorsDataV202309 = v.nullish(
  v.object({
    errors: v.nullish(
      v.array(
        v.object({
          code: errorCode,
          message: v.optional(v.string(), ""),
          detail: v.nullish(
            v.object({
              product_id: v.optional(id),
              extra_errors: v.nullish(
                v.array(v.object({ code: errorCode, message: v.optional(v.string(), "") })),
              ),
            }),
          ),
        }),
      ),
      [],
    ),
  }),
);
