/** What one cell says: text, an id, a number of units. */
import { err, ok, type Result } from "../../base/result";
import { stripGuard } from "./formula-guard";
import type { RowRefusalCode } from "./refusals";

const isAlphanumeric = (code: number) =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/**
 * Without the blanks around it (TikTok ends every date with a tab), without the ="..." with which
 * some exports keep zeros in front, without the apostrophe that guards against formulas.
 */
export function cleanCell(cell: string | undefined): string {
  if (cell === undefined || cell === "") return "";
  // Nearly all cells: nothing to take away.
  const last = cell.charCodeAt(cell.length - 1);
  if (isAlphanumeric(cell.charCodeAt(0)) && isAlphanumeric(last)) return cell;
  const trimmed = cell.replace(/^[\s\u200b-\u200d\ufeff]+|[\s\u200b-\u200d\ufeff]+$/g, "");
  const wrapped = /^="([^"]*)"$/.exec(trimmed)?.[1];
  return wrapped ?? stripGuard(trimmed);
}

/** 5.7646E+17: a spreadsheet showed a number so, and wrote what it showed. */
const shortened = /^\d([.,]\d+)?E\+\d{1,3}$/i;

/** An id or SKU is text: zeros in front stay, and one whose digits are lost is not taken. */
export function readId(cell: string): Result<string, RowRefusalCode> {
  if (shortened.test(cell)) return err("id_digits_lost");
  if (cell.includes("\ufffd")) return err("text_unreadable");
  return ok(cell);
}

/** Whole and positive, at most seven digits: more is a mistake in any shop. */
const UNITS_MAX = 9_999_999;

const grouped = /^\d{1,3}([,' ])\d{3}(?:\1\d{3})*$/;

/** Units: 0 or more, whole. "1,250", "1 250" and "12.0" are read; "1.5" and "1,5" are not whole. */
export function readUnits(cell: string): Result<number, RowRefusalCode> {
  if (/^\d{1,7}$/.test(cell)) return ok(Number(cell));
  const text = cell
    .normalize("NFKC")
    .replace(/\u2019/g, "'")
    .trim();
  if (text === "") return err("quantity_missing");
  if (/^\([\d.,' ]+\)$|^[-\u2212]\s*[\d.,]/.test(text)) return err("quantity_negative");
  const whole = text.replace(/[.]0+$/, "").replace(/^\+(?=\d)/, "");
  const digits = grouped.test(whole) ? whole.replace(/[,' ]/g, "") : whole;
  if (/^\d+$/.test(digits)) {
    const units = Number(digits);
    return units <= UNITS_MAX ? ok(units) : err("quantity_too_large");
  }
  return err(/^\d*[.,]\d+$/.test(whole) ? "quantity_fraction" : "quantity_unreadable");
}
