/** The real engine over two fake channels, a ledger in memory and a clock that the test moves. */
import { mulberry32 } from "../../src/base/prng";
import type { Sku } from "../../src/base/ids";
import { MemoryLedger } from "../../src/ledger/memory-ledger";
import { VirtualTime } from "../../src/simulation/virtual-time";
import { note, type Draft, type Entry, type Note } from "../../src/stock/entries";
import { Bookkeeper } from "../../src/sync/bookkeeper";
import { Catalogue } from "../../src/sync/catalogue";
import { Engine } from "../../src/sync/engine";
import { EvenClock } from "../../src/sync/even-clock";
import { defaultSettings, type SyncSettings } from "../../src/sync/settings";
import { SKU } from "./entries";
import { FakeChannel, fakeItems } from "./shop-world";

export const START = 1_700_000_000_000;
const STREAM = "stream-1";

export interface EngineWorld {
  readonly time: VirtualTime;
  readonly tiktok: FakeChannel;
  readonly shopify: FakeChannel;
  readonly books: Bookkeeper;
  /** All that was booked, in order. */
  readonly entries: Entry[];
  /** The engine that runs; `start` first. */
  readonly engine: Engine;
  start(): void;
  book(...drafts: Draft[]): Promise<void>;
  /** Lets `ms` pass. */
  pass(ms: number): Promise<void>;
  /** The worker is gone for `ms`; a new one goes on from the ledger. */
  restart(ms: number): Promise<void>;
  /** The same worker opens its book anew, `ms` after its engine stopped: its disk was full, say. */
  reopen(ms: number): Promise<void>;
  notes(...kinds: Note["kind"][]): Note[];
  /** The machine sleeps: the worker's timers stand still and come late, at the thaw. */
  freeze(): void;
  thaw(): void;
  /** How far the worker's own clock is ahead. */
  skewMs: number;
}

/** Both channels list `listed` of the one SKU at first. */
export function engineWorld(listed: number, settings: Partial<SyncSettings> = {}): EngineWorld {
  const time = new VirtualTime(START);
  const prng = mulberry32(1);
  const tiktok = new FakeChannel("tiktok", time, prng, { cas: false, lagMs: 100 });
  const shopify = new FakeChannel("shopify", time, prng, { cas: true, lagMs: 100 });
  for (const channel of [tiktok, shopify]) channel.listed.set(SKU, listed);
  const ledger = new MemoryLedger();
  const entries: Entry[] = [];
  let frozen: Promise<void> = Promise.resolve();
  let thaw: () => void = () => undefined;
  const clock = { now: () => time.now() + world.skewMs };
  // One window's: it outlives the engines that run in it.
  const catalogue = new Catalogue(fakeItems([SKU]));
  const made = () => new Bookkeeper(ledger, clock, (booked) => entries.push(...booked));
  const run = (books: Bookkeeper) =>
    new Engine({
      time: (world.even ??= new EvenClock(clock, time)),
      sleep: async (ms, signal) => {
        await time.sleep(ms, signal);
        await frozen;
      },
      bookkeeper: books,
      catalogue,
      channels: [tiktok, shopify],
      settings: { ...defaultSettings, ...settings },
      onChange: () => undefined,
      onLedgerFault: (refusal) => {
        throw new Error(refusal.detail);
      },
    });
  const world = {
    books: null as Bookkeeper | null,
    engine: null as Engine | null,
    /** The worker's. */
    even: null as EvenClock | null,
    skewMs: 0,
  };
  const books = () => (world.books ??= made());
  return {
    ...{ time, tiktok, shopify, entries },
    get books() {
      return books();
    },
    get skewMs() {
      return world.skewMs;
    },
    set skewMs(ms) {
      world.skewMs = ms;
    },
    freeze() {
      frozen = new Promise((resolve) => {
        thaw = resolve;
      });
    },
    thaw: () => thaw(),
    get engine() {
      if (world.engine === null) throw new Error("not started");
      return world.engine;
    },
    start() {
      world.engine = run(books());
      world.engine.start();
    },
    async book(...drafts) {
      await books().transact((_projection, add) => drafts.forEach(add));
    },
    async pass(ms) {
      await time.runUntil(time.now() + ms);
    },
    async restart(ms) {
      world.engine?.stop();
      await time.runUntil(time.now() + ms);
      world.even = new EvenClock(clock, time);
      await this.reopen(0);
    },
    async reopen(ms) {
      world.engine?.stop();
      await time.runUntil(time.now() + ms);
      world.books = made();
      await world.books.load();
      world.engine = run(world.books);
      world.engine.start();
      await time.runUntil(time.now());
    },
    notes: (...kinds) =>
      entries.filter((entry) => entry.type === "note" && kinds.includes(entry.kind)) as Note[],
  };
}

/** A stream on TikTok, on since `at`, for three hours; with `reserved` units of its own. */
export function running(
  at: number,
  plan: { planned: number; reserved: number; policy?: "seed" | "buffer" | "escrow"; sku?: Sku },
): Draft[] {
  const { planned, reserved, policy = "escrow", sku = SKU } = plan;
  const detail = JSON.stringify({
    ...{ channel: "tiktok", creator: "Mia", followers: 80_000, speed: 1, minutes: 180, policy },
  });
  const where = { from: "available", to: `reserved:${STREAM}`, ref: STREAM } as const;
  return [
    note("stream_planned", "planned", at, { sku, n: planned, detail, ref: STREAM }),
    {
      ...{ type: "move", key: "reserve", kind: "reserve", sku, at, reportedAt: at },
      ...{ quantity: reserved, ...where },
    },
    note("stream_started", `started/${STREAM}`, at, { sku, n: at + 180 * 60_000, ref: STREAM }),
  ];
}

/** Goods come in. */
export function receipt(units: number, key: string, sku: Sku = SKU): Draft {
  return {
    ...{ type: "move", key, at: 0, reportedAt: 0, kind: "receipt", sku, quantity: units },
    ...{ from: "external", to: "available", ref: "" },
  };
}
