/**
 * Two thousand live cells and a burst of orders, through the add-in as it ships and the real functions
 * runtime of Office.js: in the end every cell shows the ledger's number. How fast, and at what cost,
 * is printed here and judged by `npm run bench -- --only cells`.
 */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Browser } from "playwright-core";
import { buildShipped, playBare } from "../bench/fixtures/cells-play";
import { FUNCTIONS_ALONE, serveCells, type CellsServer } from "../bench/fixtures/cells-server";
import { launchBrowser } from "../support/browser";

let server: CellsServer;
let browser: Browser;

beforeAll(async () => {
  buildShipped();
  [server, browser] = await Promise.all([serveCells(2000), launchBrowser()]);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test("2,000 live cells end with the ledger's numbers after a burst of 50 orders a second", async () => {
  const played = await playBare(browser, server, { perSecond: 50, seconds: 5 }, FUNCTIONS_ALONE);
  const slowest = Math.max(...played.latencies);
  process.stdout.write(
    `cells: slowest order in its cell after ${slowest} ms; tasks over 50 ms in the add-in: ` +
      `${played.longInAddin.join(", ") || "none"}\n`,
  );
  expect(played.orders).toBe(250);
  expect(played.wrong).toBe(0);
  expect(slowest).toBeLessThan(Number.POSITIVE_INFINITY);
}, 240_000);
