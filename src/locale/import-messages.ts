/** What is said about importing a file or a pasted table (messages.ts has the rest). */
import type { Explained } from "./explained";

export type SubjectName = "orders" | "stock";
export type StageName = "unpacking" | "reading" | "checking" | "comparing";

/** Nothing of the file is taken. */
export type FileRefusalName =
  | "empty_file"
  | "too_large"
  | "unpacks_too_large"
  | "unsafe_archive"
  | "unsafe_xml"
  | "broken_file"
  | "old_excel"
  | "not_a_table"
  | "no_workbook"
  | "too_many_rows"
  | "too_many_columns"
  | "too_many_cells"
  | "cell_too_long"
  | "open_quote"
  | "no_rows"
  | "mapping_incomplete"
  | "ids_rounded"
  | "took_too_long"
  | "cancelled";

/** A row is not taken, and the seller can do something about it. */
export type RowRefusalName =
  | "order_id_missing"
  | "sku_missing"
  | "sku_too_long"
  | "sku_unknown"
  | "id_digits_lost"
  | "text_unreadable"
  | "quantity_missing"
  | "quantity_negative"
  | "quantity_fraction"
  | "quantity_unreadable"
  | "quantity_too_large"
  | "date_missing"
  | "date_unreadable"
  | "status_unknown"
  | "duplicate_row"
  | "duplicate_conflict"
  | "known_by_connection"
  | "book_is_newer"
  | "other_places_hold_more";

/** A row is none of her stock, or no data. */
export type LeftOutName =
  | "fulfilled_by_channel"
  | "not_stocked"
  | "parent_row"
  | "description_row"
  | "summary_row"
  | "location_not_chosen"
  | "closed_before_book";

/** The columns that may have to be chosen by hand. */
export type ColumnName =
  "orderId" | "sku" | "listingId" | "quantity" | "createdAt" | "available" | "onHand" | "status";

export interface ImportMessages {
  readonly notLiveTitle: string;
  readonly notLiveBody: string;
  readonly title: string;
  readonly how: string;
  readonly choose: string;
  readonly dropHere: string;
  readonly kinds: string;
  readonly pasteTitle: string;
  readonly pasteLabel: string;
  readonly pasteHint: string;
  readonly pasteRead: string;
  readonly stage: Readonly<Record<StageName, string>>;
  readonly cancel: string;
  readonly fileRefusal: Readonly<Record<FileRefusalName, string>>;
  readonly stale: string;
  readonly noPlan: string;

  readonly subject: Readonly<Record<SubjectName, string>>;
  readonly seenAs: (channelName: string, subject: string) => string;
  readonly seenLikely: string;
  readonly seenNone: string;
  readonly mapTitle: string;
  readonly mapHow: string;
  readonly mapChannel: string;
  readonly mapSubject: string;
  readonly mapColumn: Readonly<Record<ColumnName, string>>;
  readonly mapNone: string;
  readonly mapGo: string;
  readonly mapChange: string;

  readonly previewTitle: string;
  readonly previewRows: string;
  readonly previewChanges: string;
  readonly previewRefused: string;
  readonly previewLeftOut: string;
  readonly repeat: Explained;
  readonly nothing: Explained;
  readonly ordersFirst: string;
  readonly dates: (detail: string) => string;
  readonly dateOrder: Readonly<Record<"dmy" | "mdy", string>>;
  readonly changesTitle: string;
  readonly isNew: string;
  readonly onHandChange: (from: number, to: number) => string;
  readonly ordered: (n: number) => string;
  readonly paid: (n: number) => string;
  readonly cancelled: (n: number) => string;
  readonly shipped: (n: number) => string;
  readonly listedOnly: (n: number) => string;
  readonly refusedTitle: string;
  readonly refusedHow: string;
  readonly leftOutTitle: string;
  readonly rowNumber: (n: number) => string;
  readonly rowRefusal: Readonly<Record<RowRefusalName, string>>;
  readonly leftOut: Readonly<Record<LeftOutName, string>>;
  readonly more: (n: number) => string;
  readonly apply: (n: number) => string;
  readonly applying: string;
  readonly applied: Explained;
  readonly another: string;
}
