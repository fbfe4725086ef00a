/**
 * A book in IndexedDB. Strict durability: with the browser's default an acknowledged entry can be
 * lost in a power cut (limits.md 5a). Entries and cursors of one poll go in one transaction.
 */
import * as v from "valibot";
import type { BookId } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import { numbered, type Draft, type Entry } from "../stock/entries";
import { DexieDatabase, type DatabaseOptions, type KeysRow } from "./dexie-database";
import type { Cursors, Ledger, LedgerRefusal, Snapshot } from "./ledger";
import { entriesOf, keysOf, merged, mustFollow, segmentsOf, type Segment } from "./segments";

/** Segments read at once: few enough to hold, many enough to be quick over small ones. */
const READ_AHEAD = 50;

const keysSchema = v.array(v.string());

/** What is known of the disk, so that an append need not look things up there. */
interface Index {
  head: number;
  readonly keys: Set<string>;
  /** Keys that no row of `keys` holds yet, in the order of their entries. */
  unkept: string[];
}

export class DexieLedger implements Ledger {
  readonly #db: DexieDatabase;
  /** Null until this writer first looked. Afterwards the disk has to agree with it. */
  #index: Index | null = null;

  constructor(book: BookId, options: DatabaseOptions = {}) {
    this.#db = new DexieDatabase(book, options);
  }

  read(after: number, limit: number): Promise<Result<readonly Entry[], LedgerRefusal>> {
    return this.#db.run(async () => ok(await this.#read(after, limit)));
  }

  async #read(after: number, limit: number): Promise<Entry[]> {
    const entries: Entry[] = [];
    let from = after;
    while (entries.length < limit) {
      const rows = await this.#db.segments.where("last").above(from).limit(READ_AHEAD).toArray();
      for (const row of rows) {
        if (entries.length >= limit) break;
        mustFollow(row, from);
        for (const entry of entriesOf(row)) {
          if (entry.seq > after && entries.length < limit) entries.push(entry);
        }
        from = row.last;
      }
      if (rows.length < READ_AHEAD) break;
    }
    return entries;
  }

  cursors(): Promise<Result<Cursors, LedgerRefusal>> {
    return this.#db.run(async () => {
      const rows = await this.#db.cursors.toArray();
      return ok(Object.fromEntries(rows.map((row) => [row.channel, row.cursor])));
    });
  }

  append(
    drafts: readonly Draft[],
    cursors: Cursors,
    bookedAt: number,
  ): Promise<Result<readonly Entry[], LedgerRefusal>> {
    return this.#db.run(async () => {
      const index = await this.#known();
      const fresh = new Set<string>();
      const booked: Entry[] = [];
      for (const draft of drafts) {
        if (index.keys.has(draft.key) || fresh.has(draft.key)) continue;
        fresh.add(draft.key);
        booked.push(numbered(draft, index.head + booked.length + 1, bookedAt));
      }
      const written = await this.#write(index, booked, cursors);
      return written.ok ? ok(booked) : written;
    });
  }

  restore(entries: readonly Entry[]): Promise<Result<null, LedgerRefusal>> {
    return this.#db.run(async () => {
      const index = await this.#known();
      const fresh = new Set<string>();
      for (const [place, { seq, key }] of entries.entries()) {
        if (seq !== index.head + place + 1 || index.keys.has(key) || fresh.has(key)) {
          return err({ code: "conflict", detail: `entry ${seq} does not follow ${index.head}` });
        }
        fresh.add(key);
      }
      return this.#write(index, entries, {});
    });
  }

  head(): Promise<Result<number, LedgerRefusal>> {
    return this.#db.run(async () => ok(await this.#headOnDisk()));
  }

  /** A key cursor: the segment's text stays where it is. */
  async #headOnDisk(): Promise<number> {
    const [last] = await this.#db.segments.orderBy("last").reverse().limit(1).primaryKeys();
    return last ?? 0;
  }

  async #known(): Promise<Index> {
    if (this.#index !== null) return this.#index;
    const index: Index = { head: 0, keys: new Set(), unkept: [] };
    const rows = await this.#db.keys.toArray();
    for (const row of rows) {
      for (const key of v.parse(keysSchema, JSON.parse(row.json))) index.keys.add(key);
      index.head = row.last;
    }
    for (;;) {
      const tail = this.#db.segments.where("last").above(index.head).limit(READ_AHEAD);
      const segments = await tail.toArray();
      for (const segment of segments) {
        mustFollow(segment, index.head);
        remember(index, keysOf(segment), segment.last);
      }
      if (segments.length < READ_AHEAD) break;
    }
    this.#index = index;
    return index;
  }

  async #write(
    index: Index,
    entries: readonly Entry[],
    cursors: Cursors,
  ): Promise<Result<null, LedgerRefusal>> {
    const segments = segmentsOf(entries);
    await this.#db.writable();
    const found = await this.#commit(segments, cursors, index.head);
    if (found !== index.head && !(await this.#isOurs(entries, found))) {
      const detail = `head is ${found}, left at ${index.head}`;
      // Acknowledged entries are gone: that is no second writer, and the journal has to help.
      return err({ code: found < index.head ? "failed" : "conflict", detail });
    }
    const keys = entries.map(({ key }) => key);
    remember(index, keys, index.head + entries.length);
    return ok(null);
  }

  /**
   * The connection may die between the disk's commit and the news of it. The second try then finds
   * its own entries in place, to the letter.
   */
  async #isOurs(entries: readonly Entry[], head: number): Promise<boolean> {
    const first = entries[0];
    if (first === undefined || head !== entries.at(-1)?.seq) return false;
    const kept = await this.#read(first.seq - 1, entries.length);
    const bare = (list: readonly Entry[]) => segmentsOf(list).map(({ json }) => json);
    // Read entries have their members in the schema's order, so both sides go the same way round.
    const again = segmentsOf(entries).flatMap(entriesOf);
    return JSON.stringify(bare(kept)) === JSON.stringify(bare(again));
  }

  /**
   * One transaction straight on the browser's interface: a single durable entry is the common case,
   * and Dexie's own transaction costs twice the browser's (limits.md 1a). Answers the head that it
   * found; nothing is written unless that is `head`.
   */
  #commit(segments: readonly Segment[], cursors: Cursors, head: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const tx = this.#db.native.transaction(["segments", "cursors"], "readwrite", {
        durability: "strict",
      });
      const store = tx.objectStore("segments");
      let found = head;
      const look = store.openKeyCursor(null, "prev");
      look.onsuccess = () => {
        found = typeof look.result?.key === "number" ? look.result.key : 0;
        if (found !== head) tx.abort();
      };
      tx.oncomplete = () => resolve(found);
      tx.onabort = () => {
        if (found === head) reject(tx.error ?? new DOMException("aborted", "AbortError"));
        else resolve(found);
      };
      // Asked at once, not after the look: they are carried out in order, and an abort undoes them.
      for (const segment of segments) store.add(segment);
      for (const [channel, cursor] of Object.entries(cursors)) {
        tx.objectStore("cursors").put({ channel, cursor });
      }
    });
  }

  snapshot(): Promise<Result<Snapshot | null, LedgerRefusal>> {
    return this.#db.run(async () => {
      const row = await this.#db.snapshots.get("newest");
      if (row === undefined || row.seq > (await this.#headOnDisk())) return ok(null);
      return ok({ seq: row.seq, version: row.version, state: row.state });
    });
  }

  /** With the snapshot the small segments since the last one are merged, and their keys noted. */
  clear(): Promise<Result<null, LedgerRefusal>> {
    return this.#db.run(async () => {
      const { segments, keys, snapshots, cursors } = this.#db;
      await this.#db.writable();
      await this.#db.transaction([segments, keys, snapshots, cursors], async () => {
        await Promise.all([segments.clear(), keys.clear(), snapshots.clear(), cursors.clear()]);
      });
      this.#index = null;
      return ok(null);
    });
  }

  keepSnapshot(snapshot: Snapshot): Promise<Result<null, LedgerRefusal>> {
    return this.#db.run(async () => {
      const index = await this.#known();
      if (snapshot.seq > index.head) {
        return err({ code: "conflict", detail: `snapshot ${snapshot.seq} of ${index.head}` });
      }
      const { segments, keys, snapshots } = this.#db;
      await this.#db.writable();
      const unkept = index.unkept.slice();
      const row: KeysRow = { last: index.head, json: JSON.stringify(unkept) };
      const moved = await this.#db.transaction([segments, keys, snapshots], async () => {
        const head = await this.#headOnDisk();
        if (head !== row.last) return head;
        await snapshots.put({ slot: "newest", ...snapshot });
        if (unkept.length === 0) return null;
        await keys.add(row);
        const small = await segments
          .where("last")
          .above(row.last - unkept.length)
          .toArray();
        await segments.bulkDelete(small.map(({ last }) => last));
        await segments.bulkAdd(merged(small));
        return null;
      });
      if (moved !== null) return err({ code: "conflict", detail: `head is ${moved}` });
      index.unkept = index.unkept.slice(unkept.length);
      return ok(null);
    });
  }

  close(): void {
    this.#db.close();
  }
}

function remember(index: Index, keys: readonly string[], head: number): void {
  for (const key of keys) {
    index.keys.add(key);
    index.unkept.push(key);
  }
  index.head = head;
}
