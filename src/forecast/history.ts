/**
 * Past streams as a person keeps them in a sheet. Columns, in this order:
 * units a day at that time | followers | units sold | sold out | share | creator.
 */

export interface HistoryRow {
  /** Mean units a day in the weeks before that stream. */
  readonly base: number;
  readonly followers: number | null;
  readonly sold: number;
  readonly soldOut: boolean;
  /** If sold out: share of a stream's sales that is usually made by then, in (0, 1]. */
  readonly share: number | null;
  readonly creator: string | null;
}

export interface History {
  readonly rows: readonly HistoryRow[];
  /** Rows that hold something but no stream; a heading in the first row is not one of them. */
  readonly skipped: number;
}

export const noHistory: History = { rows: [], skipped: 0 };

/** What counts as "yes" in the column "sold out", beside TRUE and 1; callers add their language. */
export const yesWords: readonly string[] = ["true", "yes", "y", "x", "1"];

function isBlank(value: unknown): boolean {
  return value === null || value === undefined || value === "";
}

/** One name for one creator: blanks, width and case do not make two of them. Null = not given. */
export function readCreator(value: unknown): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const name = String(value).normalize("NFKC").trim().replace(/^@/, "").toLowerCase();
  return name === "" ? null : name;
}

function isYes(value: unknown, words: readonly string[]): boolean {
  if (typeof value === "number") return value > 0;
  if (typeof value === "string") return words.includes(value.trim().toLowerCase());
  return value === true;
}

function countOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
}

function readRow(row: readonly unknown[], words: readonly string[]): HistoryRow | null {
  const [daily, followers, units, soldOut, share, creator] = row;
  const base = countOf(daily);
  const sold = countOf(units);
  if (base === null || base === 0 || sold === null) return null;
  if (!isBlank(followers) && countOf(followers) === null) return null;
  const known = typeof share === "number" && share > 0 && share <= 1;
  return {
    base,
    followers: countOf(followers),
    sold,
    soldOut: isYes(soldOut, words),
    share: known ? share : null,
    creator: readCreator(creator),
  };
}

/** Reads a range; null = no history. Rows that cannot be a stream are counted, never guessed at. */
export function readHistory(
  argument: readonly (readonly unknown[])[] | null | undefined,
  words: readonly string[] = yesWords,
): History {
  const rows: HistoryRow[] = [];
  let skipped = 0;
  for (const [index, cells] of (argument ?? []).entries()) {
    if (cells.every(isBlank)) continue;
    const row = readRow(cells, words);
    if (row !== null) rows.push(row);
    else if (index > 0 || cells.some((cell) => typeof cell === "number")) skipped += 1;
  }
  return { rows, skipped };
}
