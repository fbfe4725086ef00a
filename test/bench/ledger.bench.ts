/** Measures, and writes its figures where `run.mjs` looks for them. Fails on no figure. */
import { afterAll, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { launchBrowser } from "../support/browser";
import { bundle } from "../support/bundle";

interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string;
  readonly met: boolean;
  /** What the value was worked out from. */
  readonly from?: Record<string, number>;
}

const large = process.env["STREAMSTOCK_BENCH_QUICK"] === "1" ? 100_000 : 1_000_000;
const figures: Figure[] = [];
let browserVersion = "";
let server: Server | null = null;

afterAll(() => {
  server?.close();
  const report = {
    node: process.version,
    browser: browserVersion,
    cpus: cpus().length,
    figures,
  };
  const path = process.env["STREAMSTOCK_BENCH"];
  if (path === undefined) process.stderr.write(`${JSON.stringify(report, null, 2)}\n`);
  else writeFileSync(path, JSON.stringify(report));
});

const rounded = (value: number) => Number(value.toPrecision(3));

function atMost(
  name: string,
  value: number,
  goal: number,
  unit: string,
  from?: Record<string, number>,
): void {
  const met = value <= goal;
  const parts = from && Object.entries(from).map(([key, n]) => [key, rounded(n)] as const);
  figures.push({
    name,
    value: rounded(value),
    unit,
    goal: `<= ${goal}`,
    met,
    ...(parts ? { from: Object.fromEntries(parts) } : {}),
  });
}

async function inBrowser(): Promise<Record<string, number>> {
  const script = await bundle("test/bench/fixtures/ledger-worker.ts");
  server = createServer((request, response) => {
    const isScript = request.url === "/worker.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : "<title>bench</title>");
  });
  await new Promise<void>((done) => server?.listen(0, "127.0.0.1", done));
  const browser = await launchBrowser();
  try {
    browserVersion = browser.version();
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return await page.evaluate(
      (most) =>
        new Promise<Record<string, number>>((done, fail) => {
          const worker = new Worker("/worker.js");
          worker.onmessage = (event) => {
            if ("failed" in event.data) fail(new Error(event.data.failed));
            else done(event.data);
          };
          worker.onerror = (event) => fail(new Error(event.message));
          worker.postMessage({ large: most });
        }),
      large,
    );
  } finally {
    await browser.close();
  }
}

test("the ledger against bare IndexedDB", async () => {
  const ms = await inBrowser();
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
  const folder = mkdtempSync(join(tmpdir(), "streamstock-bench-"));
  try {
    const path = join(folder, "stock.cjs");
    writeFileSync(path, await bundle("test/bench/fixtures/stock.ts", "node20"));
    const told = execFileSync(process.execPath, [path], { encoding: "utf8" });
    const { foldPerSecond, readUs } = JSON.parse(told);
    atMost("reading what can be sold", readUs, 5, "us");
    figures.push({
      name: "fold",
      value: Math.round(foldPerSecond),
      unit: "entries/s",
      goal: ">= 3000000",
      met: foldPerSecond >= 3_000_000,
    });
    expect(foldPerSecond).toBeGreaterThan(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
