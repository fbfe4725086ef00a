/** What storage does to a ledger, and what the ledger then promises. */
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import Dexie from "dexie";
import { databaseName } from "../../src/ledger/dexie-database";
import { DexieLedger } from "../../src/ledger/dexie-ledger";
import { note, type Draft } from "../../src/stock/entries";
import { FaultyStorage } from "../support/faulty-storage";

const draft = (key: string): Draft => note("gap", key, 1, { n: 2 });
const refused = (code: string) => ({ ok: false, error: { code } });

let storage: FaultyStorage;
let ledger: DexieLedger;

beforeEach(() => {
  // Dexie tells the console whenever another tab asks for the database.
  jest.spyOn(console, "warn").mockImplementation(() => undefined);
  storage = new FaultyStorage();
  ledger = new DexieLedger("live", storage.options);
});
afterEach(() => ledger.close());

async function keysOf(of: DexieLedger = ledger): Promise<string[]> {
  const read = await of.read(0, 1000);
  if (!read.ok) throw new Error(read.error.detail);
  return read.value.map(({ key }) => key);
}

describe("storage that is refused", () => {
  test("is said to be refused, to every call, and never thrown", async () => {
    storage.fault = "refused";
    expect(await ledger.head()).toMatchObject(refused("refused"));
    expect(await ledger.append([draft("a")], {}, 1)).toMatchObject(refused("refused"));
    expect(await ledger.read(0, 1)).toMatchObject(refused("refused"));
    expect(await ledger.snapshot()).toMatchObject(refused("refused"));
  });

  test("works once it is given", async () => {
    storage.fault = "refused";
    await ledger.head();
    storage.fault = null;
    expect(await ledger.append([draft("a")], {}, 1)).toMatchObject({ ok: true });
  });

  test("is the same when the browser has none at all", async () => {
    const none = new DexieLedger("live");
    expect(await none.head()).toMatchObject(refused("refused"));
  });
});

describe("storage that is full", () => {
  test.each(["quota", "disk"] as const)(
    "keeps nothing of the call (%s), all of the earlier ones, and goes on when there is room",
    async (fault) => {
      await ledger.append([draft("a")], { tiktok: "1" }, 1);
      storage.fault = fault;
      const full = await ledger.append([draft("b"), draft("c")], { tiktok: "2" }, 1);
      expect(full).toMatchObject(refused("full"));
      expect(await keysOf()).toEqual(["a"]);
      expect(await ledger.cursors()).toEqual({ ok: true, value: { tiktok: "1" } });
      storage.fault = null;
      const later = await ledger.append([draft("b"), draft("a"), draft("d")], {}, 1);
      expect(later.ok && later.value.map(({ seq, key }) => [seq, key])).toEqual([
        [2, "b"],
        [3, "d"],
      ]);
      expect(await keysOf(new DexieLedger("live", storage.options))).toEqual(["a", "b", "d"]);
    },
  );

  test("and cannot even be opened is still called full, until there is room", async () => {
    await ledger.append([draft("a")], {}, 1);
    storage.fault = "disk_shut";
    expect(await ledger.append([draft("b")], {}, 1)).toMatchObject(refused("full"));
    expect(await ledger.head()).toMatchObject(refused("full"));
    expect(await ledger.append([draft("b")], {}, 1)).toMatchObject(refused("full"));
    storage.fault = null;
    expect(await ledger.append([draft("b")], {}, 1)).toMatchObject({ ok: true });
    storage.fault = "closed";
    expect(await keysOf()).toEqual(["a", "b"]);
  });

  test("can refuse a snapshot without harm to the entries", async () => {
    await ledger.append([draft("a")], {}, 1);
    await ledger.append([draft("b")], {}, 1);
    storage.fault = "quota";
    const kept = await ledger.keepSnapshot({ seq: 2, version: "1", state: null });
    expect(kept.ok).toBe(false);
    storage.fault = null;
    expect(await ledger.snapshot()).toEqual({ ok: true, value: null });
    expect(await keysOf()).toEqual(["a", "b"]);
    expect(await ledger.append([draft("a"), draft("c")], {}, 1)).toMatchObject({
      ok: true,
      value: [{ seq: 3, key: "c" }],
    });
  });
});

describe("a connection that is lost", () => {
  test("is opened anew, and the call succeeds", async () => {
    await ledger.append([draft("a")], {}, 1);
    storage.fault = "closed";
    expect(await ledger.append([draft("b")], {}, 1)).toMatchObject({
      ok: true,
      value: [{ seq: 2 }],
    });
    storage.fault = "closed";
    expect(await keysOf()).toEqual(["a", "b"]);
    expect(storage.opened).toBe(3);
  });

  test("after the disk had kept the entries, books them once and says that they are booked", async () => {
    await ledger.append([draft("a")], {}, 1);
    storage.fault = "untold";
    const booked = await ledger.append([draft("b"), draft("c")], { tiktok: "9" }, 1);
    expect(booked.ok && booked.value.map(({ seq, key }) => [seq, key])).toEqual([
      [2, "b"],
      [3, "c"],
    ]);
    expect(await keysOf()).toEqual(["a", "b", "c"]);
    expect(await ledger.cursors()).toEqual({ ok: true, value: { tiktok: "9" } });
    expect(await ledger.append([draft("c"), draft("d")], {}, 1)).toMatchObject({
      ok: true,
      value: [{ seq: 4, key: "d" }],
    });
  });

  test("to a database that was emptied meanwhile, writes nothing into the empty one", async () => {
    await ledger.append([draft("a"), draft("b")], {}, 1);
    const { indexedDB } = storage.options;
    await new Promise((done) => {
      indexedDB!.deleteDatabase(databaseName("live")).onsuccess = done;
    });
    expect(await ledger.append([draft("c")], {}, 1)).toMatchObject({
      ok: false,
      error: { code: "failed", detail: "head is 0, left at 2" },
    });
    expect(await new DexieLedger("live", storage.options).head()).toEqual({ ok: true, value: 0 });
  });
});

describe("another version of the code", () => {
  /** What a tab of version 1 does when it does not make room. */
  async function stubbornTab(): Promise<Dexie> {
    const old = new Dexie(databaseName("live"), storage.options as object);
    old.version(1).stores({ entries: "seq,&key", cursors: "channel" });
    await old.table("entries").add({ ...draft("old"), seq: 1, bookedAt: 1 });
    old.on("versionchange", () => false);
    // Takes Dexie's own handler away too, which would close.
    old.backendDB().onversionchange = null;
    return old;
  }

  test("in another tab that does not let go blocks the upgrade, which is said, and goes on after", async () => {
    const old = await stubbornTab();
    expect(await ledger.append([draft("a")], {}, 1)).toMatchObject(refused("blocked"));
    expect(await ledger.head()).toMatchObject(refused("blocked"));
    old.close();
    expect(await ledger.append([draft("a")], {}, 1)).toMatchObject({
      ok: true,
      value: [{ seq: 2 }],
    });
    expect(await keysOf()).toEqual(["old", "a"]);
  });

  test("that is newer gets the database at once, and the old one never writes again", async () => {
    await ledger.append([draft("a")], {}, 1);
    const newer = await new Promise<IDBDatabase>((done, fail) => {
      const request = storage.options.indexedDB!.open(databaseName("live"), 30);
      request.onblocked = () => fail(new Error("blocked"));
      request.onsuccess = () => done(request.result);
    });
    expect(await ledger.append([draft("b")], {}, 1)).toMatchObject(refused("newer_schema"));
    newer.close();
    expect(await ledger.append([draft("b")], {}, 1)).toMatchObject(refused("newer_schema"));
    const again = new DexieLedger("live", storage.options);
    expect(await again.read(0, 9)).toMatchObject(refused("newer_schema"));
  });
});
