/**
 * Keeps the Live table level with the engine: single flight, newest state only, at most one batch a
 * second. While the seller types in a cell nothing queues up; the latest state is written after.
 */
import { changedRows, type LiveTable } from "./live-table";
import type { Workbook, WorkbookRefusal } from "./workbook";

const BATCH_EVERY_MS = 1000;
/** The time column alone is brought up this often, so that the undo history stays short. */
const TIME_EVERY_MS = 10_000;

export class LiveWriter {
  readonly #workbook: Workbook;
  readonly #sleep: (ms: number) => Promise<void>;
  #wanted: LiveTable | null = null;
  #written: LiveTable | null = null;
  #running = false;
  refusal: WorkbookRefusal | null = null;

  constructor(workbook: Workbook, sleep: (ms: number) => Promise<void>) {
    this.#workbook = workbook;
    this.#sleep = sleep;
  }

  /** The newest state; what was wanted before and not yet written is forgotten. */
  show(table: LiveTable): void {
    this.#wanted = table;
    if (!this.#running) void this.#loop();
  }

  async #loop(): Promise<void> {
    this.#running = true;
    while (this.#wanted !== null) {
      const table = this.#wanted;
      this.#wanted = null;
      const changed = changedRows(this.#written, table, TIME_EVERY_MS);
      if (changed.length === 0) continue;
      const done = await this.#workbook.writeLiveTable(table, changed);
      this.refusal = done.ok ? null : done.error;
      if (done.ok) this.#written = keepOldTimes(this.#written, table, new Set(changed));
      else this.#wanted ??= table;
      await this.#sleep(BATCH_EVERY_MS);
    }
    this.#running = false;
  }
}

/** What stands in the workbook now: rows left out keep what was written before. */
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
