/**
 * Long work in short slices. The work asks `due()` often, and when its slice is used up it rests, so
 * that whoever shares the thread gets a turn; at each rest it is told whether to go on.
 */
import type { Clock } from "../../base/clock";
import { refuse, type FileRefusal } from "./refusals";

export type Stage = "unpacking" | "reading" | "checking" | "comparing";

export interface Progress {
  readonly stage: Stage;
  /** Between 0 and 1, of this stage. */
  readonly done: number;
}

export interface PaceOptions {
  readonly clock: Clock;
  /**
   * Lets others have a turn: best a message to oneself (MessageChannel). A timeout of 0 does, but a
   * browser makes 4 ms of it, a hundred times over.
   */
  readonly rest: () => Promise<void>;
  /** Milliseconds of a slice; the longest one is a little more. */
  readonly sliceMs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** A third of the 50 ms that a page may be held: a slow machine and the engine's own pauses add to it. */
export const SLICE_MS = 16;

export class Pace {
  readonly #options: PaceOptions;
  readonly #sliceMs: number;
  readonly #workMsMax: number;
  #begun: number;
  #worked = 0;
  #done = 0;

  constructor(options: PaceOptions, workMsMax: number) {
    this.#options = options;
    this.#sliceMs = options.sliceMs ?? SLICE_MS;
    this.#workMsMax = workMsMax;
    this.#begun = options.clock.now();
  }

  /** Is the slice used up? */
  due(): boolean {
    const now = this.#options.clock.now();
    // A clock that was set back must not make an endless slice.
    return now - this.#begun >= this.#sliceMs || now < this.#begun;
  }

  /**
   * Tells how far the work is and rests. Not null: stop, and answer this. `done` null: as far as the
   * last time; whoever asks does not know.
   */
  async rest(stage: Stage, done: number | null): Promise<FileRefusal | null> {
    const { clock, signal, onProgress, rest } = this.#options;
    this.#worked += Math.max(0, clock.now() - this.#begun);
    if (done !== null) this.#done = Math.min(1, Math.max(0, done));
    onProgress?.({ stage, done: this.#done });
    if (signal?.aborted !== true) await rest();
    this.#begun = clock.now();
    if (signal?.aborted === true) return refuse("cancelled");
    return this.#worked > this.#workMsMax ? refuse("took_too_long") : null;
  }

  /**
   * Calls `step` for each of the `count` items, resting as needed.
   * Not null: it was stopped before the end.
   */
  async each<T>(
    items: Iterable<T>,
    count: number,
    stage: Stage,
    step: (item: T) => void,
  ): Promise<FileRefusal | null> {
    let at = 0;
    for (const item of items) {
      step(item);
      at += 1;
      if ((at & 31) !== 0 || !this.due()) continue;
      const stop = await this.rest(stage, at / count);
      if (stop !== null) return stop;
    }
    return null;
  }
}
