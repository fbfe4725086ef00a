/**
 * What the rehearsal shop sells: three items of real daily sales (source in online-retail.json;
 * the data has no titles) and the ids under which the channels list them.
 */
import { assert } from "../base/assert";
import source from "./online-retail.json";

export interface CatalogueItem {
  readonly sku: string;
  readonly title: string;
  readonly featured: boolean;
  /** Units sold on each of the 30 days before the item's event day, oldest first. */
  readonly dailySales: readonly number[];
  /** Units sold on the event day. */
  readonly eventUnits: number;
  /** Units in the warehouse at a run's start. */
  readonly onHand: number;
  readonly tiktok: {
    readonly productId: string;
    readonly skuId: string;
    readonly warehouseId: string;
  };
  readonly shopify: {
    readonly productId: string;
    readonly variantId: string;
    readonly inventoryItemId: string;
    readonly locationId: string;
  };
}

/** TikTok's warehouse and Shopify's location: the same shelves. */
export const TIKTOK_WAREHOUSE_ID = "7398021546630178606";
export const SHOPIFY_LOCATION_ID = "gid://shopify/Location/83650412763";

function item(
  index: number,
  fields: Pick<CatalogueItem, "title" | "featured" | "onHand"> & { readonly digit: number },
): CatalogueItem {
  const sales = source.items[index];
  assert(sales?.dailySales.length === 30, "thirty days of sales for every item");
  return {
    sku: `OR-${sales.item}`,
    title: fields.title,
    featured: fields.featured,
    onHand: fields.onHand,
    dailySales: sales.dailySales,
    eventUnits: sales.eventUnits,
    tiktok: {
      productId: `172959296971220${fields.digit}017`,
      skuId: `172959296983751${fields.digit}433`,
      warehouseId: TIKTOK_WAREHOUSE_ID,
    },
    shopify: {
      productId: `gid://shopify/Product/8591402${fields.digit}10363`,
      variantId: `gid://shopify/ProductVariant/4682910${fields.digit}530651`,
      inventoryItemId: `gid://shopify/InventoryItem/4892511${fields.digit}415643`,
      locationId: SHOPIFY_LOCATION_ID,
    },
  };
}

/**
 * On hand of the featured item: what its 30 days plan for a stream (318) and a share for Shopify.
 * The companions have more than a stream will ask of them.
 */
export const catalogue: readonly CatalogueItem[] = [
  item(0, { title: "Online Retail item 82484 · featured", featured: true, onHand: 338, digit: 3 }),
  item(1, { title: "Online Retail item 23243", featured: false, onHand: 240, digit: 5 }),
  item(2, { title: "Online Retail item 21733", featured: false, onHand: 130, digit: 7 }),
];

export const creator = { name: "Mia Chen", followers: 80_000 } as const;

export function itemOf(sku: string): CatalogueItem {
  const found = catalogue.find((candidate) => candidate.sku === sku);
  assert(found !== undefined, `${sku} stands in the catalogue`);
  return found;
}
