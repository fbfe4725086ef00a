/**
 * The port to the open workbook. Writes are rare, since each one enters the seller's undo history
 * (platform.md 0.8): the caller sends changed rows only, at most one batch a second.
 */
import type { Result } from "../base/result";
import type { LocaleId } from "../locale/formats";
import type { LiveTable } from "./live-table";
import type { PlanPaint, ReadPlanRow } from "./plan-table";
import type { ReviewPage } from "./review-page";

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

export interface PlanSheet {
  readonly rows: readonly ReadPlanRow[];
  /** Rows of the table that are selected, by their index; null = the selection is elsewhere. */
  readonly selected: readonly [number, number] | null;
}

/** How the Live table was left. */
export type LiveOutcome =
  | "written"
  /** There is none, and nobody asked for one. */
  | "no_table"
  /** The seller took the SKU column out: no row can be found without it. */
  | "no_sku_column";

export interface LiveWrite {
  /** SKUs that were written before and are not in the book any more. */
  readonly gone: ReadonlySet<string>;
  /** Makes the table where there is none, and brings its sheet to the front. */
  readonly make: boolean;
}

export interface Workbook {
  /**
   * Brings the Live table to `table`, if there is one: finds the table and its columns by Excel's
   * own ids and rows by SKU, so that the seller may sort, filter, move, rename and add columns of
   * her own. Writes cells of ours that differ, in one batch; nothing of hers is touched.
   */
  writeLiveTable(table: LiveTable, how: LiveWrite): Promise<Result<LiveOutcome, WorkbookRefusal>>;
  /** Makes the Streams sheet, or brings it to the front. Its list offers these SKUs. */
  makePlan(locale: LocaleId, skus: readonly string[]): Promise<Result<null, WorkbookRefusal>>;
  /**
   * The rows of the Streams sheet, each with its number: `newNumber` names those that have none. Null
   * where there is no such sheet; one that the workbook itself asks for is made first.
   */
  readStreams(
    locale: LocaleId,
    newNumber: () => string,
    skus: readonly string[],
  ): Promise<Result<PlanSheet | null, WorkbookRefusal>>;
  /** Writes beside the rows what the engine says of them, by their numbers. */
  paintStreams(
    locale: LocaleId,
    paints: ReadonlyMap<string, PlanPaint>,
  ): Promise<Result<null, WorkbookRefusal>>;
  /** Makes the Review sheet, or brings it to the front. */
  makeReview(locale: LocaleId): Promise<Result<null, WorkbookRefusal>>;
  /** False: there is no Review sheet. */
  fillReview(page: ReviewPage): Promise<Result<boolean, WorkbookRefusal>>;
  /** Enters formulas of ours again that stand as #NAME?; answers how many. */
  repair(): Promise<Result<number, WorkbookRefusal>>;
  /** The number in the cell named StreamPlan: the units the seller plans for the stream. */
  readPlan(): Promise<Result<PlanCell, WorkbookRefusal>>;
}
