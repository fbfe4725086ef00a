/** The README's pictures, taken from the product itself. */
import { test } from "@jest/globals";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { launchBrowser } from "../support/browser";
import { startProduct } from "../support/product";
import { eventually, openStage } from "../support/stage";

const folder = resolve(__dirname, "..", "..", "assets", "pictures");

test("the rehearsal, while the alert is orange", async () => {
  mkdirSync(folder, { recursive: true });
  const [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  try {
    const stage = await openStage(browser, product.url);
    const pane = await stage.pane();
    await pane.getByRole("radio", { name: /90/ }).click();
    const button = pane.getByRole("button", { name: /^Rehearse/ });
    await eventually("the button can be pressed", () => button.isEnabled());
    await button.click();
    await eventually(
      "orange",
      async () => {
        const rows = await stage.read("Live!A8:I20");
        return rows.flat().some((cell) => cell.text.startsWith("Orange"));
      },
      150_000,
    );
    await stage.page.screenshot({ path: join(folder, "rehearsal.png") });
    await stage.page.evaluate(() =>
      (
        window as unknown as { workbench: { activate(s: string): Promise<void> } }
      ).workbench.activate("Plan"),
    );
    await eventually(
      "the review",
      () => pane.getByRole("button", { name: /Rehearse again/ }).isVisible(),
      120_000,
    );
    await stage.page.screenshot({ path: join(folder, "plan-and-review.png") });
  } finally {
    await browser.close();
    await product.stop();
  }
}, 400_000);
