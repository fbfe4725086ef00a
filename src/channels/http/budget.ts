/**
 * What a channel allows to be sent, counted before a byte leaves. Pure: time comes in as a clock, and
 * nothing here knows a header, a channel or a timer. An adapter holds one `Budget` for each thing the
 * channel counts apart (an operation at Amazon, the points of a shop at Shopify) and
 *
 *   const refusal = budget.take(units, reason);   // null: go; else answer it, nothing was sent
 *   ...
 *   budget.succeeded();                            // or
 *   budget.refused(retryAfterMs);                  // the channel said 429, in whatever form
 *
 * `sendWithin` (send-within.ts) does the three for a plain HTTP call. What a channel says of its
 * limits goes to the limit itself: `TokenBucket.told`.
 *
 * A budget is as old as its adapter: what an earlier run of the product spent is not known to it. Where
 * a full burst at the start would break a limit, start lower (`initial`).
 */
import type { Clock } from "../../base/clock";
import type { Allowance, Refusal, WriteReason } from "../channel";

/** One published limit. Units are what the channel counts: calls, or points of a query. */
export interface Limit {
  /** Milliseconds until `units` may be taken, 0: now. Takes nothing. */
  waitFor(units: number, mayUseReserve: boolean, now: number): number;
  spend(units: number, now: number): void;
  /** How often `units` may still be taken without waiting; null where that is no useful number. */
  left(units: number, now: number): number | null;
}

/** A bucket that holds up to `burst` units and is filled all the time (channels.md 2.6, 3.6). */
export class TokenBucket implements Limit {
  #perSecond: number;
  #burst: number;
  #level: number;
  readonly #reserve: number;
  #asOf: number | null = null;

  /**
   * `perSecond` above 0. `reserve`: units that only a pause or a resume may take.
   * `initial`: what is in it at first; full, where left out.
   */
  constructor(size: {
    readonly perSecond: number;
    readonly burst: number;
    readonly reserve?: number;
    readonly initial?: number;
  }) {
    this.#perSecond = size.perSecond;
    this.#burst = size.burst;
    this.#reserve = size.reserve ?? 0;
    this.#level = Math.min(size.burst, size.initial ?? size.burst);
  }

  /**
   * What the channel itself says of the bucket replaces what was published: `perSecond` from
   * x-amzn-ratelimit-limit, all three from Shopify's throttleStatus. Numbers that no bucket can
   * have (not finite, no rate) are not believed.
   */
  told(
    size: { readonly perSecond?: number; readonly burst?: number; readonly level?: number },
    now: number,
  ): void {
    this.#fill(now);
    const { perSecond, burst, level } = size;
    if (perSecond !== undefined && Number.isFinite(perSecond) && perSecond > 0)
      this.#perSecond = perSecond;
    if (burst !== undefined && Number.isFinite(burst) && burst > 0) this.#burst = burst;
    if (level !== undefined && Number.isFinite(level)) this.#level = level;
    this.#level = Math.min(this.#burst, this.#level);
  }

  waitFor(units: number, mayUseReserve: boolean, now: number): number {
    this.#fill(now);
    const kept = mayUseReserve ? 0 : this.#reserve;
    // More than the bucket holds goes when it is full: the channel has to say what it makes of it.
    const missing = Math.min(units + kept, this.#burst) - this.#level;
    return missing <= 1e-9 ? 0 : Math.ceil((missing / this.#perSecond) * 1000);
  }

  spend(units: number, now: number): void {
    this.#fill(now);
    this.#level -= Math.min(units, this.#burst);
  }

  left(units: number, now: number): number {
    this.#fill(now);
    return Math.max(0, Math.floor((this.#level - this.#reserve + 1e-9) / units));
  }

  /** A clock that was set back fills nothing; it never takes anything away. */
  #fill(now: number): void {
    const since = this.#asOf === null ? 0 : Math.max(0, now - this.#asOf);
    this.#asOf = now;
    this.#level = Math.min(this.#burst, this.#level + (since / 1000) * this.#perSecond);
  }
}

/** Slices that a rolling window is counted in; a whole slice leaves it at once, never too early. */
const SLICES = 60;

/** At most `units` in any `windowMs`, however they are spread (channels.md 1.6, 4.6). */
export class RollingWindow implements Limit {
  readonly #units: number;
  readonly #sliceMs: number;
  readonly #reserve: number;
  /** Units spent, by slice, oldest first. */
  readonly #spent = new Map<number, number>();

  constructor(size: {
    readonly units: number;
    readonly windowMs: number;
    readonly reserve?: number;
  }) {
    this.#units = size.units;
    this.#sliceMs = size.windowMs / SLICES;
    this.#reserve = size.reserve ?? 0;
  }

  waitFor(units: number, mayUseReserve: boolean, now: number): number {
    let free = this.#free(now) - (mayUseReserve ? 0 : this.#reserve);
    const wanted = Math.min(units, this.#units - (mayUseReserve ? 0 : this.#reserve));
    if (free >= wanted) return 0;
    for (const [slice, spent] of this.#spent) {
      free += spent;
      if (free >= wanted) return Math.ceil((slice + SLICES + 1) * this.#sliceMs - now);
    }
    return Math.ceil(SLICES * this.#sliceMs);
  }

  spend(units: number, now: number): void {
    const slice = this.#slice(now);
    this.#spent.set(slice, (this.#spent.get(slice) ?? 0) + units);
  }

  left(units: number, now: number): number {
    return Math.max(0, Math.floor((this.#free(now) - this.#reserve) / units));
  }

  /** Never an earlier slice than the last one, so that a clock set back keeps the order. */
  #slice(now: number): number {
    const last = [...this.#spent.keys()].at(-1) ?? -Infinity;
    return Math.max(last, Math.floor(now / this.#sliceMs));
  }

  #free(now: number): number {
    const oldest = Math.floor(now / this.#sliceMs) - SLICES;
    let spent = 0;
    for (const [slice, units] of this.#spent) {
      if (slice < oldest) this.#spent.delete(slice);
      else spent += units;
    }
    return this.#units - spent;
  }
}

/** A throttle without a Retry-After; doubled with every further one in a row, up to the maximum. */
const THROTTLED_WAIT_MS = 1000;
const THROTTLED_WAIT_MAX_MS = 60_000;

/** Several limits that hold at the same time, and the channel's word that none of them is enough. */
export class Budget {
  readonly #clock: Clock;
  readonly #limits: readonly Limit[];
  #closedUntil = -Infinity;
  #refusals = 0;

  constructor(clock: Clock, limits: readonly Limit[]) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /**
   * Takes `units` (above 0) from every limit, or nothing from any and answers the refusal to hand on.
   * A pause or a resume may use what is kept back for them.
   */
  take(units = 1, reason: WriteReason = "level"): Refusal | null {
    const wait = this.waitMs(units, reason);
    if (wait > 0) return { kind: "throttled", retryAfterMs: wait };
    const now = this.#clock.now();
    for (const limit of this.#limits) limit.spend(units, now);
    return null;
  }

  /** Milliseconds until `take` would say yes; 0: now. */
  waitMs(units = 1, reason: WriteReason = "level"): number {
    const now = this.#clock.now();
    const waits = this.#limits.map((limit) => limit.waitFor(units, reason !== "level", now));
    // No Retry-After counts further than an hour, and neither does a clock that was set back.
    const closed = Math.min(this.#closedUntil - now, 60 * 60 * 1000);
    return Math.max(0, closed, ...waits);
  }

  /** The channel answered something else than "too many". */
  succeeded(): void {
    this.#refusals = 0;
  }

  /**
   * The channel said "too many". `retryAfterMs` null: it did not say for how long. Answers the
   * refusal to hand on; until then nothing more is sent.
   */
  refused(retryAfterMs: number | null): Refusal {
    const doubled = THROTTLED_WAIT_MS * 2 ** Math.min(this.#refusals, 10);
    const backoff = Math.min(THROTTLED_WAIT_MAX_MS, doubled);
    // Told for the first time, it is obeyed to the millisecond; told again, it was too short.
    const wait =
      this.#refusals === 0 ? (retryAfterMs ?? backoff) : Math.max(retryAfterMs ?? 0, backoff);
    this.#refusals += 1;
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.now() + wait);
    return { kind: "throttled", retryAfterMs: wait };
  }

  allowance(units = 1): Allowance {
    const now = this.#clock.now();
    const wait = this.waitMs(units);
    const counts = this.#limits.map((limit) => limit.left(units, now)).filter((n) => n !== null);
    const left = counts.length === 0 ? null : Math.min(...counts);
    return { nextAt: now + wait, left: wait > 0 && left !== null ? 0 : left };
  }
}
