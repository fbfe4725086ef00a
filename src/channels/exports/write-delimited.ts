/**
 * Tables as CSV (RFC 4180) or tab-separated text, for people's spreadsheets: texts are guarded
 * against being taken for formulas, numbers are written as they are.
 */
import { guardText } from "./formula-guard";

export type OutCell = string | number | null;

function written(cell: OutCell, delimiter: string): string {
  if (cell === null) return "";
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : "";
  const text = guardText(cell);
  // Blanks at the ends are quoted too: some readers cut them off.
  const isPlain = !/["\r\n]|^\s|\s$/.test(text) && !text.includes(delimiter);
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}

/** With the mark of UTF-8 in front, by which Excel knows the encoding, and CRLF after each row. */
export function writeDelimited(
  rows: Iterable<readonly OutCell[]>,
  delimiter: "," | ";" | "\t" = ",",
): string {
  const lines = ["\ufeff"];
  for (const row of rows) {
    lines.push(row.map((cell) => written(cell, delimiter)).join(delimiter), "\r\n");
  }
  return lines.join("");
}
