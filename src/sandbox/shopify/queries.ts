/** The Admin API's queries over the current run. */
import { catalogue, type CatalogueItem } from "../catalogue";
import type { Credentials } from "../credentials";
import { orderById } from "../ids";
import type { Stage } from "../stage";
import type { Order } from "../state";
import { connection, listConnection, type PageArguments } from "./connection";
import { orderView } from "./order-views";
import {
  inventoryItemView,
  itemByInventoryId,
  itemByProductId,
  itemByVariantId,
  location,
  productView,
  publication,
  quantityNames,
  variantView,
} from "./product-views";
import { search, type SearchWarning } from "./search";

interface SearchArguments extends PageArguments {
  readonly query?: string | null;
  readonly sortKey?: string | null;
}

interface IdArgument {
  readonly id: string;
}

/** What a request brings to the resolvers. */
export interface QueryContext {
  readonly stage: Stage;
  readonly shop: Credentials["shopify"];
  readonly warn: (warning: SearchWarning) => void;
}

const scopes = [
  "read_inventory",
  "write_inventory",
  "read_products",
  "write_products",
  "read_orders",
  "read_locations",
  "read_publications",
  "write_publications",
];

function orders(args: SearchArguments, { stage, warn }: QueryContext) {
  const run = stage.run();
  const mine = run.shop.orders.filter((order) => order.venue === "shopify");
  const fields = (order: Order) => ({
    id: orderView(run, order).legacyResourceId,
    updated_at: order.updatedAt,
    created_at: order.createdAt,
    processed_at: order.createdAt,
    financial_status: orderView(run, order).displayFinancialStatus.toLowerCase(),
  });
  const known = ["id", "updated_at", "created_at", "processed_at", "financial_status"];
  const found = search(mine, args.query, fields, known, warn);
  const place = (order: Order) => (args.sortKey === "UPDATED_AT" ? order.revision : order.seq);
  const page = connection(found, place, args);
  return { ...page, nodes: page.nodes.map((order) => orderView(run, order)) };
}

function productVariants(args: SearchArguments, { stage, warn }: QueryContext) {
  const run = stage.run();
  const numberOf = (gid: string) => gid.slice(gid.lastIndexOf("/") + 1);
  const fields = (item: CatalogueItem) => ({
    id: numberOf(item.shopify.variantId),
    product_id: numberOf(item.shopify.productId),
    sku: item.sku,
  });
  const found = search(catalogue, args.query, fields, ["id", "product_id", "sku"], warn);
  const page = connection(found, (item) => catalogue.indexOf(item), args);
  return { ...page, nodes: page.nodes.map((item) => variantView(run, item)) };
}

/** Anything with an id that can be asked for by it; null: there is no such thing. */
function node({ id }: IdArgument, { stage }: QueryContext): object | null {
  const run = stage.run();
  if (id === location.id) return location;
  if (id === publication.id) return publication;
  const inventoryItem = itemByInventoryId(id);
  if (inventoryItem) return inventoryItemView(run, inventoryItem);
  const variant = itemByVariantId(id);
  if (variant) return variantView(run, variant);
  const product = itemByProductId(id);
  if (product) return productView(run, product);
  const order = orderById(run, id);
  return order?.venue === "shopify" ? orderView(run, order) : null;
}

/** One kind only: an id of another kind finds nothing. */
function only(kind: string) {
  return (args: IdArgument, context: QueryContext) =>
    args.id.startsWith(`gid://shopify/${kind}/`) ? node(args, context) : null;
}

function shop(_args: unknown, context: QueryContext) {
  return {
    id: "gid://shopify/Shop/61230481499",
    name: "Rehearsal shop",
    myshopifyDomain: context.shop.shop,
    currencyCode: "USD",
    ianaTimezone: "America/New_York",
    plan: { publicDisplayName: "Basic", partnerDevelopment: true },
  };
}

export const queries = {
  orders,
  productVariants,
  node,
  nodes: ({ ids }: { ids: readonly string[] }, context: QueryContext) =>
    ids.map((id) => node({ id }, context)),
  order: only("Order"),
  inventoryItem: only("InventoryItem"),
  productVariant: only("ProductVariant"),
  product: only("Product"),
  shop,
  locations: (page: PageArguments) => listConnection([location], page),
  publications: (page: PageArguments) => listConnection([publication], page),
  currentAppInstallation: () => ({
    id: "gid://shopify/AppInstallation/550918226139",
    accessScopes: scopes.map((handle) => ({ handle })),
  }),
  inventoryProperties: () => ({ quantityNames }),
};
