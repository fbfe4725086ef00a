/**
 * What the rehearsal shop sells: three items of real daily sales (source in online-retail.json;
 * the data has no titles) and the ids under which the channels list them.
 */
import { assert, never } from "../base/assert";
import type { ChannelId } from "../base/ids";
import source from "./online-retail.json";

/** A listing in the contract's words: what an adapter's `Listing` is made of. */
export interface ListedAs {
  readonly channel: ChannelId;
  readonly listingId: string;
  readonly parentId: string;
  readonly locationId: string;
}

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
  readonly amazon: {
    /** The SKU that the seller gave at Amazon; not always the one on the shelf. */
    readonly sellerSku: string;
    readonly asin: string;
    readonly productType: string;
    readonly marketplaceId: string;
  };
  readonly shopify: {
    readonly productId: string;
    readonly variantId: string;
    readonly inventoryItemId: string;
    readonly locationId: string;
  };
  readonly ebay: {
    readonly sku: string;
    readonly offerId: string;
    /** The listing's own number: "legacy item id" in orders, what the revisions of a day belong to. */
    readonly itemId: string;
    readonly merchantLocationKey: string;
  };
}

/** TikTok's warehouse, Shopify's and eBay's location: the same shelves. */
export const TIKTOK_WAREHOUSE_ID = "7398021546630178606";
export const SHOPIFY_LOCATION_ID = "gid://shopify/Location/83650412763";
export const EBAY_LOCATION_KEY = "rehearsal-warehouse";
/** Amazon in the United States (channels.md 2.1). */
export const AMAZON_MARKETPLACE_ID = "ATVPDKIKX0DER";

function item(
  index: number,
  fields: Pick<CatalogueItem, "title" | "featured" | "onHand"> & {
    readonly digit: number;
    readonly sellerSku?: string;
  },
): CatalogueItem {
  const sales = source.items[index];
  assert(sales?.dailySales.length === 30, "thirty days of sales for every item");
  const { digit } = fields;
  const sku = `OR-${sales.item}`;
  return {
    sku,
    title: fields.title,
    featured: fields.featured,
    onHand: fields.onHand,
    dailySales: sales.dailySales,
    eventUnits: sales.eventUnits,
    tiktok: {
      productId: `172959296971220${digit}017`,
      skuId: `172959296983751${digit}433`,
      warehouseId: TIKTOK_WAREHOUSE_ID,
    },
    amazon: {
      sellerSku: fields.sellerSku ?? sku,
      asin: `B0RHRSL${digit}4K`,
      productType: "PRODUCT",
      marketplaceId: AMAZON_MARKETPLACE_ID,
    },
    shopify: {
      productId: `gid://shopify/Product/8591402${digit}10363`,
      variantId: `gid://shopify/ProductVariant/4682910${digit}530651`,
      inventoryItemId: `gid://shopify/InventoryItem/4892511${digit}415643`,
      locationId: SHOPIFY_LOCATION_ID,
    },
    ebay: {
      sku,
      offerId: `8209${digit}154010`,
      itemId: `1105${digit}2047386`,
      merchantLocationKey: EBAY_LOCATION_KEY,
    },
  };
}

/**
 * On hand of the featured item: what its 30 days plan for a stream (318) and a share for the other
 * channels. The companions have more than a stream will ask of them. One of them goes by another
 * SKU at Amazon, with a blank in it, so that nothing may lean on the two being the same.
 */
export const catalogue: readonly CatalogueItem[] = [
  item(0, { title: "Online Retail item 82484 · featured", featured: true, onHand: 338, digit: 3 }),
  item(1, {
    title: "Online Retail item 23243",
    featured: false,
    onHand: 240,
    digit: 5,
    sellerSku: "23243 US",
  }),
  item(2, { title: "Online Retail item 21733", featured: false, onHand: 130, digit: 7 }),
];

export const creator = { name: "Mia Chen", followers: 80_000 } as const;

export function itemOf(sku: string): CatalogueItem {
  const found = catalogue.find((candidate) => candidate.sku === sku);
  assert(found !== undefined, `${sku} stands in the catalogue`);
  return found;
}

/** The same ids as an adapter of the channel wants them (channels/channel.ts, Listing). */
export function listedAs(of: CatalogueItem, channel: ChannelId): ListedAs {
  const ids = (listingId: string, parentId: string, locationId: string): ListedAs => ({
    channel,
    listingId,
    parentId,
    locationId,
  });
  switch (channel) {
    case "tiktok":
      return ids(of.tiktok.skuId, of.tiktok.productId, of.tiktok.warehouseId);
    case "amazon":
      return ids(of.amazon.sellerSku, of.amazon.asin, of.amazon.marketplaceId);
    case "shopify":
      return ids(of.shopify.inventoryItemId, of.shopify.variantId, of.shopify.locationId);
    case "ebay":
      // A third id would be that of a group of variations; these are single listings.
      return ids(of.ebay.sku, of.ebay.offerId, "");
    default:
      return never(channel);
  }
}
