/**
 * When each channel was last read, kept over a reload of the page: a number that was read four seconds
 * ago is four seconds old, whether or not the page was opened anew since. The numbers themselves come
 * from the ledger.
 */
import * as v from "valibot";
import type { ChannelId } from "../base/ids";
import type { EngineState } from "../worker/api";

const KEY = "streamstock.read";
/** Writing is a matter of a millisecond, so not with every reading. */
const KEEP_EVERY_MS = 1000;

const rememberedSchema = v.object({ book: v.string(), times: v.record(v.string(), v.number()) });
type Remembered = v.InferOutput<typeof rememberedSchema>;

export type ReadMemory = ReturnType<typeof readMemory>;

/** Storage may be forbidden: then a reload begins without a memory, and says so in its cells. */
export function readMemory(storage: () => Storage) {
  let known: Remembered | null = recall(storage);
  let keptAt = Number.NEGATIVE_INFINITY;
  return {
    /** ms; null = nobody remembers. */
    lastRead(book: string, channel: ChannelId): number | null {
      return known?.book === book ? (known.times[channel] ?? null) : null;
    },
    keep(state: Pick<EngineState, "book" | "channels">, now: number): void {
      const read = state.channels.flatMap(({ channel, lastOkAt }) =>
        lastOkAt === null ? [] : [[channel, lastOkAt] as const],
      );
      if (read.length === 0 || now - keptAt < KEEP_EVERY_MS) return;
      keptAt = now;
      const before = known?.book === state.book ? known.times : {};
      known = { book: state.book, times: { ...before, ...Object.fromEntries(read) } };
      try {
        storage().setItem(KEY, JSON.stringify(known));
      } catch {
        // The next reload begins without it.
      }
    },
  };
}

function recall(storage: () => Storage): Remembered | null {
  try {
    const parsed = v.safeParse(rememberedSchema, JSON.parse(storage().getItem(KEY) ?? "null"));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
