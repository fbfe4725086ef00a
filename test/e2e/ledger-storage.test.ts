/** Quota and other tabs, in a real browser: what the ledger says and keeps. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { launchOnDisk } from "../support/browser";
import { bundle } from "../support/bundle";

let server: Server;
let origin: string;
let profile: string;
let context: BrowserContext;

beforeAll(async () => {
  const script = await bundle("test/e2e/fixtures/ledger-page.ts");
  server = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    const blank = request.url === "/blank" ? "" : '<script src="/page.js"></script>';
    response.end(isScript ? script : `<title>ledger</title>${blank}`);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 120_000);
afterAll(() => {
  server?.closeAllConnections();
  server?.close();
});
beforeEach(async () => {
  profile = mkdtempSync(join(tmpdir(), "streamstock-storage-"));
  context = await launchOnDisk(profile);
}, 60_000);
afterEach(async () => {
  await context?.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

async function open(path = "/"): Promise<Page> {
  const page = await context.newPage();
  await page.goto(origin + path);
  return page;
}

const append = (page: Page, keys: string[], characters = 0) =>
  page.evaluate(([k, n]) => window.ledgerPage.append(k, n), [keys, characters] as const);
const keysOf = (page: Page) => page.evaluate(() => window.ledgerPage.keys());
const refused = (code: string) => ({ ok: false, error: { code } });

/** Opens the database as another version of the code would, and keeps it open. */
const holdVersion = (page: Page, version: number) =>
  page.evaluate(
    (native) =>
      new Promise<string>((done) => {
        const request = indexedDB.open("streamstock-rehearsal-page", native);
        request.onupgradeneeded = () => {
          if (request.result.objectStoreNames.length > 0) return;
          const store = request.result.createObjectStore("entries", { keyPath: "seq" });
          store.createIndex("key", "key", { unique: true });
          request.result.createObjectStore("cursors", { keyPath: "channel" });
        };
        request.onblocked = () => done("blocked");
        request.onsuccess = () => {
          (window as unknown as { held: IDBDatabase }).held = request.result;
          done("open");
        };
      }),
    version,
  );
const letGo = (page: Page) =>
  page.evaluate(() => (window as unknown as { held: IDBDatabase }).held.close());

describe("a ledger in a browser", () => {
  test("that has no quota left keeps nothing of the call, and goes on when there is room", async () => {
    const page = await open();
    const cdp = await context.newCDPSession(page);
    // Before the first write: Chromium remembers for half a minute how much room it saw.
    // Enough for the page of log that a session begins with (src/ledger/fresh-log.ts): a page cannot
    // see this limit in `storage.estimate()`, which tells every site of 10 GB.
    await cdp.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 25_000_000 });
    expect(await append(page, ["a"])).toMatchObject({ ok: true });
    const kept = ["a"];
    for (let call = 0; ; call += 1) {
      // Each call is about a megabyte; what fits is kept, and the first that does not is refused.
      expect(call).toBeLessThan(40);
      const keys = Array.from({ length: 300 }, (_, n) => `b${call}/${n}`);
      const booked = await append(page, keys, 3000);
      if (booked.ok) kept.push(...keys);
      else {
        expect(booked).toMatchObject(refused("full"));
        break;
      }
    }
    const snapshot = await page.evaluate(() => window.ledgerPage.keepSnapshot(1, 30_000_000));
    expect(snapshot).toMatchObject(refused("full"));
    expect(await keysOf(page)).toEqual(kept);
    const cursors = await page.evaluate(() => window.ledgerPage.cursors());
    expect(cursors).toEqual({ ok: true, value: { tiktok: kept.at(-1) } });
    await cdp.send("Storage.overrideQuotaForOrigin", { origin });
    expect(await append(page, ["a", "c"])).toMatchObject({
      ok: true,
      value: [{ seq: kept.length + 1, key: "c" }],
    });
    await page.reload();
    expect(await keysOf(page)).toEqual([...kept, "c"]);
  }, 60_000);

  test("that has no room for a page of log to begin with gives back what it took", async () => {
    const page = await open();
    const cdp = await context.newCDPSession(page);
    await cdp.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 8_000_000 });
    // Whether the entry itself fits depends on when the browser tidies up what was given back.
    await append(page, ["a"]);
    const names = () =>
      page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    const deadline = Date.now() + 30_000;
    while ((await names()).includes("streamstock-log") && Date.now() < deadline) {
      await page.waitForTimeout(200);
    }
    expect(await names()).toEqual(["streamstock-rehearsal-page"]);
  }, 60_000);

  test("waits for a tab with an older version, says so, and goes on when it is closed", async () => {
    const old = await open("/blank");
    expect(await holdVersion(old, 10)).toBe("open");
    const page = await open();
    expect(await append(page, ["a"])).toMatchObject(refused("blocked"));
    await letGo(old);
    expect(await append(page, ["a"])).toMatchObject({ ok: true, value: [{ seq: 1 }] });
  }, 60_000);

  test("makes room for a tab with a newer version, and never writes again", async () => {
    const page = await open();
    await append(page, ["a"]);
    const newer = await open("/blank");
    expect(await holdVersion(newer, 30)).toBe("open");
    expect(await append(page, ["b"])).toMatchObject(refused("newer_schema"));
    await letGo(newer);
    expect(await append(page, ["b"])).toMatchObject(refused("newer_schema"));
    await page.reload();
    expect(await append(page, ["b"])).toMatchObject(refused("newer_schema"));
  }, 60_000);

  test("in a second tab cannot be written into by both", async () => {
    const [first, second] = [await open(), await open()];
    await append(first, ["a"]);
    await append(second, ["b"]);
    expect(await append(first, ["c"])).toMatchObject(refused("conflict"));
    expect(await keysOf(second)).toEqual(["a", "b"]);
  }, 60_000);

  test("whose site data was cleared under it writes nothing into the empty storage", async () => {
    const page = await open();
    await append(page, ["a", "b"]);
    const cdp = await context.newCDPSession(page);
    await cdp.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" });
    expect(await append(page, ["c"])).toMatchObject(refused("failed"));
    await page.reload();
    expect(await page.evaluate(() => window.ledgerPage.head())).toEqual({ ok: true, value: 0 });
  }, 60_000);
});
