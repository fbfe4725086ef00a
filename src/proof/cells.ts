/**
 * What a sheet says, cell by cell, in a form that has one spelling only: this text is what is signed.
 * It is read from the visible cells, since those survive every program that saves the file again;
 * the file's bytes do not (platform.md 7).
 */

/** t = text, n = number, b = yes or no, e = error, d = date. A proof has texts and whole numbers. */
export type CellType = "t" | "n" | "b" | "e" | "d";

export interface SheetCell {
  /** From 1, as Excel counts. */
  readonly row: number;
  readonly column: number;
  readonly type: CellType;
  /** A number is written as JavaScript writes it: 600, never 6E2. */
  readonly value: string;
}

export const ROWS_MAX = 1_048_576;
export const COLUMNS_MAX = 16_384;

export function columnLetters(column: number): string {
  let letters = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

export function addressOf({ row, column }: Pick<SheetCell, "row" | "column">): string {
  return `${columnLetters(column)}${row}`;
}

/** Row and column of "B12"; null for what is none. */
export function parseAddress(
  text: string,
): { readonly row: number; readonly column: number } | null {
  const [, letters = "", digits = ""] = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(text) ?? [];
  if (letters === "") return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(digits);
  return row <= ROWS_MAX && column <= COLUMNS_MAX ? { row, column } : null;
}

function compareCells(a: SheetCell, b: SheetCell): number {
  return a.row - b.row || a.column - b.column;
}

/** One cell as one line. JSON quotes, so that no text can pretend to be two cells. */
export function lineOf(cell: SheetCell): string {
  return JSON.stringify([addressOf(cell), cell.type, cell.value]);
}

/** The whole sheet: its form and name first, then its cells, row by row from the left. */
export function canonicalText(sheet: string, cells: readonly SheetCell[]): string {
  const head = JSON.stringify(["StreamStock proof", 1, sheet]);
  return [head, ...[...cells].sort(compareCells).map(lineOf)].join("\n");
}
