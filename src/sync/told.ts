/**
 * Orders that were booked and reported again just the same: a page overlaps the one before, so most
 * of it is. Only paid ones are left out for that; what an unpaid one means also depends on the time.
 *
 * And what is older than an order's last word: an order that was cancelled before it was first read
 * leaves no line in the ledger, so that there nothing tells an old page of it from a new sale.
 */
import type { ChannelOrder } from "../channels/channel";

const KEPT = 5000;

interface Told {
  readonly updatedAt: number;
  /** "" = unpaid: said again, it is news again. */
  readonly words: string;
}

function toldBy({ updatedAt, paid, lines }: ChannelOrder): Told {
  let words = "";
  for (const { lineId, ordered, cancelled, shipped } of paid ? lines : []) {
    words += `|${lineId}:${ordered}:${cancelled}:${shipped}`;
  }
  return { updatedAt, words };
}

export class ToldOrders {
  readonly #told = new Map<string, Told>();

  /** The orders that say something that was not booked yet. */
  news(orders: readonly ChannelOrder[]): readonly ChannelOrder[] {
    return orders.filter((order) => {
      const known = this.#told.get(order.orderId);
      if (known === undefined) return true;
      if (order.updatedAt !== known.updatedAt) return order.updatedAt > known.updatedAt;
      return !order.paid || known.words !== toldBy(order).words;
    });
  }

  booked(orders: readonly ChannelOrder[]): void {
    for (const order of orders) {
      const known = this.#told.get(order.orderId);
      if (known !== undefined && order.updatedAt < known.updatedAt) continue;
      // Told again, it is young again.
      this.#told.delete(order.orderId);
      this.#told.set(order.orderId, toldBy(order));
    }
    for (const id of this.#told.keys()) {
      if (this.#told.size <= KEPT) break;
      this.#told.delete(id);
    }
  }
}
