/**
 * Opens the live book: with the listings that the ledger says are mapped, and the channels that are
 * connected and have one of them. What a reading of the shops found is booked with the first counts
 * before any channel hears of it, so that no listing is ever written from a stock that nobody counted.
 */
import type { Clock } from "../base/clock";
import type { ChannelId } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import type { Channel } from "../channels/channel";
import { count } from "../stock/commands";
import type { Catalogue } from "../sync/catalogue";
import type { CommandRefusal, Connection, ShopRefusal } from "./api";
import { refusedBy } from "./command-refusal";
import type { CompanionClient } from "./companion-client";
import {
  catalogueOfMapping,
  isSameMapping,
  keyOfListing,
  mappedNote,
  type MappedListing,
} from "./live-mapping";
import type { LiveRecord } from "./live-record";
import type { LiveShops } from "./live-shops";
import type { OpenBook } from "./open-book";

export interface LiveBookPorts {
  readonly clock: Clock;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly companion: CompanionClient;
  readonly record: LiveRecord;
  readonly shops: LiveShops;
  /** The live book; null while another one is open. */
  readonly book: () => OpenBook | null;
  readonly open: (catalogue: Catalogue, wants: (channel: Channel) => boolean) => void;
}

const LEAD_TRIES = 60;
const LEAD_MS = 250;

export class LiveBook {
  readonly #ports: LiveBookPorts;
  readonly #never = new AbortController();
  /** The channels that the book was opened with. */
  #called: ReadonlySet<ChannelId> = new Set();

  constructor(ports: LiveBookPorts) {
    this.#ports = ports;
  }

  /** As the ledger has it; with nothing mapped an empty book, which a file can fill. */
  async openSaved(): Promise<Result<null, CommandRefusal>> {
    const { record, shops } = this.#ports;
    await shops.refresh();
    const known = await record.refresh();
    if (!known.ok) return refusedBy(known.error);
    this.#openNow();
    return ok(null);
  }

  async reopen(): Promise<void> {
    await this.openSaved();
  }

  /** A channel was connected or disconnected: the open live book works with what is there now. */
  async followConnections(): Promise<void> {
    if (this.#ports.book() === null) return;
    const wanted = this.#wanted();
    const same = wanted.size === this.#called.size && [...wanted].every((c) => this.#called.has(c));
    if (!same) await this.openSaved();
  }

  #openNow(): void {
    const { record, open } = this.#ports;
    this.#called = this.#wanted();
    const called = this.#called;
    open(catalogueOfMapping(record.mapped.values()), ({ id }) => called.has(id));
  }

  #wanted(): ReadonlySet<ChannelId> {
    const { record, shops } = this.#ports;
    const listed = new Set([...record.mapped.values()].map(({ listing }) => listing.channel));
    const there = (shops.connections ?? []).filter((connection) => this.#isThere(connection));
    return new Set(there.map(({ channel }) => channel).filter((channel) => listed.has(channel)));
  }

  /** A refused or locked shop stays in the book, where its channel says what is the matter. */
  #isThere({ channel, state }: Connection): boolean {
    if (state === "consent_open") return this.#called.has(channel);
    return state !== "not_connected";
  }

  /** `counts`: units by SKU, for SKUs that the book does not have yet. */
  async take(counts: Readonly<Record<string, number>>): Promise<Result<null, ShopRefusal>> {
    const { shops, record, clock } = this.#ports;
    const { proposal } = shops;
    if (proposal === null) return err({ code: "reading_gone" });
    const bad = Object.values(counts).some((units) => !Number.isSafeInteger(units) || units < 0);
    if (bad) return err({ code: "refused", detail: "counts" });
    const book = await this.#lead();
    if (!book.ok) return book;
    const at = clock.now();
    const isCounted = (sku: string) => record.skus.has(sku) || Object.hasOwn(counts, sku);
    const taken = proposal.mapped.filter((mapped) => everySku(mapped).every(isCounted));
    const booked = await book.value.bookkeeper.transact((projection, add) => {
      for (const { sku } of proposal.reading.skus) {
        const counted = counts[sku];
        if (counted === undefined || record.skus.has(sku)) continue;
        const request = { id: `opening/${sku}`, at, actor: "", sku, counted };
        const drafts = count(projection, request);
        if (drafts.ok) drafts.value.forEach(add);
      }
      for (const mapped of taken) {
        const before = record.mapped.get(keyOfListing(mapped.listing));
        if (!isSameMapping(before, mapped)) add(mappedNote(mapped, at));
      }
    });
    if (!booked.ok) return err({ code: "storage", detail: booked.error.detail });
    const kept = await book.value.flush();
    if (!kept.ok) return refusedBy(kept.error);
    shops.forgetProposal();
    return this.openSaved();
  }

  /** The live book, open and led from here. */
  async #lead(): Promise<Result<OpenBook, CommandRefusal>> {
    const { book, sleep, companion } = this.#ports;
    if (book() === null) {
      const opened = await this.openSaved();
      if (!opened.ok) return opened;
    }
    for (let tries = 0; tries < LEAD_TRIES; tries += 1) {
      const open = book();
      if (open?.role === "leader") return ok(open);
      await sleep(LEAD_MS, this.#never.signal);
    }
    return err({ code: companion.up ? "not_leader" : "companion_down" });
  }
}

/** What has to be counted before this listing may be written: its SKU, or a bundle's parts. */
function everySku({ sku, parts }: MappedListing): readonly string[] {
  return parts.length === 0 ? [sku] : parts.map((part) => part.sku);
}
