import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { describe, expect, test } from "@jest/globals";
import type { BookId } from "../../src/base/ids";
import { DexieLedger } from "../../src/ledger/dexie-ledger";
import { MemoryLedger } from "../../src/ledger/memory-ledger";
import { note } from "../../src/stock/entries";
import { ledgerContract } from "../contract/ledger-contract";

const keyRange = IDBKeyRange as unknown as typeof globalThis.IDBKeyRange;
const book: BookId = "rehearsal-test";

ledgerContract("memory", () => new MemoryLedger());
ledgerContract(
  "dexie",
  () => new DexieLedger(book, { indexedDB: new IDBFactory(), IDBKeyRange: keyRange }),
);

describe("the IndexedDB ledger", () => {
  test("is still there when it is opened again", async () => {
    const indexedDB = new IDBFactory();
    const first = new DexieLedger(book, { indexedDB, IDBKeyRange: keyRange });
    await first.append([note("gap", "a", 1)], { tiktok: "c" }, 5);
    first.close();
    const second = new DexieLedger(book, { indexedDB, IDBKeyRange: keyRange });
    expect(await second.head()).toEqual({ ok: true, value: 1 });
    expect(await second.cursors()).toEqual({ ok: true, value: { tiktok: "c" } });
  });

  test("refuses a writer whose head someone else has moved", async () => {
    const indexedDB = new IDBFactory();
    const a = new DexieLedger(book, { indexedDB, IDBKeyRange: keyRange });
    const b = new DexieLedger(book, { indexedDB, IDBKeyRange: keyRange });
    await a.append([note("gap", "a", 1)], {}, 1);
    await b.append([note("gap", "b", 1)], {}, 1);
    const refused = await a.append([note("gap", "c", 1)], {}, 1);
    expect(refused).toMatchObject({ ok: false, error: { code: "conflict" } });
    expect(await b.head()).toEqual({ ok: true, value: 2 });
  });

  test("books stay apart", async () => {
    const indexedDB = new IDBFactory();
    const rehearsal = new DexieLedger(book, { indexedDB, IDBKeyRange: keyRange });
    const live = new DexieLedger("live", { indexedDB, IDBKeyRange: keyRange });
    await rehearsal.append([note("gap", "a", 1)], {}, 1);
    expect(await live.head()).toEqual({ ok: true, value: 0 });
  });

  test("never writes into a database of a newer version", async () => {
    const indexedDB = new IDBFactory();
    const newer = indexedDB.open("streamstock-rehearsal-test", 990);
    await new Promise<void>((resolve) => {
      newer.onupgradeneeded = () => {
        newer.result.createObjectStore("entries", { keyPath: "seq" });
      };
      newer.onsuccess = () => {
        newer.result.close();
        resolve();
      };
    });
    const old = new DexieLedger(book, { indexedDB, IDBKeyRange: keyRange });
    expect(await old.append([note("gap", "a", 1)], {}, 1)).toMatchObject({
      ok: false,
      error: { code: "newer_schema" },
    });
  });
});
