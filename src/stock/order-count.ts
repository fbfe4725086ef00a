/**
 * How many orders of each channel are booked. Counted when somebody asks, and from where the last
 * count ended: a start folds hundreds of thousands of lines and shows one number, and with every line
 * this was a quarter of the fold.
 */
import type { ChannelId } from "../base/ids";
import { linesOf } from "./line-table";
import { orderOf } from "./order-lines";
import type { Projection } from "./projection";

interface Count {
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
  const count = counts.get(lines) ?? { lines: 0, orders: new Map<ChannelId, Set<string>>() };
  counts.set(lines, count);
  for (const [ref, line] of linesOf(lines, count.lines)) {
    const orders = count.orders.get(line.channel) ?? new Set();
    count.orders.set(line.channel, orders.add(orderOf(ref)));
    count.lines += 1;
  }
  return count.orders.get(channel) ?? none;
}
