/**
 * The rows of one sheet (ECMA-376, 18.3.1), collected as its XML arrives.
 *
 * What real exports do and this bears: a stale `dimension`, one `row` element per cell with the same
 * number (TikTok's order export), cells and rows without a reference.
 */
import type { ImportLimits } from "./limits";
import { refuse, type FileRefusal } from "./refusals";
import { RowHash, type SheetRow } from "./table";
import { attributeOf, type XmlHandler } from "./xml-reader";

export interface CellContext {
  readonly strings: readonly string[];
  readonly dateStyles: ReadonlySet<number>;
  readonly from1904: boolean;
  /** The columns to look at; null = all. */
  readonly wanted: ReadonlySet<number> | null;
}

/** The column of a reference such as "AB12", from 0; -1 for something else. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at);
    if (code >= 48 && code <= 57) break;
    if (code < 65 || code > 90) return -1;
    if (column > 100_000) return column;
    column = column * 26 + code - 64;
  }
  return column - 1;
}

const DAY_MS = 86_400_000;
/** Day 0 of Excel's calendars, ms; the earlier one counts a 29 February 1900 that never was. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

function dateText(days: number, from1904: boolean): string {
  const ms = (from1904 ? EPOCH_1904 : EPOCH_1900) + Math.round((days * DAY_MS) / 1000) * 1000;
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(days) : date.toISOString().slice(0, 19);
}

/**
 * A number as a person would write it. Excel keeps 15 digits: a longer whole number has lost its
 * last ones already and is shown with its exponent, as Excel shows it, so that nobody takes it for
 * an id.
 */
export function numberText(raw: string): string {
  const value = Number(raw);
  if (raw.trim() === "" || !Number.isFinite(value)) return raw;
  if (!Number.isInteger(value)) return String(value);
  if (Math.abs(value) < 1e15) return String(value);
  const [digits = "", exponent = ""] = value.toExponential().split("e");
  return `${digits}E${exponent}`;
}

export class SheetCollector implements XmlHandler {
  readonly #context: CellContext;
  readonly #limits: ImportLimits;
  readonly #hash = new RowHash();
  /** Whole rows that nobody has taken yet. */
  #rows: SheetRow[] = [];
  #number = 0;
  #cells: string[] = [];
  #isOpen = false;
  #filled = 0;
  #filledBefore = 0;
  #column = -1;
  #type = "";
  #style = -1;
  #text = "";
  #isText = false;
  #phonetic = 0;
  refusal: FileRefusal | null = null;

  constructor(context: CellContext, limits: ImportLimits) {
    this.#context = context;
    this.#limits = limits;
  }

  take(): readonly SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, tag: string): void {
    if (this.refusal !== null) return;
    if (name === "c") this.#openCell(tag);
    else if (name === "v" || name === "t") this.#isText = this.#phonetic === 0;
    else if (name === "row") this.#openRow(tag);
    else if (name === "rPh") this.#phonetic += 1;
  }

  close(name: string): void {
    if (this.refusal !== null) return;
    if (name === "c") this.#closeCell();
    else if (name === "v" || name === "t") this.#isText = false;
    else if (name === "rPh") this.#phonetic -= 1;
    else if (name === "sheetData") this.#finishRow();
  }

  text(text: string): void {
    if (!this.#isText || this.refusal !== null) return;
    this.#text = this.#text === "" ? text : this.#text + text;
    if (this.#text.length > this.#limits.cellMax) {
      this.refusal = refuse("cell_too_long", this.#number);
    }
  }

  #openRow(tag: string): void {
    const told = Number(attributeOf(tag, "r") ?? Number.NaN);
    const number = Number.isSafeInteger(told) && told > 0 ? told : this.#number + 1;
    this.#column = -1;
    if (number === this.#number && this.#isOpen) return;
    this.#finishRow();
    this.#isOpen = true;
    this.#number = number;
    if (number > this.#limits.rowsMax) this.refusal = refuse("too_many_rows", number);
  }

  #finishRow(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const cells = this.#cells;
    const hash = this.#hash.take();
    this.#cells = [];
    const filled = this.#filled - this.#filledBefore;
    this.#filledBefore = this.#filled;
    if (filled > 0) this.#rows.push({ number: this.#number, cells, filled, hash });
  }

  #openCell(tag: string): void {
    const reference = attributeOf(tag, "r");
    this.#column = reference === null ? this.#column + 1 : columnOf(reference);
    this.#type = attributeOf(tag, "t") ?? "n";
    this.#style = Number(attributeOf(tag, "s") ?? -1);
    this.#text = "";
    if (this.#column >= this.#limits.columnsMax) {
      this.refusal = refuse("too_many_columns", this.#number);
    } else if (this.#column < 0) {
      this.refusal = refuse("broken_file", this.#number);
    }
  }

  #closeCell(): void {
    const text = this.#shown();
    if (text === null) this.refusal = refuse("broken_file", this.#number);
    if (text === null || text === "") return;
    this.#filled += 1;
    if (this.#filled > this.#limits.cellsMax) {
      this.refusal = refuse("too_many_cells", this.#number);
      return;
    }
    this.#hash.addNumber(this.#column);
    this.#hash.add(text);
    const { wanted } = this.#context;
    if (wanted !== null && !wanted.has(this.#column)) return;
    // What lies between stays a hole: a lone cell far to the right costs no more than another.
    this.#cells[this.#column] = text;
  }

  /** Null: it refers to a text that is not there. */
  #shown(): string | null {
    const raw = this.#text;
    switch (this.#type) {
      case "s":
        return raw === "" ? "" : (this.#context.strings[Number(raw)] ?? null);
      case "b":
        return raw === "1" ? "TRUE" : "FALSE";
      case "n": {
        const isDate = raw !== "" && this.#context.dateStyles.has(this.#style);
        return isDate ? dateText(Number(raw), this.#context.from1904) : numberText(raw);
      }
      default:
        return raw;
    }
  }
}
