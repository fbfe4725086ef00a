import { err, ok, type Result } from "../base/result";
import { numbered, type Draft, type Entry } from "../stock/entries";
import type { Cursors, Ledger, LedgerRefusal, Snapshot } from "./ledger";

/** A book that lives as long as the page: for simulations, and for a window that only follows. */
export class MemoryLedger implements Ledger {
  readonly #entries: Entry[] = [];
  readonly #keys = new Set<string>();
  #cursors: Cursors = {};
  #snapshot: Snapshot | null = null;

  read(after: number, limit: number): Promise<Result<readonly Entry[], LedgerRefusal>> {
    return Promise.resolve(ok(this.#entries.slice(after, after + limit)));
  }

  cursors(): Promise<Result<Cursors, LedgerRefusal>> {
    return Promise.resolve(ok(this.#cursors));
  }

  append(
    drafts: readonly Draft[],
    cursors: Cursors,
    bookedAt: number,
  ): Promise<Result<readonly Entry[], LedgerRefusal>> {
    const booked: Entry[] = [];
    for (const draft of drafts) {
      if (this.#keys.has(draft.key)) continue;
      const entry = numbered(draft, this.#entries.length + 1, bookedAt);
      this.#keys.add(draft.key);
      this.#entries.push(entry);
      booked.push(entry);
    }
    this.#cursors = { ...this.#cursors, ...cursors };
    return Promise.resolve(ok(booked));
  }

  restore(entries: readonly Entry[]): Promise<Result<null, LedgerRefusal>> {
    const keys = new Set<string>();
    for (const [index, { seq, key }] of entries.entries()) {
      if (seq !== this.#entries.length + index + 1 || keys.has(key) || this.#keys.has(key)) {
        return Promise.resolve(err({ code: "conflict", detail: `entry ${seq}` }));
      }
      keys.add(key);
    }
    for (const entry of entries) {
      this.#keys.add(entry.key);
      this.#entries.push(entry);
    }
    return Promise.resolve(ok(null));
  }

  head(): Promise<Result<number, LedgerRefusal>> {
    return Promise.resolve(ok(this.#entries.length));
  }

  clear(): Promise<Result<null, LedgerRefusal>> {
    this.#entries.length = 0;
    this.#keys.clear();
    this.#cursors = {};
    this.#snapshot = null;
    return Promise.resolve(ok(null));
  }

  snapshot(): Promise<Result<Snapshot | null, LedgerRefusal>> {
    return Promise.resolve(ok(structuredClone(this.#snapshot)));
  }

  keepSnapshot(snapshot: Snapshot): Promise<Result<null, LedgerRefusal>> {
    if (snapshot.seq > this.#entries.length) {
      return Promise.resolve(err({ code: "conflict", detail: `snapshot ${snapshot.seq}` }));
    }
    this.#snapshot = structuredClone(snapshot);
    return Promise.resolve(ok(null));
  }

  close(): void {
    // Nothing is held open.
  }
}
