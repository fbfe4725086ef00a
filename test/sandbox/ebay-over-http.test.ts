/** eBay's adapter against eBay's server in the sandbox, over real HTTP, when things go wrong. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Channel, QuantityWrite } from "../../src/channels/channel";
import { ebayChannel } from "../../src/channels/ebay/ebay-channel";
import { RevisionBudget } from "../../src/channels/ebay/revisions";
import type { Listing } from "../../src/channels/channel";
import { listedAs } from "../../src/sandbox/catalogue";
import { ebayVenue, type EbayLimits } from "../../src/sandbox/ebay/venue";
import { write } from "../support/listings";
import { ebayLine, type EbayLine } from "./ebay-line";
import { items, openStand, START, type Stand } from "./stand";

let stand: Stand;
let line: EbayLine;
let channel: Channel;
let revisions: RevisionBudget;
let passed = 0;
const clock = { now: () => START + passed };
const featured: Listing = listedAs(items.featured, "ebay");
const second: Listing = listedAs(items.second, "ebay");
const to = (of: Listing, quantity: number, more: Partial<QuantityWrite> = {}) =>
  write(of, quantity, { expected: quantity + 1, ...more });

async function open(limits: Partial<EbayLimits> = {}, batch: 1 | 25 = 1): Promise<void> {
  await stand?.close();
  passed = 0;
  stand = await openStand({ venues: [ebayVenue({ burst: 1e6, perSecond: 1e6, ...limits })] });
  line = ebayLine(stand, clock.now);
  revisions = new RevisionBudget();
  channel = ebayChannel({ http: line, clock, revisions, batch });
}
function pass(ms: number): void {
  passed += ms;
  stand.pass(ms);
}
async function available(of: Listing): Promise<number | undefined> {
  const read = await channel.readStock([of]);
  return read.ok ? read.value[0]?.available : undefined;
}
const fault = (body: object) => stand.control("/fault", { channel: "ebay", ...body });

beforeEach(() => open());
afterEach(() => stand.close());

describe("eBay over HTTP", () => {
  test("listings, stock, an order and a write go the whole way", async () => {
    const page = await channel.readListings(null);
    expect(page.ok && page.value.items.map(({ listing }) => listing)).toEqual([
      featured,
      second,
      listedAs(items.third, "ebay"),
    ]);
    const id = await stand.order("ebay", 2);
    expect(await available(featured)).toBe(items.featured.onHand - 2);
    const { value } = (await channel.readOrders(null, START - 1000)) as { value: unknown };
    expect(value).toMatchObject({
      orders: [{ orderId: id, paid: true, lines: [{ listingId: items.featured.sku, ordered: 2 }] }],
    });
    expect(await channel.writeStock([to(featured, 40), to(second, 41)])).toMatchObject({
      ok: true,
    });
    expect([await available(featured), await available(second)]).toEqual([40, 41]);
    expect(await channel.testConnection()).toMatchObject({
      value: { shopName: "rehearsal-seller", missing: [] },
    });
  });

  test("400 orders come over several pages, none twice and none left out", async () => {
    await channel.writeStock([to(featured, 999)]);
    const placed = new Set<string>();
    for (let n = 0; n < 400; n += 1) placed.add(await stand.order("ebay"));
    const page = await channel.readOrders(null, START - 1000);
    const found = page.ok ? page.value.orders.map(({ orderId }) => orderId) : [];
    expect(found).toHaveLength(400);
    expect(new Set(found)).toEqual(placed);
  });

  test("an access token that is over is renewed once and the call goes through", async () => {
    expect(await available(featured)).toBe(items.featured.onHand);
    pass(7_200_000);
    expect(await available(featured)).toBe(items.featured.onHand);
    expect(line.tried.filter((path) => path.startsWith("POST /identity"))).toHaveLength(2);
  });

  test("a revoked refresh token is a refusal and not a loop", async () => {
    const keys = stand.keyring.read();
    stand.keyring.write({ ...keys, ebay: { ...keys.ebay, clientSecret: "another" } });
    await available(featured);
    const revoked = { ...stand.keyring.read().ebay, refreshToken: "v^1.1#gone" };
    const own = {
      ...stand,
      keyring: { ...stand.keyring, read: () => ({ ...keys, ebay: revoked }) },
    };
    const lost = ebayLine(own, clock.now);
    expect(await ebayChannel({ http: lost, clock }).readStock([featured])).toMatchObject({
      error: { kind: "unreachable", message: expect.stringContaining("invalid_grant") },
    });
    expect(lost.tried).toHaveLength(1);
  });

  test("a throttle is obeyed to its end, and nothing is sent until then", async () => {
    await available(featured);
    await fault({ kind: "throttle", calls: 1, retryAfterSeconds: 7 });
    const throttled = { ok: false, error: { kind: "throttled", retryAfterMs: 7000 } };
    expect(await channel.writeStock([to(featured, 5)])).toEqual(throttled);
    const before = line.tried.length;
    expect(await channel.writeStock([to(featured, 5)])).toEqual(throttled);
    expect(line.tried).toHaveLength(before);
    expect(revisions.left(featured.parentId, clock.now())).toBe(250);
    pass(7000);
    expect(await channel.writeStock([to(featured, 5)])).toMatchObject({ ok: true });
    expect(await available(featured)).toBe(5);
  });

  test("eBay's own 429, which says nothing of how long, is waited for longer each time", async () => {
    await open({ burst: 0, perSecond: 0.0001 });
    const waits: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      const read = await channel.readOrders(null, START - 1000);
      if (!read.ok && read.error.kind === "throttled") waits.push(read.error.retryAfterMs);
      pass(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000]);
  });

  test("a write whose reply is lost took effect: its revision is spent, and saying it again is safe", async () => {
    await fault({ kind: "lost_reply", calls: 1 });
    expect(await channel.writeStock([to(featured, 12)])).toMatchObject({
      error: { kind: "unreachable" },
    });
    expect(await available(featured)).toBe(12);
    expect(revisions.left(featured.parentId, clock.now())).toBe(249);
    expect(await channel.writeStock([to(featured, 12)])).toMatchObject({ ok: true });
    expect(await available(featured)).toBe(12);
  });

  test("a delisting whose reply is lost is not done twice, nor a relisting", async () => {
    for (const onSale of [false, true]) {
      await fault({ kind: "lost_reply", calls: 1 });
      expect(await channel.setOnSale(featured, onSale)).toMatchObject({
        error: { kind: "unreachable" },
      });
      const before = line.tried.filter((path) => path.startsWith("POST /sell")).length;
      expect(await channel.setOnSale(featured, onSale)).toMatchObject({
        value: { kind: "accepted" },
      });
      expect(line.tried.filter((path) => path.startsWith("POST /sell"))).toHaveLength(before);
    }
    expect(await stand.order("ebay")).toMatch(/^\d\d-\d{5}-\d{5}$/);
  });

  test("25 a call where eBay takes one falls back to one, and where it takes 25 needs one call", async () => {
    const calls = () => line.tried.filter((path) => path.endsWith("price_quantity")).length;
    await open({ skusMax: 1 }, 25);
    await channel.writeStock([to(featured, 21), to(second, 22)]);
    expect([calls(), await available(featured), await available(second)]).toEqual([3, 21, 22]);
    await open({ skusMax: 25 }, 25);
    await channel.writeStock([to(featured, 23), to(second, 24)]);
    expect([calls(), await available(featured), await available(second)]).toEqual([1, 23, 24]);
  });
});

describe("the day's revisions over HTTP", () => {
  const level = (n: number) => to(featured, n % 2, { expected: (n + 1) % 2 });

  test("230 levels go, then none, but the listing can still be stopped and started", async () => {
    const kinds: string[] = [];
    for (let n = 0; n < 240; n += 1) {
      const written = await channel.writeStock([level(n)]);
      kinds.push(written.ok ? (written.value[0]?.kind ?? "") : written.error.kind);
    }
    expect(kinds.filter((kind) => kind === "accepted")).toHaveLength(230);
    expect(kinds.slice(230).every((kind) => kind === "rejected")).toBe(true);
    const writes = line.tried.filter((path) => path.endsWith("price_quantity"));
    expect(writes).toHaveLength(230);
    await channel.writeStock([to(featured, 0, { reason: "pause" })]);
    expect(await available(featured)).toBe(0);
    await channel.writeStock([to(featured, 9, { reason: "resume" })]);
    expect(await available(featured)).toBe(9);
    expect(await channel.writeStock([to(second, 3)])).toMatchObject({ ok: true });
  }, 60_000);

  test("an adapter that forgot them is told by eBay, keeps to pause and resume, and says so", async () => {
    for (let n = 0; n < 250; n += 1) {
      // Somebody else's revisions: another program, or this one before its restart.
      const own = ebayChannel({ http: line, clock });
      await own.writeStock([level(n)]);
    }
    expect(await channel.writeStock([to(featured, 5)])).toMatchObject({
      value: [{ kind: "rejected", code: "25002" }],
    });
    expect(await channel.writeStock([to(featured, 5)])).toMatchObject({
      value: [{ kind: "rejected", code: "revisions_kept_back" }],
    });
    // The next day of both.
    pass(24 * 3600 * 1000);
    expect(await channel.writeStock([to(featured, 5)])).toMatchObject({
      value: [{ kind: "accepted" }],
    });
  }, 60_000);
});
