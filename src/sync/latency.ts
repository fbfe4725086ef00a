/**
 * The test before a stream (requirement 70): the seller orders one unit on one channel, and the watch
 * stops when another channel has acknowledged its new number. In memory until it is over; the result
 * is a note of the ledger.
 */
import type { ChannelId, Sku } from "../base/ids";
import { parseAccount } from "../stock/accounts";
import { note, type Draft, type Entry, type Move } from "../stock/entries";
import { rulingStream, policyOf, wishesOf } from "./allocate";
import { escrow } from "./policies/escrow";
import { nextKey, type Situation } from "./situation";

/** Good and still to be lived with (requirements 43 and 70); ms. */
const GOOD_MS = 5000;
const PASS_MS = 60_000;
/** So long for the order to be placed and seen, and so long for the other channel; ms. */
const PATIENCE_MS = 15 * 60_000;
/** Channels give whole seconds, and their clocks differ a little; ms. */
const EARLY_MS = 5000;

export interface LatencyRequest {
  readonly sku: Sku;
  /** Where the test order is placed. */
  readonly from: ChannelId;
  /** Whose number is watched. */
  readonly to: ChannelId;
}

export type LatencyRefusal =
  | { readonly code: "sku_unknown" }
  | { readonly code: "listing_unknown" }
  /** The live channel of an escrow stream sells from a share of its own: the others' sales do not move it. */
  | { readonly code: "not_linked" };

export type LatencyVerdict = "good" | "pass" | "fail";

export interface LatencyView extends LatencyRequest {
  /**
   * "waiting": for the order; "ordered": for the other channel; "no_change": the other channel has
   * nothing to change, since what it keeps back covers the order; "expired": too long.
   */
  readonly phase: "waiting" | "ordered" | "done" | "no_change" | "expired" | "stopped";
  readonly startedAt: number;
  /** By the channel's clock, or ours where that cannot be; ms. */
  readonly orderedAt: number | null;
  /** When the engine saw it. */
  readonly seenAt: number | null;
  /** "channel/order/line": the order that was taken for the test order. */
  readonly order: string | null;
  /** From the order to the acknowledgement. */
  readonly ms: number | null;
  readonly verdict: LatencyVerdict | null;
}

export function verdictOf(ms: number): LatencyVerdict {
  if (ms <= GOOD_MS) return "good";
  return ms <= PASS_MS ? "pass" : "fail";
}

/** Null: the test can be made. */
export function latencyRefusal(
  situation: Situation,
  { sku, from, to }: LatencyRequest,
): LatencyRefusal | null {
  const { catalogue, projection } = situation;
  if (!catalogue.items.some((item) => item.sku === sku)) return { code: "sku_unknown" };
  const listed = new Set(catalogue.listings(sku).map(({ listing }) => listing.channel));
  if (from === to || !listed.has(from) || !listed.has(to)) return { code: "listing_unknown" };
  const stream = rulingStream(projection, sku);
  if (stream === null || stream.phase === "ended" || policyOf(stream) !== escrow) return null;
  return stream.channel === from || stream.channel === to ? { code: "not_linked" } : null;
}

function isOrder(entry: Move, { sku, from }: LatencyRequest): boolean {
  if (entry.sku !== sku || (entry.kind !== "hold" && entry.kind !== "commit")) return false;
  const account = parseAccount(entry.to);
  return (account.kind === "held" || account.kind === "committed") && account.channel === from;
}

export class LatencyWatch {
  #view: LatencyView;

  constructor(request: LatencyRequest, now: number) {
    const nothing = { orderedAt: null, seenAt: null, order: null, ms: null, verdict: null };
    this.#view = { ...request, phase: "waiting", startedAt: now, ...nothing };
  }

  get view(): LatencyView {
    return this.#view;
  }

  get isOver(): boolean {
    return this.#view.phase !== "waiting" && this.#view.phase !== "ordered";
  }

  stop(): void {
    if (!this.isOver) this.#view = { ...this.#view, phase: "stopped" };
  }

  /** Entries that were just booked. True: the test is done, and its result is to be booked. */
  take(entries: readonly Entry[]): boolean {
    for (const entry of entries) {
      if (this.#view.phase === "waiting" && entry.type === "move") this.#order(entry);
      else if (this.#view.phase === "ordered" && entry.type === "note") {
        const { sku, to, seenAt, orderedAt } = this.#view;
        const isOurs = entry.kind === "push_confirmed" && entry.sku === sku && entry.channel === to;
        if (!isOurs || entry.at < (seenAt ?? 0)) continue;
        const ms = entry.at - (orderedAt ?? entry.at);
        this.#view = { ...this.#view, phase: "done", ms, verdict: verdictOf(ms) };
        return true;
      }
    }
    return false;
  }

  #order(entry: Move & { readonly bookedAt: number }): void {
    const { startedAt } = this.#view;
    if (!isOrder(entry, this.#view) || entry.at < startedAt - EARLY_MS) return;
    const seenAt = entry.bookedAt;
    const orderedAt = Math.min(Math.max(entry.at, startedAt), seenAt);
    this.#view = { ...this.#view, phase: "ordered", orderedAt, seenAt, order: entry.ref };
  }

  /** Looked at now and then: what does not come is not waited for. True: something changed. */
  look(situation: Situation): boolean {
    const { phase, sku, to, seenAt, startedAt } = this.#view;
    if (this.isOver) return false;
    if (situation.now - (seenAt ?? startedAt) > PATIENCE_MS) {
      this.#view = {
        ...this.#view,
        phase: "expired",
        verdict: phase === "ordered" ? "fail" : null,
      };
      return true;
    }
    const readAt = situation.readSince.get(to);
    if (phase !== "ordered" || seenAt === null || readAt === undefined || readAt <= seenAt) {
      return false;
    }
    const wishes = wishesOf(situation, sku).filter(({ state }) => state.listing.channel === to);
    const isRight = wishes.every(
      ({ state, quantity }) => quantity === null || quantity === state.observed,
    );
    if (isRight) this.#view = { ...this.#view, phase: "no_change" };
    return isRight;
  }

  /** What the ledger keeps of it. */
  result(situation: Situation): Draft {
    const { sku, from: detail, to: channel, ms, order } = this.#view;
    const about = { sku, channel, n: ms ?? 0, detail, ref: order ?? "" };
    return note("latency_test", nextKey(situation, "latency_test", sku), situation.now, about);
  }
}
