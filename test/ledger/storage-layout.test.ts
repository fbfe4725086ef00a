/** How the entries lie in IndexedDB, and how a book of version 1 comes to lie so. */
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { describe, expect, test } from "@jest/globals";
import Dexie from "dexie";
import type { BookId } from "../../src/base/ids";
import { databaseName } from "../../src/ledger/dexie-database";
import { DexieLedger } from "../../src/ledger/dexie-ledger";
import { note, type Draft, type Entry } from "../../src/stock/entries";

const keyRange = IDBKeyRange as unknown as typeof globalThis.IDBKeyRange;
const book: BookId = "rehearsal-layout";
const draft = (key: string): Draft => note("gap", key, 1, { n: 2, detail: "库存 \u{1f600}" });

function openOn(indexedDB: IDBFactory): DexieLedger {
  return new DexieLedger(book, { indexedDB, IDBKeyRange: keyRange });
}

/** The rows of a store as they lie there, by a connection of its own. */
async function rows<T>(indexedDB: IDBFactory, store: string): Promise<T[]> {
  const db = await new Promise<IDBDatabase>((done, fail) => {
    const request = indexedDB.open(databaseName(book));
    request.onsuccess = () => done(request.result as unknown as IDBDatabase);
    request.onerror = () => fail(request.error);
  });
  const found = await new Promise<T[]>((done, fail) => {
    const request = db.transaction(store).objectStore(store).getAll();
    request.onsuccess = () => done(request.result as T[]);
    request.onerror = () => fail(request.error);
  });
  db.close();
  return found;
}

const counts = async (indexedDB: IDBFactory) =>
  (await rows<{ count: number }>(indexedDB, "segments")).map(({ count }) => count);

async function versionOne(indexedDB: IDBFactory, entries: readonly Entry[]): Promise<void> {
  const old = new Dexie(databaseName(book), { indexedDB, IDBKeyRange: keyRange });
  old.version(1).stores({ entries: "seq,&key", cursors: "channel" });
  await old.table("entries").bulkAdd(entries);
  await old.table("cursors").put({ channel: "tiktok", cursor: "c7" });
  old.close();
}

describe("on disk", () => {
  test("an append is one record, however many entries it has", async () => {
    const indexedDB = new IDBFactory();
    const ledger = openOn(indexedDB);
    await ledger.append([draft("a")], {}, 1);
    await ledger.append(
      Array.from({ length: 100 }, (_, n) => draft(`b${n}`)),
      {},
      1,
    );
    await ledger.append([], { tiktok: "x" }, 1);
    expect(await counts(indexedDB)).toEqual([1, 100]);
  });

  test("a record that is missing is said, not skipped", async () => {
    const indexedDB = new IDBFactory();
    const ledger = openOn(indexedDB);
    for (const key of ["a", "b", "c"]) await ledger.append([draft(key)], {}, 1);
    const db = new Dexie(databaseName(book), { indexedDB, IDBKeyRange: keyRange });
    await db.open();
    await db.table("segments").delete(2);
    db.close();
    const missing = { ok: false, error: { detail: "Error: entries 2 to 2 are missing" } };
    expect(await openOn(indexedDB).read(0, 10)).toMatchObject(missing);
    expect(await openOn(indexedDB).append([draft("d")], {}, 1)).toMatchObject(missing);
  });

  test("a very large append is several records, so that reading one entry stays cheap", async () => {
    const indexedDB = new IDBFactory();
    const ledger = openOn(indexedDB);
    const drafts = Array.from({ length: 2500 }, (_, n) => draft(`${n}`));
    expect(await ledger.append(drafts, {}, 1)).toMatchObject({ ok: true });
    expect(await counts(indexedDB)).toEqual([1000, 1000, 500]);
    const long = Array.from({ length: 300 }, (_, n) =>
      note("gap", `l${n}`, 1, { detail: "x".repeat(4000) }),
    );
    expect(await ledger.append(long, {}, 1)).toMatchObject({ ok: true });
    for (const { json } of await rows<{ json: string }>(indexedDB, "segments")) {
      expect(json.length).toBeLessThan(410_000);
    }
    expect(await ledger.head()).toEqual({ ok: true, value: 2800 });
  });

  test("a snapshot merges the small records since the last one", async () => {
    const indexedDB = new IDBFactory();
    const ledger = openOn(indexedDB);
    for (let n = 0; n < 30; n += 1) await ledger.append([draft(`a${n}`)], {}, 1);
    await ledger.keepSnapshot({ seq: 30, version: "1", state: null });
    expect(await counts(indexedDB)).toEqual([30]);
    for (let n = 0; n < 20; n += 1) await ledger.append([draft(`b${n}`)], {}, 1);
    expect((await counts(indexedDB)).length).toBe(21);
    await ledger.keepSnapshot({ seq: 50, version: "1", state: null });
    expect(await counts(indexedDB)).toEqual([30, 20]);
    const again = openOn(indexedDB);
    const read = await again.read(0, 100);
    expect(read.ok && read.value.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 50 }, (_, n) => n + 1),
    );
    // Old keys from their rows, new ones from the entries.
    await again.append([draft("c")], {}, 1);
    expect(await openOn(indexedDB).append(["a3", "b3", "c"].map(draft), {}, 1)).toEqual({
      ok: true,
      value: [],
    });
  });

  test("a record that was changed behind our back is a failure, not other stock", async () => {
    const indexedDB = new IDBFactory();
    const ledger = openOn(indexedDB);
    await ledger.append(["a", "b"].map(draft), {}, 1);
    ledger.close();
    const db = new Dexie(databaseName(book), { indexedDB, IDBKeyRange: keyRange });
    await db.open();
    const row = await db.table<{ last: number; json: string }>("segments").toCollection().first();
    await db.table("segments").put({ ...row, json: row!.json.replace('"seq":2', '"seq":3') });
    db.close();
    const read = await openOn(indexedDB).read(0, 10);
    expect(read).toMatchObject({ ok: false, error: { code: "failed" } });
  });
});

describe("a book of version 1", () => {
  test("is brought over with all entries, keys and cursors, and the old store is gone", async () => {
    const indexedDB = new IDBFactory();
    const entries = Array.from({ length: 2345 }, (_, n) => ({
      ...draft(`k${n}`),
      seq: n + 1,
      bookedAt: n,
    }));
    await versionOne(indexedDB, entries);
    const ledger = openOn(indexedDB);
    expect(await ledger.read(0, 5000)).toEqual({ ok: true, value: entries });
    expect(await ledger.cursors()).toEqual({ ok: true, value: { tiktok: "c7" } });
    const booked = await ledger.append([draft("k7"), draft("new")], {}, 9);
    expect(booked.ok && booked.value.map(({ seq, key }) => [seq, key])).toEqual([[2346, "new"]]);
    ledger.close();
    const stores = await new Promise<string[]>((done) => {
      const request = indexedDB.open(databaseName(book));
      request.onsuccess = () => {
        done([...request.result.objectStoreNames]);
        request.result.close();
      };
    });
    expect(stores.sort()).toEqual(["cursors", "keys", "segments", "snapshots"]);
  });
});
