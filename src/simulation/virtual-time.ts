/**
 * A clock that moves only when everything else stands still, so that hours pass in milliseconds and
 * a run is the same every time. Timers of one instant fire in the order in which they were set.
 */
import type { Clock } from "../base/clock";

interface Timer {
  readonly at: number;
  readonly order: number;
  fire: (() => void) | null;
}

const before = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A binary heap: a run of three hours sets some hundred thousand timers. */
class TimerQueue {
  readonly #heap: Timer[] = [];

  get first(): Timer | undefined {
    return this.#heap[0];
  }

  push(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || before(above, timer)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = timer;
  }

  pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      const left = heap[child];
      if (left === undefined) break;
      const right = heap[child + 1];
      if (right !== undefined && before(right, left)) child += 1;
      const least = heap[child];
      if (least === undefined || before(last, least)) break;
      heap[at] = least;
      at = child;
    }
    heap[at] = last;
  }
}

export class VirtualTime implements Clock {
  readonly #queue = new TimerQueue();
  #now: number;
  #order = 0;

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  #set(at: number, fire: () => void): Timer {
    const timer = { at: Math.max(at, this.#now), order: (this.#order += 1), fire };
    this.#queue.push(timer);
    return timer;
  }

  /** Resolves after `ms`, or at once when the signal aborts. */
  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = this.#set(this.#now + ms, () => {
        signal?.removeEventListener("abort", stop);
        resolve();
      });
      const stop = () => {
        timer.fire = null;
        resolve();
      };
      signal?.addEventListener("abort", stop, { once: true });
    });
  };

  /** Calls back at a time. */
  at(time: number, run: () => void): void {
    this.#set(time, run);
  }

  /** Runs everything that is due up to `end`. */
  async runUntil(end: number): Promise<void> {
    await standstill();
    for (;;) {
      const next = this.#queue.first;
      if (next === undefined || next.at > end) break;
      this.#queue.pop();
      if (next.fire === null) continue;
      this.#now = next.at;
      next.fire();
      await standstill();
    }
    this.#now = Math.max(this.#now, end);
    await standstill();
  }
}

/** Every promise that can go on has gone on once the next turn of the event loop comes. */
function standstill(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
