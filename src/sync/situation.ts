/** What the engine's plans are made from: everything comes in, nothing is remembered. */
import type { ChannelId } from "../base/ids";
import type { Projection } from "../stock/projection";
import type { Catalogue } from "./catalogue";
import type { PaceBook } from "./pace";
import type { SyncSettings } from "./settings";

/** How quick a channel is, as far as it was measured; ms. */
export interface Timing {
  /** Between two readings of it. */
  readonly readEveryMs: number;
  /** From sending a quantity to its acknowledgement. */
  readonly writeMs: number;
}

export interface Situation {
  readonly now: number;
  /** How far our clock may be ahead of the time, since it jumped; ms, 0 or more. */
  readonly maybeAheadMs: number;
  readonly projection: Projection;
  readonly catalogue: Catalogue;
  readonly settings: SyncSettings;
  /**
   * When the last reading of each channel began that told all its sales: orders, or stock alone where
   * a number that fell is a sale already.
   */
  readonly readSince: ReadonlyMap<ChannelId, number>;
  /** When the last reading of its orders began. */
  readonly ordersSince: ReadonlyMap<ChannelId, number>;
  readonly pace: PaceBook;
  readonly timing: (channel: ChannelId) => Timing;
}

/** A key that no earlier note of the book can have: its own place in the order. */
export function nextKey({ projection }: Situation, kind: string, about: string): string {
  return `${kind}/${about}/${projection.seq + 1}`;
}
