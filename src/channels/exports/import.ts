/**
 * The way without any API: a file that the seller downloaded, or a range she pasted, becomes a
 * preview and then, if she says so, one batch of entries.
 *
 *   openExport / openPasted  bytes or text -> what it is, and a mapping that she may correct
 *   planExport               -> what would change; every row that is not taken, with its reason
 *   summaryOf / pageOf       -> plain data of bounded size, for the pane
 *   bookImport               -> drafts, inside one transaction of the book
 *
 * Runs in the web worker, and in a page as well: work goes on in slices of `pace.sliceMs`, with a
 * rest after each; it can be cancelled, and tells how far it is. Nothing is changed before
 * `bookImport`. Refusals are codes (refusals.ts). No clock, network or storage of its own.
 */
import { err, ok, type Result } from "../../base/result";
import { decodeText, type TextEncoding } from "./decode-text";
import type { Delimiter } from "./delimited";
import type { BookView, ImportPlan, PlanOptions, SkuChange } from "./import-plan";
import { importLimits, type ImportLimits } from "./limits";
import type { Mapping } from "./mapping";
import { Pace, type PaceOptions } from "./pace";
import { planImport } from "./plan-import";
import { recognise, type Recognised } from "./recognise";
import {
  refuse,
  type FileRefusal,
  type LeftOut,
  type LeftOutCode,
  type RowRefusal,
  type RowRefusalCode,
} from "./refusals";
import type { Table } from "./table";
import { textTable } from "./text-table";
import { xlsxTable } from "./xlsx-table";
import { looksLikeZip } from "./zip";

export { bookImport } from "./book-import";
export type { TextEncoding } from "./decode-text";
export type { BookView, ImportPlan, PlanOptions, SkuChange } from "./import-plan";
export type { Mapping } from "./mapping";
export type { PaceOptions, Progress } from "./pace";
export type { Recognised } from "./recognise";

/** An opened file. Stays where it was opened: only `recognised` and `source` may cross a boundary. */
export interface OpenedExport {
  readonly recognised: Recognised;
  readonly source: {
    readonly kind: "text" | "workbook" | "pasted";
    /** As found out or chosen; null for a workbook. */
    readonly encoding: TextEncoding | null;
    readonly delimiter: Delimiter | null;
    readonly sheets: readonly string[];
  };
  readonly table: Table;
}

export interface OpenOptions extends PaceOptions {
  /** The seller's own choice; absent = find out. */
  readonly encoding?: TextEncoding;
  readonly limits?: ImportLimits;
}

type Opened = Result<OpenedExport, FileRefusal>;

/** What other files begin with: PDF, PNG, JPEG, GIF, gzip, 7z, RAR. */
const otherFiles = ["%PDF", "\x89PNG", "\xff\xd8\xff", "GIF8", "\x1f\x8b", "7z\xbc\xaf", "Rar!"];

function kindOf(bytes: Uint8Array): "workbook" | "text" | FileRefusal {
  if (looksLikeZip(bytes)) return "workbook";
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  // The compound file of Excel 97-2003, and of a workbook with a password.
  if (start.startsWith("\xd0\xcf\x11\xe0")) return refuse("old_excel");
  const isOther = otherFiles.some((mark) => start.startsWith(mark));
  const isPage = /^\s*<(!doctype|html|\?xml)/i.test(
    String.fromCharCode(...bytes.subarray(0, 100)).replace("\xef\xbb\xbf", ""),
  );
  return isOther || isPage ? refuse("not_a_table") : "text";
}

async function openTable(
  table: Table,
  source: Omit<OpenedExport["source"], "sheets">,
  pace: Pace,
): Promise<Opened> {
  const recognised = await recognise(table, pace);
  if (!recognised.ok) return recognised;
  return ok({
    recognised: recognised.value,
    source: { ...source, sheets: table.sheets },
    table,
  });
}

async function openText(
  pieces: readonly string[],
  encoding: TextEncoding | null,
  limits: ImportLimits,
  pace: Pace,
): Promise<Opened> {
  const table = textTable(pieces, limits);
  const kind = encoding === null ? "pasted" : "text";
  return openTable(table, { kind, encoding, delimiter: table.delimiter }, pace);
}

/** Refused: too_large, empty_file, old_excel, not_a_table, and all that reading may refuse. */
export async function openExport(bytes: Uint8Array, options: OpenOptions): Promise<Opened> {
  const limits = options.limits ?? importLimits;
  if (bytes.length === 0) return err(refuse("empty_file"));
  if (bytes.length > limits.packedMax) return err(refuse("too_large", bytes.length));
  const kind = kindOf(bytes);
  if (typeof kind === "object") return err(kind);
  const pace = new Pace(options, limits.workMsMax);
  if (kind === "workbook") {
    const table = await xlsxTable(bytes, limits, pace);
    if (!table.ok) return table;
    return openTable(table.value, { kind, encoding: null, delimiter: null }, pace);
  }
  const decoded = await decodeText(bytes, options.encoding ?? null, pace);
  if (!decoded.ok) return decoded;
  return openText(decoded.value.pieces, decoded.value.encoding, limits, pace);
}

/** Cells copied in a spreadsheet, or CSV as text. */
export async function openPasted(text: string, options: OpenOptions): Promise<Opened> {
  const limits = options.limits ?? importLimits;
  if (text.trim() === "") return err(refuse("empty_file"));
  if (text.length > limits.packedMax) return err(refuse("too_large", text.length));
  return openText([text], null, limits, new Pace(options, limits.workMsMax));
}

/** `mapping`: `opened.recognised.mapping`, or what the seller made of it. */
export function planExport(
  opened: OpenedExport,
  mapping: Mapping,
  book: BookView,
  options: PlanOptions & PaceOptions & Pick<OpenOptions, "limits">,
): Promise<Result<ImportPlan, FileRefusal>> {
  const pace = new Pace(options, (options.limits ?? importLimits).workMsMax);
  const { headers } = opened.recognised;
  return planImport(opened.table, mapping, headers, book, options, pace);
}

/** The plan in short: the same size however large the file was. */
export interface ImportSummary extends Pick<
  ImportPlan,
  "id" | "channel" | "subject" | "rows" | "isRepeat" | "needsOrdersFirst" | "dateOrder"
> {
  readonly orders: number;
  readonly readings: number;
  readonly newListings: number;
  readonly changes: number;
  /** True: booking it would change nothing that a person sees. */
  readonly isEmpty: boolean;
  readonly refused: Readonly<Partial<Record<RowRefusalCode, number>>>;
  readonly leftOut: Readonly<Partial<Record<LeftOutCode, number>>>;
  readonly locations: readonly string[];
}

function byCode<Code extends string>(
  notes: readonly { readonly code: Code }[],
): Partial<Record<Code, number>> {
  const counts: Partial<Record<Code, number>> = {};
  for (const { code } of notes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

export function summaryOf(plan: ImportPlan): ImportSummary {
  const { id, channel, subject, rows, isRepeat, needsOrdersFirst, dateOrder } = plan;
  return {
    ...{ id, channel, subject, rows, isRepeat, needsOrdersFirst, dateOrder },
    orders: plan.orders.length,
    readings: plan.readings.length,
    newListings: plan.newListings.length,
    changes: plan.changes.length,
    isEmpty: plan.changes.length === 0,
    refused: byCode(plan.refused),
    leftOut: byCode(plan.leftOut),
    locations: plan.locations.slice(0, 100),
  };
}

export interface ImportPage {
  readonly changes: readonly SkuChange[];
  readonly refused: readonly RowRefusal[];
  readonly leftOut: readonly LeftOut[];
}

/** `count` of each list from `from` on: a list of 100,000 is not sent to the pane at once. */
export function pageOf(plan: ImportPlan, from: number, count: number): ImportPage {
  const end = from + count;
  return {
    changes: plan.changes.slice(from, end),
    refused: plan.refused.slice(from, end),
    leftOut: plan.leftOut.slice(from, end),
  };
}
