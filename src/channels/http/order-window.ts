/**
 * Orders changed since a cursor, the same way for every channel that can sort by the time of change:
 * overlap the window, follow every page, keep the newest of each order, move the cursor.
 *
 * The cursor is the highest time of change seen, in milliseconds by the channel's clock; the local
 * clock has no part in it.
 */
import { err, ok, type Result } from "../../base/result";
import type { ChannelOrder, OrderPage, Refusal } from "../channel";
import { followPages, type Pages } from "./pages";

export interface OrderWindowPage {
  readonly orders: readonly ChannelOrder[];
  /** Times of change of all orders on the page, also of those left out of `orders`. */
  readonly changes: readonly number[];
  readonly next: string | null;
  /** The channel's clock when it answered, if it told. */
  readonly serverTimeMs: number | null;
}

export interface OrderWindow {
  readonly cursor: string | null;
  readonly fallbackSinceMs: number;
  /** How far before the cursor to look again, milliseconds. */
  readonly overlapMs: number;
  /** One page of the orders changed at or after `sinceMs`, oldest change first. */
  readonly fetchPage: (
    sinceMs: number,
    token: string | null,
  ) => Promise<Result<OrderWindowPage, Refusal>>;
}

export async function readOrderWindow(window: OrderWindow): Promise<Result<OrderPage, Refusal>> {
  const { cursor, fallbackSinceMs, overlapMs } = window;
  if (cursor !== null && !/^\d{1,15}$/.test(cursor)) {
    return err({ kind: "malformed", where: "cursor" });
  }
  const from = cursor === null ? fallbackSinceMs : Number(cursor) - overlapMs;
  const since = Math.max(0, Math.floor(from));
  const read = await followPages(null, (token) => window.fetchPage(since, token));
  if (!read.ok) return read;
  const next = nextCursor(read.value, cursor === null ? null : Number(cursor), since);
  if (next === null) return err({ kind: "malformed", where: "more pages than can be followed" });
  const orders = newestOfEach(read.value.pages.flatMap((page) => page.orders));
  return ok({ orders, cursor: String(next) });
}

function newestOfEach(orders: readonly ChannelOrder[]): ChannelOrder[] {
  const newest = new Map<string, ChannelOrder>();
  for (const order of orders) {
    const known = newest.get(order.orderId);
    if (known === undefined || order.updatedAt >= known.updatedAt) newest.set(order.orderId, order);
  }
  return [...newest.values()];
}

/** Null: there are more pages than can be followed, and the next reading would get no further. */
function nextCursor(
  { pages, complete }: Pages<OrderWindowPage>,
  before: number | null,
  since: number,
): number | null {
  // A time of change ahead of the channel's own clock must not carry the cursor past real changes.
  const now = Math.min(...pages.map((page) => page.serverTimeMs ?? Infinity));
  const floor = before ?? Math.min(since, now);
  if (complete) {
    const highest = pages.flatMap((page) => page.changes).reduce((a, b) => Math.max(a, b), floor);
    return Math.max(floor, Math.min(highest, now));
  }
  // Oldest change first, so everything before the last page has been read.
  const reached = (pages.at(-1)?.changes ?? []).reduce((a, b) => Math.min(a, b), now);
  return Number.isFinite(reached) && reached > floor ? reached : null;
}
