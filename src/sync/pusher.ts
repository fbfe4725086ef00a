/**
 * Sends one channel what its listings should show: only differences, the listing that matters most
 * first, each asked for in the ledger before it leaves and confirmed or refused after. A lost reply
 * changes nothing: the next reading shows whether the number is right.
 */
import type { Clock } from "../base/clock";
import type {
  Channel,
  QuantityWrite,
  Refusal,
  WriteOutcome,
  WriteReason,
} from "../channels/channel";
import type { ChannelId } from "../base/ids";
import { note, type Draft } from "../stock/entries";
import { SAFE_AGE_MS } from "../stock/sellable";
import { wishes, type Wish } from "./allocate";
import type { Bookkeeper } from "./bookkeeper";
import type { Catalogue, ListingState } from "./catalogue";
import { overwrittenNote } from "./drift";
import type { ChannelHealth } from "./health";
import type { SyncSettings } from "./settings";
import { mayHaveWritten, missingWords, wrote } from "./showing";
import type { Situation } from "./situation";

/** Longest wait before a refused write is tried again. */
const REFUSED_WAIT_MAX_MS = 60_000;
/** Longest wait before a listing that is to stop is told so again; of one that stays deaf, the one above. */
const STOP_WAIT_MAX_MS = 15_000;
const DEAF_FAILURES = 10;

export interface PusherPorts {
  readonly clock: Clock;
  /** Goes on evenly, whatever becomes of the clock; ms. */
  readonly steady: () => number;
  readonly catalogue: Catalogue;
  readonly settings: SyncSettings;
  readonly situation: () => Situation;
  /** Books, or answers false after the ledger refused. */
  readonly book: (plan: Parameters<Bookkeeper["transact"]>[0]) => Promise<boolean>;
  /** What follows from the outcomes, to be booked with them. */
  readonly follow: (book: (draft: Draft) => void) => void;
  readonly stopped: () => boolean;
  /** After a gap not everything was read again: no number goes up. */
  readonly isBlind: () => boolean;
}

export class Pusher {
  readonly #ports: PusherPorts;
  /** Listings whose lower number did not arrive. */
  readonly #unlowered = new Set<ListingState>();
  /** Calls that a channel refused in a row, and until when no stop is tried again; ms, steady. */
  readonly #refused = new Map<ChannelId, { readonly failures: number; readonly until: number }>();

  constructor(ports: PusherPorts) {
    this.#ports = ports;
  }

  /** Null = sent, or nothing to send. */
  async push(channel: Channel, health: ChannelHealth): Promise<Refusal | null> {
    const wanted = wishes(this.#ports.situation(), channel.id);
    const due = wanted.filter((wish) => this.#due(channel, wish)).sort(byUrgency);
    health.backlog = due.length;
    return this.#send(channel, health, due);
  }

  /**
   * What is to be at 0 is told so at once, between two readings: a 0 gives no sale in flight back, so
   * it need not wait for a calm one. Null as above. So is a lower number that did not arrive.
   */
  async stop(channel: Channel, health: ChannelHealth): Promise<Refusal | null> {
    const now = this.#ports.clock.now();
    const due = this.#stops(channel).filter(({ state }) => stopWaits(state, now) <= 0);
    return this.#send(channel, health, due);
  }

  /** How long the next `stop` is to wait; ms, null: there is nothing to stop. */
  stopAfter(channel: Channel): number | null {
    const { clock, steady } = this.#ports;
    const stops = this.#stops(channel);
    if (stops.length === 0) return null;
    const refusedFor = (this.#refused.get(channel.id)?.until ?? 0) - steady();
    const waits = stops.map(({ state }) => stopWaits(state, clock.now()));
    return Math.max(0, refusedFor, Math.min(...waits));
  }

  /**
   * What cannot wait for the next reading. A number that moved meanwhile has to be read before it can
   * be told anything; one that did not arrive is sent again while its reading is new.
   */
  #stops(channel: Channel): readonly Wish[] {
    const now = this.#ports.clock.now();
    return wishes(this.#ports.situation(), channel.id).filter(({ state, quantity }) => {
      const { observed, observedAt, isStale } = state;
      if (quantity === null || observed === null || quantity >= observed || isStale) return false;
      const isNew = observedAt !== null && now - observedAt <= SAFE_AGE_MS;
      return quantity === 0 || (isNew && this.#unlowered.has(state));
    });
  }

  async #send(
    channel: Channel,
    health: ChannelHealth,
    due: readonly Wish[],
  ): Promise<Refusal | null> {
    const { steady, stopped } = this.#ports;
    // What stops a listing may use what a budget keeps back: its adapter knows how much that is.
    const stops = due.filter(({ quantity }) => quantity === 0).length;
    const { left } = channel.allowance("write_stock");
    const most = Math.min(channel.writesMax, Math.max(stops, left ?? channel.writesMax));
    if (due.length === 0 || most < 1 || stopped()) return null;
    const writes = await this.#request(channel, due.slice(0, most));
    if (writes === null || stopped()) return null;
    const sentAt = steady();
    const answer = await channel.writeStock(writes);
    health.wrote(steady() - sentAt);
    this.#arrived(channel.id, writes, answer.ok);
    if (!answer.ok) {
      this.#holdBack(channel.id, answer.error);
      if (isUnsent(answer.error)) await this.#bookUnsent(channel, writes, answer.error);
      else this.#lost(channel, writes);
      return answer.error;
    }
    this.#refused.delete(channel.id);
    const outcomes = new Map(answer.value.map((outcome) => [outcome.listingId, outcome]));
    await this.#bookOutcomes(channel, health, writes, outcomes);
    return null;
  }

  #arrived(channel: ChannelId, writes: readonly QuantityWrite[], ok: boolean): void {
    for (const { listing, quantity, expected } of writes) {
      const state = this.#ports.catalogue.find(channel, listing.listingId);
      if (state === null) continue;
      if (!ok && quantity < (expected ?? 0)) this.#unlowered.add(state);
      else this.#unlowered.delete(state);
    }
  }

  #holdBack(channel: ChannelId, refusal: Refusal): void {
    const failures = (this.#refused.get(channel)?.failures ?? 0) + 1;
    const most = failures > DEAF_FAILURES ? REFUSED_WAIT_MAX_MS : STOP_WAIT_MAX_MS;
    const backoff = Math.min(most, 500 * 2 ** failures);
    const wait = refusal.kind === "throttled" ? Math.max(backoff, refusal.retryAfterMs) : backoff;
    this.#refused.set(channel, { failures, until: this.#ports.steady() + wait });
  }

  /** Nothing left, so nothing can have taken effect. */
  async #bookUnsent(
    channel: Channel,
    writes: readonly QuantityWrite[],
    { kind }: Refusal,
  ): Promise<void> {
    const { catalogue, clock, book } = this.#ports;
    await book((_projection, add) => {
      for (const { listing, quantity: n, idempotencyKey: ref } of writes) {
        const sku = catalogue.find(channel.id, listing.listingId)?.sku;
        if (sku === undefined) continue;
        const about = { sku, channel: channel.id, n, ref, detail: kind };
        add(note("push_failed", `${ref}/${sku}/failed`, clock.now(), about));
      }
    });
  }

  async #request(channel: Channel, due: readonly Wish[]): Promise<readonly QuantityWrite[] | null> {
    const { clock, book } = this.#ports;
    const writes: QuantityWrite[] = [];
    const asked = await book((projection, add) => {
      for (const { state, quantity } of due) {
        if (quantity === null) continue;
        const ref = `push-${channel.id}-${projection.seq + 1}`;
        writes.push({
          listing: state.listing,
          reason: writeReason(quantity, state.observed),
          quantity,
          expected: state.observed,
          idempotencyKey: ref,
        });
        const overwritten = overwrittenNote(this.#ports.situation(), state);
        if (overwritten !== null) add(overwritten);
        const { sku } = state;
        const about = { sku, channel: channel.id, n: quantity, ref };
        add(note("push_requested", `${ref}/requested/${sku}`, clock.now(), about));
      }
    });
    return asked ? writes : null;
  }

  /** No answer: each write may have taken effect. */
  #lost(channel: Channel, writes: readonly QuantityWrite[]): void {
    const { catalogue, clock, settings } = this.#ports;
    for (const { listing, quantity } of writes) {
      const state = catalogue.find(channel.id, listing.listingId);
      if (state === null) continue;
      mayHaveWritten(state, quantity, clock.now(), settings.orderLagMs[channel.id]);
    }
  }

  async #bookOutcomes(
    channel: Channel,
    health: ChannelHealth,
    writes: readonly QuantityWrite[],
    outcomes: ReadonlyMap<string, WriteOutcome>,
  ): Promise<void> {
    const { catalogue, clock, settings, book, follow } = this.#ports;
    const now = clock.now();
    await book((_projection, add) => {
      for (const write of writes) {
        const state = catalogue.find(channel.id, write.listing.listingId);
        if (state === null) continue;
        const outcome = outcomes.get(write.listing.listingId);
        const { quantity: n, idempotencyKey: ref } = write;
        const about = { sku: state.sku, channel: channel.id, n, ref };
        const key = `${ref}/${state.sku}`;
        if (outcome?.kind === "accepted") {
          const detail = missingWords(state);
          add(note("push_confirmed", `${key}/confirmed`, now, { ...about, detail }));
          health.lastPushMs = state.wrongSince === null ? null : now - state.wrongSince;
          state.wrongSince = null;
          state.failures = 0;
          wrote(state, n, now, settings.orderLagMs[channel.id]);
        } else {
          const detail = refusedDetail(outcome);
          state.isStale = detail === "stale";
          // A number that moved meanwhile is read anew at once; a refusal would only repeat itself.
          // One that the adapter's own budget kept back waits for the next round, no longer.
          if (detail !== "stale" && detail !== "throttled") {
            state.failures += 1;
            state.refused = write.reason;
            state.retryAt = now + Math.min(REFUSED_WAIT_MAX_MS, 1000 * 2 ** state.failures);
          }
          add(note("push_failed", `${key}/failed`, now, { ...about, detail }));
        }
      }
      follow(add);
    });
  }

  /** Whether a wish is to be sent now. */
  #due(channel: Channel, wish: Wish): boolean {
    const { state, quantity } = wish;
    const { clock } = this.#ports;
    if (quantity === null || state.observed === null || quantity === state.observed) {
      state.wrongSince = null;
      return false;
    }
    state.wrongSince ??= clock.now();
    // What was kept back of a level (a budget's reserve, say) must not hold up a stop.
    const reason = writeReason(quantity, state.observed);
    const waits = reason === "level" || state.refused !== "level";
    if (waits && clock.now() < state.retryAt) return false;
    if (quantity > state.observed && this.#ports.isBlind()) return false;
    if (channel.comparesAndSets || quantity === 0 || state.restlessReads === 0) return true;
    // No compare-and-set: an absolute write now could give back a sale in flight. Wait for a quiet
    // reading, but not for ever when the number has to go down.
    return quantity < state.observed && state.restlessReads > this.#restlessMost(channel.id);
  }

  /** Fewer where readings are rare: a number that moved a minute ago may be quiet by now. */
  #restlessMost(channel: ChannelId): number {
    const { restlessReadsMax, pollLiveMs } = this.#ports.settings;
    const { readEveryMs } = this.#ports.situation().timing(channel);
    return Math.min(restlessReadsMax, Math.round((restlessReadsMax * pollLiveMs) / readEveryMs));
  }
}

/** How long a stop of this listing is to wait; ms, 0 or less: it may go. */
function stopWaits({ refused, retryAt }: ListingState, now: number): number {
  return refused === null || refused === "level" ? 0 : retryAt - now;
}

/** Refused before it could do anything. */
function isUnsent({ kind }: Refusal): boolean {
  return kind === "throttled" || kind === "fenced_off" || kind === "unauthorised";
}

function refusedDetail(outcome: WriteOutcome | undefined): string {
  if (outcome === undefined) return "no_answer";
  return outcome.kind === "rejected" ? outcome.code : outcome.kind;
}

/** Down to nothing stops a listing, up from nothing starts it again; all else is its level. */
function writeReason(quantity: number, observed: number | null): WriteReason {
  if (quantity === 0) return "pause";
  return observed === 0 ? "resume" : "level";
}

/** What must stop comes first, then what must go down, then what is nearest to its end. */
function byUrgency(a: Wish, b: Wish): number {
  return rank(a) - rank(b) || (a.quantity ?? 0) - (b.quantity ?? 0);
}

function rank({ state, quantity }: Wish): number {
  if (quantity === 0) return 0;
  return quantity !== null && quantity < (state.observed ?? 0) ? 1 : 2;
}
