/** Measures, and writes its figures where `run.mjs` looks for them. Fails on no figure. */
import { afterAll, expect, test } from "@jest/globals";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cpus, loadavg } from "node:os";
import { launchBrowser } from "../support/browser";
import { bundle } from "../support/bundle";
import { addToReport, rounded, type Figure } from "./report";

const large = process.env["STREAMSTOCK_BENCH_QUICK"] === "1" ? 100_000 : 1_000_000;
const figures: Figure[] = [];
const loadBefore = rounded(loadavg()[0] ?? 0);
let browserVersion = "";

afterAll(() => {
  addToReport(figures, {
    node: process.version,
    browser: browserVersion,
    cpus: cpus().length,
    // Of the last minute, before and after: what else ran tells how far to trust the figures.
    load: [loadBefore, rounded(loadavg()[0] ?? 0)],
  });
});

const ofParts = (from: Record<string, number> | undefined) =>
  from === undefined
    ? {}
    : { from: Object.fromEntries(Object.entries(from).map(([key, n]) => [key, rounded(n)])) };

function atMost(
  name: string,
  value: number,
  goal: number,
  unit: string,
  from?: Record<string, number>,
): void {
  const met = value <= goal;
  figures.push({ name, value: rounded(value), unit, goal: `<= ${goal}`, met, ...ofParts(from) });
}

function atLeast(
  name: string,
  perSecond: number,
  goal: number,
  from?: Record<string, number>,
): void {
  const unit = "entries/s";
  const [value, met] = [rounded(perSecond), perSecond >= goal];
  figures.push({ name, value, unit, goal: `>= ${goal}`, met, ...ofParts(from) });
}

/** Runs a worker in a browser of its own and answers what it measured. */
async function inBrowser(fixture: string, order: unknown): Promise<Record<string, number>> {
  const script = await bundle(fixture);
  const server = createServer((request, response) => {
    const isScript = request.url === "/worker.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : "<title>bench</title>");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const browser = await launchBrowser();
  try {
    browserVersion = browser.version();
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return await page.evaluate(
      (message) =>
        new Promise<Record<string, number>>((done, fail) => {
          const worker = new Worker("/worker.js");
          worker.onmessage = (event) => {
            if ("failed" in event.data) fail(new Error(event.data.failed));
            else done(event.data);
          };
          worker.onerror = (event) => fail(new Error(event.message));
          worker.postMessage(message);
        }),
      order,
    );
  } finally {
    await browser.close();
    server.close();
  }
}

test("the ledger against bare IndexedDB", async () => {
  const ms = await inBrowser("test/bench/fixtures/ledger-worker.ts", { large });
  const { raw100 = 0, ours100 = 0, raw1 = 0, ours1 = 0 } = ms;
  const { startMs = 0, small = 0, grown = 0 } = ms;
  const times = "times raw";
  atMost("append of 100 entries", ours100 / raw100, 0.6, times, { raw100, ours100 });
  atMost("one durable entry", ours1 / raw1, 1.5, times, { raw1, ours1 });
  atMost("start with 100,000 entries from a snapshot", startMs, 300, "ms");
  const name = `append at ${large.toLocaleString("en")} entries`;
  atMost(name, grown / small, 1.2, "times the append at 10,000", { small, grown });
  expect(ours100).toBeGreaterThan(0);
}, 900_000);

test("the stock core", async () => {
  const told = await inBrowser("test/bench/fixtures/stock-worker.ts", { orders: 40_000 });
  const { perSecond = 0, linesPerSecond = 0, countsPerSecond = 0, readUs = 0, ...day } = told;
  atMost("reading what can be sold", readUs, 5, "us");
  // The mix in entries of 1,000, and what finding the orders' lines by name comes to alone.
  atLeast("fold of a day of streams", perSecond, 3_000_000, { ...day, linesPerSecond });
  atLeast("fold of counts alone", countsPerSecond, 3_000_000);
  expect(perSecond).toBeGreaterThan(0);
}, 300_000);
