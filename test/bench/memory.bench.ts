/**
 * Three hours of stream in three minutes, as a seller plays them: workbook and pane open, live cells and
 * the Live sheet following, the engine in its worker. Reads the heaps of page and worker after a full
 * collection, from the first half minute to the last order. Fails on no figure.
 */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Browser } from "playwright-core";
import type { Truth } from "../../src/channels/rehearsal-contract";
import { launchBrowser } from "../support/browser";
import { startProduct, type Product } from "../support/product";
import { askCompanion, eventually, openStage } from "../support/stage";
import { HeapProbe } from "./fixtures/heap-probe";
import { addToReport, rounded, type Figure } from "./report";

const STREAM_MS = 180_000;
const WARM_MS = 30_000;
const READ_EVERY_MS = 10_000;
/** Kept for every order, for good: the ledger's own memory. What is over it would be a leak. */
const FLAT = 1.1;

let product: Product;
let browser: Browser;
const figures: Figure[] = [];

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  addToReport(figures);
});

type Heap = Awaited<ReturnType<HeapProbe["read"]>>;

function tell(which: keyof Heap, heaps: readonly Heap[], orders: number): void {
  const mb = heaps.map((heap) => heap[which] / 1e6);
  const third = Math.max(1, Math.floor(mb.length / 3));
  const mean = (list: readonly number[]) => list.reduce((sum, n) => sum + n, 0) / list.length;
  const value = rounded(mean(mb.slice(-third)) / mean(mb.slice(0, third)));
  figures.push({
    name: `three hours of stream: heap of the ${which}, last third against first`,
    ...{ value, unit: "times", goal: `<= ${FLAT}`, met: value <= FLAT },
    from: { startMb: rounded(mb[0] ?? 0), endMb: rounded(mb.at(-1) ?? 0), orders },
  });
}

test(
  "three hours of stream at speed leave memory flat",
  async () => {
    const stage = await openStage(browser, product.url);
    const pane = await stage.pane();
    await pane.getByRole("radio", { name: /3 min$/ }).click();
    const button = pane.getByRole("button", { name: /^Rehearse/ });
    await eventually("the button can be pressed", () => button.isEnabled());
    await button.click();
    const truth = () => askCompanion<Truth>(pane, "/api/rehearsal/truth");
    await eventually("the stream runs", async () => (await truth()).orders > 0, 60_000);
    const ends = Date.now() + STREAM_MS;
    const probe = await HeapProbe.open(browser, stage.page);
    await stage.page.waitForTimeout(WARM_MS);
    const heaps: Heap[] = [];
    while (Date.now() < ends - READ_EVERY_MS) {
      heaps.push(await probe.read());
      await stage.page.waitForTimeout(READ_EVERY_MS);
    }
    const { orders } = await truth();
    expect(orders).toBeGreaterThan(0);
    for (const which of ["page", "worker"] as const) tell(which, heaps, orders);
  },
  STREAM_MS + 240_000,
);
