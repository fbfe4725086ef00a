/** From Amazon's orders to the product's (channels.md 2.3). Pure. */
import type { ChannelOrder, OrderLine } from "../channel";
import type { Order20260101, OrderItem20260101 } from "./wire";

/** Shipped from Amazon's warehouses (FBA): not the seller's stock. */
export function isFulfilledByAmazon(order: Order20260101): boolean {
  return order.fulfillment?.fulfilledBy === "AMAZON";
}

export function toChannelOrder(order: Order20260101): ChannelOrder {
  const status = order.fulfillment?.fulfillmentStatus ?? "";
  const counted = order.orderItems.some((item) => shippedUnits(item) + openUnits(item) > 0);
  return {
    orderId: order.orderId,
    createdAt: order.createdTime,
    updatedAt: order.lastUpdatedTime,
    // Payment is not authorised yet; Amazon keeps the units all the same.
    paid: status !== "PENDING" && status !== "PENDING_AVAILABILITY",
    lines: order.orderItems.map((item) => toLine(item, status, counted)),
  };
}

function shippedUnits(item: OrderItem20260101): number {
  return item.fulfillment?.quantityFulfilled ?? 0;
}

function openUnits(item: OrderItem20260101): number {
  return item.fulfillment?.quantityUnfulfilled ?? 0;
}

/**
 * `counted`: the order says of some item how many units are shipped or open. Units that are neither
 * were cancelled, but only where such numbers are kept: a pending order has none of them, and while
 * an order changes its state they lag behind (channels.md 2.3). A status not known here keeps its
 * units reserved: reserving too much is corrected, selling twice is not.
 */
function toLine(item: OrderItem20260101, status: string, counted: boolean): OrderLine {
  const ordered = item.quantityOrdered;
  const shipped = Math.min(ordered, shippedUnits(item));
  const rest = ordered - shipped;
  const unaccounted = Math.max(0, rest - openUnits(item));
  const line = (cancelled: number, gone = shipped): OrderLine => ({
    lineId: item.orderItemId,
    // An item without a SKU is shown by its ASIN among the listings that nobody mapped.
    listingId: item.product.sellerSku ?? item.product.asin ?? "",
    ordered,
    cancelled,
    shipped: gone,
  });
  switch (status) {
    case "CANCELLED":
      return line(rest);
    case "SHIPPED":
      return counted ? line(unaccounted) : line(0, ordered);
    case "UNSHIPPED":
    case "PARTIALLY_SHIPPED":
      return line(counted ? unaccounted : 0);
    default:
      return line(0);
  }
}
