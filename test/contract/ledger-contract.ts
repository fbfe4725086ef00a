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
  });
}
