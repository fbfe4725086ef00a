/** What goes wrong on request, by real HTTP: each fault as a caller of the channel meets it. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { items, openStand, START, type Json, type Stand } from "./stand";

let stand: Stand;
beforeEach(async () => {
  stand = await openStand();
});
afterEach(() => stand.close());

const { tiktok: ids, sku } = items.featured;
const UPDATE = `/product/202309/products/${ids.productId}/inventory/update`;
const ORDERS = `query($q: String) { orders(first: 50, sortKey: UPDATED_AT, query: $q) { nodes { id } } }`;
const SET = `mutation($input: InventorySetQuantitiesInput!) {
  inventorySetQuantities(input: $input) @idempotent(key: "k") { userErrors { code } } }`;

const search = () =>
  stand.tiktok("/order/202309/orders/search", { query: { page_size: "100", sort_order: "ASC" } });
const searched = async () =>
  (await search()).body.data.orders.map(({ id }: { id: string }) => id) as string[];
const inventory = () =>
  stand.tiktok("/product/202309/inventory/search", { body: { sku_ids: [ids.skuId] } });
const write = (quantity: number) =>
  stand.tiktok(UPDATE, { body: { skus: [{ id: ids.skuId, inventory: [{ quantity }] }] } });
const listed = async (): Promise<Json> => (await stand.truth()).listed;

async function fault(body: object): Promise<number> {
  const answer = await stand.control("/fault", { channel: "tiktok", ...body });
  expect(answer.status).toBe(200);
  return answer.body.fault;
}

async function place(n: number): Promise<string[]> {
  const placed: string[] = [];
  for (let i = 0; i < n; i += 1) {
    placed.push(await stand.order("tiktok"));
    stand.pass(1000);
  }
  return placed;
}

describe("a channel that fails on request", () => {
  test("answers late, and only where it was asked to", async () => {
    await fault({ kind: "lag", minMs: 150, meanMs: 10, on: "stock" });
    const took = async (call: () => Promise<unknown>) => {
      const began = performance.now();
      await call();
      return performance.now() - began;
    };
    await search();
    expect(await took(inventory)).toBeGreaterThanOrEqual(149);
    const told = (await stand.control("/fault")).body.faults;
    expect(told).toMatchObject([{ strikes: 1, is: { kind: "lag" } }]);
  });

  test("shows an order twice in a page, in any order, and loses none", async () => {
    const placed = await place(8);
    await fault({ kind: "duplicate", calls: 1 });
    const twice = await searched();
    expect(twice).toHaveLength(9);
    expect(new Set(twice)).toEqual(new Set(placed));
    expect(await searched()).toEqual(placed);
    await fault({ kind: "reorder", calls: 1, seed: 3 });
    const mixed = await searched();
    expect(mixed).not.toEqual(placed);
    expect([...mixed].sort()).toEqual([...placed].sort());
    expect(await searched()).toEqual(placed);
  });

  test("lists an order late, with the time at which it really came", async () => {
    await fault({ kind: "list_lag", ms: 5000 });
    const [late] = await place(1);
    expect(await searched()).toEqual([]);
    const details = await stand.tiktok("/order/202309/orders", {
      method: "GET",
      query: { ids: late ?? "" },
    });
    expect(details.body.data.orders).toHaveLength(1);
    stand.pass(4000);
    const { orders } = (await search()).body.data;
    expect(orders).toMatchObject([{ id: late, update_time: START / 1000 }]);
    // A later change of the same order lags anew.
    await stand.control("/cancel", { order: late });
    expect(await searched()).toEqual([]);
    stand.pass(5000);
    expect((await search()).body.data.orders).toMatchObject([{ id: late, status: "CANCELLED" }]);
  });

  test.each(["close", "hang"])("loses the reply of a write that took effect (%s)", async (how) => {
    await fault({ kind: "lost_reply", how, ms: 50, calls: 1 });
    // A reading loses nothing.
    expect((await inventory()).body.code).toBe(0);
    await expect(write(17)).rejects.toThrow();
    expect(await listed()).toMatchObject({ tiktok: 17 });
    expect((await write(18)).body.code).toBe(0);
  });

  test("says that there were too many calls, in its own form", async () => {
    await fault({ kind: "throttle", calls: 2, retryAfterSeconds: 7 });
    for (let i = 0; i < 2; i += 1) {
      const refused = await write(3);
      expect([refused.status, refused.body.code]).toEqual([429, 36009002]);
      expect(refused.headers.get("retry-after")).toBe("7");
    }
    expect(await listed()).toMatchObject({ tiktok: 338 });
    expect((await write(3)).body.code).toBe(0);
    await fault({ kind: "throttle", channel: "shopify", on: "write" });
    const answer = await stand.graphql(SET, { input: {} });
    expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([200, "THROTTLED"]);
    expect((await stand.graphql(ORDERS)).body.data.orders.nodes).toEqual([]);
  });

  test.each([
    ["tiktok", "/order/202309/orders/search", [429, "code", 36009002]],
    ["amazon", "/orders/2026-01-01/orders", [429, "errors.0.code", "QuotaExceeded"]],
    ["shopify", "/admin/api/2026-10/graphql.json", [200, "errors.0.extensions.code", "THROTTLED"]],
    ["ebay", "/sell/fulfillment/v1/order", [429, "errors.0.category", "REQUEST"]],
  ] as const)("%s is throttled, fails, breaks off and is away", async (channel, path, form) => {
    const [status, where, what] = form;
    const ask = () => stand.call(path, { method: "POST", body: "{}" });
    await fault({ channel, kind: "throttle", calls: 1 });
    const throttled = await ask();
    const found = where.split(".").reduce((at: Json, name) => at?.[name], throttled.body);
    expect([throttled.status, found]).toEqual([status, what]);
    await fault({ channel, kind: "server_error", calls: 1, status: 500 });
    expect((await ask()).status).toBe(500);
    await fault({ channel, kind: "torn", calls: 1 });
    await expect(ask()).rejects.toThrow();
    await fault({ channel, kind: "lost_reply", on: "any", calls: 1 });
    await expect(ask()).rejects.toThrow();
    await fault({ channel, kind: "outage", seconds: 1 });
    await expect(ask()).rejects.toThrow();
    stand.pass(1000);
    // Nobody signed these calls: well again, the channel says so.
    const skew = await fault({ channel, kind: "clock_skew", ms: 60_000 });
    const answer = await ask();
    expect([400, 401, 403, 404, 405]).toContain(answer.status);
    expect(Date.parse(answer.headers.get("date") ?? "")).toBe(START + 1000 + 60_000);
    await stand.control("/fault/clear", { fault: skew });
  });

  test("fails as a server fails", async () => {
    await fault({ kind: "server_error", status: 502, calls: 1 });
    expect((await write(3)).status).toBe(502);
    expect(await listed()).toMatchObject({ tiktok: 338 });
    await fault({ kind: "server_error", channel: "shopify", calls: 1 });
    expect((await stand.graphql(ORDERS, {}, "any")).status).toBe(503);
  });

  test("is away for so long and then there again", async () => {
    await fault({ kind: "outage", seconds: 20 });
    await expect(inventory()).rejects.toThrow();
    // The others are well.
    expect((await stand.graphql(ORDERS)).body.data.orders.nodes).toEqual([]);
    stand.pass(19_999);
    await expect(inventory()).rejects.toThrow();
    stand.pass(1);
    expect((await inventory()).body.code).toBe(0);
    expect((await stand.control("/fault")).body.faults).toEqual([]);
  });

  test("sends half a body and hangs up", async () => {
    await place(3);
    await fault({ kind: "torn", on: "orders", calls: 1 });
    await expect(search()).rejects.toThrow();
    expect(await searched()).toHaveLength(3);
  });

  test("has a clock of its own, in its Date, its stamps and its checks", async () => {
    const stamps = async () => {
      const answer = await search();
      const date = Date.parse(answer.headers.get("date") ?? "") / 1000;
      return [date, answer.body.data.orders[0].create_time] as const;
    };
    await place(1);
    const [date, made] = await stamps();
    const id = await fault({ kind: "clock_skew", ms: -20_000 });
    expect(await stamps()).toEqual([date - 20, made - 20]);
    // Half a minute ahead of its clock is too much, though not of the real one.
    const ahead = String(Math.floor(START / 1000) + 12);
    const refused = await stand.tiktok("/product/202309/inventory/search", {
      body: { sku_ids: [ids.skuId] },
      change: { timestamp: ahead },
    });
    expect(refused.body.message).toMatch(/timestamp/i);
    expect((await write(30)).body.code).toBe(0);
    await stand.control("/fault/clear", { fault: id });
    expect(await stamps()).toEqual([date, made]);
    expect(await listed()).toMatchObject({ tiktok: 30 });
  });

  test("has its listing changed by somebody else, once, between two calls", async () => {
    await fault({ kind: "edit", sku, quantity: 5, on: "write" });
    const available = async () =>
      (await inventory()).body.data.inventory[0].skus[0].total_available_quantity;
    expect(await available()).toBe(338);
    // The write comes after the edit, so a write that names nothing it replaces overwrites it.
    await write(100);
    expect(await available()).toBe(100);
    await fault({ kind: "edit", sku, quantity: 6 });
    expect(await available()).toBe(6);
    expect(await listed()).toMatchObject({ tiktok: 6 });
    await write(100);
    expect(await available()).toBe(100);
  });
});

describe("faults on request", () => {
  test("strike as often as their probability says, the same for the same seed", async () => {
    const struck = async () => {
      const id = await fault({ kind: "server_error", probability: 0.4, seed: 11 });
      const statuses: number[] = [];
      for (let i = 0; i < 30; i += 1) {
        stand.pass(1000);
        statuses.push((await inventory()).status);
      }
      await stand.control("/fault/clear", { fault: id });
      return statuses;
    };
    const first = await struck();
    const failed = first.filter((status) => status === 503).length;
    expect(failed).toBeGreaterThan(4);
    expect(failed).toBeLessThan(22);
    expect(await struck()).toEqual(first);
  });

  test("concern one channel and are cleared by channel or altogether", async () => {
    await fault({ kind: "server_error" });
    await fault({ kind: "server_error", channel: "shopify" });
    const left = await stand.control("/fault/clear", { channel: "tiktok" });
    expect(left.body.faults).toMatchObject([{ is: { channel: "shopify" } }]);
    expect((await inventory()).status).toBe(200);
    await stand.control("/fault/clear", {});
    expect((await stand.graphql(ORDERS)).status).toBe(200);
  });

  test("that make no sense are refused", async () => {
    for (const body of [
      { channel: "tiktok", kind: "meteor" },
      { channel: "etsy", kind: "torn" },
      { channel: "tiktok", kind: "lag" },
      { channel: "tiktok", kind: "throttle", probability: 2 },
      { channel: "tiktok", kind: "outage", seconds: -1 },
    ]) {
      expect((await stand.control("/fault", body)).status).toBe(400);
    }
    const nothing = { channel: "tiktok", kind: "edit", sku: "none", quantity: 1 };
    expect((await stand.control("/fault", nothing)).status).toBe(404);
    expect((await stand.control("/fault")).body.faults).toEqual([]);
  });

  test("leave the remote control alone", async () => {
    await fault({ kind: "outage", seconds: 5 });
    expect((await stand.control("")).status).toBe(200);
  });
});
