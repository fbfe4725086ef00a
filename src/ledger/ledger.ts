/**
 * The port of a book's history.
 *
 * Obligations of an implementation:
 *  - `append` is one transaction: all entries and cursors of a call, or none.
 *  - Entries get the numbers that follow the head, without gaps, in the order given.
 *  - A draft whose key is already in the book is left out; the rest are booked.
 *  - What was answered is on disk (as strictly as the store can: limits.md 5a).
 *  - One writer at a time is the caller's duty (Web Lock); a second one is refused, not mixed in.
 *  - A snapshot is a cache: it may be missing, it is never the truth, and it never runs ahead of the
 *    entries.
 */
import type { ChannelId } from "../base/ids";
import type { Result } from "../base/result";
import type { Draft, Entry } from "../stock/entries";

export type LedgerRefusal =
  /** The browser gives no storage at all: private mode, site data forbidden. */
  | { readonly code: "refused"; readonly detail: string }
  /** Another tab holds the database in an older version. */
  | { readonly code: "blocked"; readonly detail: string }
  /** The stored schema is newer than this code: never written to. */
  | { readonly code: "newer_schema"; readonly detail: string }
  /** Quota or disk. Nothing of the call was kept; a later call may succeed. */
  | { readonly code: "full"; readonly detail: string }
  /** Someone else wrote meanwhile: the head is not where this writer left it. */
  | { readonly code: "conflict"; readonly detail: string }
  | { readonly code: "failed"; readonly detail: string };

/** How far each channel was read; "watched": when this profile's leader was last at work, ms. */
export type Cursors = Readonly<Partial<Record<ChannelId | "watched", string>>>;

/** What the entries up to `seq` add up to. `state` is anything that can be cloned. */
export interface Snapshot {
  readonly seq: number;
  /** Of the code that folded it: another version's snapshot is of no use. */
  readonly version: string;
  readonly state: unknown;
}

export interface Ledger {
  /** Entries with a number above `after`, in order, at most `limit`. */
  read(after: number, limit: number): Promise<Result<readonly Entry[], LedgerRefusal>>;
  cursors(): Promise<Result<Cursors, LedgerRefusal>>;
  /** Books what is new; answers the entries as booked. `bookedAt` = ms. */
  append(
    drafts: readonly Draft[],
    cursors: Cursors,
    bookedAt: number,
  ): Promise<Result<readonly Entry[], LedgerRefusal>>;
  /**
   * Takes entries over as they are (journal, file): all or none. They must follow the head without
   * gaps, and a key may not come twice.
   */
  restore(entries: readonly Entry[]): Promise<Result<null, LedgerRefusal>>;
  head(): Promise<Result<number, LedgerRefusal>>;
  /**
   * Empties the book - entries, cursors, snapshot - in one transaction. Only for a book that its
   * journal gives back.
   */
  clear(): Promise<Result<null, LedgerRefusal>>;
  /** The newest snapshot, or null. */
  snapshot(): Promise<Result<Snapshot | null, LedgerRefusal>>;
  /**
   * Keeps a snapshot instead of the one before, and takes the occasion to tidy up the storage. One
   * that is ahead of the entries is refused as a conflict.
   */
  keepSnapshot(snapshot: Snapshot): Promise<Result<null, LedgerRefusal>>;
  close(): void;
}
