/** Orders changed since a time (channels.md 1.3). */
import { ok, type Result } from "../../base/result";
import type { OrderPage, Refusal } from "../channel";
import { readOrderWindow, type OrderWindowPage } from "../http/order-window";
import { ask, type TikTokShop } from "./ask";
import { isFulfilledByTikTok, toChannelOrder } from "./orders";
import {
  orderSearchDataV202309,
  type OrderSearchBodyV202309,
  type OrderSearchQueryV202309,
} from "./wire";

const ORDERS_PER_PAGE = 100;
/** No statement on consistency is published; changes are looked for again this far back. */
const OVERLAP_MS = 60_000;

export function readOrders(
  shop: TikTokShop,
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
  shop: TikTokShop,
  sinceMs: number,
  token: string | null,
): Promise<Result<OrderWindowPage, Refusal>> {
  const query = {
    page_size: String(ORDERS_PER_PAGE),
    sort_field: "update_time",
    sort_order: "ASC",
    ...(token === null ? {} : { page_token: token }),
  } satisfies OrderSearchQueryV202309;
  const body: OrderSearchBodyV202309 = { update_time_ge: Math.floor(sinceMs / 1000) };
  const answer = await ask(
    shop,
    { method: "POST", path: "/order/202309/orders/search", query, body: JSON.stringify(body) },
    orderSearchDataV202309,
  );
  if (!answer.ok) return answer;
  const { orders, next_page_token: next } = answer.value.data;
  return ok({
    orders: orders.filter((order) => !isFulfilledByTikTok(order)).map(toChannelOrder),
    changes: orders.map((order) => order.update_time * 1000),
    next: next === "" ? null : next,
    serverTimeMs: answer.value.serverTimeMs,
  });
}
