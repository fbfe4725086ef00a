/**
 * The port every channel plugs into, and the refusals it may answer. `sync/` knows this file and
 * no channel; `channels/<name>/` is the whole of what the product knows about that channel.
 *
 * Obligations of an adapter:
 *  - It parses every reply with a schema and never trusts a field it did not check. A reply that
 *    does not fit is `malformed`, with the place, never an exception.
 *  - It turns status, headers and body into a Refusal once, here; nobody else looks at HTTP.
 *  - `readOrders` may return an order twice and in any order; it never leaves one out that changed
 *    after the cursor (overlap the window, follow every page).
 *  - Orders the platform fulfils from its own warehouse are left out: they are not the seller's stock.
 *  - HTTP 200 is not success (channels.md 5.4): each written listing has its own outcome.
 *  - It holds no state between calls but what the cursor carries and what is left of its budget.
 *  - It never sends a call that a published limit forbids: it answers `throttled` itself, with the
 *    time to wait, before a byte leaves. What a channel says of its limits in headers replaces what
 *    was published (channels.md 5.5).
 */
import type { Clock } from "../base/clock";
import type { ChannelId } from "../base/ids";
import type { Result } from "../base/result";
import type { RelayRequest, RelayResponse } from "./http/relay-contract";

/** One listing of a SKU on one channel, by the ids the channel wants. */
export interface Listing {
  readonly channel: ChannelId;
  /** The id an order line and a stock reading carry: TikTok sku id, Shopify inventory item id. */
  readonly listingId: string;
  /** TikTok product id, Shopify variant id. */
  readonly parentId: string;
  /** TikTok warehouse id, Shopify location id. */
  readonly locationId: string;
}

/** What a channel offers of a listing: its *available* number, net of its own open orders. */
export interface StockReading {
  readonly listingId: string;
  /** Units, 0 or more. The number that a write replaces, so what is `locked` counts in it. */
  readonly available: number;
  /**
   * Units of `available` that an ordinary shopper cannot buy, since the channel keeps them for a
   * campaign or a creator (TikTok, channels.md 1.2). Left out: none.
   */
  readonly locked?: number;
}

/**
 * One line of an order. `ordered` = `cancelled` + `shipped` + what is still open; units, whole.
 * A channel without quantities (TikTok: one line item = one unit) is summed up per listing.
 */
export interface OrderLine {
  /** Stable within the order: the channel's line id, or the listing id where lines are summed. */
  readonly lineId: string;
  readonly listingId: string;
  readonly ordered: number;
  readonly cancelled: number;
  readonly shipped: number;
}

export interface ChannelOrder {
  readonly orderId: string;
  /** Milliseconds since the epoch, by the channel's clock. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** False while the buyer may still pay: open units are an unpaid hold, not a commitment. */
  readonly paid: boolean;
  readonly lines: readonly OrderLine[];
}

export interface OrderPage {
  /** Every order that changed since the cursor, all pages together. */
  readonly orders: readonly ChannelOrder[];
  /** Opaque to everyone but the adapter; to be stored with the entries it led to. */
  readonly cursor: string;
}

/** Why a quantity is written; a budget may keep calls back for the two that stop a listing. */
export type WriteReason = "level" | "pause" | "resume";

export interface QuantityWrite {
  readonly listing: Listing;
  readonly reason: WriteReason;
  /** The available number to set, absolute; units, 0 or more. */
  readonly quantity: number;
  /** What the channel is believed to show; used where the channel can compare and set. */
  readonly expected: number | null;
  /** The same write sent again carries the same key. */
  readonly idempotencyKey: string;
}

export type WriteOutcome =
  | { readonly listingId: string; readonly kind: "accepted" }
  /** Compare-and-set failed: someone else (an order, a person) changed the number first. */
  | { readonly listingId: string; readonly kind: "stale" }
  | {
      readonly listingId: string;
      readonly kind: "rejected";
      readonly code: string;
      readonly message: string;
    };

export type Refusal =
  /** The companion does not answer. */
  | { readonly kind: "companion_down" }
  /** Another worker leads; nothing was sent. */
  | { readonly kind: "fenced_off" }
  /** The companion answers, the channel does not. */
  | { readonly kind: "unreachable"; readonly message: string }
  | { readonly kind: "throttled"; readonly retryAfterMs: number }
  | { readonly kind: "unauthorised"; readonly code: string; readonly message: string }
  | { readonly kind: "server_error"; readonly status: number; readonly message: string }
  | { readonly kind: "rejected"; readonly code: string; readonly message: string }
  | { readonly kind: "malformed"; readonly where: string };

/** How an adapter reaches its channel; credentials and host are the relay's business. */
export interface ChannelHttp {
  send(request: RelayRequest): Promise<Result<RelayResponse, Refusal>>;
}

/** What every adapter is made from: `amazonChannel({ http, clock })`. */
export interface ChannelPorts {
  readonly http: ChannelHttp;
  /** For the budget alone; times of orders and cursors are the channel's own. */
  readonly clock: Clock;
}

/** One listing as the shop has it today; what a mapping of listings to SKUs is made from. */
export interface ListedItem {
  readonly listing: Listing;
  /** The seller's own SKU on this listing; "" where she never gave one. */
  readonly sku: string;
  /** From outside: text to show, never markup or a formula. */
  readonly title: string;
  /** False: delisted, paused or never published. */
  readonly onSale: boolean;
  /** "channel": shipped from the platform's warehouse, so never the seller's own stock. */
  readonly fulfilledBy: "seller" | "channel";
  /**
   * Set where the channel itself says that the listing is made of others (TikTok combined listing,
   * eBay and Shopify bundle): their listing ids and units of each in one.
   */
  readonly parts: readonly { readonly listingId: string; readonly units: number }[];
  /** What the seller should know before she relies on this listing. Left out: nothing. */
  readonly warnings?: readonly ListingWarning[];
}

export type ListingWarning =
  /** Sold on at 0 (Shopify's policy CONTINUE): a pause does not stop it. */
  | "sells_below_zero"
  /** The channel does not count it (Shopify): it never sells out, and no quantity can be set. */
  | "not_tracked"
  /** Stocked in several places of the seller; `locationId` names the one that is kept up. */
  | "several_locations"
  /** In none of the seller's places: no quantity can be set. */
  | "no_location"
  /** Another listing of the shop has the same SKU. */
  | "sku_not_unique"
  /** Made of others, and the channel did not say of which. */
  | "parts_unknown";

export interface ListedPage {
  readonly items: readonly ListedItem[];
  /** Opaque; null on the last page. */
  readonly next: string | null;
}

/** What a connection test found out; `missing` are rights the product needs and the token lacks. */
export interface ConnectionReport {
  /** "" where the channel does not tell it. */
  readonly shopName: string;
  readonly missing: readonly string[];
}

export type CallKind = "read_stock" | "read_orders" | "write_stock";

/** What the budget says of the next call of a kind. */
export interface Allowance {
  /** Milliseconds since the epoch; now or earlier: it may go at once. */
  readonly nextAt: number;
  /** Calls that may still go in this window; null where the channel does not count that way. */
  readonly left: number | null;
}

export interface Channel {
  readonly id: ChannelId;
  /**
   * True where orders arrive so rarely that a listing whose quantity fell is a sale already
   * (Amazon: one order search in three minutes, channels.md 2).
   */
  readonly sellsBeforeOrders: boolean;
  /** True where a write can name the quantity it replaces (Shopify alone). */
  readonly comparesAndSets: boolean;
  /** The largest batch that is safe to write in one call. */
  readonly writesMax: number;
  readStock(listings: readonly Listing[]): Promise<Result<readonly StockReading[], Refusal>>;
  /** `cursor` null: from `fallbackSinceMs` on. */
  readOrders(cursor: string | null, fallbackSinceMs: number): Promise<Result<OrderPage, Refusal>>;
  /** At most `writesMax` writes; one outcome per write, in any order. */
  writeStock(writes: readonly QuantityWrite[]): Promise<Result<readonly WriteOutcome[], Refusal>>;
  /** Every listing of the shop, a page at a time; `page` null: the first. */
  readListings(page: string | null): Promise<Result<ListedPage, Refusal>>;
  /** Delist (false) or relist (true). Not the same as quantity 0: see channels.md for what it costs. */
  setOnSale(listing: Listing, onSale: boolean): Promise<Result<WriteOutcome, Refusal>>;
  /** The cheapest call that proves credentials and rights; changes nothing. */
  testConnection(): Promise<Result<ConnectionReport, Refusal>>;
  allowance(kind: CallKind): Allowance;
}
