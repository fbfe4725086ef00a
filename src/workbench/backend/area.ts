/**
 * Rectangles of a sheet and their A1 names. Rows and columns count from 0; `rows` and `columns`
 * are sizes. A whole column has all of Excel's 1,048,576 rows, a whole row all 16,384 columns.
 */
export const ROWS_MAX = 1_048_576;
export const COLUMNS_MAX = 16_384;

export interface Box {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** A box on a sheet, which is named by its id: a rename moves nothing. */
export interface Area extends Box {
  readonly sheet: string;
}

export function columnName(column: number): string {
  let name = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

export function columnIndex(name: string): number {
  let index = 0;
  for (const letter of name.toUpperCase()) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

interface Corner {
  readonly row: number | null;
  readonly column: number | null;
}

function parseCorner(text: string): Corner | null {
  const match = /^\$?([A-Za-z]{1,3})?\$?(\d{1,7})?$/.exec(text.trim());
  if (match === null || (match[1] === undefined && match[2] === undefined)) return null;
  const column = match[1] === undefined ? null : columnIndex(match[1]);
  const row = match[2] === undefined ? null : Number(match[2]) - 1;
  if (column !== null && column >= COLUMNS_MAX) return null;
  if (row !== null && (row < 0 || row >= ROWS_MAX)) return null;
  return { row, column };
}

/** "B2", "B2:C9", "B:C", "2:9", with or without dollars; null when it is no address. */
export function parseBox(text: string): Box | null {
  const parts = text.split(":");
  const first = parseCorner(parts[0] ?? "");
  const second = parts.length === 1 ? first : parseCorner(parts[1] ?? "");
  if (first === null || second === null || parts.length > 2) return null;
  if (parts.length === 1 && (first.row === null || first.column === null)) return null;
  if ((first.row === null) !== (second.row === null)) return null;
  if ((first.column === null) !== (second.column === null)) return null;
  const top = Math.min(first.row ?? 0, second.row ?? 0);
  const left = Math.min(first.column ?? 0, second.column ?? 0);
  const bottom = Math.max(first.row ?? ROWS_MAX - 1, second.row ?? ROWS_MAX - 1);
  const right = Math.max(first.column ?? COLUMNS_MAX - 1, second.column ?? COLUMNS_MAX - 1);
  return { row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 };
}

/** Splits "'My sheet'!A1" into its sheet (unquoted, or null) and the rest. */
export function splitAddress(text: string): { sheet: string | null; rest: string } {
  const bare = text.trim().replace(/^=/, "");
  const quoted = /^'((?:[^']|'')*)'!(.*)$/.exec(bare);
  if (quoted !== null)
    return { sheet: (quoted[1] ?? "").replaceAll("''", "'"), rest: quoted[2] ?? "" };
  const mark = bare.lastIndexOf("!");
  if (mark < 0) return { sheet: null, rest: bare };
  return { sheet: bare.slice(0, mark), rest: bare.slice(mark + 1) };
}

export function isWholeColumns(box: Box): boolean {
  return box.rows === ROWS_MAX;
}

export function isWholeRows(box: Box): boolean {
  return box.columns === COLUMNS_MAX;
}

export function boxName(box: Box, absolute = false): string {
  const mark = absolute ? "$" : "";
  const left = `${mark}${columnName(box.column)}`;
  const right = `${mark}${columnName(box.column + box.columns - 1)}`;
  const top = `${mark}${box.row + 1}`;
  const bottom = `${mark}${box.row + box.rows}`;
  if (isWholeColumns(box) && !isWholeRows(box)) return `${left}:${right}`;
  if (isWholeRows(box)) return `${top}:${bottom}`;
  if (box.rows === 1 && box.columns === 1) return `${left}${top}`;
  return `${left}${top}:${right}${bottom}`;
}

/** A sheet's name as it stands before the "!": quoted when it is not a plain word. */
export function quoteSheet(name: string): string {
  const plain = /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) && parseBox(name) === null;
  return plain ? name : `'${name.replaceAll("'", "''")}'`;
}

export function contains(outer: Box, inner: Box): boolean {
  return (
    inner.row >= outer.row &&
    inner.column >= outer.column &&
    inner.row + inner.rows <= outer.row + outer.rows &&
    inner.column + inner.columns <= outer.column + outer.columns
  );
}

export function intersection(a: Box, b: Box): Box | null {
  const row = Math.max(a.row, b.row);
  const column = Math.max(a.column, b.column);
  const rows = Math.min(a.row + a.rows, b.row + b.rows) - row;
  const columns = Math.min(a.column + a.columns, b.column + b.columns) - column;
  return rows > 0 && columns > 0 ? { row, column, rows, columns } : null;
}

export function boundingBox(a: Box, b: Box): Box {
  const row = Math.min(a.row, b.row);
  const column = Math.min(a.column, b.column);
  return {
    row,
    column,
    rows: Math.max(a.row + a.rows, b.row + b.rows) - row,
    columns: Math.max(a.column + a.columns, b.column + b.columns) - column,
  };
}
