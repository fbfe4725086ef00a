/**
 * Why a file, or one row of it, is not taken. Codes alone: the words are in `locale`.
 */

/** Nothing of the file is taken. */
export const fileRefusalCodes = [
  "empty_file",
  /** More bytes than `packedMax`. */
  "too_large",
  /** Unpacks to more than it may, or packed tighter than any honest workbook. */
  "unpacks_too_large",
  /** An archive that climbs out of its folder, holds archives, is encrypted or overlaps itself. */
  "unsafe_archive",
  /** A document type or entity of its own: no workbook needs one. */
  "unsafe_xml",
  /** Cut short or damaged. */
  "broken_file",
  /** Excel 97-2003, or a workbook with a password: both look the same from outside. */
  "old_excel",
  /** A picture, a PDF, a web page. */
  "not_a_table",
  /** An archive without a workbook in it. */
  "no_workbook",
  "too_many_rows",
  "too_many_columns",
  "too_many_cells",
  "cell_too_long",
  /** A quotation mark that never ends. */
  "open_quote",
  "no_rows",
  /** Columns that are needed are not mapped; `detail` names the fields. */
  "mapping_incomplete",
  /** Every long id ends in zeros: a spreadsheet rounded them. */
  "ids_rounded",
  "took_too_long",
  "cancelled",
] as const;
export type FileRefusalCode = (typeof fileRefusalCodes)[number];

export interface FileRefusal {
  readonly code: FileRefusalCode;
  /** A row number, a part of the workbook, field names; "" where there is nothing to add. */
  readonly detail: string;
}

export function refuse(code: FileRefusalCode, detail: string | number = ""): FileRefusal {
  return { code, detail: String(detail) };
}

/** The seller can do something about these. */
export const rowRefusalCodes = [
  "order_id_missing",
  "sku_missing",
  "sku_too_long",
  /** The book has no such SKU: import the listings first. */
  "sku_unknown",
  /** Shown as 1.23E+12: the digits are gone. */
  "id_digits_lost",
  /** The cell holds characters that the encoding did not explain. */
  "text_unreadable",
  "quantity_missing",
  "quantity_negative",
  "quantity_fraction",
  "quantity_unreadable",
  "quantity_too_large",
  "date_missing",
  "date_unreadable",
  "status_unknown",
  /** The same row again, word for word: counted once. */
  "duplicate_row",
  /** One SKU, several quantities: none is believed. */
  "duplicate_conflict",
  /** The order came in through the connection and has its own line ids. */
  "known_by_connection",
  /** Orders of this SKU arrived after the file was made: its number is out of date. */
  "book_is_newer",
  /** The book has more at other places than the file has altogether. */
  "other_places_hold_more",
] as const;
export type RowRefusalCode = (typeof rowRefusalCodes)[number];

/** Left out because it is none of the seller's stock, or no data. */
export const leftOutCodes = [
  "fulfilled_by_channel",
  "not_stocked",
  /** A listing with variations: its own row is the sum of theirs. */
  "parent_row",
  /** What the platform says of its columns. */
  "description_row",
  /** The sum of an order, "83 record(s) downloaded" and the like. */
  "summary_row",
  "location_not_chosen",
  /** Sent before the stock was counted, so the count has it already. */
  "closed_before_book",
] as const;
export type LeftOutCode = (typeof leftOutCodes)[number];

/** One row and what is the matter with it. */
export interface RowNote<Code extends string> {
  /** As Excel numbers it, from 1. */
  readonly row: number;
  readonly code: Code;
  /** The column's own header, "" where it is about the whole row. */
  readonly column: string;
  /** From outside: text to show, never markup or a formula. */
  readonly cell: string;
}
export type RowRefusal = RowNote<RowRefusalCode>;
export type LeftOut = RowNote<LeftOutCode>;
