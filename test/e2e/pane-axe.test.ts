/**
 * axe-core over every screen of the pane, in a real browser on the real product: both languages,
 * light and dark, before, during and after a stream, in a pane of 320 px. Nothing serious, nothing
 * critical, and nothing wider than the pane.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import type { AxeResults, RunOptions } from "axe-core";
import type { Browser, Frame } from "playwright-core";
import { launchBrowser } from "../support/browser";
import { startProduct, type Product } from "../support/product";
import { eventually, openStage, type Stage } from "../support/stage";

const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const PANE_PX = 320;
/** Three hours in 45 seconds. */
const FASTEST = 3;

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

async function faults(pane: Frame): Promise<string[]> {
  await pane.evaluate(axeSource);
  return pane.evaluate(async () => {
    // Tabster's own sentinels catch the focus at a region's edge and pass it on: nobody stays there.
    const context = { exclude: [["[data-tabster-dummy]"]] };
    const { axe } = globalThis as unknown as Axed;
    const { violations } = await axe.run(context, { resultTypes: ["violations"] });
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
  });
}

/** Both colour schemes of what is shown now. */
async function look(stage: Stage, pane: Frame, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await stage.page.emulateMedia({ colorScheme });
    // Fluent fades from one colour to the other.
    await new Promise((resolve) => setTimeout(resolve, 600));
    const all = await faults(pane);
    found.push(...all.map((fault) => `${name}, ${colorScheme}: ${fault}`));
  }
  return found;
}

describe.each([
  ["en-US", /^Rehearse/],
  ["zh-CN", /^(再)?演练/u],
])("the pane in %s", (language, rehearse) => {
  let stage: Stage;
  let pane: Frame;

  beforeAll(async () => {
    stage = await openStage(browser, product.url, { language, locale: language });
    pane = await stage.pane();
    const frame = await stage.page.$("iframe");
    await frame?.evaluate((element: HTMLElement, width) => {
      Object.assign(element.style, { width: `${width}px`, minWidth: "0", maxWidth: "none" });
    }, PANE_PX);
    await pane.waitForSelector("#tab-watch", { timeout: 60_000 });
  }, 120_000);
  afterAll(() => stage?.close());

  test("has nothing serious on any screen between streams", async () => {
    const found: string[] = [];
    for (const name of ["watch", "plan", "stock", "channels", "import", "more"]) {
      await pane.click(`#tab-${name}`);
      await pane.waitForSelector(`#screen-${name} :is(section, button)`, { timeout: 30_000 });
      found.push(...(await look(stage, pane, name)));
    }
    expect(found).toEqual([]);
  }, 180_000);

  test("has nothing serious while a stream runs, when stock ends, and after it", async () => {
    await pane.click("#tab-watch");
    const button = pane.getByRole("button", { name: rehearse });
    await pane.locator('#screen-watch input[type="radio"]').nth(FASTEST).click({ force: true });
    await eventually("the button can be pressed", async () => {
      return (await button.getAttribute("aria-disabled")) !== "true";
    });
    await button.click();
    await pane.waitForSelector('#screen-watch [role="progressbar"]', { timeout: 90_000 });
    const found = await look(stage, pane, "running");
    await pane.waitForSelector('#screen-watch input[type="checkbox"]', { timeout: 120_000 });
    found.push(...(await look(stage, pane, "run-book")));
    await eventually(
      "the review",
      () => pane.getByRole("button", { name: rehearse }).isVisible(),
      180_000,
    );
    found.push(...(await look(stage, pane, "ended")));
    expect(found).toEqual([]);
    expect(stage.errors).toEqual([]);
  }, 400_000);
});
