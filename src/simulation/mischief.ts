/** Everything that goes wrong, by seeded dice, counted: each fault and each pair within a minute. */
import { channelIds, type ChannelId } from "../base/ids";
import type { Prng } from "../base/prng";
import type { ChannelOrder, Refusal } from "../channels/channel";
import type { Trouble } from "./trouble";
import type { VirtualTime } from "./virtual-time";

export const faultKinds = [
  "duplicate",
  "reordered",
  "old_status",
  "late_order",
  "lost_reply",
  "throttled",
  "server_error",
  "torn_page",
  "outage",
  "channel_skew",
  "own_skew",
  "killed",
  "frozen",
  "second_leader",
  "companion_restart",
  "journal_full",
  "disk_full",
  "wiped",
  "manual_edit",
  "said_twice",
  "cancel_burst",
  "return_burst",
  "shipped_burst",
  "bundle_sale",
  "clock_change",
] as const;
export type FaultKind = (typeof faultKinds)[number];

const PAIR_WITHIN_MS = 60_000;

/** How often each fault came, and each pair of them within a minute, over many runs. */
export class Coverage {
  readonly counts = new Map<FaultKind, number>();
  readonly pairs = new Map<string, number>();
  /** Until when each fault of this run is on; a stroke ends where it begins. */
  readonly #until = new Map<FaultKind, number>();

  /** Every run has the same hours: nothing of the one before stands beside what comes now. */
  newRun(): void {
    this.#until.clear();
  }

  note(kind: FaultKind, at: number, until = at): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    for (const [other, ended] of this.#until) {
      if (other === kind || at - ended > PAIR_WITHIN_MS) continue;
      const pair = [kind, other].sort().join("+");
      this.pairs.set(pair, (this.pairs.get(pair) ?? 0) + 1);
    }
    this.#until.set(kind, Math.max(until, this.#until.get(kind) ?? 0));
  }
}

/** Chances per page, order or call; 0 to 1. */
const CHANCE = {
  duplicate: 0.02,
  reordered: 0.05,
  old_status: 0.01,
  late_order: 0.004,
  lost_reply: 0.03,
  throttled: 0.01,
  server_error: 0.01,
  torn_page: 0.003,
} as const;

const LATE_MAX_MS = 20 * 60_000;
const SKEW_MAX_MS = 10 * 60_000;

export class Mischief implements Trouble {
  readonly #time: VirtualTime;
  readonly #prng: Prng;
  readonly #coverage: Coverage;
  readonly #skew = new Map<ChannelId, number>();
  readonly #outUntil = new Map<ChannelId, number>();
  readonly #companionUp: () => boolean;
  /** Nothing goes wrong any more after this time, so that a run comes to rest; ms. */
  readonly calmFrom: number;

  constructor(options: {
    readonly time: VirtualTime;
    readonly prng: Prng;
    readonly coverage: Coverage;
    readonly companionUp: () => boolean;
    readonly calmFrom: number;
  }) {
    this.#time = options.time;
    this.#prng = options.prng;
    this.#coverage = options.coverage;
    this.#companionUp = options.companionUp;
    this.calmFrom = options.calmFrom;
    for (const id of channelIds) {
      if (this.#prng.next() < 0.5) continue;
      this.#skew.set(id, Math.round((2 * this.#prng.next() - 1) * SKEW_MAX_MS));
      this.#coverage.note("channel_skew", this.#time.now(), this.calmFrom);
    }
  }

  #happens(kind: keyof typeof CHANCE): boolean {
    if (this.#time.now() >= this.calmFrom) return false;
    if (this.#prng.next() >= CHANCE[kind]) return false;
    this.#coverage.note(kind, this.#time.now());
    return true;
  }

  outage(channel: ChannelId, ms: number): void {
    this.#outUntil.set(channel, this.#time.now() + ms);
    this.#coverage.note("outage", this.#time.now(), this.#time.now() + ms);
  }

  isOut(channel: ChannelId): boolean {
    return this.#time.now() < (this.#outUntil.get(channel) ?? 0);
  }

  skewOf(channel: ChannelId): number {
    return this.#skew.get(channel) ?? 0;
  }

  extraLag(): number {
    return this.#happens("late_order") ? this.#prng.next() * LATE_MAX_MS : 0;
  }

  refuses(channel: ChannelId): Refusal | null {
    if (this.isOut(channel)) return { kind: "unreachable", message: "outage" };
    if (this.#happens("throttled")) return { kind: "throttled", retryAfterMs: 2000 };
    if (this.#happens("server_error")) return { kind: "server_error", status: 503, message: "" };
    return this.#happens("torn_page") ? { kind: "malformed", where: "body" } : null;
  }

  losesReply(): boolean {
    return this.#happens("lost_reply");
  }

  mixed(
    _channel: ChannelId,
    orders: readonly ChannelOrder[],
    olderOf: (order: ChannelOrder) => ChannelOrder,
  ): readonly ChannelOrder[] {
    if (orders.length === 0) return orders;
    const page = [...orders];
    for (const order of orders) {
      if (this.#happens("duplicate")) page.push(order);
      if (this.#happens("old_status")) page.push(olderOf(order));
    }
    if (this.#happens("reordered")) page.reverse();
    return page;
  }

  companionUp(): boolean {
    return this.#companionUp();
  }
}
