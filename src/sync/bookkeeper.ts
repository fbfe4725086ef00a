/**
 * The one writer of a book: plans against the projection, books in one transaction, and keeps the
 * projection level with the ledger. Work is queued, so two channels can never interleave.
 */
import type { Clock } from "../base/clock";
import type { Sku } from "../base/ids";
import { ok, type Result } from "../base/result";
import type { Cursors, Ledger, LedgerRefusal } from "../ledger/ledger";
import { oversold } from "../stock/balances";
import type { Draft, Entry } from "../stock/entries";
import { apply, emptyProjection, type Projection } from "../stock/projection";

const READ_BATCH = 2000;

/** Adds a draft to the projection at once, so that the next step of the same plan sees it. */
export type Book = (draft: Draft) => void;

export class Bookkeeper {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #onBooked: (entries: readonly Entry[]) => void;
  #projection: Projection = emptyProjection();
  #cursors: Cursors = {};
  #queue: Promise<unknown> = Promise.resolve();

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

  get ledger(): Ledger {
    return this.#ledger;
  }

  /** Reads the whole book. */
  async load(): Promise<Result<readonly Entry[], LedgerRefusal>> {
    const projection = emptyProjection();
    const all: Entry[] = [];
    for (;;) {
      const batch = await this.#ledger.read(projection.seq, READ_BATCH);
      if (!batch.ok) return batch;
      for (const entry of batch.value) apply(projection, entry);
      all.push(...batch.value);
      if (batch.value.length < READ_BATCH) break;
    }
    const cursors = await this.#ledger.cursors();
    if (!cursors.ok) return cursors;
    this.#projection = projection;
    this.#cursors = cursors.value;
    return ok(all);
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
    const turn = this.#queue.then(() => this.#transact(plan, cursors));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #transact(
    plan: (projection: Projection, book: Book) => void,
    cursors: Cursors,
  ): Promise<Result<readonly Entry[], LedgerRefusal>> {
    const drafts: Draft[] = [];
    const bookedAt = this.#clock.now();
    plan(this.#projection, (draft) => {
      drafts.push(draft);
      apply(this.#projection, { ...draft, seq: this.#projection.seq + 1, bookedAt });
    });
    const moved = Object.entries(cursors).some(
      ([channel, cursor]) => this.#cursors[channel as keyof Cursors] !== cursor,
    );
    if (drafts.length === 0 && !moved) return ok([]);
    const booked = await this.#ledger.append(drafts, cursors, bookedAt);
    if (!booked.ok || booked.value.length !== drafts.length) {
      const reloaded = await this.load();
      if (!booked.ok) return booked;
      if (!reloaded.ok) return reloaded;
    }
    this.#cursors = { ...this.#cursors, ...cursors };
    if (booked.value.length > 0) this.#onBooked(booked.value);
    return booked;
  }
}

/** Oversold units by SKU, to be compared after a plan. */
export function oversoldNow(projection: Projection): ReadonlyMap<Sku, number> {
  return new Map([...projection.balances].map(([sku, balances]) => [sku, oversold(balances)]));
}
