/** The Streams and Review sheets and the repair of formulas, on the real Office.js. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import ExcelJS from "exceljs";
import JSZip from "jszip";
import type { Frame } from "playwright-core";
import { review } from "../../src/stock/review";
import { reviewPage } from "../../src/workbook/review-page";
import { bundle } from "../support/bundle";
import { eventually, type Stage } from "../support/stage";
import { type Conformance, OPEN_WITHIN_MS, openConformance } from "./fixtures/conformance-stage";
import type { SheetsPage } from "./fixtures/sheets-page";

jest.setTimeout(90_000);
type Paged = typeof globalThis & { readonly sheets: SheetsPage };

let conformance: Conformance;
let stage: Stage;
let pane: Frame;

beforeAll(async () => {
  conformance = await openConformance();
  ({ stage, pane } = conformance);
  await pane.addScriptTag({ content: await bundle("test/e2e/fixtures/sheets-page.ts") });
}, OPEN_WITHIN_MS);
afterAll(() => conformance?.close());

async function streams() {
  const read = await pane.evaluate(() => (globalThis as Paged).sheets.streams("en"));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

const headers = async () => (await stage.read("Streams!A4:M4"))[0]?.map((cell) => cell.text) ?? [];

async function columnOf(header: string): Promise<string> {
  const at = (await headers()).indexOf(header);
  return String.fromCharCode(65 + at);
}

describe("the Streams sheet", () => {
  test("is made on request, with formulas in rows that are still blank", async () => {
    expect(await streams()).toBeNull();
    await pane.evaluate(() => (globalThis as Paged).sheets.makePlan("en", ["OR-1", "OR-2"]));
    expect(await headers()).toContain("Gap to 3×");
    const forecast = await stage.cell(`Streams!${await columnOf("Planned stock")}5`);
    expect(forecast.formula).toContain("STREAM.FORECAST_LIVE(E5,C5)");
    expect(forecast.text).toBe("");
  });

  test("a row that she fills in gets a number and is read with its date and numbers", async () => {
    await stage.setFormula("Streams!A5", "2026-12-01 19:00");
    await stage.setFormula("Streams!B5", "Mia Chen");
    await stage.setFormula("Streams!C5", "80000");
    await stage.setFormula("Streams!D5", "OR-1");
    // The add-in of the tests has no forecast: a plan of her own takes its place.
    await stage.setFormula(`Streams!${await columnOf("Planned stock")}5`, "405");
    const read = await streams();
    expect(read?.rows).toMatchObject([
      { index: 0, no: "N1", creator: "Mia Chen", followers: 80_000, sku: "OR-1", planned: 405 },
    ]);
    const at = new Date(read?.rows[0]?.startsAt ?? 0);
    expect([at.getFullYear(), at.getMonth(), at.getDate(), at.getHours()]).toEqual([
      2026, 11, 1, 19,
    ]);
    // The number stays hers in the next look, and a copied row gets one of its own.
    expect((await streams())?.rows[0]?.no).toBe("N1");
    await pane.evaluate(() =>
      Excel.run(async (context) => {
        const sheet = context.workbook.worksheets.getItem("Streams");
        const from = sheet.getRange("A5:M5").load("values");
        await context.sync();
        sheet.getRange("A6:M6").values = from.values;
        await context.sync();
      }),
    );
    const numbers = (await streams())?.rows.map(({ no }) => no);
    expect(new Set(numbers).size).toBe(2);
  });

  test("what the engine says stands beside the row in words, and the gap to three times follows", async () => {
    const standing = {
      ...{ no: "N1", guaranteed: 900, state: "short" as const, units: 300, missing: 105 },
      ...{ reservesAt: null, urgency: "late" as const, dueAt: Date.UTC(2026, 10, 26, 12) },
    };
    const paint = { standing, sold30: 450 };
    await pane.evaluate((p) => (globalThis as Paged).sheets.paint("en", [["N1", p]]), paint);
    const cell = async (header: string) => stage.cell(`Streams!${await columnOf(header)}5`);
    expect((await cell("Sold in 30 days")).value).toBe(450);
    expect((await cell("Reservation")).text).toBe("Short by 105, 300 reserved");
    expect((await cell("Reserve by")).text).toBe("Late, was due Nov 26");
    // 405 with its buffer of 1.2 are 337.5 expected: three times that is asked.
    expect((await cell("3× ask")).value).toBe(1013);
    expect((await cell("Gap to 3×")).value).toBe(113);
    await eventually("red", async () => (await stage.cell("Streams!B5")).fill === "#F4A6A0", 8000);
  });

  test("only the selected rows are meant when some are selected", async () => {
    const select = (address: string) =>
      pane.evaluate(
        (a) =>
          Excel.run(async (context) => {
            const sheet = context.workbook.worksheets.getItem("Streams");
            sheet.activate();
            sheet.getRange(a).select();
            await context.sync();
          }),
        address,
      );
    await select("B6");
    expect((await streams())?.selected).toEqual([1, 2]);
    await select("A1");
    expect((await streams())?.selected).toBeNull();
  });
});

describe("the Review sheet", () => {
  const told = review({
    ...{ sku: "OR-1", planned: 405, sold: 360, stockoutMinutes: 15, streamMinutes: 180 },
    ...{ soldElsewhere: 31, leftReserved: 45, oversold: 0, endedSoldOut: false },
  });
  const page = (minutes: number) =>
    reviewPage(
      {
        id: "s1",
        creator: "Mia Chen",
        endsAt: Date.UTC(2026, 10, 23, 12),
        curve: Array.from({ length: minutes + 1 }, (_, minute) => 2 * minute),
      },
      told,
      {
        streamId: "s1",
        stock: Array.from({ length: minutes + 1 }, (_, minute) => 405 - 2 * minute),
        events: [{ minute: 0, code: "start" }],
      },
      "en",
    );

  test("is not filled where nobody made it", async () => {
    const filled = await pane.evaluate(
      (p) => (globalThis as Paged).sheets.fillReview(p),
      page(180),
    );
    expect(filled).toEqual({ ok: true, value: false });
  });

  test("tells what was sold of what was planned, with a chart of sales and stock", async () => {
    await pane.evaluate(() => (globalThis as Paged).sheets.makeReview("en"));
    await pane.evaluate((p) => (globalThis as Paged).sheets.fillReview(p), page(180));
    const cells = (await stage.read("Review!A1:D24")).flat().map((cell) => cell.text);
    expect(cells).toEqual(expect.arrayContaining(["405", "360", "88.9%", "8.3%", "Stream starts"]));
    const chart = await pane.evaluate(() =>
      Excel.run(async (context) => {
        const charts = context.workbook.worksheets.getItem("Review").charts;
        const found = charts.getItem("StreamStockChart").load("chartType,width,title/text");
        const series = found.series.load("items/name");
        await context.sync();
        return { ...found.toJSON(), names: series.items.map(({ name }) => name) };
      }),
    );
    expect(chart).toMatchObject({ chartType: "Line", names: ["Sold", "Stock left"] });
    const drawn = stage.page.locator(".chart svg");
    await eventually("the drawing", async () => (await drawn.locator("path").count()) === 2);
  });

  test("is filled again for the next stream, in the same table and chart", async () => {
    await pane.evaluate((p) => (globalThis as Paged).sheets.fillReview(p), page(60));
    const seen = await pane.evaluate(() =>
      Excel.run(async (context) => {
        const sheet = context.workbook.worksheets.getItem("Review");
        const body = sheet.tables.getItem("StreamStockTimeline").getDataBodyRange();
        body.load("rowCount");
        sheet.charts.load("count");
        await context.sync();
        return [body.rowCount, sheet.charts.count];
      }),
    );
    expect(seen).toEqual([61, 1]);
  });
});

test("the saved file carries the chart with its numbers, and the rules for typing", async () => {
  const base64 = await stage.page.evaluate(async () => {
    const blob = await window.workbench?.save();
    const bytes = new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  });
  const zip = await JSZip.loadAsync(Buffer.from(base64, "base64"));
  const text = (path: string) => zip.file(path)?.async("string") ?? Promise.resolve("");
  const chart = await text("xl/charts/chart1.xml");
  expect(chart).toContain("<c:f>Review!$B$23:$B$83</c:f>");
  expect(chart).toContain('<c:pt idx="60"><c:v>120</c:v></c:pt>');
  // Every part that is named is there, and every sheet says where its drawing is.
  const types = await text("[Content_Types].xml");
  for (const [, part] of types.matchAll(/PartName="\/([^"]+)"/g)) {
    expect([part, zip.file(String(part)) !== null]).toEqual([part, true]);
  }
  const paths = Object.keys(zip.files).filter((path) => /worksheets\/sheet\d+\.xml$/.test(path));
  const sheets = await Promise.all(paths.map(text));
  expect(sheets.filter((xml) => xml.includes("<drawing "))).toHaveLength(1);
  expect(sheets.some((xml) => /<dataValidation [^>]*type="custom"/.test(xml))).toBe(true);
  // What ExcelJS reads of it is what stands in the grid.
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(base64, "base64") as never);
  expect(book.getWorksheet("Review")?.getCell("C6").value).toBe(405);
});

test("formulas that Excel lost are entered again, and nothing else is touched", async () => {
  await stage.setFormula("My data!A60", '=_xldudf_STREAM_SELLABLE("A")');
  await stage.setFormula("My data!A61", "=NOSUCHTHING(1)");
  const done = await pane.evaluate(() => (globalThis as Paged).sheets.repair());
  expect(done.ok && done.value >= 1).toBe(true);
  expect((await stage.cell("My data!A60")).formula).toBe('=STREAM.SELLABLE("A")');
  expect((await stage.cell("My data!A61")).formula).toBe("=NOSUCHTHING(1)");
});

test("a page that is reloaded comes back with cells, tables, rules and charts", async () => {
  await stage.setFormula("My data!A70", "kept");
  await new Promise((resolve) => setTimeout(resolve, 7000));
  await stage.page.reload();
  await stage.page.waitForFunction(() => "workbench" in window);
  await stage.page.evaluate(
    () => (window as never as { workbench: { ready: Promise<void> } }).workbench.ready,
  );
  expect((await stage.cell("My data!A70")).text).toBe("kept");
  const again = await stage.pane();
  const seen = await again.evaluate(() =>
    Excel.run(async (context) => {
      const tables = context.workbook.tables.load("items/name");
      const charts = context.workbook.worksheets.getItem("Review").charts.load("count");
      const settings = context.workbook.settings.load("items/key");
      await context.sync();
      return [tables.items.map(({ name }) => name), charts.count, settings.items.length] as const;
    }),
  );
  expect(seen[0]).toEqual(expect.arrayContaining(["StreamStockStreams", "StreamStockTimeline"]));
  expect(seen[1]).toBe(1);
  expect(seen[2]).toBeGreaterThan(0);
});
