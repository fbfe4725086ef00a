import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Sku } from "../../src/base/ids";
import type { EngineState } from "../../src/worker/api";
import { diff, merge } from "../../src/worker/delta";

const row = fc.record({
  sku: fc.constantFrom("A", "B", "C").map((s) => s as Sku),
  title: fc.constant("t"),
  onHand: fc.integer({ min: 0, max: 3 }),
  available: fc.integer({ min: -1, max: 3 }),
  committed: fc.constant(0),
  held: fc.constant(0),
  reserved: fc.constant(0),
  sellable: fc.record({ tiktok: fc.integer({ min: 0, max: 2 }) }),
  listed: fc.record({ tiktok: fc.constantFrom(null, 1) }),
  oversold: fc.constant(0),
  alert: fc.constantFrom("none" as const, "red" as const),
  asOf: fc.constantFrom(null, 1),
});

const state: fc.Arbitrary<EngineState> = fc.record({
  book: fc.constantFrom("rehearsal-a" as const, "rehearsal-b" as const),
  role: fc.constantFrom("leader" as const, "follower" as const),
  fault: fc.constant(null),
  companion: fc.record({ ok: fc.boolean(), lostAt: fc.constant(null) }),
  journalBacklog: fc.integer({ min: 0, max: 2 }),
  entries: fc.integer({ min: 0, max: 2 }),
  skus: fc.uniqueArray(row, { selector: (r) => r.sku, maxLength: 3 }),
  channels: fc.constant([]),
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
