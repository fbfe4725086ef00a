/**
 * The journal: the durable copy of a book, outside the browser. Types and obligations only; the
 * companion implements it over a file, the worker's client speaks it over HTTP.
 *
 *   POST /api/journal/{book}/append   AppendRequest     -> AppendAnswer, or 409 `sequence_gap`,
 *                                                          or 423 `fenced_off`
 *   GET  /api/journal/{book}?after=N&limit=M            -> ReadAnswer
 *   POST /api/lease/{book}            LeaseRequest      -> LeaseAnswer
 *
 * Obligations of whoever keeps a journal:
 *  - Append-only. An entry's `seq` is the one that follows the journal's head, without a gap; the
 *    same entries sent again (same seq, same hash) are accepted and change nothing.
 *  - An answer is given only once the bytes are on disk (fsync).
 *  - Entries are opaque: the journal orders, chains and keeps them, and understands none.
 *  - Every append carries the fencing token of the lease; an older token is refused for ever.
 */
import * as v from "valibot";

/** One ledger entry as the journal sees it: a sequence number and a JSON text. */
export const journalRecordSchema = v.object({
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  json: v.pipe(v.string(), v.maxLength(1_000_000)),
});
export type JournalRecord = v.InferOutput<typeof journalRecordSchema>;

export const appendRequestSchema = v.object({
  records: v.pipe(v.array(journalRecordSchema), v.minLength(1), v.maxLength(5000)),
});

/** The journal's head after the append: the last sequence number, and the hash of the chain there. */
export const appendAnswerSchema = v.object({ headSeq: v.number(), headHash: v.string() });

export const readAnswerSchema = v.object({
  headSeq: v.number(),
  headHash: v.string(),
  records: v.array(journalRecordSchema),
});

/** The longest that a question about a lease may be left open. */
export const LEASE_WAIT_MAX_MS = 30_000;

/**
 * What is asked about a lease; times in milliseconds.
 *  - `acquire` takes the lease, or renews it for the same holder. With `waitMs` the answer waits so
 *    long for the lease to be free, and the term is short until a `hold` follows.
 *  - `hold` is left open by whoever leads: its answer tells that the lead was lost, and a connection
 *    that ends before there is an answer gives the lease back. Only an `acquire` renews, so that a
 *    leader which is frozen with its connections open still runs out.
 *  - `look` changes nothing: `ttlMs` of the answer is what is left of the term, 0 when it is free.
 *  - `release` gives it back.
 */
export const leaseRequestSchema = v.object({
  action: v.picklist(["acquire", "hold", "look", "release"]),
  holder: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  /**
   * Which of the holder's workers asks. The Web Lock of the holder's profile has passed on to it, so
   * it takes the lease from another worker of the same holder at once, under a new token.
   */
  worker: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(100))),
  /** The token it leads under; an `acquire` that names one renews that one and takes over nothing. */
  fence: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  waitMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LEASE_WAIT_MAX_MS))),
});
export type LeaseRequest = v.InferOutput<typeof leaseRequestSchema>;

export const LEASE_TTL_MS = 8000;

/**
 * `granted`: the caller leads for `ttlMs` from now; `fence` is higher than that of every earlier
 * leader, and stays the same while the same holder renews in time. Not granted: someone else leads.
 */
export const leaseAnswerSchema = v.object({
  granted: v.boolean(),
  fence: v.number(),
  ttlMs: v.number(),
});
export type LeaseAnswer = v.InferOutput<typeof leaseAnswerSchema>;
