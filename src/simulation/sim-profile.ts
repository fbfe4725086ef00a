/**
 * A browser profile: its Web Locks, and the disk that its ledger is on. A ledger outlives the
 * workers that open it, may be full for a while, and may be wiped with the whole origin.
 */
import { err, type Result } from "../base/result";
import type { Cursors, Ledger, LedgerRefusal, Snapshot } from "../ledger/ledger";
import { MemoryLedger } from "../ledger/memory-ledger";
import type { Draft, Entry } from "../stock/entries";
import type { Life } from "./life";
import type { VirtualTime } from "./virtual-time";

interface Waiter {
  readonly life: Life;
  readonly start: () => void;
}

export class SimProfile {
  readonly #time: VirtualTime;
  readonly holder: string;
  /** What is on disk. */
  disk = new MemoryLedger();
  #fullUntil = 0;
  #lockHolder: Life | null = null;
  #waiting: Waiter[] = [];
  #workers = 0;

  constructor(time: VirtualTime, holder: string) {
    this.#time = time;
    this.holder = holder;
  }

  /** Every worker claims the lease under a name of its own. */
  nextWorker(): string {
    return `${this.holder}-${(this.#workers += 1)}`;
  }

  fill(ms: number): void {
    this.#fullUntil = this.#time.now() + ms;
  }

  get full(): boolean {
    return this.#time.now() < this.#fullUntil;
  }

  /** Everything of the origin is gone at the next start (limits.md 5c). */
  wipe(): void {
    this.disk = new MemoryLedger();
  }

  /** The dead hold no lock. */
  died(life: Life): void {
    this.#waiting = this.#waiting.filter((waiter) => waiter.life !== life);
    if (this.#lockHolder !== life) return;
    this.#lockHolder = null;
    this.#waiting.shift()?.start();
  }

  /** Only what the lease keeper uses of a LockManager. */
  locksOf(life: Life): LockManager {
    const request = (
      _name: string,
      options: LockOptions,
      callback: LockGrantedCallback<unknown>,
    ): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const start = () => {
          this.#lockHolder = life;
          void Promise.resolve(callback(null)).then((value) => {
            if (life.dead) return;
            this.died(life);
            resolve(value);
          }, reject);
        };
        options.signal?.addEventListener("abort", () => {
          this.#waiting = this.#waiting.filter((waiter) => waiter.start !== start);
        });
        if (this.#lockHolder === null) start();
        else this.#waiting.push({ life, start });
      });
    return { request, query: () => Promise.resolve({}) } as unknown as LockManager;
  }

  /** The ledger as one worker opens it. */
  open(life: Life): Ledger {
    return new GatedLedger(this, life);
  }
}

/** Every call may be a worker's last; a full disk takes no entries. */
class GatedLedger implements Ledger {
  readonly #profile: SimProfile;
  readonly #disk: MemoryLedger;
  readonly #life: Life;
  #closed = false;

  constructor(profile: SimProfile, life: Life) {
    this.#profile = profile;
    this.#disk = profile.disk;
    this.#life = life;
  }

  read(after: number, limit: number): Promise<Result<readonly Entry[], LedgerRefusal>> {
    return this.#life.through(() => this.#disk.read(after, limit));
  }

  cursors(): Promise<Result<Cursors, LedgerRefusal>> {
    return this.#life.through(() => this.#disk.cursors());
  }

  append(
    drafts: readonly Draft[],
    cursors: Cursors,
    bookedAt: number,
  ): Promise<Result<readonly Entry[], LedgerRefusal>> {
    const append = () => {
      if (this.#closed) return closed<readonly Entry[]>();
      return this.#profile.full
        ? full<readonly Entry[]>()
        : this.#disk.append(drafts, cursors, bookedAt);
    };
    return drafts.some(({ type }) => type === "move")
      ? this.#life.booking(append)
      : this.#life.through(append);
  }

  restore(entries: readonly Entry[]): Promise<Result<null, LedgerRefusal>> {
    return this.#life.through(() => {
      if (this.#closed) return closed<null>();
      return this.#profile.full ? full<null>() : this.#disk.restore(entries);
    });
  }

  head(): Promise<Result<number, LedgerRefusal>> {
    return this.#life.through(() => this.#disk.head());
  }

  clear(): Promise<Result<null, LedgerRefusal>> {
    return this.#life.through(() => (this.#closed ? closed<null>() : this.#disk.clear()));
  }

  snapshot(): Promise<Result<Snapshot | null, LedgerRefusal>> {
    return this.#life.through(() => this.#disk.snapshot());
  }

  keepSnapshot(snapshot: Snapshot): Promise<Result<null, LedgerRefusal>> {
    return this.#life.through(() => {
      if (this.#closed) return closed<null>();
      return this.#profile.full ? full<null>() : this.#disk.keepSnapshot(snapshot);
    });
  }

  close(): void {
    // The disk stays; this way to it is shut, also for what was on its way.
    this.#closed = true;
  }
}

function closed<T>(): Promise<Result<T, LedgerRefusal>> {
  return Promise.resolve(err({ code: "failed", detail: "closed" }));
}

function full<T>(): Promise<Result<T, LedgerRefusal>> {
  return Promise.resolve(err({ code: "full", detail: "disk full" }));
}
