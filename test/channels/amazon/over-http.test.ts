/** The adapter over real sockets: the companion's connection and transport, the sandbox's Amazon. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { amazonChannel } from "../../../src/channels/amazon/amazon-channel";
import { amazonAuth } from "../../../src/channels/amazon/auth";
import type { Channel, ChannelHttp, Listing } from "../../../src/channels/channel";
import { err } from "../../../src/base/result";
import { connect } from "../../../src/companion/relay/connection";
import { Transport } from "../../../src/companion/relay/transport";
import { listedAs } from "../../../src/sandbox/catalogue";
import { amazonVenue } from "../../../src/sandbox/amazon/venue";
import { write } from "../../support/listings";
import { items, openStand, START, type Stand } from "../../sandbox/stand";

let stand: Stand;
let transport: Transport;
let now: number;
/** What the sandbox was asked, also by the connection itself. */
let paths: string[];

/** Time passes for the seller and for Amazon alike. */
function later(ms: number): void {
  now += ms;
  stand.pass(ms);
}

/** A seller's machine whose clock does as the test says; it shares the shop with any other. */
function seller(): Channel {
  const clock = { now: () => now };
  const hosts = { api: stand.origin, auth: stand.origin };
  const connection = connect({
    auth: amazonAuth,
    credentials: { ...stand.keyring.read().amazon, region: "na" },
    hosts,
    transport,
    clock,
    keep: () => Promise.resolve(true),
    lacksRight: () => false,
  });
  const http: ChannelHttp = {
    async send(request) {
      expect(connection.allows(request)).toBe(true);
      paths.push(`${request.method} ${request.path}`);
      const answer = await connection.send(request, () => true);
      return answer.ok ? answer : err({ kind: "unreachable", message: answer.error });
    },
  };
  return amazonChannel({ http, clock });
}

const listing: Listing = listedAs(items.featured, "amazon");
const blank: Listing = listedAs(items.second, "amazon");

async function available(channel: Channel, of = listing): Promise<number | undefined> {
  const read = await channel.readStock([of]);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value[0]?.available;
}

async function ordersOf(channel: Channel, cursor: string | null = null) {
  const read = await channel.readOrders(cursor, START - 3_600_000);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

/** So many times life's own pace, and no shoppers but those that a test sends. */
async function pace(speed: number): Promise<void> {
  const { run } = (await stand.control("/new", {})).body;
  await stand.control("/start", { run, speed });
  await stand.control("/stop", { run });
}

beforeEach(async () => {
  stand = await openStand({ venues: [amazonVenue()] });
  transport = new Transport({ timeoutMs: 5000 });
  now = START;
  paths = [];
  await pace(1);
});
afterEach(async () => {
  await transport.close();
  await stand.close();
});

describe("a sale at Amazon", () => {
  test("shows as a fallen quantity at once, as an order only when two minutes have passed", async () => {
    const channel = seller();
    expect(channel.sellsBeforeOrders).toBe(true);
    const before = (await available(channel)) ?? 0;
    const id = await stand.order("amazon", 3);
    expect(await available(channel)).toBe(before - 3);
    later(100_000);
    const early = await ordersOf(channel);
    expect(early.orders.map(({ orderId }) => orderId)).not.toContain(id);
    later(30_000);
    const late = await ordersOf(channel, early.cursor);
    expect(late.orders.find(({ orderId }) => orderId === id)).toMatchObject({
      paid: true,
      createdAt: START,
      lines: [{ listingId: listing.listingId, ordered: 3, cancelled: 0, shipped: 0 }],
    });
    // The order explains the fall; the listing does not fall a second time.
    expect(await available(channel)).toBe(before - 3);
  });

  test("is pending until it is paid, and found again when it is", async () => {
    const channel = seller();
    const id = await stand.order("amazon", 1, false);
    later(130_000);
    const pending = await ordersOf(channel);
    const find = ({ orders }: typeof pending) => orders.find(({ orderId }) => orderId === id);
    expect(find(pending)).toMatchObject({ paid: false, lines: [{ ordered: 1, cancelled: 0 }] });
    await stand.control("/pay", { order: id });
    later(130_000);
    expect(find(await ordersOf(channel, pending.cursor))).toMatchObject({
      paid: true,
      lines: [{ ordered: 1, cancelled: 0, shipped: 0 }],
    });
  });

  test("that is cancelled gives its units back, in the order and on the listing", async () => {
    const channel = seller();
    const before = await available(channel);
    const id = await stand.order("amazon", 2, false);
    await stand.control("/cancel", { order: id });
    later(130_000);
    const { orders } = await ordersOf(channel);
    expect(orders.find(({ orderId }) => orderId === id)?.lines).toMatchObject([
      { ordered: 2, cancelled: 2, shipped: 0 },
    ]);
    expect(await available(channel)).toBe(before);
  });

  test("among hundreds is found, pages come in any order and orders while one reads", async () => {
    const channel = seller();
    const placed = new Set<string>();
    for (let n = 0; n < 250; n += 1) placed.add(await stand.order("amazon", 1));
    later(130_000);
    const read = await ordersOf(channel);
    const found = new Set(read.orders.map(({ orderId }) => orderId));
    expect([...placed].filter((id) => !found.has(id))).toEqual([]);
    expect(read.orders).toHaveLength(found.size);
    expect(paths.filter((path) => path.includes("/orders"))).toHaveLength(3);
  });
});

describe("a quantity for Amazon", () => {
  test("is there when it is read again, also under a SKU with a blank", async () => {
    const channel = seller();
    const written = await channel.writeStock([
      write(listing, 0, { reason: "pause" }),
      write(blank, 9),
    ]);
    expect(written.ok && written.value.map(({ kind }) => kind)).toEqual(["accepted", "accepted"]);
    expect(await available(channel)).toBe(0);
    expect(await available(channel, blank)).toBe(9);
    expect(
      (
        await stand.control("/order", {
          channel: "amazon",
          sku: items.featured.sku,
          units: 1,
          paid: true,
        })
      ).status,
    ).toBe(409);
  });

  test.each(["A/B", "面霜/50 ml", "50% off?", "a+b&c=d", "x;y"])(
    "for the SKU %j reaches Amazon under that very name",
    async (listingId) => {
      const written = await seller().writeStock([write({ ...listing, listingId }, 5)]);
      expect(written).toMatchObject({
        ok: true,
        value: [{ kind: "rejected", code: "BAD_REQUEST" }],
      });
      const [outcome] = written.ok ? written.value : [];
      expect(outcome?.kind === "rejected" && outcome.message).toContain(`'${listingId}'`);
    },
  );

  test("for a marketplace that is not the seller's is refused", async () => {
    const strange = { ...listing, locationId: "A1F83G8C2ARO7P" };
    expect(await seller().writeStock([write(strange, 5)])).toMatchObject({
      ok: true,
      value: [{ kind: "rejected", code: "InvalidInput" }],
    });
  });

  test.each(["close", "hang"])(
    "whose answer is lost (%s) took effect; written again it changes nothing more",
    async (how) => {
      const channel = seller();
      transport = new Transport({ timeoutMs: 300 });
      const hasty = seller();
      await stand.control("/fault", {
        channel: "amazon",
        kind: "lost_reply",
        how,
        ms: 2000,
        // The transport tries a closed connection once more.
        calls: how === "close" ? 2 : 1,
      });
      const lost = await hasty.writeStock([write(listing, 41)]);
      expect(lost).toMatchObject({ ok: false, error: { kind: "unreachable" } });
      expect(await available(channel)).toBe(41);
      await stand.order("amazon", 1);
      // The engine reads, sees 40, and writes what it wants by then: absolute, so nothing adds up.
      const again = await hasty.writeStock([write(listing, 40)]);
      expect(again).toMatchObject({ ok: true, value: [{ kind: "accepted" }] });
      expect(await available(channel)).toBe(40);
    },
  );
});

describe("Amazon's limits over the wire", () => {
  test("a second program of the same shop has used up the searches: the 429 is obeyed", async () => {
    const [first, second] = [seller(), seller()];
    for (let n = 0; n < 20; n += 1) await ordersOf(first);
    const asked = paths.length;
    const refused = await second.readOrders(null, START);
    expect(paths).toHaveLength(asked + 1);
    expect(refused).toMatchObject({ ok: false, error: { kind: "throttled" } });
    const wait = !refused.ok && refused.error.kind === "throttled" ? refused.error.retryAfterMs : 0;
    // One call in 178.6 s; until then nothing more is sent.
    expect(wait).toBe(178_572);
    later(wait - 1);
    expect((await second.readOrders(null, START)).ok).toBe(false);
    expect(paths).toHaveLength(asked + 1);
    later(1);
    expect((await second.readOrders(null, START)).ok).toBe(true);
  });

  test("an hour of reading as often as the budget says meets no refusal", async () => {
    const channel = seller();
    let cursor: string | null = null;
    let calls = 0;
    while (now < START + 3_600_000) {
      later(Math.max(0, channel.allowance("read_orders").nextAt - now));
      const read = await channel.readOrders(cursor, START);
      expect(read).toMatchObject({ ok: true });
      if (read.ok) ({ cursor } = read.value);
      calls += 1;
    }
    expect(calls).toBeGreaterThan(28);
    expect(calls).toBeLessThan(42);
  });

  test("a rehearsal at sixty times the speed is searched sixty times as often, and the adapter learns it", async () => {
    await pace(60);
    const channel = seller();
    for (let n = 0; n < 20; n += 1) await ordersOf(channel);
    expect(await channel.readOrders(null, START)).toMatchObject({
      error: { kind: "throttled", retryAfterMs: 2977 },
    });
    // Two minutes of the stream are two seconds.
    const id = await stand.order("amazon");
    later(3000);
    const { orders } = await ordersOf(channel);
    expect(orders.map(({ orderId }) => orderId)).toContain(id);
  });
});

describe("keys for Amazon over the wire", () => {
  test("an access token that has ended is renewed, and the call that found out succeeds", async () => {
    const channel = seller();
    expect(await available(channel)).toBe(338);
    // Amazon's clock alone: the seller's machine sees no reason to renew.
    stand.pass(3_600_001);
    expect(await available(channel)).toBe(338);
    expect((await channel.writeStock([write(listing, 12)])).ok).toBe(true);
  });

  test("a role that was not granted is named by the connection test, which changes nothing", async () => {
    await stand.close();
    stand = await openStand({ venues: [amazonVenue({ withheld: ["searchOrders"] })] });
    expect(await seller().testConnection()).toEqual({
      ok: true,
      value: { shopName: "Rehearsal shop", missing: ["Inventory and Order Tracking"] },
    });
    const refused = await seller().readOrders(null, START);
    expect(refused).toMatchObject({ error: { kind: "unauthorised", code: "Unauthorized" } });
    const read = await seller().readListings(null);
    expect(read.ok && read.value.items.map(({ sku }) => sku)).toEqual(
      [items.featured, items.second, items.third].map(({ amazon }) => amazon.sellerSku),
    );
  });
});
