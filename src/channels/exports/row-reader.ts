/** What reading a row of orders and a row of stock have in common: cells by field, and complaints. */
import type { Result } from "../../base/result";
import { cleanCell, readId } from "./cells";
import type { Field } from "./forms";
import type { Mapping } from "./mapping";
import type { LeftOut, LeftOutCode, RowRefusal, RowRefusalCode } from "./refusals";
import type { SheetRow } from "./table";
import { Words } from "./words";

/** Rows below the header in which a platform may describe its columns (channels.md 6). */
const DESCRIPTION_ROWS = 5;
/** A remark below the data fills few cells. */
const REMARK_CELLS = 3;
/** Characters of a cell that are shown. */
const SHOWN_MAX = 200;

/** Kept beside what is taken: the rows that are not, each with its reason. */
export class Complaints {
  readonly refused: RowRefusal[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly #headers: readonly string[];
  readonly #mapping: Mapping;

  constructor(headers: readonly string[], mapping: Mapping) {
    this.#headers = headers;
    this.#mapping = mapping;
  }

  #column(field: Field | null): string {
    const column = field === null ? undefined : this.#mapping.columns[field]?.[0];
    return column === undefined ? "" : (this.#headers[column] ?? "");
  }

  refuse(row: number, code: RowRefusalCode, field: Field | null, cell: string): void {
    const shown = cell.slice(0, SHOWN_MAX);
    this.refused.push({ row, code, column: this.#column(field), cell: shown });
  }

  leaveOut(row: number, code: LeftOutCode, field: Field | null, cell: string): void {
    const shown = cell.slice(0, SHOWN_MAX);
    this.leftOut.push({ row, code, column: this.#column(field), cell: shown });
  }
}

export class RowReader {
  readonly words = new Words();
  readonly mapping: Mapping;
  readonly complaints: Complaints;
  /** Ids of more than 15 digits, and those of them that end in nothing but zeros after the 15th. */
  #longIds = 0;
  #roundIds = 0;

  constructor(mapping: Mapping, headers: readonly string[]) {
    this.mapping = mapping;
    this.complaints = new Complaints(headers, mapping);
  }

  /** The first of the field's columns that is filled; "" for none. */
  cell(row: SheetRow, field: Field): string {
    const columns = this.mapping.columns[field];
    if (columns === undefined) return "";
    for (const column of columns) {
      const text = cleanCell(row.cells[column]);
      if (text !== "") return text;
    }
    return "";
  }

  has(field: Field): boolean {
    return (this.mapping.columns[field]?.length ?? 0) > 0;
  }

  /** The text of an id; what is wrong with it is complained about, and null. */
  id(row: SheetRow, field: Field): string | null {
    const text = this.cell(row, field);
    const id: Result<string, RowRefusalCode> = readId(text);
    if (!id.ok) {
      this.complaints.refuse(row.number, id.error, field, text);
      return null;
    }
    if (text.length > 15 && /^\d{16,}$/.test(text)) {
      this.#longIds += 1;
      if (/^\d{15}0+$/.test(text)) this.#roundIds += 1;
    }
    return text;
  }

  /**
   * A spreadsheet that keeps 15 digits had the file before: every long id ends in zeros. One or two
   * may by chance.
   */
  get idsAreRounded(): boolean {
    return this.#longIds >= 3 && this.#roundIds === this.#longIds;
  }

  /** The header itself, rows above it, and what TikTok says of its columns below it. */
  isAboveData(row: SheetRow, id: Field, quantity: Field): boolean {
    const { headerRow, channel } = this.mapping;
    if (row.number <= headerRow) return true;
    if (channel !== "tiktok" || headerRow === 0) return false;
    if (row.number > headerRow + DESCRIPTION_ROWS) return false;
    const units = this.cell(row, quantity);
    const name = this.cell(row, id);
    const isWords = (text: string) => text !== "" && !/\p{N}/u.test(text);
    const isDescription = isWords(units) || (units === "" && isWords(name));
    if (isDescription) this.complaints.leaveOut(row.number, "description_row", null, name || units);
    return isDescription;
  }

  /** "83 record(s) downloaded", a total: fewer cells than any row of data. */
  isRemark(row: SheetRow): boolean {
    return row.filled <= REMARK_CELLS;
  }
}
