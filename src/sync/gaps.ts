/**
 * Times in which nobody watched: the machine slept or froze the page, the worker was gone, the
 * companion did not answer, the lease was lost. A gap is measured at its end, and lasts in effect
 * until every channel was read again: so long no number is called sellable and none is raised.
 */
import type { ChannelId } from "../base/ids";
import { SAFE_AGE_MS } from "../stock/sellable";
import type { ChannelHealth } from "./health";

export type GapCause =
  /** This worker itself stood still. */
  | "sleep"
  /** No worker ran, or another profile's, of whose last moments this one knows only the entries. */
  | "restart"
  | "companion"
  | "lease"
  /** The machine's clock was set back: what is how old is not known for sure. */
  | "clock";

export interface Gap {
  readonly cause: GapCause;
  /** The last moment in which somebody watched, as far as is known; ms. */
  readonly from: number;
  /** When watching began again; ms. */
  readonly to: number;
}

export interface GapView {
  readonly cause: GapCause;
  readonly from: number;
  /** How long at most nothing was read. */
  readonly ms: number;
  /** Channels that have not been read since. */
  readonly waitsFor: readonly ChannelId[];
}

/** No channel answers: why that is one thing and not several. */
function sharedCause(health: Iterable<ChannelHealth>): GapCause | null {
  let cause: GapCause | null = null;
  for (const { refusal } of health) {
    if (refusal?.kind === "fenced_off") cause = "lease";
    else if (refusal?.kind === "companion_down") cause ??= "companion";
    else return null;
  }
  return cause;
}

export class GapMeter {
  readonly #health: ReadonlyMap<ChannelId, ChannelHealth>;
  #lookedAt: number;
  #open: Gap | null = null;
  /** No channel answers at present: since when, and why. */
  #silence: { readonly from: number; cause: GapCause } | null = null;

  /** `watchedUntil`: 0 for a book that is new. */
  constructor(health: ReadonlyMap<ChannelId, ChannelHealth>, watchedUntil: number, now: number) {
    this.#health = health;
    this.#lookedAt = now;
    if (watchedUntil > now) this.#take("clock", 2 * now - watchedUntil, now);
    else if (watchedUntil > 0) this.#take("restart", watchedUntil, now);
  }

  #take(cause: GapCause, from: number, to: number): Gap | null {
    if (to - from <= SAFE_AGE_MS) return null;
    this.#open = { cause, from, to };
    return this.#open;
  }

  /** The gap of before the start, to be booked. */
  get open(): Gap | null {
    return this.#open;
  }

  /** The clock was set back by `-by` ms, and it is `now` since. Answers a gap, to be booked. */
  setBack(by: number, now: number): Gap | null {
    this.#lookedAt += by;
    if (this.#silence !== null) {
      this.#silence = { ...this.#silence, from: this.#silence.from + by };
    }
    if (this.#open !== null) {
      const { from, to } = this.#open;
      this.#open = { ...this.#open, from: from + by, to: to + by };
    }
    return this.#take("clock", now + by, now);
  }

  /** To be called every `dueMs` or sooner. Answers a gap that has just ended, to be booked. */
  look(now: number, dueMs: number): Gap | null {
    // A clock that was set back: nothing is waited for that lies in the future now.
    if (this.#open !== null && now < this.#open.to) this.#open = { ...this.#open, to: now };
    const late = now - this.#lookedAt - dueMs;
    const from = this.#lookedAt;
    this.#lookedAt = now;
    const slept = late > SAFE_AGE_MS ? this.#take("sleep", from, now) : null;
    const cause = sharedCause(this.#health.values());
    if (cause !== null) {
      this.#silence ??= { from: this.#lastRead() ?? now, cause };
      // Without its token nobody can be asked, however long the companion is back.
      this.#silence.cause = cause;
      return slept;
    }
    const silence = this.#silence;
    this.#silence = null;
    if (silence === null) return slept;
    // It ended with the first channel that was read, not with this look.
    const since = this.#reads().filter((at) => at > silence.from);
    return this.#take(silence.cause, silence.from, Math.min(now, ...since)) ?? slept;
  }

  #lastRead(): number | null {
    const reads = this.#reads();
    return reads.length === 0 ? null : Math.max(...reads);
  }

  #reads(): readonly number[] {
    return [...this.#health.values()].flatMap(({ lastOkAt }) => lastOkAt ?? []);
  }

  /** What still waits to be read; null: nothing, or there was no gap. */
  view(): GapView | null {
    if (this.#open === null) return null;
    const { cause, from, to } = this.#open;
    const waitsFor = [...this.#health.values()]
      .filter(({ readBegan }) => readBegan === null || readBegan < to)
      .map(({ channel }) => channel);
    if (waitsFor.length > 0) return { cause, from, ms: to - from, waitsFor };
    this.#open = null;
    return null;
  }
}
