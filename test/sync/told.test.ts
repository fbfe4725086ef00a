/** Pages of orders that arrive late, with what an order was before: the order's last word stands. */
import { expect, test } from "@jest/globals";
import type { ChannelOrder } from "../../src/channels/channel";
import { heldUnits } from "../../src/stock/balances";
import { balancesOf } from "../../src/stock/projection";
import { ToldOrders } from "../../src/sync/told";
import { count, SKU } from "../support/entries";
import { engineWorld } from "../support/engine-world";

const MINUTE = 60_000;

test.each([
  ["together with how it ended", true],
  ["alone", false],
])(
  "an order that was cancelled before it was first read takes no unit when an old page comes, %s",
  async (_, together) => {
    const w = engineWorld(100);
    await w.book(count(100));
    w.start();
    await w.pass(20_000);
    const read = w.tiktok.readOrders.bind(w.tiktok);
    const asItWas: ChannelOrder[] = [];
    w.tiktok.readOrders = async (cursor) => {
      const page = await read(cursor);
      const old = asItWas.splice(0);
      if (!page.ok || old.length === 0) return page;
      const { orders, cursor: next } = page.value;
      const known = together ? orders : orders.filter((o) => o.orderId !== old[0]?.orderId);
      return { ok: true, value: { orders: [...known, ...old], cursor: next } };
    };
    const order = w.tiktok.buy(SKU, 1, false)!;
    const { id: orderId, createdAt } = order;
    const lines = [{ lineId: "1", listingId: SKU, ordered: 1, cancelled: 0, shipped: 0 }];
    const first = { orderId, createdAt, updatedAt: createdAt, paid: false, lines };
    await w.pass(10);
    // Paid and cancelled before anybody looked: the ledger has nothing to say of it.
    order.paid = true;
    w.tiktok.cancel(order);
    await w.pass(2000);
    asItWas.push(first);
    await w.pass(5 * MINUTE);
    expect(asItWas).toEqual([]);
    expect(heldUnits(balancesOf(w.books.projection, SKU))).toBe(0);
    expect(balancesOf(w.books.projection, SKU).available).toBe(100);
    expect(w.shopify.listed.get(SKU)).toBe(98);
  },
);

test("of an order what is newer is news, and what is older or was said is not", () => {
  const told = new ToldOrders();
  const line = { lineId: "1", listingId: "A", ordered: 2, cancelled: 0, shipped: 0 };
  const at = (updatedAt: number, paid: boolean, cancelled = 0): ChannelOrder => ({
    ...{ orderId: "1", createdAt: 1, updatedAt, paid, lines: [{ ...line, cancelled }] },
  });
  told.booked([at(3, true), at(1, false)]);
  expect(told.news([at(1, false), at(2, true), at(3, true)])).toEqual([]);
  expect(told.news([at(3, true, 1), at(4, true)])).toHaveLength(2);
  // What an unpaid one means also depends on the time.
  told.booked([at(5, false)]);
  expect(told.news([at(5, false), at(5, true)])).toHaveLength(2);
});
