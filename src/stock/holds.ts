/**
 * When unpaid holds end (architecture.md decision 4). Worked out from data whenever somebody asks:
 * a machine that slept through the minute finds the same answer when it wakes, without a timer.
 */
import type { Move } from "./entries";
import { unpaidLines } from "./line-table";
import type { LineState } from "./order-lines";
import { expireLine } from "./orders";
import type { Projection } from "./projection";
import { stockSettings, type StockSettings } from "./settings";

/** What a channel says now of an order it once called unpaid. */
export type ChannelWord = "unpaid" | "not_listed" | "unreadable";

/** The line's time to pay is over at `now`, by the clock of its channel; ms. */
export function isOverdue(line: LineState, now: number): boolean {
  return line.held > 0 && line.expiresAt !== null && line.expiresAt <= now;
}

/** Expiries due at `now`, line by line in the order in which the holds were made. */
export function dueExpiries(
  projection: Projection,
  now: number,
  wordOf: (line: LineState, ref: string) => ChannelWord,
  settings: StockSettings = stockSettings(projection),
): readonly Move[] {
  const moves: Move[] = [];
  for (const [ref, line] of unpaidLines(projection.lines)) {
    if (!isOverdue(line, now)) continue;
    const stays = settings.holdsEnd === "channel" && wordOf(line, ref) === "unpaid";
    if (!stays) moves.push(...expireLine(projection, ref));
  }
  return moves;
}
