/**
 * An order as eBay's Fulfillment API shows it. No buyer's name or address: shoppers here are nobody.
 * An order that waits for its money is shown as PENDING, as the contract says (channels.md 4.3).
 */
import { itemOf } from "../catalogue";
import { ebayLineItemId, ebayOrderId } from "../ids";
import type { Order, Run } from "../state";

export const SELLER = "rehearsal-seller";
const PRICE = "12.00";

export function fulfillmentStatus({ status }: Order): "FULFILLED" | "NOT_STARTED" {
  return status === "shipped" ? "FULFILLED" : "NOT_STARTED";
}

function paymentStatus({ status, paidAt }: Order): string {
  if (status === "cancelled") return paidAt === null ? "FAILED" : "FULLY_REFUNDED";
  return status === "unpaid" ? "PENDING" : "PAID";
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function dollars(value: string): { readonly value: string; readonly currency: string } {
  return { value, currency: "USD" };
}

function lineItem(
  run: Run,
  order: Order,
  index: number,
  listingId: (sku: string) => string,
): object {
  const line = order.lines[index];
  const { sku, units } = line ?? { sku: "", units: 0 };
  const cost = dollars((Number(PRICE) * units).toFixed(2));
  return {
    lineItemId: ebayLineItemId(run, order, index),
    legacyItemId: listingId(sku),
    sku: itemOf(sku).ebay.sku,
    title: itemOf(sku).title,
    quantity: units,
    soldFormat: "FIXED_PRICE",
    listingMarketplaceId: "EBAY_US",
    purchaseMarketplaceId: "EBAY_US",
    lineItemFulfillmentStatus: fulfillmentStatus(order),
    lineItemCost: cost,
    total: cost,
    appliedPromotions: [],
    refunds: [],
    taxes: [],
    properties: { buyerProtection: true },
  };
}

export function orderJson(run: Run, order: Order, listingId: (sku: string) => string): object {
  const units = order.lines.reduce((sum, line) => sum + line.units, 0);
  const total = dollars((Number(PRICE) * units).toFixed(2));
  const payment = paymentStatus(order);
  return {
    orderId: ebayOrderId(run, order),
    creationDate: iso(order.createdAt),
    lastModifiedDate: iso(order.updatedAt),
    orderFulfillmentStatus: fulfillmentStatus(order),
    orderPaymentStatus: payment,
    sellerId: SELLER,
    cancelStatus: {
      cancelState: order.status === "cancelled" ? "CANCELED" : "NONE_REQUESTED",
      // In a list it is there and always empty.
      cancelRequests: [],
      ...(order.cancelledAt !== null && { cancelledDate: iso(order.cancelledAt) }),
    },
    paymentSummary: {
      totalDueSeller: total,
      refunds: [],
      payments: [
        {
          paymentMethod: "EBAY",
          amount: total,
          paymentStatus: order.paidAt === null ? payment : "PAID",
          ...(order.paidAt !== null && { paymentDate: iso(order.paidAt) }),
        },
      ],
    },
    pricingSummary: { priceSubtotal: total, total },
    lineItems: order.lines.map((_, index) => lineItem(run, order, index, listingId)),
  };
}

export function shipmentsJson(run: Run, order: Order): object {
  if (order.shippedAt === null) return { fulfillments: [], total: 0 };
  const fulfillment = {
    fulfillmentId: `94055${ebayLineItemId(run, order, 0)}`,
    shippedDate: iso(order.shippedAt),
    shippingCarrierCode: "USPS",
    lineItems: order.lines.map(({ units }, index) => ({
      lineItemId: ebayLineItemId(run, order, index),
      quantity: units,
    })),
  };
  return { fulfillments: [fulfillment], total: 1 };
}
