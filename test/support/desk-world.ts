/** An open book, its engine and the companion's contract, under a clock that the test moves. */
import { beforeEach, expect } from "@jest/globals";
import type { BookId, Sku } from "../../src/base/ids";
import { mulberry32 } from "../../src/base/prng";
import { MemoryLedger } from "../../src/ledger/memory-ledger";
import { ORIGIN, SimCompanion } from "../../src/simulation/sim-companion";
import { VirtualTime } from "../../src/simulation/virtual-time";
import type { Draft } from "../../src/stock/entries";
import { Catalogue } from "../../src/sync/catalogue";
import { defaultSettings } from "../../src/sync/settings";
import { CompanionClient } from "../../src/worker/companion-client";
import { EngineDesk } from "../../src/worker/engine-desk";
import { HandDesk } from "../../src/worker/hand-desk";
import { LiveRecord } from "../../src/worker/live-record";
import { OpenBook } from "../../src/worker/open-book";
import { SKU } from "./entries";
import { FakeChannel, fakeItems } from "./shop-world";

export const START = 1_793_512_800_000;
export const DAY = 86_400_000;

export interface Site {
  readonly time: VirtualTime;
  readonly companion: SimCompanion;
  readonly tiktok: FakeChannel;
  readonly shopify: FakeChannel;
  readonly ledger: MemoryLedger;
  reopened: number;
  muted: boolean;
}

export let site: Site;
beforeEach(() => {
  const time = new VirtualTime(START);
  const dice = mulberry32(3);
  site = {
    time,
    companion: new SimCompanion(time),
    tiktok: new FakeChannel("tiktok", time, dice, { cas: false, lagMs: 100 }),
    shopify: new FakeChannel("shopify", time, dice, { cas: true, lagMs: 100 }),
    ledger: new MemoryLedger(),
    reopened: 0,
    muted: false,
  };
  for (const channel of [site.tiktok, site.shopify]) channel.listed.set(SKU, 120);
});

/** A worker that leads `id`; it closes with the promise of its next life. */
export async function lead(id: BookId = "live", skus: readonly Sku[] = [SKU]) {
  const { time, tiktok, shopify, ledger } = site;
  const line = new CompanionClient(clientOptions());
  const asked = line.post(`/api/lease/${id}`, { action: "acquire", holder: "test" });
  await pass(100);
  const lease = await asked;
  line.fence = lease.ok ? (lease.value as { fence: number }).fence : 0;
  const book = new OpenBook(
    id,
    new Catalogue(fakeItems(skus)),
    new Map(skus.map((sku) => [sku, 120])),
    {
      clock: time,
      sleep: time.sleep,
      companion: line,
      settings: defaultSettings,
      openLedger: () => ledger,
      openFollower: () => new MemoryLedger(),
      openChannels: () => [tiktok, shopify],
      onChange: () => undefined,
      onLead: () => undefined,
    },
  );
  const desk = new EngineDesk({
    clock: time,
    companion: line,
    record: new LiveRecord(line),
    book: () => book,
    skewOf: (channel) => (channel === "tiktok" ? 90_000 : null),
    reopen: async () => {
      site.reopened += 1;
    },
  });
  const hand = new HandDesk({
    clock: time,
    book: () => book,
    onMute: (muted) => (site.muted = muted),
  });
  const leading = book.setLeads(true);
  await pass(20_000);
  await leading;
  expect(book.role).toBe("leader");
  return { book, desk, hand };
}

export async function pass(ms: number): Promise<void> {
  await site.time.runUntil(site.time.now() + ms);
}

/** Calls wait for the journal, which answers in virtual time. */
export async function told<T>(call: Promise<T>): Promise<T> {
  await pass(500);
  return call;
}

export async function booked(book: OpenBook, ...drafts: Draft[]): Promise<void> {
  await book.bookkeeper.transact((_projection, add) => drafts.forEach(add));
}

export const inJournal = () =>
  site.companion.records.map(({ json }) => JSON.parse(json) as { kind: string; detail?: string });

export function clientOptions() {
  return {
    origin: ORIGIN,
    token: "t",
    fetch: site.companion.fetch,
    clock: site.time,
    timeout: () => null,
    onChange: () => undefined,
  };
}
