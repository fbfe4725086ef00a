/**
 * A buffer that follows the pace (forecast.md 3.1): every channel keeps back what the others may
 * sell before it can be told and what its own sales do to a write. When what is left is no more
 * than all of them sell in that time, the others stop, and the live channel counts by itself.
 */
import { guardUnits, tellMs, unitsIn } from "./demand";
import { soldOutForSure } from "./escrow";
import type { Policy, StreamSharing } from "./policy";
import { surelySellable } from "./pool";

/** A silence of this length should not oversell either; ms. */
const SILENCE_MS = 60_000;

function left({ situation, sku, stream }: StreamSharing): number {
  return surelySellable(situation, sku, stream.channel);
}

export const buffer: Policy = {
  quantity(sharing, state) {
    const { situation, sku, stream, states } = sharing;
    const { channel } = state.listing;
    if (channel !== stream.channel) {
      if (situation.projection.paused.has(sku)) return 0;
      const pool = surelySellable(situation, sku, channel);
      return Math.max(0, pool - guardUnits(sharing, channel, states));
    }
    if (!situation.projection.paused.has(sku) || stream.phase !== "running") {
      return Math.max(0, left(sharing) - guardUnits(sharing, channel, states));
    }
    const allOut = states.every((each) => soldOutForSure(situation, each));
    return allOut ? Math.max(0, left(sharing)) : null;
  },
  pauses(sharing, held) {
    const { situation, states } = sharing;
    const windows = states.map(({ listing: { channel } }) => ({
      channel,
      ms: tellMs(situation, channel) + situation.timing(channel).writeMs + SILENCE_MS,
    }));
    return 10 * left(sharing) <= (held ? 11 : 10) * unitsIn(sharing, windows);
  },
  move: () => null,
};
