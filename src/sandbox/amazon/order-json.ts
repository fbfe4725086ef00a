/**
 * An order as the Orders API 2026-01-01 shows it. Nothing of the buyer: shoppers here are nobody,
 * and who asks for BUYER gets an order without one, as an application without that role does.
 */
import { itemOf } from "../catalogue";
import { amazonOrderId, amazonOrderItemId } from "../ids";
import type { Order, OrderStatus, Run } from "../state";

const statusWords: Readonly<Record<OrderStatus, string>> = {
  unpaid: "PENDING",
  // No order at Amazon is held back after payment; the word is here because the type has it.
  held: "UNSHIPPED",
  open: "UNSHIPPED",
  shipped: "SHIPPED",
  cancelled: "CANCELLED",
};

const cancellers = { buyer: "BUYER", system: "AMAZON", seller: "MERCHANT" } as const;

export const allStatusWords = [
  "PENDING_AVAILABILITY",
  "PENDING",
  "UNSHIPPED",
  "PARTIALLY_SHIPPED",
  "SHIPPED",
  "CANCELLED",
  "UNFULFILLABLE",
] as const;

export function statusWord(order: Order): string {
  return statusWords[order.status];
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** A pending and a cancelled order count nothing: neither shipped nor still to be shipped. */
function quantities(order: Order, units: number): Record<string, number> {
  return {
    quantityFulfilled: order.status === "shipped" ? units : 0,
    quantityUnfulfilled: order.status === "open" || order.status === "held" ? units : 0,
  };
}

export function orderJson(
  run: Run,
  order: Order,
  included: ReadonlySet<string>,
): Record<string, unknown> {
  const cancelled = included.has("CANCELLATION") && order.cancelledBy !== null;
  return {
    orderId: amazonOrderId(run, order),
    createdTime: iso(order.createdAt),
    lastUpdatedTime: iso(order.updatedAt),
    programs: [],
    salesChannel: {
      channelName: "AMAZON",
      marketplaceId: itemOf(order.lines[0]?.sku ?? "").amazon.marketplaceId,
      marketplaceName: "Amazon.com",
    },
    ...(included.has("FULFILLMENT") && {
      fulfillment: {
        fulfillmentStatus: statusWord(order),
        fulfilledBy: "MERCHANT",
        fulfillmentServiceLevel: "STANDARD",
      },
    }),
    orderItems: order.lines.map((line, index) => {
      const { amazon, title } = itemOf(line.sku);
      return {
        orderItemId: amazonOrderItemId(run, order, index),
        quantityOrdered: line.units,
        product: { asin: amazon.asin, title, sellerSku: amazon.sellerSku },
        ...(included.has("FULFILLMENT") && { fulfillment: quantities(order, line.units) }),
        ...(cancelled && {
          cancellation: {
            cancellationExecution: { cancelledBy: cancellers[order.cancelledBy ?? "system"] },
          },
        }),
      };
    }),
  };
}
