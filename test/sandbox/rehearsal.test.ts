import { describe, expect, test } from "@jest/globals";
import type { ChannelId } from "../../src/base/ids";
import { catalogue } from "../../src/sandbox/catalogue";
import { shoppersOf, STREAM_MINUTES } from "../../src/sandbox/demand";
import {
  advance,
  newRun,
  nextDue,
  orderNow,
  payByHand,
  startRun,
  stopRun,
} from "../../src/sandbox/rehearsal";
import { findListing, setAvailable, unitsIn } from "../../src/sandbox/shop";
import type { Run } from "../../src/sandbox/state";
import { truthOf } from "../../src/sandbox/telling";
import { items, START } from "./stand";

const sku = items.featured.sku;
const OTHERS = ["amazon", "shopify", "ebay"] as const;

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
      const elsewhere = OTHERS.map((venue) => unitsOf(seed, venue, ["buyer"]));
      const sum = elsewhere.reduce((total, units) => total + units, 0);
      expect(sum).toBeGreaterThanOrEqual(12);
      expect(sum).toBeLessThanOrEqual(26);
    }
  });

  test("come to every channel that lists, and to none that does not", () => {
    for (const seed of [1, 2, 3, 195]) {
      const venues = new Set(shoppersOf(seed).map((shopper) => shopper.venue));
      expect([...venues].sort()).toEqual(["amazon", "ebay", "shopify", "tiktok"]);
      const two = shoppersOf(seed, ["tiktok", "shopify"]);
      expect(new Set(two.map((shopper) => shopper.venue))).toEqual(new Set(["tiktok", "shopify"]));
      // What the missing channels would have sold is not lost, it falls on the one that is left.
      const units = two.filter((shopper) => shopper.venue === "shopify" && shopper.sku === sku);
      expect(units.length).toBeGreaterThanOrEqual(12);
    }
  });

  test("pay as the channel lets them: Shopify's at once, Amazon's and some of eBay's later", () => {
    const delays = (venue: string) =>
      [1, 2, 3, 4].flatMap((seed) =>
        shoppersOf(seed)
          .filter((shopper) => shopper.venue === venue)
          .map((shopper) => shopper.payAfter),
      );
    expect(delays("shopify").every((minutes) => minutes === 0)).toBe(true);
    expect(delays("amazon").every((minutes) => minutes > 0)).toBe(true);
    expect(delays("tiktok").every((minutes) => minutes > 0)).toBe(true);
    const late = delays("ebay").filter((minutes) => minutes > 0).length;
    expect(late).toBeGreaterThan(0);
    expect(late).toBeLessThan(delays("ebay").length);
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
  test("lies idle with everything listed on every channel until it is started", () => {
    const run = advance(newRun({ run: "abc", after: 0, seed: 1, now: START }), START + 1e9);
    expect(run.phase).toBe("idle");
    const truth = truthOf(run);
    expect(truth.orders).toBe(0);
    expect(truth.items[0]?.listed).toEqual({ tiktok: 338, amazon: 338, shopify: 338, ebay: 338 });
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
      const set = (venue: ChannelId, units: number) => {
        run = { ...run, shop: setAvailable(run.shop, venue, sku, units, START) };
      };
      const listed = (venue: ChannelId) => findListing(run.shop, venue, sku)?.available ?? 0;
      const elsewhere = () => OTHERS.reduce((sum, venue) => sum + listed(venue), 0);
      set("tiktok", 318);
      OTHERS.forEach((venue, index) => set(venue, [7, 7, 6][index] ?? 0));
      let redAt = Infinity;
      for (let now = START; now <= START + 180_000; now += 500) {
        run = advance(run, now);
        if (listed("tiktok") + elsewhere() < 20) redAt = Math.min(redAt, now);
        if (listed("tiktok") === 0 && elsewhere() > 0) {
          set("tiktok", elsewhere());
          OTHERS.forEach((venue) => set(venue, 0));
        }
      }
      expect(redAt).toBeGreaterThan(START + 120_000);
      expect(redAt).toBeLessThan(START + 180_000);
      expect(listed("tiktok") + elsewhere()).toBeLessThan(12);
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

  test("gives an unpaid order as long as it was told, and half as long at twice the speed", () => {
    const wish = { venue: "tiktok", sku, units: 1, paid: false } as const;
    for (const [unpaidMinutes, speed, ms] of [
      [15, 60, 15_000],
      [15, 120, 7500],
      [5, 60, 5000],
      [30, 1, 1_800_000],
    ] as const) {
      const idle = newRun({ run: "abc", after: 0, seed: 1, now: START, unpaidMinutes });
      const run = { ...idle, speed };
      const ghost = orderNow(run, wish, START);
      if (!ghost.ok) throw new Error(ghost.error);
      const at = (time: number) => advance(ghost.value.run, START + time).shop.orders[0]?.status;
      expect([at(ms - 1), at(ms)]).toEqual(["unpaid", "cancelled"]);
    }
  });

  test("keeps a paid order of TikTok an hour of the stream, whatever its speed", () => {
    const wish = { venue: "tiktok", sku, units: 1, paid: true } as const;
    for (const speed of [1, 60, 180]) {
      const run = { ...newRun({ run: "abc", after: 0, seed: 1, now: START }), speed };
      const buyer = orderNow(run, wish, START);
      if (!buyer.ok) throw new Error(buyer.error);
      const at = (time: number) => advance(buyer.value.run, START + time).shop.orders[0]?.status;
      expect([at(3_600_000 / speed - 1), at(3_600_000 / speed)]).toEqual(["held", "open"]);
    }
  });

  test("lets a buyer elsewhere take days, and ships what was paid late", () => {
    for (const venue of OTHERS) {
      const idle = newRun({ run: "abc", after: 0, seed: 1, now: START });
      const placed = orderNow(idle, { venue, sku, units: 1, paid: false }, START);
      if (!placed.ok) throw new Error(placed.error);
      const { run } = placed.value;
      const later = advance(run, START + 3_600_000);
      expect(later.shop.orders[0]?.status).toBe("unpaid");
      const paid = payByHand(later, 1, START + 3_600_000);
      // No remorse hour: the order can be shipped at once.
      expect(paid.shop.orders[0]?.status).toBe("open");
      expect(advance(paid, START + 1e9).shop.orders[0]?.status).toBe("open");
      expect(advance(run, START + 1e9).shop.orders[0]?.status).toBe("cancelled");
    }
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
