/**
 * Every example of the help page, typed into the workbench in both languages: the page is read as it
 * is, and what it shows beneath a formula is what the cells have to show. The rehearsal is open and
 * its stream has not begun, as the page says.
 */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import { columnName } from "../../src/workbench/backend/area";
import { launchBrowser } from "../support/browser";
import { startProduct, type Product } from "../support/product";
import { eventually, openStage, type Stage } from "../support/stage";

jest.setTimeout(300_000);

/** Where the examples are typed: to the right of what the workbook holds, so many columns for each. */
const BLOCKS_FROM = 28;
const BLOCK = 8;
/** "…": more rows follow that the page does not show. */
const MORE = "…";

interface Example {
  readonly section: string;
  readonly formula: string;
  readonly rows: readonly (readonly string[])[];
}

interface Page {
  readonly sections: readonly string[];
  readonly examples: readonly Example[];
}

const pages = { en: "help.html", "zh-CN": "help.zh-CN.html" } as const;
type Language = keyof typeof pages;

/** Reads the page with the browser that shows it. */
function readPage(): Page {
  const found: Example[] = [];
  const text = (element: Element | null) => element?.textContent?.replace(/\s+/g, " ").trim() ?? "";
  let section = "";
  const sections: string[] = [];
  for (const element of document.querySelectorAll("h2, figure.example")) {
    if (element.tagName === "H2") {
      section = element.id;
      sections.push(section);
      continue;
    }
    const rows = [...element.querySelectorAll("tr")].map((row) => [...row.cells].map(text));
    found.push({ section, formula: text(element.querySelector("code")), rows });
  }
  return { sections, examples: found };
}

const decimals = (shown: string) => shown.split(".")[1]?.length ?? 0;

/** What the page shows, of a value in a cell: a number with as many decimals as on the page. */
function asShown(value: unknown, shown: string): string {
  if (typeof value !== "number") return String(value ?? "").replace(/\s+/g, " ");
  return shown === "" || Number.isNaN(Number(shown))
    ? String(value)
    : value.toFixed(decimals(shown));
}

let product: Product;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const metadata = JSON.parse(readFileSync(resolve("src/functions/functions.json"), "utf8")) as {
  functions: { id: string; helpUrl: string }[];
};

describe.each(Object.keys(pages) as Language[])("the help page in %s", (language) => {
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.goto(`${product.origin}/assets/${pages[language]}`);
    page = await tab.evaluate(readPage);
    await context.close();
    stage = await openStage(browser, product.url, { language, locale: language });
    // All four channels of the rehearsal are read: the numbers are live.
    await stage.setFormula("AA1", '=STREAM.SELLABLE("OR-82484")');
    await eventually("live numbers", async () => (await stage.cell("AA1")).value === 338, 60_000);
  }, 240_000);
  afterAll(() => stage?.close());

  test("has a section and an example for each function, and nothing about others", () => {
    const anchors = metadata.functions.map(({ helpUrl }) => new URL(helpUrl).hash.slice(1));
    expect(page.sections.filter((id) => id !== "trouble")).toEqual(anchors);
    for (const { id, helpUrl } of metadata.functions) {
      const section = new URL(helpUrl).hash.slice(1);
      const own = page.examples.filter((example) => example.section === section);
      expect([id, own.length > 0]).toEqual([id, true]);
      for (const { formula } of own) expect(formula).toContain(`STREAM.${id}(`);
    }
  });

  test("shows what the cells show", async () => {
    const shown = page.examples.map(({ rows }) => rows.filter(([first]) => first !== MORE));
    const areas = shown.map((rows, index) => {
      // A block of columns for each, so that none spills into the next.
      const left = BLOCKS_FROM + index * BLOCK;
      const width = Math.max(1, ...rows.map((row) => row.length));
      return { cell: `${columnName(left)}1`, to: `${columnName(left + width - 1)}${rows.length}` };
    });
    await Promise.all(
      areas.map(({ cell }, index) => stage.setFormula(cell, page.examples[index]?.formula ?? "")),
    );
    const seenOf = async ({ cell, to }: (typeof areas)[number], index: number) =>
      (await stage.read(`${cell}:${to}`)).map((row, r) =>
        row.map(({ value }, c) => asShown(value, shown[index]?.[r]?.[c] ?? "")),
      );
    const isAsShown = async (area: (typeof areas)[number], index: number) =>
      JSON.stringify(await seenOf(area, index)) === JSON.stringify(shown[index]);
    const late = areas.map((_, index) => index);
    await eventually(
      "all examples",
      async () => {
        for (const index of [...late]) {
          const area = areas[index];
          if (area === undefined || (await isAsShown(area, index))) {
            late.splice(late.indexOf(index), 1);
          }
        }
        return late.length === 0;
      },
      20_000,
    ).catch(() => undefined);
    const formulaOf = (index: number) => page.examples[index]?.formula;
    const seen = late.map(async (index) => {
      const area = areas[index];
      return [formulaOf(index), area === undefined ? null : await seenOf(area, index)];
    });
    expect(await Promise.all(seen)).toEqual(late.map((index) => [formulaOf(index), shown[index]]));
    expect(areas.length).toBeGreaterThan(30);
  });

  test("left nothing to complain about", () => {
    expect(stage.errors).toEqual([]);
  });
});
