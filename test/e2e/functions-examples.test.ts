/**
 * Every example of the help page, typed into the workbench in both languages: the page is read as it
 * is, and what it shows beneath a formula is what the cells have to show. The rehearsal is open and
 * its stream has not begun, as the page says.
 */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../support/browser";
import { startProduct, type Product } from "../support/product";
import { eventually, openStage, type Stage } from "../support/stage";

jest.setTimeout(300_000);

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
    const seen: [string, unknown][] = [];
    const told: [string, unknown][] = [];
    for (const { formula, rows } of page.examples) {
      const shown = rows.filter(([first]) => first !== MORE);
      const height = shown.length;
      const width = Math.max(...shown.map((row) => row.length));
      await stage.setFormula("AC1", formula);
      const area = `AC1:${width > 4 ? "AZ" : ["AC", "AD", "AE", "AF"][width - 1]}${height}`;
      const cells = () =>
        stage
          .read(area)
          .then((read) =>
            read.map((row, r) => row.map(({ value }, c) => asShown(value, shown[r]?.[c] ?? ""))),
          );
      told.push([formula, shown]);
      try {
        await eventually(
          formula,
          async () => JSON.stringify(await cells()) === JSON.stringify(shown),
          5000,
        );
        seen.push([formula, shown]);
      } catch {
        seen.push([formula, await cells()]);
      }
      await stage.setFormula("AC1", "");
    }
    expect(seen).toEqual(told);
    expect(seen.length).toBeGreaterThan(30);
  });

  test("left nothing to complain about", () => {
    expect(stage.errors).toEqual([]);
  });
});
