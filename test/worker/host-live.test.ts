/**
 * The live side of the worker, without a browser: its host, a real companion, and the sandbox's shops in
 * the place of the channels. The rehearsal has a sandbox of its own, as in life.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../src/base/clock";
import type { BookId, ChannelId } from "../../src/base/ids";
import { amazonChannel } from "../../src/channels/amazon/amazon-channel";
import type { Channel } from "../../src/channels/channel";
import { ebayChannel } from "../../src/channels/ebay/ebay-channel";
import { relayClient } from "../../src/channels/http/relay-client";
import type { RehearsalState, Truth } from "../../src/channels/rehearsal-contract";
import { shopifyChannel } from "../../src/channels/shopify/shopify-channel";
import { tiktokChannel } from "../../src/channels/tiktok/tiktok-channel";
import { MemoryLedger } from "../../src/ledger/memory-ledger";
import { defaultSettings } from "../../src/sync/settings";
import { CompanionClient } from "../../src/worker/companion-client";
import { Host } from "../../src/worker/host";
import { RehearsalClient } from "../../src/worker/rehearsal-client";
import { openMarket, type Market } from "../support/market";
import { eventually } from "../support/stage";
import {
  temporaryCompanion,
  temporaryFolder,
  type TemporaryCompanion,
} from "../support/temporary-companion";
import { sleepUntil } from "../support/sleep-until";

let home: string;
/** The shops of the seller, and the rehearsal's. */
let market: Market;
let stage: Market;
let companion: TemporaryCompanion;
let host: Host;
let over = false;

const sleep = sleepUntil(() => over);

function openHost(holder: string): Host {
  const origin = `http://127.0.0.1:${companion.port}`;
  const line = new CompanionClient({
    origin,
    token: companion.token,
    fetch,
    clock: systemClock,
    timeout: (ms) => AbortSignal.timeout(ms),
    onChange: () => undefined,
  });
  const openChannels = (book: BookId, by: CompanionClient): readonly Channel[] => {
    const ports = (channel: ChannelId) => ({
      http: relayClient({ origin, book, channel, fetch: by.fetch }),
      clock: systemClock,
    });
    return [
      tiktokChannel(ports("tiktok")),
      amazonChannel(ports("amazon")),
      shopifyChannel(ports("shopify")),
      ebayChannel(ports("ebay")),
    ];
  };
  const ledgers = new Map<BookId, MemoryLedger>();
  const locks = { request: (_name: string, _how: object, work: () => unknown) => work() };
  return new Host({
    clock: systemClock,
    sleep,
    companion: line,
    settings: { ...defaultSettings, pollIdleMs: 300 },
    openLedger: (book) => {
      const ledger = ledgers.get(book) ?? new MemoryLedger();
      ledgers.set(book, ledger);
      return ledger;
    },
    openFollower: () => new MemoryLedger(),
    openChannels,
    lease: { locks: locks as unknown as LockManager, holder, worker: holder },
    rehearsal: new RehearsalClient(line),
  });
}

beforeAll(async () => {
  [market, stage] = await Promise.all([openMarket(), openMarket()]);
  home = temporaryFolder();
  writeFileSync(join(home, "rehearsal-credentials.json"), JSON.stringify(stage.keys));
  const sandbox = `http://127.0.0.1:${stage.port}`;
  companion = await temporaryCompanion({
    env: { STREAMSTOCK_HOME: home, STREAMSTOCK_SANDBOX: sandbox, ...market.env },
  });
  host = openHost("test");
}, 30_000);
afterAll(async () => {
  over = true;
  await companion.stop();
  await Promise.all([market.close(), stage.close()]);
  rmSync(home, { recursive: true, force: true });
});

const truthOf = async (where: Market, sku: string) =>
  (await where.ask<Truth>("/truth")).items.find((item) => item.sku === sku);

function connectionOf(channel: ChannelId) {
  return host.state().connections?.find((connection) => connection.channel === channel);
}

describe("the live book", () => {
  test("starts with a rehearsal and nothing connected", async () => {
    expect((await host.start("rehearsal")).ok).toBe(true);
    await eventually("the connections are told", async () => host.state().connections !== null);
    expect(host.state().book).toMatch(/^rehearsal-/);
    expect(host.state().connections?.map(({ state }) => state)).toEqual(
      Array.from({ length: 4 }, () => "not_connected"),
    );
    expect(await host.shops.readShops()).toEqual({
      ok: false,
      error: { code: "nothing_connected" },
    });
  });

  test("keys that the channel refuses are refused, by the field where one is wrong", async () => {
    const { shop, clientId } = market.keys.shopify;
    expect(
      await host.shops.connect("shopify", { shop, clientId, clientSecret: "not the secret" }),
    ).toEqual({ ok: false, error: { code: "keys_refused" } });
    expect(
      await host.shops.connect("shopify", { shop: "???", clientId, clientSecret: "x" }),
    ).toEqual({ ok: false, error: { code: "bad_field", field: "shop" } });
    expect(connectionOf("shopify")?.state).toBe("not_connected");
  });

  test("a shop is connected and tried while the rehearsal stays open", async () => {
    const step = await host.shops.connect("shopify", market.keys.shopify);
    expect(step).toEqual({ ok: true, value: { state: "connected", openUrl: null } });
    const { items } = await market.ask<RehearsalState>("");
    expect(await host.shops.test("shopify")).toMatchObject({
      ok: true,
      value: { missing: [], listings: items.length, more: false },
    });
    expect(host.state().book).toMatch(/^rehearsal-/);
  });

  test("a consent page's code connects TikTok Shop", async () => {
    const { appKey, appSecret } = market.keys.tiktok;
    const fields = { appKey, appSecret, serviceId: "7123456789" };
    const opened = await host.shops.connect("tiktok", fields);
    expect(opened).toMatchObject({ ok: true, value: { state: "consent_open" } });
    expect(opened.ok && opened.value.openUrl).toMatch(/^https:\/\/services\.us\.tiktokshop\.com\//);
    expect(await host.shops.pasteCode("tiktok", "no code")).toEqual({
      ok: false,
      error: { code: "code_refused" },
    });
    const { code } = await market.ask<{ code: string }>("/consent", { channel: "tiktok" });
    expect(await host.shops.pasteCode("tiktok", code)).toEqual({
      ok: true,
      value: { state: "connected", openUrl: null },
    });
    expect(await host.shops.test("tiktok")).toMatchObject({ ok: true, value: { missing: [] } });
  });

  test("the shops' listings are one SKU each, with the smallest number as its first count", async () => {
    const { items } = await market.ask<RehearsalState>("");
    const sku = items[0]?.sku ?? "";
    await market.ask("/fault", { channel: "shopify", kind: "edit", sku, quantity: 7 });
    const reading = await host.shops.readShops();
    if (!reading.ok) throw new Error(JSON.stringify(reading.error));
    expect(reading.value.failed).toEqual([]);
    expect(reading.value.skus.map((item) => item.sku).sort()).toEqual(
      items.map((item) => item.sku).sort(),
    );
    const first = reading.value.skus.find((item) => item.sku === sku);
    expect(first?.listings.map(({ channel }) => channel)).toEqual(["tiktok", "shopify"]);
    expect(first).toMatchObject({ suggested: 7, isKnown: false });
    expect(Math.max(...(first?.listings.map(({ shown }) => shown ?? 0) ?? []))).toBeGreaterThan(7);
    // Nothing was booked, and nothing written.
    expect((await companion.get("/api/journal/live?after=0")).json.records).toEqual([]);
  });

  test("opens with the seller's counts, and only then are the shops brought level", async () => {
    const { items } = await market.ask<RehearsalState>("");
    const [first, second] = [items[0]?.sku ?? "", items[1]?.sku ?? ""];
    const before = await truthOf(market, second);
    expect(await host.shops.takeShops({ [first]: 40 })).toEqual({ ok: true, value: null });
    await eventually("the live book leads", async () => host.state().role === "leader");
    expect(host.state().book).toBe("live");
    // The second has no count: it is left alone, not written to 0.
    expect(host.state().skus.map(({ sku, onHand }) => [sku, onHand])).toEqual([[first, 40]]);
    await eventually("both shops show it", async () => {
      const truth = await truthOf(market, first);
      return truth?.listed["tiktok"] === 40 && (truth.listed["shopify"] ?? 99) < 40;
    });
    expect((await truthOf(market, second))?.listed).toEqual(before?.listed);
  });

  test("books an order of the live shop", async () => {
    const { items } = await market.ask<RehearsalState>("");
    const sku = items[0]?.sku ?? "";
    await market.ask("/order", { channel: "tiktok", sku, units: 3, paid: true });
    await eventually("the order is booked", async () => {
      const row = host.state().skus.find((item) => item.sku === sku);
      return row !== undefined && row.committed + row.held === 3 && row.available === 37;
    });
  });

  test("refuses a rehearsal, and the rehearsal's shop was never touched", async () => {
    expect(await host.startRehearsal(60, null)).toEqual({
      ok: false,
      error: { code: "live_open" },
    });
    const { items } = await stage.ask<RehearsalState>("");
    for (const { sku, onHand } of items) {
      const truth = await truthOf(stage, sku);
      // A rehearsal levels its own listings; what it never gets is a number of the live book's.
      for (const listed of Object.values(truth?.listed ?? {})) {
        expect(listed).toBeLessThanOrEqual(onHand);
      }
      expect(truth?.onHand).toBe(onHand);
    }
  });

  test("a rehearsal in between writes nothing to the live shop", async () => {
    const { items } = await market.ask<RehearsalState>("");
    const sku = items[0]?.sku ?? "";
    expect(await host.shops.openBook("rehearsal")).toEqual({ ok: true, value: null });
    await eventually("the rehearsal leads", async () => host.state().role === "leader");
    await market.ask("/fault", { channel: "shopify", kind: "edit", sku, quantity: 5 });
    await new Promise((done) => setTimeout(done, 1500));
    expect((await truthOf(market, sku))?.listed["tiktok"]).toBe(37);
    expect(await host.shops.openBook("live")).toEqual({ ok: true, value: null });
    await eventually("the live book is as it was", async () => {
      const row = host.state().skus.find((item) => item.sku === sku);
      return host.state().book === "live" && host.state().role === "leader" && row?.onHand === 40;
    });
  });

  test("another profile follows with the same stock", async () => {
    const other = openHost("somebody else");
    expect((await other.start("live")).ok).toBe(true);
    await eventually("it shows the stock", async () => other.state().skus[0]?.onHand === 40);
    expect(other.state().role).toBe("follower");
  });

  test("a disconnected channel leaves the book, and its keys are gone", async () => {
    expect(await host.shops.disconnect("shopify")).toEqual({ ok: true, value: null });
    expect(connectionOf("shopify")?.state).toBe("not_connected");
    await eventually("it is no longer called", async () =>
      host.state().channels.every(({ channel }) => channel !== "shopify"),
    );
    // The book is opened anew without the channel, and tells its stock once it is read.
    await eventually("its stock is there", async () => host.state().skus[0]?.onHand === 40);
  });

  describe("a file", () => {
    const text = [
      "sku\tasin\tprice\tquantity",
      `MUG-1\tB000000001\t9.99\t12`,
      `MUG-2\tB000000002\t9.99\tmany`,
    ].join("\n");

    test("is previewed with every refused row, and books nothing before it is wanted", async () => {
      const opened = await host.imports.open({ kind: "text", text });
      if (!opened.ok) throw new Error(JSON.stringify(opened.error));
      const { mapping } = opened.value.recognised;
      const preview = await host.imports.preview({ ...mapping, channel: "amazon" }, "UTC");
      if (!preview.ok) throw new Error(JSON.stringify(preview.error));
      expect(preview.value.page.changes).toMatchObject([{ sku: "MUG-1", isNew: true }]);
      expect(preview.value.page.refused).toMatchObject([
        { row: 3, code: "quantity_unreadable", cell: "many" },
      ]);
      expect(host.state().skus.some(({ sku }) => sku === "MUG-1")).toBe(false);
    });

    test("is booked whole, shows in the stock, and a second time changes nothing", async () => {
      const madeAt = Date.now();
      const read = async () => {
        const bytes = new Blob([text]);
        const opened = await host.imports.open({ kind: "file", bytes, madeAt });
        if (!opened.ok) throw new Error(JSON.stringify(opened.error));
        const { mapping } = opened.value.recognised;
        return host.imports.preview({ ...mapping, channel: "amazon" }, "UTC");
      };
      expect((await read()).ok).toBe(true);
      expect(await host.imports.apply()).toEqual({ ok: true, value: null });
      await eventually("it is in the stock", async () =>
        host.state().skus.some(({ sku, onHand }) => sku === "MUG-1" && onHand === 12),
      );
      const again = await read();
      expect(again.ok && again.value.summary.isRepeat).toBe(true);
      expect(again.ok && again.value.page.changes).toEqual([]);
    });

    test("goes into the live book alone", async () => {
      await host.imports.open({ kind: "text", text });
      await host.shops.openBook("rehearsal");
      const opened = await host.imports.open({ kind: "text", text });
      if (!opened.ok) throw new Error(JSON.stringify(opened.error));
      const { mapping } = opened.value.recognised;
      expect(await host.imports.preview(mapping, "UTC")).toEqual({
        ok: false,
        error: { code: "not_live" },
      });
    });
  });
});
