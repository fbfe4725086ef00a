import { beforeEach, describe, expect, jest, test } from "@jest/globals";
import { DexieLedger } from "../../src/ledger/dexie-ledger";
import { MemoryLedger } from "../../src/ledger/memory-ledger";
import { UnsentEntries } from "../../src/ledger/unsent-entries";
import { note, type Draft, type Entry } from "../../src/stock/entries";
import { FaultyStorage } from "../support/faulty-storage";

const drafts = (from: number, to: number): Draft[] =>
  Array.from({ length: to - from + 1 }, (_, n) => note("gap", `k${from + n}`, 1));

async function booked(ledger: DexieLedger | MemoryLedger, from: number, to: number) {
  const entries = await ledger.append(drafts(from, to), {}, 1);
  if (!entries.ok) throw new Error(entries.error.detail);
  return entries.value;
}

async function seqs(unsent: UnsentEntries, after: number, limit: number): Promise<number[]> {
  const read = await unsent.read(after, limit);
  if (!read.ok) throw new Error(read.error.detail);
  return read.value.map(({ seq }) => seq);
}

// Dexie tells the console that it tries again.
beforeEach(() => {
  jest.spyOn(console, "warn").mockImplementation(() => undefined);
});

describe("entries that the journal has not confirmed", () => {
  test("can be read after the disk has taken the ledger away", async () => {
    const storage = new FaultyStorage();
    const ledger = new DexieLedger("live", storage.options);
    const unsent = new UnsentEntries(ledger);
    unsent.add(await booked(ledger, 1, 3));
    unsent.sent(2);
    unsent.add(await booked(ledger, 4, 5));
    storage.fault = "disk_shut";
    expect((await ledger.append(drafts(6, 6), {}, 1)).ok).toBe(false);
    expect((await ledger.read(2, 10)).ok).toBe(false);
    expect(await unsent.head()).toEqual({ ok: true, value: 5 });
    expect(await seqs(unsent, 2, 10)).toEqual([3, 4, 5]);
    expect(await seqs(unsent, 3, 1)).toEqual([4]);
    expect(await seqs(unsent, 5, 10)).toEqual([]);
    ledger.close();
  });

  test("are read from the ledger where they are not at hand", async () => {
    const ledger = new MemoryLedger();
    const before = await booked(ledger, 1, 4);
    const unsent = new UnsentEntries(ledger);
    expect(await seqs(unsent, 0, 10)).toEqual([1, 2, 3, 4]);
    expect(await unsent.head()).toEqual({ ok: true, value: 4 });
    unsent.add(before.slice(2));
    expect(await seqs(unsent, 1, 10)).toEqual([2, 3, 4]);
    unsent.sent(4);
    expect(await seqs(unsent, 2, 10)).toEqual([3, 4]);
  });

  test("never show a gap, also when one was not told of", async () => {
    const ledger = new MemoryLedger();
    const all: readonly Entry[] = await booked(ledger, 1, 6);
    const unsent = new UnsentEntries(ledger);
    unsent.add(all.slice(0, 2));
    unsent.add(all.slice(4));
    expect(await seqs(unsent, 1, 10)).toEqual([2, 3, 4, 5, 6]);
    expect(await seqs(unsent, 4, 10)).toEqual([5, 6]);
  });
});
