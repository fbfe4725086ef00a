/**
 * Two channels over one warehouse, in memory: what the engine's port can observe of TikTok Shop
 * (absolute writes) and Shopify (compare and set), with latency, lag and faults by seed. The real
 * protocols are played by src/sandbox; this world is for thousands of virtual hours.
 */
import type { ChannelId, Sku } from "../../src/base/ids";
import type { Prng } from "../../src/base/prng";
import { err, ok } from "../../src/base/result";
import type { Channel, ChannelOrder, Refusal } from "../../src/channels/channel";
import type { CatalogueItem } from "../../src/sync/catalogue";
import type { VirtualTime } from "../../src/simulation/virtual-time";

interface Order {
  readonly id: string;
  readonly sku: Sku;
  readonly createdAt: number;
  updatedAt: number;
  paid: boolean;
  ordered: number;
  cancelled: number;
}

export class FakeChannel implements Channel {
  readonly id: ChannelId;
  readonly sellsBeforeOrders = false;
  readonly comparesAndSets: boolean;
  readonly writesMax = 50;
  readonly listed = new Map<string, number>();
  readonly delisted = new Set<string>();
  /** Units of a listing that a campaign holds. */
  readonly locked = new Map<string, number>();
  readonly orders: Order[] = [];
  refused = 0;
  writes = 0;
  /** Refuses every write with this code, as a channel does that does not know a listing any more. */
  refuses: string | null = null;
  /** Set to make every call fail. */
  fault: Refusal | null = null;
  allowance: Channel["allowance"] = () => ({ nextAt: this.#time.now(), left: null });
  readonly #time: VirtualTime;
  readonly #prng: Prng;
  readonly #lagMs: number;

  constructor(
    id: ChannelId,
    time: VirtualTime,
    prng: Prng,
    options: { cas: boolean; lagMs: number },
  ) {
    this.id = id;
    this.#time = time;
    this.#prng = prng;
    this.comparesAndSets = options.cas;
    this.#lagMs = options.lagMs;
  }

  /** A shopper. Null = nothing left for her. */
  buy(sku: Sku, units: number, paid = true): Order | null {
    const left = this.delisted.has(sku) ? 0 : (this.listed.get(sku) ?? 0);
    if (left < units) {
      this.refused += units;
      return null;
    }
    this.listed.set(sku, left - units);
    const now = this.#time.now();
    const order: Order = {
      id: `${this.id}-${this.orders.length + 1}`,
      sku,
      createdAt: now,
      updatedAt: now,
      paid,
      ordered: units,
      cancelled: 0,
    };
    this.orders.push(order);
    return order;
  }

  cancel(order: Order): void {
    this.listed.set(order.sku, (this.listed.get(order.sku) ?? 0) + order.ordered - order.cancelled);
    order.cancelled = order.ordered;
    order.updatedAt = this.#time.now();
  }

  async #wire(): Promise<Refusal | null> {
    await this.#time.sleep(20 + this.#prng.next() * 150);
    return this.fault;
  }

  async readStock(listings: readonly { listingId: string }[]) {
    const fault = await this.#wire();
    if (fault !== null) return err(fault);
    return ok(
      listings.map(({ listingId }) => ({
        listingId,
        available: this.listed.get(listingId) ?? 0,
        ...(this.locked.has(listingId) ? { locked: this.locked.get(listingId)! } : {}),
      })),
    );
  }

  async readOrders(cursor: string | null) {
    const fault = await this.#wire();
    if (fault !== null) return err(fault);
    const since = cursor === null ? 0 : Number(cursor) - 5000;
    const seen = this.#time.now() - this.#lagMs;
    const orders = this.orders.filter((o) => o.updatedAt >= since && o.updatedAt <= seen);
    const newest = orders.reduce((max, o) => Math.max(max, o.updatedAt), Number(cursor ?? 0));
    const wire: ChannelOrder[] = orders.map((o) => ({
      orderId: o.id,
      createdAt: o.createdAt,
      updatedAt: o.updatedAt,
      paid: o.paid,
      lines: [
        { lineId: "1", listingId: o.sku, ordered: o.ordered, cancelled: o.cancelled, shipped: 0 },
      ],
    }));
    return ok({ orders: wire, cursor: String(newest) });
  }

  async writeStock(writes: Parameters<Channel["writeStock"]>[0]) {
    const fault = await this.#wire();
    if (fault !== null) return err(fault);
    return ok(
      writes.map((write) => {
        const { listingId } = write.listing;
        if (this.refuses !== null) {
          return { listingId, kind: "rejected" as const, code: this.refuses, message: "" };
        }
        const stale = this.comparesAndSets && write.expected !== this.listed.get(listingId);
        if (stale) return { listingId, kind: "stale" as const };
        this.writes += 1;
        this.listed.set(listingId, write.quantity);
        return { listingId, kind: "accepted" as const };
      }),
    );
  }

  async readListings() {
    const fault = await this.#wire();
    if (fault !== null) return err(fault);
    const items = [...this.listed.keys()].map((sku) => ({
      listing: { channel: this.id, listingId: sku, parentId: sku, locationId: "1" },
      sku,
      title: sku,
      onSale: !this.delisted.has(sku),
      fulfilledBy: "seller" as const,
      parts: [],
    }));
    return ok({ items, next: null });
  }

  async setOnSale({ listingId }: { listingId: string }, onSale: boolean) {
    const fault = await this.#wire();
    if (fault !== null) return err(fault);
    if (onSale) this.delisted.delete(listingId);
    else this.delisted.add(listingId);
    return ok({ listingId, kind: "accepted" as const });
  }

  async testConnection() {
    const fault = await this.#wire();
    return fault === null ? ok({ shopName: this.id, missing: [] }) : err(fault);
  }

  sold(sku: Sku): number {
    return this.orders
      .filter((o) => o.sku === sku)
      .reduce((sum, o) => sum + o.ordered - o.cancelled, 0);
  }
}

export function fakeItems(skus: readonly Sku[]): CatalogueItem[] {
  return skus.map((sku) => ({
    sku,
    title: sku,
    listings: (["tiktok", "shopify"] as const).map((channel) => ({
      channel,
      listingId: sku,
      parentId: sku,
      locationId: "1",
    })),
  }));
}
