/**
 * The main job, in a real browser: the workbench, the real Office.js, the add-in, its worker and
 * IndexedDB, the companion and the sandbox's real HTTP. Speed 240: three hours in 45 seconds.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Browser } from "playwright-core";
import type { Truth } from "../../src/channels/rehearsal-contract";
import { launchBrowser } from "../support/browser";
import { startProduct, type Product } from "../support/product";
import { askCompanion, eventually, openStage, type Stage } from "../support/stage";

const FEATURED = "OR-82484";
const FILLS = { yellow: "#FFF1A8", orange: "#FFC680", red: "#F4A6A0" } as const;

let product: Product;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

interface LiveRow {
  readonly cells: Record<string, { value: unknown; text: string; fill: string | null }>;
}

/** The live table's row of a SKU, by header, wherever the table stands. */
async function liveRow(stage: Stage, sku: string): Promise<LiveRow | null> {
  const rows = await stage.read("Live!A8:L20");
  const head = rows.findIndex((row) => row[0]?.text === "SKU");
  if (head < 0) return null;
  const row = rows.slice(head + 1).find((candidate) => candidate[0]?.text === sku);
  if (row === undefined) return null;
  return {
    cells: Object.fromEntries(
      (rows[head] ?? []).map((header, index) => [header.text, row[index] ?? header]),
    ),
  };
}

async function rehearse(stage: Stage, speed: RegExp): Promise<void> {
  const pane = await stage.pane();
  await pane.getByRole("radio", { name: speed }).click();
  const button = pane.getByRole("button", { name: /^Rehearse/ });
  await eventually("the button can be pressed", () => button.isEnabled());
  await button.click();
}

const truthOf = async (stage: Stage) =>
  askCompanion<Truth>(await stage.pane(), "/api/rehearsal/truth");

function sumOf(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0);
}

/** The ledger's numbers in the sheet against what really happened in the shop. */
async function expectLedgerMatchesTruth(stage: Stage): Promise<Truth> {
  return eventually(
    "the sheet agrees with the shop",
    async () => {
      const truth = await truthOf(stage);
      for (const item of truth.items) {
        const row = await liveRow(stage, item.sku);
        if (row === null) return false;
        if (row.cells["On hand"]?.value !== item.onHand) return false;
        if (row.cells["Committed"]?.value !== sumOf(item.committed)) return false;
        if (
          Object.entries(row.cells).find(([h]) => h.startsWith("Unpaid"))?.[1].value !==
          sumOf(item.held)
        ) {
          return false;
        }
      }
      return truth;
    },
    45_000,
  );
}

describe("a seller rehearses a stream", () => {
  let stage: Stage;
  const seen = new Map<string, Set<string>>();
  const sellable: number[] = [];
  const shopify: number[] = [];

  beforeAll(async () => {
    stage = await openStage(browser, product.url);
  }, 120_000);
  afterAll(() => stage?.close());

  test("the plan stands in the workbook, by the real custom-functions runtime", async () => {
    await eventually("405", async () => (await stage.cell("Plan!E16")).value === 405);
    expect((await stage.cell("Plan!E10")).value).toBe(318);
    // A change in the sheet is a change of the plan.
    await stage.setFormula("Plan!E15", "50000");
    await eventually("405", async () => (await stage.cell("Plan!E16")).value === 405);
    await stage.setFormula("Plan!E15", "49999");
    await eventually("270", async () => (await stage.cell("Plan!E16")).value === 270);
    await stage.setFormula("Plan!E15", "80000");
    // Wrong arguments are Excel errors.
    await stage.setFormula("Plan!H1", "=STREAM.FORECAST_LIVE(-1,10)");
    await eventually("#NUM!", async () => (await stage.cell("Plan!H1")).text === "#NUM!");
  }, 60_000);

  test("the add-in wrote the live table, and the typed cells show what can be sold", async () => {
    const row = await eventually("the table", () => liveRow(stage, FEATURED));
    const onHand = row.cells["On hand"]?.value;
    expect(onHand).toBeGreaterThan(318);
    await eventually("a number", async () => (await stage.cell("Live!B5")).value === onHand);
    await stage.setFormula("Live!H5", '=STREAM.SELLABLE("no such sku","tiktok")');
    await eventually("#N/A", async () => (await stage.cell("Live!H5")).text === "#N/A");
  }, 60_000);

  test("a table row that is gone comes back as a row, and what she wrote below is not lost", async () => {
    await stage.setFormula("Live!A13", "my note");
    const pane = await stage.pane();
    await pane.evaluate(() =>
      Excel.run(async (context) => {
        context.workbook.tables.getItem("StreamStockLive").rows.getItemAt(2).delete();
        await context.sync();
      }),
    );
    await eventually("the row", () => liveRow(stage, "OR-21733"), 20_000);
    const column = (await stage.read("Live!A9:A16")).map(([cell]) => cell?.text);
    expect(column).toContain("my note");
    expect(column.filter((text) => text === "OR-21733")).toHaveLength(1);
  }, 60_000);

  test("pressing Rehearse plays the stream: cells tick, the row turns yellow, orange, red", async () => {
    await rehearse(stage, /45/);
    await eventually(
      "sales",
      async () => {
        const now = await stage.cell("Live!B5");
        return typeof now.value === "number" && now.value < 300;
      },
      60_000,
    );
    const pane = await stage.pane();
    await eventually(
      "the review",
      async () => {
        const [b5, c5, row] = await Promise.all([
          stage.cell("Live!B5"),
          stage.cell("Live!C5"),
          liveRow(stage, FEATURED),
        ]);
        if (typeof b5.value === "number" && sellable.at(-1) !== b5.value) sellable.push(b5.value);
        if (typeof c5.value === "number" && shopify.at(-1) !== c5.value) shopify.push(c5.value);
        const alert = row?.cells["Alert"];
        const fill = row?.cells["SKU"]?.fill;
        if (alert && fill) {
          const names = seen.get(fill) ?? new Set();
          seen.set(fill, names.add(alert.text.split(" ")[0] ?? ""));
        }
        return pane.getByRole("button", { name: /Rehearse again/ }).isVisible();
      },
      120_000,
    );
    expect(sellable.length).toBeGreaterThan(15);
    expect(shopify.length).toBeGreaterThan(1);
    expect(Math.min(...sellable)).toBeLessThan(20);
    for (const level of ["yellow", "orange", "red"] as const) {
      const name = level[0]!.toUpperCase() + level.slice(1);
      expect([level, [...(seen.get(FILLS[level]) ?? [])]]).toEqual([level, [name]]);
    }
  }, 240_000);

  test("the review says what was planned and sold, and the ledger agrees with the shop", async () => {
    const pane = await stage.pane();
    const text = await pane.locator("body").innerText();
    expect(text).toMatch(/318/);
    expect(text).toMatch(/%/);
    const truth = await expectLedgerMatchesTruth(stage);
    const featured = truth.items.find((item) => item.sku === FEATURED);
    expect(featured?.oversold).toBe(0);
    expect(sumOf(featured?.sold ?? {})).toBeGreaterThan(280);
    for (const item of truth.items) expect(item.oversold).toBe(0);
    // Orders came on all four; and none shows the 338 any more that all of them began with.
    for (const channel of ["tiktok", "amazon", "shopify", "ebay"]) {
      const sold = sumOf(Object.fromEntries(truth.items.map((i) => [i.sku, i.sold[channel] ?? 0])));
      expect([channel, sold > 0]).toEqual([channel, true]);
      expect(featured?.listed[channel]).toBeLessThan(60);
    }
  }, 90_000);

  test("no request left this machine, and no page reported an error", () => {
    const hosts = new Set(
      stage.requests
        .filter((url) => !/^(data|blob|about):/.test(url))
        .map((url) => new URL(url).hostname),
    );
    expect([...hosts]).toEqual(["localhost"]);
    expect(stage.errors).toEqual([]);
  });
});
