/** Orders changed since a time, with all their lines (channels.md 3.3). */
import { ok, type Result } from "../../base/result";
import type { ChannelOrder, OrderPage, Refusal } from "../channel";
import { readOrderWindow, type OrderWindowPage } from "../http/order-window";
import { followPages } from "../http/pages";
import { ask, type ShopifyShop } from "./ask";
import {
  costs,
  LINES_PER_ORDER,
  LINES_PER_PAGE,
  orderLinesDocument,
  ordersChangedDocument,
  ORDERS_PER_PAGE,
  SHIPMENTS_MAX,
  shipmentsDocument,
} from "./documents";
import { needsShipments, shippedUnits, toChannelOrder, type ShippedUnits } from "./orders";
import {
  orderLinesData202610,
  ordersData202610,
  shipmentsData202610,
  type LineItem202610,
  type Order202610,
} from "./wire";

/** How late the search index may be is not published (channels.md 3.3). */
const OVERLAP_MS = 120_000;

export function readOrders(
  shop: ShopifyShop,
  cursor: string | null,
  fallbackSinceMs: number,
): Promise<Result<OrderPage, Refusal>> {
  return readOrderWindow({
    cursor,
    fallbackSinceMs,
    overlapMs: OVERLAP_MS,
    fetchPage: (sinceMs, token) => orderPage(shop, sinceMs, token),
  });
}

async function orderPage(
  shop: ShopifyShop,
  sinceMs: number,
  token: string | null,
): Promise<Result<OrderWindowPage, Refusal>> {
  // A shop's times have whole seconds.
  const since = new Date(Math.floor(sinceMs / 1000) * 1000).toISOString();
  const answer = await ask(
    shop,
    {
      document: ordersChangedDocument,
      variables: {
        first: ORDERS_PER_PAGE,
        after: token,
        q: `updated_at:>='${since}'`,
        lines: LINES_PER_ORDER,
      },
      cost: costs.orders(ORDERS_PER_PAGE, LINES_PER_ORDER),
    },
    ordersData202610,
  );
  if (!answer.ok) return answer;
  const { nodes, pageInfo } = answer.value.data.orders;
  const orders: ChannelOrder[] = [];
  for (const node of nodes) {
    const order = await completeOrder(shop, node);
    if (!order.ok) return order;
    orders.push(order.value);
  }
  return ok({
    orders,
    changes: nodes.map((node) => node.updatedAt),
    next: nextToken(pageInfo),
    serverTimeMs: answer.value.serverTimeMs,
  });
}

function nextToken(pageInfo: { hasNextPage: boolean; endCursor: string | null }): string | null {
  return pageInfo.hasNextPage ? pageInfo.endCursor : null;
}

async function completeOrder(
  shop: ShopifyShop,
  order: Order202610,
): Promise<Result<ChannelOrder, Refusal>> {
  const more = await furtherLines(shop, order.id, nextToken(order.lineItems.pageInfo));
  if (!more.ok) return more;
  const items = [...order.lineItems.nodes, ...more.value];
  if (!needsShipments(order, items)) return ok(toChannelOrder(order, items, null));
  const shipped = await shipments(shop, order.id);
  return shipped.ok ? ok(toChannelOrder(order, items, shipped.value)) : shipped;
}

async function furtherLines(
  shop: ShopifyShop,
  id: string,
  after: string | null,
): Promise<Result<readonly LineItem202610[], Refusal>> {
  if (after === null) return ok([]);
  const read = await followPages(after, async (token) => {
    const answer = await ask(
      shop,
      {
        document: orderLinesDocument,
        variables: { id, first: LINES_PER_PAGE, after: token },
        cost: costs.orderLines(LINES_PER_PAGE),
      },
      orderLinesData202610,
    );
    if (!answer.ok) return answer;
    // Deleted since the list was read.
    const lines = answer.value.data.order?.lineItems;
    return ok({
      nodes: lines?.nodes ?? [],
      next: lines === undefined ? null : nextToken(lines.pageInfo),
    });
  });
  return read.ok ? ok(read.value.pages.flatMap((page) => page.nodes)) : read;
}

async function shipments(
  shop: ShopifyShop,
  id: string,
): Promise<Result<ShippedUnits | null, Refusal>> {
  const answer = await ask(
    shop,
    {
      document: shipmentsDocument,
      variables: { id, shipments: SHIPMENTS_MAX },
      cost: costs.shipments(SHIPMENTS_MAX),
    },
    shipmentsData202610,
  );
  if (!answer.ok) return answer;
  const { order } = answer.value.data;
  return ok(order === null ? null : shippedUnits(order, SHIPMENTS_MAX));
}
