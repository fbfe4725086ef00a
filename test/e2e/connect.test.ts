/**
 * A seller connects her own shop and imports a file, in a real browser: the workbench, the real
 * Office.js, the add-in, the companion, and the sandbox's servers in the place of her channels.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Frame } from "playwright-core";
import type { RehearsalState, Truth } from "../../src/channels/rehearsal-contract";
import { launchBrowser } from "../support/browser";
import { openMarket, type Market } from "../support/market";
import { startProduct, type Product } from "../support/product";
import { eventually, openStage, type Stage } from "../support/stage";

let market: Market;
let product: Product;
let browser: Browser;
let stage: Stage;
let pane: Frame;
let folder: string;

beforeAll(async () => {
  market = await openMarket();
  [product, browser] = await Promise.all([startProduct({ env: market.env }), launchBrowser()]);
  stage = await openStage(browser, product.url);
  pane = await stage.pane();
  folder = mkdtempSync(join(tmpdir(), "streamstock-exports-"));
}, 300_000);
afterAll(async () => {
  await stage?.close();
  await browser?.close();
  await product?.stop();
  await market?.close();
  rmSync(folder, { recursive: true, force: true });
});

const go = (name: string) => pane.getByRole("tab", { name }).click();
const has = (text: string | RegExp) => pane.getByText(text).first().isVisible();
const card = (name: string) => pane.getByRole("article", { name });

async function skus(): Promise<readonly string[]> {
  const { items } = await market.ask<RehearsalState>("");
  return items.map(({ sku }) => sku);
}

describe("a seller connects her shop", () => {
  test("her keys are tried, and the live test names what it found", async () => {
    expect(await has("Your shops are not touched.")).toBe(true);
    await go("Channels");
    const shopify = card("Shopify");
    await shopify.getByRole("button", { name: "Connect" }).click();
    const { shop, clientId, clientSecret } = market.keys.shopify;
    await shopify.getByLabel("Shop address").fill(shop);
    await shopify.getByLabel("Client ID").fill(clientId);
    await shopify.getByLabel("Client secret").fill("a wrong secret");
    await shopify.getByRole("button", { name: "Connect" }).click();
    await eventually("it says no", () => has(/does not take these keys/), 20_000);
    // The secret is gone from the page, the rest is still there to be corrected.
    expect(await shopify.getByLabel("Client secret").inputValue()).toBe("");
    expect(await shopify.getByLabel("Shop address").inputValue()).toBe(shop);
    await shopify.getByLabel("Client secret").fill(clientSecret);
    await shopify.getByRole("button", { name: "Connect" }).click();
    await eventually("the live test", () => has("It works."), 20_000);
    const found = await shopify.getByRole("status").innerText();
    expect(found).toContain(String((await skus()).length));
    expect(found).toContain("complete");
    expect(await shopify.innerText()).toContain("Connected");
  }, 90_000);

  test("her listings are counted, the live book opens, and its stock shows everywhere", async () => {
    const [first = "", second = ""] = await skus();
    await pane.getByRole("button", { name: "Read my listings" }).click();
    const count = pane.getByLabel(`Units of ${first} on the shelf`);
    await eventually("the counts", () => count.isVisible(), 30_000);
    const shown = (await market.ask<Truth>("/truth")).items.find((item) => item.sku === first);
    expect(await count.inputValue()).toBe(String(shown?.listed["shopify"]));
    await count.fill("41");
    await pane.getByLabel(`Units of ${second} on the shelf`).fill("");
    expect(await has("1 SKU is left alone: no count.")).toBe(true);
    await pane.getByRole("button", { name: /^Open live with/ }).click();
    await eventually("the live book", () => has("Changes go to your shops."), 30_000);
    await go("Watch");
    const stock = pane.getByRole("region", { name: "Stock by SKU" });
    await eventually("the stock", async () => (await stock.innerText()).includes("41"), 30_000);
    expect(await stock.innerText()).not.toContain(second);
    await stage.setFormula("Plan!H2", `=STREAM.SELLABLE("${first}","shopify")`);
    await eventually("the cell", async () => (await stage.cell("Plan!H2")).value === 41, 20_000);
    await eventually("the shop itself", async () => {
      const truth = (await market.ask<Truth>("/truth")).items;
      return truth.find((item) => item.sku === first)?.listed["shopify"] === 41;
    });
  }, 120_000);

  test("an order of the shop comes into the book", async () => {
    const [first = ""] = await skus();
    await market.ask("/order", { channel: "shopify", sku: first, units: 4, paid: true });
    await eventually("the cell", async () => (await stage.cell("Plan!H2")).value === 37, 20_000);
  }, 60_000);
});

describe("a seller imports a file", () => {
  const rows = (...lines: string[]) =>
    ["item-name\tseller-sku\tasin1\tquantity\topen-date", ...lines].join("\r\n");

  test("what will change stands there first, each refused row with its reason", async () => {
    const path = join(folder, "Active Listings Report.txt");
    const lines = ["Red mug\tMUG-RED\tB0AAAAAAA1\t12\t", "Blue mug\tMUG-BLUE\tB0AAAAAAA2\tsome\t"];
    writeFileSync(path, rows(...lines));
    await go("Import");
    await pane.locator("input[type=file]").setInputFiles(path);
    await eventually("the preview", () => has("What will change"), 20_000);
    await eventually("what it is", () => has("Amazon stock"), 5_000);
    expect(await has("Row 3")).toBe(true);
    expect(await has("The quantity is not a number.")).toBe(true);
    expect(await has("on hand 0 → 12")).toBe(true);
    await pane.getByRole("button", { name: "Book 1 change" }).click();
    await eventually("it is booked", () => has("Booked."), 20_000);
    await go("Watch");
    await eventually("the stock", () => has("MUG-RED"), 20_000);
    expect(await has("MUG-BLUE")).toBe(false);
  }, 90_000);

  test("the same file again changes nothing, and it says so", async () => {
    await go("Import");
    await pane
      .locator("input[type=file]")
      .setInputFiles(join(folder, "Active Listings Report.txt"));
    await eventually("the word", () => has("This very file was imported before."), 20_000);
    expect(await pane.getByRole("button", { name: /^Book/ }).count()).toBe(0);
  }, 60_000);

  test("after a reload the live book is open again with all of it", async () => {
    await stage.page.reload();
    await stage.page.waitForFunction(() => "workbench" in window);
    pane = await stage.pane();
    await eventually("the live book", () => has("Changes go to your shops."), 40_000);
    await eventually("the stock", () => has("MUG-RED"), 20_000);
  }, 90_000);

  test("no request left this machine, and no page reported an error", () => {
    const names = stage.requests
      .filter((url) => !/^(data|blob|about):/.test(url))
      .map((url) => new URL(url).hostname);
    expect([...new Set(names)]).toEqual(["localhost"]);
    // A refused key is an answer with status 422, which a browser logs by itself.
    expect(stage.errors.filter((error) => !/status of 422/.test(error))).toEqual([]);
  });
});
