/**
 * Dates as the platforms write them (channels.md 6): ISO with or without an offset (Amazon,
 * Shopify), 03/09/2026 with the day or the month first (TikTok), Sep-03-26 (eBay), and with Chinese
 * characters between the numbers.
 */
import type { DateOrder } from "./forms";

export interface LocalTime {
  /** The date as if it were UTC; ms since the epoch. */
  readonly wall: number;
  /** Minutes ahead of UTC; null: the shop's own time. */
  readonly offset: number | null;
}

const months = "janfebmaraprmayjunjulaugsepoctnovdec";

/** Of the abbreviations that eBay and PayPal print. */
const zones: ReadonlyMap<string, number> = new Map([
  ["Z", 0],
  ["UTC", 0],
  ["GMT", 0],
  ["BST", 60],
  ["CET", 60],
  ["CEST", 120],
  ["EST", -300],
  ["EDT", -240],
  ["CST", -360],
  ["CDT", -300],
  ["MST", -420],
  ["MDT", -360],
  ["PST", -480],
  ["PDT", -420],
  ["AEST", 600],
  ["AEDT", 660],
]);

const time = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AP]M)?)?`;
const zone = String.raw`\s*([A-Z]{1,4}|[+-]\d{2}:?\d{2})?`;
const yearFirst = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${time}${zone}$`, "i");
const yearLast = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})${time}${zone}$`, "i");
const monthName = new RegExp(
  String.raw`^(?:([a-z]{3})[- ](\d{1,2})|(\d{1,2})[- ]([a-z]{3}))[-, ]+(\d{4}|\d{2})${time}${zone}$`,
  "i",
);
const chinese = /^(\d{4})\p{Script=Han}(\d{1,2})\p{Script=Han}(\d{1,2})\p{Script=Han}\s*/u;

function offsetOf(text: string): number | null | undefined {
  if (text === "") return null;
  const numbers = /^([+-])(\d{2}):?(\d{2})$/.exec(text);
  if (numbers === null) return zones.get(text.toUpperCase());
  const minutes = Number(numbers[2]) * 60 + Number(numbers[3]);
  return numbers[1] === "-" ? -minutes : minutes;
}

/** `day`: year, month from 1, day; `rest`: hour, minute, second, AM or PM, zone. */
function build(
  day: readonly [number, number, number],
  rest: readonly (string | undefined)[],
): LocalTime | null {
  const [year, month, date] = day;
  const [hours = "0", minutes = "0", seconds = "0", half = "", zoneText = ""] = rest;
  const offset = offsetOf(zoneText);
  let hour = Number(hours);
  if (offset === undefined || (half !== "" && (hour < 1 || hour > 12))) return null;
  if (half !== "") hour = (hour % 12) + (half.toUpperCase() === "PM" ? 12 : 0);
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 60) return null;
  const wall = Date.UTC(year, month - 1, date, hour, Number(minutes), Number(seconds));
  const back = new Date(Date.UTC(year, month - 1, date));
  const isReal = back.getUTCMonth() === month - 1 && back.getUTCDate() === date;
  return isReal && year >= 2000 && year < 2100 ? { wall, offset } : null;
}

/** Which of day and month stands first, as far as this date tells; null: the question is not open. */
export function orderShown(text: string): DateOrder | "either" | null {
  const found = yearLast.exec(text);
  if (found === null) return null;
  if (Number(found[1]) > 12) return "dmy";
  if (Number(found[2]) > 12) return "mdy";
  return found[1] === found[2] ? null : "either";
}

/** Null: not a date. */
export function readDate(text: string, order: DateOrder): LocalTime | null {
  const plain = text.replace(chinese, "$1-$2-$3 ").trim();
  let found = yearFirst.exec(plain);
  if (found !== null) {
    return build([Number(found[1]), Number(found[2]), Number(found[3])], found.slice(4));
  }
  found = yearLast.exec(plain);
  if (found !== null) {
    const [first, second] = [Number(found[1]), Number(found[2])];
    const [date, month] = order === "dmy" ? [first, second] : [second, first];
    return build([Number(found[3]), month, date], found.slice(4));
  }
  found = monthName.exec(plain);
  if (found === null) return null;
  const name = (found[1] ?? found[4] ?? "").toLowerCase();
  const place = months.indexOf(name);
  if (place < 0 || place % 3 !== 0) return null;
  const year = Number(found[5]);
  const date = Number(found[2] ?? found[3]);
  return build([year < 100 ? 2000 + year : year, place / 3 + 1, date], found.slice(6));
}
