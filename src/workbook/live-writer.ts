/**
 * Keeps the Live table level with the engine: single flight, newest state only, at most one batch a
 * second. While the seller types in a cell nothing queues up; the latest state is written after.
 */
import { err, ok, type Result } from "../base/result";
import { changedRows, type LiveTable } from "./live-table";
import type { LiveOutcome, Workbook, WorkbookRefusal } from "./workbook";

const BATCH_EVERY_MS = 1000;
/** The time column alone is brought up this often, so that the undo history stays short. */
const TIME_EVERY_MS = 10_000;
/** A protected sheet, or none at all, is looked at this often. */
const IDLE_EVERY_MS = 5000;

/** Why the table is not level with the engine at present. */
export type LiveTrouble = WorkbookRefusal | { readonly code: "no_sku_column" };

export class LiveWriter {
  readonly #workbook: Pick<Workbook, "writeLiveTable">;
  readonly #sleep: (ms: number) => Promise<void>;
  #wanted: LiveTable | null = null;
  #newest: LiveTable | null = null;
  #written: LiveTable | null = null;
  readonly #seen = new Set<string>();
  #running = false;
  #trouble: LiveTrouble | null = null;

  constructor(workbook: Pick<Workbook, "writeLiveTable">, sleep: (ms: number) => Promise<void>) {
    this.#workbook = workbook;
    this.#sleep = sleep;
  }

  /** Null while all is well, and where there is no table. */
  get trouble(): LiveTrouble | null {
    return this.#trouble;
  }

  /** The newest state; what was wanted before and not yet written is forgotten. */
  show(table: LiveTable): void {
    this.#newest = table;
    this.#wanted = table;
    if (!this.#running) void this.#loop();
  }

  /** The seller asked for the table. Refused where there is nothing to show yet. */
  async make(): Promise<Result<null, LiveTrouble>> {
    if (this.#newest === null) return err({ code: "failed", detail: "nothing to show yet" });
    const done = await this.#write(this.#newest, true);
    if (done.ok && done.value === "no_sku_column") return err({ code: "no_sku_column" });
    return done.ok ? ok(null) : done;
  }

  async #write(table: LiveTable, make: boolean): Promise<Result<LiveOutcome, WorkbookRefusal>> {
    const here = new Set(table.rows.map(({ sku }) => sku));
    const gone = new Set([...this.#seen].filter((sku) => !here.has(sku)));
    const done = await this.#workbook.writeLiveTable(table, { gone, make });
    this.#trouble = done.ok ? null : done.error;
    if (done.ok && done.value === "no_sku_column") this.#trouble = { code: "no_sku_column" };
    if (!done.ok || done.value !== "written") return done;
    this.#written = table;
    for (const sku of here) this.#seen.add(sku);
    for (const sku of gone) this.#seen.delete(sku);
    return done;
  }

  async #loop(): Promise<void> {
    this.#running = true;
    while (this.#wanted !== null) {
      const wanted = this.#wanted;
      this.#wanted = null;
      const changed = changedRows(this.#written, wanted, TIME_EVERY_MS);
      const fewer = (this.#written?.rows.length ?? 0) > wanted.rows.length;
      if (changed.length === 0 && !fewer) continue;
      const table = keepOldTimes(this.#written, wanted, new Set(changed));
      const done = await this.#write(table, false);
      const isIdle = done.ok ? done.value !== "written" : done.error.code === "protected";
      if (!done.ok || isIdle) this.#wanted ??= wanted;
      await this.#sleep(isIdle ? IDLE_EVERY_MS : BATCH_EVERY_MS);
    }
    this.#running = false;
  }
}

/** Rows left out keep what was written before: else the time would change in all of them. */
function keepOldTimes(
  before: LiveTable | null,
  after: LiveTable,
  changed: ReadonlySet<string>,
): LiveTable {
  if (before === null) return after;
  const old = new Map(before.rows.map((row) => [row.sku, row]));
  return {
    ...after,
    rows: after.rows.map((row) => (changed.has(row.sku) ? row : (old.get(row.sku) ?? row))),
  };
}
