/**
 * The live functions while a stream is on, in the workbench: they say the same of one book, they move,
 * and a reload of the add-in does not leave them without a number for longer than it takes to open.
 */
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../support/browser";
import { startProduct, type Product } from "../support/product";
import { eventually, openStage, type Stage } from "../support/stage";

jest.setTimeout(240_000);

const SKU = '"OR-82484"';
const formulas: Readonly<Record<string, string>> = {
  AA1: `=STREAM.SELLABLE(${SKU}, "tiktok")`,
  AA2: `=STREAM.STOCK(${SKU}, "committed")`,
  AA3: `=STREAM.ALERT(${SKU})`,
  AA4: `=STREAM.COVER(${SKU})`,
  AA5: `=STREAM.STOCK(${SKU}, "velocity")`,
  AA6: `=STREAM.STOCK(${SKU}, "age")`,
  AC1: `=STREAM.WHY(${SKU}, "tiktok")`,
  AF1: `=STREAM.PLEDGE(${SKU}, 200)`,
};

let product: Product;
let browser: Browser;
let stage: Stage;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  stage = await openStage(browser, product.url);
  for (const [address, formula] of Object.entries(formulas)) {
    await stage.setFormula(address, formula);
  }
}, 240_000);
afterAll(async () => {
  await stage?.close();
  await browser?.close();
  await product?.stop();
});

const values = async (area: string) =>
  (await stage.read(area)).map((row) => row.map(({ value }) => value));

test("during a stream all of them speak of the same book", async () => {
  const pane = await stage.pane();
  const button = pane.getByRole("button", { name: /^Rehearse/ });
  await eventually("the rehearsal can start", () => button.isEnabled(), 60_000);
  await button.click();
  await eventually(
    "orders come in",
    async () => Number((await stage.cell("AA2")).value) > 20,
    120_000,
  );
  // One look may fall between two results; a moment without an order makes them agree.
  const seen = await eventually("the terms add up to what can be sold", async () => {
    const rows = await values("AC1:AD12");
    const last = rows.findIndex(([name]) => String(name ?? "").startsWith("="));
    if (last < 0) return null;
    const sum = rows.slice(0, last).reduce((total, [, units]) => total + Number(units), 0);
    expect(sum).toBe(rows[last]?.[1]);
    const [sellable, committed, alert, cover, velocity] = (await values("AA1:AA5")).flat();
    return sellable === rows[last]?.[1] && { sellable, committed, alert, cover, velocity };
  });
  expect(String(seen.alert)).toMatch(/^(OK|Yellow|Orange|Red) · [\d,]+ left/);
  await eventually("a pace and the minutes it leaves", async () => {
    const [, , , cover, velocity] = (await values("AA1:AA5")).flat();
    return typeof cover === "number" && typeof velocity === "number" && velocity > 0;
  });
  const pledge = await values("AF1:AG5");
  expect(pledge[1]?.[1]).toBe(600);
  expect(pledge[2]?.[1]).toBe(Math.max(0, 600 - Number(pledge[0]?.[1])));
});

test("after a reload of the add-in the number is back, and live", async () => {
  const pane = await stage.pane();
  await pane.evaluate(() => {
    location.reload();
  });
  // Cells keep their last value until the new page speaks: first that it does, then what it says.
  const began = Date.now();
  const withoutNumber: number[] = [];
  const ages = new Set<unknown>();
  while (Date.now() - began < 12_000) {
    const [sellable, , , , , age] = (await values("AA1:AA6")).flat();
    if (typeof sellable !== "number") withoutNumber.push(Date.now() - began);
    ages.add(age);
    await stage.page.waitForTimeout(50);
  }
  process.stdout.write(
    `functions: after a reload without a number for ${(withoutNumber.at(-1) ?? 0) - (withoutNumber[0] ?? 0)} ms\n`,
  );
  expect(ages.size).toBeGreaterThan(1);
  expect(typeof (await stage.cell("AA1")).value).toBe("number");
  await eventually("a young one", async () => Number((await stage.cell("AA6")).value) <= 3, 60_000);
  expect(stage.errors.filter((text) => !/ERR_|Failed to load/.test(text))).toEqual([]);
});
