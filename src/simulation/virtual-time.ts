/**
 * A clock that moves only when everything else stands still, so that hours pass in milliseconds and
 * a run is the same every time. Timers of one instant fire in the order in which they were set.
 */
import process from "node:process";
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

/** Resolves once everything that can go on without the clock has gone on. */
type Settle = () => Promise<void>;

/** For whatever does input and output of its own: one turn of the event loop. */
const afterTurn: Settle = () => new Promise((resolve) => setImmediate(resolve));

/**
 * For what goes on by promises alone: a tick asked for by a microtask comes when no microtask is
 * left, at a tenth of the cost of a turn. A turn now and then shows rejections that nobody handled.
 */
export function byPromises(): Settle {
  let settled = 0;
  return () =>
    (settled += 1) % 4096 === 0
      ? afterTurn()
      : new Promise((resolve) => {
          process.nextTick(resolve);
        });
}

export class VirtualTime implements Clock {
  readonly #queue = new TimerQueue();
  readonly #settle: Settle;
  readonly #sleepers = new WeakMap<AbortSignal, Set<() => void>>();
  #now: number;
  #order = 0;

  constructor(start: number, settle: Settle = afterTurn) {
    this.#now = start;
    this.#settle = settle;
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
    if (signal === undefined) {
      return new Promise((resolve) => {
        this.#set(this.#now + ms, resolve);
      });
    }
    if (signal.aborted) return Promise.resolve();
    const sleepers = this.#sleepersOf(signal);
    return new Promise((resolve) => {
      const timer = this.#set(this.#now + ms, () => {
        sleepers.delete(wake);
        resolve();
      });
      const wake = () => {
        timer.fire = null;
        resolve();
      };
      sleepers.add(wake);
    });
  };

  /** Who wakes when a signal aborts: one listener for all, since listeners are dear. */
  #sleepersOf(signal: AbortSignal): Set<() => void> {
    const known = this.#sleepers.get(signal);
    if (known !== undefined) return known;
    const sleepers = new Set<() => void>();
    this.#sleepers.set(signal, sleepers);
    const wakeAll = () => {
      for (const wake of sleepers) wake();
      sleepers.clear();
    };
    signal.addEventListener("abort", wakeAll, { once: true });
    return sleepers;
  }

  /** Calls back at a time. */
  at(time: number, run: () => void): void {
    this.#set(time, run);
  }

  /** Runs everything that is due up to `end`. */
  async runUntil(end: number): Promise<void> {
    await this.#settle();
    for (;;) {
      const next = this.#queue.first;
      if (next === undefined || next.at > end) break;
      this.#queue.pop();
      if (next.fire === null) continue;
      this.#now = next.at;
      next.fire();
      await this.#settle();
    }
    this.#now = Math.max(this.#now, end);
    await this.#settle();
  }
}
