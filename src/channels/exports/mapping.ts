/** Which column is which: what recognising a file results in, and what a person may correct. */
import type { ChannelId } from "../../base/ids";
import { neededFields, type DateOrder, type Field, type FormId, type Subject } from "./forms";

/** Plain data, so that it can cross to the page, be edited there and be remembered. */
export interface Mapping {
  readonly form: FormId;
  /** Null: not known; to be chosen before anything can be planned. */
  readonly channel: ChannelId | null;
  readonly subject: Subject;
  /** Which sheet of the workbook, from 0. */
  readonly sheet: number;
  /** The row that names the columns, as Excel numbers it; 0: there is none. */
  readonly headerRow: number;
  /**
   * Columns from 0. Of several the quantities are added up (one column per warehouse); of any other
   * field the first that is filled counts.
   */
  readonly columns: Readonly<Partial<Record<Field, readonly number[]>>>;
  /** Null: as the file's own dates show, or else as the platform usually writes them. */
  readonly dateOrder: DateOrder | null;
}

/** "channel" and the fields that are still to be mapped; of fields joined by "|" one is enough. */
export function missingIn(mapping: Mapping): readonly string[] {
  const isMapped = (field: Field) => (mapping.columns[field]?.length ?? 0) > 0;
  const missing = neededFields[mapping.subject]
    .filter((group) => !group.some(isMapped))
    .map((group) => group.join("|"));
  return mapping.channel === null ? ["channel", ...missing] : missing;
}
