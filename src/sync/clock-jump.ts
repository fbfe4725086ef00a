/** A clock that jumped: the times that were remembered go along, so that every age stays what it was. */
import type { ChannelId } from "../base/ids";
import type { Catalogue } from "./catalogue";
import type { ChannelHealth } from "./health";
import { movedInTime } from "./showing";

export interface Remembered {
  readonly catalogue: Catalogue;
  readonly channels: Iterable<ChannelId>;
  readonly health: ReadonlyMap<ChannelId, ChannelHealth>;
  /** When something was read last. */
  readonly readings: readonly Map<ChannelId, number>[];
}

/** Ahead (+) or back (-) by `by` ms; `now` is the time since. */
export function moveTimes({ catalogue, channels, health, readings }: Remembered, by: number): void {
  for (const channel of channels) {
    for (const state of catalogue.on(channel)) {
      movedInTime(state, by);
      if (state.wrongSince !== null) state.wrongSince += by;
      if (state.retryAt > 0) state.retryAt += by;
    }
  }
  // Ahead may mean that the machine slept: then what was read is older by as much.
  if (by > 0) return;
  for (const each of health.values()) each.movedInTime(by);
  for (const times of readings) {
    for (const [channel, at] of times) times.set(channel, at + by);
  }
}
