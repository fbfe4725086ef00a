/**
 * axe-core over every screen of the pane, in a real browser on the real product: both languages, light,
 * dark and a contrast theme, before, during and after a stream, in a pane of 320 px. Nothing serious,
 * nothing critical, and nothing wider than the pane. One page and one stream: language and theme are
 * switched in place. What does not depend on colours is looked at once in each language.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import type { AxeResults, RunOptions } from "axe-core";
import type { Browser, Frame } from "playwright-core";
import type { LocaleId } from "../../src/locale/formats";
import { launchBrowser } from "../support/browser";
import { startProduct, type Product } from "../support/product";
import { eventually, openStage, type Stage } from "../support/stage";

const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const PANE_PX = 320;
/** Three hours in 90 seconds: the last of the stock lasts for a look in every language and theme. */
const SPEED = 2;
/** A media query is heard, and React has drawn. */
const SETTLE_MS = 80;

type Axed = typeof globalThis & {
  readonly axe: { run(context: object, options: RunOptions): Promise<AxeResults> };
};

let product: Product;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

async function faults(pane: Frame, rules: readonly string[] | null): Promise<string[]> {
  return pane.evaluate(async (only) => {
    // Tabster's own sentinels catch the focus at a region's edge and pass it on: nobody stays there.
    const context = { exclude: [["[data-tabster-dummy]"]] };
    const { axe } = globalThis as unknown as Axed;
    const { violations } = await axe.run(context, {
      resultTypes: ["violations"],
      ...(only === null ? {} : { runOnly: { type: "rule" as const, values: [...only] } }),
    });
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    return [
      ...violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .flatMap(({ id, nodes }) =>
          nodes.map(({ html, any, target }) =>
            [id, html.slice(0, 200), target.join(" "), any[0]?.message ?? ""].join(" | "),
          ),
        ),
      ...(wide > 0 ? [`${wide} px wider than the pane`] : []),
    ];
  }, rules);
}

const colourRules = ["color-contrast", "link-in-text-block"] as const;

const looks = [
  { name: "light", media: { colorScheme: "light", forcedColors: "none" }, rules: null },
  { name: "dark", media: { colorScheme: "dark", forcedColors: "none" }, rules: colourRules },
  { name: "contrast", media: { colorScheme: "dark", forcedColors: "active" }, rules: colourRules },
] as const;

async function speak(pane: Frame, locale: LocaleId): Promise<void> {
  await pane.evaluate((wanted) => {
    const radios = document.querySelectorAll<HTMLInputElement>('header input[type="radio"]');
    radios[wanted === "en" ? 0 : 1]?.click();
  }, locale);
  await eventually("the language", () =>
    pane.evaluate((wanted) => document.documentElement.lang === wanted, locale),
  );
}

/** What is shown now, in every language and theme. */
async function look(stage: Stage, pane: Frame, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const locale of ["zh-CN", "en"] as const) {
    await speak(pane, locale);
    for (const { name: theme, media, rules } of looks) {
      await stage.page.emulateMedia({ ...media });
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      const all = await faults(pane, rules);
      found.push(...all.map((fault) => `${name}, ${locale}, ${theme}: ${fault}`));
    }
  }
  return found;
}

describe("the pane", () => {
  let stage: Stage;
  let pane: Frame;

  beforeAll(async () => {
    stage = await openStage(browser, product.url);
    pane = await stage.pane();
    const frame = await stage.page.$("iframe");
    await frame?.evaluate((element: HTMLElement, width) => {
      Object.assign(element.style, { width: `${width}px`, minWidth: "0", maxWidth: "none" });
    }, PANE_PX);
    await pane.waitForSelector("#tab-watch", { timeout: 60_000 });
    await pane.evaluate(axeSource);
    // Fluent fades from one colour to the other, and a colour on its way is nobody's.
    await pane.addStyleTag({ content: "* { transition: none !important; }" });
  }, 120_000);
  afterAll(() => stage?.close());

  test("has nothing serious on any screen between streams", async () => {
    const found: string[] = [];
    for (const name of ["watch", "plan", "stock", "channels", "import", "more"]) {
      await pane.click(`#tab-${name}`);
      await pane.waitForSelector(`#screen-${name} :is(section, button)`, { timeout: 30_000 });
      if (name === "more") {
        for (const fold of await pane.$$("#screen-more [aria-expanded=false]")) await fold.click();
      }
      found.push(...(await look(stage, pane, name)));
    }
    await pane.click("#tab-stock");
    await pane.locator("#screen-stock li button").first().click();
    await pane.waitForSelector("#screen-stock form");
    found.push(...(await look(stage, pane, "one SKU")));
    expect(found).toEqual([]);
  }, 180_000);

  test("has nothing serious while a stream runs, when stock ends, and after it", async () => {
    await pane.click("#tab-watch");
    const button = pane.getByRole("button", { name: /^Rehearse/ });
    await pane.locator('#screen-watch input[type="radio"]').nth(SPEED).click({ force: true });
    await eventually("the button can be pressed", async () => {
      return (await button.getAttribute("aria-disabled")) !== "true";
    });
    await button.click();
    await pane.waitForSelector('#screen-watch [role="progressbar"]', { timeout: 90_000 });
    const found = await look(stage, pane, "running");
    await pane.waitForSelector('#screen-watch input[type="checkbox"]', { timeout: 120_000 });
    found.push(...(await look(stage, pane, "run-book")));
    await eventually("the review", () => button.isVisible(), 180_000);
    found.push(...(await look(stage, pane, "ended")));
    expect(found).toEqual([]);
    expect(stage.errors).toEqual([]);
  }, 400_000);
});
