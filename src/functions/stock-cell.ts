/** STREAM.STOCK and STREAM.COVER: any number of the book, by its name. Pure. */
import type { ChannelId } from "../base/ids";
import { everyFunctionMessages } from "../locale/function-locale";
import { measures, type Measure } from "../locale/function-messages";
import type { BookView } from "../runtime/book-view";
import type { SkuState } from "../worker/api";
import { invalidValue, isCellError, notAvailable, type CellValue } from "./cell-value";
import { channelOf, readChannel } from "./channel-argument";
import { coverCell, liveChannel, velocityCell } from "./cover";
import { bookStaleness, rowOf, staleness } from "./freshness";
import type { Words } from "./words";

const loosely = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_\-·]+/gu, "");

const byName: ReadonlyMap<string, Measure> = new Map(
  measures.flatMap((id) => [
    [loosely(id), id] as const,
    ...everyFunctionMessages.flatMap(({ measure, measureAlso }) =>
      [measure[id], ...measureAlso[id]].map((name) => [loosely(name), id] as const),
    ),
  ]),
);

/** In any language; null = no such number. */
export function readMeasure(text: string): Measure | null {
  return byName.get(loosely(text)) ?? null;
}

/** Those that are one number for the whole warehouse. */
const wholesale: ReadonlySet<Measure> = new Set([
  "onHand",
  "available",
  "incoming",
  "damaged",
  "oversold",
  "age",
]);

/** What no order changes: true however long ago the channels were read. */
const ownFacts: ReadonlySet<Measure> = new Set(["onHand", "incoming", "damaged"]);

function reservedOn(row: SkuState, channel: ChannelId): number {
  return row.reservedFor.reduce((sum, r) => sum + (r.channel === channel ? r.units : 0), 0);
}

function age(view: BookView, row: SkuState, words: Words): CellValue {
  const at = view.readAt(row);
  // A follower has the age of its leader's journal, which it cannot see.
  if (at === null) return staleness(view, row, words) ?? notAvailable(words.cell.paceElsewhere);
  return Math.max(0, Math.floor((view.now - at) / 1000));
}

function valueOf(
  view: BookView,
  row: SkuState,
  measure: Measure,
  channel: ChannelId | null,
  words: Words,
): CellValue {
  switch (measure) {
    case "onHand":
      return row.onHand;
    case "available":
      return Math.max(0, row.available);
    case "committed":
      return channel === null ? row.committed : (row.committedOn[channel] ?? 0);
    case "unpaid":
      return channel === null ? row.held : (row.heldOn[channel] ?? 0);
    case "reserved":
      return channel === null ? row.reserved : reservedOn(row, channel);
    case "incoming":
      return row.incoming;
    case "damaged":
      return row.damaged;
    case "oversold":
      return row.oversold;
    case "velocity":
      return velocityCell(row, channel, words);
    case "cover":
      return coverCell(row, channel ?? liveChannel(view.state, row), words);
    case "age":
      return age(view, row, words);
  }
}

export function stockCell(
  view: BookView,
  skuText: string,
  measureText: string,
  channelText: string,
  words: Words,
): CellValue {
  const measure = readMeasure(measureText);
  if (measure === null) return invalidValue(words.cell.measureUnknown(measureText));
  const named = readChannel(channelText);
  if (!named.ok) return invalidValue(words.shared.cellChannelUnknown(named.error));
  if (named.value !== null && wholesale.has(measure)) {
    return invalidValue(words.cell.measureHasNoChannel(words.cell.measure[measure]));
  }
  const row = rowOf(view, skuText, words);
  if (!row.ok) return row.error;
  const channel = channelOf(row.value, channelText, words);
  if (!channel.ok) return channel.error;
  const value = valueOf(view, row.value, measure, channel.value, words);
  if (isCellError(value) || ownFacts.has(measure) || measure === "age") return value;
  return bookStaleness(view, row.value, words) ?? value;
}
