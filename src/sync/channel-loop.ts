/**
 * A channel's rounds, one after the other, and between two of them what cannot wait for the next:
 * a listing that is to be at 0 is told so at once, and again soon after a refusal.
 */
import type { Refusal } from "../channels/channel";

/** Shortest time between two tries: a channel, or its budget, may refuse without taking any time; ms. */
const AGAIN_MS = 1000;

export interface ChannelLoopPorts {
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Goes on evenly, whatever becomes of the clock; ms. */
  readonly steady: () => number;
  /** Reads and writes; answers how long to rest, ms. */
  readonly round: () => Promise<number>;
  /** How long to wait before `stop` is called; ms, null: there is nothing to stop. */
  readonly stopAfter: () => number | null;
  readonly stop: () => Promise<Refusal | null>;
  readonly stopped: () => boolean;
}

export class ChannelLoop {
  readonly #ports: ChannelLoopPorts;
  #resting = new AbortController();

  constructor(ports: ChannelLoopPorts) {
    this.#ports = ports;
  }

  async run(): Promise<void> {
    while (!this.#ports.stopped()) await this.#rest(await this.#ports.round());
  }

  /** Something changed: there may be something to stop. Or all is over. */
  wake(): void {
    this.#resting.abort();
  }

  async #rest(ms: number): Promise<void> {
    const { sleep, steady, stop, stopAfter, stopped } = this.#ports;
    const until = steady() + ms;
    let notBefore = 0;
    while (!stopped()) {
      const now = steady();
      if (now >= until) return;
      const stopAt = Math.max(notBefore, now + (stopAfter() ?? ms));
      if (stopAt > now) {
        this.#resting = new AbortController();
        await sleep(Math.min(until, stopAt) - now, this.#resting.signal);
      } else {
        await stop();
        notBefore = steady() + AGAIN_MS;
      }
    }
  }
}
