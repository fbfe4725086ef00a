/** One contract, run by every channel over whatever world plays it. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Result } from "../../src/base/result";
import type {
  Channel,
  ChannelOrder,
  ListedItem,
  Listing,
  Refusal,
} from "../../src/channels/channel";
import { write } from "../support/listings";

/** A shop with a few listings, and shoppers that the test plays. */
export interface ChannelWorld {
  readonly channel: Channel;
  /** At least three, each with 20 units or more on offer. */
  readonly listings: readonly Listing[];
  /** The channel's own clock. */
  now(): number;
  /** Milliseconds that a change of an order is too young to be found; 0 where left out. */
  readonly ordersLagMs?: number;
  later(ms: number): void;
  order(listing: Listing, units: number, paid: boolean): Promise<string>;
  ship(orderId: string): Promise<void>;
  cancel(orderId: string): Promise<void>;
  close(): Promise<void>;
}

function value<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/**
 * The same channel for someone who waits, in the world's own time, when it says to come later: a slow
 * channel is not a broken one. Refused that way thirty times in a row, it is.
 */
function patient({ channel, later }: ChannelWorld): Channel {
  async function waiting<T>(call: () => Promise<Result<T, Refusal>>): Promise<Result<T, Refusal>> {
    for (let turn = 1; ; turn += 1) {
      const result = await call();
      if (result.ok || result.error.kind !== "throttled" || turn === 30) return result;
      later(Math.max(1, result.error.retryAfterMs));
    }
  }
  return {
    ...channel,
    readStock: (listings) => waiting(() => channel.readStock(listings)),
    readOrders: (cursor, since) => waiting(() => channel.readOrders(cursor, since)),
    writeStock: (writes) => waiting(() => channel.writeStock(writes)),
    readListings: (page) => waiting(() => channel.readListings(page)),
    setOnSale: (listing, onSale) => waiting(() => channel.setOnSale(listing, onSale)),
    testConnection: () => waiting(() => channel.testConnection()),
  };
}

export function channelContract(name: string, open: () => Promise<ChannelWorld>): void {
  describe(`${name} keeps the channel's promises`, () => {
    let world: ChannelWorld;
    let since: number;
    const shop = () => patient(world);
    const listing = (n: number): Listing => {
      const found = world.listings[n];
      if (found === undefined) throw new Error(`no listing ${n}`);
      return found;
    };
    const available = async (of: Listing) => {
      const [reading] = value(await shop().readStock([of]));
      return reading?.available;
    };
    const changed = async (cursor: string | null = null) => {
      world.later(world.ordersLagMs ?? 0);
      return value(await shop().readOrders(cursor, since));
    };
    const find = (orders: readonly ChannelOrder[], id: string) =>
      orders.find(({ orderId }) => orderId === id);

    beforeEach(async () => {
      world = await open();
      since = world.now() - 1000;
      world.later(10_000);
    });
    afterEach(() => world.close());

    test("stock is read for every listing asked for, once, whole and not below zero", async () => {
      const readings = value(await shop().readStock(world.listings));
      expect(readings.map(({ listingId }) => listingId).sort()).toEqual(
        world.listings.map(({ listingId }) => listingId).sort(),
      );
      for (const reading of readings) {
        expect(Number.isInteger(reading.available)).toBe(true);
        expect(reading.available).toBeGreaterThanOrEqual(20);
      }
    });

    test("a listing that the shop does not have is left out, and hides no other", async () => {
      const strange = { ...listing(0), listingId: listing(0).listingId.replace(/\d{1,3}$/, "987") };
      const readings = value(await shop().readStock([strange, listing(1)]));
      expect(readings.map(({ listingId }) => listingId)).toEqual([listing(1).listingId]);
    });

    test("an order takes its units off what is available, paid or not", async () => {
      const before = (await available(listing(0))) ?? 0;
      await world.order(listing(0), 2, true);
      await world.order(listing(0), 1, false);
      expect(await available(listing(0))).toBe(before - 3);
    });

    test("orders come with their units, paid and unpaid told apart", async () => {
      const placedAt = world.now();
      const paid = await world.order(listing(0), 2, true);
      const unpaid = await world.order(listing(1), 1, false);
      const { orders } = await changed();
      expect(find(orders, paid)).toMatchObject({
        paid: true,
        lines: [{ listingId: listing(0).listingId, ordered: 2, cancelled: 0, shipped: 0 }],
      });
      expect(find(orders, unpaid)).toMatchObject({
        paid: false,
        lines: [{ listingId: listing(1).listingId, ordered: 1, cancelled: 0, shipped: 0 }],
      });
      const at = find(orders, paid)?.createdAt ?? 0;
      expect(Math.abs(at - placedAt)).toBeLessThan(2000);
    });

    test("a shipped order is shipped, a cancelled one is cancelled and gives its units back", async () => {
      const before = await available(listing(0));
      const shipped = await world.order(listing(1), 2, true);
      const cancelled = await world.order(listing(0), 2, false);
      const first = await changed();
      await world.cancel(cancelled);
      // Long enough for a buyer's time to change her mind.
      world.later(7_200_000);
      await world.ship(shipped);
      const { orders } = await changed(first.cursor);
      expect(find(orders, shipped)?.lines).toMatchObject([
        { ordered: 2, cancelled: 0, shipped: 2 },
      ]);
      expect(find(orders, cancelled)?.lines).toMatchObject([
        { ordered: 2, cancelled: 2, shipped: 0 },
      ]);
      expect(await available(listing(0))).toBe(before);
    });

    test("from the cursor on nothing is left out, however often and late one looks", async () => {
      const placed: string[] = [];
      const seen = new Set<string>();
      let cursor: string | null = null;
      for (let round = 0; round < 12; round += 1) {
        placed.push(await world.order(listing(round % 3), 1, round % 2 === 0));
        world.later(round % 4 === 0 ? 200_000 : 700);
        if (round % 3 === 2) continue;
        const page = await changed(cursor);
        for (const order of page.orders) seen.add(order.orderId);
        cursor = page.cursor;
      }
      const page = await changed(cursor);
      for (const order of page.orders) seen.add(order.orderId);
      expect([...seen].sort()).toEqual([...placed].sort());
    });

    test("more orders than fit a page come all, each once", async () => {
      for (let n = 0; n < 130; n += 1) {
        const left = (await available(listing(0))) ?? 0;
        if (left < 2) {
          const expected = left;
          value(await shop().writeStock([write(listing(0), 50, { expected })]));
        }
        await world.order(listing(0), 1, true);
        world.later(500);
      }
      const { orders } = await changed();
      expect(orders).toHaveLength(130);
      expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(130);
    }, 60_000);

    test("the cursor stays where it is while nothing happens", async () => {
      await world.order(listing(0), 1, true);
      const first = await changed();
      world.later(5000);
      expect((await changed(first.cursor)).cursor).toBe(first.cursor);
    });

    test("a written quantity is the one that is read", async () => {
      const now = value(await shop().readStock(world.listings));
      const writes = now.map((reading, n) =>
        write(listing(n), n === 0 ? 0 : 30 + n, { expected: reading.available }),
      );
      const outcomes = value(await shop().writeStock(writes.slice(0, shop().writesMax)));
      expect(outcomes.every(({ kind }) => kind === "accepted")).toBe(true);
      expect(outcomes).toHaveLength(Math.min(writes.length, shop().writesMax));
      expect(await available(listing(0))).toBe(0);
      expect(await available(listing(1))).toBe(31);
    });

    test("the same write again changes nothing more", async () => {
      const expected = (await available(listing(0))) ?? null;
      const same = write(listing(0), 25, { expected });
      value(await shop().writeStock([same]));
      value(await shop().writeStock([same]));
      expect(await available(listing(0))).toBe(25);
    });

    test("a quantity that changed meanwhile is not overwritten where the channel can compare", async () => {
      const expected = (await available(listing(0))) ?? 0;
      await world.order(listing(0), 3, true);
      const [outcome] = value(await shop().writeStock([write(listing(0), 40, { expected })]));
      expect(outcome?.kind).toBe(shop().comparesAndSets ? "stale" : "accepted");
      expect(await available(listing(0))).toBe(shop().comparesAndSets ? expected - 3 : 40);
    });

    test("a write that is refused hides nothing of the ones beside it", async () => {
      const place = listing(1);
      // An id may end in a letter (Amazon's marketplaces) or be left open.
      const other = (id: string) => id.replace(/\d{1,3}$|(?<=.)$/, "987");
      const strange = {
        ...place,
        parentId: other(place.parentId),
        locationId: other(place.locationId),
      };
      const expected = (await available(listing(0))) ?? 0;
      const outcomes = value(
        await shop().writeStock([
          write(strange, 5, { expected: 5 }),
          write(listing(0), 33, { expected }),
        ]),
      );
      const kindOf = (of: Listing) =>
        outcomes.find(({ listingId }) => listingId === of.listingId)?.kind;
      expect(kindOf(strange)).toBe("rejected");
      expect(kindOf(listing(0))).toBe("accepted");
      expect(await available(listing(0))).toBe(33);
    });

    const listed = async (): Promise<ListedItem[]> => {
      const items: ListedItem[] = [];
      let page: string | null = null;
      for (let turn = 0; turn < 100; turn += 1) {
        const read: { items: readonly ListedItem[]; next: string | null } = value(
          await shop().readListings(page),
        );
        items.push(...read.items);
        page = read.next;
        if (page === null) return items;
      }
      throw new Error("listings without end");
    };
    const itemOf = async (of: Listing) =>
      (await listed()).find((item) => item.listing.listingId === of.listingId);

    test("every listing of the shop is told once, by the ids that reading and writing take", async () => {
      const items = await listed();
      const ids = items.map((item) => item.listing.listingId);
      expect(new Set(ids).size).toBe(ids.length);
      for (const of of world.listings) {
        const item = items.find((one) => one.listing.listingId === of.listingId);
        expect(item).toMatchObject({ listing: of, onSale: true, fulfilledBy: "seller", parts: [] });
        expect(item?.sku).not.toBe("");
        expect(item?.title).not.toBe("");
      }
    });

    test("a listing taken off sale sells nothing and says so, and can come back", async () => {
      const outcome = value(await shop().setOnSale(listing(0), false));
      expect(outcome.listingId).toBe(listing(0).listingId);
      if (outcome.kind === "rejected") {
        // A channel on which that cannot be undone refuses it, with a reason, and changes nothing.
        expect(outcome.code).not.toBe("");
        expect((await itemOf(listing(0)))?.onSale).toBe(true);
        return;
      }
      expect((await itemOf(listing(0)))?.onSale).toBe(false);
      expect((await itemOf(listing(1)))?.onSale).toBe(true);
      await expect(world.order(listing(0), 1, true)).rejects.toThrow();
      expect(value(await shop().setOnSale(listing(0), true)).kind).toBe("accepted");
      // Some look at it anew before they let it back.
      world.later(7_200_000);
      // Where off sale is a quantity of 0, the next level brings it back.
      const expected = (await available(listing(0))) ?? 0;
      value(await shop().writeStock([write(listing(0), 20, { reason: "resume", expected })]));
      expect((await itemOf(listing(0)))?.onSale).toBe(true);
      await world.order(listing(0), 1, true);
    });

    test("what is not the shop's cannot be taken off sale, and that is this listing's matter", async () => {
      const other = (id: string) => id.replace(/\d{1,3}$/, "987");
      const { channel, listingId, parentId, locationId } = listing(0);
      const strange = {
        channel,
        listingId: other(listingId),
        parentId: other(parentId),
        locationId,
      };
      const outcome = value(await shop().setOnSale(strange, false));
      expect(outcome).toMatchObject({ kind: "rejected", listingId: strange.listingId });
      expect((await itemOf(listing(0)))?.onSale).toBe(true);
    });

    test("a quantity of 0 is a pause: nothing sells until it is set up again", async () => {
      const pause = { reason: "pause", expected: (await available(listing(0))) ?? 0 } as const;
      value(await shop().writeStock([write(listing(0), 0, pause)]));
      await expect(world.order(listing(0), 1, true)).rejects.toThrow();
      const resume = { reason: "resume", expected: 0 } as const;
      value(await shop().writeStock([write(listing(0), 20, resume)]));
      await world.order(listing(0), 1, true);
      expect(await available(listing(0))).toBe(19);
    });

    test("a connection test misses no right and changes nothing", async () => {
      const before = value(await shop().readStock(world.listings));
      const report = value(await shop().testConnection());
      expect(report).toEqual({ shopName: expect.any(String), missing: [] });
      expect(value(await shop().readStock(world.listings))).toEqual(before);
    });

    test("the budget says when to call, keeps its word, and wears out with use", async () => {
      const { channel } = world;
      const fresh = channel.allowance("read_stock");
      expect(fresh.nextAt).toBeLessThanOrEqual(world.now());
      for (let call = 0; call < 400; call += 1) {
        const promised = channel.allowance("read_stock").nextAt <= world.now();
        const read = await channel.readStock(world.listings);
        if (read.ok) continue;
        expect(read.error).toMatchObject({ kind: "throttled" });
        expect(promised).toBe(false);
        const { nextAt } = channel.allowance("read_stock");
        expect(nextAt).toBeGreaterThan(world.now());
        world.later(nextAt - world.now());
        expect((await channel.readStock(world.listings)).ok).toBe(true);
        return;
      }
      // So many calls at once are allowed here; then at least they are counted.
      const { left } = channel.allowance("read_stock");
      if (left !== null) expect(left).toBeLessThan(fresh.left ?? Infinity);
    });
  });
}
