/** The README's pictures, taken from the product itself. */
import { test } from "@jest/globals";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { launchBrowser } from "../support/browser";
import { startProduct } from "../support/product";
import { eventually, openStage, type Stage } from "../support/stage";

const folder = resolve(__dirname, "..", "..", "assets", "pictures");
/** Drawn a moment after the cells are written. */
const SETTLE_MS = 1500;

async function activate(stage: Stage, sheet: string): Promise<void> {
  await stage.page.evaluate(
    (name) =>
      (
        window as unknown as { workbench: { activate(s: string): Promise<void> } }
      ).workbench.activate(name),
    sheet,
  );
  await stage.page.waitForTimeout(SETTLE_MS);
}

async function fillStreams(stage: Stage, sheet: string): Promise<void> {
  const day = (days: number) => {
    const at = new Date(Date.now() + days * 24 * 60 * 60_000);
    const two = (n: number) => String(n).padStart(2, "0");
    return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} 19:00`;
  };
  const rows = [
    [day(12), "Mia Chen", "80000", "OR-82484"],
    [day(4), "Jo Park", "42000", "OR-23243"],
    [day(2), "Lin Wei", "12000", "OR-21733"],
  ];
  for (const [r, row] of rows.entries()) {
    for (const [c, text] of row.entries()) {
      await stage.setFormula(`${sheet}!${String.fromCharCode(65 + c)}${5 + r}`, text);
    }
  }
  const deadline = async () => (await stage.cell(`${sheet}!G7`)).text !== "";
  await eventually("the deadlines", deadline, 60_000);
  await stage.page.waitForTimeout(5000);
}

interface Words {
  readonly language: string;
  readonly suffix: string;
  readonly rehearse: RegExp;
  readonly again: RegExp;
  readonly alert: RegExp;
  readonly streams: string;
  readonly review: string;
}

const languages: readonly Words[] = [
  {
    ...{ language: "en-US", suffix: "", rehearse: /^Rehearse/, again: /Rehearse again/ },
    // How far a stream goes is chance: the strongest alert that shows is worth a picture.
    ...{ alert: /^(Yellow|Orange|Red)/, streams: "Streams", review: "Review" },
  },
  {
    ...{ language: "zh-CN", suffix: ".zh-CN", rehearse: /^演练/, again: /再演练/ },
    ...{ alert: /^(黄|橙|红)/, streams: "直播安排", review: "直播复盘" },
  },
];

test.each(languages)(
  "the sheets of a rehearsal, $language",
  async (words) => {
    mkdirSync(folder, { recursive: true });
    const [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
    const shot = async (stage: Stage, name: string) => {
      // A click on a button further down leaves the pane there.
      await (
        await stage.pane()
      ).evaluate(() => {
        for (const element of document.querySelectorAll("*")) element.scrollTop = 0;
      });
      await stage.page.screenshot({ path: join(folder, `${name}${words.suffix}.png`) });
    };
    try {
      const stage = await openStage(browser, product.url, { language: words.language });
      const pane = await stage.pane();
      await activate(stage, words.streams);
      await fillStreams(stage, words.streams);
      await shot(stage, "streams");
      await activate(stage, "Live");
      await pane.getByRole("radio", { name: /90/ }).click();
      const button = pane.getByRole("button", { name: words.rehearse });
      await eventually("the button can be pressed", () => button.isEnabled(), 60_000);
      await button.click();
      const again = pane.getByRole("button", { name: words.again });
      let isTaken = false;
      await eventually(
        "the end of the stream",
        async () => {
          const rows = await stage.read("Live!A8:L20");
          const isAlert = rows.flat().some((cell) => words.alert.test(cell.text));
          if (isAlert && !isTaken) {
            isTaken = true;
            await shot(stage, "rehearsal");
          }
          return again.isVisible();
        },
        240_000,
      );
      await activate(stage, "Plan");
      await shot(stage, "plan-and-review");
      await activate(stage, words.review);
      await eventually("the chart", () => stage.page.locator(".chart svg").isVisible(), 60_000);
      await stage.page.waitForTimeout(SETTLE_MS);
      await shot(stage, "review");
    } finally {
      await browser.close();
      await product.stop();
    }
  },
  600_000,
);
