/** One contract, run by every implementation of the ledger's port. */
import { describe, expect, test } from "@jest/globals";
import type { Ledger } from "../../src/ledger/ledger";
import { note, type Draft } from "../../src/stock/entries";
import { count } from "../support/entries";

const draft = (key: string): Draft => note("gap", key, 1, { n: 2 });

function value<T>(result: { ok: boolean; value?: T; error?: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value as T;
}

export function ledgerContract(name: string, open: () => Ledger): void {
  describe(`${name} keeps the ledger's promises`, () => {
    test("an empty book has head 0, no entries and no cursors", async () => {
      const ledger = open();
      expect(value(await ledger.head())).toBe(0);
      expect(value(await ledger.read(0, 10))).toEqual([]);
      expect(value(await ledger.cursors())).toEqual({});
    });

    test("entries are numbered in order, without gaps, and come back as they went in", async () => {
      const ledger = open();
      const booked = value(await ledger.append([count(5), draft("a")], {}, 77));
      expect(booked.map((entry) => [entry.seq, entry.bookedAt])).toEqual([
        [1, 77],
        [2, 77],
      ]);
      value(await ledger.append([draft("b")], {}, 78));
      expect(value(await ledger.read(0, 10)).map((entry) => entry.key)).toEqual([
        count(5).key,
        "a",
        "b",
      ]);
      expect(value(await ledger.read(0, 10))[0]).toEqual(booked[0]);
    });

    test("the same event twice is one entry, within a call and over calls", async () => {
      const ledger = open();
      value(await ledger.append([draft("a"), draft("a"), draft("b")], {}, 1));
      const again = value(await ledger.append([draft("b"), draft("c")], {}, 2));
      expect(again.map((entry) => [entry.seq, entry.key])).toEqual([[3, "c"]]);
      expect(value(await ledger.head())).toBe(3);
    });

    test("cursors are kept with the entries they belong to", async () => {
      const ledger = open();
      value(await ledger.append([draft("a")], { tiktok: "t1" }, 1));
      value(await ledger.append([], { shopify: "s1" }, 1));
      value(await ledger.append([draft("b")], { tiktok: "t2" }, 1));
      expect(value(await ledger.cursors())).toEqual({ tiktok: "t2", shopify: "s1" });
    });

    test("reading goes on after a number and stops at a limit", async () => {
      const ledger = open();
      value(await ledger.append(["a", "b", "c", "d"].map(draft), {}, 1));
      expect(value(await ledger.read(1, 2)).map((entry) => entry.seq)).toEqual([2, 3]);
    });

    test("restored entries follow the head; a gap is refused and nothing is kept", async () => {
      const source = open();
      value(await source.append(["a", "b", "c"].map(draft), {}, 1));
      const entries = value(await source.read(0, 10));
      const copy = open();
      value(await copy.restore(entries.slice(0, 2)));
      value(await copy.restore(entries.slice(2)));
      expect(value(await copy.read(0, 10))).toEqual(entries);
      const torn = open();
      expect((await torn.restore(entries.slice(1))).ok).toBe(false);
      expect(value(await torn.head())).toBe(0);
    });

    test("restored entries may not repeat a key, and nothing of a refused call is kept", async () => {
      const source = open();
      value(await source.append(["a", "b"].map(draft), {}, 1));
      const [a, b] = value(await source.read(0, 10));
      const copy = open();
      const twice = await copy.restore([a!, { ...b!, key: "a" }]);
      expect(twice).toMatchObject({ ok: false, error: { code: "conflict" } });
      expect(value(await copy.head())).toBe(0);
      value(await copy.restore([a!]));
      expect((await copy.restore([{ ...b!, key: "a" }])).ok).toBe(false);
      expect(value(await copy.append([draft("a"), draft("c")], {}, 2))).toMatchObject([
        { seq: 2, key: "c" },
      ]);
    });

    test("any window of reading is the same as that part of the whole", async () => {
      const ledger = open();
      for (let call = 0; call < 12; call += 1) {
        const drafts = Array.from({ length: call % 4 }, (_, n) => draft(`${call}/${n}`));
        value(await ledger.append(drafts, {}, call));
      }
      const all = value(await ledger.read(0, 1000));
      expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 18 }, (_, n) => n + 1));
      for (let after = 0; after <= 19; after += 1) {
        for (const limit of [1, 3, 50]) {
          expect(value(await ledger.read(after, limit))).toEqual(all.slice(after, after + limit));
        }
      }
    });

    test("a snapshot comes back as it was, and only the newest", async () => {
      const ledger = open();
      expect(value(await ledger.snapshot())).toBeNull();
      value(await ledger.append(["a", "b", "c"].map(draft), {}, 1));
      const state = { seq: 2, units: new Map([["x", new Set([1])]]) };
      value(await ledger.keepSnapshot({ seq: 2, version: "1", state }));
      state.units.clear();
      value(await ledger.keepSnapshot({ seq: 3, version: "1", state: { seq: 3 } }));
      value(await ledger.append([draft("d")], {}, 1));
      expect(value(await ledger.snapshot())).toEqual({ seq: 3, version: "1", state: { seq: 3 } });
    });

    test("a snapshot is a copy: what happens to the original later does not change it", async () => {
      const ledger = open();
      value(await ledger.append([draft("a")], {}, 1));
      const state = { units: new Map([["x", 1]]) };
      value(await ledger.keepSnapshot({ seq: 1, version: "1", state }));
      state.units.set("x", 2);
      expect(value(await ledger.snapshot())?.state).toEqual({ units: new Map([["x", 1]]) });
    });

    test("a snapshot that is ahead of the entries is refused", async () => {
      const ledger = open();
      value(await ledger.append([draft("a")], {}, 1));
      const ahead = await ledger.keepSnapshot({ seq: 2, version: "1", state: null });
      expect(ahead).toMatchObject({ ok: false, error: { code: "conflict" } });
      expect(value(await ledger.snapshot())).toBeNull();
    });

    test("a cleared book is an empty one: entries, keys, cursors and snapshot are gone", async () => {
      const ledger = open();
      value(await ledger.append([draft("a"), draft("b")], { tiktok: "t1" }, 1));
      value(await ledger.keepSnapshot({ seq: 2, version: "1", state: null }));
      value(await ledger.clear());
      expect(value(await ledger.head())).toBe(0);
      expect(value(await ledger.cursors())).toEqual({});
      expect(value(await ledger.snapshot())).toBeNull();
      const again = value(await ledger.append([draft("b")], {}, 2));
      expect(again.map(({ seq, key }) => [seq, key])).toEqual([[1, "b"]]);
    });

    test("tidying up with a snapshot changes no entry, and no key is forgotten", async () => {
      const ledger = open();
      const keys = Array.from({ length: 40 }, (_, n) => `k${n}`);
      for (const [n, key] of keys.entries()) {
        value(await ledger.append([draft(key)], {}, n));
        if (n % 9 === 8) {
          value(await ledger.keepSnapshot({ seq: n + 1, version: "1", state: n }));
        }
      }
      expect(value(await ledger.read(0, 100)).map(({ key }) => key)).toEqual(keys);
      expect(value(await ledger.append(keys.map(draft), {}, 99))).toEqual([]);
    });
  });
}
