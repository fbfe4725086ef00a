/**
 * What a seller does by hand, through the real page and by keyboard alone: every screen is walked with
 * Tab, channels are stopped and let go, units moved, constants set and reset, stock counted and
 * undone, in English and in Chinese.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Browser, Frame } from "playwright-core";
import type { Truth } from "../../src/channels/rehearsal-contract";
import { handMessagesOf } from "../../src/locale/pane-locale";
import { messagesOf } from "../../src/locale/locale";
import { launchBrowser } from "../support/browser";
import { startProduct, type Product } from "../support/product";
import { askCompanion, eventually, openStage, type Stage } from "../support/stage";

const FEATURED = "OR-82484";
const screens = ["watch", "plan", "stock", "channels", "import", "more"] as const;
const TABS_MAX = 250;
/** 3 hours in 90 seconds. */
const SPEED = 2;

let product: Product;
let browser: Browser;
let stage: Stage;
let pane: Frame;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  stage = await openStage(browser, product.url);
  pane = await stage.pane();
  await pane.waitForSelector("#tab-watch", { timeout: 60_000 });
}, 240_000);
afterAll(async () => {
  await stage?.close();
  await browser?.close();
  await product?.stop();
});

const press = (key: string) => stage.page.keyboard.press(key);

/** From where the focus is, to the next control whose name holds `name`. */
async function tabTo(name: string): Promise<void> {
  for (let at = 0; at < TABS_MAX; at += 1) {
    await press("Tab");
    const found = await pane.evaluate((wanted) => {
      const element = document.activeElement;
      if (element === null || element === document.body) return false;
      const labels = [...((element as HTMLInputElement).labels ?? [])];
      const named = [
        element.getAttribute("aria-label") ?? "",
        ...labels.map((label) => label.textContent),
        element.matches("button, summary, a") ? element.textContent : "",
      ];
      return named.some((text) => text.includes(wanted));
    }, name);
    if (found) return;
  }
  throw new Error(`no way to “${name}” by Tab`);
}

const chosenTab = () =>
  pane.evaluate(() => document.querySelector('[role="tab"][aria-selected="true"]')?.id ?? "");

/** The screen's tab by arrow keys alone; the focus stays on it. */
async function goTo(screen: (typeof screens)[number]): Promise<void> {
  // A key pressed while a busy machine still draws may be lost: a person looks, and presses again.
  for (let turn = 0; turn < 3; turn += 1) {
    const chosen = await chosenTab();
    await pane.focus(`#${chosen}`);
    const steps = screens.indexOf(screen) - screens.findIndex((name) => chosen === `tab-${name}`);
    for (let at = 0; at < Math.abs(steps); at += 1) {
      await press(steps > 0 ? "ArrowRight" : "ArrowLeft");
    }
    await press("Enter");
    if ((await chosenTab()) === `tab-${screen}`) break;
  }
  await pane.waitForSelector(`#screen-${screen} :is(section, button)`, { timeout: 30_000 });
}

/** Names of controls on the page that Tab did not come to. */
async function unreached(): Promise<string[]> {
  await pane.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, summary, [tabindex="0"]',
    );
    let mark = 0;
    for (const element of all) {
      delete element.dataset["mark"];
      const { tabIndex } = element;
      const isOff = (element as HTMLButtonElement).disabled === true || tabIndex < 0;
      const isOtherRadio = element.matches('input[type="radio"]:not(:checked)');
      // Arrow keys go from one tab to the next, as goTo does.
      const isOtherTab = element.matches('[role="tab"]:not([aria-selected="true"])');
      const isFile = element.matches('input[type="file"], [data-tabster-dummy], i');
      if (isOff || isOtherRadio || isOtherTab || isFile || !element.checkVisibility()) continue;
      mark += 1;
      element.dataset["mark"] = String(mark);
    }
    document.querySelector<HTMLElement>("header button")?.focus();
    (globalThis as { seen?: Set<string> }).seen = new Set();
  });
  for (let at = 0; at < TABS_MAX; at += 1) {
    const inside = await pane.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      const mark = element?.dataset["mark"];
      if (mark !== undefined) (globalThis as { seen?: Set<string> }).seen?.add(mark);
      return element !== null && element !== document.body;
    });
    if (!inside && at > 0) break;
    await press("Tab");
  }
  return pane.evaluate(() => {
    const { seen } = globalThis as { seen?: Set<string> };
    const missed = [...document.querySelectorAll<HTMLElement>("[data-mark]")].filter(
      (element) => seen?.has(element.dataset["mark"] ?? "") !== true,
    );
    return missed.map((element) => `${element.tagName} ${element.outerHTML.slice(0, 120)}`);
  });
}

const truth = () => askCompanion<Truth>(pane, "/api/rehearsal/truth");

async function listed(channel: "ebay" | "shopify"): Promise<number> {
  const item = (await truth()).items.find(({ sku }) => sku === FEATURED);
  return item?.listed[channel] ?? -1;
}

async function speak(locale: "en" | "zh-CN"): Promise<void> {
  await pane.evaluate((wanted) => {
    const radios = [...document.querySelectorAll<HTMLInputElement>('header input[type="radio"]')];
    radios[wanted === "en" ? 0 : 1]?.click();
  }, locale);
  await eventually("the language", () =>
    pane.evaluate((wanted) => document.documentElement.lang === wanted, locale),
  );
}

const shows = (text: string) =>
  eventually(text, () => pane.getByText(text).first().isVisible(), 20_000);

describe.each(["en", "zh-CN"] as const)("by keyboard alone, in %s", (locale) => {
  const hand = handMessagesOf(locale);

  beforeAll(() => speak(locale));

  test("every control of every screen is reached, and the focus leaves again", async () => {
    const missed: string[] = [];
    for (const screen of screens) {
      await goTo(screen);
      missed.push(...(await unreached()).map((name) => `${screen}: ${name}`));
    }
    expect(missed).toEqual([]);
  }, 120_000);

  test("a constant is set, refused where it must be, and reset", async () => {
    await goTo("more");
    await tabTo(hand.constantGroup.alerts);
    await press("Enter");
    await tabTo(hand.constant.yellow);
    await stage.page.keyboard.type("9999999");
    await shows(hand.constantBad("0", "100000"));
    await press("Control+a");
    await stage.page.keyboard.type("120");
    await press("Enter");
    await shows(hand.constantsChanged(1));
    await shows(hand.constantSaved(hand.constant.yellow, "120"));
    await tabTo(hand.resetAll);
    await press("Enter");
    await press("Shift+Tab");
    await press("Enter");
    await eventually("all as the method has them", () =>
      pane.getByText(hand.constantsChanged(0)).first().isVisible(),
    );
  }, 60_000);

  test("a SKU is found, counted, undone, and its history tells of it", async () => {
    await goTo("stock");
    await tabTo(hand.skuOpen(FEATURED));
    await press("Enter");
    await tabTo(hand.countField);
    await stage.page.keyboard.type("300");
    await press("Enter");
    await shows(hand.countDone(300, 300 - 338));
    await tabTo(hand.undo);
    await press("Enter");
    await shows(hand.undone);
    const history = pane.getByRole("region", { name: hand.historyTitle });
    await eventually("the way back", () =>
      history.getByText(hand.historyKind.reverse).first().isVisible(),
    );
    await eventually("338 again", () => pane.getByText("338").first().isVisible());
    await pane.getByRole("button", { name: hand.skuBack }).press("Enter");
  }, 60_000);
});

describe("while a stream runs", () => {
  test("a channel is stopped and let go, units are moved, and who waits is noted", async () => {
    const hand = handMessagesOf("zh-CN");
    const words = messagesOf("zh-CN");
    await goTo("watch");
    await pane.locator('#screen-watch input[type="radio"]').nth(SPEED).focus();
    await press("Space");
    await tabTo(words.rehearse);
    await press("Enter");
    await pane.waitForSelector('#screen-watch [role="progressbar"]', { timeout: 90_000 });
    const { ebay } = words.channel;
    await pane.getByRole("button", { name: hand.hold(ebay) }).press("Enter");
    await shows(hand.heldNow([ebay]).title);
    await eventually("eBay shows 0", async () => (await listed("ebay")) === 0, 20_000);
    expect(await listed("shopify")).toBeGreaterThan(0);
    await pane
      .getByRole("button", { name: hand.letGo(ebay) })
      .first()
      .press("Enter");
    await eventually("eBay sells", async () => (await listed("ebay")) > 0, 20_000);
    await pane.getByRole("button", { name: hand.shareGrow }).press("Enter");
    await eventually("more for the stream", () =>
      pane
        .getByText(/已多预留 \d+ 件/u)
        .first()
        .isVisible(),
    );
    await pane.getByRole("button", { name: hand.undo, exact: true }).press("Enter");
    await pane.getByRole("button", { name: hand.mute }).press("Enter");
    await pane.getByRole("button", { name: hand.unmute }).waitFor();
    const name = pane.getByLabel(hand.waitName);
    await name.waitFor({ timeout: 120_000 });
    await name.fill("@mia");
    await name.press("Enter");
    await pane.getByRole("button", { name: hand.waitRemove("@mia") }).waitFor();
    await eventually(
      "the review",
      () => pane.getByRole("button", { name: words.rehearseAgain }).isVisible(),
      180_000,
    );
    for (const item of (await truth()).items) expect(item.oversold).toBe(0);
    expect(stage.errors).toEqual([]);
  }, 400_000);
});
