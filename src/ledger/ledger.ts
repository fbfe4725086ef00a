/**
 * The port of a book's history.
 *
 * Obligations of an implementation:
 *  - `append` is one transaction: all entries and cursors of a call, or none.
 *  - Entries get the numbers that follow the head, without gaps, in the order given.
 *  - A draft whose key is already in the book is left out; the rest are booked.
 *  - What was answered is on disk (as strictly as the store can: limits.md 5a).
 *  - One writer at a time is the caller's duty (Web Lock); a second one is refused, not mixed in.
 */
import type { ChannelId } from "../base/ids";
import type { Result } from "../base/result";
import type { Draft, Entry } from "../stock/entries";

export type LedgerRefusal =
  /** Another tab holds the database in an older version. */
  | { readonly code: "blocked"; readonly detail: string }
  /** The stored schema is newer than this code: never written to. */
  | { readonly code: "newer_schema"; readonly detail: string }
  | { readonly code: "full"; readonly detail: string }
  /** Someone else wrote meanwhile: the head is not where this writer left it. */
  | { readonly code: "conflict"; readonly detail: string }
  | { readonly code: "failed"; readonly detail: string };

export type Cursors = Readonly<Partial<Record<ChannelId, string>>>;

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
  /** Takes entries over as they are (from the journal); they must follow the head. */
  restore(entries: readonly Entry[]): Promise<Result<null, LedgerRefusal>>;
  head(): Promise<Result<number, LedgerRefusal>>;
  close(): void;
}
