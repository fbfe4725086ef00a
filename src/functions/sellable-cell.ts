/** STREAM.SELLABLE: what a cell shows of the book as it is. Pure. */
import { invalidValue, type CellValue } from "./cell-value";
import { channelOf, readChannel } from "./channel-argument";
import { rowOf, staleness } from "./freshness";
import type { BookView } from "../runtime/book-view";
import type { Words } from "./words";

export function sellableCell(
  view: BookView,
  skuText: string,
  channelText: string,
  words: Words,
): CellValue {
  const named = readChannel(channelText);
  if (!named.ok) return invalidValue(words.shared.cellChannelUnknown(named.error));
  const row = rowOf(view, skuText, words);
  if (!row.ok) return row.error;
  const stale = staleness(view, row.value, words);
  if (stale !== null) return stale;
  const channel = channelOf(row.value, channelText, words);
  if (!channel.ok) return channel.error;
  if (channel.value === null) return Math.max(0, row.value.available);
  return row.value.sellable[channel.value] ?? 0;
}
