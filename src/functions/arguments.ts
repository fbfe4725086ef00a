/**
 * Arguments as Excel hands them over: anything may be null, anything may be of another kind, and a
 * cell with a card arrives as an object around its plain value.
 */
import { err, ok, type Result } from "../base/result";
import type { FunctionMessages, NumberName } from "../locale/function-messages";
import { invalidNumber, invalidValue, type CellError } from "./cell-value";

/** The plain value of a cell; an error of the cell stays the object that it came as. */
export function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("basicValue" in value)) return value;
  if ("type" in value && value.type === "Error") return value;
  return value.basicValue;
}

/** A range, or one value as a range of one cell. */
export function rangeOf(value: unknown): readonly (readonly unknown[])[] {
  if (!Array.isArray(value)) return [[plain(value)]];
  return value.map((row: unknown) => (Array.isArray(row) ? row.map(plain) : [plain(row)]));
}

/** A SKU of digits comes as a number when the cell holds one. */
export function textOf(value: unknown): string {
  const inner = plain(value);
  return typeof inner === "string" || typeof inner === "number" ? String(inner) : "";
}

export function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "string" && !value.trim());
}

/** The one value of an argument that may be a range of one cell. */
export function single(value: unknown): unknown {
  const rows = rangeOf(value);
  return rows.length === 1 && rows[0]?.length === 1 ? rows[0][0] : value;
}

export interface NumberRange {
  readonly least: number;
  /** Absent = no upper end. */
  readonly most?: number;
  /** The ends themselves are out of range. */
  readonly strict?: boolean;
}

const units: NumberRange = { least: 0 };

function within(
  n: number,
  { least, most = Number.MAX_VALUE, strict = false }: NumberRange,
): boolean {
  return strict ? n > least && n < most : n >= least && n <= most;
}

/** A number that may be left out. */
export function optionalNumber(
  value: unknown,
  name: NumberName,
  words: FunctionMessages,
  range: NumberRange = units,
): Result<number | null, CellError> {
  const inner = single(value);
  if (isBlank(inner)) return ok(null);
  if (typeof inner !== "number") return err(invalidValue(words.numberMissing(words.number[name])));
  return within(inner, range) ? ok(inner) : err(invalidNumber);
}

export function neededNumber(
  value: unknown,
  name: NumberName,
  words: FunctionMessages,
  range: NumberRange = units,
): Result<number, CellError> {
  const read = optionalNumber(value, name, words, range);
  if (!read.ok) return read;
  if (read.value === null) return err(invalidValue(words.numberMissing(words.number[name])));
  return ok(read.value);
}

/** A number stored as text: passed over, it would be missing from a mean without a word. */
function isNumberAsText(cell: unknown): boolean {
  return typeof cell === "string" && /\d/.test(cell) && Number.isFinite(Number(cell));
}

/**
 * Numbers of a range; blanks and words are passed over as AVERAGE does, a number below 0 and one that
 * is stored as text are refused. Never empty.
 */
export function numbersOf(
  value: unknown,
  name: NumberName,
  words: FunctionMessages,
): Result<readonly number[], CellError> {
  const cells = rangeOf(value).flat();
  const numbers = cells.filter((cell) => typeof cell === "number");
  if (numbers.length === 0 || cells.some(isNumberAsText))
    return err(invalidValue(words.numberMissing(words.number[name])));
  return numbers.every((n) => within(n, units)) ? ok(numbers) : err(invalidNumber);
}
