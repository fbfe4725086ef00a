import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ok } from "../../../src/base/result";
import { readOrderWindow } from "../../../src/channels/http/order-window";

/** A channel whose clock is in whole seconds and whose index shows a change up to `lag` s late. */
function shop(lag: number) {
  const orders = new Map<string, { updatedAt: number; visibleAt: number }>();
  return {
    touch: (id: string, at: number, late: number) =>
      orders.set(id, { updatedAt: at, visibleAt: at + Math.min(late, lag) }),
    page: (nowMs: number, sinceMs: number, token: string | null) => {
      const all = [...orders]
        .filter(([, o]) => o.visibleAt <= nowMs && o.updatedAt >= sinceMs)
        .sort(([, a], [, b]) => a.updatedAt - b.updatedAt);
      const from = Number(token ?? 0);
      const rows = all.slice(from, from + 3);
      return ok({
        orders: rows.map(([orderId, { updatedAt }]) => ({
          orderId,
          createdAt: 0,
          updatedAt,
          paid: true,
          lines: [],
        })),
        changes: rows.map(([, { updatedAt }]) => updatedAt),
        next: from + 3 < all.length ? String(from + 3) : null,
        serverTimeMs: nowMs,
      });
    },
  };
}

describe("the window of changed orders", () => {
  test("with an index that is late by less than the overlap, every order is seen in the end", async () => {
    const step = fc.record({
      wait: fc.nat({ max: 90 }),
      id: fc.nat({ max: 30 }),
      late: fc.nat({ max: 59 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const channel = shop(59_000);
        const last = new Map<string, number>();
        const seen = new Map<string, number>();
        let now = 1_000_000;
        let cursor: string | null = null;
        const look = async () => {
          const page = await readOrderWindow({
            cursor,
            fallbackSinceMs: 0,
            overlapMs: 60_000,
            fetchPage: (since, token) => Promise.resolve(channel.page(now, since, token)),
          });
          if (!page.ok) throw new Error("refused");
          for (const order of page.value.orders) seen.set(order.orderId, order.updatedAt);
          cursor = page.value.cursor;
        };
        for (const { wait, id, late } of steps) {
          now += wait * 1000;
          channel.touch(String(id), now, late * 1000);
          last.set(String(id), now);
          if (wait % 3 !== 0) await look();
        }
        now += 60_000;
        await look();
        expect(seen).toEqual(last);
      }),
    );
  });
});
