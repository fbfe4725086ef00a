/** Products, variants and inventory as the Admin API shows them: one run, seen from Shopify. */
import { catalogue, SHOPIFY_LOCATION_ID, type CatalogueItem } from "../catalogue";
import { committedUnits, findListing, offered } from "../shop";
import type { Listing, Run } from "../state";
import { listConnection, refusal, type PageArguments } from "./connection";

export const PUBLICATION_ID = "gid://shopify/Publication/172039930075";

/** DateTime without fractions, as Shopify writes it. */
export function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function numberOf(gid: string): string {
  return gid.slice(gid.lastIndexOf("/") + 1);
}

export const location = {
  __typename: "Location",
  id: SHOPIFY_LOCATION_ID,
  name: "Rehearsal warehouse",
  isActive: true,
  fulfillsOnlineOrders: true,
  shipsInventory: true,
  isFulfillmentService: false,
  fulfillmentService: null,
} as const;

export const publication = {
  __typename: "Publication",
  id: PUBLICATION_ID,
  name: "Online Store",
} as const;

/** Every state a unit can be in; those that a rehearsal does not know stay at 0. */
const otherNames = ["incoming", "reserved", "damaged", "safety_stock", "quality_control"] as const;

/** All quantity names; on_hand = available + committed, since nothing is ever set aside here. */
export function quantityOf(run: Run, sku: string, name: string): number | null {
  const available = findListing(run.shop, "shopify", sku)?.available ?? 0;
  const committed = committedUnits(run.shop, "shopify", sku);
  if (name === "available") return available;
  if (name === "committed") return committed;
  if (name === "on_hand") return available + committed;
  return (otherNames as readonly string[]).includes(name) ? 0 : null;
}

export const quantityNames = [
  { name: "available", belongsTo: ["on_hand"], comprises: [] },
  { name: "committed", belongsTo: ["on_hand"], comprises: [] },
  { name: "on_hand", belongsTo: [], comprises: ["available", "committed"] },
  ...otherNames.map((name) => ({ name, belongsTo: [], comprises: [] })),
].map((entry) => ({ ...entry, displayName: entry.name, isInUse: true }));

function listingOf(run: Run, item: CatalogueItem): Listing | undefined {
  return findListing(run.shop, "shopify", item.sku);
}

export function inventoryItemView(run: Run, item: CatalogueItem) {
  return {
    __typename: "InventoryItem",
    id: item.shopify.inventoryItemId,
    sku: item.sku,
    tracked: true,
    duplicateSkuCount: 0,
    inventoryLevel: ({ locationId }: { locationId: string }) =>
      locationId === SHOPIFY_LOCATION_ID ? inventoryLevelView(run, item) : null,
    inventoryLevels: (page: PageArguments) => listConnection([inventoryLevelView(run, item)], page),
  };
}

export interface LevelView {
  readonly __typename: string;
  readonly id: string;
  readonly isActive: boolean;
  readonly updatedAt: string;
  readonly location: typeof location;
  readonly item: () => unknown;
  readonly quantities: (asked: { names: readonly string[] }) => unknown[];
}

function inventoryLevelView(run: Run, item: CatalogueItem): LevelView {
  const updatedAt = instant(listingOf(run, item)?.updatedAt ?? 0);
  const [level, inventoryItem] = [location.id, item.shopify.inventoryItemId].map(numberOf);
  return {
    __typename: "InventoryLevel",
    id: `gid://shopify/InventoryLevel/${level ?? ""}?inventory_item_id=${inventoryItem ?? ""}`,
    isActive: true,
    updatedAt,
    location,
    item: () => inventoryItemView(run, item),
    quantities: ({ names }) =>
      names.map((name) => {
        const quantity = quantityOf(run, item.sku, name);
        if (quantity === null) throw refusal(`The quantity name '${name}' does not exist.`);
        return { name, quantity, updatedAt };
      }),
  };
}

export function productView(run: Run, item: CatalogueItem) {
  const listing = listingOf(run, item);
  const published = listing?.published ?? false;
  const publications = published
    ? [{ isPublished: true, publishDate: instant(run.serial * 1000), publication }]
    : [];
  return {
    __typename: "Product",
    id: item.shopify.productId,
    title: item.title,
    handle: item.sku.toLowerCase(),
    status: listing?.status === "live" ? "ACTIVE" : "DRAFT",
    availablePublicationsCount: { count: publications.length },
    resourcePublicationsV2: (page: PageArguments) => listConnection(publications, page),
  };
}

export function variantView(run: Run, item: CatalogueItem) {
  const listing = listingOf(run, item);
  return {
    __typename: "ProductVariant",
    id: item.shopify.variantId,
    sku: item.sku,
    barcode: null,
    title: "Default Title",
    inventoryPolicy: "DENY",
    inventoryQuantity: listing?.available ?? 0,
    sellableOnlineQuantity: listing ? offered(listing) : 0,
    requiresComponents: false,
    // Nothing here is made of others.
    productVariantComponents: (page: PageArguments) => listConnection([], page),
    product: () => productView(run, item),
    inventoryItem: () => inventoryItemView(run, item),
  };
}

export function itemByInventoryId(id: string): CatalogueItem | undefined {
  return catalogue.find((item) => item.shopify.inventoryItemId === id);
}

export function itemByVariantId(id: string): CatalogueItem | undefined {
  return catalogue.find((item) => item.shopify.variantId === id);
}

export function itemByProductId(id: string): CatalogueItem | undefined {
  return catalogue.find((item) => item.shopify.productId === id);
}
