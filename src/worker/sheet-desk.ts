/** What the sheets of the workbook ask of the open book: how planned rows stand, reserving, timelines. */
import type { Clock } from "../base/clock";
import { err, ok, type Result } from "../base/result";
import type { Sku } from "../base/ids";
import type { Entry } from "../stock/entries";
import { balancesOf } from "../stock/projection";
import { planStanding, reserveRow, type PlanRow, type PlanStanding } from "../stock/plan-rows";
import { streamTimeline, type Timeline } from "../stock/timeline";
import type { CommandRefusal, ReservedRow, SheetDeskCalls } from "./api";
import { refusedBy } from "./command-refusal";
import type { OpenBook } from "./open-book";

export interface SheetDeskPorts {
  readonly clock: Clock;
  readonly book: () => OpenBook | null;
}

const READ_AT_ONCE = 2000;

function skusOf(book: OpenBook): ReadonlyMap<string, Sku> {
  return new Map(book.catalogue.items.map(({ sku }) => [sku as string, sku]));
}

export class SheetDesk implements SheetDeskCalls {
  readonly #ports: SheetDeskPorts;

  constructor(ports: SheetDeskPorts) {
    this.#ports = ports;
  }

  look(rows: readonly PlanRow[]): Promise<readonly PlanStanding[]> {
    const book = this.#ports.book();
    if (book === null) return Promise.resolve([]);
    const now = this.#ports.clock.now();
    const skus = skusOf(book);
    const { projection } = book.bookkeeper;
    return Promise.resolve(rows.map((row) => planStanding(projection, skus, row, now)));
  }

  async reserve(rows: readonly PlanRow[]): Promise<Result<readonly ReservedRow[], CommandRefusal>> {
    const book = this.#ports.book();
    if (book === null) return err({ code: "busy" });
    if (book.role !== "leader") return err({ code: "not_leader" });
    const skus = skusOf(book);
    const now = this.#ports.clock.now();
    const lines: ReservedRow[] = [];
    const booked = await book.bookkeeper.transact((projection, add) => {
      lines.length = 0;
      for (const row of rows) {
        const done = reserveRow(projection, skus, row, now, add);
        const standing = planStanding(projection, skus, row, now);
        lines.push({ standing, refusal: done.ok ? null : done.error });
      }
    });
    if (!booked.ok) return err({ code: "storage", detail: booked.error.detail });
    const kept = await book.flush();
    return kept.ok ? ok(lines) : refusedBy(kept.error);
  }

  async timeline(streamId: string): Promise<Timeline | null> {
    const book = this.#ports.book();
    const stream = book?.bookkeeper.projection.streams.get(streamId);
    if (book === null || stream?.startedAt == null) return null;
    const entries = await this.#since(book, stream.startedAt);
    const { projection } = book.bookkeeper;
    // Booked while we read: told without them would be told wrong.
    if (entries === null || (entries.at(-1)?.seq ?? 0) !== projection.seq) return null;
    const balances = balancesOf(projection, stream.sku);
    const now = balances.available + (balances.reserved.get(stream.id) ?? 0);
    return streamTimeline(stream, entries, now);
  }

  /** The book's last entries, as far back as needed: a live book has many. */
  async #since(book: OpenBook, from: number): Promise<readonly Entry[] | null> {
    const { bookkeeper } = book;
    let entries: readonly Entry[] = [];
    for (let after = bookkeeper.projection.seq; after > 0;) {
      const start = Math.max(0, after - READ_AT_ONCE);
      const read = await bookkeeper.ledger.read(start, after - start);
      if (!read.ok) return null;
      entries = [...read.value, ...entries];
      after = start;
      if ((read.value[0]?.bookedAt ?? 0) < from) break;
    }
    return entries;
  }
}
