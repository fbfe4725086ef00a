/**
 * An order as TikTok's order endpoints show it. One line item is one unit (channels.md 1.3).
 * No buyer's name or address: shoppers here are nobody.
 */
import { itemOf } from "../catalogue";
import { tiktokLineItemId, tiktokOrderId } from "../ids";
import type { Order, OrderStatus, Run } from "../state";

/** TikTok's words for the states. A paid order waits an hour in ON_HOLD. */
const statusWords: Readonly<Record<OrderStatus, string>> = {
  unpaid: "UNPAID",
  held: "ON_HOLD",
  open: "AWAITING_SHIPMENT",
  shipped: "IN_TRANSIT",
  cancelled: "CANCELLED",
};

const cancellers = { buyer: "BUYER", system: "SYSTEM", seller: "SELLER" } as const;

const cancelReasons = {
  buyer: "No longer needed",
  system: "Payment overdue",
  seller: "Out of stock",
} as const;

export function statusWord(order: Order): string {
  return statusWords[order.status];
}

export function isStatusWord(word: string): boolean {
  const others = ["PARTIALLY_SHIPPING", "AWAITING_COLLECTION", "DELIVERED", "COMPLETED"];
  return [...Object.values(statusWords), ...others].includes(word);
}

/** TikTok's seconds. */
export function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

function lineItems(run: Run, order: Order): Record<string, unknown>[] {
  const units = order.lines.flatMap((line) =>
    Array.from({ length: line.units }, () => itemOf(line.sku)),
  );
  const cancelled = order.cancelledBy && {
    cancel_reason: cancelReasons[order.cancelledBy],
    cancel_user: cancellers[order.cancelledBy],
  };
  return units.map((item, index) => ({
    id: tiktokLineItemId(run, order, index),
    sku_id: item.tiktok.skuId,
    product_id: item.tiktok.productId,
    product_name: item.title,
    seller_sku: item.sku,
    sku_type: "NORMAL",
    // A line knows no ON_HOLD: it shows the order's state behind it.
    display_status: order.status === "held" ? "AWAITING_SHIPMENT" : statusWord(order),
    package_status: packageStatus(order),
    is_gift: false,
    currency: "USD",
    ...(order.shippedAt !== null && { rts_time: seconds(order.shippedAt) }),
    ...cancelled,
  }));
}

function packageStatus(order: Order): string {
  if (order.status === "cancelled") return "CANCELLED";
  return order.status === "shipped" ? "FULFILLING" : "TO_FULFILL";
}

export function orderJson(run: Run, order: Order): Record<string, unknown> {
  const id = tiktokOrderId(run, order);
  const warehouseId = order.lines[0] && itemOf(order.lines[0].sku).tiktok.warehouseId;
  return {
    id,
    status: statusWord(order),
    create_time: seconds(order.createdAt),
    update_time: seconds(order.updatedAt),
    ...(order.paidAt !== null && { paid_time: seconds(order.paidAt) }),
    ...(order.shippedAt !== null && { rts_time: seconds(order.shippedAt) }),
    ...(order.cancelledAt !== null && { cancel_time: seconds(order.cancelledAt) }),
    ...(order.cancelledBy && {
      cancel_reason: cancelReasons[order.cancelledBy],
      cancellation_initiator: cancellers[order.cancelledBy],
    }),
    fulfillment_type: "FULFILLMENT_BY_SELLER",
    shipping_type: "TIKTOK",
    warehouse_id: warehouseId,
    commerce_platform: "TIKTOK_SHOP",
    order_type: "NORMAL",
    is_cod: false,
    is_sample_order: false,
    // "Went or will go through ON_HOLD": in the United States every order does.
    is_on_hold_order: true,
    is_replacement_order: false,
    is_exchange_order: false,
    is_subscription_order: false,
    is_buyer_request_cancel: order.cancelledBy === "buyer",
    packages: [],
    line_items: lineItems(run, order),
  };
}
