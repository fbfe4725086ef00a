/**
 * One channel at the port of `channels/channel.ts`: it counts its own sales atomically, shows its
 * orders late, takes absolute quantities (or compares and sets) after a delay, and refuses as the
 * scenario says. What goes wrong beyond that comes from `trouble.ts`.
 */
import type { ChannelId } from "../base/ids";
import type { Prng } from "../base/prng";
import { err, ok, type Result } from "../base/result";
import type {
  CallKind,
  Channel,
  ChannelOrder,
  Listing,
  ListedPage,
  OrderPage,
  QuantityWrite,
  Refusal,
  StockReading,
  WriteOutcome,
} from "../channels/channel";
import type { Life } from "./life";
import type { Scenario } from "./scenario";
import { normal } from "./shoppers";
import type { Trouble } from "./trouble";
import type { VirtualTime } from "./virtual-time";
import type { TrueOrder, Warehouse } from "./warehouse";

/** A change of an order as the list shows it from `visibleAt` on. */
interface Change {
  readonly order: TrueOrder;
  readonly at: number;
  readonly visibleAt: number;
  readonly wire: ChannelOrder;
}

/** Somebody changed a number by hand. */
export interface HandEdit {
  /** By how much. */
  readonly by: number;
  /** A write on its way overwrote it before anybody could read it. */
  overwritten: boolean;
}

const CALL_MS = { least: 40, spread: 120 };
const WRITES_MAX = 50;

export interface SimChannelPorts {
  readonly time: VirtualTime;
  readonly prng: Prng;
  readonly scenario: Scenario;
  readonly warehouse: Warehouse;
  readonly trouble: Trouble;
}

export class SimChannel {
  readonly id: ChannelId;
  readonly comparesAndSets: boolean;
  /** What the shop offers, by listing. */
  readonly listed = new Map<string, number>();
  readonly #ports: SimChannelPorts;
  readonly #changes: Change[] = [];
  readonly #lagMs: number;
  /** How often it lets anybody look at its numbers and its orders; ms. */
  readonly everyMs: number;
  #orders = 0;
  /** Units that a person listed by hand and no write has corrected yet, and those of them that sold. */
  readonly #extra = new Map<string, number>();
  readonly extraSold = new Map<string, number>();
  /** What happened to a listing's number since it was read last. */
  readonly #unread = new Map<string, (TrueOrder | HandEdit)[]>();

  constructor(id: ChannelId, ports: SimChannelPorts) {
    this.id = id;
    this.comparesAndSets = id === "shopify";
    this.#ports = ports;
    const { orderLag, ordersEvery, readEvery } = ports.scenario;
    this.#lagMs = orderLag[id] * 1000;
    this.everyMs = (ordersEvery[id] + readEvery[id]) * 1000;
  }

  /** A shopper's order; null = nothing there for her. */
  buy(listingId: string, units: number, paid: boolean): TrueOrder | null {
    const { time, warehouse } = this.#ports;
    const left = this.listed.get(listingId) ?? 0;
    if (left < units) {
      warehouse.turnAway(this.id, listingId);
      return null;
    }
    this.listed.set(listingId, left - units);
    const order: TrueOrder = {
      id: `${this.id}-${(this.#orders += 1)}`,
      channel: this.id,
      listingId,
      units,
      createdAt: time.now(),
      paid,
      cancelled: 0,
      shipped: 0,
      changes: 0,
      lateUntil: 0,
    };
    warehouse.orders.push(order);
    this.#happened(listingId, order);
    warehouse.took(order, units);
    this.#sellsExtra(listingId, left - units);
    this.#changed(order);
    return order;
  }

  #happened(listingId: string, what: TrueOrder | HandEdit): void {
    const unread = this.#unread.get(listingId) ?? [];
    unread.push(what);
    this.#unread.set(listingId, unread);
  }

  #overwrite(listingId: string): void {
    for (const what of this.#unread.get(listingId) ?? []) {
      if ("by" in what) what.overwritten = true;
      else if (what.lateUntil > 0) this.#ports.warehouse.unknowable.push(what);
    }
    this.#unread.delete(listingId);
  }

  /** Somebody changes the number by hand. */
  edit(listingId: string, by: number): HandEdit {
    const before = this.listed.get(listingId) ?? 0;
    const after = Math.max(0, before + by);
    this.listed.set(listingId, after);
    if (after > before) {
      this.#extra.set(listingId, (this.#extra.get(listingId) ?? 0) + after - before);
    }
    const edit = { by: after - before, overwritten: false };
    this.#happened(listingId, edit);
    return edit;
  }

  /** What was listed by hand beyond what there is sells last. */
  #sellsExtra(listingId: string, left: number): void {
    const extra = this.#extra.get(listingId) ?? 0;
    if (extra <= left) return;
    this.#extra.set(listingId, left);
    this.extraSold.set(listingId, (this.extraSold.get(listingId) ?? 0) + extra - left);
  }

  pay(order: TrueOrder): void {
    if (order.paid || order.cancelled > 0) return;
    order.paid = true;
    this.#changed(order);
  }

  /** The channel gives the units back to its own listing, as all four do (channels.md 0.1). */
  cancel(order: TrueOrder): void {
    const open = order.units - order.cancelled - order.shipped;
    if (open <= 0) return;
    order.cancelled += open;
    this.#ports.warehouse.took(order, -open);
    this.listed.set(order.listingId, (this.listed.get(order.listingId) ?? 0) + open);
    this.#changed(order);
  }

  ship(order: TrueOrder): void {
    if (!order.paid || order.cancelled > 0 || order.shipped > 0) return;
    order.shipped = order.units;
    this.#changed(order);
  }

  #changed(order: TrueOrder): void {
    const { time, trouble, warehouse } = this.#ports;
    const at = time.now();
    const skew = trouble.skewOf(this.id);
    const late = trouble.extraLag(this.id);
    const visibleAt = at + this.#lagMs + late;
    order.changes += 1;
    if (order.changes === 1 && late > 0) order.lateUntil = visibleAt;
    const { everyMs } = this;
    warehouse.changed({ order, number: order.changes, visibleAt, isLate: late > 0, everyMs });
    this.#changes.push({
      order,
      at: at + skew,
      visibleAt,
      wire: {
        orderId: order.id,
        createdAt: order.createdAt + skew,
        updatedAt: at + skew,
        paid: order.paid,
        lines: [
          {
            lineId: "1",
            listingId: order.listingId,
            ordered: order.units,
            cancelled: order.cancelled,
            shipped: order.shipped,
          },
        ],
      },
    });
  }

  /** The port, spoken by the leader that holds `fence`. */
  port(fence: () => boolean, life: Life | null = null): Channel {
    const { scenario, time } = this.#ports;
    const guard = <T>(ms: number, call: () => Result<T, Refusal>): Promise<Result<T, Refusal>> => {
      const answer = () => this.#relayed(ms, fence, call);
      return life === null ? answer() : life.through(answer);
    };
    const budget = new Budget(() => time.now(), scenario, this.id);
    return {
      id: this.id,
      comparesAndSets: this.comparesAndSets,
      sellsBeforeOrders: scenario.ordersEvery[this.id] > 0,
      writesMax: WRITES_MAX,
      readStock: (listings) =>
        guard(this.#callMs(), () => budget.take("read_stock") ?? ok(this.#readings(listings))),
      readOrders: (cursor, since) =>
        guard(this.#callMs(), () => {
          budget.take("read_orders");
          return this.#readOrders(cursor, since);
        }),
      writeStock: (writes) => this.#writeStock(writes, guard),
      readListings: (): Promise<Result<ListedPage, Refusal>> =>
        Promise.resolve(ok({ items: [], next: null })),
      setOnSale: (listing) =>
        Promise.resolve(ok({ kind: "accepted", listingId: listing.listingId })),
      testConnection: () => Promise.resolve(ok({ shopName: this.id, missing: [] })),
      allowance: (kind) => ({ nextAt: budget.nextAt(kind), left: null }),
    };
  }

  async #relayed<T>(
    ms: number,
    fence: () => boolean,
    call: () => Result<T, Refusal>,
  ): Promise<Result<T, Refusal>> {
    const { time, trouble } = this.#ports;
    if (!trouble.companionUp()) return err({ kind: "companion_down" });
    // The relay knows who leads: a leader of yesterday gets nothing through.
    if (!fence()) return err({ kind: "fenced_off" });
    await time.sleep(ms);
    const refusal = trouble.refuses(this.id, time.now());
    return refusal === null ? call() : err(refusal);
  }

  #callMs(): number {
    return CALL_MS.least + this.#ports.prng.next() * CALL_MS.spread;
  }

  #readings(listings: readonly Listing[]): readonly StockReading[] {
    return listings.map(({ listingId }) => {
      this.#unread.delete(listingId);
      return { listingId, available: this.listed.get(listingId) ?? 0 };
    });
  }

  #readOrders(cursor: string | null, fallbackSinceMs: number): Result<OrderPage, Refusal> {
    const { time, trouble, scenario } = this.#ports;
    const now = time.now();
    const since = cursor === null ? fallbackSinceMs : Number(cursor) - scenario.lookBack * 1000;
    const newest = new Map<string, Change>();
    let highest = cursor === null ? since : Number(cursor);
    for (let n = this.#firstSince(since); n < this.#changes.length; n += 1) {
      const change = this.#changes[n];
      if (change === undefined || change.visibleAt > now) continue;
      highest = Math.max(highest, change.at);
      newest.set(change.order.id, change);
    }
    const orders = [...newest.values()].map((change) => change.wire);
    return ok({
      orders: trouble.mixed(this.id, orders, (order) => this.#olderOf(order)),
      cursor: String(highest),
    });
  }

  /** Where the changes of `since` or later begin: a channel's own clock only goes forward. */
  #firstSince(since: number): number {
    let n = this.#changes.length;
    while (n > 0 && (this.#changes[n - 1]?.at ?? 0) >= since) n -= 1;
    return n;
  }

  /** An earlier state of the same order, as a page that was cached somewhere shows it. */
  #olderOf(order: ChannelOrder): ChannelOrder {
    return this.#changes.find((change) => change.order.id === order.orderId)?.wire ?? order;
  }

  async #writeStock(
    writes: readonly QuantityWrite[],
    guard: <T>(ms: number, call: () => Result<T, Refusal>) => Promise<Result<T, Refusal>>,
  ): Promise<Result<readonly WriteOutcome[], Refusal>> {
    const { prng, scenario, trouble } = this.#ports;
    const median = scenario.writeDelay[this.id] * 1000;
    const delay = median * Math.exp(scenario.writeSpread * normal(prng));
    const refused = prng.next() < scenario.writesRefused;
    return guard(delay, () => {
      if (refused) return err({ kind: "throttled", retryAfterMs: 1000 });
      const outcomes = writes.map((write) => this.#write(write));
      if (trouble.losesReply(this.id)) return err({ kind: "unreachable", message: "reply lost" });
      return ok(outcomes);
    });
  }

  #write(write: QuantityWrite): WriteOutcome {
    const { listingId } = write.listing;
    const stale = this.comparesAndSets && write.expected !== this.listed.get(listingId);
    if (stale) return { listingId, kind: "stale" };
    this.listed.set(listingId, write.quantity);
    this.#extra.delete(listingId);
    this.#overwrite(listingId);
    return { listingId, kind: "accepted" };
  }
}

/** What an adapter knows of its channel's limits, by a clock that nobody sets. */
class Budget {
  readonly #now: () => number;
  readonly #everyMs: Readonly<Record<CallKind, number>>;
  readonly #last = new Map<CallKind, number>();

  constructor(now: () => number, { readEvery, ordersEvery }: Scenario, channel: ChannelId) {
    this.#now = now;
    this.#everyMs = {
      read_stock: readEvery[channel] * 1000,
      read_orders: ordersEvery[channel] * 1000,
      write_stock: 0,
    };
  }

  nextAt(kind: CallKind): number {
    const every = this.#everyMs[kind];
    return every === 0 ? 0 : (this.#last.get(kind) ?? Number.NEGATIVE_INFINITY) + every;
  }

  take(kind: CallKind): Result<never, Refusal> | null {
    const wait = this.nextAt(kind) - this.#now();
    if (wait > 0) return err({ kind: "throttled", retryAfterMs: wait });
    this.#last.set(kind, this.#now());
    return null;
  }
}
