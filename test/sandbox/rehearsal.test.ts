import { describe, expect, test } from "@jest/globals";
import { catalogue } from "../../src/sandbox/catalogue";
import { shoppersOf, STREAM_MINUTES } from "../../src/sandbox/demand";
import { advance, newRun, nextDue, orderNow, startRun, stopRun } from "../../src/sandbox/rehearsal";
import { findListing, setAvailable, unitsIn } from "../../src/sandbox/shop";
import type { Run } from "../../src/sandbox/state";
import { truthOf } from "../../src/sandbox/telling";
import { items, START } from "./stand";

const sku = items.featured.sku;

function started(seed = 195, speed = 60): Run {
  const run = newRun({ run: "abc", after: 0, seed, now: START });
  const result = startRun(run, speed, START);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

function unitsOf(seed: number, venue: string, kinds: readonly string[]): number {
  return shoppersOf(seed)
    .filter((shopper) => shopper.sku === sku && shopper.venue === venue)
    .filter((shopper) => kinds.includes(shopper.kind))
    .reduce((sum, shopper) => sum + shopper.units, 0);
}

describe("the catalogue", () => {
  test("holds 30 real days of the featured item, whose plan is 318 units", () => {
    const total = items.featured.dailySales.reduce((sum, units) => sum + units, 0);
    expect(total).toBe(353);
    expect(items.featured.dailySales).toHaveLength(30);
    expect(Math.ceil((total / 30) * 15 * 1.5 * 1.2)).toBe(318);
    expect(items.featured.onHand).toBeGreaterThan(318);
    const sums = catalogue.map((item) => item.dailySales.reduce((sum, units) => sum + units, 0));
    expect(sums).toEqual([353, 411, 410]);
  });
});

describe("the shoppers", () => {
  test("are the same for the same seed and others for another", () => {
    expect(shoppersOf(7)).toEqual(shoppersOf(7));
    expect(shoppersOf(8)).not.toEqual(shoppersOf(7));
  });

  test("bring exactly the event day's 320 paid units to TikTok, and ghosts on top", () => {
    for (const seed of [1, 2, 3, 195]) {
      expect(unitsOf(seed, "tiktok", ["buyer"])).toBe(320);
      const ghosts = shoppersOf(seed).filter((shopper) => shopper.kind === "ghost").length;
      const regrets = shoppersOf(seed).filter((shopper) => shopper.kind === "regret").length;
      expect(ghosts).toBeGreaterThanOrEqual(10);
      expect(ghosts).toBeLessThanOrEqual(16);
      expect(regrets).toBeGreaterThanOrEqual(4);
      expect(regrets).toBeLessThanOrEqual(7);
      expect(unitsOf(seed, "shopify", ["buyer"])).toBeGreaterThanOrEqual(12);
      expect(unitsOf(seed, "shopify", ["buyer"])).toBeLessThanOrEqual(26);
    }
  });

  test("crowd when the creator shows the item and at the end, and pay before it is over", () => {
    const minutes = [1, 2, 3, 4].flatMap((seed) =>
      shoppersOf(seed).filter((shopper) => shopper.sku === sku && shopper.venue === "tiktok"),
    );
    const perMinute = (from: number, to: number) =>
      minutes.filter((shopper) => shopper.atMinute >= from && shopper.atMinute < to).length /
      (to - from);
    expect(perMinute(52, 62)).toBeGreaterThan(2 * perMinute(35, 50));
    expect(perMinute(118, 128)).toBeGreaterThan(2 * perMinute(95, 115));
    expect(perMinute(170, 180)).toBeGreaterThan(1.4 * perMinute(145, 155));
    expect(perMinute(0, 8)).toBeLessThan(perMinute(35, 50));
    for (const shopper of minutes.filter(({ kind }) => kind === "buyer")) {
      expect(shopper.atMinute + shopper.payAfter).toBeLessThanOrEqual(STREAM_MINUTES + 0.06);
    }
  });
});

describe("a run", () => {
  test("lies idle with everything listed on both channels until it is started", () => {
    const run = advance(newRun({ run: "abc", after: 0, seed: 1, now: START }), START + 1e9);
    expect(run.phase).toBe("idle");
    const truth = truthOf(run);
    expect(truth.orders).toBe(0);
    expect(truth.items[0]?.listed).toEqual({ tiktok: 338, shopify: 338 });
  });

  test("lets those come late who were due while nobody looked, and loses none of them", () => {
    const later = START + 600_000;
    let run = advance(started(), later);
    expect(run.phase).toBe("ended");
    expect(run.arrived).toBe(run.shoppers.length);
    // Seen now, so stamped now: a seller who asks for what changed since her last look finds them.
    expect(run.shop.orders.every((order) => order.createdAt === later)).toBe(true);
    expect(run.shop.orders.some((order) => order.status === "unpaid")).toBe(true);
    for (let i = 1; i <= 3; i += 1) run = advance(run, later + i * 3_600_000);
    expect(nextDue(run)).toBe(Infinity);
    expect(unitsIn(run.shop, "tiktok", sku, ["unpaid", "held"])).toBe(0);
  });

  test("ends after 180 stream minutes at its speed, with every wish served or refused", () => {
    let run = started(3, 120);
    expect(run.endsAt).toBe(START + 90_000);
    for (let now = START; now < START + 90_000; now += 100) run = advance(run, now);
    expect(run.phase).toBe("running");
    run = advance(run, START + 90_000);
    expect(run.phase).toBe("ended");
    const wanted = run.shoppers.reduce((sum, shopper) => sum + shopper.units, 0);
    const ordered = run.shop.orders.reduce((sum, order) => sum + (order.lines[0]?.units ?? 0), 0);
    const refused = run.shop.listings.reduce((sum, listing) => sum + listing.refused, 0);
    expect(ordered + refused).toBe(wanted);
  });

  test("of a seller who keeps 318 for the stream is red late and all but sold out at the end", () => {
    for (const seed of [1, 2, 3, 195]) {
      let run = started(seed);
      const set = (venue: "tiktok" | "shopify", units: number) => {
        run = { ...run, shop: setAvailable(run.shop, venue, sku, units, START) };
      };
      const listed = (venue: "tiktok" | "shopify") =>
        findListing(run.shop, venue, sku)?.available ?? 0;
      set("tiktok", 318);
      set("shopify", 338 - 318);
      let redAt = Infinity;
      for (let now = START; now <= START + 180_000; now += 500) {
        run = advance(run, now);
        if (listed("tiktok") + listed("shopify") < 20) redAt = Math.min(redAt, now);
        if (listed("tiktok") === 0 && listed("shopify") > 0) {
          set("tiktok", listed("shopify"));
          set("shopify", 0);
        }
      }
      expect(redAt).toBeGreaterThan(START + 120_000);
      expect(redAt).toBeLessThan(START + 180_000);
      expect(listed("tiktok") + listed("shopify")).toBeLessThan(12);
      expect(truthOf(run).items[0]?.oversold).toBe(0);
    }
  });

  test("cancels what is never paid after 15 stream minutes and keeps paid orders an hour", () => {
    const wish = { venue: "tiktok", sku, units: 2 } as const;
    const idle = newRun({ run: "abc", after: 0, seed: 1, now: START });
    const ghost = orderNow(idle, { ...wish, paid: false }, START);
    if (!ghost.ok) throw new Error(ghost.error);
    const buyer = orderNow(ghost.value.run, { ...wish, paid: true }, START);
    if (!buyer.ok) throw new Error(buyer.error);
    // Speed 60: a quarter of an hour is 15 s, an hour a minute.
    const statuses = (ms: number) =>
      advance(buyer.value.run, START + ms).shop.orders.map((order) => order.status);
    expect(statuses(14_999)).toEqual(["unpaid", "held"]);
    expect(statuses(15_000)).toEqual(["cancelled", "held"]);
    expect(statuses(60_000)).toEqual(["cancelled", "open"]);
    const after = advance(buyer.value.run, START + 15_000);
    expect(findListing(after.shop, "tiktok", sku)?.available).toBe(336);
    expect(after.shop.orders[0]?.cancelledBy).toBe("system");
  });

  test("sees no more shoppers once stopped, while ghosts still run out", () => {
    let run = started(5);
    for (let now = START; now <= START + 90_000; now += 250) run = advance(run, now);
    const orders = run.shop.orders.length;
    run = stopRun(run, START + 90_000);
    run = advance(advance(run, START + 400_000), START + 800_000);
    expect(run.shop.orders).toHaveLength(orders);
    expect(unitsIn(run.shop, "tiktok", sku, ["unpaid", "held"])).toBe(0);
    expect(startRun(run, 60, START).ok).toBe(false);
  });

  test("makes order ids that no run before it made, within the same second too", () => {
    const one = newRun({ run: "a", after: 0, seed: 1, now: START });
    const two = newRun({ run: "b", after: one.serial, seed: 1, now: START });
    expect(two.serial).toBeGreaterThan(one.serial);
  });
});
