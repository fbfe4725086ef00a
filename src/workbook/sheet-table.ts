/**
 * A table of ours as it stands in a workbook that is the seller's: she renames, moves, sorts, adds
 * columns and types into it. Here is how our columns are found again in it. Pure.
 */

export interface SheetColumn {
  readonly id: string;
  readonly header: string;
  /** The header in every language, so that the column is found after a change of language. */
  readonly headers: readonly string[];
  readonly format: string;
  /** Points, as Office.js wants them. */
  readonly width: number;
}

export type SheetCell = string | number;

/** A column as it stands in the table now. */
export interface StandingColumn {
  /** Excel's own id of the column: it stays when the header is renamed. */
  readonly id: number;
  readonly name: string;
}

/** What is kept in the workbook's settings: Excel's ids of the table and of our columns in it. */
export interface TableRecord {
  readonly table: string;
  /** By our names of the columns, those that are not written any more among them. */
  readonly columns: Readonly<Record<string, number>>;
}

/** Places count from 0 in the table; null for a column that the seller took out. */
export interface Places {
  readonly of: Readonly<Record<string, number | null>>;
  /** Columns that the table never had: a channel was connected since. */
  readonly missing: readonly SheetColumn[];
  /** Columns of ours that nothing is written into any more. */
  readonly retired: readonly number[];
  /** Headers of ours to write, by place: the language changed. One that she renamed is hers. */
  readonly renames: ReadonlyMap<number, string>;
}

/**
 * A header that we know names its column; a column that she renamed is found by Excel's id. In this
 * order, since ids of a table that was copied from elsewhere say nothing.
 */
export function findPlaces(
  columns: readonly SheetColumn[],
  standing: readonly StandingColumn[],
  record: TableRecord | null,
): Places {
  const taken = new Set<number>();
  const of: Record<string, number | null> = {};
  for (const column of columns) {
    const at = standing.findIndex(({ name }, i) => !taken.has(i) && column.headers.includes(name));
    of[column.id] = at < 0 ? null : at;
    if (at >= 0) taken.add(at);
  }
  const byId = (id: string): number | null => {
    const excelId = record?.columns[id];
    const at = standing.findIndex((one, i) => !taken.has(i) && one.id === excelId);
    return excelId === undefined || at < 0 ? null : at;
  };
  for (const { id } of columns) {
    if (of[id] !== null) continue;
    const at = byId(id);
    of[id] = at;
    if (at !== null) taken.add(at);
  }
  const known = Object.keys(record?.columns ?? {});
  const current = new Set(columns.map(({ id }) => id));
  return {
    of,
    missing: columns.filter(({ id }) => of[id] === null && !known.includes(id)),
    retired: known.flatMap((id) => (current.has(id) ? [] : (byId(id) ?? []))),
    renames: new Map(
      columns.flatMap(({ id, header, headers }) => {
        const at = of[id];
        const name = at == null ? undefined : standing[at]?.name;
        const isOurs = name !== undefined && name !== header && headers.includes(name);
        return isOurs && at != null ? [[at, header] as const] : [];
      }),
    ),
  };
}

/** The record to keep after a look at the table: what was known stays known, also what she took out. */
export function recordOf(
  table: string,
  places: Places,
  standing: readonly StandingColumn[],
  before: TableRecord | null,
): TableRecord {
  const found = Object.entries(places.of).flatMap(([id, at]) => {
    const column = at === null ? undefined : standing[at];
    return column === undefined ? [] : [[id, column.id] as const];
  });
  return { table, columns: { ...before?.columns, ...Object.fromEntries(found) } };
}

export function isSameRecord(a: TableRecord | null, b: TableRecord): boolean {
  if (a?.table !== b.table) return false;
  const names = Object.keys(b.columns);
  if (names.length !== Object.keys(a.columns).length) return false;
  return names.every((name) => a.columns[name] === b.columns[name]);
}

/** Cells to write, null for those to leave alone, in rows that follow one another in the table. */
export interface Run {
  readonly row: number;
  readonly cells: readonly (readonly (SheetCell | null)[])[];
}

/** Rows that follow one another are written at once, so that 500 of them cost no more than a few. */
export function runsOf(changes: ReadonlyMap<number, readonly (SheetCell | null)[]>): Run[] {
  const runs: { row: number; cells: (readonly (SheetCell | null)[])[] }[] = [];
  for (const row of [...changes.keys()].sort((a, b) => a - b)) {
    const cells = changes.get(row) ?? [];
    const last = runs.at(-1);
    if (last !== undefined && last.row + last.cells.length === row) last.cells.push(cells);
    else runs.push({ row, cells: [cells] });
  }
  return runs;
}

/** Excel gives back what it was given, but for numbers in the last digits. */
export function isSameCell(standing: unknown, wanted: SheetCell): boolean {
  if (typeof standing === "number" && typeof wanted === "number") {
    return Math.abs(standing - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
  }
  return standing === wanted;
}
