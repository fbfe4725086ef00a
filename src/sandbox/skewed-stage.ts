/**
 * A stage as a channel with a wrong clock sees it: its "now", and the times of its own orders and
 * listings, all by the same amount ahead or behind. What is real stays real underneath.
 */
import type { ChannelId } from "../base/ids";
import type { Stage } from "./stage";
import type { Order, Run } from "./state";

function shifted(run: Run, channel: ChannelId, by: number): Run {
  if (by === 0) return run;
  const time = (at: number | null) => (at === null ? null : at + by);
  const order = (of: Order): Order =>
    of.venue === channel
      ? {
          ...of,
          createdAt: of.createdAt + by,
          updatedAt: of.updatedAt + by,
          paidAt: time(of.paidAt),
          shippedAt: time(of.shippedAt),
          cancelledAt: time(of.cancelledAt),
        }
      : of;
  return {
    ...run,
    shop: {
      ...run.shop,
      orders: run.shop.orders.map(order),
      listings: run.shop.listings.map((of) =>
        of.venue === channel ? { ...of, updatedAt: of.updatedAt + by } : of,
      ),
    },
  };
}

/** `skew`: milliseconds ahead; it may change between two calls, not within one. */
export function skewedStage(stage: Stage, channel: ChannelId, skew: () => number): Stage {
  return {
    ...stage,
    now: () => stage.now() + skew(),
    run: () => shifted(stage.run(), channel, skew()),
    change: (next) => {
      stage.change(shifted(next, channel, -skew()));
    },
  };
}
