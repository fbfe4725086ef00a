/** What a function puts into cells: plain values, errors with a message, or a block of them. */

/** As Excel names them (architecture.md decision 9); `message` is "" where Excel shows none. */
export interface CellError {
  readonly error: "#N/A" | "#VALUE!" | "#NUM!";
  readonly message: string;
}

export type CellValue = number | string | boolean | CellError;

/** Rows of cells; all rows of one length. */
export type Block = readonly (readonly CellValue[])[];

export type Answer = CellValue | Block;

/** Not known yet, or too old to be called so. */
export function notAvailable(message: string): CellError {
  return { error: "#N/A", message };
}

/** Of a kind that cannot be read. */
export function invalidValue(message: string): CellError {
  return { error: "#VALUE!", message };
}

/** Out of range. Excel shows no message with it (platform.md 2.5). */
export const invalidNumber: CellError = { error: "#NUM!", message: "" };

export function isCellError(value: Answer): value is CellError {
  return typeof value === "object" && "error" in value;
}
