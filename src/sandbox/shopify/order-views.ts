/** Orders and their shipments as the Admin API shows them. */
import { itemOf } from "../catalogue";
import { orderId, shopifyOrderNumber } from "../ids";
import type { Order, Run } from "../state";
import { listConnection, type PageArguments } from "./connection";
import { instant, variantView } from "./product-views";

const cancelReasons = { buyer: "CUSTOMER", system: "DECLINED", seller: "INVENTORY" } as const;

function financialStatus(order: Order): string {
  if (order.status === "cancelled") return order.paidAt === null ? "VOIDED" : "REFUNDED";
  return order.paidAt === null ? "PENDING" : "PAID";
}

function lineViews(run: Run, order: Order) {
  const cancelled = order.status === "cancelled";
  const shipped = order.status === "shipped";
  return order.lines.map((line, index) => {
    const item = itemOf(line.sku);
    const current = cancelled ? 0 : line.units;
    return {
      __typename: "LineItem",
      id: `gid://shopify/LineItem/${shopifyOrderNumber(run, order)}${index}`,
      sku: line.sku,
      name: item.title,
      quantity: line.units,
      currentQuantity: current,
      unfulfilledQuantity: shipped ? 0 : current,
      nonFulfillableQuantity: line.units - current,
      refundableQuantity: current,
      requiresShipping: true,
      variant: () => variantView(run, item),
      lineItemGroup: null,
    };
  });
}

function fulfillmentViews(run: Run, order: Order) {
  if (order.shippedAt === null) return [];
  const number = shopifyOrderNumber(run, order);
  const lines = lineViews(run, order);
  const at = instant(order.shippedAt);
  return [
    {
      __typename: "Fulfillment",
      id: `gid://shopify/Fulfillment/${number}`,
      status: "SUCCESS",
      createdAt: at,
      updatedAt: at,
      totalQuantity: lines.reduce((sum, line) => sum + line.quantity, 0),
      fulfillmentLineItems: (page: PageArguments) =>
        listConnection(
          lines.map((lineItem, index) => ({
            id: `gid://shopify/FulfillmentLineItem/${number}${index}`,
            quantity: lineItem.quantity,
            lineItem,
          })),
          page,
        ),
    },
  ];
}

export function orderView(run: Run, order: Order) {
  const closedAt = order.cancelledAt ?? order.shippedAt;
  return {
    __typename: "Order",
    id: orderId(run, order),
    legacyResourceId: shopifyOrderNumber(run, order),
    name: `#${1000 + order.seq}`,
    createdAt: instant(order.createdAt),
    updatedAt: instant(order.updatedAt),
    processedAt: instant(order.createdAt),
    cancelledAt: order.cancelledAt === null ? null : instant(order.cancelledAt),
    cancelReason: order.cancelledBy && cancelReasons[order.cancelledBy],
    closedAt: closedAt === null ? null : instant(closedAt),
    test: false,
    confirmed: true,
    sourceName: "web",
    currencyCode: "USD",
    displayFinancialStatus: financialStatus(order),
    displayFulfillmentStatus: order.status === "shipped" ? "FULFILLED" : "UNFULFILLED",
    lineItems: (page: PageArguments) => listConnection(lineViews(run, order), page),
    fulfillments: () => fulfillmentViews(run, order),
  };
}
