/** How a stream's stock went, minute by minute, and what happened: told from the ledger. Pure. */
import type { Account } from "./accounts";
import type { AlertLevel } from "./alerts";
import type { Entry, Move, Note } from "./entries";
import type { Stream } from "./streams";

export type TimelineEvent =
  | { readonly minute: number; readonly code: "start" | "end" | "soldOut" | "back" }
  | { readonly minute: number; readonly code: "paused" | "resumed" }
  | {
      readonly minute: number;
      readonly code: "alert";
      readonly level: Exclude<AlertLevel, "none">;
      /** Units left to sell on the live channel. */
      readonly left: number;
    };

export interface Timeline {
  readonly streamId: string;
  /** Units that the stream could still sell at the end of each of its minutes, from 0 on. */
  readonly stock: readonly number[];
  readonly events: readonly TimelineEvent[];
}

function flow(stream: Stream, move: Move): number {
  if (move.sku !== stream.sku) return 0;
  const own = (account: Account) =>
    account === "available" || account === `reserved:${stream.id}` ? move.quantity : 0;
  return own(move.to) - own(move.from);
}

function eventOf(stream: Stream, entry: Note, minute: number): TimelineEvent | null {
  switch (entry.kind) {
    case "stockout":
      return entry.ref === stream.id ? { minute, code: entry.n > 0 ? "soldOut" : "back" } : null;
    case "paused":
    case "resumed":
      return entry.sku === stream.sku ? { minute, code: entry.kind } : null;
    case "alert": {
      const level = entry.detail as AlertLevel;
      if (entry.sku !== stream.sku || level === "none") return null;
      return { minute, code: "alert", level, left: Math.max(0, entry.n) };
    }
    default:
      return null;
  }
}

/**
 * @param entries at least all that were booked since the stream started, in their order
 * @param now units that the stream could sell after the last of them: free ones and its reservation
 */
export function streamTimeline(
  stream: Stream,
  entries: readonly Entry[],
  now: number,
): Timeline | null {
  const { startedAt, endsAt } = stream;
  if (startedAt === null || endsAt === null) return null;
  const minuteAt = (at: number) => ((at - startedAt) * stream.speed) / 60_000;
  const minutes = Math.max(1, Math.ceil(minuteAt(endsAt)));
  const during = entries.filter((entry) => entry.bookedAt >= startedAt);
  let level = now;
  for (const entry of during) if (entry.type === "move") level -= flow(stream, entry);
  const stock: number[] = [];
  const events: TimelineEvent[] = [{ minute: 0, code: "start" }];
  for (const entry of during) {
    const minute = Math.min(minutes, Math.max(0, Math.floor(minuteAt(entry.bookedAt))));
    // What came before this entry held until here.
    while (stock.length < minute) stock.push(Math.max(0, level));
    if (entry.type === "move") level += entry.bookedAt <= endsAt ? flow(stream, entry) : 0;
    else if (entry.at <= endsAt) {
      const event = eventOf(stream, entry, minute);
      if (event !== null) events.push(event);
    }
  }
  while (stock.length <= minutes) stock.push(Math.max(0, level));
  events.push({ minute: minutes, code: "end" });
  return { streamId: stream.id, stock: stock.slice(0, minutes + 1), events };
}
