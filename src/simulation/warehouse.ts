/** What really happened, known to the simulation alone: one warehouse, the orders of all channels. */
import type { ChannelId, Sku } from "../base/ids";

export interface TrueOrder {
  readonly id: string;
  readonly channel: ChannelId;
  readonly listingId: string;
  readonly units: number;
  /** Our own clock, ms. */
  readonly createdAt: number;
  paid: boolean;
  cancelled: number;
  shipped: number;
}

export interface TruePart {
  readonly sku: Sku;
  readonly units: number;
}

export class Warehouse {
  /** Units that were ever in it. */
  readonly stock: Map<Sku, number>;
  readonly orders: TrueOrder[] = [];
  /** By `channel/listing`: what one sale takes. */
  readonly #parts = new Map<string, readonly TruePart[]>();
  /** Buyers turned away, by SKU, and those of them who came while units were left. */
  readonly turnedAway = new Map<Sku, number>();
  lostSales = 0;

  constructor(stock: ReadonlyMap<Sku, number>) {
    this.stock = new Map(stock);
  }

  map(channel: ChannelId, listingId: string, parts: readonly TruePart[]): void {
    this.#parts.set(`${channel}/${listingId}`, parts);
  }

  partsOf(channel: ChannelId, listingId: string): readonly TruePart[] {
    return this.#parts.get(`${channel}/${listingId}`) ?? [];
  }

  readonly #back = new Map<Sku, number>();

  /** A shipped unit is in the shelf again. */
  takeBack(sku: Sku): void {
    this.#back.set(sku, this.returned(sku) + 1);
  }

  returned(sku: Sku): number {
    return this.#back.get(sku) ?? 0;
  }

  /** Units of a SKU that buyers hold or own: ordered and not cancelled. */
  sold(sku: Sku): number {
    let units = 0;
    for (const order of this.orders) units += this.#takes(order, sku);
    return units;
  }

  #takes(order: TrueOrder, sku: Sku): number {
    const open = order.units - order.cancelled;
    if (open === 0) return 0;
    let units = 0;
    for (const part of this.partsOf(order.channel, order.listingId)) {
      if (part.sku === sku) units += part.units * open;
    }
    return units;
  }

  left(sku: Sku): number {
    return (this.stock.get(sku) ?? 0) + this.returned(sku) - this.sold(sku);
  }

  /** A buyer found nothing at the channel. */
  turnAway(channel: ChannelId, listingId: string): void {
    const parts = this.partsOf(channel, listingId);
    for (const { sku } of parts) this.turnedAway.set(sku, (this.turnedAway.get(sku) ?? 0) + 1);
    if (parts.every(({ sku, units }) => this.left(sku) >= units)) {
      this.lostSales += 1;
    }
  }
}
