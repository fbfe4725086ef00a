/**
 * Orders changed since a cursor, one search of the Orders API 2026-01-01 a page (channels.md 2.3).
 *
 * The search looks no further than two minutes before Amazon's own now. No upper end is sent, so
 * Amazon sets it, and a local clock that runs wrong cannot break the rule. Pages come in no promised
 * order and each costs one of twenty calls, so a reading that is cut short goes on with Amazon's page
 * token (good for a day) instead of beginning anew.
 *
 * Cursor: "HIGHEST" time of change seen, milliseconds by Amazon's clock; while pages are missing
 * "HIGHEST/SINCE/TOKEN", SINCE being the beginning of the search that the token belongs to.
 */
import { err, ok, type Result } from "../../base/result";
import type { ChannelOrder, OrderPage, Refusal } from "../channel";
import { newestOfEach } from "../http/order-window";
import type { AmazonApi } from "./ask";
import { isFulfilledByAmazon, toChannelOrder } from "./orders";
import { ORDERS_PATH } from "./paths";
import { searchOrdersResponse20260101 } from "./wire";

/** No statement on consistency is published; changes are looked for again this far back. */
const OVERLAP_MS = 120_000;
/** The search's upper end lies this far back at least. */
const SEARCH_LAG_MS = 120_000;
const ORDERS_PER_PAGE = 100;
/** More than a full bucket allows; a bound all the same, should Amazon raise the rate. */
const PAGES_MAX = 100;

interface Start {
  readonly highest: number | null;
  readonly since: number;
  readonly token: string | null;
}

interface Page {
  readonly orders: readonly ChannelOrder[];
  /** Ids and times of all orders on the page, to notice one that comes twice. */
  readonly face: string;
  readonly highest: number;
  /** No time of change beyond this is believed. */
  readonly until: number;
  readonly next: string | null;
}

/** `nowMs`: the local clock, for the very first search alone. */
export async function readOrders(
  api: AmazonApi,
  cursor: string | null,
  fallbackSinceMs: number,
  nowMs: number,
): Promise<Result<OrderPage, Refusal>> {
  const start = startOf(cursor, Math.min(fallbackSinceMs, nowMs - SEARCH_LAG_MS));
  if (start === null) return err({ kind: "malformed", where: "cursor" });
  const { since } = start;
  const read = await pagesFrom(api, since, start.token);
  if (!read.ok) return read;
  const { pages, token } = read.value;
  const until = Math.min(...pages.map((page) => page.until));
  const floor = start.highest ?? Math.min(since, until);
  const seen = pages.reduce((most, page) => Math.max(most, page.highest), floor);
  const highest = Math.max(floor, Math.min(seen, until));
  const orders = newestOfEach(pages.flatMap((page) => page.orders));
  const next = token === null ? `${highest}` : `${highest}/${since}/${token}`;
  return ok({ orders, cursor: next });
}

/** True while pages of a search are missing. */
export function isUnfinished(cursor: string | null): boolean {
  return cursor?.includes("/") ?? false;
}

/** Null: no cursor of ours. */
function startOf(cursor: string | null, first: number): Start | null {
  if (cursor === null) {
    return { highest: null, since: Math.max(0, Math.floor(first)), token: null };
  }
  const parts = /^(\d{1,15})(?:\/(\d{1,15})\/(.+))?$/s.exec(cursor);
  if (parts === null) return null;
  const highest = Number(parts[1]);
  if (parts[2] !== undefined && parts[3] !== undefined) {
    return { highest, since: Number(parts[2]), token: parts[3] };
  }
  return { highest, since: Math.max(0, highest - OVERLAP_MS), token: null };
}

interface Pages {
  readonly pages: readonly Page[];
  /** Where to go on; null: that was all. */
  readonly token: string | null;
}

async function pagesFrom(
  api: AmazonApi,
  since: number,
  first: string | null,
): Promise<Result<Pages, Refusal>> {
  const pages: Page[] = [];
  const asked = new Set<string>();
  let token = first;
  while (pages.length < PAGES_MAX) {
    const page = await onePage(api, since, token);
    if (!page.ok) {
      if (pages.length > 0) break;
      // A token that went bad while we were away: the search begins anew.
      if (token !== null && page.error.kind === "rejected") return pagesFrom(api, since, null);
      return page;
    }
    const before = pages.at(-1)?.face;
    pages.push(page.value);
    if (token !== null) asked.add(token);
    token = page.value.next;
    if (token === null) break;
    // Seen with the API before this one: the same page again, under a new token.
    if (asked.has(token) || (before !== undefined && before === page.value.face)) {
      return err({ kind: "malformed", where: "the same page comes twice" });
    }
  }
  return ok({ pages, token });
}

async function onePage(
  api: AmazonApi,
  since: number,
  token: string | null,
): Promise<Result<Page, Refusal>> {
  const request = {
    method: "GET",
    path: ORDERS_PATH,
    query: {
      lastUpdatedAfter: new Date(since).toISOString(),
      fulfilledBy: "MERCHANT",
      // Quantities; nothing of the buyer is asked for.
      includedData: "FULFILLMENT",
      maxResultsPerPage: String(ORDERS_PER_PAGE),
      ...(token === null ? {} : { paginationToken: token }),
    },
    body: null,
  } as const;
  const answer = await api.ask("searchOrders", request, searchOrdersResponse20260101);
  if (!answer.ok) return answer;
  const { orders, pagination, lastUpdatedBefore } = answer.value.data;
  const next = pagination?.nextToken ?? "";
  return ok({
    orders: orders.filter((order) => !isFulfilledByAmazon(order)).map(toChannelOrder),
    face: orders.map((order) => `${order.orderId} ${order.lastUpdatedTime}`).join("\n"),
    highest: orders.reduce((most, order) => Math.max(most, order.lastUpdatedTime), 0),
    until: lastUpdatedBefore ?? answer.value.serverTimeMs ?? Infinity,
    next: next === "" ? null : next,
  });
}
