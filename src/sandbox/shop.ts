/**
 * The shop as it really is: one warehouse, a listing per channel, the orders. Pure: every function
 * takes the shop and the time and gives the shop that follows.
 *
 * Each channel counts its own listing down and refuses an order when that number is used up; none
 * knows of the others. What they promise together may exceed the warehouse, which is what the
 * product is there to prevent.
 */
import { err, ok, type Result } from "../base/result";
import type { Listing, Order, OrderStatus, Shop, Venue } from "./state";

export interface OrderRequest {
  readonly venue: Venue;
  readonly lines: readonly { readonly sku: string; readonly units: number }[];
  /** Paid at once, or the buyer still has to. */
  readonly status: "unpaid" | "held" | "open";
}

export type PlaceRefusal = "unknown_listing" | "not_offered" | "sold_out";

export function findListing(shop: Shop, venue: Venue, sku: string): Listing | undefined {
  return shop.listings.find((listing) => listing.venue === venue && listing.sku === sku);
}

/** Units a shopper can put into the basket right now. */
export function offered(listing: Listing): number {
  return listing.status === "live" && listing.published ? listing.available : 0;
}

export function orderOf(shop: Shop, seq: number): Order | undefined {
  return shop.orders[seq - 1];
}

/** Units of the order's lines of one SKU. */
function unitsOf(order: Order, sku: string): number {
  return order.lines.reduce((sum, line) => (line.sku === sku ? sum + line.units : sum), 0);
}

/** The channels that list anything, in the order in which they were made. */
export function venuesOf(shop: Shop): Venue[] {
  return [...new Set(shop.listings.map((listing) => listing.venue))];
}

/** Units of a SKU in the orders of a channel that stand in one of the given states. */
export function unitsIn(
  shop: Shop,
  venue: Venue,
  sku: string,
  statuses: readonly OrderStatus[],
): number {
  return shop.orders.reduce(
    (sum, order) =>
      order.venue === venue && statuses.includes(order.status) ? sum + unitsOf(order, sku) : sum,
    0,
  );
}

/** Units that a channel has taken off its listing and that are still in the warehouse. */
export function committedUnits(shop: Shop, venue: Venue, sku: string): number {
  return unitsIn(shop, venue, sku, ["unpaid", "held", "open"]);
}

function withListing(
  shop: Shop,
  venue: Venue,
  sku: string,
  change: (listing: Listing) => Listing,
): Shop {
  return {
    ...shop,
    listings: shop.listings.map((listing) =>
      listing.venue === venue && listing.sku === sku ? change(listing) : listing,
    ),
  };
}

function moveListing(shop: Shop, venue: Venue, sku: string, units: number, now: number): Shop {
  return withListing(shop, venue, sku, (listing) => ({
    ...listing,
    available: listing.available + units,
    updatedAt: now,
  }));
}

/** All lines or none. The listing goes down at once, paid or not (channels.md 0.1). */
export function place(
  shop: Shop,
  request: OrderRequest,
  now: number,
): Result<{ readonly shop: Shop; readonly order: Order }, PlaceRefusal> {
  let next = shop;
  for (const line of request.lines) {
    const listing = findListing(next, request.venue, line.sku);
    if (!listing) return err("unknown_listing");
    if (listing.status !== "live" || !listing.published) return err("not_offered");
    if (listing.available < line.units) return err("sold_out");
    next = moveListing(next, request.venue, line.sku, -line.units, now);
  }
  const revision = shop.revision + 1;
  const order: Order = {
    seq: shop.orders.length + 1,
    venue: request.venue,
    lines: request.lines.map((line) => ({ ...line })),
    status: request.status,
    createdAt: now,
    updatedAt: now,
    revision,
    paidAt: request.status === "unpaid" ? null : now,
    shippedAt: null,
    cancelledAt: null,
    cancelledBy: null,
  };
  return ok({ shop: { ...next, orders: [...shop.orders, order], revision }, order });
}

/** A shopper who went away empty-handed. */
export function refuse(shop: Shop, venue: Venue, sku: string, units: number): Shop {
  return withListing(shop, venue, sku, (listing) => ({
    ...listing,
    refused: listing.refused + units,
  }));
}

function change(shop: Shop, seq: number, now: number, fields: Partial<Order>): Shop {
  const revision = shop.revision + 1;
  return {
    ...shop,
    revision,
    orders: shop.orders.map((order) =>
      order.seq === seq ? { ...order, ...fields, updatedAt: now, revision } : order,
    ),
  };
}

/** Payment of an unpaid order; anything else stays as it is. "held": the remorse hour begins. */
export function pay(shop: Shop, seq: number, status: "held" | "open", now: number): Shop {
  if (orderOf(shop, seq)?.status !== "unpaid") return shop;
  return change(shop, seq, now, { status, paidAt: now });
}

/** The remorse hour is over. */
export function release(shop: Shop, seq: number, now: number): Shop {
  if (orderOf(shop, seq)?.status !== "held") return shop;
  return change(shop, seq, now, { status: "open" });
}

/** Puts the units back on the listing they came from. Shipped and cancelled orders stay. */
export function cancel(
  shop: Shop,
  seq: number,
  by: "buyer" | "system" | "seller",
  now: number,
): Shop {
  const order = orderOf(shop, seq);
  if (!order || order.status === "shipped" || order.status === "cancelled") return shop;
  const restocked = order.lines.reduce(
    (next, line) => moveListing(next, order.venue, line.sku, line.units, now),
    shop,
  );
  return change(restocked, seq, now, { status: "cancelled", cancelledAt: now, cancelledBy: by });
}

/**
 * Hands an order to the carrier: the warehouse goes down, the listing does not. Refused unless the
 * order is open and the warehouse really has the units.
 */
export function ship(
  shop: Shop,
  seq: number,
  now: number,
): Result<Shop, "not_open" | "not_in_stock"> {
  const order = orderOf(shop, seq);
  if (order?.status !== "open") return err("not_open");
  const warehouse = { ...shop.warehouse };
  for (const line of order.lines) {
    const left = (warehouse[line.sku] ?? 0) - line.units;
    if (left < 0) return err("not_in_stock");
    warehouse[line.sku] = left;
  }
  return ok(change({ ...shop, warehouse }, seq, now, { status: "shipped", shippedAt: now }));
}

/** `quantity`: units, 0 or more; the absolute available number. */
export function setAvailable(
  shop: Shop,
  venue: Venue,
  sku: string,
  quantity: number,
  now: number,
): Shop {
  return withListing(shop, venue, sku, (listing) => ({
    ...listing,
    available: quantity,
    updatedAt: now,
  }));
}

export function setListed(
  shop: Shop,
  venue: Venue,
  sku: string,
  fields: Partial<Pick<Listing, "status" | "published">>,
): Shop {
  return withListing(shop, venue, sku, (listing) => ({ ...listing, ...fields }));
}
