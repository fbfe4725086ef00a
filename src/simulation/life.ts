/**
 * The life of a worker: it may be killed between any two steps, or freeze and thaw. Every port call
 * goes through here, so that a dead worker's promises never come back and a frozen one's wait.
 */
import type { VirtualTime } from "./virtual-time";

const never = new Promise<never>(() => {
  // Stays so.
});

export class Life {
  readonly #time: VirtualTime;
  #steps = 0;
  #dieAtStep = Number.POSITIVE_INFINITY;
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

  freeze(ms: number): void {
    this.#thawsAt = this.#time.now() + ms;
  }

  kill(): void {
    if (this.dead) return;
    this.dead = true;
    this.#onDeath?.();
  }

  /** A step before or after a call; resolves when the worker may go on, or never. */
  async #step(): Promise<void> {
    this.#steps += 1;
    if (this.#steps >= this.#dieAtStep) this.kill();
    if (this.dead) await never;
    while (this.frozen) {
      await this.#time.sleep(this.#thawsAt - this.#time.now());
      // Killed in its sleep.
      if (this.#isDead()) await never;
    }
  }

  #isDead(): boolean {
    return this.dead;
  }

  /** Runs a port's call as a worker would: it may end before the call, or before the answer. */
  async through<T>(call: () => Promise<T>): Promise<T> {
    await this.#step();
    const answer = await call();
    await this.#step();
    return answer;
  }
}
