/** Random histories of a book, and a slow, obvious model of what they come to. */
import type { ChannelId, Sku } from "../../src/base/ids";
import { mulberry32, type Prng } from "../../src/base/prng";
import {
  adjust,
  announce,
  count,
  damage,
  receive,
  returned,
  transfer,
} from "../../src/stock/commands";
import { note, type Draft, type Entry, type Move } from "../../src/stock/entries";
import { dueExpiries } from "../../src/stock/holds";
import { planLine, type ReportedLine } from "../../src/stock/orders";
import { oversellNotes, oversoldNow } from "../../src/stock/oversell";
import { apply, balancesOf, emptyProjection, type Projection } from "../../src/stock/projection";
import { dueReleases, dueReservations, grow, release, reserve } from "../../src/stock/reservations";
import { reverse } from "../../src/stock/reverse";

export const SKUS = ["A", "B", "C"] as Sku[];
export const CHANNELS: readonly ChannelId[] = ["tiktok", "shopify", "amazon"];
const PLACES = [undefined, "east", "west"];
const MINUTE = 60_000;

type Writable = { -readonly [K in keyof ReportedLine]: ReportedLine[K] };

/** A seller, three channels, buyers and a clock; `entries` is all that they left behind. */
export class History {
  readonly projection: Projection = emptyProjection();
  readonly entries: Entry[] = [];
  readonly #keys = new Set<string>();
  readonly #dice: Prng;
  readonly #orders: Writable[] = [];
  #now = 1_000_000;
  #next = 0;

  constructor(seed: number) {
    this.#dice = mulberry32(seed);
  }

  /** What each channel said last of each line. */
  get reported(): readonly ReportedLine[] {
    return this.#orders;
  }

  get now(): number {
    return this.#now;
  }

  #below(n: number): number {
    return Math.floor(this.#dice.next() * n);
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#below(items.length)]!;
  }

  /** As the ledger does: a key that is known is not booked again (I4). */
  book(drafts: readonly Draft[]): void {
    const before = oversoldNow(this.projection);
    const moves = drafts.filter((draft) => this.#append(draft)).filter((d) => d.type === "move");
    for (const why of oversellNotes(this.projection, before, moves, this.#now)) this.#append(why);
  }

  #append(draft: Draft): boolean {
    if (this.#keys.has(draft.key)) return false;
    this.#keys.add(draft.key);
    const entry = { ...draft, seq: this.entries.length + 1, bookedAt: this.#now } as Entry;
    this.entries.push(entry);
    apply(this.projection, entry);
    return true;
  }

  #try(outcome: { ok: true; value: readonly Draft[] } | { ok: false }): void {
    if (!outcome.ok) return;
    this.book(outcome.value);
    // The same request once more is nothing.
    if (this.#below(4) === 0) this.book(outcome.value);
  }

  step(): void {
    this.#now += this.#below(2 * MINUTE);
    this.#next += 1;
    const kind = this.#below(20);
    if (kind < 10) this.#buyer();
    else if (kind < 16) this.#seller();
    else this.#time();
  }

  #buyer(): void {
    const old = this.#orders.length > 0 && this.#below(3) > 0;
    const line: Writable = old
      ? this.#pick(this.#orders.slice(-40))
      : {
          channel: this.#pick(CHANNELS),
          orderId: `o/${this.#next}`,
          lineId: "1",
          sku: this.#pick(SKUS),
          createdAt: this.#now - this.#below(MINUTE),
          updatedAt: this.#now,
          paid: this.#below(2) === 0,
          ordered: 1 + this.#below(4),
          cancelled: 0,
          shipped: 0,
          seenAt: this.#now,
        };
    if (!old) this.#orders.push(line);
    else {
      line.updatedAt = this.#now;
      line.seenAt = this.#now;
      const open = line.ordered - line.cancelled - line.shipped;
      const what = this.#below(5);
      if (what === 0) line.paid = true;
      if (what === 1) line.cancelled += this.#below(open + 1);
      if (what === 2 && line.paid) line.shipped += this.#below(open + 1);
      if (what === 3) line.ordered += this.#below(3);
    }
    this.book(planLine(this.projection, { ...line }));
    if (this.#below(3) === 0) this.book(planLine(this.projection, { ...line }));
  }

  #seller(): void {
    const sku = this.#pick(SKUS);
    const location = this.#pick(PLACES);
    const request = {
      id: `r${this.#next}`,
      at: this.#now,
      actor: "seller",
      sku,
      ...(location === undefined ? {} : { location }),
    };
    const { projection } = this;
    const units = 1 + this.#below(30);
    switch (this.#below(10)) {
      case 0:
        return this.#try(count(projection, { ...request, counted: this.#below(120) }));
      case 1:
        return this.#try(receive(projection, { ...request, units, arrival: null }));
      case 2:
        return this.#try(announce({ ...request, units, dueAt: this.#now + MINUTE }));
      case 3: {
        const arrival = this.#pick([...projection.arrivals.keys(), ""]);
        return this.#try(receive(projection, { ...request, units, arrival }));
      }
      case 4: {
        const by = this.#below(21) - 10;
        return this.#try(adjust(projection, { ...request, by, reason: "lost" }));
      }
      case 5:
        return this.#try(damage(projection, { ...request, units: 1 + this.#below(3) }));
      case 6: {
        const line = this.#pick([...projection.lines.refs, ""].slice(-30));
        const restock = this.#below(2) === 0;
        return this.#try(returned(projection, { ...request, line, units: 1, restock }));
      }
      case 7:
        return this.#try(transfer(projection, { ...request, units, toLocation: "east" }));
      default: {
        const entry = this.entries[this.entries.length - 1 - this.#below(30)];
        if (entry !== undefined) this.#try(reverse(projection, entry, request));
      }
    }
  }

  #time(): void {
    const { projection } = this;
    const request = { id: `t${this.#next}`, at: this.#now, actor: "seller" };
    const stream = this.#pick([...projection.streams.keys(), ""]);
    switch (this.#below(8)) {
      case 0:
        return this.#plan();
      case 6:
        return this.#lend(stream);
      case 1:
        return this.#try(reserve(projection, stream, request));
      case 2:
        return this.#try(grow(projection, stream, 1 + this.#below(9), request));
      case 3:
        return this.#try(release(projection, stream, request));
      case 4:
        return this.book(dueReleases(projection, this.#now));
      case 5:
        return this.book(dueReservations(projection, this.#now));
      default: {
        const word = this.#pick(["unpaid", "not_listed", "unreadable"] as const);
        return this.book(dueExpiries(projection, this.#now, () => word));
      }
    }
  }

  /** What the engine does while a stream is slow: units go over to the free pool. */
  #lend(id: string): void {
    const stream = this.projection.streams.get(id);
    if (stream === undefined) return;
    const left = balancesOf(this.projection, stream.sku).reserved.get(id) ?? 0;
    if (left < 2) return;
    const about = { sku: stream.sku, quantity: 1 + this.#below(left - 1), ref: id };
    const where = { from: `reserved:${id}`, to: "available" } as const;
    const when = { key: `shrink/${this.#next}`, at: this.#now, reportedAt: this.#now };
    this.book([{ type: "move", kind: "shrink", ...about, ...where, ...when }]);
  }

  #plan(): void {
    const ref = `s${this.#next}`;
    const detail = JSON.stringify({
      channel: this.#pick(CHANNELS),
      creator: "Mia",
      followers: 80_000,
      speed: 60,
      minutes: 180,
      startsAt: this.#now + this.#below(400 * MINUTE) - 100 * MINUTE,
    });
    const sku = this.#pick(SKUS);
    this.book([
      note("stream_planned", ref, this.#now, { sku, n: 1 + this.#below(60), detail, ref }),
    ]);
  }
}

/** Units by "sku|location|account": the whole of the model. */
export function slowBalances(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  const put = (move: Move, location: string, account: string, n: number) => {
    const key = `${move.sku}|${location}|${account}`;
    units.set(key, (units.get(key) ?? 0) + n);
  };
  for (const entry of entries) {
    if (entry.type !== "move") continue;
    const from = entry.location ?? "main";
    put(entry, from, entry.from, -entry.quantity);
    put(entry, entry.toLocation ?? from, entry.to, entry.quantity);
  }
  return units;
}

/** The sum over everything whose name fits. */
export function slowSum(
  units: ReadonlyMap<string, number>,
  sku: Sku,
  accounts: RegExp,
  location: string | null = null,
): number {
  let total = 0;
  for (const [key, n] of units) {
    const [of = "", at = "", account = ""] = key.split("|");
    if (of === sku && (location === null || location === at) && accounts.test(account)) total += n;
  }
  return total;
}
