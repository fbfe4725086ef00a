/** Every constant of the engine, named, with its default. Milliseconds unless the name says otherwise. */
import type { ChannelId } from "../base/ids";

export interface SyncSettings {
  /** Pause between two readings of a channel while a stream runs. */
  readonly pollLiveMs: number;
  /** The same with no stream on. */
  readonly pollIdleMs: number;
  /** Longest wait after repeated failures. */
  readonly backoffMaxMs: number;
  /** Orders that changed before the first poll of a new book: how far back to look. */
  readonly firstLookMs: number;
  /**
   * A channel that was not read for so long cannot be asked whether a hold still stands (decision 4):
   * then its time decides. Long, since a unit held too long is sold later, one given back is gone; ms.
   */
  readonly unreadableMs: number;
  /** How often everything of the last days is read again, and how far back; ms. */
  readonly deepLookEveryMs: number;
  readonly deepLookBackMs: number;
  /** A listing whose number cannot be explained for so long has its channel read like that at once; ms. */
  readonly puzzledMs: number;
  /**
   * Units a channel that is not the live one keeps back, so that two buyers in the same second do
   * not get the same unit: one guard is enough for all (forecast.md 3.1).
   */
  readonly channelBuffer: number;
  /** The others pause when the live channel's own share has this many units or fewer left. */
  readonly shareGuard: number;
  /**
   * A channel without compare-and-set is written only after a reading in which nothing moved; after
   * this many restless readings it is written all the same when the number must go down.
   */
  readonly restlessReadsMax: number;
  /** How late a channel lists an order; ms (forecast.md 3.2: assumed, to be replaced by what is measured). */
  readonly orderLagMs: Readonly<Record<ChannelId, number>>;
  /** The risk that a guard is too small for what sells in its window; 0 to 1. */
  readonly missRisk: number;
  /** Sales this old weigh 1/e in the pace; ms. */
  readonly paceMs: number;
  /** A write is thought to take this long until one was measured; ms. */
  readonly writeGuessMs: number;
  /** Per cent of the free pool that a channel may show at most; absent = all. */
  readonly channelShares: Readonly<Partial<Record<ChannelId, number>>>;
  /** The most that a listing may show, units, by "channel/listing". */
  readonly listingCaps: ReadonlyMap<string, number>;
}

export const defaultSettings: SyncSettings = {
  pollLiveMs: 700,
  pollIdleMs: 2500,
  backoffMaxMs: 5000,
  firstLookMs: 24 * 60 * 60 * 1000,
  unreadableMs: 5 * 60 * 1000,
  deepLookEveryMs: 15 * 60 * 1000,
  deepLookBackMs: 48 * 60 * 60 * 1000,
  puzzledMs: 60_000,
  channelBuffer: 2,
  shareGuard: 10,
  restlessReadsMax: 3,
  orderLagMs: { tiktok: 1000, amazon: 10_000, shopify: 1000, ebay: 3000 },
  missRisk: 0.002,
  paceMs: 300_000,
  writeGuessMs: 2000,
  channelShares: {},
  listingCaps: new Map(),
};
