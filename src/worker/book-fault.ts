/** Why a book stopped, in codes that `locale` has words for. */
import type { JournalRefusal } from "../ledger/journal-client";
import type { LedgerRefusal } from "../ledger/ledger";

export type BookFaultCode =
  | "storage_blocked"
  | "storage_full"
  | "storage_failed"
  /** A tab with older code keeps the database from being brought up to date. */
  | "older_tab"
  | "newer_schema"
  /** Ledger and journal tell different stories. */
  | "diverged";

export interface BookFault {
  readonly code: BookFaultCode;
  readonly detail: string;
  /** It may pass by itself: there is room on the disk again, the other tab is closed. */
  readonly passes: boolean;
}

export function storageFault({ code, detail }: LedgerRefusal): BookFault {
  switch (code) {
    case "full":
      return { code: "storage_full", detail, passes: true };
    case "refused":
      return { code: "storage_blocked", detail, passes: false };
    case "blocked":
      return { code: "older_tab", detail, passes: true };
    case "newer_schema":
      return { code, detail, passes: false };
    case "conflict":
      return { code: "storage_failed", detail, passes: false };
    case "failed":
      // A full disk does not always say that it is one, once it has cost the connection.
      return { code: "storage_failed", detail, passes: true };
  }
}

/** Null: another try may find it well. */
export function journalFault(refusal: JournalRefusal): BookFault | null {
  switch (refusal.code) {
    case "companion_down":
    case "fenced_off":
    case "sequence_gap":
      return null;
    case "ledger":
      return storageFault(refusal.refusal);
    case "refused":
      return { code: "storage_failed", detail: refusal.detail, passes: false };
    case "diverged":
      return { code: "diverged", detail: refusal.detail, passes: false };
  }
}
