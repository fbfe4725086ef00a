/**
 * Orders changed since a time (channels.md 4.3).
 *
 * In which order eBay lists them is not published, and `offset` counts records: an order that changes
 * while one pages may move another across a page's border. So pages overlap by a few records, and a
 * reading is whole or it is none: the cursor never rests on a part whose order nobody knows.
 */
import type { Clock } from "../../base/clock";
import { err, ok, type Result } from "../../base/result";
import type { ChannelOrder, OrderPage, Refusal } from "../channel";
import { readOrderWindow, type OrderWindowPage } from "../http/order-window";
import { followPages } from "../http/pages";
import { ask, type EbayApi } from "./ask";
import { isFulfilledByEbay, needsShipments, shippedUnits, toChannelOrder } from "./orders";
import { ordersReplyV1, shipmentsReplyV1, type OrdersQueryV1, type OrderV1 } from "./wire";

export const ORDER_PATH = "/sell/fulfillment/v1/order";
/** The most of one page. */
const ORDERS_PER_PAGE = 200;
/** Records that a page repeats of the one before. */
const PAGES_OVERLAP = 20;
/** How late a change may be found is not published. */
const OVERLAP_MS = 120_000;
/** Two years is the furthest that eBay looks back; a little less, for clocks that differ. */
const OLDEST_MS = 728 * 24 * 3600 * 1000;
/** "Start and end dates can't be in the future." */
const IN_THE_FUTURE = "30850";

export function readOrders(
  api: EbayApi,
  clock: Clock,
  cursor: string | null,
  fallbackSinceMs: number,
): Promise<Result<OrderPage, Refusal>> {
  return readOrderWindow({
    cursor,
    fallbackSinceMs,
    overlapMs: OVERLAP_MS,
    fetchPage: async (sinceMs) => {
      const since = Math.max(sinceMs, clock.now() - OLDEST_MS);
      const read = await changedSince(api, since);
      if (read.ok || read.error.kind !== "rejected" || read.error.code !== IN_THE_FUTURE) {
        return read;
      }
      // Our clock runs ahead of eBay's by more than one looks back: a day earlier is past for both.
      return changedSince(api, since - 24 * 3600 * 1000);
    },
  });
}

interface Records {
  readonly orders: readonly OrderV1[];
  readonly serverTimeMs: number | null;
  readonly next: string | null;
}

async function changedSince(
  api: EbayApi,
  sinceMs: number,
): Promise<Result<OrderWindowPage, Refusal>> {
  const read = await followPages<Records>("0", (offset) => records(api, sinceMs, Number(offset)));
  if (!read.ok) return read;
  if (!read.value.complete) return err({ kind: "malformed", where: "orders: pages without end" });
  const { pages } = read.value;
  const newest = new Map<string, OrderV1>();
  for (const order of pages.flatMap((page) => page.orders)) newest.set(order.orderId, order);
  const own = [...newest.values()].filter((order) => !isFulfilledByEbay(order));
  const orders: ChannelOrder[] = [];
  for (const order of own) {
    const translated = await translate(api, order);
    if (!translated.ok) return translated;
    orders.push(translated.value);
  }
  // Of several answers the first was given earliest: what came after it may be on none of them.
  const times = pages.map((page) => page.serverTimeMs).filter((time) => time !== null);
  return ok({
    orders,
    changes: [...newest.values()].map((order) => order.lastModifiedDate),
    next: null,
    serverTimeMs: times.length === 0 ? null : Math.min(...times),
  });
}

async function records(
  api: EbayApi,
  sinceMs: number,
  offset: number,
): Promise<Result<Records, Refusal>> {
  const query = {
    filter: `lastmodifieddate:[${new Date(sinceMs).toISOString()}..]`,
    limit: String(ORDERS_PER_PAGE),
    offset: String(offset),
  } satisfies OrdersQueryV1;
  const request = { method: "GET", path: ORDER_PATH, query, body: null } as const;
  const answer = await ask(api, request, ordersReplyV1);
  if (!answer.ok) return answer;
  const { orders, next, total } = answer.value.data;
  const more = orders.length > 0 && (next !== "" || offset + orders.length < (total ?? 0));
  // A page so short that it would be asked for again and again is followed without repeating any.
  const step = orders.length > PAGES_OVERLAP ? orders.length - PAGES_OVERLAP : orders.length;
  return ok({
    orders,
    serverTimeMs: answer.value.serverTimeMs,
    next: more ? String(offset + step) : null,
  });
}

async function translate(api: EbayApi, order: OrderV1): Promise<Result<ChannelOrder, Refusal>> {
  if (!needsShipments(order)) return ok(toChannelOrder(order, null));
  const path = `${ORDER_PATH}/${encodeURIComponent(order.orderId)}/shipping_fulfillment`;
  const answer = await ask(api, { method: "GET", path, query: {}, body: null }, shipmentsReplyV1);
  if (answer.ok) return ok(toChannelOrder(order, shippedUnits(answer.value.data)));
  // One order whose shipments eBay will not show must not hide all the others.
  return answer.error.kind === "rejected" ? ok(toChannelOrder(order, null)) : answer;
}
