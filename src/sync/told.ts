/**
 * Orders that were booked and reported again just the same: a page overlaps the one before, so most
 * of it is. Only paid ones are remembered; what an unpaid one means also depends on the time.
 */
import type { ChannelOrder } from "../channels/channel";

const KEPT = 5000;

function wordsOf(order: ChannelOrder): string {
  let words = String(order.updatedAt);
  for (const { lineId, ordered, cancelled, shipped } of order.lines) {
    words += `|${lineId}:${ordered}:${cancelled}:${shipped}`;
  }
  return words;
}

export class ToldOrders {
  readonly #words = new Map<string, string>();

  /** The orders that say something that was not booked yet. */
  news(orders: readonly ChannelOrder[]): readonly ChannelOrder[] {
    return orders.filter((o) => !o.paid || this.#words.get(o.orderId) !== wordsOf(o));
  }

  booked(orders: readonly ChannelOrder[]): void {
    for (const order of orders) {
      if (!order.paid) continue;
      // Told again, it is young again.
      this.#words.delete(order.orderId);
      this.#words.set(order.orderId, wordsOf(order));
    }
    for (const id of this.#words.keys()) {
      if (this.#words.size <= KEPT) break;
      this.#words.delete(id);
    }
  }
}
