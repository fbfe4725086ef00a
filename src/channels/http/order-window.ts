/**
 * Orders changed since a cursor, the same way for every channel that can sort by the time of change:
 * overlap the window, follow every page, keep the newest of each order, move the cursor.
 *
 * The cursor is the highest time of change seen, in milliseconds by the channel's clock; the local
 * clock has no part in it. A reading that was cut short (too many pages, a throttle in the middle)
 * keeps what it has, and its cursor names the place to go on from: "HIGHEST/FROM". Otherwise a busy
 * shop whose overlap alone is more than its limit allows would be read from the start for ever.
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
  const { fallbackSinceMs, overlapMs } = window;
  const start = parseCursor(window.cursor);
  if (start === null) return err({ kind: "malformed", where: "cursor" });
  const { highest, from } = start;
  const since = Math.max(
    0,
    Math.floor(from ?? (highest === null ? fallbackSinceMs : highest - overlapMs)),
  );
  const read = await followPages(null, (token) => window.fetchPage(since, token), {
    keepWhatWasRead: true,
  });
  if (!read.ok) return read;
  const next = nextCursor(read.value, highest, since);
  if (next === null) {
    return err(
      read.value.refusal ?? { kind: "malformed", where: "more pages than can be followed" },
    );
  }
  const orders = newestOfEach(read.value.pages.flatMap((page) => page.orders));
  return ok({ orders, cursor: next });
}

interface Start {
  /** The highest time of change seen so far; null at the very first reading. */
  readonly highest: number | null;
  /** Where the last reading was cut short; null when it came to its end. */
  readonly from: number | null;
}

/** Null: no cursor of ours. */
function parseCursor(cursor: string | null): Start | null {
  if (cursor === null) return { highest: null, from: null };
  const parts = /^(\d{1,15})(?:\/(\d{1,15}))?$/.exec(cursor);
  if (parts === null) return null;
  return { highest: Number(parts[1]), from: parts[2] === undefined ? null : Number(parts[2]) };
}

export function newestOfEach(orders: readonly ChannelOrder[]): ChannelOrder[] {
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
): string | null {
  // A time of change ahead of the channel's own clock must not carry the cursor past real changes.
  const now = Math.min(...pages.map((page) => page.serverTimeMs ?? Infinity));
  const floor = before ?? Math.min(since, now);
  const seen = pages.flatMap((page) => page.changes).reduce((a, b) => Math.max(a, b), floor);
  const highest = Math.max(floor, Math.min(seen, now));
  if (complete) return String(highest);
  // Oldest change first, so everything before the last page has been read.
  const reached = (pages.at(-1)?.changes ?? []).reduce((a, b) => Math.min(a, b), now);
  return Number.isFinite(reached) && reached > since ? `${highest}/${reached}` : null;
}
