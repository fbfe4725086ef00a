/**
 * What must be written into the Live table, given what stands in it: cells of ours that differ, rows
 * that are missing, rows to take out. What the seller typed is hers and is never among it. Pure.
 */
import type { LiveTable } from "./live-table";
import { isSameCell, type Places, type SheetCell } from "./sheet-table";

type Row = readonly (SheetCell | null)[];

export interface LiveChanges {
  /** By row of the table's body, as wide as the table; null leaves a cell alone. */
  readonly cells: ReadonlyMap<number, Row>;
  /** Rows among them in which nothing of ours stood yet: they need our number formats too. */
  readonly fresh: readonly number[];
  /** Whole rows to append. */
  readonly added: readonly Row[];
  /** Rows of SKUs that this book has no more and beside which she wrote nothing; lowest first. */
  readonly removed: readonly number[];
}

export interface StandingTable {
  readonly body: readonly (readonly unknown[])[];
  readonly width: number;
  readonly places: Places;
}

const isBlank = (cell: unknown) => cell === "" || cell === null || cell === undefined;

/** A SKU of digits is a number where she typed it. */
function textOf(cell: unknown): string {
  return typeof cell === "string" || typeof cell === "number" ? String(cell) : "";
}

class Changes {
  readonly cells = new Map<number, Row>();
  readonly fresh: number[] = [];
  readonly added: Row[] = [];
  readonly removed: number[] = [];
  readonly #standing: StandingTable;
  readonly #key: number;
  /** Our columns in the table, in the order of the cells; retired ones are kept blank. */
  readonly #ours: readonly (number | null)[];

  constructor(table: LiveTable, standing: StandingTable, key: number) {
    this.#standing = standing;
    this.#key = key;
    this.#ours = table.columns.map(({ id }) => standing.places.of[id] ?? null);
  }

  /** Cells as a row as wide as the table: null leaves the seller's own cells alone. */
  spread(cells: readonly SheetCell[]): Row {
    const row = new Array<SheetCell | null>(this.#standing.width).fill(null);
    for (const at of this.#standing.places.retired) row[at] = "";
    this.#ours.forEach((at, i) => {
      if (at !== null) row[at] = cells[i] ?? "";
    });
    return row;
  }

  put(index: number, row: Row): void {
    const standing = this.#standing.body[index] ?? [];
    const change = row.map((cell, at) =>
      cell === null || isSameCell(standing[at], cell) ? null : cell,
    );
    if (change.every((cell) => cell === null)) return;
    this.cells.set(index, change);
    const wasBlank = row.every(
      (cell, at) => at === this.#key || cell === null || isBlank(standing[at]),
    );
    if (wasBlank) this.fresh.push(index);
  }

  /** The same, with whatever stands in the SKU's cell left there. */
  putBesideSku(index: number, row: Row): void {
    this.put(
      index,
      row.map((cell, at) => (at === this.#key ? null : cell)),
    );
  }

  isHersBlank(row: readonly unknown[]): boolean {
    const { retired } = this.#standing.places;
    return row.every(
      (cell, at) => isBlank(cell) || this.#ours.includes(at) || retired.includes(at),
    );
  }

  /**
   * Whether a row whose SKU she deleted is the place of `wanted`: its numbers still are that SKU's,
   * but for the time and one that may have moved meanwhile, or nothing of hers stands in it.
   */
  belongs(index: number, wanted: Row): boolean {
    const standing = this.#standing.body[index] ?? [];
    if (this.isHersBlank(standing)) return true;
    const numbers = wanted.flatMap((cell, at) => (typeof cell === "number" ? at : []));
    const same = numbers.filter((at) => isSameCell(standing[at], wanted[at] ?? ""));
    return same.length >= Math.max(1, numbers.length - 2);
  }
}

/** Null where she took the SKU column out: without it no row can be found, and none is written. */
export function liveChanges(
  table: LiveTable,
  standing: StandingTable,
  gone: ReadonlySet<string>,
): LiveChanges | null {
  const key = standing.places.of["sku"] ?? null;
  if (key === null) return null;
  const changes = new Changes(table, standing, key);
  const wanted = new Map(table.rows.map((row) => [row.sku, changes.spread(row.cells)]));
  const nothing = changes.spread([]);
  const unknown = changes.spread(
    table.columns.map(({ id }) => (id === table.alertColumn ? table.notInBook : "")),
  );
  const emptied: number[] = [];
  const present = new Set<string>();
  standing.body.forEach((row, index) => {
    const sku = textOf(row[key]);
    const now = wanted.get(sku);
    if (now !== undefined) {
      present.add(sku);
      changes.put(index, now);
    } else if (sku === "") emptied.push(index);
    else if (gone.has(sku) && changes.isHersBlank(row)) changes.removed.push(index);
    // What she typed over a SKU stays; the numbers beside it go, for they were another's.
    else changes.putBesideSku(index, unknown);
  });
  for (const [sku, row] of wanted) {
    if (present.has(sku)) continue;
    const at = emptied.findIndex((index) => changes.belongs(index, row));
    const [place] = at < 0 ? [] : emptied.splice(at, 1);
    if (place === undefined) changes.added.push(row);
    else changes.put(place, row);
  }
  for (const index of emptied) changes.putBesideSku(index, nothing);
  return changes;
}
