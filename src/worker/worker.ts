/**
 * The composition root of the engine: the only place that names Dexie and the channels, and the
 * only clock and dice of the worker.
 */
import { expose } from "comlink";
import { systemClock } from "../base/clock";
import { err, type Result } from "../base/result";
import type { BookId } from "../base/ids";
import type { Channel } from "../channels/channel";
import { relayClient } from "../channels/http/relay-client";
import { shopifyChannel } from "../channels/shopify/shopify-channel";
import { tiktokChannel } from "../channels/tiktok/tiktok-channel";
import { DexieLedger } from "../ledger/dexie-ledger";
import { MemoryLedger } from "../ledger/memory-ledger";
import { profileId, tidyRehearsals } from "../ledger/profile";
import { defaultSettings } from "../sync/settings";
import type { CommandRefusal, EngineState, WorkerApi } from "./api";
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
    onChange: (up, awayMs) => host?.companionChanged(up, awayMs),
  });
  const channels = (book: BookId): readonly Channel[] => {
    const http = (channel: "tiktok" | "shopify") =>
      relayClient({ origin: options.origin, book, channel, fetch: companion.fetch });
    return [tiktokChannel(http("tiktok")), shopifyChannel(http("shopify"))];
  };
  return new Host({
    clock: systemClock,
    sleep,
    companion,
    settings: defaultSettings,
    openLedger: (book) => new DexieLedger(book),
    openFollower: () => new MemoryLedger(),
    openChannels: channels,
    lease: { locks: navigator.locks, holder },
    rehearsal: new RehearsalClient(companion),
  });
}

const notStarted: Result<never, CommandRefusal> = err({ code: "busy" });

const api: WorkerApi = {
  async start(options): Promise<Result<EngineState, CommandRefusal>> {
    host ??= await open(options);
    const started = await host.start();
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
};

expose(api);
