import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { channelIds } from "../../src/base/ids";
import { newRun } from "../../src/sandbox/rehearsal";
import {
  cancel,
  committedUnits,
  offered,
  pay,
  place,
  release,
  setAvailable,
  ship,
} from "../../src/sandbox/shop";
import { truthOf } from "../../src/sandbox/telling";
import type { Shop, Venue } from "../../src/sandbox/state";
import { items, START } from "./stand";

const run = newRun({ run: "abc", after: 0, seed: 1, now: START });
const sku = items.featured.sku;
const start = items.featured.onHand;

function placed(shop: Shop, venue: Venue, units: number): Shop {
  const result = place(shop, { venue, lines: [{ sku, units }], status: "unpaid" }, START);
  return result.ok ? result.value.shop : shop;
}

describe("the shop", () => {
  test("counts each channel's listing down by itself", () => {
    const shop = placed(run.shop, "tiktok", 3);
    const listed = truthOf({ ...run, shop }).items[0]?.listed;
    expect(listed).toEqual({ tiktok: start - 3, amazon: start, shopify: start, ebay: start });
  });

  test("lets the channels together promise more than there is, and says so", () => {
    let shop = placed(run.shop, "tiktok", start);
    shop = placed(shop, "shopify", 5);
    shop = placed(shop, "amazon", 2);
    shop = placed(shop, "ebay", 1);
    expect(truthOf({ ...run, shop }).items[0]?.oversold).toBe(8);
  });

  test("refuses an order for more than the listing shows, all of it", () => {
    const shop = setAvailable(run.shop, "tiktok", sku, 2, START);
    const lines = [
      { sku: items.second.sku, units: 1 },
      { sku, units: 3 },
    ];
    const result = place(shop, { venue: "tiktok", lines, status: "open" }, START);
    expect(result).toEqual({ ok: false, error: "sold_out" });
  });

  test("gives a cancelled order's units back to its own channel, once", () => {
    let shop = placed(run.shop, "tiktok", 4);
    shop = cancel(cancel(shop, 1, "buyer", START), 1, "buyer", START);
    expect(truthOf({ ...run, shop }).items[0]?.listed["tiktok"]).toBe(start);
    expect(committedUnits(shop, "tiktok", sku)).toBe(0);
  });

  test("ships nothing that is unpaid, in the remorse hour or not in the warehouse", () => {
    let shop = placed(run.shop, "tiktok", 1);
    expect(ship(shop, 1, START).ok).toBe(false);
    shop = pay(shop, 1, "held", START);
    expect(ship(shop, 1, START).ok).toBe(false);
    shop = release(shop, 1, START);
    expect(ship(shop, 1, START).ok).toBe(true);
    expect(ship({ ...shop, warehouse: { [sku]: 0 } }, 1, START)).toEqual({
      ok: false,
      error: "not_in_stock",
    });
  });

  test("neither loses nor makes a unit, whatever happens in whatever order", () => {
    const venue = fc.constantFrom<Venue>(...channelIds);
    const seq = fc.integer({ min: 1, max: 12 });
    const action = fc.oneof(
      fc.record({ kind: fc.constant("place"), venue, units: fc.integer({ min: 1, max: 200 }) }),
      fc.record({ kind: fc.constantFrom("pay", "release", "cancel", "ship"), seq }),
      fc.record({ kind: fc.constant("set"), venue, units: fc.integer({ min: 0, max: 400 }) }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        let shop = run.shop;
        for (const step of actions) {
          if (!("seq" in step)) {
            shop =
              step.kind === "place"
                ? placed(shop, step.venue, step.units)
                : setAvailable(shop, step.venue, sku, step.units, START);
          } else if (step.kind === "pay") shop = pay(shop, step.seq, "held", START);
          else if (step.kind === "release") shop = release(shop, step.seq, START);
          else if (step.kind === "cancel") shop = cancel(shop, step.seq, "buyer", START);
          else {
            const shipped = ship(shop, step.seq, START);
            if (shipped.ok) shop = shipped.value;
          }
          const gone = shop.orders
            .filter((order) => order.status === "shipped")
            .reduce((sum, order) => sum + (order.lines[0]?.units ?? 0), 0);
          expect((shop.warehouse[sku] ?? 0) + gone).toBe(start);
          expect(shop.listings.every((listing) => offered(listing) >= 0)).toBe(true);
          const truth = truthOf({ ...run, shop }).items[0];
          for (const at of channelIds) {
            expect(truth?.committed[at] ?? 0).toBe(
              committedUnits(shop, at, sku) - (truth?.held[at] ?? 0),
            );
          }
          expect(new Set(shop.orders.map((order) => order.revision)).size).toBe(shop.orders.length);
        }
      }),
      { numRuns: 200 },
    );
  });
});
