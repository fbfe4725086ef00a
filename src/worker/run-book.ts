/** Which steps of the run-book a person did in a stream, told from the ledger itself. */
import type { Stream } from "../stock/streams";
import type { OpenBook } from "./open-book";

const READ_AT_ONCE = 2000;

/** When each step was done, by its code; ms. Steps of the stream alone. */
export async function doneSteps(
  book: OpenBook,
  stream: Stream,
): Promise<Readonly<Record<string, number>>> {
  const { ledger, projection } = book.bookkeeper;
  const done: Record<string, number> = {};
  // Back from the newest entry: a live book has years before this stream.
  for (let after = projection.seq; after > 0;) {
    const start = Math.max(0, after - READ_AT_ONCE);
    const read = await ledger.read(start, after - start);
    if (!read.ok) break;
    for (const entry of read.value) {
      const isStep = entry.type === "note" && entry.kind === "run_book" && entry.ref === stream.id;
      if (isStep) done[entry.detail] = entry.at;
    }
    after = start;
    if ((read.value[0]?.bookedAt ?? 0) < (stream.startedAt ?? 0)) break;
  }
  return done;
}
