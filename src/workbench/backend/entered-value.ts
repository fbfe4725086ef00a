/**
 * What becomes of a text that is put into a cell, as Excel reads it: a number, a date, a formula,
 * unless the cell is formatted as text or the text starts with an apostrophe. The add-in lives or
 * dies by this: a SKU "00123" or "MAR-1" written plainly is no SKU any more.
 */
import type { CellEntry } from "./backend";

export interface Entered {
  readonly entry: CellEntry;
  /** A number format that goes with the reading, for a cell that had none. */
  readonly format: string | null;
}

const ERRORS = /^#(N\/A|VALUE!|REF!|DIV\/0!|NUM!|NAME\?|NULL!|SPILL!|CALC!|GETTING_DATA|BUSY!)$/;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAY_MS = 86_400_000;
/** Day 0 of Excel's calendar, with its 29 February 1900 that never was. */
const EPOCH_MS = Date.UTC(1899, 11, 30);

function serial(year: number, month: number, day: number): number | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return Math.round((date.getTime() - EPOCH_MS) / DAY_MS);
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 30 ? 2000 + year : 1900 + year;
}

function readDate(text: string, thisYear: number): { value: number; format: string } | null {
  const found = (value: number | null, format: string) =>
    value === null ? null : { value, format };
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text);
  if (iso) return found(serial(Number(iso[1]), Number(iso[2]), Number(iso[3])), "m/d/yyyy");
  const us = /^(\d{1,2})[-/](\d{1,2})[-/](\d{2}|\d{4})$/.exec(text);
  if (us) return found(serial(fullYear(us[3] ?? ""), Number(us[1]), Number(us[2])), "m/d/yyyy");
  const short = /^(\d{1,2})[-/](\d{1,2})$/.exec(text);
  if (short) return found(serial(thisYear, Number(short[1]), Number(short[2])), "d-mmm");
  const word =
    /^([a-z]{3,4})[- ]?(\d{1,2})$/i.exec(text) ?? /^(\d{1,2})[- ]?([a-z]{3,4})$/i.exec(text);
  if (word === null) return null;
  const [name, day] = /^\d/.test(text) ? [word[2], word[1]] : [word[1], word[2]];
  const month = MONTHS.indexOf((name ?? "").toLowerCase().replace(/^sept$/, "sep"));
  return month < 0 ? null : found(serial(thisYear, month + 1, Number(day)), "d-mmm");
}

function readTime(text: string): { value: number; format: string } | null {
  const time = /^(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([ap])m)?$/i.exec(text);
  if (time === null) return null;
  const half = time[4]?.toLowerCase();
  const hour = Number(time[1]);
  const minute = Number(time[2]);
  const second = Number(time[3] ?? 0);
  if (minute > 59 || second > 59 || hour > 23 || (half !== undefined && hour > 12)) return null;
  const full = half === undefined ? hour : (hour % 12) + (half === "p" ? 12 : 0);
  const format = `h:mm${time[3] === undefined ? "" : ":ss"}${half === undefined ? "" : " AM/PM"}`;
  return { value: (full * 3600 + minute * 60 + second) / 86_400, format };
}

function readDateTime(text: string, thisYear: number): { value: number; format: string } | null {
  const [day = "", time = ""] = text.split(/\s+(?=\d{1,2}:)/, 2);
  if (time === "") return readTime(text) ?? readDate(text, thisYear);
  const date = readDate(day, thisYear);
  const clock = readTime(time);
  if (date === null || clock === null) return null;
  return { value: date.value + clock.value, format: "m/d/yyyy h:mm" };
}

function readNumber(text: string): { value: number; format: string | null } | null {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) {
    return { value: Number(text), format: /e/i.test(text) ? "0.00E+00" : null };
  }
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) {
    return {
      value: Number(text.replaceAll(",", "")),
      format: text.includes(".") ? "#,##0.00" : "#,##0",
    };
  }
  const percent = /^([+-]?\d+(\.\d+)?)%$/.exec(text);
  if (percent !== null) {
    const format = percent[2] === undefined ? "0%" : "0.00%";
    return { value: Number(percent[1]) / 100, format };
  }
  return null;
}

/** @param numberFormat of the cell that is written to */
export function enteredText(text: string, numberFormat: string, thisYear: number): Entered {
  const plain = (entry: CellEntry): Entered => ({ entry, format: null });
  if (text === "") return plain({ value: null });
  if (numberFormat === "@") return plain({ value: text });
  if (text.startsWith("'")) return plain({ value: text.slice(1) });
  if (text.startsWith("=") && text.length > 1) return plain({ formula: text });
  const trimmed = text.trim();
  if (/^(true|false)$/i.test(trimmed)) return plain({ value: trimmed.toLowerCase() === "true" });
  if (ERRORS.test(trimmed.toUpperCase())) return plain({ value: { error: trimmed.toUpperCase() } });
  const read = readNumber(trimmed) ?? readDateTime(trimmed, thisYear);
  if (read === null) return plain({ value: text });
  const format = numberFormat === "General" ? read.format : null;
  return { entry: { value: read.value }, format };
}
