/**
 * Rows of delimited text: comma, semicolon or tab; cells in quotation marks may hold delimiters,
 * line breaks and doubled quotation marks. Lenient where people's tools are: a quotation mark within
 * a cell is a character like any other (27" monitor), and text after a closing one belongs to the
 * cell.
 */
import type { ImportLimits } from "./limits";
import { refuse, type FileRefusal, type FileRefusalCode } from "./refusals";
import { RowHash, type SheetRow } from "./table";

export type Delimiter = "," | ";" | "\t";

const QUOTE = 34;
const LF = 10;
const CR = 13;

/** Characters in which the delimiter is looked for. */
const SAMPLE = 64 * 1024;
const SAMPLE_LINES = 30;

/** How often each delimiter stands outside quotation marks, line by line. */
function countsByLine(text: string): number[][] {
  const lines: number[][] = [];
  let counts = [0, 0, 0];
  let quoted = false;
  const end = Math.min(text.length, SAMPLE);
  for (let at = 0; at < end && lines.length < SAMPLE_LINES; at += 1) {
    const character = text[at] ?? "";
    if (character === '"') quoted = !quoted;
    if (quoted) continue;
    if (character === "\n" || character === "\r") {
      if (counts.some((count) => count > 0)) lines.push(counts);
      counts = [0, 0, 0];
      continue;
    }
    const kind = ",;\t".indexOf(character);
    if (kind >= 0) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  if (counts.some((count) => count > 0)) lines.push(counts);
  return lines;
}

/**
 * The delimiter whose number is the same in the most lines; where several are, the more frequent
 * one. A first line "sep=;" of Excel's own making wins.
 */
export function findDelimiter(text: string): Delimiter {
  const told = /^sep=([,;\t])\r?\n/i.exec(text.slice(0, 16))?.[1];
  if (told === "," || told === ";" || told === "\t") return told;
  const lines = countsByLine(text);
  let best: Delimiter = ",";
  let bestScore = 0;
  for (const [index, delimiter] of ([",", ";", "\t"] as const).entries()) {
    const sizes = new Map<number, number>();
    for (const counts of lines) {
      const size = counts[index] ?? 0;
      if (size > 0) sizes.set(size, (sizes.get(size) ?? 0) + 1);
    }
    // The tab is in no text that a person typed.
    const score = Math.max(
      0,
      ...[...sizes].map(([size, times]) => times * 100 + size + (delimiter === "\t" ? 50 : 0)),
    );
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

export class DelimitedReader {
  readonly #pieces: readonly string[];
  readonly #delimiter: number;
  readonly #limits: ImportLimits;
  readonly #hash = new RowHash();
  /** By column: is it looked at? Null: all are. */
  readonly #wanted: Uint8Array | null;
  /** Pieces taken so far, and the characters of those that are read to their end. */
  #taken = 0;
  #text = "";
  #at = 0;
  #number = 0;
  #column = 0;
  #filled = 0;
  #cells: string[] = [];
  /** The row goes on in the next piece. */
  #isCut = false;

  /** `pieces` may be cut anywhere. */
  constructor(
    pieces: readonly string[],
    delimiter: Delimiter,
    limits: ImportLimits,
    wanted?: ReadonlySet<number>,
  ) {
    this.#pieces = pieces;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#limits = limits;
    this.#wanted = wanted === undefined ? null : new Uint8Array(Math.max(0, ...wanted) + 1);
    for (const column of wanted ?? []) this.#wanted?.fill(1, column, column + 1);
    this.#takePiece();
    if (this.#text.startsWith("\ufeff")) this.#at = 1;
  }

  /** Between 0 and 1. */
  get progress(): number {
    return this.#pieces.length === 0 ? 1 : this.#taken / this.#pieces.length;
  }

  get #hasMore(): boolean {
    return this.#taken < this.#pieces.length;
  }

  #takePiece(): void {
    this.#text = this.#text.slice(this.#at) + (this.#pieces[this.#taken] ?? "");
    this.#taken += 1;
    this.#at = 0;
  }

  /** The next row that is not empty; null at the end. */
  next(): SheetRow | FileRefusal | null {
    for (;;) {
      if (this.#at >= this.#text.length && !this.#hasMore) return null;
      if (this.#number >= this.#limits.rowsMax) return refuse("too_many_rows", this.#number + 1);
      const start = this.#at;
      this.#begin();
      const refusal = this.#readRow();
      if (this.#hasMore && (this.#isCut || this.#at >= this.#text.length)) {
        // Once more from its beginning, with the next piece.
        this.#at = start;
        this.#hash.take();
        this.#takePiece();
        continue;
      }
      if (refusal !== null) return refusal;
      this.#number += 1;
      const hash = this.#hash.take();
      const isEmpty = this.#column === 1 && this.#filled === 0;
      if (isEmpty) continue;
      return { number: this.#number, cells: this.#cells, filled: this.#filled, hash };
    }
  }

  #begin(): void {
    this.#cells = [];
    this.#column = 0;
    this.#filled = 0;
    this.#isCut = false;
  }

  #refuse(code: FileRefusalCode): FileRefusal {
    return refuse(code, this.#number + 1);
  }

  #readRow(): FileRefusal | null {
    for (;;) {
      const refusal =
        this.#text.charCodeAt(this.#at) === QUOTE ? this.#readQuoted() : this.#readPlain();
      if (refusal !== null || this.#isCut) return refusal;
      if (this.#column > this.#limits.columnsMax) {
        return this.#refuse("too_many_columns");
      }
      // The cell ended at a delimiter, a line break or the end of the text.
      const code = this.#text.charCodeAt(this.#at);
      if (code === this.#delimiter) {
        this.#at += 1;
        continue;
      }
      if (code === CR) this.#at += 1;
      if (this.#text.charCodeAt(this.#at) === LF) this.#at += 1;
      return null;
    }
  }

  #endOfPlain(from: number): number {
    const text = this.#text;
    const delimiter = this.#delimiter;
    let at = from;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === delimiter || code === LF || code === CR) break;
    }
    return at;
  }

  /** Does anyone look at this column? Counts it in any case. */
  #isWanted(size: number): boolean {
    const column = this.#column;
    this.#column += 1;
    if (size > 0) this.#filled += 1;
    if (this.#wanted === null || this.#wanted[column] === 1) return true;
    if (column < this.#wanted.length) this.#cells.push("");
    return false;
  }

  #readPlain(): FileRefusal | null {
    const start = this.#at;
    const end = this.#endOfPlain(start);
    this.#at = end;
    if (end - start > this.#limits.cellMax) return this.#refuse("cell_too_long");
    this.#hash.add(this.#text, start, end);
    if (this.#isWanted(end - start)) this.#cells.push(this.#text.slice(start, end));
    return null;
  }

  /** The quotation mark that ends the cell which begins at `start`; -1: there is none. */
  #closing(start: number): number {
    const text = this.#text;
    for (let at = start + 1; ; at += 2) {
      at = text.indexOf('"', at);
      // No cell is longer, even if every character of it is a doubled quotation mark.
      if (at < 0 || at - start > 2 * this.#limits.cellMax + 1) return -1;
      if (text.charCodeAt(at + 1) !== QUOTE) return at;
    }
  }

  /** More than any cell may have stands between here and the end. */
  #isLong(start: number): boolean {
    return this.#text.length - start > 2 * this.#limits.cellMax + 2;
  }

  #endsCell(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    return at >= this.#text.length || code === this.#delimiter || code === LF || code === CR;
  }

  #readQuoted(): FileRefusal | null {
    const start = this.#at;
    const closing = this.#closing(start);
    // Amazon's tab-separated reports quote nothing: there a cell may begin with a quotation mark.
    const isTab = this.#delimiter === 9;
    if (closing < 0 && this.#hasMore && !this.#isLong(start)) {
      this.#isCut = true;
      return null;
    }
    if (isTab && (closing < 0 || !this.#endsCell(closing + 1))) return this.#readPlain();
    if (closing < 0) return this.#refuse(this.#isLong(start) ? "cell_too_long" : "open_quote");
    const end = this.#endOfPlain(closing + 1);
    this.#at = end;
    this.#hash.add(this.#text, start, end);
    if (end - start > 2 * this.#limits.cellMax) return this.#refuse("cell_too_long");
    if (!this.#isWanted(end - start - 2)) return null;
    const inner = this.#text.slice(start + 1, closing);
    const cell = inner.includes('""') ? inner.replaceAll('""', '"') : inner;
    const whole = end === closing + 1 ? cell : cell + this.#text.slice(closing + 1, end);
    if (whole.length > this.#limits.cellMax) return this.#refuse("cell_too_long");
    this.#cells.push(whole);
    return null;
  }
}
