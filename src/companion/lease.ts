/**
 * Who leads a book. The fencing token of a book grows with every new leader and is on disk before
 * it is given out, so it never goes back, whatever is killed. Time comes from a clock that does not
 * jump: a changed wall clock neither ends nor stretches a lease.
 *
 * A leader that dies is noticed by its connection: it keeps a `hold` open, and the end of that gives
 * the lease to whoever waits for it, in milliseconds. A leader that is frozen keeps its connections
 * and renews no more: its term runs out.
 *
 * After a restart the last leader may renew as if nothing had happened, and everyone else waits one
 * term, since that leader may still be at work.
 */
import type { Clock } from "../base/clock";
import type { BookId } from "../base/ids";
import { LEASE_TTL_MS, type LeaseAnswer, type LeaseRequest } from "../ledger/journal";
import { errorCode } from "./disk";
import { LeaseFiles } from "./lease-files";

/** Who waits for a lease takes it well before; what comes later than a restart is a free lease. */
const WRITE_DOWN_MS = 100;
/** The first term of a leader that will hold: it may have died before it could. */
const HOLD_WITHIN_MS = 2000;

interface Lease {
  fence: number;
  /** Null once released. */
  holder: string | null;
  /** Null: it did not say, or led before a restart. */
  worker: string | null;
  expiresAt: number;
  /** Ends the hold of whoever leads; null: there is none. */
  hold: (() => void) | null;
  /** Wake up and look again. */
  readonly waiting: Set<() => void>;
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
  readonly #clock: Clock;
  readonly #files: LeaseFiles;
  readonly #ttlMs: number;
  readonly #startedAt: number;
  readonly #leases = new Map<BookId, Lease>();
  readonly #queues = new Map<BookId, Promise<unknown>>();
  #closed = false;

  constructor(options: LeaseOptions) {
    this.#clock = options.clock;
    this.#files = new LeaseFiles(options.folder, options.wallClock);
    this.#ttlMs = options.ttlMs ?? LEASE_TTL_MS;
    this.#startedAt = options.clock.now();
  }

  /**
   * `gone` aborts when the connection of whoever asks has ended. Throws when the disk does not take
   * the new token; nobody leads by it then.
   */
  request(book: BookId, request: LeaseRequest, gone: AbortSignal): Promise<LeaseAnswer> {
    switch (request.action) {
      case "acquire":
        return this.#acquire(book, request, gone);
      case "hold":
        return this.#hold(book, request, gone);
      case "look":
        return this.#inTurn(book, (lease) => Promise.resolve(this.#refused(lease)));
      case "release":
        return this.#inTurn(book, (lease) => this.#release(book, lease, request));
    }
  }

  /**
   * True for the newest token, until it is released. A leader that is late with renewing keeps it
   * as long as nobody else has taken over: then no one is there to be protected from.
   */
  holds(book: BookId, fence: number): Promise<boolean> {
    // No question of who comes next: a new token is given out only once it is the lease's own.
    if (this.#leases.has(book)) return Promise.resolve(this.holdsNow(book, fence));
    return this.#inTurn(book, () => Promise.resolve(this.holdsNow(book, fence)));
  }

  /** The same without waiting; false for a book that nobody has asked about yet. */
  holdsNow(book: BookId, fence: number): boolean {
    const lease = this.#leases.get(book);
    return lease !== undefined && lease.holder !== null && lease.fence === fence;
  }

  /** Whether somebody leads and has renewed in time. */
  isLed(book: BookId): Promise<boolean> {
    return this.#inTurn(book, (lease) => Promise.resolve(this.#isCurrent(lease)));
  }

  /** Answers every question that is open. That connections end from now on says nothing of leaders. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const lease of this.#leases.values()) {
      lease.hold?.();
      for (const wake of [...lease.waiting]) wake();
    }
    await Promise.all(this.#queues.values());
  }

  #isCurrent(lease: Lease): boolean {
    return lease.holder !== null && this.#clock.now() < lease.expiresAt;
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

  async #acquire(book: BookId, request: LeaseRequest, gone: AbortSignal): Promise<LeaseAnswer> {
    const until = this.#clock.now() + (request.waitMs ?? 0);
    for (;;) {
      const answer = await this.#inTurn(book, (lease) =>
        // The lease must not go to somebody who has left the queue.
        gone.aborted ? Promise.resolve(this.#refused(lease)) : this.#take(book, lease, request),
      );
      const left = until - this.#clock.now();
      if (answer.granted || left <= 0 || gone.aborted || this.#closed) return answer;
      await this.#changed(book, Math.min(left, answer.ttlMs + 1), gone);
    }
  }

  /** Resolves after `ms`, or sooner when the lease is free or the asker gone. */
  #changed(book: BookId, ms: number, gone: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#leases.get(book)?.waiting;
      const done = () => {
        clearTimeout(timer);
        waiting?.delete(done);
        gone.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      waiting?.add(done);
      gone.addEventListener("abort", done);
    });
  }

  #refused(lease: Lease): LeaseAnswer {
    const left = lease.holder === null ? 0 : Math.max(0, lease.expiresAt - this.#clock.now());
    return { granted: false, fence: lease.fence, ttlMs: Math.ceil(left) };
  }

  async #take(book: BookId, lease: Lease, request: LeaseRequest): Promise<LeaseAnswer> {
    const { holder, worker = null, fence } = request;
    const current = this.#isCurrent(lease);
    if (current && lease.holder !== holder) return this.#refused(lease);
    // A leader that was frozen while another worker of its profile took over.
    if (current && fence !== undefined && fence !== lease.fence) return this.#refused(lease);
    const goesOn = fence !== undefined || worker === null || worker === lease.worker;
    if (!current || !goesOn) {
      const next = lease.fence + 1;
      await this.#files.keep(book, { fence: next, holder });
      lease.fence = next;
      lease.holder = holder;
      lease.hold?.();
    }
    lease.worker = worker ?? lease.worker;
    const ttlMs =
      request.waitMs === undefined ? this.#ttlMs : Math.min(HOLD_WITHIN_MS, this.#ttlMs);
    lease.expiresAt = this.#clock.now() + ttlMs;
    return { granted: true, fence: lease.fence, ttlMs };
  }

  /** Stays open while the asker leads under its token. */
  async #hold(book: BookId, request: LeaseRequest, gone: AbortSignal): Promise<LeaseAnswer> {
    const { fence = 0, waitMs = 0 } = request;
    const lease = await this.#inTurn(book, (found) => Promise.resolve(found));
    if (!this.#leads(lease, request)) return this.#refused(lease);
    if (!this.#closed) await this.#untilLost(book, lease, { fence, waitMs }, gone);
    return this.#leads(lease, request)
      ? { granted: true, fence, ttlMs: this.#refused(lease).ttlMs }
      : this.#refused(lease);
  }

  /** Resolves when the lead is lost, the time over, or the asker gone: then the lease is free. */
  #untilLost(
    book: BookId,
    lease: Lease,
    { fence, waitMs }: { readonly fence: number; readonly waitMs: number },
    gone: AbortSignal,
  ): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        gone.removeEventListener("abort", left);
        if (lease.hold === end) lease.hold = null;
        resolve();
      };
      const left = () => {
        // A newer one has taken its place, or somebody else leads: its end says nothing any more.
        const tells = lease.hold === end && !this.#closed;
        end();
        if (tells) this.#died(book, lease, fence);
      };
      const timer = setTimeout(end, waitMs);
      lease.hold?.();
      lease.hold = end;
      if (gone.aborted) left();
      else gone.addEventListener("abort", left);
    });
  }

  /**
   * Free at once, and on disk a moment later: whoever waits writes a token of its own before that. A
   * companion killed in between waits one term for the dead, as it does for everyone.
   */
  #died(book: BookId, lease: Lease, fence: number): void {
    if (lease.fence !== fence) return;
    lease.holder = null;
    for (const wake of [...lease.waiting]) wake();
    const writeDown = () =>
      this.#inTurn(book, async () => {
        const stillFree = lease.fence === fence && lease.holder === null && !this.#closed;
        if (stillFree) await this.#files.keep(book, { fence, holder: null });
      }).catch((error: unknown) => {
        console.error(`lease of ${book}: ${errorCode(error)}; it is free for all that`);
      });
    setTimeout(() => void writeDown(), WRITE_DOWN_MS).unref();
  }

  #leads(lease: Lease, { holder, fence }: LeaseRequest): boolean {
    return lease.holder === holder && lease.fence === fence;
  }

  async #release(book: BookId, lease: Lease, request: LeaseRequest): Promise<LeaseAnswer> {
    const { holder, fence = lease.fence } = request;
    if (lease.holder === holder && lease.fence === fence) {
      lease.holder = null;
      lease.hold?.();
      try {
        await this.#files.keep(book, { fence: lease.fence, holder: null });
      } finally {
        for (const wake of [...lease.waiting]) wake();
      }
    }
    return { granted: false, fence: lease.fence, ttlMs: 0 };
  }

  async #load(book: BookId): Promise<Lease> {
    const known = this.#leases.get(book);
    if (known !== undefined) return known;
    const kept = await this.#files.read(book);
    const lease: Lease = {
      ...kept,
      worker: null,
      expiresAt: this.#startedAt + this.#ttlMs,
      hold: null,
      waiting: new Set(),
    };
    this.#leases.set(book, lease);
    return lease;
  }
}
