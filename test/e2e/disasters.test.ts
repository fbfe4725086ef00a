/** What goes wrong in the middle of a stream: the companion dies, the pane is reloaded. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Browser, Frame } from "playwright-core";
import type { Truth } from "../../src/channels/rehearsal-contract";
import { launchBrowser } from "../support/browser";
import { startProduct, type Product } from "../support/product";
import { askCompanion, eventually, openStage, type Stage } from "../support/stage";

let product: Product;
let browser: Browser;
let stage: Stage;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  stage = await openStage(browser, product.url);
}, 240_000);
afterAll(async () => {
  await stage?.close();
  await browser?.close();
  await product?.stop();
});

async function sellableNow(): Promise<number | null> {
  const { value } = await stage.cell("Live!B5");
  return typeof value === "number" ? value : null;
}

const banner = (pane: Frame) => pane.getByRole("alert").filter({ hasText: /companion/i });

describe("in the middle of a stream", () => {
  test("a killed companion shows a clear banner, and the run goes on when it is back", async () => {
    const pane = await stage.pane();
    await pane.getByRole("radio", { name: /3 min/ }).click();
    const button = pane.getByRole("button", { name: /^Rehearse/ });
    await eventually("the button can be pressed", () => button.isEnabled());
    await button.click();
    await eventually("sales", async () => ((await sellableNow()) ?? 999) < 320, 60_000);
    await product.killCompanion();
    await eventually("the banner", () => banner(pane).first().isVisible(), 15_000);
    const before = (await sellableNow()) ?? 999;
    await eventually(
      "sales again",
      async () => ((await sellableNow()) ?? 999) < before - 10,
      60_000,
    );
    await eventually(
      "no banner",
      async () => (await pane.getByText(/is not answering/i).count()) === 0,
    );
  }, 180_000);

  test("a companion that hangs for longer than its lease costs nothing but time", async () => {
    const pane = await stage.pane();
    const before = (await stage.read("Live!A8:I20")).map((row) => row.map((cell) => cell.text));
    process.kill(product.companionPid(), "SIGSTOP");
    await eventually("the banner", () => banner(pane).first().isVisible(), 20_000);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    // What was known stays on the sheet, with the time it was read; it does not turn to zeros.
    const during = (await stage.read("Live!A8:I20")).map((row) => row.map((cell) => cell.text));
    const onHand = (rows: string[][]) => rows.find((row) => row[0] === "OR-82484")?.[1];
    expect(onHand(during)).toBe(onHand(before));
    process.kill(product.companionPid(), "SIGCONT");
    await eventually("numbers again", async () => (await sellableNow()) !== null, 30_000);
    await eventually(
      "no banner",
      async () => (await pane.getByText(/is not answering/i).count()) === 0,
    );
  }, 120_000);

  test("a reloaded pane loses nothing and books nothing twice", async () => {
    const before = await sellableNow();
    await (await stage.pane()).evaluate(() => location.reload());
    await eventually(
      "the pane is back and live",
      async () => {
        const now = await sellableNow();
        return now !== null && now < (before ?? 999) - 5;
      },
      60_000,
    );
    const pane = await stage.pane();
    // Ended by hand, as a seller would who has seen enough.
    await pane.getByRole("button", { name: "End the rehearsal" }).click();
    await eventually(
      "the review",
      () => pane.getByRole("button", { name: /Rehearse again/ }).isVisible(),
      240_000,
    );
    await eventually(
      "ledger and shop agree",
      async () => {
        const truth = await askCompanion<Truth>(pane, "/api/rehearsal/truth");
        const rows = await stage.read("Live!A8:I20");
        const head = rows.find((row) => row[0]?.text === "SKU")?.map((cell) => cell.text) ?? [];
        const committed = head.indexOf("Committed");
        return truth.items.every((item) => {
          const row = rows.find((candidate) => candidate[0]?.text === item.sku);
          const units = Object.values(item.committed).reduce((sum, n) => sum + n, 0);
          return item.oversold === 0 && row?.[committed]?.value === units;
        });
      },
      45_000,
    );
    // The journal holds every entry, each once, without a gap.
    const { run } = await askCompanion<{ run: string }>(pane, "/api/rehearsal");
    const journal = await askCompanion<{
      headSeq: number;
      records: { seq: number; json: string }[];
    }>(pane, `/api/journal/rehearsal-${run}?after=0&limit=5000`);
    expect(journal.records.map((r) => r.seq)).toEqual(
      Array.from({ length: journal.headSeq }, (_, index) => index + 1),
    );
    const keys = journal.records.map((r) => (JSON.parse(r.json) as { key: string }).key);
    expect(new Set(keys).size).toBe(keys.length);
  }, 300_000);
});
