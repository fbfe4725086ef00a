/** From eBay's orders to the product's, line by line (channels.md 4.3). Pure. */
import type { ChannelOrder, OrderLine } from "../channel";
import type { OrderLineV1, OrderV1, ShipmentsReplyV1 } from "./wire";

/** Units shipped, by line item id. */
export type ShippedUnits = ReadonlyMap<string, number>;

/** From eBay's own warehouse or vault: not the seller's shelf. */
export function isFulfilledByEbay({ program }: OrderV1): boolean {
  if ((program?.fulfillmentProgram?.fulfilledBy ?? "") !== "") return true;
  return (program?.ebayVault?.fulfillmentType ?? "").toUpperCase().startsWith("VAULT");
}

/** A line that left in part does not say how much of it left; the order's shipments do. */
export function needsShipments(order: OrderV1): boolean {
  return order.lineItems.some(
    (line) => line.lineItemFulfillmentStatus === "IN_PROGRESS" && line.quantity > 1,
  );
}

export function shippedUnits({ fulfillments }: ShipmentsReplyV1): ShippedUnits {
  const units = new Map<string, number>();
  for (const { lineItems } of fulfillments) {
    for (const { lineItemId, quantity } of lineItems) {
      units.set(lineItemId, (units.get(lineItemId) ?? 0) + quantity);
    }
  }
  return units;
}

/** `shipped` null: not known; what left in part then counts as still here. */
export function toChannelOrder(order: OrderV1, shipped: ShippedUnits | null): ChannelOrder {
  const gone = isCancelled(order);
  return {
    orderId: order.orderId,
    createdAt: order.creationDate,
    updatedAt: order.lastModifiedDate,
    paid: isPaid(order),
    lines: order.lineItems.map((line) => toLine(line, shipped, gone)),
  };
}

function toLine(line: OrderLineV1, shipped: ShippedUnits | null, gone: boolean): OrderLine {
  const left = Math.min(line.quantity, shippedOf(line, shipped));
  return {
    lineId: line.lineItemId,
    listingId: listingIdOf(line),
    ordered: line.quantity,
    cancelled: gone ? line.quantity - left : 0,
    shipped: left,
  };
}

function shippedOf(line: OrderLineV1, shipped: ShippedUnits | null): number {
  if (line.lineItemFulfillmentStatus === "FULFILLED") return line.quantity;
  // A new word keeps its units reserved: reserving too much is corrected, selling twice is not.
  if (line.lineItemFulfillmentStatus !== "IN_PROGRESS") return 0;
  return shipped?.get(line.lineItemId) ?? 0;
}

/**
 * A listing of the Inventory API is known by its SKU. One made elsewhere may have none; it cannot be
 * written to, but its order is not to be lost.
 */
function listingIdOf(line: OrderLineV1): string {
  if (line.sku != null) return line.sku;
  const variation = line.legacyVariationId === "" ? "" : `/${line.legacyVariationId}`;
  return `item ${line.legacyItemId}${variation}`;
}

/** A buyer's request alone (IN_PROGRESS) cancels nothing: the seller may have shipped already. */
function isCancelled(order: OrderV1): boolean {
  if (order.cancelStatus?.cancelState === "CANCELED") return true;
  return order.orderPaymentStatus === "FAILED" || order.orderPaymentStatus === "FULLY_REFUNDED";
}

/** PENDING is also said of a refund on its way: then the payment itself has been made. */
function isPaid(order: OrderV1): boolean {
  if (order.orderPaymentStatus !== "PENDING") return order.orderPaymentStatus !== "FAILED";
  const payments = order.paymentSummary?.payments ?? [];
  return payments.some(({ paymentStatus }) => paymentStatus === "PAID");
}
