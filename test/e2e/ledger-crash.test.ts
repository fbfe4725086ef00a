/**
 * A browser that is killed loses nothing that was acknowledged. Six rounds by default;
 * STREAMSTOCK_KILLS sets another number.
 */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mulberry32 } from "../../src/base/prng";
import { launchMortal, type MortalBrowser } from "../support/browser";
import { bundle } from "../support/bundle";

const KILLS = Number(process.env["STREAMSTOCK_KILLS"] ?? 6);
const START_WITHIN_MS = 30_000;

type Row = [seq: number, key: string];

let server: Server;
let url: string;
let profile: string;
let browser: MortalBrowser | null = null;
const acknowledged: Row[] = [];
let onFound: (rows: Row[]) => void = () => undefined;
let failed: string | null = null;

beforeAll(async () => {
  const script = await bundle("test/e2e/fixtures/ledger-writer.ts");
  server = createServer((request, response) => {
    if (request.method === "GET") {
      const isScript = request.url === "/writer.js";
      response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
      response.end(isScript ? script : '<script>new Worker("/writer.js")</script>');
      return;
    }
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const told = JSON.parse(body);
      if (request.url === "/acknowledged") acknowledged.push(...told);
      else if (request.url === "/found") onFound(told);
      else failed = told;
      response.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  profile = mkdtempSync(join(tmpdir(), "streamstock-crash-"));
}, 120_000);

afterAll(async () => {
  await browser?.kill();
  server?.closeAllConnections();
  server?.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

/** Starts the browser; what the writer found before it went on. */
async function start(): Promise<Row[]> {
  const found = new Promise<Row[]>((done, fail) => {
    const late = setTimeout(() => fail(new Error(`no report: ${failed}`)), START_WITHIN_MS);
    onFound = (rows) => {
      clearTimeout(late);
      done(rows);
    };
  });
  browser = launchMortal(profile, url);
  return found;
}

async function kill(): Promise<void> {
  await browser?.kill();
  browser = null;
  // Its last words may still be on the way.
  await new Promise((done) => setTimeout(done, 50));
}

test(
  `${KILLS} kills in the middle of writing lose no acknowledged entry`,
  async () => {
    const prng = mulberry32(11);
    for (let round = 0; round <= KILLS; round += 1) {
      const found = await start();
      expect(failed).toBeNull();
      // Numbered without gaps, each key at its number, and nothing acknowledged is missing.
      expect(found).toEqual(found.map((_, index) => [index + 1, `e${index + 1}`]));
      expect(found.slice(0, acknowledged.length)).toEqual(acknowledged);
      // What was on disk and not told before the kill is told now.
      acknowledged.push(...found.slice(acknowledged.length));
      const before = acknowledged.length;
      await new Promise((done) => setTimeout(done, 100 + prng.next() * 900));
      await kill();
      if (round < KILLS) expect(acknowledged.length).toBeGreaterThan(before);
    }
    process.stderr.write(`${KILLS} kills, ${acknowledged.length} entries acknowledged, 0 lost\n`);
  },
  60_000 + KILLS * 15_000,
);
