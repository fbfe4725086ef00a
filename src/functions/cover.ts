/** How fast a row sells and how long it lasts, minutes of the stream's own time (requirement 39). Pure. */
import type { ChannelId } from "../base/ids";
import { COVER_WINDOW_MS, minutesOfCover } from "../stock/velocity";
import type { EngineState, SkuState } from "../worker/api";
import { notAvailable, type CellValue } from "./cell-value";
import type { Words } from "./words";

/** The channel that a SKU is streamed on right now; null = on none. */
export function liveChannel(state: EngineState | null, row: SkuState): ChannelId | null {
  const stream = state?.stream ?? null;
  const isOn = stream?.phase === "running" && stream.sku === row.sku;
  return isOn && row.sellable[stream.channel] !== undefined ? stream.channel : null;
}

/** Units of the window; of all channels where none is named. Null = this window cannot tell. */
function soldLately(row: SkuState, channel: ChannelId | null): number | null {
  if (row.soldLately === null) return null;
  if (channel !== null) return row.soldLately[channel] ?? 0;
  return Object.values(row.soldLately).reduce((sum, units) => sum + units, 0);
}

/** A tenth is enough to go by; more would only make the cell flicker. */
const tenth = (n: number): number => Math.round(n * 10) / 10;

/** Units a minute. */
export function velocityCell(row: SkuState, channel: ChannelId | null, words: Words): CellValue {
  const sold = soldLately(row, channel);
  return sold === null
    ? notAvailable(words.cell.paceElsewhere)
    : tenth((sold * 60_000) / COVER_WINDOW_MS);
}

/** Minutes until nothing is left. */
export function coverCell(row: SkuState, channel: ChannelId | null, words: Words): CellValue {
  const left = channel === null ? row.available : (row.sellable[channel] ?? 0);
  if (left <= 0) return 0;
  const sold = soldLately(row, channel);
  if (sold === null) return notAvailable(words.cell.paceElsewhere);
  const minutes = minutesOfCover(left, sold, COVER_WINDOW_MS);
  return minutes === null ? notAvailable(words.cell.nothingSells) : tenth(minutes);
}
