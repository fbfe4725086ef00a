/** The work goes on in slices, can be stopped, and previews what the stock core then books. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  openExport,
  pageOf,
  planExport,
  summaryOf,
  type Progress,
} from "../../../src/channels/exports/import";
import { feed, shopifyStock, tiktokOrders } from "./export-files";
import { bytesOf, ExportWorld, must, NOW, openText, unhurried, ZONE } from "./export-world";

const HOUR = 3_600_000;

async function counted(world: ExportWorld, sku: string, units: number): Promise<void> {
  const plan = await world.plan(await openText(shopifyStock([[sku, units, units]])), {
    takenAt: NOW - 48 * HOUR,
  });
  must(await world.book(plan));
}

describe("the work", () => {
  const many = feed(Array.from({ length: 5000 }, (_, n) => [`SKU-${n}`, n % 50] as const));
  /** A millisecond passes at every look. */
  const ticking = () => {
    let now = 0;
    return { now: () => (now += 1) };
  };

  test("rests whenever its slice is used up, and tells how far it is", async () => {
    const told: Progress[] = [];
    let rests = 0;
    const pace = {
      clock: ticking(),
      sliceMs: 10,
      rest: () => Promise.resolve(void (rests += 1)),
      onProgress: (progress: Progress) => void told.push(progress),
    };
    const opened = must(await openExport(bytesOf(many), pace));
    const view = new ExportWorld().view;
    must(
      await planExport(opened, opened.recognised.mapping, view, {
        ...pace,
        takenAt: 0,
        zone: ZONE,
      }),
    );
    expect(rests).toBeGreaterThan(20);
    expect(new Set(told.map(({ stage }) => stage))).toEqual(
      new Set(["reading", "checking", "comparing"]),
    );
    expect(told.every(({ done }) => done >= 0 && done <= 1)).toBe(true);
  });

  test("stops when it is cancelled", async () => {
    const stop = new AbortController();
    const pace = { clock: ticking(), sliceMs: 10, rest: unhurried.rest, signal: stop.signal };
    const opened = must(await openExport(bytesOf(many), pace));
    const world = new ExportWorld();
    const options = { ...pace, takenAt: 0, zone: ZONE };
    const planning = planExport(opened, opened.recognised.mapping, world.view, options);
    stop.abort();
    expect(await planning).toEqual({ ok: false, error: { code: "cancelled", detail: "" } });
    expect(world.books.projection.seq).toBe(0);
  });

  test("gives up when it takes too long", async () => {
    let now = 0;
    const clock = { now: () => (now += 400) };
    const opened = await openExport(bytesOf(many), { clock, rest: unhurried.rest });
    expect(opened).toEqual({ ok: true, value: expect.anything() });
    const options = { clock, rest: unhurried.rest, takenAt: 0, zone: ZONE };
    const { mapping } = must(opened).recognised;
    const plan = await planExport(must(opened), mapping, new ExportWorld().view, options);
    expect(plan).toEqual({ ok: false, error: { code: "took_too_long", detail: "" } });
  });

  test("answers in pages, however long the lists are", async () => {
    const plan = await new ExportWorld().plan(await openText(many));
    const summary = summaryOf(plan);
    expect(summary).toMatchObject({ rows: 5000, changes: 4900, refused: {}, leftOut: {} });
    expect(JSON.stringify(summary).length).toBeLessThan(1000);
    const page = pageOf(plan, 100, 50);
    expect(page.changes).toHaveLength(50);
    expect(page.changes[0]).toBe(plan.changes[100]);
  });
});

test("the preview of orders is what the stock core books of them", async () => {
  const units = fc.nat({ max: 3 });
  const line = fc.record({
    order: fc.constantFrom("1", "2", "3"),
    sku: fc.constantFrom("A", "B"),
    units,
    status: fc.constantFrom("To ship", "Unpaid", "Shipped", "Canceled"),
  });
  const file = fc.array(line, { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(file, file, async (first, second) => {
      const world = new ExportWorld();
      await counted(world, "A", 50);
      await counted(world, "B", 50);
      for (const lines of [first, second]) {
        const shipped = "20/11/2026 22:00:00";
        const dated = lines.map((one) => (one.status === "Shipped" ? { ...one, shipped } : one));
        const plan = await world.plan(await openText(tiktokOrders(dated)));
        const before = world.books.projection.seq;
        must(await world.book(plan));
        const entries = must(await world.ledger.read(before, 1000));
        for (const { sku, ordered, paid, cancelled, shipped: sent } of plan.changes) {
          const sum = (...kinds: string[]) =>
            entries.reduce(
              (total, entry) =>
                entry.type === "move" && entry.sku === sku && kinds.includes(entry.kind)
                  ? total + entry.quantity
                  : total,
              0,
            );
          const booked = [sum("commit", "hold"), sum("pay"), sum("cancel"), sum("ship")];
          expect([ordered, paid, cancelled, sent]).toEqual(booked);
        }
        expect(new Set(entries.map(({ sku }) => sku))).toEqual(
          new Set(plan.changes.map(({ sku }) => sku)),
        );
      }
    }),
    { numRuns: 150 },
  );
});
