/**
 * A book in IndexedDB. Strict durability: with the browser's default an acknowledged entry can be
 * lost in a power cut (limits.md 5a). Entries and cursors of one poll go in one transaction.
 */
import Dexie, { type Table } from "dexie";
import * as v from "valibot";
import type { BookId, ChannelId } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import { entrySchema, type Draft, type Entry } from "../stock/entries";
import type { Cursors, Ledger, LedgerRefusal } from "./ledger";

/** Bumped with every change of the stores below. Dexie multiplies it by ten in the database. */
const SCHEMA_VERSION = 1;
/** Dexie keeps ten native versions for each of ours. */
const NATIVE_VERSION_MAX = SCHEMA_VERSION * 10 + 9;

interface CursorRow {
  channel: ChannelId;
  cursor: string;
}

export function databaseName(book: BookId): string {
  return `streamstock-${book}`;
}

function nameOf(cause: unknown): string {
  if (cause instanceof Dexie.DexieError || cause instanceof Error) {
    const inner = (cause as { inner?: unknown }).inner;
    return inner instanceof Error ? inner.name : cause.name;
  }
  return "unknown";
}

function classify(cause: unknown): LedgerRefusal {
  const name = nameOf(cause);
  const detail = cause instanceof Error ? `${name}: ${cause.message}` : String(cause);
  if (name === "QuotaExceededError" || detail.includes("FILE_ERROR_NO_SPACE")) {
    return { code: "full", detail };
  }
  if (name === "VersionError") return { code: "newer_schema", detail };
  if (name === "ConstraintError" || name === "BulkError") return { code: "conflict", detail };
  return { code: "failed", detail };
}

export class DexieLedger implements Ledger {
  readonly #db: Dexie;
  readonly #factory: IDBFactory;
  readonly #entries: Table<Entry, number>;
  readonly #cursors: Table<CursorRow, string>;
  /** Where this writer left the head; null until it first looked. */
  #head: number | null = null;

  constructor(
    book: BookId,
    options: { indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange } = {},
  ) {
    this.#factory = options.indexedDB ?? globalThis.indexedDB;
    this.#db = new Dexie(databaseName(book), {
      chromeTransactionDurability: "strict",
      autoOpen: false,
      ...options,
    });
    this.#db.version(SCHEMA_VERSION).stores({ entries: "seq,&key", cursors: "channel" });
    this.#entries = this.#db.table("entries");
    this.#cursors = this.#db.table("cursors");
    // Newer code wants to upgrade: make room at once, and refuse to write with old code.
    this.#db.on("versionchange", () => {
      this.#db.close({ disableAutoOpen: true });
    });
  }

  /** Opens if need be; a connection that died under us (limits.md 5c) is opened anew once. */
  async #run<T>(work: () => Promise<T>): Promise<Result<T, LedgerRefusal>> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        if (!this.#db.isOpen()) {
          const version = await this.#storedVersion();
          if (version > NATIVE_VERSION_MAX) {
            return err({ code: "newer_schema", detail: `schema ${version / 10}` });
          }
          await this.#db.open();
        }
        return ok(await work());
      } catch (cause) {
        const refusal = classify(cause);
        const name = nameOf(cause);
        const died =
          name === "DatabaseClosedError" || name === "InvalidStateError" || name === "UnknownError";
        if (attempt > 0 || !died) return err(refusal);
        this.#db.close({ disableAutoOpen: false });
      }
    }
  }

  /**
   * Dexie opens a newer database with old code, adds what it misses, and writes into it (limits.md
   * 5b): so the version is looked up before it gets its hands on it.
   */
  async #storedVersion(): Promise<number> {
    const known = await this.#factory.databases();
    return known.find((db) => db.name === this.#db.name)?.version ?? 0;
  }

  async #lastSeq(): Promise<number> {
    const last = await this.#entries.orderBy("seq").last();
    return last?.seq ?? 0;
  }

  read(after: number, limit: number): Promise<Result<readonly Entry[], LedgerRefusal>> {
    return this.#run(async () => {
      const rows = await this.#entries.where("seq").above(after).limit(limit).toArray();
      return rows.map((row) => v.parse(entrySchema, row));
    });
  }

  cursors(): Promise<Result<Cursors, LedgerRefusal>> {
    return this.#run(async () => {
      const rows = await this.#cursors.toArray();
      return Object.fromEntries(rows.map((row) => [row.channel, row.cursor]));
    });
  }

  append(
    drafts: readonly Draft[],
    cursors: Cursors,
    bookedAt: number,
  ): Promise<Result<readonly Entry[], LedgerRefusal>> {
    return this.#write(async () => {
      const known = await this.#entries
        .where("key")
        .anyOf(drafts.map((d) => d.key))
        .toArray();
      const keys = new Set(known.map((entry) => entry.key));
      const head = await this.#checkedHead();
      const booked: Entry[] = [];
      for (const draft of drafts) {
        if (keys.has(draft.key)) continue;
        keys.add(draft.key);
        booked.push({ ...draft, seq: head + booked.length + 1, bookedAt });
      }
      await this.#entries.bulkAdd(booked);
      await this.#cursors.bulkPut(
        Object.entries(cursors).map(([channel, cursor]) => ({
          channel: channel as ChannelId,
          cursor,
        })),
      );
      return { head: head + booked.length, answer: booked };
    });
  }

  restore(entries: readonly Entry[]): Promise<Result<null, LedgerRefusal>> {
    return this.#write(async () => {
      const head = await this.#checkedHead();
      const first = entries[0];
      if (first !== undefined && first.seq !== head + 1) throw new Dexie.ConstraintError("gap");
      await this.#entries.bulkAdd([...entries]);
      return { head: head + entries.length, answer: null };
    });
  }

  /** A second writer shows as a head that moved without us: refuse, never interleave. */
  async #checkedHead(): Promise<number> {
    const head = await this.#lastSeq();
    if (this.#head !== null && this.#head !== head) {
      throw new Dexie.ConstraintError(`head is ${head}, left at ${this.#head}`);
    }
    return head;
  }

  async #write<T>(
    work: () => Promise<{ head: number; answer: T }>,
  ): Promise<Result<T, LedgerRefusal>> {
    const done = await this.#run(() =>
      this.#db.transaction("rw", this.#entries, this.#cursors, work),
    );
    if (!done.ok) return done;
    this.#head = done.value.head;
    return ok(done.value.answer);
  }

  head(): Promise<Result<number, LedgerRefusal>> {
    return this.#run(() => this.#lastSeq());
  }

  close(): void {
    this.#db.close({ disableAutoOpen: true });
  }
}
