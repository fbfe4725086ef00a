/**
 * The composition root of the engine: the only place that names Dexie and the channels, and the
 * only clock and dice of the worker.
 */
import { expose, proxy } from "comlink";
import { steadyClock, systemClock } from "../base/clock";
import { err, type Result } from "../base/result";
import type { BookId, ChannelId } from "../base/ids";
import { amazonChannel } from "../channels/amazon/amazon-channel";
import type { Channel } from "../channels/channel";
import { ebayChannel } from "../channels/ebay/ebay-channel";
import { relayClient } from "../channels/http/relay-client";
import { shopifyChannel } from "../channels/shopify/shopify-channel";
import { tiktokChannel } from "../channels/tiktok/tiktok-channel";
import { DexieLedger } from "../ledger/dexie-ledger";
import { MemoryLedger } from "../ledger/memory-ledger";
import { profileId, tidyRehearsals } from "../ledger/profile";
import { defaultSettings } from "../sync/settings";
import type { CommandRefusal, EngineState, WorkerApi } from "./api";
import { ClockSkew } from "./clock-skew";
import { CompanionClient } from "./companion-client";
import { Host } from "./host";
import { RehearsalClient } from "./rehearsal-client";

let host: Host | null = null;

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}

async function open(options: { origin: string; token: string }): Promise<Host> {
  const holder = await profileId(() => crypto.randomUUID());
  const companion = new CompanionClient({
    ...options,
    fetch: (input, init) => fetch(input, init),
    clock: systemClock,
    timeout: (ms) => AbortSignal.timeout(ms),
    onChange: (up, awayMs) => host?.companionChanged(up, awayMs),
  });
  const skew = new ClockSkew(systemClock);
  const channels = (book: BookId, line: CompanionClient): readonly Channel[] => {
    const ports = (channel: ChannelId) => ({
      http: skew.on(
        channel,
        relayClient({ origin: options.origin, book, channel, fetch: line.fetch }),
      ),
      clock: steadyClock,
    });
    return [
      tiktokChannel(ports("tiktok")),
      amazonChannel(ports("amazon")),
      shopifyChannel(ports("shopify")),
      ebayChannel(ports("ebay")),
    ];
  };
  return new Host({
    clock: systemClock,
    steady: steadyClock,
    sleep,
    companion,
    settings: defaultSettings,
    locale: () => (navigator.language.startsWith("zh") ? "zh-CN" : "en"),
    openLedger: (book) => new DexieLedger(book),
    openFollower: () => new MemoryLedger(),
    openChannels: channels,
    skewOf: (channel) => skew.of(channel),
    lease: { locks: navigator.locks, holder, worker: crypto.randomUUID() },
    rehearsal: new RehearsalClient(companion),
  });
}

const notStarted: Result<never, CommandRefusal> = err({ code: "busy" });

function opened(): Host {
  if (host === null) throw new Error("called before start");
  return host;
}

const api: WorkerApi = {
  async start(options): Promise<Result<EngineState, CommandRefusal>> {
    host ??= await open(options);
    const started = await host.start(options.book);
    if (started.ok) void tidyRehearsals(started.value.book);
    return started;
  },
  subscribe(listener) {
    if (host === null) throw new Error("subscribe before start");
    return Promise.resolve(host.subscribe(listener));
  },
  startRehearsal: ({ speed, planned }) =>
    host?.startRehearsal(speed, planned) ?? Promise.resolve(notStarted),
  stopRehearsal: () => host?.stopRehearsal() ?? Promise.resolve(notStarted),
  releaseReservation: () => host?.releaseReservation() ?? Promise.resolve(notStarted),
  dailySales: (sku) => Promise.resolve(host?.dailySales(sku) ?? null),
  // Called after start alone: the pane has no screen before there is a state.
  get shops() {
    return proxy(opened().shops);
  },
  get imports() {
    return proxy(opened().imports);
  },
  get engine() {
    return proxy(opened().engine);
  },
  get hand() {
    return proxy(opened().hand);
  },
  get proofs() {
    return proxy(opened().proofs);
  },
  get sheets() {
    return proxy(opened().sheets);
  },
};

expose(api);
