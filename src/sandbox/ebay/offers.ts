/** eBay's offers: what a SKU is sold as, and taking it off sale and back on (channels.md 4.2, 4.5). */
import { catalogue, type CatalogueItem } from "../catalogue";
import { findListing, setListed } from "../shop";
import type { Run } from "../state";
import { itemBySku, type Outcome } from "./inventory";
import type { EbayMemory } from "./memory";
import { badRequest, ebayError, failure, success, type Reply } from "./reply";

function isOff(run: Run, item: CatalogueItem): boolean {
  return findListing(run.shop, "ebay", item.sku)?.status === "off";
}

function offerJson(run: Run, item: CatalogueItem, memory: EbayMemory): object {
  const { offer, item: items } = memory.quantities(run, item);
  const listing = {
    listingId: memory.listingId(run, item),
    listingStatus: Math.min(offer, items) === 0 ? "OUT_OF_STOCK" : "ACTIVE",
    listingOnHold: false,
    soldQuantity: run.shop.orders
      .filter((order) => order.venue === "ebay" && order.status !== "cancelled")
      .flatMap((order) => order.lines)
      .reduce((sum, line) => (line.sku === item.sku ? sum + line.units : sum), 0),
  };
  return {
    offerId: item.ebay.offerId,
    sku: item.ebay.sku,
    marketplaceId: "EBAY_US",
    format: "FIXED_PRICE",
    listingDuration: "GTC",
    availableQuantity: offer,
    merchantLocationKey: item.ebay.merchantLocationKey,
    pricingSummary: { price: { value: "12.00", currency: "USD" } },
    status: isOff(run, item) ? "UNPUBLISHED" : "PUBLISHED",
    ...(!isOff(run, item) && { listing }),
  };
}

function notAvailable(what: string): Reply {
  return failure(404, ebayError(25_713, `This Offer is not available : ${what}.`));
}

export function offersOfSku(
  run: Run,
  query: Readonly<Record<string, string>>,
  memory: EbayMemory,
): Reply {
  const { sku, format, limit } = query;
  if (sku === undefined) return badRequest(25_709, "Invalid value for sku.");
  if (limit !== undefined && !/^[1-9]\d{0,2}$/.test(limit)) {
    return badRequest(25_706, "You have provided invalid pagination values.");
  }
  if (format !== undefined && format !== "FIXED_PRICE" && format !== "AUCTION") {
    return badRequest(25_709, "Invalid value for format.");
  }
  const item = itemBySku(sku);
  if (item === undefined || format === "AUCTION") return notAvailable(sku);
  const offers = [offerJson(run, item, memory)];
  const href = `/sell/inventory/v1/offer?sku=${encodeURIComponent(sku)}`;
  return success({ href, total: 1, size: 1, limit: Number(limit ?? "100"), offers });
}

export function oneOffer(run: Run, offerId: string, memory: EbayMemory): Reply {
  const item = catalogue.find(({ ebay }) => ebay.offerId === offerId);
  return item === undefined ? notAvailable(offerId) : success(offerJson(run, item, memory));
}

export function publishOffer(
  run: Run,
  offerId: string,
  publish: boolean,
  { memory, now }: { readonly memory: EbayMemory; readonly now: number },
): Outcome {
  const item = catalogue.find(({ ebay }) => ebay.offerId === offerId);
  if (item === undefined) return { run, reply: notAvailable(offerId) };
  if (isOff(run, item) !== publish) {
    const word = publish ? "already published" : "not published";
    return { run, reply: badRequest(25_002, `A user error has occurred. The offer is ${word}.`) };
  }
  // What is published is a new listing, with a day of its own.
  if (publish) memory.relisted(run, item);
  if (!memory.revise(run, item, now)) {
    const message = "This listing has reached its limit of 250 revisions for today.";
    return { run, reply: badRequest(25_002, message) };
  }
  const status = publish ? "live" : "off";
  const shop = setListed(run.shop, "ebay", item.sku, { status });
  const listingId = memory.listingId(run, item);
  return { run: { ...run, shop }, reply: success({ listingId }) };
}
