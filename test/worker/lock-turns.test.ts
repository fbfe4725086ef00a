/** Turns with a profile's Web Lock: waited for, lost, taken from a worker that is frozen. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { VirtualTime } from "../../src/simulation/virtual-time";
import { LockTurns } from "../../src/worker/lock-turns";

const START = 1_700_000_000_000;

/** One lock with everything that the product asks of it: waiting, giving up, taking away. */
class OneLock {
  #owner: { readonly lose: () => void } | null = null;
  #queue: (() => void)[] = [];

  readonly manager = {
    request: (_name: string, options: LockOptions, work: () => Promise<unknown>) =>
      new Promise((resolve, reject) => {
        const start = () => {
          const owner = { lose: () => reject(new DOMException("stolen", "AbortError")) };
          this.#owner = owner;
          void Promise.resolve(work()).then((value) => {
            resolve(value);
            if (this.#owner === owner) this.#next();
          });
        };
        if (options.steal === true) {
          this.#owner?.lose();
          start();
        } else if (this.#owner === null) start();
        else {
          this.#queue.push(start);
          options.signal?.addEventListener("abort", () => {
            this.#queue = this.#queue.filter((waiting) => waiting !== start);
            reject(new DOMException("given up", "AbortError"));
          });
        }
      }),
  } as unknown as LockManager;

  #next(): void {
    this.#owner = null;
    this.#queue.shift()?.();
  }
}

let time: VirtualTime;
let lock: OneLock;
let free: boolean;
let told: string[];

beforeEach(() => {
  time = new VirtualTime(START);
  lock = new OneLock();
  free = false;
  told = [];
});

/** Works until its turn ends; answers the way to stop it. */
function worker(name: string): () => void {
  const stop = new AbortController();
  const turns = new LockTurns({
    locks: lock.manager,
    sleep: time.sleep,
    name: "book",
    stop: stop.signal,
    isFree: () => Promise.resolve(free),
    work: async (signal) => {
      told.push(`${name} works`);
      while (!signal.aborted) await time.sleep(100, signal);
      told.push(`${name} ends`);
    },
  });
  void turns.run();
  return () => stop.abort();
}

describe("two workers of one profile", () => {
  test("take turns: the second works when the first has stopped", async () => {
    const stop = worker("first");
    worker("second");
    await time.runUntil(START + 30_000);
    expect(told).toEqual(["first works"]);
    stop();
    await time.runUntil(START + 30_500);
    expect(told).toEqual(["first works", "first ends", "second works"]);
  });

  test("the lock is taken from one whose lease runs out, which works no more", async () => {
    worker("frozen");
    worker("second");
    await time.runUntil(START + 5000);
    free = true;
    await time.runUntil(START + 8000);
    expect(told.slice(0, 2)).toEqual(["frozen works", "second works"]);
    free = false;
    await time.runUntil(START + 20_000);
    expect(told).toEqual(["frozen works", "second works", "frozen ends"]);
  });

  test("one that gives way gets its turn again", async () => {
    worker("first");
    const stop = worker("second");
    free = true;
    await time.runUntil(START + 2500);
    // As it is when the second one leads.
    free = false;
    await time.runUntil(START + 5000);
    expect(told).toEqual(["first works", "second works", "first ends"]);
    stop();
    await time.runUntil(START + 8000);
    expect(told.at(-1)).toBe("first works");
  });

  test("a lease that is free for a moment is no sign of a frozen worker", async () => {
    worker("first");
    worker("second");
    for (let second = 1; second < 20; second += 1) {
      free = second % 2 === 0;
      await time.runUntil(START + second * 1000 + 500);
    }
    expect(told).toEqual(["first works"]);
  });

  test("who is stopped while it waits never works", async () => {
    const first = worker("first");
    const second = worker("second");
    second();
    first();
    await time.runUntil(START + 5000);
    expect(told).toEqual(["first works", "first ends"]);
  });
});
