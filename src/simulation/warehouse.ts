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
  /** How often its state changed. */
  changes: number;
  /** A channel lists it long after it was placed: when; ms, 0 = at its usual pace. */
  lateUntil: number;
}

/** One change of an order, as its channel lists it. */
export interface OrderChange {
  readonly order: TrueOrder;
  /** Which of the order's changes it is. */
  readonly number: number;
  /** Our own clock, ms. */
  readonly visibleAt: number;
  /** Listed so late that a cursor may have passed it. */
  readonly isLate: boolean;
  /** How often its channel lets anybody look; ms, 0 = always. */
  readonly everyMs: number;
}

interface TruePart {
  readonly sku: Sku;
  readonly units: number;
}

export class Warehouse {
  /** Units that were ever in it. */
  readonly stock: Map<Sku, number>;
  readonly orders: TrueOrder[] = [];
  /**
   * Orders that are listed late, and whose sale a write on its way overwrote before anybody read the
   * number: until they are listed nothing tells of them.
   */
  readonly unknowable: TrueOrder[] = [];
  readonly #taken = new Map<Sku, number>();
  #changes: OrderChange[] = [];
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

  /** A buyer ordered (units above 0) or gave up. */
  took(order: TrueOrder, units: number): void {
    for (const part of this.partsOf(order.channel, order.listingId)) {
      this.#taken.set(part.sku, (this.#taken.get(part.sku) ?? 0) + part.units * units);
    }
  }

  changed(change: OrderChange): void {
    this.#changes.push(change);
  }

  /** The changes since the last call. */
  takeChanges(): readonly OrderChange[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  /** Goods came in. */
  receive(sku: Sku, units: number): void {
    this.stock.set(sku, (this.stock.get(sku) ?? 0) + units);
  }

  /** As `left`, counted anew from the orders. */
  counted(sku: Sku): number {
    let units = (this.stock.get(sku) ?? 0) + this.returned(sku);
    for (const order of this.orders) units -= this.#takes(order, sku);
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

  /** Units that sold and of which nothing tells at `now`, nor did `patienceMs` before. */
  hidden(sku: Sku, now: number, patienceMs: number): number {
    let units = 0;
    for (const order of this.unknowable) {
      if (order.lateUntil + patienceMs > now) units += this.#takes(order, sku);
    }
    return units;
  }

  left(sku: Sku): number {
    return (this.stock.get(sku) ?? 0) + this.returned(sku) - (this.#taken.get(sku) ?? 0);
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
