/**
 * A row of the Streams sheet, filled in by hand and reserved by the pane's button, through all of the
 * product: the grid, Office.js, the engine in its worker, the book and the companion's journal.
 */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Browser } from "playwright-core";
import { sheetMessagesOf } from "../../src/locale/sheets";
import { launchBrowser } from "../support/browser";
import { startProduct, type Product } from "../support/product";
import { eventually, openStage, type Stage } from "../support/stage";

jest.setTimeout(180_000);

const SKU = "OR-23243";
/** All channels of the rehearsal are read, and nothing is sold before its stream begins. */
const FREE = 240;
const PLANNED = 90;
const MORE = 300;
/** Rows of the sheet. */
const HEADERS = 4;
const FIRST = 5;

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** The text of a day as a person types it. */
function inDays(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000);
  return `${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()} 19:00`;
}

describe.each(["en", "zh-CN"] as const)("reserving from the sheet, in %s", (language) => {
  const words = sheetMessagesOf(language);
  const sheet = language === "en" ? "Streams" : words.sheet.plan;
  // What is reserved stays in the book: each language has a shop of its own.
  let product: Product;
  let stage: Stage;

  beforeAll(async () => {
    product = await startProduct();
    stage = await openStage(browser, product.url, { language, locale: language });
    await stage.setFormula("AA1", `=STREAM.SELLABLE("${SKU}")`);
    await eventually("live numbers", async () => (await stage.cell("AA1")).value === FREE, 60_000);
  }, 240_000);
  afterAll(async () => {
    await stage?.close();
    await product?.stop();
  });

  const cellOf = async (column: keyof typeof words.planColumn, row = FIRST) => {
    const [headers = []] = await stage.read(`${sheet}!A${HEADERS}:M${HEADERS}`);
    const at = headers.findIndex(({ text }) => text === words.planColumn[column]);
    return stage.cell(`${sheet}!${String.fromCharCode(65 + at)}${row}`);
  };
  const press = async () => {
    const pane = await stage.pane();
    const tab = pane.getByRole("tab").nth(1);
    await tab.click();
    await pane.getByRole("button", { name: words.button.reserve, exact: true }).click();
    const said = pane.locator("li").filter({ hasText: SKU });
    await eventually("the pane says what it did", async () => (await said.count()) === 1);
    return said.innerText();
  };
  const sellable = async () => (await stage.cell("AA1")).value;

  test("a row that she fills in is worked out beside her words, and not reserved before she asks", async () => {
    await eventually("the sheet", async () => (await cellOf("sku", HEADERS)).text !== "");
    await stage.setFormula(`${sheet}!A${FIRST}`, inDays(2));
    await stage.setFormula(`${sheet}!B${FIRST}`, "Mia Chen");
    await stage.setFormula(`${sheet}!C${FIRST}`, "80000");
    await stage.setFormula(`${sheet}!D${FIRST}`, SKU);
    const forecast = await eventually(
      "the forecast of thirty days of sales",
      async () => {
        const { value } = await cellOf("forecast");
        return typeof value === "number" ? value : null;
      },
      30_000,
    );
    expect(forecast).toBeGreaterThan(0);
    const told = words.reservation("not_reserved", { units: 0, missing: 0, at: null });
    await eventually("the state", async () => (await cellOf("state")).text === told, 15_000);
    expect(await sellable()).toBe(FREE);
  });

  test("her own number is reserved, and no channel may sell it any more", async () => {
    await stage.setFormula(`${sheet}!F${FIRST}`, String(PLANNED));
    expect(await press()).toContain(String(PLANNED));
    const told = words.reservation("reserved", { units: PLANNED, missing: 0, at: null });
    await eventually("the state", async () => (await cellOf("state")).text === told, 15_000);
    expect((await cellOf("guaranteed")).value).toBe(FREE);
    await eventually("sellable", async () => (await sellable()) === FREE - PLANNED);
    await stage.setFormula("AA2", `=STREAM.STOCK("${SKU}", "reserved")`);
    await eventually("reserved", async () => (await stage.cell("AA2")).value === PLANNED);
  });

  test("asked again with more, it takes what is free and says what is missing", async () => {
    await stage.setFormula(`${sheet}!F${FIRST}`, String(MORE));
    expect(await press()).toContain(String(MORE - FREE));
    const told = words.reservation("short", { units: FREE, missing: MORE - FREE, at: null });
    await eventually("the state", async () => (await cellOf("state")).text === told, 15_000);
    await eventually("sellable", async () => (await sellable()) === 0);
  });

  test("a page that is reloaded finds it in the book", async () => {
    const pane = await stage.pane();
    await pane.evaluate(() => location.reload());
    // Not asked before: no answer of the page that is gone can stand there.
    await stage.setFormula("AA3", `=STREAM.SELLABLE("${SKU}", "ebay")`);
    await eventually("sellable", async () => (await stage.cell("AA3")).value === 0, 60_000);
    await eventually("reserved", async () => (await stage.cell("AA2")).value === FREE, 30_000);
    expect(stage.errors).toEqual([]);
  });
});
