/** STREAM.PLEDGE: what a creator can be promised, against what she usually asks for. Pure. */
import { seedSettings } from "../forecast/settings";
import type { BookView } from "../runtime/book-view";
import type { SkuState } from "../worker/api";
import { neededNumber } from "./arguments";
import type { Answer } from "./cell-value";
import { rowOf, staleness } from "./freshness";
import type { Words } from "./words";

/**
 * What is left of the reservation for the stream: of the one that is planned or on, else of the
 * largest single one. Two creators are never promised the same units.
 */
function reservedForStream({ state }: BookView, row: SkuState): number {
  const stream = state?.stream ?? null;
  if (stream !== null && stream.sku === row.sku && stream.phase !== "ended") return stream.reserved;
  return Math.max(0, ...row.reservedFor.map(({ units }) => units));
}

/** Only what is in the warehouse, sound and promised to nobody else (requirements 18 and 19). */
export function pledgeCells(
  view: BookView,
  skuText: string,
  estimate: unknown,
  words: Words,
): Answer {
  const { cell } = words;
  const expected = neededNumber(estimate, "estimate", cell);
  if (!expected.ok) return expected.error;
  const row = rowOf(view, skuText, words);
  if (!row.ok) return row.error;
  const stale = staleness(view, row.value, words);
  if (stale !== null) return stale;
  const reserved = reservedForStream(view, row.value);
  // Below 0 the pool owes units to buyers already: the reservation pays for them.
  const pledged = Math.max(0, row.value.available + reserved);
  const times = seedSettings.creatorAskMultiple;
  const asked = Math.ceil(expected.value * times);
  const gap = Math.max(0, asked - pledged);
  return [
    [cell.pledged, pledged],
    [cell.asked(times), asked],
    [cell.missing, gap],
    [cell.measure.onHand, row.value.onHand],
    [cell.reservedForStream, reserved],
    [cell.inWords, cell.pledgeTold(pledged, gap)],
  ];
}
