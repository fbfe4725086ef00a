/** The Live sheet on the real Office.js, while the seller does to it what sellers do. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Frame } from "playwright-core";
import type { LiveRowInput } from "../../src/workbook/live-table";
import { bundle } from "../support/bundle";
import { eventually, type Stage } from "../support/stage";
import { type Conformance, OPEN_WITHIN_MS, openConformance } from "./fixtures/conformance-stage";
import type { SheetsPage } from "./fixtures/sheets-page";

jest.setTimeout(60_000);
type Paged = typeof globalThis & { readonly sheets: SheetsPage };

const NOON = Date.UTC(2026, 10, 23, 12);

function row(sku: string, onHand: number, over: Partial<LiveRowInput> = {}): LiveRowInput {
  const sellable = { tiktok: onHand, shopify: onHand };
  const rest = { committed: 0, held: 0, reserved: 0, alert: "none" as const, asOf: NOON };
  return { sku, onHand, sellable, ...rest, ...over };
}

let conformance: Conformance;
let stage: Stage;
let pane: Frame;

beforeAll(async () => {
  conformance = await openConformance();
  ({ stage, pane } = conformance);
  await pane.addScriptTag({ content: await bundle("test/e2e/fixtures/sheets-page.ts") });
}, OPEN_WITHIN_MS);
afterAll(() => conformance?.close());

type LiveOptions = Parameters<SheetsPage["live"]>[1];
const live = (rows: readonly LiveRowInput[], options: LiveOptions = {}) =>
  pane.evaluate(([r, o]) => (globalThis as Paged).sheets.live(r, o), [rows, options] as const);

/** The table, wherever it stands: what each header's column holds, by SKU. */
async function standing(): Promise<{ headers: string[]; rows: (string | number)[][] }> {
  return pane.evaluate(() =>
    Excel.run(async (context) => {
      const table = context.workbook.tables.getItemAt(0);
      const header = table.getHeaderRowRange().load("values");
      const body = table.getDataBodyRange().load("values");
      await context.sync();
      return { headers: header.values[0] as string[], rows: body.values };
    }),
  );
}

const inExcel = (source: string) =>
  pane.evaluate((code) => {
    const work = new Function("context", `return (async () => { ${code} })()`) as never;
    return Excel.run(work);
  }, source);

const cellOf = async (sku: string, header: string) => {
  const { headers, rows } = await standing();
  return rows.find((one) => one[0] === sku)?.[headers.indexOf(header)];
};

describe("the Live sheet", () => {
  test("is not made until it is asked for", async () => {
    const seen = await live([row("A-1", 10)]);
    expect(seen.written).toEqual({ ok: true, value: "no_table" });
    expect(
      await inExcel(
        "const s = context.workbook.worksheets.load('items/name'); await context.sync(); return s.items.map((one) => one.name);",
      ),
    ).not.toContain("Live");
  });

  test("is made on request, with formats that keep SKUs as texts and colours as rules", async () => {
    await live([row("00123", 120), row("=1+1", 80, { alert: "yellow" }), row("C-3", 10)], {
      make: true,
    });
    const { headers, rows } = await standing();
    expect(headers.slice(0, 2)).toEqual(["SKU", "On hand"]);
    expect(rows.map((one) => one[0])).toEqual(["00123", "=1+1", "C-3"]);
    const fills = (await stage.read("Live!A2:A4")).map(([cell]) => cell?.fill);
    expect(fills[1]).toBe("#FFF1A8");
    expect(fills[0]).not.toBe("#FFF1A8");
  });

  test("finds its rows after she sorted, and leaves her own column alone", async () => {
    await inExcel(`
      const table = context.workbook.tables.getItemAt(0);
      table.columns.add(1, [["My note"], ["first"], ["second"], ["third"]]);
      await context.sync();
      table.sort.apply([{ key: 0, ascending: false }]);
      await context.sync();`);
    await live([row("00123", 119), row("=1+1", 79), row("C-3", 9)]);
    const { headers, rows } = await standing();
    expect(headers[1]).toBe("My note");
    const of = (sku: string) => rows.find((one) => one[0] === sku);
    expect(of("00123")?.slice(1, 3)).toEqual(["first", 119]);
    expect(of("C-3")?.slice(1, 3)).toEqual(["third", 9]);
    expect(rows.map((one) => one[0])).not.toEqual(["00123", "=1+1", "C-3"]);
  });

  test("goes on when she renamed the sheet, the table and the headers; her names stay", async () => {
    await inExcel(`
      const table = context.workbook.tables.getItemAt(0);
      table.name = "My_stock";
      table.worksheet.name = "Tonight";
      table.getHeaderRowRange().getCell(0, 2).values = [["In the shed"]];
      await context.sync();`);
    await live([row("00123", 50), row("=1+1", 79), row("C-3", 9)]);
    expect(await cellOf("00123", "In the shed")).toBe(50);
    // Another language changes our headers, and not hers.
    await live([row("00123", 49), row("=1+1", 79), row("C-3", 9)], { locale: "zh-CN" });
    const { headers } = await standing();
    expect(headers).toContain("In the shed");
    expect(headers).toContain("待发货占用");
    await live([row("00123", 49), row("=1+1", 79), row("C-3", 9)]);
  });

  test("gets a column for a channel that comes later, and none back that she took out", async () => {
    await inExcel(`
      const table = context.workbook.tables.getItemAt(0);
      table.columns.getItem("Unpaid hold").delete();
      await context.sync();`);
    const four = (sku: string, n: number) =>
      row(sku, n, { sellable: { tiktok: n, shopify: n, amazon: n, ebay: n } });
    await live([four("00123", 48), four("=1+1", 79), four("C-3", 9)]);
    const { headers } = await standing();
    expect(headers).not.toContain("Unpaid hold");
    expect(headers.filter((one) => one.startsWith("Sellable"))).toHaveLength(4);
    expect(headers.indexOf("Alert")).toBeGreaterThan(headers.findIndex((h) => /eBay/.test(h)));
    expect(await cellOf("00123", "Sellable · eBay")).toBe(48);
    // The colours still follow the alert's own column.
    await live([{ ...four("00123", 48), alert: "red" }, four("=1+1", 79), four("C-3", 9)]);
    const at = (await standing()).rows.findIndex((one) => one[0] === "00123");
    await eventually(
      "red",
      async () => (await stage.cell(`Tonight!A${at + 2}`)).fill === "#F4A6A0",
      5000,
    );
    // A channel that went shows no old number.
    await live([row("00123", 48), row("=1+1", 79), row("C-3", 9)]);
    expect(await cellOf("00123", "Sellable · eBay")).toBe("");
  });

  test("a SKU typed over leaves no ghost: its row comes back, her word stays without old numbers", async () => {
    const before = (await standing()).rows.findIndex((one) => one[0] === "C-3");
    await stage.setFormula(`Tonight!A${before + 2}`, "ask Wei");
    await live([row("00123", 48), row("=1+1", 79), row("C-3", 8)]);
    const { headers, rows } = await standing();
    const hers = rows.find((one) => one[0] === "ask Wei");
    expect(hers?.[1]).toBe("third");
    expect(hers?.[2]).toBe("");
    expect(hers?.[headers.indexOf("Alert")]).toBe("Not in this book");
    expect(rows.filter((one) => one[0] === "C-3")).toHaveLength(1);
    expect(await cellOf("C-3", "In the shed")).toBe(8);
    // A SKU that she types into the row is shown there too.
    await stage.setFormula(`Tonight!A${before + 2}`, "00123");
    await live([row("00123", 47), row("=1+1", 79), row("C-3", 8)]);
    const again = (await standing()).rows.filter((one) => String(one[0]) === "00123");
    expect(again.map((one) => one[2])).toEqual([47, 47]);
  });

  test("a number typed over comes back, a SKU deleted comes back into its row", async () => {
    const { rows } = await standing();
    const at = rows.findIndex((one) => one[0] === "=1+1");
    await stage.setFormula(`Tonight!C${at + 2}`, "5").catch(() => undefined);
    await live([row("00123", 46), row("=1+1", 79), row("C-3", 8)]);
    expect(await cellOf("=1+1", "In the shed")).toBe(79);
    await inExcel(
      `context.workbook.tables.getItemAt(0).getDataBodyRange().getCell(${at}, 0).clear("Contents"); await context.sync();`,
    );
    await live([row("00123", 45), row("=1+1", 79), row("C-3", 8)]);
    const after = (await standing()).rows;
    expect(after[at]?.[0]).toBe("=1+1");
    expect(after[at]?.[1]).toBe("second");
  });

  test("typing into a column of ours is refused with a word about it", async () => {
    const at = (await standing()).rows.findIndex((one) => one[0] === "C-3");
    await expect(stage.setFormula(`Tonight!C${at + 2}`, "5")).rejects.toThrow(/column of your own/);
  });

  test("rows of a book that is closed go, unless she wrote beside them", async () => {
    await live([row("NEW-1", 5)], { gone: ["00123", "=1+1", "C-3"] });
    const { rows } = await standing();
    const skus = rows.map((one) => one[0]);
    expect(skus).toContain("NEW-1");
    // "C-3" has nothing of hers since its row was made anew; the others carry notes.
    expect(skus).not.toContain("C-3");
    expect(rows.filter((one) => one[1] !== "").map((one) => one[2])).not.toContain(45);
  });

  test("a protected sheet is left alone and says so; it is written again afterwards", async () => {
    await inExcel(
      "context.workbook.tables.getItemAt(0).worksheet.protection.protect(); await context.sync();",
    );
    expect((await live([row("NEW-1", 4)])).written).toEqual({
      ok: false,
      error: { code: "protected" },
    });
    await inExcel(
      "context.workbook.tables.getItemAt(0).worksheet.protection.unprotect(); await context.sync();",
    );
    expect((await live([row("NEW-1", 3)])).written).toMatchObject({ ok: true });
    expect(await cellOf("NEW-1", "In the shed")).toBe(3);
  });

  test("a table that she took away stays away until she asks for it", async () => {
    await inExcel("context.workbook.tables.getItemAt(0).delete(); await context.sync();");
    expect((await live([row("NEW-1", 3)])).written).toEqual({ ok: true, value: "no_table" });
    await live([row("NEW-1", 2)], { make: true });
    expect(await cellOf("NEW-1", "On hand")).toBe(2);
  });
});
