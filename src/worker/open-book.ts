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
import { UnsentEntries } from "../ledger/unsent-entries";
import type { Entry } from "../stock/entries";
import { openingCount } from "../stock/opening";
import { ActivityLog } from "../sync/activity";
import { Bookkeeper } from "../sync/bookkeeper";
import type { Catalogue } from "../sync/catalogue";
import { bookSettings } from "../sync/book-settings";
import { Engine } from "../sync/engine";
import { EvenClock } from "../sync/even-clock";
import { ChannelHealth } from "../sync/health";
import type { SyncSettings } from "../sync/settings";
import { journalFault, storageFault, type BookFault } from "./book-fault";
import { Alarms, type AlarmLocale } from "./alarms";
import type { CompanionClient } from "./companion-client";

export interface OpenBookPorts {
  readonly clock: Clock;
  /** Goes on evenly whatever is done to the clock; absent = nothing is done to it. */
  readonly steady?: Clock;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly companion: CompanionClient;
  readonly settings: SyncSettings;
  /** A ledger that lasts, for the leader. */
  readonly openLedger: (book: BookId) => Ledger;
  /** A ledger that only follows. */
  readonly openFollower: () => Ledger;
  readonly openChannels: (book: BookId) => readonly Channel[];
  /** The language of notifications; absent = English. */
  readonly locale?: () => AlarmLocale;
  readonly isMuted?: () => boolean;
  readonly onChange: () => void;
  /** This worker leads now and the ledger is read. */
  readonly onLead: () => void;
}

const FOLLOW_MS = 1000;
const JOURNAL_RETRY_MS = 1000;
/** A full disk is asked so often whether there is room: two seconds at most (limits.md reliability 5). */
const MEND_RETRY_MS = 1000;
/** So long without a booking is a quiet moment, and so many entries are worth a snapshot then. */
const QUIET_MS = 10_000;
const QUIET_ENTRIES = 200;
const OPEN_TRIES_MAX = 5;
const MENDED_MAX = 5;

export class OpenBook {
  readonly id: BookId;
  readonly catalogue: Catalogue;
  readonly opening: ReadonlyMap<Sku, number>;
  readonly activity = new ActivityLog();
  readonly #ports: OpenBookPorts;
  /** Outlives the engines: a clock that was put ahead is still ahead when the book is opened anew. */
  readonly #time: EvenClock;
  readonly #journal: JournalClient;
  readonly #alarms: Alarms;
  readonly #stop = new AbortController();
  #role: "starting" | "leader" | "follower" = "starting";
  #turn: Promise<void> = Promise.resolve();
  #bookkeeper: Bookkeeper;
  #unsent: UnsentEntries;
  #engine: Engine | null = null;
  #fault: BookFault | null = null;
  #sending: Promise<Result<null, JournalRefusal>> | null = null;
  #followed = new Map<ChannelId, ChannelHealth>();
  #wanted = false;
  #openTries = 0;
  #bookings = 0;
  #resting = false;
  #retrying = false;
  #mending = false;
  /** How often it was opened anew since something was booked. */
  #mended = 0;

  constructor(
    id: BookId,
    catalogue: Catalogue,
    opening: ReadonlyMap<Sku, number>,
    ports: OpenBookPorts,
  ) {
    this.id = id;
    this.catalogue = catalogue;
    this.opening = opening;
    this.#ports = ports;
    this.#time = new EvenClock(ports.clock, ports.steady ?? ports.clock);
    this.#journal = new JournalClient(id, ports.companion);
    this.#alarms = new Alarms(ports.companion, id, ports);
    this.#unsent = new UnsentEntries(ports.openFollower());
    this.#bookkeeper = this.#newBookkeeper(this.#unsent);
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

  /** Null while this worker does not lead. */
  get engine(): Engine | null {
    return this.#engine;
  }

  /** Entries the journal has not confirmed. */
  get journalBacklog(): number {
    const { seq } = this.#bookkeeper.projection;
    return Math.max(0, seq - (this.#journal.headSeq ?? 0));
  }

  #newBookkeeper(unsent: UnsentEntries): Bookkeeper {
    return new Bookkeeper(unsent.ledger, this.#ports.clock, (entries) => {
      unsent.add(entries);
      this.activity.add(entries);
      this.#bookings += 1;
      this.#mended = 0;
      if (this.#role === "leader") this.#alarms.booked(entries);
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
    const unsent = new UnsentEntries(ledger);
    const bookkeeper = this.#newBookkeeper(unsent);
    // What the browser lost, the journal gives back before anything new is booked.
    const restored = await this.#level(ledger);
    if (!restored.ok) {
      ledger.close();
      this.#notLevel(restored.error);
      return;
    }
    const loaded = await bookkeeper.load();
    if (!loaded.ok) {
      ledger.close();
      this.#setFault(storageFault(loaded.error));
      return;
    }
    this.#bookkeeper.ledger.close();
    this.#bookkeeper = bookkeeper;
    this.#unsent = unsent;
    this.activity.replaceEntries(loaded.value.slice(-500));
    const counted = await this.#countOpening();
    if (!counted.ok) {
      this.#setFault(storageFault(counted.error));
      return;
    }
    this.#fault = null;
    this.#role = "leader";
    this.#startEngine();
    this.#ports.onLead();
    this.#alarms.again(this.#bookkeeper.projection);
    void this.flush();
    this.#ports.onChange();
  }

  /** The companion was away and is back. */
  companionBack(): void {
    if (this.#role === "leader") this.#alarms.again(this.#bookkeeper.projection);
  }

  /**
   * Level with the journal. Where another leader took over before this profile had sent all it had
   * booked, the histories parted: the journal's is the one that everybody followed, and what it
   * lacks was never acknowledged. It is given up, cursors and all, and the channels tell it again.
   */
  async #level(ledger: Ledger): Promise<Result<unknown, JournalRefusal>> {
    const restored = await this.#journal.restore(ledger);
    if (restored.ok || restored.error.code !== "diverged") return restored;
    const same = await this.#journal.isSameBook(ledger);
    if (!same.ok) return same;
    if (!same.value) return restored;
    const cleared = await ledger.clear();
    if (!cleared.ok) {
      return err({ code: "ledger", detail: cleared.error.detail, refusal: cleared.error });
    }
    return this.#journal.restore(ledger);
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
    const { sleep, onChange, openChannels } = this.#ports;
    const settings = bookSettings(this.#ports.settings, () => this.#bookkeeper.projection);
    this.#engine = new Engine({
      time: this.#time,
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
  #countOpening(): Promise<Result<readonly Entry[], LedgerRefusal>> {
    return this.#bookkeeper.transact((projection, book) => {
      if (projection.seq > 0) return;
      for (const [sku, units] of this.opening) {
        if (units > 0) book(openingCount(sku, units, this.#ports.clock.now()));
      }
    });
  }

  async #follow(): Promise<void> {
    if (this.#role === "follower" || this.#stop.signal.aborted) return;
    this.#engine?.stop();
    this.#engine = null;
    // What ails this window's storage is not what the other's is like.
    if (this.#fault?.passes === true) this.#fault = null;
    this.#followed = new Map(
      this.#ports
        .openChannels(this.id)
        .map((channel) => [channel.id, new ChannelHealth(channel.id)]),
    );
    if (this.#role === "leader") {
      this.#bookkeeper.ledger.close();
      this.#unsent = new UnsentEntries(this.#ports.openFollower());
      this.#bookkeeper = this.#newBookkeeper(this.#unsent);
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

  /**
   * Sends the journal what it lacks; one sender at a time. Resolves when it has all that was booked
   * at the time of the call, or says why not: a sender that was on its way may have looked too early.
   */
  async flush(): Promise<Result<null, JournalRefusal>> {
    const before = await this.#sending;
    if (before?.ok === false) return before;
    // Whoever waited for the same sender shares the next one: it starts after all of their calls.
    this.#sending ??= this.#send().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #send(): Promise<Result<null, JournalRefusal>> {
    if (this.#role === "follower") return err({ code: "fenced_off" });
    for (;;) {
      const unsent = this.#unsent;
      const sent = await this.#journal.send(unsent);
      unsent.sent(this.#journal.headSeq ?? 0);
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

  /** One try is waiting at a time, however many bookings fail to go out meanwhile. */
  #retryLater(): void {
    if (this.#retrying) return;
    this.#retrying = true;
    const { sleep } = this.#ports;
    void sleep(JOURNAL_RETRY_MS, this.#stop.signal).then(() => {
      this.#retrying = false;
      if (!this.#stop.signal.aborted && this.#role === "leader") void this.flush();
    });
  }

  #setFault(fault: BookFault): void {
    this.#fault = fault;
    this.#engine?.stop();
    this.#ports.onChange();
    if (fault.passes) void this.#mend();
  }

  /** Waits until the storage can be written again, and then opens the book as a start would. */
  async #mend(): Promise<void> {
    if (this.#mending) return;
    this.#mending = true;
    const ledger = this.#ports.openLedger(this.id);
    do {
      await this.#ports.sleep(MEND_RETRY_MS, this.#stop.signal);
    } while (this.#mayMend() && !(await this.#isWritable(ledger)));
    ledger.close();
    this.#mending = false;
    // What opens well and fails again and again is damaged: a person has to look.
    if (!this.#mayMend() || (this.#mended += 1) > MENDED_MAX) return;
    this.#fault = null;
    this.#engine = null;
    this.#role = "starting";
    this.#ports.onChange();
    await this.setLeads(true);
  }

  #mayMend(): boolean {
    return !this.#stop.signal.aborted && this.#wanted && this.#fault?.passes === true;
  }

  /** A snapshot is as large as what is to be booked, and of use even if nothing follows. */
  async #isWritable(ledger: Ledger): Promise<boolean> {
    const probe = new Bookkeeper(ledger, this.#ports.clock, () => undefined);
    const loaded = await probe.load();
    const kept = loaded.ok ? await probe.keepSnapshot(0) : loaded;
    if (kept.ok) return true;
    if (kept.error.code === "full") {
      this.#fault = storageFault(kept.error);
      this.#ports.onChange();
    }
    return false;
  }
}
