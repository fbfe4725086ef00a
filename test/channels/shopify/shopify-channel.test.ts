import { describe, expect, test } from "@jest/globals";
import { shopifyChannel } from "../../../src/channels/shopify/shopify-channel";
import { shopifyListing as listing, write } from "../../support/listings";
import { inTurn, scriptedHttp, type Told } from "../../support/scripted-http";

// Ten seconds go by with every look at it, so that no budget stands in the way here.
let time = Date.UTC(2026, 10, 23, 10);
const clock = { now: () => (time += 10_000) };

const data = (value: unknown): Told => ({ body: { data: value } });
const variablesOf = (request: { body: string | null } | undefined) =>
  (JSON.parse(request?.body ?? "null") as { variables: Record<string, unknown> }).variables;
const level = (quantity: number) => ({
  inventoryLevel: { quantities: [{ name: "available", quantity }] },
});
const lastPage = { hasNextPage: false, endCursor: null };

describe("reading stock from Shopify", () => {
  test("asks every location for its own items", async () => {
    const there = listing(2, { locationId: "gid://shopify/Location/2" });
    const http = scriptedHttp((request) => {
      const { ids, location } = variablesOf(request) as { ids: string[]; location: string };
      return data({ nodes: ids.map((id) => ({ id, ...level(location.endsWith("2") ? 20 : 10) })) });
    });
    expect(await shopifyChannel({ http, clock }).readStock([listing(1), there])).toEqual({
      ok: true,
      value: [
        { listingId: listing(1).listingId, available: 10 },
        { listingId: there.listingId, available: 20 },
      ],
    });
    expect(http.asked).toHaveLength(2);
    expect(http.asked[0]).toMatchObject({
      method: "POST",
      path: "/admin/api/2026-10/graphql.json",
      query: {},
    });
  });

  test("an oversold item offers nothing; an unknown one, or one not stocked there, is left out", async () => {
    const http = inTurn([
      data({
        nodes: [
          { id: listing(1).listingId, ...level(-3) },
          null,
          { id: listing(3).listingId, inventoryLevel: null },
          {},
        ],
      }),
    ]);
    const read = await shopifyChannel({ http, clock }).readStock(
      [1, 2, 3, 4].map((n) => listing(n)),
    );
    expect(read).toEqual({ ok: true, value: [{ listingId: listing(1).listingId, available: 0 }] });
  });

  test("without a location, the sum over all of them, unless there are more than were read", async () => {
    const levels = (hasNextPage: boolean) => ({
      inventoryLevels: {
        nodes: [4, 5].map((quantity) => level(quantity).inventoryLevel),
        pageInfo: { hasNextPage, endCursor: "x" },
      },
    });
    const bare = [1, 2].map((n) => listing(n, { locationId: "" }));
    const http = inTurn([
      data({
        nodes: [
          { id: listing(1).listingId, ...levels(false) },
          { id: listing(2).listingId, ...levels(true) },
        ],
      }),
    ]);
    const read = await shopifyChannel({ http, clock }).readStock(bare);
    expect(read).toEqual({ ok: true, value: [{ listingId: listing(1).listingId, available: 9 }] });
  });
});

describe("reading orders from Shopify", () => {
  const orders = (nodes: unknown[], endCursor: string | null = null) =>
    data({ orders: { nodes, pageInfo: { hasNextPage: endCursor !== null, endCursor } } });

  test("asks from two minutes before the cursor, in the shop's search words", async () => {
    const http = inTurn([orders([], "p2"), orders([])]);
    const page = await shopifyChannel({ http, clock }).readOrders("1700000100000", 0);
    expect(page).toEqual({ ok: true, value: { orders: [], cursor: "1700000100000" } });
    expect(http.asked.map(variablesOf)).toEqual([
      expect.objectContaining({ q: "updated_at:>='2023-11-14T22:13:00.000Z'", after: null }),
      expect.objectContaining({ after: "p2" }),
    ]);
  });

  test.each<[string, Told]>([
    [
      "more pages and no way there",
      data({ orders: { nodes: [], pageInfo: { hasNextPage: true, endCursor: null } } }),
    ],
    ["a time that is none", orders([{ id: "1", createdAt: "soon", updatedAt: "soon" }])],
    ["no orders at all", data({})],
  ])("%s is malformed", async (_name, told) => {
    const page = await shopifyChannel({ http: inTurn([told]), clock }).readOrders(null, 0);
    expect(page).toMatchObject({ ok: false, error: { kind: "malformed" } });
  });

  test("an order deleted while its lines were read keeps the lines that are known", async () => {
    const line = {
      id: "gid://shopify/LineItem/1",
      quantity: 1,
      currentQuantity: 1,
      unfulfilledQuantity: 1,
      variant: { id: "v", inventoryItem: { id: "i" } },
    };
    const order = {
      id: "o",
      createdAt: "2023-11-14T22:13:20Z",
      updatedAt: "2023-11-14T22:13:20Z",
      cancelledAt: null,
      displayFinancialStatus: "PAID",
      displayFulfillmentStatus: "UNFULFILLED",
      lineItems: { nodes: [line], pageInfo: { hasNextPage: true, endCursor: "l1" } },
    };
    const http = inTurn([orders([order]), data({ order: null })]);
    const page = await shopifyChannel({ http, clock }).readOrders(null, 0);
    expect(page).toMatchObject({ ok: true, value: { orders: [{ lines: [{ ordered: 1 }] }] } });
  });
});

describe("writing stock to Shopify", () => {
  const set = (...userErrors: object[]) => data({ inventorySetQuantities: { userErrors } });
  const error = (code: string | null, row?: number) => ({
    code,
    field: row === undefined ? null : ["input", "quantities", String(row), "changeFromQuantity"],
    message: "no",
  });
  const rowsOf = (request: Parameters<typeof variablesOf>[0]) =>
    (variablesOf(request)["input"] as { quantities: Record<string, unknown>[] }).quantities;
  const writes = [1, 2, 3].map((n) => write(listing(n), n, { expected: n + 10 }));
  const kinds = (outcomes: Awaited<ReturnType<ReturnType<typeof shopifyChannel>["writeStock"]>>) =>
    outcomes.ok
      ? Object.fromEntries(outcomes.value.map((o) => [o.listingId.split("/").pop(), o.kind]))
      : outcomes;

  test("one mutation for all: available, absolute, compared with what was expected", async () => {
    const http = inTurn([set()]);
    const unknown = write(listing(4), 0);
    const outcomes = await shopifyChannel({ http, clock }).writeStock([...writes, unknown]);
    expect(kinds(outcomes)).toEqual({ 1: "accepted", 2: "accepted", 3: "accepted", 4: "accepted" });
    const { input, key } = variablesOf(http.asked[0]);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(input).toEqual({
      name: "available",
      reason: "correction",
      quantities: [...writes, unknown].map(({ listing: of, quantity, expected }) => ({
        inventoryItemId: of.listingId,
        locationId: of.locationId,
        quantity,
        changeFromQuantity: expected,
      })),
    });
  });

  test("the same writes again carry the same key; another number, another key", async () => {
    const http = scriptedHttp(() => set());
    const channel = shopifyChannel({ http, clock });
    await channel.writeStock(writes);
    await channel.writeStock(writes);
    await channel.writeStock(writes.map((one) => ({ ...one, quantity: 9 })));
    await channel.writeStock(writes.map((one) => ({ ...one, idempotencyKey: "other" })));
    const keys = http.asked.map((one) => variablesOf(one)["key"]);
    expect(keys[0]).toBe(keys[1]);
    expect(new Set(keys).size).toBe(3);
  });

  test("a stale row is stale, and the rows beside it are sent again without it", async () => {
    const http = inTurn([set(error("CHANGE_FROM_QUANTITY_STALE", 1)), set()]);
    const outcomes = await shopifyChannel({ http, clock }).writeStock(writes);
    expect(kinds(outcomes)).toEqual({ 1: "accepted", 2: "stale", 3: "accepted" });
    expect(http.asked.map((one) => rowsOf(one).length)).toEqual([3, 2]);
    expect(variablesOf(http.asked[0])["key"]).not.toBe(variablesOf(http.asked[1])["key"]);
  });

  test("an error of the whole batch that names no row: each row is tried on its own", async () => {
    const http = scriptedHttp((request) => {
      const rows = rowsOf(request);
      if (rows.length > 1) return set(error("NON_MUTABLE_INVENTORY_ITEM"));
      return rows[0]?.["quantity"] === 2 ? set(error("NON_MUTABLE_INVENTORY_ITEM")) : set();
    });
    const outcomes = await shopifyChannel({ http, clock }).writeStock(writes);
    expect(kinds(outcomes)).toEqual({ 1: "accepted", 2: "rejected", 3: "accepted" });
    expect(http.asked).toHaveLength(4);
  });

  test("a throttle while rows are tried stops the rest, and every write has its outcome", async () => {
    const throttled: Told = { status: 429, headers: { "retry-after": "2" } };
    const http = inTurn([set(error(null)), set(), throttled]);
    const outcomes = await shopifyChannel({ http, clock }).writeStock(writes);
    expect(kinds(outcomes)).toEqual({ 1: "accepted", 2: "rejected", 3: "rejected" });
  });

  test("an oversold item, read as 0, is compared with what the shop really has", async () => {
    const http = inTurn([
      set(error("CHANGE_FROM_QUANTITY_STALE", 0)),
      data({ nodes: [{ id: listing(1).listingId, ...level(-2) }] }),
      set(),
    ]);
    const outcomes = await shopifyChannel({ http, clock }).writeStock([
      write(listing(1), 0, { expected: 0 }),
    ]);
    expect(kinds(outcomes)).toEqual({ 1: "accepted" });
    expect(rowsOf(http.asked[2])).toMatchObject([{ quantity: 0, changeFromQuantity: -2 }]);
  });

  test("a restocked item, expected at 0, stays stale and keeps its stock", async () => {
    const http = inTurn([
      set(error("CHANGE_FROM_QUANTITY_STALE", 0)),
      data({ nodes: [{ id: listing(1).listingId, ...level(7) }] }),
    ]);
    const outcomes = await shopifyChannel({ http, clock }).writeStock([
      write(listing(1), 3, { expected: 0 }),
    ]);
    expect(kinds(outcomes)).toEqual({ 1: "stale" });
  });

  test("a mutation that answers nothing is malformed, not accepted", async () => {
    const http = inTurn([data({ inventorySetQuantities: null })]);
    expect(await shopifyChannel({ http, clock }).writeStock(writes)).toMatchObject({
      ok: false,
      error: { kind: "malformed" },
    });
  });

  test("nothing to write sends nothing", async () =>
    expect(await shopifyChannel({ http: inTurn([]), clock }).writeStock([])).toEqual({
      ok: true,
      value: [],
    }));
});

describe("what Shopify's refusals mean", () => {
  const cost = (requested: number | null, available: number, rate: number) => ({
    cost: {
      requestedQueryCost: requested,
      actualQueryCost: null,
      throttleStatus: {
        maximumAvailable: 2000,
        currentlyAvailable: available,
        restoreRate: rate,
      },
    },
  });
  const errors = (code: string, extensions?: object): Told => ({
    body: { errors: [{ message: "m", extensions: { code } }], extensions },
  });
  test.each<[string, Told, object]>([
    [
      "THROTTLED waits until the bucket holds what is asked for",
      errors("THROTTLED", cost(620, 120, 100)),
      { kind: "throttled", retryAfterMs: 5000 },
    ],
    [
      "THROTTLED without a number",
      errors("THROTTLED", cost(null, 0, 100)),
      { kind: "throttled", retryAfterMs: 1000 },
    ],
    [
      "THROTTLED with a bucket that never fills",
      errors("THROTTLED", cost(620, 0, 0)),
      { kind: "throttled", retryAfterMs: 1000 },
    ],
    [
      "THROTTLED with a bucket that fills too slowly to believe",
      errors("THROTTLED", cost(620, 0, 0.001)),
      { kind: "throttled", retryAfterMs: 60_000 },
    ],
    [
      "429",
      { status: 429, headers: { "retry-after": "2.0" }, body: "" },
      { kind: "throttled", retryAfterMs: 2000 },
    ],
    ["ACCESS_DENIED", errors("ACCESS_DENIED"), { kind: "unauthorised", code: "ACCESS_DENIED" }],
    [
      "401 with a bare text",
      { status: 401, body: { errors: "[API] Invalid API key" } },
      { kind: "unauthorised", code: "http_401", message: "[API] Invalid API key" },
    ],
    ["INTERNAL_SERVER_ERROR", errors("INTERNAL_SERVER_ERROR"), { kind: "server_error" }],
    ["503", { status: 503, body: "<html>" }, { kind: "server_error", status: 503 }],
    ["402: a frozen shop", { status: 402, body: "" }, { kind: "rejected", code: "http_402" }],
    [
      "MAX_COST_EXCEEDED",
      errors("MAX_COST_EXCEEDED"),
      { kind: "rejected", code: "MAX_COST_EXCEEDED" },
    ],
    [
      "an error beside half an answer",
      { body: { data: { nodes: [] }, errors: [{ message: "part of it failed" }] } },
      { kind: "rejected", code: "error", message: "part of it failed" },
    ],
    ["no JSON", { body: "<html>" }, { kind: "malformed", where: "body: not JSON" }],
    ["the relay's own", { refusal: { kind: "fenced_off" } }, { kind: "fenced_off" }],
  ])("%s", async (_name, told, refusal) => {
    const read = await shopifyChannel({ http: inTurn([told]), clock }).readStock([listing(1)]);
    expect(read).toMatchObject({ ok: false, error: refusal });
  });

  test("a field that does not fit is named with its place", async () => {
    const line = { id: "l", quantity: -1, currentQuantity: 1, unfulfilledQuantity: 1 };
    const order = {
      id: "o",
      createdAt: "2023-11-14T22:13:20Z",
      updatedAt: "2023-11-14T22:13:20Z",
      cancelledAt: null,
      displayFinancialStatus: null,
      displayFulfillmentStatus: "UNFULFILLED",
      lineItems: { nodes: [line], pageInfo: lastPage },
    };
    const http = inTurn([data({ orders: { nodes: [order], pageInfo: lastPage } })]);
    const page = await shopifyChannel({ http, clock }).readOrders(null, 0);
    expect(JSON.stringify(page)).toContain("data.orders.nodes.0.lineItems.nodes.0.quantity");
  });
});
