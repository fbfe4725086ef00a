/**
 * From Shopify's orders to the product's (channels.md 3.3). Pure.
 *
 * A bundle's components are line items of their own here, so nothing is to be taken apart. Shopify
 * has no warehouse of its own: every order draws on the seller's stock.
 */
import type { ChannelOrder, OrderLine } from "../channel";
import type { LineItem202610, Order202610, Shipments202610 } from "./wire";

/** Units shipped, by line item id. */
export type ShippedUnits = ReadonlyMap<string, number>;

/**
 * Nothing has been captured and the buyer may still pay, or never will: EXPIRED and VOIDED orders
 * stay open, and Shopify keeps their units committed, until someone cancels them. AUTHORIZED is
 * secured money and PARTIALLY_PAID a deposit: both are commitments. No status at all, too.
 */
const unpaid = new Set(["PENDING", "EXPIRED", "VOIDED"]);

export function toChannelOrder(
  order: Order202610,
  items: readonly LineItem202610[],
  shipped: ShippedUnits | null,
): ChannelOrder {
  return {
    orderId: order.id,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    paid: !unpaid.has(order.displayFinancialStatus ?? ""),
    lines: items.flatMap((item) => toLine(order, item, shipped)),
  };
}

function hasShipments(order: Order202610): boolean {
  const status = order.displayFulfillmentStatus;
  return status === "FULFILLED" || status === "PARTIALLY_FULFILLED";
}

function removed(item: LineItem202610): number {
  return Math.max(0, item.quantity - item.currentQuantity);
}

/**
 * Removed and shipped units look alike in the quantities: three ordered and one refunded may have
 * been refunded before or after it left. Only the shipments themselves tell.
 */
export function needsShipments(order: Order202610, items: readonly LineItem202610[]): boolean {
  if (!hasShipments(order)) return false;
  return order.cancelledAt !== null || items.some((item) => removed(item) > 0);
}

/** A line without a variant was typed in by hand or has lost its product: it draws on no stock. */
function toLine(
  order: Order202610,
  item: LineItem202610,
  shipped: ShippedUnits | null,
): readonly OrderLine[] {
  if (item.variant === null) return [];
  const left = shippedOf(order, item, shipped);
  return [
    {
      lineId: item.id,
      listingId: item.variant.inventoryItem.id,
      ordered: item.quantity,
      cancelled: cancelledOf(order, item, left),
      shipped: left,
    },
  ];
}

function shippedOf(order: Order202610, item: LineItem202610, shipped: ShippedUnits | null): number {
  if (!hasShipments(order)) return 0;
  if (shipped !== null) return Math.min(item.quantity, shipped.get(item.id) ?? 0);
  return Math.max(0, item.quantity - item.unfulfilledQuantity);
}

/** The order has nothing (any more) to be shipped: what did not leave will not. */
const nothingToShip = new Set(["FULFILLMENT_NOT_REQUIRED", "RESTOCKED"]);

function cancelledOf(order: Order202610, item: LineItem202610, left: number): number {
  const unshipped = item.quantity - left;
  if (order.cancelledAt !== null) return unshipped;
  if (nothingToShip.has(order.displayFulfillmentStatus)) return unshipped;
  // With shipments, what is still to be shipped is certain; without, what was removed is.
  if (hasShipments(order)) return Math.max(0, unshipped - item.unfulfilledQuantity);
  return Math.min(unshipped, removed(item));
}

/** Null: the reply does not hold all of the order's shipments. */
export function shippedUnits(order: Shipments202610, shipmentsMax: number): ShippedUnits | null {
  if (order.fulfillments.length >= shipmentsMax) return null;
  const units = new Map<string, number>();
  for (const { status, fulfillmentLineItems } of order.fulfillments) {
    if (status !== "SUCCESS") continue;
    if (fulfillmentLineItems.pageInfo.hasNextPage) return null;
    for (const { quantity, lineItem } of fulfillmentLineItems.nodes) {
      units.set(lineItem.id, (units.get(lineItem.id) ?? 0) + (quantity ?? 0));
    }
  }
  return units;
}
