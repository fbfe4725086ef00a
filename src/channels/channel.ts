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
 *  - It holds no state between calls but what the cursor carries.
 */
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
  /** Units, 0 or more. */
  readonly available: number;
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

export interface QuantityWrite {
  readonly listing: Listing;
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

export interface Channel {
  readonly id: ChannelId;
  /** True where a write can name the quantity it replaces (Shopify alone). */
  readonly comparesAndSets: boolean;
  /** The largest batch that is safe to write in one call. */
  readonly writesMax: number;
  readStock(listings: readonly Listing[]): Promise<Result<readonly StockReading[], Refusal>>;
  /** `cursor` null: from `fallbackSinceMs` on. */
  readOrders(cursor: string | null, fallbackSinceMs: number): Promise<Result<OrderPage, Refusal>>;
  /** At most `writesMax` writes; one outcome per write, in any order. */
  writeStock(writes: readonly QuantityWrite[]): Promise<Result<readonly WriteOutcome[], Refusal>>;
}
