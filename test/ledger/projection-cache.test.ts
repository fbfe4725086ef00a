/** A start from a snapshot is the same as a start from the first entry. */
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { describe, expect, test } from "@jest/globals";
import { mulberry32, type Prng } from "../../src/base/prng";
import type { Sku } from "../../src/base/ids";
import { DexieLedger } from "../../src/ledger/dexie-ledger";
import type { Ledger } from "../../src/ledger/ledger";
import { MemoryLedger } from "../../src/ledger/memory-ledger";
import {
  checkProjection,
  openProjection,
  projectionVersion,
} from "../../src/ledger/projection-cache";
import type { Draft, Entry } from "../../src/stock/entries";
import { balancesOf, type Projection } from "../../src/stock/projection";
import { Bookkeeper, SNAPSHOT_EVERY } from "../../src/sync/bookkeeper";
import { count, SKU, stream } from "../support/entries";

const keyRange = IDBKeyRange as unknown as typeof globalThis.IDBKeyRange;
const clock = { now: () => 1_700_000_000_000 };

function value<T>(result: { ok: boolean; value?: T; error?: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value as T;
}

function drafts(prng: Prng, from: number, howMany: number): Draft[] {
  return Array.from({ length: howMany }, (_, n) => ({
    ...count(1 + Math.floor(prng.next() * 5), `S${Math.floor(prng.next() * 20)}` as Sku),
    key: `count/${from + n}`,
  }));
}

async function bookkeeperOn(ledger: Ledger): Promise<Bookkeeper> {
  const books = new Bookkeeper(ledger, clock, () => undefined);
  value(await books.load());
  return books;
}

async function book(books: Bookkeeper, list: readonly Draft[]): Promise<void> {
  value(await books.transact((_projection, add) => list.forEach(add)));
}

/** Notes what was read, so that a start can be seen to read only the tail. */
class WatchedLedger extends MemoryLedger {
  readonly reads: number[] = [];
  override read(after: number, limit: number) {
    this.reads.push(after);
    return super.read(after, limit);
  }
}

describe("a start", () => {
  test("from a snapshot and the tail gives the same projection as the whole replay", async () => {
    const prng = mulberry32(3);
    const indexedDB = new IDBFactory();
    const options = { indexedDB, IDBKeyRange: keyRange };
    const books = await bookkeeperOn(new DexieLedger("live", options));
    await book(books, [count(400), ...stream({ planned: 30, startedAt: 5 })]);
    for (let n = 0; n < 10; n += 1) {
      await book(books, drafts(prng, n * 50, 50));
      if (n === 6) value(await books.keepSnapshot(1));
    }
    const ledger = new DexieLedger("live", options);
    expect(value(await ledger.snapshot())?.seq).toBe(354);
    const again = await bookkeeperOn(ledger);
    expect(again.projection).toEqual(books.projection);
    expect(value(await again.check())).toEqual({ entries: 504, difference: null });
  });

  test("reads no more than the tail and the last entries for the log", async () => {
    const ledger = new WatchedLedger();
    const books = await bookkeeperOn(ledger);
    await book(books, drafts(mulberry32(1), 0, 3000));
    value(await books.keepSnapshot(1));
    await book(books, drafts(mulberry32(2), 3000, 10));
    ledger.reads.length = 0;
    const again = new Bookkeeper(ledger, clock, () => undefined);
    const last = value(await again.load());
    expect(Math.min(...ledger.reads)).toBe(2510);
    expect(last.at(-1)?.seq).toBe(3010);
    expect(last.length).toBe(500);
  });

  test("throws a snapshot of another version of the code away", async () => {
    const ledger = new MemoryLedger();
    const books = await bookkeeperOn(ledger);
    await book(books, [count(7)]);
    const state = structuredClone(books.projection);
    balancesOf(state, SKU).available = 1000;
    value(await ledger.keepSnapshot({ seq: 1, version: "0 older", state }));
    const opened = value(await openProjection(ledger, 10));
    expect(opened.snapshotSeq).toBe(0);
    expect(balancesOf(opened.projection, SKU).available).toBe(7);
  });

  test.each([null, 7, {}, { seq: 1 }, { seq: 1, balances: [] }])(
    "throws a snapshot away that is no projection: %j",
    async (state) => {
      const ledger = new MemoryLedger();
      const books = await bookkeeperOn(ledger);
      await book(books, [count(7)]);
      value(await ledger.keepSnapshot({ seq: 1, version: projectionVersion(), state }));
      const opened = value(await openProjection(ledger, 10));
      expect(balancesOf(opened.projection, SKU).available).toBe(7);
    },
  );
});

describe("the check of cache against replay", () => {
  async function checked(spoil: (cache: Projection) => void): Promise<string | null> {
    const ledger = new MemoryLedger();
    const books = await bookkeeperOn(ledger);
    await book(books, [count(400), ...stream({ planned: 30, startedAt: 5 })]);
    const cache = structuredClone(books.projection);
    spoil(cache);
    return value(await checkProjection(ledger, cache)).difference;
  }

  test("finds nothing where nothing is wrong", async () => {
    expect(await checked(() => undefined)).toBeNull();
  });

  test("does not mind that somebody asked for a SKU that has no stock", async () => {
    expect(await checked((cache) => balancesOf(cache, "never seen" as Sku))).toBeNull();
  });

  test.each<[string, (cache: Projection) => void]>([
    ["a unit too many", (cache) => (balancesOf(cache, SKU).available += 1)],
    ["a SKU that is not there", (cache) => cache.balances.delete(SKU)],
    ["stock nobody counted", (cache) => (balancesOf(cache, "x" as Sku).damaged = 1)],
    ["a stream that moved", (cache) => (cache.streams.get("stream-1")!.startedAt = 6)],
    ["a stream that is not there", (cache) => cache.streams.delete("stream-1")],
    ["a pause", (cache) => cache.paused.add(SKU)],
    ["a number beyond the ledger", (cache) => (cache.seq += 1)],
  ])("finds %s", async (_, spoil) => {
    expect(await checked(spoil)).toEqual(expect.stringMatching(/^\//));
  });
});

describe("the bookkeeper", () => {
  test("saves a snapshot by itself after every so many entries", async () => {
    const ledger = new MemoryLedger();
    const books = await bookkeeperOn(ledger);
    await book(books, drafts(mulberry32(5), 0, SNAPSHOT_EVERY - 1));
    expect(value(await ledger.snapshot())).toBeNull();
    await book(books, drafts(mulberry32(6), SNAPSHOT_EVERY, 1));
    expect(value(await ledger.snapshot())?.seq).toBe(SNAPSHOT_EVERY);
    await book(books, drafts(mulberry32(7), SNAPSHOT_EVERY + 1, 5));
    expect(value(await ledger.snapshot())?.seq).toBe(SNAPSHOT_EVERY);
    value(await books.keepSnapshot(6));
    expect(value(await ledger.snapshot())?.seq).toBe(SNAPSHOT_EVERY);
    value(await books.keepSnapshot(5));
    expect(value(await ledger.snapshot())?.seq).toBe(SNAPSHOT_EVERY + 5);
  });

  test("follows a ledger that somebody else fills, and hands out only what is new", async () => {
    const source = new MemoryLedger();
    value(await source.append(drafts(mulberry32(9), 0, 30), {}, 1));
    const all: readonly Entry[] = value(await source.read(0, 100));
    const copy = new MemoryLedger();
    const follower = await bookkeeperOn(copy);
    await copy.restore(all.slice(0, 20));
    expect(value(await follower.follow())).toEqual(all.slice(0, 20));
    await copy.restore(all.slice(20));
    expect(value(await follower.follow())).toEqual(all.slice(20));
    expect(value(await follower.follow())).toEqual([]);
    expect(follower.projection).toEqual((await bookkeeperOn(source)).projection);
  });
});
