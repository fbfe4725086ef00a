/**
 * The journal's port, as `ledger/journal.ts` describes it: append with expected sequence, read after
 * a sequence, head. The file implementation is here; one over a database for teams can stand in.
 */
import type { BookId } from "../../base/ids";
import type { Result } from "../../base/result";
import type { JournalRecord } from "../../ledger/journal";

/** The end of the chain; `seq` 0 and `emptyHash` for a book without entries. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export const emptyHash = "0".repeat(64);

export type JournalRefusal =
  /** The records do not follow the head, or differ from what is kept under their numbers. */
  | { readonly kind: "gap"; readonly head: Head }
  | { readonly kind: "disk_full" }
  /** The chain is broken at `where`; reads and appends are refused until a person has looked. */
  | { readonly kind: "damaged"; readonly where: string }
  | { readonly kind: "failed"; readonly code: string };

export interface JournalPage {
  readonly head: Head;
  readonly records: readonly JournalRecord[];
}

export interface JournalStore {
  /** Answers once the records are durable. All of them, or none. */
  append(book: BookId, records: readonly JournalRecord[]): Promise<Result<Head, JournalRefusal>>;
  /**
   * Records with `seq > after`, oldest first: at most `limit`, and at most about `bytesMax`
   * characters of JSON, but always one if there is one.
   */
  read(book: BookId, after: number, limit: number): Promise<Result<JournalPage, JournalRefusal>>;
  /** Number and hash of the chain at an entry that is kept; null for one that is not. */
  headAt(book: BookId, seq: number): Promise<Result<Head | null, JournalRefusal>>;
  close(): Promise<void>;
}
