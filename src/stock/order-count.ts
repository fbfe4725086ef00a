/**
 * How many orders of each channel are booked. Counted when somebody asks, and from where the last
 * count ended: a start folds hundreds of thousands of lines and shows one number, and with every line
 * this was a quarter of the fold.
 */
import type { ChannelId } from "../base/ids";
import { orderOf } from "./order-lines";
import type { Projection } from "./projection";

interface Count {
  /** Lines are never taken away, and an iterator that has not met the end goes on where it was. */
  readonly rest: Iterator<readonly [string, { readonly channel: ChannelId }]>;
  lines: number;
  readonly orders: Map<ChannelId, Set<string>>;
}

const counts = new WeakMap<Projection["lines"], Count>();

const none: ReadonlySet<string> = new Set();

/** Orders of the channel that hold or held units; an order of several lines is one. */
export function ordersOn(projection: Projection, channel: ChannelId): number {
  return orderIdsOn(projection, channel).size;
}

/** Their ids, as the refs of their lines spell them. */
export function orderIdsOn(projection: Projection, channel: ChannelId): ReadonlySet<string> {
  const { lines } = projection;
  let count = counts.get(lines);
  if (count === undefined) {
    count = { rest: lines.entries(), lines: 0, orders: new Map() };
    counts.set(lines, count);
  }
  for (; count.lines < lines.size; count.lines += 1) {
    const next = count.rest.next();
    if (next.done === true) break;
    const [ref, line] = next.value;
    const orders = count.orders.get(line.channel) ?? new Set();
    count.orders.set(line.channel, orders.add(orderOf(ref)));
  }
  return count.orders.get(channel) ?? none;
}
