import type { ChannelId } from "../base/ids";
import { never } from "../base/assert";
import type { CallKind, Channel, Refusal } from "../channels/channel";
import { SAFE_AGE_MS } from "../stock/sellable";

/** What is left of one kind of call. */
export interface BudgetLeft {
  readonly kind: CallKind;
  /** Calls that may still go in this window; null where the channel does not count that way. */
  readonly left: number | null;
  /** ms; null: at once. */
  readonly nextAt: number | null;
}

/** A refusal that is over or not. */
export interface ChannelError {
  readonly kind: Refusal["kind"];
  readonly detail: string;
  readonly at: number;
}

/** A channel that is silent for minutes has refused more calls in a row than this. */
const SILENT_FAILURES = 5;

const callKinds: readonly CallKind[] = ["read_stock", "read_orders", "write_stock"];

/** How one channel is doing, as data (issue 1: clear banners; architecture.md decision 7). */
export class ChannelHealth {
  readonly channel: ChannelId;
  lastOkAt: number | null = null;
  nextPollAt: number | null = null;
  refusal: Refusal | null = null;
  failures = 0;
  lastPushMs: number | null = null;
  unknownListings = 0;
  /** Listings that are to show another number. */
  backlog = 0;
  /** Listings that are left alone, since a campaign holds units of them. */
  lockedListings = 0;
  /** The last refusal, whatever came after it. */
  lastError: ChannelError | null = null;
  budget: readonly BudgetLeft[] = [];
  /** Usual time between two readings, ms; null = not two yet. */
  readEveryMs: number | null = null;
  /** Usual time a write takes, ms; null = none yet. */
  writeMs: number | null = null;
  #readBegan: number | null = null;

  constructor(channel: ChannelId) {
    this.channel = channel;
  }

  /** A complete reading that began at `began`; ms. */
  succeeded(at: number, began: number): void {
    // An answer that was on its way while the machine slept is as old as its question.
    this.lastOkAt = at - began > SAFE_AGE_MS ? began : at;
    if (this.#readBegan !== null) {
      this.readEveryMs = smoothed(this.readEveryMs, began - this.#readBegan);
    }
    this.#readBegan = began;
  }

  /** When the last complete reading began: its numbers are no younger; ms. */
  get readBegan(): number | null {
    return this.#readBegan;
  }

  /** One refused call is no silence yet: not after a start, nor when the clock was set ahead. */
  get isSilent(): boolean {
    return this.refusal !== null && this.failures >= SILENT_FAILURES;
  }

  /** Our clock was set back by `-by` ms. */
  movedInTime(by: number): void {
    if (this.lastOkAt !== null) this.lastOkAt += by;
    if (this.#readBegan !== null) this.#readBegan += by;
    if (this.nextPollAt !== null) this.nextPollAt += by;
  }

  /**
   * After a round: how it went, and what is left to spend. `steadyAt`: the same moment by the clock
   * that budgets go by; ms.
   */
  ended(
    refusal: Refusal | null,
    channel: Pick<Channel, "allowance">,
    at: number,
    steadyAt = at,
  ): void {
    if (refusal !== null) {
      this.lastError = { kind: refusal.kind, detail: refusalDetail(refusal), at };
    }
    this.budget = callKinds.map((kind) => {
      const { left, nextAt } = channel.allowance(kind);
      return { kind, left, nextAt: nextAt > steadyAt ? nextAt - steadyAt + at : null };
    });
  }

  wrote(tookMs: number): void {
    this.writeMs = smoothed(this.writeMs, tookMs);
  }

  /**
   * How long to wait before the next round; doubles with every failure in a row, obeys the channel's
   * own Retry-After.
   */
  pauseAfter(refusal: Refusal | null, paceMs: number, maxMs: number): number {
    this.refusal = refusal;
    if (refusal === null) {
      this.failures = 0;
      return paceMs;
    }
    this.failures += 1;
    const backoff = Math.min(maxMs, paceMs * 2 ** Math.min(this.failures, 6));
    if (refusal.kind === "throttled") return Math.max(backoff, refusal.retryAfterMs);
    // The companion restarts within seconds; look again at the usual pace.
    return refusal.kind === "companion_down" ? paceMs : backoff;
  }
}

export function refusalDetail(refusal: Refusal): string {
  switch (refusal.kind) {
    case "companion_down":
    case "fenced_off":
      return "";
    case "unreachable":
      return refusal.message;
    case "throttled":
      return String(Math.ceil(refusal.retryAfterMs / 1000));
    case "unauthorised":
    case "rejected":
      return `${refusal.code} ${refusal.message}`;
    case "server_error":
      return `HTTP ${refusal.status}`;
    case "malformed":
      return refusal.where;
    default:
      return never(refusal);
  }
}

/** Rises at once with a slow call and forgets it slowly: a guard had better be too large. */
function smoothed(before: number | null, now: number): number {
  return before === null || now > before ? now : before + 0.1 * (now - before);
}
