/**
 * The engine's own clock beside the rounds of its channels: what is due by time alone - a countdown,
 * a reservation's window, a stream's start - happens whether or not a channel answers; gaps are
 * measured; and a sign of life is left, so that the next start knows how long nobody watched.
 */
import type { Clock } from "../base/clock";
import type { ChannelId } from "../base/ids";
import { note, type Draft } from "../stock/entries";
import type { Bookkeeper } from "./bookkeeper";
import { consequences } from "./consequences";
import { GapMeter, type Gap, type GapView } from "./gaps";
import type { ChannelHealth } from "./health";
import type { Situation } from "./situation";

const LOOK_MS = 5000;
/** A sign of life is written so often where nothing else is. */
const SIGN_MS = 10_000;
/** A channel that stays away holds back the others' raises no longer than this after a gap. */
const BLIND_MS = 60_000;

export interface WatchPorts {
  readonly clock: Clock;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly bookkeeper: Bookkeeper;
  readonly health: ReadonlyMap<ChannelId, ChannelHealth>;
  readonly situation: () => Situation;
  readonly follow: (book: (draft: Draft) => void) => void;
  readonly book: (
    plan: Parameters<Bookkeeper["transact"]>[0],
    cursors?: Parameters<Bookkeeper["transact"]>[1],
  ) => Promise<boolean>;
  /** The clock may have jumped: times are set right, and this watch is told (`clockJumped`). */
  readonly adjust: () => void;
  /** Anything else that goes by time; true: there is something new to show. */
  readonly look: () => boolean;
  readonly onChange: () => void;
}

export class Watch {
  readonly #ports: WatchPorts;
  readonly #meter: GapMeter;
  /** Gaps that were found and are not booked yet. */
  #found: Gap[] = [];

  constructor(ports: WatchPorts) {
    this.#ports = ports;
    const { bookkeeper, clock, health } = ports;
    this.#meter = new GapMeter(health, bookkeeper.watchedUntil, clock.now());
  }

  gap(): GapView | null {
    return this.#meter.view();
  }

  isBlind(): boolean {
    const gap = this.#meter.open;
    if (gap === null || this.#ports.clock.now() > gap.to + BLIND_MS) return false;
    return this.#meter.view() !== null;
  }

  /** The clock was put ahead, or the machine slept (`by` above 0), or the clock was set back; ms. */
  clockJumped(by: number): void {
    const now = this.#ports.clock.now();
    this.#find(by < 0 ? this.#meter.setBack(by, now) : this.#meter.look(now, LOOK_MS));
  }

  #find(gap: Gap | null): void {
    if (gap !== null) this.#found.push(gap);
  }

  async run(): Promise<void> {
    const { adjust, clock, sleep, signal, onChange } = this.#ports;
    this.#find(this.#meter.open);
    await this.#due();
    for (;;) {
      const wait = this.#wait();
      await sleep(wait, signal);
      if (this.#stopped()) return;
      adjust();
      this.#find(this.#meter.look(clock.now(), wait));
      const isGap = this.#found.length > 0;
      await this.#due();
      if (this.#ports.look() || isGap) onChange();
    }
  }

  #stopped(): boolean {
    return this.#ports.signal.aborted;
  }

  /** Until the next look: no later than the end of a countdown. */
  #wait(): number {
    const now = this.#ports.clock.now();
    const { asks } = this.#ports.bookkeeper.projection.desk;
    const ends = [...asks.values()].map(({ deadline }) => Math.max(0, deadline - now));
    return Math.min(LOOK_MS, ...ends.map((ms) => Math.max(100, ms)));
  }

  async #due(): Promise<void> {
    const { bookkeeper, book, follow, clock, situation } = this.#ports;
    const now = clock.now();
    const gaps = this.#found;
    this.#found = [];
    const isQuiet = now - bookkeeper.watchedUntil >= SIGN_MS;
    if (gaps.length === 0 && !isQuiet && consequences(situation()).length === 0) return;
    await book(
      (projection, add) => {
        for (const { from, to, cause } of gaps) {
          add(note("gap", `gap/${projection.seq + 1}`, from, { n: to - from, detail: cause }));
        }
        follow(add);
      },
      { watched: String(now) },
    );
  }
}
