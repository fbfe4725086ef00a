/**
 * One open book: its ledger, its journal, and - while this worker leads - its engine. A follower
 * keeps no database of its own: it replays the journal in memory and shows what the leader does.
 */
import type { Clock } from "../base/clock";
import type { BookId, ChannelId, Sku } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import type { Channel } from "../channels/channel";
import { JournalClient, type JournalRefusal } from "../ledger/journal-client";
import type { Ledger, LedgerRefusal } from "../ledger/ledger";
import type { Move } from "../stock/entries";
import { ActivityLog } from "../sync/activity";
import { Bookkeeper } from "../sync/bookkeeper";
import { Catalogue, type CatalogueItem } from "../sync/catalogue";
import { Engine } from "../sync/engine";
import { ChannelHealth } from "../sync/health";
import type { SyncSettings } from "../sync/settings";
import type { CompanionClient } from "./companion-client";

export interface OpenBookPorts {
  readonly clock: Clock;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly companion: CompanionClient;
  readonly settings: SyncSettings;
  /** A ledger that lasts, for the leader. */
  readonly openLedger: (book: BookId) => Ledger;
  /** A ledger that only follows. */
  readonly openFollower: () => Ledger;
  readonly openChannels: (book: BookId) => readonly Channel[];
  readonly onChange: () => void;
  /** This worker leads now and the ledger is read. */
  readonly onLead: () => void;
}

export type BookFault = { readonly code: string; readonly detail: string };

const FOLLOW_MS = 1000;
const JOURNAL_RETRY_MS = 1000;
/** So long without a booking is a quiet moment, and so many entries are worth a snapshot then. */
const QUIET_MS = 10_000;
const QUIET_ENTRIES = 200;
const OPEN_TRIES_MAX = 5;

export class OpenBook {
  readonly id: BookId;
  readonly catalogue: Catalogue;
  readonly opening: ReadonlyMap<Sku, number>;
  readonly activity = new ActivityLog();
  readonly #ports: OpenBookPorts;
  readonly #journal: JournalClient;
  readonly #stop = new AbortController();
  #role: "starting" | "leader" | "follower" = "starting";
  #turn: Promise<void> = Promise.resolve();
  #bookkeeper: Bookkeeper;
  #engine: Engine | null = null;
  #fault: BookFault | null = null;
  #sending: Promise<Result<null, JournalRefusal>> | null = null;
  #followed = new Map<ChannelId, ChannelHealth>();
  #wanted = false;
  #openTries = 0;
  #bookings = 0;
  #resting = false;

  constructor(
    id: BookId,
    items: readonly CatalogueItem[],
    opening: ReadonlyMap<Sku, number>,
    ports: OpenBookPorts,
  ) {
    this.id = id;
    this.catalogue = new Catalogue(items);
    this.opening = opening;
    this.#ports = ports;
    this.#journal = new JournalClient(id, ports.companion);
    this.#bookkeeper = this.#newBookkeeper(ports.openFollower());
  }

  get role(): "starting" | "leader" | "follower" | "stopped" {
    return this.#fault === null ? this.#role : "stopped";
  }

  get fault(): BookFault | null {
    return this.#fault;
  }

  get bookkeeper(): Bookkeeper {
    return this.#bookkeeper;
  }

  get health(): ReadonlyMap<ChannelId, ChannelHealth> {
    return this.#engine?.health ?? this.#followed;
  }

  /** Entries the journal has not confirmed. */
  get journalBacklog(): number {
    const { seq } = this.#bookkeeper.projection;
    return Math.max(0, seq - (this.#journal.headSeq ?? 0));
  }

  #newBookkeeper(ledger: Ledger): Bookkeeper {
    return new Bookkeeper(ledger, this.#ports.clock, (entries) => {
      this.activity.add(entries);
      this.#bookings += 1;
      void this.flush();
      void this.#rest();
      this.#ports.onChange();
    });
  }

  /** A quiet moment is used for a snapshot, so that the next start is short. */
  async #rest(): Promise<void> {
    if (this.#resting) return;
    this.#resting = true;
    for (let seen = -1; seen !== this.#bookings && !this.#stop.signal.aborted;) {
      seen = this.#bookings;
      await this.#ports.sleep(QUIET_MS, this.#stop.signal);
    }
    this.#resting = false;
    if (this.#role !== "leader" || this.#stop.signal.aborted) return;
    await this.#bookkeeper.keepSnapshot(QUIET_ENTRIES);
  }

  /** The lease was won or lost. Turns are taken one after the other. */
  setLeads(leads: boolean): Promise<void> {
    this.#wanted = leads;
    this.#turn = this.#turn.then(() => (leads ? this.#lead() : this.#follow()));
    return this.#turn;
  }

  close(): void {
    this.#stop.abort();
    this.#engine?.stop();
    this.#bookkeeper.ledger.close();
  }

  async #lead(): Promise<void> {
    if (this.#role === "leader" || this.#stop.signal.aborted) return;
    const ledger = this.#ports.openLedger(this.id);
    const bookkeeper = this.#newBookkeeper(ledger);
    // What the browser lost, the journal gives back before anything new is booked.
    const restored = await this.#journal.restore(ledger);
    if (!restored.ok) {
      ledger.close();
      this.#notLevel(restored.error);
      return;
    }
    const loaded = await bookkeeper.load();
    if (!loaded.ok) {
      this.#setFault(storageFault(loaded.error));
      return;
    }
    this.#bookkeeper.ledger.close();
    this.#bookkeeper = bookkeeper;
    this.activity.replaceEntries(loaded.value.slice(-500));
    await this.#countOpening();
    this.#role = "leader";
    this.#startEngine();
    this.#ports.onLead();
    void this.flush();
    this.#ports.onChange();
  }

  /** Nothing is booked on a ledger that was not held against the journal. */
  #notLevel(refusal: JournalRefusal): void {
    // A browser that was killed may hold the database for some seconds more: look again first.
    const mayOpenYet =
      refusal.code === "ledger" &&
      refusal.refusal.code === "failed" &&
      (this.#openTries += 1) <= OPEN_TRIES_MAX;
    const fault = mayOpenYet ? null : journalFault(refusal);
    if (fault !== null) {
      this.#setFault(fault);
      return;
    }
    void this.#ports.sleep(JOURNAL_RETRY_MS, this.#stop.signal).then(() => {
      if (this.#wanted && !this.#stop.signal.aborted) void this.setLeads(true);
    });
  }

  #startEngine(): void {
    const { clock, sleep, settings, onChange, openChannels } = this.#ports;
    this.#engine = new Engine({
      clock,
      sleep,
      settings,
      onChange,
      bookkeeper: this.#bookkeeper,
      catalogue: this.catalogue,
      channels: openChannels(this.id),
      onLedgerFault: (refusal) => {
        this.#setFault(storageFault(refusal));
      },
    });
    this.#engine.start();
  }

  /** The book's first page: what is in the warehouse. Booked once, by its key. */
  async #countOpening(): Promise<void> {
    await this.#bookkeeper.transact((projection, book) => {
      if (projection.seq > 0) return;
      for (const [sku, units] of this.opening) {
        if (units > 0) book(countMove(sku, units, this.#ports.clock.now()));
      }
    });
  }

  async #follow(): Promise<void> {
    if (this.#role === "follower" || this.#stop.signal.aborted) return;
    this.#engine?.stop();
    this.#engine = null;
    this.#followed = new Map(
      this.#ports
        .openChannels(this.id)
        .map((channel) => [channel.id, new ChannelHealth(channel.id)]),
    );
    if (this.#role === "leader") {
      this.#bookkeeper.ledger.close();
      this.#bookkeeper = this.#newBookkeeper(this.#ports.openFollower());
    }
    this.#role = "follower";
    this.#ports.onChange();
    void this.#followLoop(this.#bookkeeper);
    await Promise.resolve();
  }

  async #followLoop(bookkeeper: Bookkeeper): Promise<void> {
    while (bookkeeper === this.#bookkeeper && !this.#stop.signal.aborted) {
      const restored = await this.#journal.restore(bookkeeper.ledger);
      if (bookkeeper !== this.#bookkeeper) return;
      if (restored.ok && restored.value.restored > 0) {
        const news = await bookkeeper.follow();
        if (news.ok) this.activity.add(news.value);
        this.#ports.onChange();
      }
      await this.#ports.sleep(FOLLOW_MS, this.#stop.signal);
    }
  }

  /** Sends the journal what it lacks; one sender at a time. Resolves when it is level, or why not. */
  flush(): Promise<Result<null, JournalRefusal>> {
    this.#sending ??= this.#send().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #send(): Promise<Result<null, JournalRefusal>> {
    if (this.#role === "follower") return err({ code: "fenced_off" });
    for (;;) {
      const sent = await this.#journal.send(this.#bookkeeper.ledger);
      this.#ports.onChange();
      if (!sent.ok) {
        const fault = journalFault(sent.error);
        if (fault !== null && sent.error.code !== "refused") this.#setFault(fault);
        else this.#retryLater();
        return sent;
      }
      if (sent.value.left === 0) return ok(null);
    }
  }

  #retryLater(): void {
    const { sleep } = this.#ports;
    void sleep(JOURNAL_RETRY_MS, this.#stop.signal).then(() => {
      if (!this.#stop.signal.aborted && this.#role === "leader") void this.flush();
    });
  }

  #setFault(fault: BookFault): void {
    this.#fault = fault;
    this.#engine?.stop();
    this.#ports.onChange();
  }
}

function countMove(sku: Sku, units: number, at: number): Move {
  return {
    type: "move",
    key: `count/opening/${sku}`,
    at,
    reportedAt: at,
    kind: "count",
    sku,
    quantity: units,
    from: "external",
    to: "available",
    ref: "",
  };
}

/** Null: another try may find it well. */
function journalFault(refusal: JournalRefusal): BookFault | null {
  switch (refusal.code) {
    case "companion_down":
    case "fenced_off":
    case "sequence_gap":
      return null;
    case "ledger":
      return storageFault(refusal.refusal);
    case "refused":
    case "diverged":
      return { code: "storage_failed", detail: refusal.detail };
  }
}

/** Codes of `locale`. */
function storageFault(refusal: LedgerRefusal): BookFault {
  switch (refusal.code) {
    case "full":
      return { code: "storage_full", detail: refusal.detail };
    case "refused":
      return { code: "storage_blocked", detail: refusal.detail };
    case "blocked":
    case "newer_schema":
      return { code: "newer_schema", detail: refusal.detail };
    case "conflict":
    case "failed":
      return { code: "storage_failed", detail: refusal.detail };
  }
}
