import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Sku } from "../../src/base/ids";
import type { EngineState } from "../../src/worker/api";
import { diff, merge } from "../../src/worker/delta";
import { channelState, engineState, skuState } from "../support/engine-state";

const row = fc.record({
  sku: fc.constantFrom("A", "B", "C").map((s) => s as Sku),
  title: fc.constant("t"),
  onHand: fc.integer({ min: 0, max: 3 }),
  available: fc.integer({ min: -1, max: 3 }),
  committed: fc.constant(0),
  held: fc.constant(0),
  reserved: fc.constant(0),
  damaged: fc.constant(0),
  incoming: fc.constant(0),
  committedOn: fc.record({ tiktok: fc.integer({ min: 1, max: 2 }) }, { requiredKeys: [] }),
  heldOn: fc.constant({}),
  reservedFor: fc.constant([]),
  soldLately: fc.constantFrom(null, { tiktok: 1 }),
  sellable: fc.record({ tiktok: fc.integer({ min: 0, max: 2 }) }),
  listed: fc.record({ tiktok: fc.constantFrom(null, 1) }),
  oversold: fc.constant(0),
  alert: fc.constantFrom("none" as const, "red" as const),
  asOf: fc.constantFrom(null, 1, 2),
});

const channel = fc.record({
  channel: fc.constant("tiktok" as const),
  status: fc.constant("ok" as const),
  lastOkAt: fc.constantFrom(null, 1, 2),
  nextPollAt: fc.constant(null),
  error: fc.constant(null),
  ordersBooked: fc.constant(0),
  pushes: fc.constant(0),
  lastPushMs: fc.constant(null),
  readEveryMs: fc.constant(null),
  writeMs: fc.constant(null),
  backlog: fc.constantFrom(0, 1),
  lastError: fc.constant(null),
  budget: fc.constant([]),
  unknownListings: fc.constant(0),
  lockedListings: fc.constant(0),
  skewMs: fc.constantFrom(null, 5),
});

const state: fc.Arbitrary<EngineState> = fc.record({
  book: fc.constantFrom("rehearsal-a" as const, "rehearsal-b" as const),
  role: fc.constantFrom("leader" as const, "follower" as const),
  fault: fc.constant(null),
  companion: fc.record({ ok: fc.boolean(), lostAt: fc.constant(null) }),
  journalBacklog: fc.integer({ min: 0, max: 2 }),
  entries: fc.integer({ min: 0, max: 2 }),
  skus: fc.uniqueArray(row, { selector: (r) => r.sku, maxLength: 3 }),
  channels: fc.array(channel, { maxLength: 1 }),
  asks: fc.constant([]),
  acts: fc.constant(null),
  held: fc.constant([]),
  constants: fc.constant({}),
  drifts: fc.constant([]),
  gap: fc.constantFrom(null, {
    cause: "sleep" as const,
    from: 1,
    ms: 20_000,
    waitsFor: ["tiktok" as const],
  }),
  latency: fc.constant(null),
  next: fc.constant(null),
  stream: fc.constant(null),
  review: fc.constant(null),
  activity: fc.constant([]),
  connections: fc.constant(null),
  work: fc.constant(null),
});

test("a page that applies every delta shows what the worker has", () => {
  fc.assert(
    fc.property(fc.array(state, { minLength: 2, maxLength: 6 }), (states) => {
      let worker = states[0]!;
      let page = worker;
      for (const next of states.slice(1)) {
        const delta = diff(worker, next);
        if (delta !== null) page = merge(page, delta);
        worker = next;
        const bySku = (s: EngineState) => [...s.skus].sort((a, b) => a.sku.localeCompare(b.sku));
        expect({ ...page, skus: bySku(page) }).toEqual({ ...worker, skus: bySku(worker) });
      }
    }),
  );
});

test("nothing changed sends nothing; one row changed sends one row", () => {
  const [before] = fc.sample(
    state.filter((s) => s.skus.length === 3),
    { numRuns: 1, seed: 1 },
  );
  expect(diff(before!, before!)).toBeNull();
  const [first, ...others] = before!.skus;
  const after = { ...before!, skus: [{ ...first!, onHand: 99 }, ...others] };
  expect(diff(before!, after)).toEqual({ skus: [after.skus[0]] });
});

test("a reading that moved nothing sends no row, and every row is as old as it is", () => {
  const skus = Array.from({ length: 2000 }, (_, i) => skuState({ sku: `S-${i}`, asOf: 1000 }));
  const at = (lastOkAt: number) => [
    channelState({ lastOkAt }),
    channelState({ channel: "shopify", lastOkAt: 3000 }),
  ];
  const before = engineState({ skus, channels: at(1000) });
  const aged = skus.map((row) => ({ ...row, asOf: 2000 }));
  const after = engineState({ skus: aged, channels: at(2000) });
  const delta = diff(before, after)!;
  expect(Object.keys(delta).sort()).toEqual(["aged", "channels"]);
  expect(merge(before, delta)).toEqual(after);
});

test("rows that did not change stay the same objects, so that only cells of others look again", () => {
  const before = engineState({ skus: [skuState(), skuState({ sku: "B" })] });
  const after = { ...before, skus: [before.skus[0]!, skuState({ sku: "B", available: 1 })] };
  const page = merge(before, diff(before, after)!);
  expect(page.skus[0]).toBe(before.skus[0]);
  expect(page.skus[1]).not.toBe(before.skus[1]);
});
