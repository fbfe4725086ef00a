/** What may be sold before it can be told: the windows of forecast.md 3.1 in the engine's own terms. */
import type { ChannelId } from "../../base/ids";
import { SAFE_AGE_MS } from "../../stock/sellable";
import type { ListingState } from "../catalogue";
import { estimatedQuantile } from "../guard";
import type { Situation } from "../situation";
import type { Sharing } from "./policy";

/** From a sale on `channel` to the moment at which the others can show it; ms. */
export function tellMs(situation: Situation, channel: ChannelId): number {
  const { settings, timing, readSince, now } = situation;
  const { readEveryMs } = timing(channel);
  const since = readSince.get(channel);
  // A channel that has not been read for a while is blind for that long already.
  const age = since === undefined ? readEveryMs : now - since;
  return Math.max(readEveryMs, age) + settings.orderLagMs[channel];
}

/** From reading `channel` to a written quantity taking effect there; ms: its own sales race it. */
export function raceMs(situation: Situation, channel: ChannelId): number {
  const { settings, timing, readSince, now } = situation;
  // A write that is tried again is late by so much; one after a long silence follows a new reading.
  const age = Math.min(SAFE_AGE_MS, now - (readSince.get(channel) ?? now));
  return settings.orderLagMs[channel] + timing(channel).writeMs + Math.max(0, age);
}

interface Window {
  readonly channel: ChannelId;
  readonly ms: number;
}

/** Units that sell in the windows, added up, with the risk of `settings.missRisk` to be too few. */
export function unitsIn(sharing: Sharing, windows: readonly Window[]): number {
  const { situation, sku } = sharing;
  const { pace, now, settings } = situation;
  let mean = 0;
  let seen = 0;
  for (const { channel, ms } of windows) {
    const { count, spanMs } = pace.of(sku, channel, now);
    mean += (count * ms) / spanMs;
    seen += count;
  }
  return estimatedQuantile(mean, seen + 0.5, 1 - settings.missRisk);
}

/** Units of a channel's own sales that an absolute write could give back. */
export function raceUnits(sharing: Sharing, channel: ChannelId): number {
  return unitsIn(sharing, [{ channel, ms: raceMs(sharing.situation, channel) }]);
}

/**
 * What `channel` keeps back of a pool that `others` sell from too: its own race and what they sell
 * until it can be told.
 */
export function guardUnits(
  sharing: Sharing,
  channel: ChannelId,
  others: readonly ListingState[],
): number {
  const { situation } = sharing;
  const windows = others
    .filter((state) => state.listing.channel !== channel)
    .map((state) => ({
      channel: state.listing.channel,
      ms: tellMs(situation, state.listing.channel) + situation.timing(channel).writeMs,
    }));
  return unitsIn(sharing, [...windows, { channel, ms: raceMs(situation, channel) }]);
}
