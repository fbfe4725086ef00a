/**
 * Who leads a book. The fencing token of a book grows with every new leader and is on disk before
 * it is given out, so it never goes back, whatever is killed. Time comes from a clock that does not
 * jump: a changed wall clock neither ends nor stretches a lease.
 *
 * After a restart the last leader may renew as if nothing had happened, and everyone else waits one
 * term, since that leader may still be at work.
 */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import type { Clock } from "../base/clock";
import type { BookId } from "../base/ids";
import { LEASE_TTL_MS, type LeaseAnswer, type LeaseRequest } from "../ledger/journal";
import { errorCode, replaceFile } from "./disk";

const keptSchema = v.object({
  fence: v.pipe(v.number(), v.integer(), v.minValue(0)),
  holder: v.nullable(v.string()),
});

interface Lease {
  fence: number;
  /** Null once released. */
  holder: string | null;
  expiresAt: number;
}

export interface LeaseOptions {
  readonly folder: string;
  /** Monotonic, milliseconds. */
  readonly clock: Clock;
  /** The wall clock: its milliseconds are above every token that was counted up one by one. */
  readonly wallClock: Clock;
  readonly ttlMs?: number;
}

export class Leases {
  readonly #options: LeaseOptions;
  readonly #ttlMs: number;
  readonly #startedAt: number;
  readonly #leases = new Map<BookId, Lease>();
  readonly #queues = new Map<BookId, Promise<unknown>>();

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#ttlMs = options.ttlMs ?? LEASE_TTL_MS;
    this.#startedAt = options.clock.now();
  }

  /** Throws when the disk does not take the new token; nobody leads by it then. */
  request(book: BookId, request: LeaseRequest): Promise<LeaseAnswer> {
    return this.#inTurn(book, async (lease) =>
      request.action === "acquire"
        ? this.#acquire(book, lease, request.holder)
        : this.#release(book, lease, request.holder),
    );
  }

  /**
   * True for the newest token, until it is released. A leader that is late with renewing keeps it
   * as long as nobody else has taken over: then no one is there to be protected from.
   */
  holds(book: BookId, fence: number): Promise<boolean> {
    const known = this.#leases.get(book);
    // No question of who comes next: a new token is given out only once it is the lease's own.
    if (known !== undefined) return Promise.resolve(known.holder !== null && known.fence === fence);
    return this.#inTurn(book, (lease) =>
      Promise.resolve(lease.holder !== null && lease.fence === fence),
    );
  }

  /** Whether somebody leads and has renewed in time. */
  isLed(book: BookId): Promise<boolean> {
    return this.#inTurn(book, (lease) =>
      Promise.resolve(lease.holder !== null && this.#options.clock.now() < lease.expiresAt),
    );
  }

  #inTurn<T>(book: BookId, step: (lease: Lease) => Promise<T>): Promise<T> {
    const before = this.#queues.get(book) ?? Promise.resolve();
    const turn = before.then(async () => step(await this.#load(book)));
    this.#queues.set(
      book,
      turn.catch(() => null),
    );
    return turn;
  }

  async #acquire(book: BookId, lease: Lease, holder: string): Promise<LeaseAnswer> {
    const now = this.#options.clock.now();
    const current = lease.holder !== null && now < lease.expiresAt;
    if (current && lease.holder !== holder) {
      return { granted: false, fence: lease.fence, ttlMs: Math.ceil(lease.expiresAt - now) };
    }
    if (!current) {
      const fence = lease.fence + 1;
      await this.#keep(book, fence, holder);
      lease.fence = fence;
      lease.holder = holder;
    }
    lease.expiresAt = this.#options.clock.now() + this.#ttlMs;
    return { granted: true, fence: lease.fence, ttlMs: this.#ttlMs };
  }

  async #release(book: BookId, lease: Lease, holder: string): Promise<LeaseAnswer> {
    if (lease.holder === holder) {
      lease.holder = null;
      await this.#keep(book, lease.fence, null);
    }
    return { granted: false, fence: lease.fence, ttlMs: 0 };
  }

  async #keep(book: BookId, fence: number, holder: string | null): Promise<void> {
    await mkdir(this.#options.folder, { recursive: true, mode: 0o700 });
    await replaceFile(this.#path(book), `${JSON.stringify({ fence, holder })}\n`);
  }

  async #load(book: BookId): Promise<Lease> {
    const known = this.#leases.get(book);
    if (known !== undefined) return known;
    const kept = await this.#readKept(book);
    const lease = { ...kept, expiresAt: this.#startedAt + this.#ttlMs };
    this.#leases.set(book, lease);
    return lease;
  }

  async #readKept(book: BookId): Promise<{ fence: number; holder: string | null }> {
    let text: string;
    try {
      text = await readFile(this.#path(book), "utf8");
    } catch (error) {
      if (errorCode(error) === "ENOENT") return { fence: 0, holder: null };
      throw error;
    }
    try {
      const kept = v.safeParse(keptSchema, JSON.parse(text));
      if (kept.success) return kept.output;
    } catch {
      // Falls through to the floor: a token above every one that was ever given.
    }
    console.error(`lease of ${book}: its file is damaged; counting on from the clock`);
    return { fence: this.#options.wallClock.now(), holder: null };
  }

  #path(book: BookId): string {
    return join(this.#options.folder, `${book}.json`);
  }
}
