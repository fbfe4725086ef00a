/**
 * The engine's time: the machine's clock as it stood at the last look, going on evenly since. Set by
 * hand or by a time server, a clock jumps; here it does so at one moment only, when `adjust` is
 * called, so that whoever remembers times can move them along.
 */
import type { Clock } from "../base/clock";

/** Less than this is the wire's, or a clock that is put right gently; ms. */
const TOLERANCE_MS = 1000;
/** A clock ahead by more than this did not go wrong: the machine slept; ms. */
const WRONG_MAX_MS = 15 * 60_000;

export class EvenClock implements Clock {
  readonly #machine: Clock;
  readonly #steady: Clock;
  #ahead: number;
  #jumped = 0;
  /** How often it jumped. */
  jumps = 0;

  /** `steady` goes on evenly from wherever it began; ms. */
  constructor(machine: Clock, steady: Clock) {
    this.#machine = machine;
    this.#steady = steady;
    this.#ahead = machine.now() - steady.now();
  }

  now(): number {
    return this.#steady.now() + this.#ahead;
  }

  /** Time that has passed, whatever became of the clock; ms, from wherever it began. */
  steady(): number {
    return this.#steady.now();
  }

  /** How far the clock may be ahead of the time, since it jumped while we looked on; ms, 0 or more. */
  get maybeAheadMs(): number {
    return this.#jumped > WRONG_MAX_MS ? 0 : Math.max(0, this.#jumped);
  }

  /** Sets it by the machine's clock. Answers by how much that jumped; ms, 0 where it did not. */
  adjust(): number {
    const ahead = this.#machine.now() - this.#steady.now();
    const by = ahead - this.#ahead;
    this.#ahead = ahead;
    if (Math.abs(by) <= TOLERANCE_MS) return 0;
    this.#jumped += by;
    this.jumps += 1;
    return by;
  }
}
