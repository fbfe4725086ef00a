/**
 * Every constant of the stock core, named, with the seed's value as its default. A result can say
 * which settings produced it because they come in as an argument.
 */
import type { ChannelId } from "../base/ids";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export interface StockSettings {
  /** How long an unpaid order may hold units, ms from the order's own time (requirement 40). */
  readonly payWithinMs: Readonly<Record<ChannelId, number>>;
  /**
   * "channel": a hold ends when the channel says so; the timer only where the channel cannot be
   * read or no longer lists the order. "timer": it ends with its time, whatever the channel says.
   */
  readonly holdsEnd: "channel" | "timer";
  /** An order this far in the future is dated by our own clock instead; ms. */
  readonly skewMaxMs: number;
  /** The reservation's window opens this long before the stream starts (requirement 28). */
  readonly windowBeforeMs: number;
  /** It closes this long after the stream's end: late payments still come in. */
  readonly windowAfterMs: number;
  /** An order older than this when first seen came over a channel that was not being read; ms. */
  readonly seenWithinMs: number;
  /** Units a channel keeps back; absent = none. */
  readonly channelBuffer: Readonly<Partial<Record<ChannelId, number>>>;
}

/** What a seller typed, by the names of constants.ts, in the unit she typed it in. */
export type Typed = Readonly<Record<string, number>>;

/** Only TikTok's 15 minutes are the seed's; the others are customary and to be set by the seller. */
export const seedStock: StockSettings = {
  payWithinMs: {
    tiktok: 15 * MINUTE_MS,
    amazon: 30 * MINUTE_MS,
    shopify: 60 * MINUTE_MS,
    ebay: 4 * DAY_MS,
  },
  holdsEnd: "channel",
  skewMaxMs: 2 * MINUTE_MS,
  windowBeforeMs: 5 * DAY_MS,
  windowAfterMs: DAY_MS,
  seenWithinMs: 15_000,
  channelBuffer: {},
};

const merged = new WeakMap<Typed, StockSettings>();

function mergedWith(typed: Typed): StockSettings {
  const of = (name: string, unit: number, seed: number) => {
    const value = typed[name];
    return value === undefined ? seed : value * unit;
  };
  const { payWithinMs } = seedStock;
  return {
    ...seedStock,
    payWithinMs: {
      tiktok: of("payTiktok", MINUTE_MS, payWithinMs.tiktok),
      amazon: of("payAmazon", MINUTE_MS, payWithinMs.amazon),
      shopify: of("payShopify", MINUTE_MS, payWithinMs.shopify),
      ebay: of("payEbay", 60 * MINUTE_MS, payWithinMs.ebay),
    },
    skewMaxMs: of("skewMax", 1000, seedStock.skewMaxMs),
    windowBeforeMs: of("windowBefore", DAY_MS, seedStock.windowBeforeMs),
    windowAfterMs: of("windowAfter", DAY_MS, seedStock.windowAfterMs),
    seenWithinMs: of("seenWithin", 1000, seedStock.seenWithinMs),
  };
}

/** The book's own: the seed's values, but for the constants that the seller set. */
export function stockSettings({
  desk,
}: {
  readonly desk: { readonly constants: Typed };
}): StockSettings {
  let settings = merged.get(desk.constants);
  if (settings === undefined) {
    settings = mergedWith(desk.constants);
    merged.set(desk.constants, settings);
  }
  return settings;
}
