/**
 * The port to the open workbook. Writes are rare, since each one enters the seller's undo history
 * (platform.md 0.8): the caller sends changed rows only, at most one batch a second.
 */
import type { Result } from "../base/result";
import type { LiveTable } from "./live-table";

export type WorkbookRefusal =
  /** The seller is typing in a cell; Excel takes nothing now. */
  | { readonly code: "cell_edit" }
  /** The sheet is protected. */
  | { readonly code: "protected" }
  | { readonly code: "failed"; readonly detail: string };

/** What stands in the cell named StreamPlan. */
export type PlanCell =
  | { readonly kind: "none" }
  | { readonly kind: "units"; readonly units: number }
  /** The seller has a plan there, and it is no number of units: never replaced by another silently. */
  | { readonly kind: "unreadable"; readonly text: string };

export interface Workbook {
  /**
   * Brings the live table to `table`: makes it where it is missing, renames our headers, writes
   * `changed` rows. Finds rows by SKU and columns by header, so the seller may sort, move, rename
   * the sheet and add columns of her own; what is hers is not touched.
   */
  writeLiveTable(
    table: LiveTable,
    changed: readonly string[],
  ): Promise<Result<null, WorkbookRefusal>>;
  /** The number in the cell named StreamPlan: the units the seller plans for the stream. */
  readPlan(): Promise<Result<PlanCell, WorkbookRefusal>>;
}
