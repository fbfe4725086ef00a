/** One run of a family: a warehouse with one SKU on four channels, the real engine, the shoppers. */
import type { ChannelId, Sku } from "../base/ids";
import { channelIds } from "../base/ids";
import { mulberry32, type Prng } from "../base/prng";
import { MemoryLedger } from "../ledger/memory-ledger";
import { note, type Draft } from "../stock/entries";
import { openingCount } from "../stock/opening";
import { reserve } from "../stock/reservations";
import type { PolicyId } from "../stock/streams";
import { Bookkeeper } from "../sync/bookkeeper";
import { Catalogue, type CatalogueItem } from "../sync/catalogue";
import { Engine } from "../sync/engine";
import { EvenClock } from "../sync/even-clock";
import { poissonQuantile } from "../sync/guard";
import { defaultSettings, type SyncSettings } from "../sync/settings";
import { audit, type Audit } from "./audit";
import type { Scenario } from "./scenario";
import { shoppersOf, stockOf, type Shopper } from "./shoppers";
import { SimChannel } from "./sim-channel";
import { Outages } from "./trouble";
import { byPromises, VirtualTime } from "./virtual-time";
import { Warehouse } from "./warehouse";
import { Watch } from "./watch";

/** "none": every channel shows the whole stock and nobody tells anybody. */
export type SimPolicy = PolicyId | "none";

export const SKU = "SIM-1" as Sku;
export const STREAM = "stream-sim";
/** 2026-11-01 06:00 UTC: the clocks of New York go back, in the middle of every run. */
export const CLOCKS_BACK = 1_793_512_800_000;
const START = CLOCKS_BACK - 3_600_000;
/** The listings are set before the doors open, and late payments come in after they close. */
export const BEFORE_MS = 120_000;
const AFTER_MS = 1_200_000;
/** Every channel is asked this often while a stream is on (architecture.md decision 7). */
const POLL_MS = 5000;
/** The pool for the other channels covers what they sell in 9 of 10 streams (forecast.md 3.1). */
const POOL_LEVEL = 0.9;

export const simSettings: SyncSettings = {
  ...defaultSettings,
  pollLiveMs: POLL_MS,
  pollIdleMs: 3 * POLL_MS,
  backoffMaxMs: 20_000,
};

export interface Run extends Audit {
  readonly seed: number;
  /** From seeing that a number is wrong to the channel's acknowledgement; ms. */
  readonly pushMs: readonly number[];
  /** Of the violations those that lasted to the end; the others were put right later than promised. */
  readonly broken: readonly string[];
}

export function itemsOn(channels: readonly ChannelId[], sku: Sku): CatalogueItem {
  const listings = channels.map((channel) => ({
    channel,
    listingId: sku,
    parentId: sku,
    locationId: "1",
  }));
  return { sku, title: sku, listings };
}

export function planned(scenario: Scenario, policy: PolicyId, units: number, at: number): Draft {
  const detail = JSON.stringify({
    channel: "tiktok",
    creator: "Sim",
    followers: 80_000,
    speed: 1,
    minutes: scenario.length / 60,
    policy,
  });
  return note("stream_planned", `planned/${STREAM}`, at, {
    sku: SKU,
    n: units,
    detail,
    ref: STREAM,
  });
}

export function shopperComes(
  time: VirtualTime,
  scenario: Scenario,
  channel: SimChannel,
  listingId: string,
  shopper: Shopper,
): void {
  const order = channel.buy(listingId, 1, shopper.paysAfter === 0);
  if (order === null || order.paid) return;
  const { paysAfter } = shopper;
  if (paysAfter !== null && paysAfter < scenario.payWithin) {
    time.at(time.now() + paysAfter * 1000, () => {
      channel.pay(order);
    });
  } else {
    time.at(time.now() + scenario.payWithin * 1000, () => {
      channel.cancel(order);
    });
  }
}

export function outagesOf(scenario: Scenario, dice: Prng, start: number): Outages {
  return new Outages(
    scenario.outages.map((outage) => {
      const moved = (2 * dice.next() - 1) * outage.jitter;
      const from = start + (outage.at + moved) * 1000;
      return { channels: outage.channels, from, to: from + outage.for * 1000 };
    }),
  );
}

/** The share of the live channel under `escrow`: all but what the others sell in a stream. */
export function liveShare(scenario: Scenario, stock: number): number {
  const { amazon, shopify, ebay } = scenario.slowOrders;
  return Math.max(0, stock - poissonQuantile(amazon + shopify + ebay, POOL_LEVEL));
}

/** Seeds as in forecast.md 3.2, so that runs can be compared with the prototype's. */
function diceOf(seed: number): { people: Prng; wires: Prng } {
  return {
    people: mulberry32(Math.imul(seed, 2654435761) + 12345),
    wires: mulberry32(Math.imul(seed, 40503) + 777),
  };
}

export async function play(scenario: Scenario, policy: SimPolicy, seed: number): Promise<Run> {
  const { people, wires } = diceOf(seed);
  const shoppers = shoppersOf(scenario, people);
  const stock = stockOf(scenario, shoppers);
  const time = new VirtualTime(START, byPromises());
  const doors = START + BEFORE_MS;
  const end = doors + scenario.length * 1000;
  const warehouse = new Warehouse(new Map([[SKU, stock]]));
  const trouble = outagesOf(scenario, wires, doors);
  const channels = new Map(
    channelIds.map((id) => [
      id,
      new SimChannel(id, { time, prng: wires, scenario, warehouse, trouble }),
    ]),
  );
  for (const channel of channels.values()) {
    warehouse.map(channel.id, SKU, [{ sku: SKU, units: 1 }]);
    // The trap that sellers start from: every channel lists the whole stock.
    channel.listed.set(SKU, stock);
  }
  for (const shopper of shoppers) {
    const channel = channels.get(shopper.channel);
    if (channel === undefined) continue;
    time.at(doors + shopper.at * 1000, () => {
      shopperComes(time, scenario, channel, SKU, shopper);
    });
  }
  const ledger = new MemoryLedger();
  const acknowledged = new Set<string>();
  const books = new Bookkeeper(ledger, time, (entries) => {
    for (const { key } of entries) acknowledged.add(key);
  });
  const watch = new Watch({
    time,
    warehouse,
    channels,
    stream: { sku: SKU, channel: "tiktok", ends: end, isHeld: policy === "escrow" },
    book: () =>
      channelIds.some((id) => trouble.refuses(id, time.now()) !== null)
        ? null
        : { projection: books.projection, leader: books },
    unsent: () => 0,
    leaders: () => 1,
    ends: end + AFTER_MS,
  });
  const pushMs: number[] = [];
  let engine: Engine | null = null;
  if (policy !== "none") {
    const share = policy === "escrow" ? liveShare(scenario, stock) : 0;
    await books.transact((projection, book) => {
      book(openingCount(SKU, stock, START));
      book(planned(scenario, policy, share > 0 ? share : stock, START));
      const request = { id: STREAM, at: START, actor: "" };
      const reserved = share > 0 ? reserve(projection, STREAM, request) : null;
      if (reserved?.ok) reserved.value.forEach(book);
    });
    engine = new Engine({
      time: new EvenClock(time, time),
      sleep: time.sleep,
      bookkeeper: books,
      catalogue: new Catalogue([itemsOn(channelIds, SKU)]),
      channels: [...channels.values()].map((channel) => channel.port(() => true)),
      settings: simSettings,
      onChange: () => {
        // Nobody watches.
      },
      onLedgerFault: (refusal) => {
        throw new Error(refusal.detail);
      },
    });
    watchPushes(engine, pushMs, time, end);
    watch.begin();
    engine.start();
    time.at(doors, () => {
      void books.transact((_projection, book) => {
        book(note("stream_started", `started/${STREAM}`, doors, { sku: SKU, n: end, ref: STREAM }));
      });
    });
  }
  await time.runUntil(end + AFTER_MS);
  engine?.stop();
  const result = await audit(ledger, books.projection, warehouse, acknowledged);
  // Without an engine there is no ledger to be held against the truth.
  return engine === null
    ? { ...result, violations: [], broken: [], matchesTruth: true, seed, pushMs }
    : {
        ...result,
        violations: [...result.violations, ...watch.violations],
        broken: result.violations,
        seed,
        pushMs,
      };
}

/** Looks at each channel's last push once a poll. */
function watchPushes(engine: Engine, into: number[], time: VirtualTime, end: number): void {
  const last = new Map<ChannelId, number | null>();
  const look = (): void => {
    for (const [id, health] of engine.health) {
      if (health.lastPushMs !== null && health.lastPushMs !== last.get(id)) {
        into.push(health.lastPushMs);
      }
      last.set(id, health.lastPushMs);
    }
    if (time.now() < end) time.at(time.now() + POLL_MS, look);
  };
  time.at(time.now() + POLL_MS, look);
}
