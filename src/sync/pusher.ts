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
import { note, type Draft } from "../stock/entries";
import { wishes, type Wish } from "./allocate";
import type { Bookkeeper } from "./bookkeeper";
import type { Catalogue } from "./catalogue";
import { overwrittenNote } from "./drift";
import type { ChannelHealth } from "./health";
import type { SyncSettings } from "./settings";
import { mayHaveWritten, wrote } from "./showing";
import type { Situation } from "./situation";

/** Longest wait before a refused write is tried again. */
const REFUSED_WAIT_MAX_MS = 60_000;

export interface PusherPorts {
  readonly clock: Clock;
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

  constructor(ports: PusherPorts) {
    this.#ports = ports;
  }

  /** Null = sent, or nothing to send. */
  async push(channel: Channel, health: ChannelHealth): Promise<Refusal | null> {
    const { clock, stopped } = this.#ports;
    const wanted = wishes(this.#ports.situation(), channel.id);
    const due = wanted.filter((wish) => this.#due(channel, wish)).sort(byUrgency);
    health.backlog = due.length;
    const { left } = channel.allowance("write_stock");
    const most = Math.min(channel.writesMax, left ?? channel.writesMax);
    if (due.length === 0 || most < 1 || stopped()) return null;
    const writes = await this.#request(channel, due.slice(0, most));
    if (writes === null || stopped()) return null;
    const sentAt = clock.now();
    const answer = await channel.writeStock(writes);
    health.wrote(clock.now() - sentAt);
    if (!answer.ok) {
      this.#lost(channel, writes);
      return answer.error;
    }
    const outcomes = new Map(answer.value.map((outcome) => [outcome.listingId, outcome]));
    await this.#bookOutcomes(channel, health, writes, outcomes);
    return null;
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
          add(note("push_confirmed", `${key}/confirmed`, now, about));
          health.lastPushMs = state.wrongSince === null ? null : now - state.wrongSince;
          state.wrongSince = null;
          state.failures = 0;
          wrote(state, n, now, settings.orderLagMs[channel.id]);
        } else {
          const detail = refusedDetail(outcome);
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
    const { clock, settings } = this.#ports;
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
    if (channel.comparesAndSets || state.restlessReads === 0) return true;
    // No compare-and-set: an absolute write now could give back a sale in flight. Wait for a quiet
    // reading, but not for ever when the number has to go down.
    return quantity < state.observed && state.restlessReads > settings.restlessReadsMax;
  }
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
