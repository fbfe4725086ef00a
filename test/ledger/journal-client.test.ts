/** Ledger and journal held against each other, over a real companion and its files. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { err, ok } from "../../src/base/result";
import { DexieLedger } from "../../src/ledger/dexie-ledger";
import { JournalClient, type JournalTransport } from "../../src/ledger/journal-client";
import type { Ledger } from "../../src/ledger/ledger";
import { MemoryLedger } from "../../src/ledger/memory-ledger";
import { note, type Draft } from "../../src/stock/entries";
import { CompanionClient } from "../../src/worker/companion-client";
import { temporaryCompanion, type TemporaryCompanion } from "../support/temporary-companion";

const keyRange = IDBKeyRange as unknown as typeof globalThis.IDBKeyRange;
const draft = (key: string): Draft => note("gap", key, 1, { n: 2, detail: "库存" });
const drafts = (from: number, howMany: number) =>
  Array.from({ length: howMany }, (_, n) => draft(`k${from + n}`));

let companion: TemporaryCompanion;
let line: CompanionClient;

beforeEach(async () => {
  companion = await temporaryCompanion();
  line = new CompanionClient({
    timeout: () => null,
    origin: `http://127.0.0.1:${companion.port}`,
    token: companion.token,
    fetch,
    clock: { now: () => 0 },
    onChange: () => undefined,
  });
  const lease = await companion.post("/api/lease/live", { action: "acquire", holder: "test" });
  line.fence = lease.json.fence;
});
afterEach(() => companion.stop());

const openLedger = () =>
  new DexieLedger("live", { indexedDB: new IDBFactory(), IDBKeyRange: keyRange });

async function sendAll(ledger: Ledger): Promise<void> {
  const client = new JournalClient("live", line);
  for (;;) {
    const sent = await client.send(ledger);
    if (!sent.ok) throw new Error(JSON.stringify(sent.error));
    if (sent.value.left === 0) return;
  }
}

describe("against the journal, a ledger", () => {
  test("that was emptied comes back whole, and can be written on", async () => {
    const ledger = openLedger();
    await ledger.append(drafts(0, 1234), {}, 5);
    await sendAll(ledger);
    const emptied = openLedger();
    const restored = await new JournalClient("live", line).restore(emptied);
    expect(restored).toEqual({ ok: true, value: { restored: 1234 } });
    expect(await emptied.read(0, 2000)).toEqual(await ledger.read(0, 2000));
    await emptied.append([draft("k7"), draft("new")], {}, 6);
    await sendAll(emptied);
    expect((await companion.get("/api/journal/live?after=1233")).json.records).toHaveLength(2);
  });

  test("that lost its end only gets the end back", async () => {
    const ledger = openLedger();
    await ledger.append(drafts(0, 700), {}, 5);
    await sendAll(ledger);
    const whole = await ledger.read(0, 1000);
    const short = openLedger();
    if (whole.ok) await short.restore(whole.value.slice(0, 650));
    expect(await new JournalClient("live", line).restore(short)).toEqual({
      ok: true,
      value: { restored: 50 },
    });
    expect(await short.read(0, 1000)).toEqual(whole);
  });

  test("that is ahead stays as it is, and the journal gets the rest", async () => {
    const ledger = openLedger();
    await ledger.append(drafts(0, 3), {}, 5);
    await sendAll(ledger);
    await ledger.append(drafts(3, 4), {}, 5);
    const client = new JournalClient("live", line);
    expect(await client.restore(ledger)).toEqual({ ok: true, value: { restored: 0 } });
    expect(await client.send(ledger)).toEqual({ ok: true, value: { left: 0 } });
    expect((await companion.get("/api/journal/live?after=0")).json.headSeq).toBe(7);
  });

  test.each([
    ["behind", 2],
    ["level", 3],
    ["ahead", 5],
  ])("that tells another story is never mixed with it: %s", async (_, length) => {
    const ledger = openLedger();
    await ledger.append(drafts(0, 3), {}, 5);
    await sendAll(ledger);
    const other = openLedger();
    await other.append(drafts(100, length), {}, 5);
    const before = await other.read(0, 100);
    const client = new JournalClient("live", line);
    expect(await client.restore(other)).toEqual({
      ok: false,
      error: {
        code: "diverged",
        detail: "entry 1 is not the same in ledger and journal",
      },
    });
    const sent = await new JournalClient("live", line).send(other);
    expect(sent).toMatchObject({ ok: false, error: { code: "diverged" } });
    expect(await other.read(0, 100)).toEqual(before);
    expect((await companion.get("/api/journal/live?after=0")).json.headSeq).toBe(3);
  });

  test("that agrees on the last entry but not on one before is not mixed with it", async () => {
    const ledger = openLedger();
    await ledger.append(drafts(0, 90), {}, 5);
    await sendAll(ledger);
    const whole = await ledger.read(0, 100);
    if (!whole.ok) throw new Error(whole.error.detail);
    const mended = openLedger();
    await mended.restore(whole.value.map((e) => (e.seq === 40 ? { ...e, bookedAt: 6 } : e)));
    for (const meet of ["restore", "send"] as const) {
      expect(await new JournalClient("live", line)[meet](mended)).toEqual({
        ok: false,
        error: { code: "diverged", detail: "entry 40 is not the same in ledger and journal" },
      });
    }
  });

  test("that its own writer finds behind the journal is not written to the journal", async () => {
    const ledger = openLedger();
    await ledger.append(drafts(0, 3), {}, 5);
    await sendAll(ledger);
    const sent = await new JournalClient("live", line).send(openLedger());
    expect(sent).toEqual({
      ok: false,
      error: { code: "diverged", detail: "the journal is at 3, the ledger at 0" },
    });
  });

  test("without a companion is neither restored nor called whole", async () => {
    await companion.stop();
    const ledger = openLedger();
    const client = new JournalClient("live", line);
    expect(await client.restore(ledger)).toEqual({ ok: false, error: { code: "companion_down" } });
    await companion.restart().catch(() => undefined);
  });
});

describe("the journal's client", () => {
  const record = (seq: number, key = `k${seq}`) => ({
    seq,
    json: JSON.stringify({ ...draft(key), seq, bookedAt: 1 }),
  });
  const answering = (page: (after: number) => unknown): JournalTransport => ({
    get: (path) => Promise.resolve(ok(page(Number(/after=(\d+)/.exec(path)?.[1])))),
    post: () => Promise.resolve(err({ code: "companion_down" })),
  });

  test.each<[string, unknown]>([
    ["has no records", { headSeq: 3, headHash: "x" }],
    ["is empty before the end", { headSeq: 3, headHash: "x", records: [] }],
    ["skips an entry", { headSeq: 3, headHash: "x", records: [record(2)] }],
    [
      "numbers an entry otherwise",
      { headSeq: 3, headHash: "x", records: [{ ...record(2), seq: 1 }] },
    ],
    ["holds no entry", { headSeq: 1, headHash: "x", records: [{ seq: 1, json: "{" }] }],
  ])("refuses an answer that %s, and restores nothing of it", async (_, page) => {
    const ledger = new MemoryLedger();
    const restored = await new JournalClient(
      "live",
      answering(() => page),
    ).restore(ledger);
    expect(restored).toMatchObject({ ok: false, error: { code: "refused" } });
    expect(await ledger.head()).toEqual({ ok: true, value: 0 });
  });

  test("sends large entries in several calls", async () => {
    const calls: number[] = [];
    let headSeq = 0;
    const transport: JournalTransport = {
      get: () => Promise.resolve(ok({ headSeq, headHash: "x", records: [] })),
      post: (_path, body) => {
        const { records } = body as { records: { seq: number; json: string }[] };
        calls.push(records.reduce((sum, { json }) => sum + json.length, 0));
        headSeq = records.at(-1)?.seq ?? headSeq;
        return Promise.resolve(ok({ headSeq, headHash: "x" }));
      },
    };
    const ledger = new MemoryLedger();
    const detail = "库".repeat(4000);
    const large = Array.from({ length: 3000 }, (_, n) =>
      note("gap", `${n}${detail}`, 1, { detail }),
    );
    await ledger.append(large, {}, 1);
    const client = new JournalClient("live", transport);
    for (let left = 1; left > 0;) {
      const sent = await client.send(ledger);
      if (!sent.ok) throw new Error(sent.error.code);
      ({ left } = sent.value);
    }
    expect(headSeq).toBe(3000);
    expect(Math.max(...calls)).toBeLessThanOrEqual(4_100_000);
  });
});
