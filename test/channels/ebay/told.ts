/** What the tests of eBay's adapter are told and tell: listings, orders, offers, keys. */
import type { Listing } from "../../../src/channels/channel";
import type { EbayCredentials } from "../../../src/channels/ebay/auth";

export const clock = { now: () => Date.UTC(2026, 10, 23, 18) };

export const credentials: EbayCredentials = {
  clientId: "Shop-Stream-PRD-1",
  clientSecret: "PRD-canary-secret",
  ruName: "Shop_Stream-Stream-PRD-ab",
  refreshToken: "v^1.1#refresh-canary",
  environment: "production",
};
export const tokens = { accessToken: "v^1.1#access", refreshToken: null, expiresAt: 1 };

export function ebayListing(n: number, more: Partial<Listing> = {}): Listing {
  return {
    channel: "ebay",
    listingId: `SKU-${n}`,
    parentId: `82094000${n}0`,
    locationId: "",
    ...more,
  };
}

export function offer(more: object = {}): object {
  return {
    offerId: "8209400010",
    sku: "SKU-1",
    marketplaceId: "EBAY_US",
    format: "FIXED_PRICE",
    status: "PUBLISHED",
    availableQuantity: 7,
    listing: { listingId: "110553000001", listingStatus: "ACTIVE", soldQuantity: 0 },
    ...more,
  };
}

/** An order of one line. */
export function order(line: object = {}, more: object = {}): object {
  return {
    orderId: "11-00001-48231",
    creationDate: "2026-11-23T10:00:00.000Z",
    lastModifiedDate: "2026-11-23T10:01:00.000Z",
    orderPaymentStatus: "PAID",
    orderFulfillmentStatus: "NOT_STARTED",
    sellerId: "a-seller",
    cancelStatus: { cancelState: "NONE_REQUESTED", cancelRequests: [] },
    lineItems: [
      {
        lineItemId: "10070000012110",
        sku: "SKU-1",
        quantity: 3,
        lineItemFulfillmentStatus: "NOT_STARTED",
        ...line,
      },
    ],
    ...more,
  };
}

export const failure = (status: number, errorId: number, message = "") => ({
  status,
  body: { errors: [{ errorId, domain: "API_INVENTORY", category: "REQUEST", message }] },
});
