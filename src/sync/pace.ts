/** How fast each SKU sells on each channel, by what was booked lately. In memory: made anew at a start. */
import type { ChannelId, Sku } from "../base/ids";
import { parseAccount } from "../stock/accounts";
import type { Entry } from "../stock/entries";
import { linesOf } from "../stock/line-table";
import type { Projection } from "../stock/projection";

/** What sold within a second; `at` is its first sale. */
interface Sale {
  readonly at: number;
  units: number;
}

interface Record {
  readonly sales: Sale[];
  /** The discounted count as it stood at `asOf`. */
  count: number;
  asOf: number;
}

/** A discounted count and the time it stands for: rate = count / spanMs. */
export interface Pace {
  readonly count: number;
  readonly spanMs: number;
}

/**
 * Seconds with sales that are kept per SKU and channel: more than the five minutes that anyone asks
 * for, however fast it sells and even where times come a little out of order.
 */
const KEPT = 600;
const SECOND_MS = 1000;
/** Of so many sales of a channel the one that was booked soonest tells how far its clock is off. */
const DELAYS_KEPT = 50;

export class PaceBook {
  readonly #records = new Map<string, Record>();
  readonly #tauMs: number;
  /** From each sale, by its channel's clock, to its booking, by ours; ms, the newest last. */
  readonly #delays = new Map<ChannelId, number[]>();

  /** A sale weighs exp(-age / tauMs). */
  constructor(tauMs: number) {
    this.#tauMs = tauMs;
  }

  /** With what the ledger knows from before this start. */
  static of(projection: Projection, tauMs: number): PaceBook {
    const book = new PaceBook(tauMs);
    const lines = Array.from(linesOf(projection.lines), ([, line]) => line);
    lines.sort((a, b) => a.createdAt - b.createdAt);
    for (const line of lines) book.#add(line.sku, line.channel, line.createdAt, line.taken);
    return book;
  }

  add(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (entry.type !== "move" || (entry.kind !== "hold" && entry.kind !== "commit")) continue;
      const to = parseAccount(entry.to);
      if (to.kind !== "held" && to.kind !== "committed") continue;
      const at = entry.at + this.#delay(to.channel, entry.bookedAt - entry.at);
      this.#add(entry.sku, to.channel, at, entry.quantity);
    }
  }

  /** Our own clock jumped: what was known of the channels' is of before. */
  clockJumped(): void {
    this.#delays.clear();
  }

  /**
   * A channel's clock may be minutes off, and a sale of now must not look old or still to come: the
   * shortest delay of late is taken for its clock's, so times are ours, if a moment late.
   */
  #delay(channel: ChannelId, delay: number): number {
    const delays = this.#delays.get(channel) ?? [];
    this.#delays.set(channel, delays);
    delays.push(delay);
    if (delays.length > DELAYS_KEPT) delays.shift();
    return Math.min(...delays);
  }

  #add(sku: Sku, channel: ChannelId, at: number, units: number): void {
    const key = `${channel}/${sku}`;
    let record = this.#records.get(key);
    if (record === undefined) {
      record = { sales: [], count: 0, asOf: at };
      this.#records.set(key, record);
    }
    const last = record.sales.at(-1);
    if (last !== undefined && Math.abs(last.at - at) < SECOND_MS) last.units += units;
    else record.sales.push({ at, units });
    if (record.sales.length > 2 * KEPT) record.sales.splice(0, KEPT);
    // One that is reported late has faded already.
    const newest = Math.max(record.asOf, at);
    record.count *= this.#fade(newest - record.asOf);
    record.count += units * this.#fade(newest - at);
    record.asOf = newest;
  }

  #fade(ageMs: number): number {
    return Math.exp(-ageMs / this.#tauMs);
  }

  of(sku: Sku, channel: ChannelId, now: number): Pace {
    const record = this.#records.get(`${channel}/${sku}`);
    if (record === undefined) return { count: 0, spanMs: this.#tauMs };
    const count = record.count * this.#fade(Math.max(0, now - record.asOf));
    return { count, spanMs: this.#tauMs };
  }

  /** Units sold in the last `windowMs`, at most ten minutes; right to within a second's sales. */
  sold(sku: Sku, channel: ChannelId, now: number, windowMs: number): number {
    let units = 0;
    for (const sale of this.#records.get(`${channel}/${sku}`)?.sales ?? []) {
      if (sale.at > now - windowMs && sale.at <= now) units += sale.units;
    }
    return units;
  }
}
