/**
 * A preview of 100,000 rows in a real browser, in the page itself, which is harder than the worker it
 * runs in. Writes its figures where `run.mjs` looks for them; fails on no figure.
 */
import { afterAll, expect, test } from "@jest/globals";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { sheetXml, workbook } from "../channels/exports/zip-writer";
import { launchBrowser } from "../support/browser";
import { bundle } from "../support/bundle";
import type { PreviewTimes } from "./fixtures/exports-page";
import { addToReport, type Figure } from "./report";

const ROWS = 100_000;
const PREVIEW_MS = 2000;
const HELD_MS = 50;

const figures: Figure[] = [];
let server: Server | null = null;
let browser: Browser | null = null;

afterAll(async () => {
  await browser?.close();
  server?.close();
  addToReport(figures);
});

const range = Array.from({ length: ROWS }, (_, n) => n);

/** All orders of Amazon with its 32 columns: 20,000 SKUs, some rows as they should not be. */
function amazonOrders(): string {
  const headers =
    "amazon-order-id merchant-order-id purchase-date last-updated-date order-status fulfillment-channel sales-channel order-channel url ship-service-level product-name sku asin item-status quantity currency item-price item-tax shipping-price shipping-tax gift-wrap-price gift-wrap-tax item-promotion-discount ship-promotion-discount ship-city ship-state ship-postal-code ship-country promotion-ids is-business-order purchase-order-number price-designation";
  const rows = range.map((n) => {
    const id = `111-${1_000_000 + n}-${2_000_000 + (n % 1000)}`;
    const day = String(1 + (n % 20)).padStart(2, "0");
    const at = `2026-11-${day}T${String(n % 24).padStart(2, "0")}:22:05+00:00`;
    const quantity = n % 1000 === 7 ? "1.5" : 1 + (n % 3);
    const status = n % 10 === 3 ? "Cancelled" : "Unshipped";
    const title = `Ceramic mug no. ${n % 20_000}, dishwasher safe`;
    return `${id}\t\t${at}\t${at}\t${status}\tMerchant\tAmazon.com\t\t\tStandard\t${title}\tSKU-${n % 20_000}\tB0C${n}\t${status}\t${quantity}\tUSD\t14.99\t1.20\t0.00\t0.00\t\t\t\t\tOntario\tCA\t91761\tUS\t\tfalse\t\t`;
  });
  return [headers.replaceAll(" ", "\t"), ...rows, ""].join("\n");
}

/** Shopify's inventory with its 19 columns: as many SKUs as rows. */
function shopifyInventory(): string {
  const headers =
    "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,SKU,HS Code,COO,Location,Bin name,Incoming (not editable),Unavailable (not editable),Committed (not editable),Available (not editable),On hand (current),On hand (new)";
  const rows = range.map(
    (n) =>
      `tee-${n},"Tee, no. ${n}",Size,M,Color,Red,,,TEE-${n},,,Warehouse A,,0,0,${n % 5},${n % 90},${(n % 90) + (n % 5)},`,
  );
  return [headers, ...rows, ""].join("\n");
}

/** The feed of eBay as a workbook, with four more columns: 800,000 cells. */
function ebayWorkbook(): Uint8Array {
  const names = ["ItemID", "SKU", "Price", "Quantity", "A", "B", "C", "D"];
  const text = (column: number, row: number, value: string) =>
    `<c r="${String.fromCharCode(65 + column)}${row}" t="inlineStr"><is><t>${value}</t></is></c>`;
  const head = names.map((name, column) => text(column, 1, name)).join("");
  const rows = range.map((n) => {
    const row = n + 2;
    const more = [4, 5, 6, 7].map((column) => text(column, row, `${(n * 7919) % 1000}`)).join("");
    return `<row r="${row}">${text(0, row, `2560${n}`)}${text(1, row, `SKU-${n}`)}<c r="C${row}"><v>9.99</v></c><c r="D${row}"><v>${n % 50}</v></c>${more}</row>`;
  });
  return workbook(sheetXml(`<row r="1">${head}</row>${rows.join("")}`));
}

async function open(files: ReadonlyMap<string, Uint8Array>): Promise<Page> {
  const script = await bundle("test/bench/fixtures/exports-page.ts");
  server = createServer((request, response) => {
    const file = files.get(decodeURIComponent(request.url ?? ""));
    response.setHeader("content-type", file === undefined ? "text/html" : "text/plain");
    response.end(file ?? "<title>bench</title><script src=/page.js></script>");
  });
  const all = files as Map<string, Uint8Array>;
  all.set("/page.js", new TextEncoder().encode(script));
  await new Promise<void>((done) => server?.listen(0, "127.0.0.1", done));
  browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return page;
}

function tell(name: string, value: number, goal: number, from: PreviewTimes): void {
  const rounded = Number(value.toPrecision(3));
  const parts = Object.entries(from).map(([key, n]) => [key, Math.round(n)] as const);
  figures.push({
    ...{ name, value: rounded, unit: "ms", goal: `<= ${goal}`, met: value <= goal },
    from: Object.fromEntries(parts),
  });
}

test("a preview of 100,000 rows", async () => {
  const encoder = new TextEncoder();
  const files = new Map([
    ["/amazon orders (text)", encoder.encode(amazonOrders())],
    ["/shopify inventory (text)", encoder.encode(shopifyInventory())],
    ["/ebay listings (workbook)", ebayWorkbook()],
  ]);
  const names = [...files.keys()];
  const page = await open(files);
  for (const name of names) {
    const times = await page.evaluate(
      (url) =>
        (globalThis as unknown as { measure(url: string): Promise<PreviewTimes> }).measure(url),
      name,
    );
    expect(times.rows).toBe(ROWS);
    expect(times.changes).toBeGreaterThan(10_000);
    tell(`preview of 100,000 rows: ${name.slice(1)}`, times.previewMs, PREVIEW_MS, times);
    tell(`the page held meanwhile: ${name.slice(1)}`, times.heldMs, HELD_MS, times);
  }
}, 300_000);
