/** Every constant of the engine, named, with its default. Milliseconds unless the name says otherwise. */
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
}

export const defaultSettings: SyncSettings = {
  pollLiveMs: 700,
  pollIdleMs: 2500,
  backoffMaxMs: 5000,
  firstLookMs: 24 * 60 * 60 * 1000,
  channelBuffer: 2,
  shareGuard: 10,
  restlessReadsMax: 3,
};
