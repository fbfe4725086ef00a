/**
 * One rehearsal on all four channels, without a browser: the worker's host, the companion and the
 * sandbox over real sockets. Speed 240: three hours in 45 seconds.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../src/base/clock";
import { channelIds, type BookId, type ChannelId } from "../../src/base/ids";
import { amazonChannel } from "../../src/channels/amazon/amazon-channel";
import type { Channel } from "../../src/channels/channel";
import { ebayChannel } from "../../src/channels/ebay/ebay-channel";
import { relayClient } from "../../src/channels/http/relay-client";
import type { Truth } from "../../src/channels/rehearsal-contract";
import { shopifyChannel } from "../../src/channels/shopify/shopify-channel";
import { tiktokChannel } from "../../src/channels/tiktok/tiktok-channel";
import { MemoryLedger } from "../../src/ledger/memory-ledger";
import { memoryKeyring, newCredentials } from "../../src/sandbox/credentials";
import { listen, openSandbox, type Listening } from "../../src/sandbox/server";
import { noStore } from "../../src/sandbox/store";
import { defaultSettings } from "../../src/sync/settings";
import { CompanionClient } from "../../src/worker/companion-client";
import { Host } from "../../src/worker/host";
import { RehearsalClient } from "../../src/worker/rehearsal-client";
import { eventually } from "../support/stage";
import { sleepUntil } from "../support/sleep-until";
import {
  temporaryCompanion,
  temporaryFolder,
  type TemporaryCompanion,
} from "../support/temporary-companion";

const SPEED = 240;

interface Told {
  readonly strikes: number;
  readonly is: { readonly kind: string; readonly channel: ChannelId };
}

let home: string;
let sandbox: Listening;
let companion: TemporaryCompanion;
let host: Host;
let over = false;

const sleep = sleepUntil(() => over);

beforeAll(async () => {
  const keyring = memoryKeyring(newCredentials(Date.now()));
  sandbox = await listen(openSandbox({ clock: systemClock, store: noStore(), keyring }), 0);
  home = temporaryFolder();
  writeFileSync(join(home, "rehearsal-credentials.json"), JSON.stringify(keyring.read()));
  companion = await temporaryCompanion({
    env: { STREAMSTOCK_HOME: home, STREAMSTOCK_SANDBOX: `http://127.0.0.1:${sandbox.port}` },
  });
  const origin = `http://127.0.0.1:${companion.port}`;
  const line = new CompanionClient({
    timeout: () => null,
    origin,
    token: companion.token,
    fetch,
    clock: systemClock,
    onChange: () => undefined,
  });
  const openChannels = (book: BookId): readonly Channel[] => {
    const ports = (channel: ChannelId) => ({
      http: relayClient({ origin, book, channel, fetch: line.fetch }),
      clock: systemClock,
    });
    return [
      tiktokChannel(ports("tiktok")),
      amazonChannel(ports("amazon")),
      shopifyChannel(ports("shopify")),
      ebayChannel(ports("ebay")),
    ];
  };
  const locks = { request: (_name: string, _how: object, work: () => unknown) => work() };
  host = new Host({
    clock: systemClock,
    sleep,
    companion: line,
    settings: defaultSettings,
    openLedger: () => new MemoryLedger(),
    openFollower: () => new MemoryLedger(),
    openChannels,
    lease: { locks: locks as unknown as LockManager, holder: "test", worker: "test" },
    rehearsal: new RehearsalClient(line),
  });
}, 30_000);
afterAll(async () => {
  over = true;
  await companion.stop();
  await sandbox.close();
  rmSync(home, { recursive: true, force: true });
});

const truthNow = async () => (await companion.get("/api/rehearsal/truth")).json as Truth;
const sumOf = (counts: Record<string, number>) =>
  Object.values(counts).reduce((sum, n) => sum + n, 0);

/** Each SKU's numbers: on hand, paid and open, unpaid. */
async function agreed(): Promise<Truth | null> {
  const truth = await truthNow();
  const { skus } = host.state();
  const rows = skus.map((row) => [row.sku, row.onHand, row.committed, row.held]);
  const real = truth.items.map((item) => [
    item.sku,
    item.onHand,
    sumOf(item.committed),
    sumOf(item.held),
  ]);
  return JSON.stringify(rows) === JSON.stringify(real) ? truth : null;
}

describe("a rehearsal on four channels", () => {
  test("sells and is kept level on each of them, and nothing is sold twice", async () => {
    expect((await host.start()).ok).toBe(true);
    const started = await host.startRehearsal(SPEED, null);
    expect(started).toEqual({ ok: true, value: null });
    await eventually(
      "the stream is over and read to its end",
      async () => host.state().stream?.phase === "ended",
      150_000,
    );
    const truth = await eventually("the ledger agrees with the shop", agreed, 60_000);
    const { channels, review } = host.state();
    for (const channel of channelIds) {
      const sold = truth.items.reduce((sum, item) => sum + (item.sold[channel] ?? 0), 0);
      const seen = channels.find((view) => view.channel === channel);
      expect([channel, sold > 0, (seen?.ordersBooked ?? 0) > 0, (seen?.pushes ?? 0) > 0]).toEqual([
        channel,
        true,
        true,
        true,
      ]);
      expect([channel, seen?.error]).toEqual([channel, null]);
    }
    for (const item of truth.items) expect([item.sku, item.oversold]).toEqual([item.sku, 0]);
    expect(review).not.toBeNull();
    const featured = truth.items[0];
    expect(sumOf(featured?.sold ?? {})).toBeGreaterThan(280);
  }, 240_000);

  test("keeps a true ledger when answers are late, lost, torn, doubled, shuffled or refused", async () => {
    const often = (kind: string, probability: number, more: object = {}) =>
      channelIds.map((channel) => ({ channel, kind, probability, seed: 7, ...more }));
    const faults = [
      ...often("lag", 0.3, { meanMs: 60, maxMs: 400 }),
      ...often("duplicate", 0.3),
      ...often("reorder", 0.5),
      ...often("list_lag", 0.3, { ms: 900 }),
      ...often("lost_reply", 0.2),
      ...often("throttle", 0.03),
      ...often("server_error", 0.05, { status: 502 }),
      ...often("torn", 0.03),
      { channel: "shopify", kind: "clock_skew", ms: 45_000 },
      { channel: "tiktok", kind: "clock_skew", ms: -45_000 },
    ];
    expect(await host.startRehearsal(SPEED, null)).toEqual({ ok: true, value: null });
    for (const fault of faults) {
      expect((await companion.post("/api/rehearsal/fault", fault)).status).toBe(200);
    }
    await eventually("some sales", async () => (await truthNow()).orders > 40, 60_000);
    for (const channel of channelIds) {
      const outage = { channel, kind: "outage", seconds: 2 };
      expect((await companion.post("/api/rehearsal/fault", outage)).status).toBe(200);
    }
    await eventually(
      "the stream is over",
      async () => host.state().stream?.phase === "ended",
      150_000,
    );
    const told = (await companion.get("/api/rehearsal/fault")).json.faults;
    const struck = (kind: string) =>
      told
        .filter((fault: Told) => fault.is.kind === kind && fault.strikes > 0)
        .map((fault: Told) => fault.is.channel)
        .sort();
    for (const kind of ["lag", "duplicate", "reorder", "list_lag"]) {
      expect([kind, struck(kind)]).toEqual([kind, [...channelIds].sort()]);
    }
    expect(struck("lost_reply").length).toBeGreaterThan(0);
    await companion.post("/api/rehearsal/fault/clear", {});
    const truth = await eventually("the ledger agrees with the shop", agreed, 60_000);
    expect(truth.orders).toBeGreaterThan(150);
  }, 240_000);
});
