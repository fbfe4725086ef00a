/**
 * The life of a worker: it may be killed between any two steps, or freeze and thaw. Every port call
 * goes through here, so that a dead worker's promises never come back and a frozen one's wait.
 */
import type { VirtualTime } from "./virtual-time";

export class Life {
  readonly #time: VirtualTime;
  /** Its own, so that who waits for it goes with the worker and not with the program. */
  readonly #never = new Promise<never>(() => {
    // Stays so.
  });
  #steps = 0;
  #dieAtStep = Number.POSITIVE_INFINITY;
  #dieBooking: "before" | "after" | null = null;
  #onDeath: (() => void) | null = null;
  #thawsAt = 0;
  dead = false;
  /** How far this machine's clock is ahead of the true one; ms, may be negative. */
  skewMs = 0;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  get frozen(): boolean {
    return this.#time.now() < this.#thawsAt;
  }

  /** Dies `steps` port calls from now, in the middle of whatever it does then. */
  dieIn(steps: number, onDeath: () => void): void {
    this.#dieAtStep = this.#steps + steps;
    this.#onDeath = onDeath;
  }

  /** Dies at the next booking of moves: just before it is on disk, or just after. */
  dieBooking(when: "before" | "after", onDeath: () => void): void {
    this.#dieBooking = when;
    this.#onDeath = onDeath;
  }

  freeze(ms: number): void {
    this.#thawsAt = this.#time.now() + ms;
  }

  kill(): void {
    if (this.dead) return;
    this.dead = true;
    this.#onDeath?.();
  }

  /** A step before or after a call: null when the worker may go on, else until when it waits. */
  #step(): Promise<void> | null {
    this.#steps += 1;
    if (this.#steps >= this.#dieAtStep) this.kill();
    if (this.dead) return this.#never;
    return this.frozen ? this.#thaw() : null;
  }

  async #thaw(): Promise<void> {
    while (this.frozen) {
      await this.#time.sleep(this.#thawsAt - this.#time.now());
      // Killed in its sleep.
      if (this.#isDead()) await this.#never;
    }
  }

  #isDead(): boolean {
    return this.dead;
  }

  /** A call that books moves. */
  async booking<T>(call: () => Promise<T>): Promise<T> {
    if (this.#dieBooking === "before") this.kill();
    const answer = await this.through(call);
    if (this.#dieBooking !== "after") return answer;
    this.kill();
    return this.#never;
  }

  /** Runs a port's call as a worker would: it may end before the call, or before the answer. */
  async through<T>(call: () => Promise<T>): Promise<T> {
    const before = this.#step();
    if (before !== null) await before;
    const answer = await call();
    const after = this.#step();
    if (after !== null) await after;
    return answer;
  }
}
