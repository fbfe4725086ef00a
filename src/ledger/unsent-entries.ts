/**
 * What was just booked, kept at hand until the journal has it. A disk that fills up takes the ledger
 * away at once, also for reading, and at the next start perhaps for good (limits.md 5c): the entries
 * between the last that the journal confirmed and the last that was booked would then be nowhere.
 */
import { ok, type Result } from "../base/result";
import type { Entry } from "../stock/entries";
import type { Ledger, LedgerRefusal } from "./ledger";

/** More than this waits in the ledger alone: the companion has been away for long, and memory is finite. */
const KEPT_MAX = 20_000;

export class UnsentEntries implements Pick<Ledger, "head" | "read"> {
  readonly ledger: Ledger;
  #entries: Entry[] = [];

  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  /** Booked, so on disk; in the order of their numbers. */
  add(entries: readonly Entry[]): void {
    const follows = this.#entries.at(-1)?.seq === (entries[0]?.seq ?? 0) - 1;
    const kept = follows ? [...this.#entries, ...entries] : [...entries];
    this.#entries = kept.slice(-KEPT_MAX);
  }

  /** The journal has confirmed everything up to `seq`. */
  sent(seq: number): void {
    this.#entries = this.#entries.filter((entry) => entry.seq > seq);
  }

  head(): Promise<Result<number, LedgerRefusal>> {
    const last = this.#entries.at(-1);
    return last === undefined ? this.ledger.head() : Promise.resolve(ok(last.seq));
  }

  read(after: number, limit: number): Promise<Result<readonly Entry[], LedgerRefusal>> {
    const first = this.#entries[0];
    if (first === undefined || after < first.seq - 1) return this.ledger.read(after, limit);
    const from = after - first.seq + 1;
    return Promise.resolve(ok(this.#entries.slice(from, from + limit)));
  }
}
