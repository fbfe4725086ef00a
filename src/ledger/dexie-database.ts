/**
 * The IndexedDB database of one book: opened, fenced against other versions of this code, and
 * opened anew when the connection died under us. Dexie keeps the schema and its upgrades.
 */
import Dexie, { type Table, type Transaction } from "dexie";
import type { BookId, ChannelId } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import type { Entry } from "../stock/entries";
import { freshLog } from "./fresh-log";
import type { LedgerRefusal, Snapshot } from "./ledger";
import { segmentsOf, type Segment } from "./segments";
import { lostConnection, storageFault } from "./storage-fault";

/**
 * Bumped with every change of the stores below. Version 1 kept one record per entry with an index
 * on the key.
 */
const SCHEMA_VERSION = 2;
/** Dexie keeps ten native versions for each of ours. */
const NATIVE_VERSION_MAX = SCHEMA_VERSION * 10 + 9;
/** An old tab that has been asked to close needs milliseconds (limits.md 5b); past this it will not. */
const BLOCKED_AFTER_MS = 2000;
const UPGRADE_BATCH = 1000;

export interface CursorRow {
  readonly channel: ChannelId;
  readonly cursor: string;
}

/** The idempotency keys of entries up to `last` that no earlier row has, as a JSON array. */
export interface KeysRow {
  readonly last: number;
  readonly json: string;
}

/** One row at most. */
export interface SnapshotRow extends Snapshot {
  readonly slot: "newest";
}

export interface DatabaseOptions {
  readonly indexedDB?: IDBFactory;
  readonly IDBKeyRange?: typeof IDBKeyRange;
  readonly blockedAfterMs?: number;
}

export function databaseName(book: BookId): string {
  return `streamstock-${book}`;
}

async function intoSegments(tx: Transaction): Promise<void> {
  const old = tx.table<Entry, number>("entries");
  const segments = tx.table<Segment, number>("segments");
  for (let after = 0; ;) {
    const entries = await old.where("seq").above(after).limit(UPGRADE_BATCH).toArray();
    const last = entries.at(-1);
    if (last === undefined) return;
    await segments.bulkAdd(segmentsOf(entries));
    after = last.seq;
  }
}

export class DexieDatabase {
  readonly segments: Table<Segment, number>;
  readonly cursors: Table<CursorRow, string>;
  readonly keys: Table<KeysRow, number>;
  readonly snapshots: Table<SnapshotRow, string>;
  readonly #dexie: Dexie;
  readonly #options: DatabaseOptions;
  #opening: Promise<void> | null = null;
  /** Newer code has asked for the database: this code never opens it again. */
  #superseded = false;
  #blocked: () => void = () => undefined;
  #freshLog: Promise<void> | null = null;
  /** The disk was full and nothing has succeeded since. */
  #full: LedgerRefusal | null = null;

  constructor(book: BookId, options: DatabaseOptions) {
    const { indexedDB, IDBKeyRange } = options;
    this.#options = options;
    this.#dexie = new Dexie(databaseName(book), {
      chromeTransactionDurability: "strict",
      autoOpen: false,
      ...(indexedDB === undefined ? {} : { indexedDB }),
      ...(IDBKeyRange === undefined ? {} : { IDBKeyRange }),
    });
    this.#dexie.version(1).stores({ entries: "seq,&key", cursors: "channel" });
    this.#dexie
      .version(SCHEMA_VERSION)
      .stores({ entries: null, segments: "last", keys: "last", snapshots: "slot" })
      .upgrade(intoSegments);
    this.segments = this.#dexie.table("segments");
    this.cursors = this.#dexie.table("cursors");
    this.keys = this.#dexie.table("keys");
    this.snapshots = this.#dexie.table("snapshots");
    // Make room at once. Without this the newer tab waits for as long as this one lives.
    this.#dexie.on("versionchange", (event) => {
      this.#superseded = (event.newVersion ?? 0) > NATIVE_VERSION_MAX;
      this.#dexie.close({ disableAutoOpen: true });
    });
    this.#dexie.on("blocked", () => this.#blocked());
  }

  /** The browser's own connection; only inside `run`. */
  get native(): IDBDatabase {
    return this.#dexie.backendDB();
  }

  /** To be waited for before a write; reading need not. */
  async writable(): Promise<void> {
    await this.#freshLog;
  }

  transaction<T>(tables: Table[], work: () => Promise<T>): Promise<T> {
    return this.#dexie.transaction("rw", tables, work);
  }

  /** Opens if need be; a connection that died under us (limits.md 5c) is opened anew once. */
  async run<T>(work: () => Promise<Result<T, LedgerRefusal>>): Promise<Result<T, LedgerRefusal>> {
    for (let attempt = 0; ; attempt += 1) {
      const opened = await this.#ready();
      if (!opened.ok) return opened;
      try {
        const result = await work();
        this.#full = null;
        return result;
      } catch (cause) {
        const refusal = this.#whileFull(storageFault(cause, false));
        if (lostConnection(cause)) this.#dexie.close({ disableAutoOpen: true });
        if (attempt > 0 || !lostConnection(cause)) return err(refusal);
      }
    }
  }

  /** A full disk kills the connection too, and opens no other: that is the same fault still. */
  #whileFull(refusal: LedgerRefusal): LedgerRefusal {
    if (refusal.code === "full") this.#full = refusal;
    return refusal.code === "failed" && this.#full !== null ? this.#full : refusal;
  }

  async #ready(): Promise<Result<null, LedgerRefusal>> {
    if (this.#superseded) return err({ code: "newer_schema", detail: "a newer tab took over" });
    if (this.#dexie.isOpen() && this.#opening === null) return ok(null);
    try {
      if (this.#opening === null) {
        const version = await this.#storedVersion();
        if (version > NATIVE_VERSION_MAX) {
          return err({ code: "newer_schema", detail: `schema ${version / 10}` });
        }
      }
      return await this.#openOrBlocked();
    } catch (cause) {
      return err(this.#whileFull(storageFault(cause, true)));
    }
  }

  /**
   * A blocked request stays pending and is granted when the other tab goes: a later call then finds
   * the database open.
   */
  async #openOrBlocked(): Promise<Result<null, LedgerRefusal>> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = this.#options.blockedAfterMs ?? BLOCKED_AFTER_MS;
    const blocked = new Promise<Result<null, LedgerRefusal>>((resolve) => {
      const refuse = () =>
        resolve(err({ code: "blocked", detail: "another tab holds an older version open" }));
      this.#blocked = () => {
        timer ??= setTimeout(refuse, wait);
      };
      if (this.#opening !== null) this.#blocked();
    });
    this.#opening ??= this.#open();
    const opened = this.#opening.then(() => ok(null));
    try {
      return await Promise.race([opened, blocked]);
    } finally {
      clearTimeout(timer);
    }
  }

  #open(): Promise<void> {
    const done = () => {
      this.#opening = null;
    };
    const opened = () => {
      done();
      // One that was handed in is not the browser's own, and has no log.
      if (this.#options.indexedDB === undefined) this.#freshLog ??= freshLog();
    };
    const opening = Promise.resolve(this.#dexie.open()).then(opened, (cause: unknown) => {
      done();
      throw cause;
    });
    // Whoever waited may have been told "blocked" and gone.
    opening.catch(() => undefined);
    return opening;
  }

  /**
   * Dexie opens a newer database with old code, adds what it misses, and writes into it (limits.md
   * 5b): so the version is looked up before it gets its hands on it.
   */
  async #storedVersion(): Promise<number> {
    const known = await (this.#options.indexedDB ?? indexedDB).databases();
    return known.find((db) => db.name === this.#dexie.name)?.version ?? 0;
  }

  close(): void {
    this.#dexie.close({ disableAutoOpen: true });
  }
}
