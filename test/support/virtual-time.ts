/** A clock that moves only when everything else stands still, so that hours pass in milliseconds. */
import type { Clock } from "../../src/base/clock";

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

export class VirtualTime implements Clock {
  #now: number;
  #order = 0;
  #timers: Timer[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        resolve();
      };
      const fire = () => {
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      const timer = { at: this.#now + ms, order: (this.#order += 1), fire };
      this.#timers.push(timer);
      signal?.addEventListener("abort", stop);
    });
  };

  at(time: number, run: () => void): void {
    this.#timers.push({ at: time, order: (this.#order += 1), fire: run });
  }

  /** Runs everything that is due up to `end`. */
  async runUntil(end: number): Promise<void> {
    for (;;) {
      await settle();
      this.#timers.sort((a, b) => a.at - b.at || a.order - b.order);
      const next = this.#timers[0];
      if (next === undefined || next.at > end) break;
      this.#timers.shift();
      this.#now = Math.max(this.#now, next.at);
      next.fire();
    }
    this.#now = Math.max(this.#now, end);
  }
}

/** Lets every promise that can go on go on. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
