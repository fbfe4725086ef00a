/**
 * Turns with the Web Lock of a browser profile: waits for it, works while it is held, and waits again
 * when it was taken away. A worker that is frozen keeps its lock for ever; what tells that it is
 * frozen is the lease of its book, which nobody renews. Then the lock is taken from it.
 */
export interface LockTurnsOptions {
  readonly locks: LockManager;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly name: string;
  readonly stop: AbortSignal;
  /** Whether nobody has the lease that this lock is for; false when that cannot be told. */
  readonly isFree: () => Promise<boolean>;
  /** Runs while the lock is held. `signal` aborts when it is lost, or nobody wants it any more. */
  readonly work: (signal: AbortSignal) => Promise<void>;
}

const LOOK_MS = 1000;
/** A lock that is just passed on finds the lease free too, for milliseconds. */
const FREE_LOOKS = 2;

export class LockTurns {
  readonly #options: LockTurnsOptions;

  constructor(options: LockTurnsOptions) {
    this.#options = options;
  }

  /** Resolves after `stop`. */
  async run(): Promise<void> {
    const { stop } = this.#options;
    let steal = false;
    while (!stop.aborted) steal = await this.#turn(steal);
  }

  /** Answers whether the next turn has to take the lock from whoever has it. */
  async #turn(steal: boolean): Promise<boolean> {
    const { locks, name, stop, work } = this.#options;
    const turn = new AbortController();
    const end = () => turn.abort();
    stop.addEventListener("abort", end);
    let held = false;
    const request = locks
      .request(name, steal ? { steal } : { signal: turn.signal }, () => {
        held = true;
        return work(turn.signal);
      })
      // Rejects when the wait was ended, and when the lock was taken away in the middle of the work.
      .catch(() => undefined)
      .finally(end);
    const isFrozen = await this.#watch(turn, () => held);
    await request;
    stop.removeEventListener("abort", end);
    return isFrozen;
  }

  /** Ends the wait, and answers true, when whoever has the lock is frozen. */
  async #watch(turn: AbortController, held: () => boolean): Promise<boolean> {
    const { sleep, isFree } = this.#options;
    const isOver = () => turn.signal.aborted || held();
    for (let free = 0; free < FREE_LOOKS;) {
      await sleep(LOOK_MS, turn.signal);
      if (isOver()) return false;
      free = (await isFree()) ? free + 1 : 0;
      if (isOver()) return false;
    }
    turn.abort();
    return true;
  }
}
