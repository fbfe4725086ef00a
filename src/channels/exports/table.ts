/** What every kind of file is read as: sheets of rows of text. */
import type { Pace } from "./pace";
import type { FileRefusal } from "./refusals";

export interface SheetRow {
  /** As Excel numbers it, from 1. */
  readonly number: number;
  /**
   * As they stand there; a number that a workbook holds is written as a person would. An empty cell,
   * or one of a column that was not asked for, may be a hole.
   */
  readonly cells: readonly string[];
  /** How many cells have something in them, looked at or not. */
  readonly filled: number;
  /** Of all cells: two rows with the same one are taken for the same, word for word. */
  readonly hash: number;
}

/** Batches of rows, then null, or why it stopped. */
export type Rows = AsyncGenerator<readonly SheetRow[], FileRefusal | null, void>;

export interface Table {
  readonly sheets: readonly string[];
  /** From the top, as often as one likes. `wanted`: the columns to look at, from 0; absent = all. */
  rows(sheet: number, pace: Pace, wanted?: ReadonlySet<number>): Rows;
}

const BASIS_LOW = 0x811c9dc5;
const BASIS_HIGH = 0x1b873593;

/**
 * A hash of 53 bits: enough to tell the rows of one file apart, no defence against somebody who
 * wants two to collide - the worst he gets is a row that is refused as a duplicate.
 */
export class RowHash {
  #low = BASIS_LOW;
  #high = BASIS_HIGH;

  /** Characters `from` to `to` of `text`, and that a cell ends here. */
  add(text: string, from = 0, to = text.length): void {
    let low = this.#low;
    let high = this.#high;
    for (let at = from; at < to; at += 1) {
      const code = text.charCodeAt(at);
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ code, 0x5bd1e995);
    }
    this.#low = Math.imul(low ^ 0x1ffff, 0x01000193);
    this.#high = Math.imul(high ^ 0x1ffff, 0x5bd1e995) ^ (low >>> 15);
  }

  /** A whole number, one step for all of it. */
  addNumber(value: number): void {
    const low = Math.imul(this.#low ^ value, 0x01000193);
    this.#high = Math.imul(this.#high ^ (value / 4294967296), 0x5bd1e995) ^ (low >>> 15);
    this.#low = low;
  }

  /** The hash of what was added; starts afresh. */
  take(): number {
    const value = (this.#high >>> 11) * 4294967296 + (this.#low >>> 0);
    this.#low = BASIS_LOW;
    this.#high = BASIS_HIGH;
    return value;
  }
}
