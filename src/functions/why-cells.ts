/** STREAM.WHY and the card of SELLABLE: the terms that a sellable number is made of. Pure. */
import { channelIds, type ChannelId } from "../base/ids";
import type { BookView } from "../runtime/book-view";
import type { SkuState } from "../worker/api";
import { invalidValue, type Answer } from "./cell-value";
import { channelOf, readChannel } from "./channel-argument";
import { bookStaleness, rowOf } from "./freshness";
import type { Words } from "./words";

export interface NamedTerm {
  readonly name: string;
  /** Signed: what it adds. */
  readonly units: number;
}

/**
 * On hand, less what is promised; the channel's own reservation is on its side (requirement 34). The
 * terms add up to what the channel may sell, or without a channel to the free pool; signed.
 */
export function termsOf(row: SkuState, channel: ChannelId | null, words: Words): NamedTerm[] {
  const { cell, shared } = words;
  const terms: NamedTerm[] = [{ name: cell.measure.onHand, units: row.onHand }];
  const less = (name: string, units: number | undefined) => {
    if (units !== undefined && units !== 0) terms.push({ name, units: -units });
  };
  for (const id of channelIds) less(cell.ordersOn(shared.channel[id]), row.committedOn[id]);
  for (const id of channelIds) less(cell.unpaidOn(shared.channel[id]), row.heldOn[id]);
  for (const reservation of row.reservedFor) {
    if (reservation.channel === channel) continue;
    less(cell.reservedOn(shared.channel[reservation.channel]), reservation.units);
  }
  less(cell.measure.damaged, row.damaged);
  return terms;
}

export function whyCells(
  view: BookView,
  skuText: string,
  channelText: string,
  words: Words,
): Answer {
  const { cell, shared } = words;
  const named = readChannel(channelText);
  if (!named.ok) return invalidValue(shared.cellChannelUnknown(named.error));
  const row = rowOf(view, skuText, words);
  if (!row.ok) return row.error;
  const stale = bookStaleness(view, row.value, words);
  if (stale !== null) return stale;
  const channel = channelOf(row.value, channelText, words);
  if (!channel.ok) return channel.error;
  const terms = termsOf(row.value, channel.value, words);
  const sum = terms.reduce((total, { units }) => total + units, 0);
  const name = channel.value === null ? "" : shared.channel[channel.value];
  return [
    ...terms.map((term) => [term.name, term.units]),
    [cell.sellableOn(name), sum],
    ...(sum < 0 ? [[cell.soldBeyond, 0]] : []),
  ];
}
