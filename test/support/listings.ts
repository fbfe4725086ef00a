import type { ChannelId } from "../../src/base/ids";
import type { Listing, QuantityWrite } from "../../src/channels/channel";

/** Ids beyond what a JavaScript number holds exactly: read as one, 008 and 009 would be the same. */
export function tiktokListing(n: number, more: Partial<Listing> = {}): Listing {
  return listing(
    "tiktok",
    `172938832498789780${n}`,
    `172959296971220700${n}`,
    "705491528304317",
    more,
  );
}

export function shopifyListing(n: number, more: Partial<Listing> = {}): Listing {
  const gid = "gid://shopify/";
  return listing(
    "shopify",
    `${gid}InventoryItem/${n}`,
    `${gid}ProductVariant/${n}`,
    `${gid}Location/1`,
    more,
  );
}

/** SKUs as sellers write them: a slash, a blank, Chinese. */
export function amazonListing(n: number, more: Partial<Listing> = {}): Listing {
  return listing("amazon", `面霜/SERUM ${n}`, `B0CX23V2Z${n}`, "ATVPDKIKX0DER", more);
}

function listing(
  channel: ChannelId,
  listingId: string,
  parentId: string,
  locationId: string,
  more: Partial<Listing>,
): Listing {
  return { channel, listingId, parentId, locationId, ...more };
}

export function write(
  of: Listing,
  quantity: number,
  more: Partial<QuantityWrite> = {},
): QuantityWrite {
  return {
    listing: of,
    reason: "level",
    quantity,
    expected: null,
    idempotencyKey: `k-${of.listingId}`,
    ...more,
  };
}
