/**
 * The one writer of a book: plans against the projection, books in one transaction, and keeps the
 * projection level with the ledger. Work is queued, so two channels can never interleave.
 */
import type { Clock } from "../base/clock";
import { ok, type Result } from "../base/result";
import type { Cursors, Ledger, LedgerRefusal } from "../ledger/ledger";
import {
  catchUp,
  checkProjection,
  openProjection,
  projectionVersion,
  type CacheCheck,
} from "../ledger/projection-cache";
import { numbered, type Draft, type Entry } from "../stock/entries";
import { apply, emptyProjection, type Projection } from "../stock/projection";

/** Entries between two snapshots: as many as a start replays in a blink (limits.md 3). */
export const SNAPSHOT_EVERY = 10_000;
/** Entries that a start hands out for the log, however new the snapshot is. */
const RECENT = 500;

/** Adds a draft to the projection at once, so that the next step of the same plan sees it. */
export type Book = (draft: Draft) => void;

export class Bookkeeper {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #onBooked: (entries: readonly Entry[]) => void;
  #projection: Projection = emptyProjection();
  #cursors: Cursors = {};
  #queue: Promise<unknown> = Promise.resolve();
  #snapshotSeq = 0;
  #lastBookedAt = 0;
  /** The projection holds a plan that was not booked, and the ledger could not be read since. */
  #stale = false;

  constructor(ledger: Ledger, clock: Clock, onBooked: (entries: readonly Entry[]) => void) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#onBooked = onBooked;
  }

  get projection(): Projection {
    return this.#projection;
  }

  get cursors(): Cursors {
    return this.#cursors;
  }

  /**
   * Until when somebody was at work on this book, as far as can be told from here: its last entry, and
   * the last sign of life of this profile's leader; ms, 0 for a book that is new.
   */
  get watchedUntil(): number {
    const sign = Number(this.#cursors.watched ?? 0);
    return Math.max(this.#lastBookedAt, Number.isFinite(sign) ? sign : 0);
  }

  get ledger(): Ledger {
    return this.#ledger;
  }

  /** Opens the book from its newest snapshot. Answers its last entries, at least 500. */
  load(): Promise<Result<readonly Entry[], LedgerRefusal>> {
    return this.#inTurn(() => this.#load());
  }

  async #load(): Promise<Result<readonly Entry[], LedgerRefusal>> {
    const opened = await openProjection(this.#ledger, RECENT);
    if (!opened.ok) return opened;
    const cursors = await this.#ledger.cursors();
    if (!cursors.ok) return cursors;
    this.#projection = opened.value.projection;
    this.#snapshotSeq = opened.value.snapshotSeq;
    this.#cursors = cursors.value;
    this.#lastBookedAt = opened.value.entries.at(-1)?.bookedAt ?? 0;
    this.#stale = false;
    return ok(opened.value.entries);
  }

  /** Follows a ledger that somebody else fills; answers what was new. */
  follow(): Promise<Result<readonly Entry[], LedgerRefusal>> {
    return this.#inTurn(() => catchUp(this.#ledger, this.#projection));
  }

  /** Saves a snapshot if at least `entries` were booked since the last one. */
  keepSnapshot(entries: number): Promise<Result<null, LedgerRefusal>> {
    return this.#inTurn(() => this.#keepSnapshot(entries));
  }

  async #keepSnapshot(entries: number): Promise<Result<null, LedgerRefusal>> {
    const { seq } = this.#projection;
    if (this.#stale || seq - this.#snapshotSeq < entries) return ok(null);
    const version = projectionVersion();
    const kept = await this.#ledger.keepSnapshot({ seq, version, state: this.#projection });
    // A refused one is tried again after as many entries: a start without it is slower, not wrong.
    this.#snapshotSeq = seq;
    return kept;
  }

  /** Is what is in memory the same as a replay of the ledger? Booking goes on meanwhile. */
  async check(): Promise<Result<CacheCheck, LedgerRefusal>> {
    const cache = await this.#inTurn(() => Promise.resolve(structuredClone(this.#projection)));
    return checkProjection(this.#ledger, cache);
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(step);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Runs `plan`, which reads the projection and calls `book` for each draft, and books all of it
   * with the cursors in one transaction. Refused: the projection is made anew from the ledger and
   * nothing of the plan is kept.
   */
  transact(
    plan: (projection: Projection, book: Book) => void,
    cursors: Cursors = {},
  ): Promise<Result<readonly Entry[], LedgerRefusal>> {
    return this.#inTurn(() => this.#transact(plan, cursors));
  }

  async #transact(
    plan: (projection: Projection, book: Book) => void,
    cursors: Cursors,
  ): Promise<Result<readonly Entry[], LedgerRefusal>> {
    if (this.#stale) {
      const reloaded = await this.#load();
      if (!reloaded.ok) return reloaded;
    }
    const drafts: Draft[] = [];
    const bookedAt = this.#clock.now();
    plan(this.#projection, (draft) => {
      drafts.push(draft);
      apply(this.#projection, numbered(draft, this.#projection.seq + 1, bookedAt));
    });
    const moved = Object.entries(cursors).some(
      ([channel, cursor]) => this.#cursors[channel as keyof Cursors] !== cursor,
    );
    if (drafts.length === 0 && !moved) return ok([]);
    const booked = await this.#ledger.append(drafts, cursors, bookedAt);
    if (!booked.ok || booked.value.length !== drafts.length) {
      this.#stale = true;
      const reloaded = await this.#load();
      if (!booked.ok) return booked;
      if (!reloaded.ok) return reloaded;
    }
    this.#cursors = { ...this.#cursors, ...cursors };
    this.#lastBookedAt = booked.value.at(-1)?.bookedAt ?? this.#lastBookedAt;
    if (booked.value.length > 0) this.#onBooked(booked.value);
    await this.#keepSnapshot(SNAPSHOT_EVERY);
    return booked;
  }
}
