/**
 * The loop: for every channel read stock, then orders, book what is new, work out what each listing
 * should show, and send the difference. One operation per channel at a time (a reading never
 * overlaps a write to the same channel); booking goes through one queue. Level, not edge: a lost
 * reply, a restart or a duplicate changes nothing, since only the difference counts.
 *
 * Stock is read before orders, so that orders are at least as fresh: a sale may then be booked that
 * the stock reading does not show yet, never the other way round.
 */
import type { ChannelId } from "../base/ids";
import { ok, type Result } from "../base/result";
import type { Channel, OrderPage, Refusal, StockReading } from "../channels/channel";
import type { LedgerRefusal } from "../ledger/ledger";
import type { Draft, Entry, Move } from "../stock/entries";
import { dueExpiries } from "../stock/holds";
import { oversellNotes, oversoldNow } from "../stock/oversell";
import type { Projection } from "../stock/projection";
import { shareMoves } from "./allocate";
import { reportedLines } from "./book";
import { bookLines, lapse, type Lapsed } from "./book-lines";
import type { Bookkeeper } from "./bookkeeper";
import type { Catalogue } from "./catalogue";
import { ChannelLoop } from "./channel-loop";
import { moveTimes } from "./clock-jump";
import { consequences } from "./consequences";
import { driftNotes, sawListing } from "./drift";
import type { EvenClock } from "./even-clock";
import { ChannelHealth } from "./health";
import { LatencyWatch, type LatencyRequest } from "./latency";
import { PaceBook } from "./pace";
import { Pusher } from "./pusher";
import { recallShowing } from "./recall";
import type { SyncSettings } from "./settings";
import { moved } from "./showing";
import type { Situation } from "./situation";
import { ToldOrders } from "./told";
import { Watch } from "./watch";

export interface EnginePorts {
  /** One worker's: what its machine's clock did is known to every engine that runs in it. */
  readonly time: EvenClock;
  /** Resolves after `ms`, or at once when the engine stops. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly bookkeeper: Bookkeeper;
  readonly catalogue: Catalogue;
  readonly channels: readonly Channel[];
  readonly settings: SyncSettings;
  /** Something to show changed. */
  readonly onChange: () => void;
  /** The ledger refused: nothing more is sent. */
  readonly onLedgerFault: (refusal: LedgerRefusal) => void;
}

export class Engine {
  readonly #ports: EnginePorts;
  readonly #stop = new AbortController();
  /** When the last reading that tells all began: of stock, and of orders too where stock does not. */
  readonly #readSince = new Map<ChannelId, number>();
  readonly #ordersSince = new Map<ChannelId, number>();
  readonly #told = new Map<ChannelId, ToldOrders>();
  readonly #lapsed: Lapsed = new Map();
  readonly #time: EvenClock;
  readonly #loops: ChannelLoop[] = [];
  /** The same, and when the engine started, by what passed and not by the clock; ms. */
  readonly #readSteady = new Map<ChannelId, number>();
  readonly #startedSteady: number;
  readonly #deepSteady = new Map<ChannelId, number>();
  readonly #pace: PaceBook;
  readonly #pusher: Pusher;
  readonly #watch: Watch;
  #latency: LatencyWatch | null = null;
  readonly health = new Map<ChannelId, ChannelHealth>();

  constructor(ports: EnginePorts) {
    this.#ports = ports;
    const { time } = ports;
    // What it did while no engine ran is no jump of this one's: nothing is remembered from before.
    time.adjust();
    this.#time = time;
    this.#startedSteady = time.steady();
    for (const channel of ports.channels)
      this.health.set(channel.id, new ChannelHealth(channel.id));
    this.#pace = PaceBook.of(ports.bookkeeper.projection, ports.settings.paceMs);
    this.#pusher = new Pusher({
      clock: time,
      steady: () => time.steady(),
      catalogue: ports.catalogue,
      settings: ports.settings,
      situation: () => this.situation(),
      book: (plan) => this.#bookOrFault(plan),
      follow: (book) => this.#follow(book),
      stopped: () => this.#stopped(),
      isBlind: () => this.#watch.isBlind(),
    });
    this.#watch = new Watch({
      ...ports,
      clock: time,
      adjust: () => {
        this.#adjust();
      },
      signal: this.#stop.signal,
      health: this.health,
      situation: () => this.situation(),
      follow: (book) => this.#follow(book),
      book: (plan, cursors) => this.#bookOrFault(plan, cursors),
      look: () => this.#latency?.look(this.situation()) ?? false,
    });
  }

  /** Times in which nobody watched, until everything was read again. */
  get watch(): Watch {
    return this.#watch;
  }

  /** The test that runs, or the last one. */
  get latency(): LatencyWatch | null {
    return this.#latency;
  }

  stopLatency(): void {
    this.#latency?.stop();
    this.#ports.onChange();
  }

  testLatency(request: LatencyRequest): void {
    this.#latency = new LatencyWatch(request, this.#time.now());
    this.#ports.onChange();
  }

  start(): void {
    void this.#begin();
  }

  async #begin(): Promise<void> {
    const { bookkeeper, catalogue, settings } = this.#ports;
    const { ledger, projection } = bookkeeper;
    catalogue.forget();
    const recalled = await recallShowing(ledger, projection.seq, catalogue, settings);
    if (!recalled.ok) {
      this.#fault(recalled.error);
      return;
    }
    void this.#watch.run();
    for (const channel of this.#ports.channels) void this.#loopOf(channel).run();
  }

  stop(): void {
    this.#stop.abort();
    for (const loop of this.#loops) loop.wake();
  }

  /** A clock that jumped is found here: every age stays right, and it counts as a gap. */
  #adjust(): void {
    const by = this.#time.adjust();
    if (by === 0) return;
    const { catalogue } = this.#ports;
    const readings = [this.#readSince, this.#ordersSince];
    moveTimes({ catalogue, channels: this.health.keys(), health: this.health, readings }, by);
    this.#pace.clockJumped();
    this.#watch.clockJumped(by);
  }

  #stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  #healthOf(channel: ChannelId): ChannelHealth {
    const health = this.health.get(channel);
    if (health === undefined) throw new Error(`no such channel: ${channel}`);
    return health;
  }

  #live(): boolean {
    const { streams } = this.#ports.bookkeeper.projection;
    return [...streams.values()].some((stream) => stream.phase !== "ended");
  }

  #loopOf(channel: Channel): ChannelLoop {
    const { settings, sleep, onChange } = this.#ports;
    const time = this.#time;
    const health = this.#healthOf(channel.id);
    const loop = new ChannelLoop({
      sleep,
      steady: () => time.steady(),
      stopped: () => this.#stopped(),
      stopAfter: () => this.#pusher.stopAfter(channel),
      stop: () => this.#pusher.stop(channel, health),
      round: async () => {
        this.#adjust();
        const refusal = await this.#round(channel);
        const pace = this.#live() ? settings.pollLiveMs : settings.pollIdleMs;
        const wait = health.pauseAfter(refusal, pace, settings.backoffMaxMs);
        health.nextPollAt = time.now() + wait;
        health.ended(refusal, channel, time.now(), time.steady());
        onChange();
        return wait;
      },
    });
    this.#loops.push(loop);
    return loop;
  }

  /** One reading of a channel and what follows from it. Null = all went well. */
  async #round(channel: Channel): Promise<Refusal | null> {
    const { catalogue } = this.#ports;
    const time = this.#time;
    const health = this.#healthOf(channel.id);
    const jumps = time.jumps;
    const steady = time.steady();
    const began = time.now();
    const wait = channel.allowance("read_stock").nextAt - steady;
    if (wait > 0) return { kind: "throttled", retryAfterMs: wait };
    const stock = await channel.readStock(catalogue.on(channel.id).map((state) => state.listing));
    if (!stock.ok) return stock.error;
    const orders = await this.#readOrders(channel, began);
    if (!orders.ok) return orders.error;
    // A clock that jumped in the middle: nobody knows when this was read. It is read again at once.
    if (this.#stopped() || time.jumps !== jumps) return null;
    const page = orders.value;
    const touched = await this.#book(channel.id, page, began, () => {
      this.#observe(channel.id, stock.value, began);
    });
    if (touched === null) return null;
    this.#settleReadings(channel.id, touched);
    if (page !== null) this.#ordersSince.set(channel.id, began);
    // Numbers alone are enough only where a number that fell is a sale, and only once all was read.
    if (page === null && !(channel.sellsBeforeOrders && this.#ordersSince.has(channel.id))) {
      return null;
    }
    health.succeeded(time.now(), began);
    this.#readSince.set(channel.id, began);
    this.#readSteady.set(channel.id, steady);
    const moved = await this.#bookOrFault((_projection, book) => {
      shareMoves(this.situation()).forEach(book);
    });
    return moved ? this.#pusher.push(channel, health) : null;
  }

  /** Null: the channel's budget allows no look at its orders yet. */
  async #readOrders(channel: Channel, began: number): Promise<Result<OrderPage | null, Refusal>> {
    const { bookkeeper, settings } = this.#ports;
    if (channel.allowance("read_orders").nextAt > this.#time.steady()) return ok(null);
    const cursor = bookkeeper.cursors[channel.id] ?? null;
    const steady = this.#time.steady();
    if (cursor === null || !this.#deepLookDue(channel.id, began, steady)) {
      return channel.readOrders(cursor, began - settings.firstLookMs);
    }
    const page = await channel.readOrders(null, began - settings.deepLookBackMs);
    if (page.ok) this.#deepSteady.set(channel.id, steady);
    return page;
  }

  /**
   * An order may be listed long after its own time, behind every cursor (limits.md 10, reliability 2):
   * now and then, and when a number fell for no reason known, all of the last days is read.
   */
  #deepLookDue(channel: ChannelId, at: number, now: number): boolean {
    const { catalogue, settings } = this.#ports;
    const last = this.#deepSteady.get(channel) ?? now;
    this.#deepSteady.set(channel, last);
    if (now - last >= settings.deepLookEveryMs) return true;
    const puzzled = catalogue
      .on(channel)
      .some((s) => s.strangeSince !== null && at - s.strangeSince >= settings.puzzledMs);
    return puzzled && now - last >= settings.puzzledMs;
  }

  /** Takes the stock reading in; how it compares with the one before is settled after booking. */
  #observe(channel: ChannelId, readings: readonly StockReading[], at: number): void {
    for (const reading of readings) {
      const state = this.#ports.catalogue.find(channel, reading.listingId);
      if (state === null) continue;
      sawListing(this.#ports.bookkeeper.projection, state, reading.available, at);
      state.locked = reading.locked ?? 0;
      state.isStale = false;
    }
    const locked = this.#ports.catalogue.on(channel).filter((state) => state.locked > 0);
    this.#healthOf(channel).lockedListings = locked.length;
  }

  /** A listing whose orders moved in this reading is not at rest, whatever its number says. */
  #settleReadings(channel: ChannelId, touched: ReadonlySet<string>): void {
    for (const state of this.#ports.catalogue.on(channel)) {
      if (!touched.has(state.listing.listingId)) continue;
      moved(state);
    }
  }

  /** Answers the listings whose orders were booked, or null when the ledger refused. */
  async #book(
    channel: ChannelId,
    page: OrderPage | null,
    began: number,
    before: () => void,
  ): Promise<ReadonlySet<string> | null> {
    const { bookkeeper, catalogue } = this.#ports;
    const now = this.#time.now();
    const health = this.#healthOf(channel);
    const told = this.#told.get(channel) ?? new ToldOrders();
    this.#told.set(channel, told);
    const news = told.news(page?.orders ?? []);
    const { lines, unknown } = reportedLines(channel, news, catalogue, now);
    if (unknown.length > 0) health.unknownListings = unknown.length;
    let touched: ReadonlySet<string> = new Set();
    const booked = await bookkeeper.transact(
      (projection, book) => {
        before();
        const oversoldBefore = oversoldNow(projection);
        const said = bookLines(projection, lines, this.#lapsed, began, book);
        touched = said.touched;
        oversellNotes(projection, oversoldBefore, said.moves, now).forEach(book);
        const expiries = this.#expiries(projection, now);
        expiries.forEach(book);
        lapse(this.#lapsed, expiries);
        this.#follow(book);
        driftNotes(this.situation(), catalogue.on(channel)).forEach(book);
      },
      page === null ? {} : { [channel]: page.cursor },
    );
    if (booked.ok) {
      this.#pace.add(booked.value);
      told.booked(news);
      this.#booked(booked.value);
      return touched;
    }
    this.#fault(booked.error);
    return null;
  }

  /**
   * Holds whose time is over on a channel that cannot be asked. One that is read tells itself when
   * a buyer paid or gave up: its orders come by their changes, so its last word still stands.
   */
  #expiries(projection: Projection, now: number): readonly Move[] {
    return dueExpiries(projection, now, ({ channel }) => {
      const readAt = this.#readSteady.get(channel) ?? this.#startedSteady;
      const silentMs = this.#time.steady() - readAt;
      const isSilent = silentMs > this.#ports.settings.unreadableMs;
      return isSilent && this.#healthOf(channel).isSilent ? "unreadable" : "unpaid";
    });
  }

  /** What the plans are made from, now. */
  situation(): Situation {
    const { bookkeeper, catalogue, settings } = this.#ports;
    return {
      now: this.#time.now(),
      maybeAheadMs: this.#time.maybeAheadMs,
      projection: bookkeeper.projection,
      catalogue,
      settings,
      readSince: this.#readSince,
      ordersSince: this.#ordersSince,
      pace: this.#pace,
      timing: (channel) => {
        const health = this.health.get(channel);
        return {
          readEveryMs: health?.readEveryMs ?? settings.pollLiveMs,
          writeMs: health?.writeMs ?? settings.writeGuessMs,
        };
      },
    };
  }

  /** Books what follows until nothing follows any more. Bounded: each kind settles itself. */
  #follow(book: (draft: Draft) => void): void {
    for (let step = 0; step < 20; step += 1) {
      const drafts = consequences(this.situation());
      if (drafts.length === 0) return;
      drafts.forEach(book);
    }
  }

  async #bookOrFault(...request: Parameters<Bookkeeper["transact"]>): Promise<boolean> {
    const booked = await this.#ports.bookkeeper.transact(...request);
    if (booked.ok) this.#booked(booked.value);
    else this.#fault(booked.error);
    return booked.ok;
  }

  /** A latency test follows what is booked; what it found is booked in its turn. */
  #booked(entries: readonly Entry[]): void {
    // What a push leaves behind asks for no stop: whoever sent it looks again by itself.
    const isNews = entries.some(({ kind }) => !kind.startsWith("push_"));
    if (isNews) for (const loop of this.#loops) loop.wake();
    const latency = this.#latency;
    if (latency?.take(entries) !== true) return;
    void this.#bookOrFault((_projection, book) => {
      book(latency.result(this.situation()));
    });
  }

  #fault(refusal: LedgerRefusal): void {
    // A leader of a moment ago, whose ledger was closed under it, has nothing to report any more.
    if (this.#stopped()) return;
    this.stop();
    this.#ports.onLedgerFault(refusal);
  }
}
