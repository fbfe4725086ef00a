/** Whatever is dropped in, the answer is a plan that makes sense or a refusal; never an exception. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileRefusalCodes } from "../../../src/channels/exports/refusals";
import {
  openExport,
  planExport,
  type ImportPlan,
  type Mapping,
} from "../../../src/channels/exports/import";
import { ExportWorld, NOW, unhurried, ZONE } from "./export-world";

const folder = join(__dirname, "..", "..", "cases", "exports");
const files = readdirSync(folder).flatMap((platform) =>
  readdirSync(join(folder, platform)).map((one) => {
    const path = join(folder, platform, one);
    const file = readdirSync(path).find((name) => name.startsWith("export.")) ?? "";
    return new Uint8Array(readFileSync(join(path, file)));
  }),
);

function expectSane(plan: ImportPlan): void {
  for (const { lines, createdAt, updatedAt } of plan.orders) {
    expect(updatedAt).toBeGreaterThanOrEqual(createdAt);
    for (const { ordered, cancelled, shipped, listingId } of lines) {
      expect(listingId).not.toBe("");
      for (const units of [ordered, cancelled, shipped, ordered - cancelled - shipped]) {
        expect(Number.isSafeInteger(units) && units >= 0).toBe(true);
      }
    }
  }
  for (const { counted } of plan.counts) {
    expect(Number.isSafeInteger(counted) && counted >= 0).toBe(true);
  }
  const explained = plan.refused.length + plan.leftOut.length;
  expect(explained).toBeLessThanOrEqual(plan.rows + 5);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
}

async function survive(bytes: Uint8Array): Promise<"planned" | "refused"> {
  const opened = await openExport(bytes, unhurried);
  if (!opened.ok) {
    expect(fileRefusalCodes).toContain(opened.error.code);
    return "refused";
  }
  const { mapping } = opened.value.recognised;
  const byHand: Mapping = { ...mapping, channel: "ebay", columns: { sku: [0], available: [1] } };
  const world = new ExportWorld();
  const options = { ...unhurried, takenAt: NOW, zone: ZONE };
  const used = mapping.form === "own" ? byHand : mapping;
  const plan = await planExport(opened.value, used, world.view, options);
  if (!plan.ok) {
    expect(fileRefusalCodes).toContain(plan.error.code);
    return "refused";
  }
  expectSane(plan.value);
  expect((await world.book(plan.value)).ok).toBe(true);
  const again = await world.plan(opened.value, { mapping: used });
  expect(again.changes).toEqual([]);
  return "planned";
}

const oddities = [
  ...["", "-1", "1.5", "1e999", "5.7E+17", "__proto__", "constructor", "prototype", "toString"],
  ...["=1+1", "<script>", '"', "\u0000", "\ufffd", "null", "31/02/2026", "9".repeat(40), "'"],
];

describe("a file of a platform", () => {
  test("may be damaged anywhere", async () => {
    let planned = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), {
          maxLength: 4,
        }),
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        async (file, changes, kept) => {
          const bytes = file.slice(0, Math.ceil(file.length * kept));
          for (const [place, value] of changes) bytes[Math.floor(place * bytes.length)] = value;
          if ((await survive(bytes)) === "planned") planned += 1;
        },
      ),
      { numRuns: 150 },
    );
    expect(planned).toBeGreaterThan(10);
  });

  test("may hold anything in any cell", async () => {
    const headers = [
      "Order ID,SKU ID,Seller SKU,Quantity,Order Status,Created Time,Shipped Time,Cancelled Time",
      "Handle,Title,SKU,Location,Available (not editable),On hand (current),On hand (new),COO",
      "Item number,Title,Variation details,Custom label (SKU),Available quantity,a,b,c",
      "Name,Id,Lineitem sku,Lineitem quantity,Created at,Financial Status,Cancelled at,Fulfilled at",
    ];
    const cell = fc.oneof(
      fc.constantFrom(...oddities),
      fc.constantFrom("1", "A", "20/11/2026 10:00:00", "Shipped", "2026-11-20"),
      fc.string(),
    );
    const rows = fc.array(fc.array(cell, { maxLength: 9 }), { maxLength: 12 });
    let planned = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...headers), rows, async (header, cells) => {
        const lines = cells.map((row) =>
          row.map((text) => `"${text.replaceAll('"', '""')}"`).join(","),
        );
        const bytes = new TextEncoder().encode([header, ...lines].join("\n"));
        if ((await survive(bytes)) === "planned") planned += 1;
      }),
      { numRuns: 200 },
    );
    expect(planned).toBeGreaterThan(50);
  });
});

test("bytes of no format at all are refused or read as text", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      await survive(bytes);
    }),
    { numRuns: 150 },
  );
});
