/**
 * The files that sellers download today, by the names of their columns (channels.md 6; column names
 * match in any order, whatever else the file has). A form says which column fills which field; the
 * Chinese names are in headers.zh-CN.json.
 */
import type { ChannelId } from "../../base/ids";

export const orderFields = [
  "orderId",
  /** The platform's own id, where the one people see is another (Shopify: #1001). */
  "platformId",
  "lineId",
  "listingId",
  "sku",
  "quantity",
  "status",
  "subStatus",
  "lineStatus",
  "createdAt",
  "updatedAt",
  "paidAt",
  "shippedAt",
  "deliveredAt",
  "cancelledAt",
  "fulfilment",
] as const;

export const stockFields = [
  "listingId",
  "parentId",
  "sku",
  "title",
  "variation",
  "available",
  "onHand",
  "onHandNew",
  "location",
  "fulfilment",
  "sellerListing",
  "status",
] as const;

export type OrderField = (typeof orderFields)[number];
export type StockField = (typeof stockFields)[number];
export type Field = OrderField | StockField;

/** What a file is about: orders, or what is listed and in stock. */
export type Subject = "orders" | "stock";

export const formIds = [
  "tiktok_orders",
  "tiktok_products",
  "amazon_orders",
  "amazon_listings",
  "amazon_fba",
  "shopify_orders",
  "shopify_inventory",
  "ebay_orders",
  "ebay_listings",
  "ebay_feed",
  /** Somebody's own table, mapped by hand. */
  "own",
] as const;
export type FormId = (typeof formIds)[number];

/** Which of a day and a month comes first in 03/04/2026. */
export type DateOrder = "dmy" | "mdy";

export interface Form {
  readonly id: FormId;
  readonly channel: ChannelId;
  readonly subject: Subject;
  /** The best name first. */
  readonly columns: Readonly<Partial<Record<Field, readonly string[]>>>;
  /** Columns that only this file has. */
  readonly telling: readonly string[];
  /** How many of them must be there for the file to be told from all others. */
  readonly tellingMin: number;
  readonly dateOrder: DateOrder;
}

export const forms: readonly Form[] = [
  {
    id: "tiktok_orders",
    channel: "tiktok",
    subject: "orders",
    columns: {
      orderId: ["Order ID"],
      listingId: ["SKU ID"],
      sku: ["Seller SKU"],
      quantity: ["Quantity"],
      status: ["Order Status"],
      subStatus: ["Order Substatus"],
      createdAt: ["Created Time"],
      paidAt: ["Paid Time"],
      shippedAt: ["Shipped Time"],
      deliveredAt: ["Delivered Time"],
      cancelledAt: ["Cancelled Time", "Canceled Time"],
      fulfilment: ["Fulfillment Type"],
    },
    telling: [
      "Order Substatus",
      "Cancelation/Return Type",
      "Normal or Pre-order",
      "Seller SKU",
      "SKU ID",
      "RTS Time",
    ],
    tellingMin: 2,
    dateOrder: "dmy",
  },
  {
    id: "tiktok_products",
    channel: "tiktok",
    subject: "stock",
    columns: {
      listingId: ["SKU ID"],
      parentId: ["Product ID"],
      sku: ["Seller SKU"],
      title: ["Product Name"],
      variation: ["Variation"],
      // One column per warehouse: "Quantity in <its name>".
      available: ["Quantity in"],
    },
    telling: ["Seller SKU", "Quantity in"],
    tellingMin: 2,
    dateOrder: "mdy",
  },
  {
    id: "amazon_orders",
    channel: "amazon",
    subject: "orders",
    columns: {
      orderId: ["amazon-order-id"],
      sku: ["sku"],
      quantity: ["quantity"],
      status: ["order-status"],
      lineStatus: ["item-status"],
      createdAt: ["purchase-date"],
      updatedAt: ["last-updated-date"],
      fulfilment: ["fulfillment-channel"],
    },
    telling: ["amazon-order-id", "item-status", "purchase-date", "sales-channel"],
    tellingMin: 2,
    dateOrder: "mdy",
  },
  {
    id: "amazon_listings",
    channel: "amazon",
    subject: "stock",
    columns: {
      sku: ["seller-sku"],
      parentId: ["asin1"],
      title: ["item-name"],
      available: ["quantity"],
      fulfilment: ["fulfillment-channel"],
      status: ["status"],
    },
    telling: ["seller-sku", "listing-id", "asin1", "open-date", "item-is-marketplace"],
    tellingMin: 2,
    dateOrder: "mdy",
  },
  {
    id: "amazon_fba",
    channel: "amazon",
    subject: "stock",
    columns: {
      sku: ["sku"],
      parentId: ["asin"],
      title: ["product-name"],
      available: ["mfn-fulfillable-quantity"],
      sellerListing: ["mfn-listing-exists"],
    },
    telling: ["fnsku", "afn-fulfillable-quantity", "mfn-fulfillable-quantity"],
    tellingMin: 2,
    dateOrder: "mdy",
  },
  {
    id: "shopify_orders",
    channel: "shopify",
    subject: "orders",
    columns: {
      orderId: ["Name"],
      platformId: ["Id"],
      sku: ["Lineitem sku"],
      quantity: ["Lineitem quantity"],
      status: ["Financial Status"],
      subStatus: ["Fulfillment Status"],
      lineStatus: ["Lineitem fulfillment status"],
      createdAt: ["Created at"],
      paidAt: ["Paid at"],
      shippedAt: ["Fulfilled at"],
      cancelledAt: ["Cancelled at"],
    },
    telling: ["Lineitem quantity", "Lineitem sku", "Financial Status"],
    tellingMin: 2,
    dateOrder: "mdy",
  },
  {
    id: "shopify_inventory",
    channel: "shopify",
    subject: "stock",
    columns: {
      sku: ["SKU"],
      parentId: ["Handle"],
      title: ["Title"],
      available: ["Available (not editable)", "Available"],
      onHand: ["On hand (current)", "On hand"],
      onHandNew: ["On hand (new)"],
      location: ["Location"],
    },
    telling: ["Handle", "On hand (current)", "On hand", "COO", "HS Code", "Option1 Name"],
    tellingMin: 2,
    dateOrder: "mdy",
  },
  {
    id: "ebay_orders",
    channel: "ebay",
    subject: "orders",
    columns: {
      orderId: ["Order Number"],
      lineId: ["Transaction ID"],
      listingId: ["Item Number"],
      sku: ["Custom Label"],
      quantity: ["Quantity"],
      createdAt: ["Sale Date"],
      paidAt: ["Paid On Date"],
      shippedAt: ["Shipped On Date"],
    },
    telling: ["Sales Record Number", "Order Number", "Transaction ID", "Custom Label", "Sale Date"],
    tellingMin: 2,
    dateOrder: "mdy",
  },
  {
    id: "ebay_listings",
    channel: "ebay",
    subject: "stock",
    columns: {
      listingId: ["Item number"],
      sku: ["Custom label (SKU)", "Custom label"],
      title: ["Title"],
      variation: ["Variation details"],
      available: ["Available quantity"],
    },
    telling: ["Item number", "Custom label (SKU)", "Available quantity", "Variation details"],
    tellingMin: 2,
    dateOrder: "mdy",
  },
  {
    id: "ebay_feed",
    channel: "ebay",
    subject: "stock",
    columns: { listingId: ["ItemID"], sku: ["SKU"], available: ["Quantity"] },
    telling: ["ItemID"],
    tellingMin: 1,
    dateOrder: "mdy",
  },
];

/** What must be mapped; of each group at least one. */
export const neededFields: Readonly<Record<Subject, readonly (readonly Field[])[]>> = {
  orders: [["orderId"], ["sku", "listingId"], ["quantity"], ["createdAt"]],
  stock: [
    ["sku", "listingId"],
    ["available", "onHand"],
  ],
};
