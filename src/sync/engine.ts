/**
 * The loop: for every channel read stock, then orders, book what is new, work out what each listing
 * should show, and send the difference. One operation per channel at a time (a reading never
 * overlaps a write to the same channel); booking goes through one queue. Level, not edge: a lost
 * reply, a restart or a duplicate changes nothing, since only the difference counts.
 *
 * Stock is read before orders, so that orders are at least as fresh: a sale may then be booked that
 * the stock reading does not show yet, never the other way round.
 */
import type { Clock } from "../base/clock";
import type { ChannelId } from "../base/ids";
import type {
  Channel,
  ChannelOrder,
  QuantityWrite,
  Refusal,
  StockReading,
} from "../channels/channel";
import type { LedgerRefusal } from "../ledger/ledger";
import { note, type Move } from "../stock/entries";
import { dueExpiries } from "../stock/holds";
import { planLine } from "../stock/orders";
import { oversellNotes, oversoldNow } from "../stock/oversell";
import type { Projection } from "../stock/projection";
import { SAFE_AGE_MS } from "../stock/sellable";
import { wishes, refill, type Wish } from "./allocate";
import { reportedLines } from "./book";
import type { Bookkeeper } from "./bookkeeper";
import type { Catalogue } from "./catalogue";
import { consequences, type Situation } from "./consequences";
import { ChannelHealth } from "./health";
import type { SyncSettings } from "./settings";

/** Longest wait before a refused write is tried again. */
const REFUSED_WAIT_MAX_MS = 60_000;

export interface EnginePorts {
  readonly clock: Clock;
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
  readonly #readSince = new Map<ChannelId, number>();
  readonly health = new Map<ChannelId, ChannelHealth>();

  constructor(ports: EnginePorts) {
    this.#ports = ports;
    for (const channel of ports.channels)
      this.health.set(channel.id, new ChannelHealth(channel.id));
  }

  start(): void {
    for (const channel of this.#ports.channels) void this.#loop(channel);
  }

  stop(): void {
    this.#stop.abort();
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

  async #loop(channel: Channel): Promise<void> {
    const { clock, settings, sleep, onChange } = this.#ports;
    const health = this.#healthOf(channel.id);
    while (!this.#stopped()) {
      const refusal = await this.#round(channel);
      const pace = this.#live() ? settings.pollLiveMs : settings.pollIdleMs;
      const wait = health.pauseAfter(refusal, pace, settings.backoffMaxMs);
      health.nextPollAt = clock.now() + wait;
      onChange();
      await sleep(wait, this.#stop.signal);
    }
  }

  /** One reading of a channel and what follows from it. Null = all went well. */
  async #round(channel: Channel): Promise<Refusal | null> {
    const { clock, bookkeeper, catalogue, settings } = this.#ports;
    const health = this.#healthOf(channel.id);
    const began = clock.now();
    const states = catalogue.on(channel.id);
    const stock = await channel.readStock(states.map((state) => state.listing));
    if (!stock.ok) return stock.error;
    const cursor = bookkeeper.cursors[channel.id] ?? null;
    const orders = await channel.readOrders(cursor, began - settings.firstLookMs);
    if (!orders.ok) return orders.error;
    if (this.#stopped()) return null;
    health.succeeded(clock.now());
    this.#readSince.set(channel.id, began);
    const touched = await this.#book(channel.id, orders.value.orders, orders.value.cursor, () => {
      this.#observe(channel.id, stock.value, began);
    });
    if (touched === null) return null;
    this.#settleReadings(channel.id, touched);
    return this.#push(channel);
  }

  /** Takes the stock reading in; how it compares with the one before is settled after booking. */
  #observe(channel: ChannelId, readings: readonly StockReading[], at: number): void {
    for (const reading of readings) {
      const state = this.#ports.catalogue.find(channel, reading.listingId);
      if (state === null) continue;
      if (reading.available !== state.observed) state.restlessReads += 1;
      else state.restlessReads = 0;
      state.zeroReads = reading.available === 0 ? state.zeroReads + 1 : 0;
      state.observed = reading.available;
      state.observedAt = at;
    }
  }

  /** A listing whose orders moved in this reading is not at rest, whatever its number says. */
  #settleReadings(channel: ChannelId, touched: ReadonlySet<string>): void {
    for (const state of this.#ports.catalogue.on(channel)) {
      if (!touched.has(state.listing.listingId)) continue;
      state.restlessReads = Math.max(1, state.restlessReads);
      state.zeroReads = Math.min(1, state.zeroReads);
    }
  }

  /** Answers the listings whose orders were booked, or null when the ledger refused. */
  async #book(
    channel: ChannelId,
    orders: readonly ChannelOrder[],
    cursor: string,
    before: () => void,
  ): Promise<ReadonlySet<string> | null> {
    const { bookkeeper, catalogue, clock } = this.#ports;
    const now = clock.now();
    const health = this.#healthOf(channel);
    const { lines, unknown } = reportedLines(channel, orders, catalogue, now);
    health.unknownListings = unknown.length;
    const touched = new Set<string>();
    const booked = await bookkeeper.transact(
      (projection, book) => {
        before();
        const oversoldBefore = oversoldNow(projection);
        const booked: Move[] = [];
        for (const line of lines) {
          const moves = planLine(projection, line);
          if (moves.length === 0) continue;
          moves.forEach(book);
          booked.push(...moves);
          for (const state of catalogue.listings(line.sku)) {
            if (state.listing.channel === channel) touched.add(state.listing.listingId);
          }
        }
        oversellNotes(projection, oversoldBefore, booked, now).forEach(book);
        this.#expiries(projection, now).forEach(book);
        this.#follow(book);
      },
      { [channel]: cursor },
    );
    if (booked.ok) return touched;
    this.#fault(booked.error);
    return null;
  }

  /**
   * Holds whose time is over on a channel that cannot be asked. One that is read tells itself when
   * a buyer paid or gave up: its orders come by their changes, so its last word still stands.
   */
  #expiries(projection: Projection, now: number): readonly Move[] {
    return dueExpiries(projection, now, (line) => {
      const { refusal } = this.#healthOf(line.channel);
      const readAt = this.#readSince.get(line.channel) ?? 0;
      return refusal !== null && now - readAt > SAFE_AGE_MS ? "unreadable" : "unpaid";
    });
  }

  #situation(): Situation {
    const { clock, bookkeeper, catalogue, settings } = this.#ports;
    return {
      now: clock.now(),
      projection: bookkeeper.projection,
      catalogue,
      settings,
      readSince: this.#readSince,
    };
  }

  /** Books what follows until nothing follows any more. Bounded: each kind settles itself. */
  #follow(book: (draft: ReturnType<typeof consequences>[number]) => void): void {
    for (let step = 0; step < 20; step += 1) {
      const drafts = consequences(this.#situation());
      if (drafts.length === 0) return;
      drafts.forEach(book);
    }
  }

  /** Sends what this channel's listings should show, as far as they are at rest. */
  async #push(channel: Channel): Promise<Refusal | null> {
    const { bookkeeper, catalogue, settings, clock } = this.#ports;
    await this.#bookOrFault((projection, book) => {
      const move = refill(projection, catalogue, clock.now());
      if (move !== null) book(move);
    });
    const due = wishes(bookkeeper.projection, catalogue, settings).filter(
      (wish) => wish.state.listing.channel === channel.id && this.#due(channel, wish),
    );
    if (due.length === 0 || this.#stopped()) return null;
    const writes: QuantityWrite[] = [];
    const asked = await this.#bookOrFault((projection, book) => {
      for (const wish of due.slice(0, channel.writesMax)) {
        const { state, quantity } = wish;
        if (quantity === null) continue;
        const ref = `push-${channel.id}-${projection.seq + 1}`;
        writes.push({
          listing: state.listing,
          quantity,
          expected: state.observed,
          idempotencyKey: ref,
        });
        book(
          note("push_requested", `${ref}/requested/${state.sku}`, clock.now(), {
            sku: state.sku,
            channel: channel.id,
            n: quantity,
            ref,
          }),
        );
      }
    });
    if (!asked || this.#stopped()) return null;
    const answer = await channel.writeStock(writes);
    if (!answer.ok) return answer.error;
    await this.#bookOutcomes(channel, writes, new Map(answer.value.map((o) => [o.listingId, o])));
    return null;
  }

  async #bookOutcomes(
    channel: Channel,
    writes: readonly QuantityWrite[],
    outcomes: ReadonlyMap<string, { readonly kind: string; readonly code?: string }>,
  ): Promise<void> {
    const { catalogue, clock } = this.#ports;
    const health = this.#healthOf(channel.id);
    const now = clock.now();
    await this.#bookOrFault((_projection, book) => {
      for (const write of writes) {
        const state = catalogue.find(channel.id, write.listing.listingId);
        if (state === null) continue;
        const outcome = outcomes.get(write.listing.listingId);
        const about = {
          sku: state.sku,
          channel: channel.id,
          n: write.quantity,
          ref: write.idempotencyKey,
        };
        const key = `${write.idempotencyKey}/${state.sku}`;
        if (outcome?.kind === "accepted") {
          book(note("push_confirmed", `${key}/confirmed`, now, about));
          health.lastPushMs = state.wrongSince === null ? null : now - state.wrongSince;
          state.wrongSince = null;
          state.observed = write.quantity;
          state.zeroReads = 0;
          state.failures = 0;
        } else {
          const stale = outcome?.kind === "stale";
          const detail = stale ? "stale" : (outcome?.code ?? "no_answer");
          // A number that moved meanwhile is read anew at once; a refusal would only repeat itself.
          if (!stale) {
            state.failures += 1;
            state.retryAt = now + Math.min(REFUSED_WAIT_MAX_MS, 1000 * 2 ** state.failures);
          }
          book(note("push_failed", `${key}/failed`, now, { ...about, detail }));
        }
      }
      this.#follow(book);
    });
  }

  /** Whether a wish is to be sent now. */
  #due(channel: Channel, wish: Wish): boolean {
    const { state, quantity } = wish;
    const { clock, settings } = this.#ports;
    if (quantity === null || state.observed === null || quantity === state.observed) {
      state.wrongSince = null;
      return false;
    }
    state.wrongSince ??= clock.now();
    if (clock.now() < state.retryAt) return false;
    if (channel.comparesAndSets || state.restlessReads === 0) return true;
    // No compare-and-set: an absolute write now could give back a sale in flight. Wait for a quiet
    // reading, but not for ever when the number has to go down.
    return quantity < state.observed && state.restlessReads > settings.restlessReadsMax;
  }

  async #bookOrFault(plan: Parameters<Bookkeeper["transact"]>[0]): Promise<boolean> {
    const booked = await this.#ports.bookkeeper.transact(plan);
    if (!booked.ok) this.#fault(booked.error);
    return booked.ok;
  }

  #fault(refusal: LedgerRefusal): void {
    this.stop();
    this.#ports.onLedgerFault(refusal);
  }
}
