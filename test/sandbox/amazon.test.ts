/** What the sandbox's Amazon refuses, and that its answers are ones that the official models know. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { amazonVenue } from "../../src/sandbox/amazon/venue";
import { describeAgainstSpecs } from "../support/reference-specs";
import { Swagger } from "../support/swagger";
import { items, openStand, START, type Json, type Stand } from "./stand";

let stand: Stand;
let token: string;

const iso = (ms: number) => new Date(ms).toISOString();

interface Call {
  readonly method?: string;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  readonly type?: string;
  readonly token?: string | null;
}

async function renew(more: Record<string, string> = {}): Promise<{ status: number; body: Json }> {
  const { clientId, clientSecret, refreshToken } = stand.keyring.read().amazon;
  const form = {
    grant_type: "refresh_token",
    refresh_token: refreshToken,
    client_id: clientId,
    client_secret: clientSecret,
    ...more,
  };
  return stand.call("/auth/o2/token", { method: "POST", body: new URLSearchParams(form) });
}

async function call(path: string, given: Call = {}) {
  const { method = "GET", query = {}, body, type = "application/json" } = given;
  const asked = new URLSearchParams(query).toString();
  const sent = given.token === undefined ? token : given.token;
  return stand.call(`${path}${asked === "" ? "" : `?${asked}`}`, {
    method,
    headers: {
      ...(sent !== null && { "x-amz-access-token": sent }),
      ...(body !== undefined && { "content-type": type }),
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

const ORDERS = "/orders/2026-01-01/orders";
const market = { marketplaceIds: "ATVPDKIKX0DER" };
const seller = () => `/listings/2021-08-01/items/${stand.keyring.read().amazon.sellerId}`;
const search = (query: Record<string, string> = {}) =>
  call(ORDERS, { query: { lastUpdatedAfter: iso(START - 3_600_000), ...query } });
const patch = (value: unknown, more: Partial<Call> = {}, sku = items.featured.amazon.sellerSku) =>
  call(`${seller()}/${encodeURIComponent(sku)}`, {
    method: "PATCH",
    query: market,
    body: {
      productType: "PRODUCT",
      patches: [{ op: "merge", path: "/attributes/fulfillment_availability", value }],
    },
    ...more,
  });
const units = (quantity: unknown, code: unknown = "DEFAULT") => [
  { fulfillment_channel_code: code, quantity },
];

beforeEach(async () => {
  stand = await openStand({ venues: [amazonVenue()] });
  const { run } = (await stand.control("")).body;
  await stand.control("/start", { run, speed: 1 });
  await stand.control("/stop", { run });
  token = (await renew()).body.access_token;
});
afterEach(() => stand.close());

describe("the door", () => {
  test.each([
    [null, "Access token is missing in the request header."],
    ["", "Access token is missing in the request header."],
    ["Atza|made-up", "The access token you provided is revoked, malformed or invalid."],
  ])("the token %j opens nothing", async (given, details) => {
    const answer = await call(ORDERS, { token: given });
    expect([answer.status, answer.body.errors[0]]).toEqual([
      403,
      { code: "Unauthorized", message: "Access to requested resource is denied.", details },
    ]);
  });

  test("a token lives an hour, and a new one takes nothing from the old", async () => {
    stand.pass(3_599_000);
    const next = (await renew()).body.access_token;
    expect((await search()).status).toBe(200);
    stand.pass(1000);
    expect((await search()).body.errors[0].details).toBe(
      "The access token you provided has expired.",
    );
    token = next;
    expect((await search()).status).toBe(200);
  });

  test.each([
    [{ client_secret: "x" }, "invalid_client"],
    [{ refresh_token: "Atzr|x" }, "invalid_grant"],
    [{ grant_type: "password" }, "unsupported_grant_type"],
    [{ grant_type: "authorization_code", code: "x" }, "invalid_grant"],
  ])("a token asked for with %j is refused: %s", async (more, error) => {
    const answer = await renew(more);
    expect([answer.status, answer.body.error]).toEqual([400, error]);
  });

  test("the code of the seller's consent opens once", async () => {
    const { code } = (await stand.control("/consent", { channel: "amazon" })).body;
    const grant = { grant_type: "authorization_code", code };
    expect((await renew(grant)).body).toMatchObject({ expires_in: 3600, token_type: "bearer" });
    expect((await renew(grant)).body.error).toBe("invalid_grant");
  });

  test("another seller's listings are closed, unknown paths are not there", async () => {
    const other = await call("/listings/2021-08-01/items/A1OTHER", { query: market });
    expect([other.status, other.body.errors[0].details]).toEqual([403, ""]);
    expect((await call("/orders/v0/orders")).status).toBe(404);
    expect((await call(`${seller()}/x`, { method: "DELETE", query: market })).status).toBe(404);
  });
});

describe("searching orders", () => {
  test.each([
    [{ lastUpdatedBefore: iso(START - 119_000) }, "two minutes"],
    [{ lastUpdatedAfter: iso(START - 60_000) }, "not be later"],
    [{ lastUpdatedAfter: iso(START), lastUpdatedBefore: iso(START - 3_600_000) }, "not be later"],
    [{ createdAfter: iso(START - 3_600_000) }, "Exactly one"],
    [{ createdBefore: iso(START - 3_600_000) }, "Exactly one"],
    [{ lastUpdatedAfter: "yesterday" }, "ISO 8601"],
    [{ marketplaceIds: "ATVPDKIKX0DER,A1F83G8C2ARO7P" }, "marketplaceIds"],
    [{ fulfillmentStatuses: "PENDING,LOST" }, "fulfillmentStatuses"],
    [{ fulfilledBy: "ME" }, "fulfilledBy"],
    [{ includedData: "EVERYTHING" }, "includedData"],
    [{ maxResultsPerPage: "101" }, "maxResultsPerPage"],
    [{ maxResultsPerPage: "0" }, "maxResultsPerPage"],
    [{ paginationToken: "made/up+=" }, "paginationToken"],
  ])("%j is refused: %s", async (query, words) => {
    const answer = await search(query);
    expect([answer.status, answer.body.errors[0].code]).toEqual([400, "InvalidInput"]);
    expect(answer.body.errors[0].details).toContain(words);
  });

  test("tells the end that it took by itself: two minutes ago, to the inch", async () => {
    await stand.order("amazon");
    stand.pass(119_999);
    const early = await search();
    expect(early.body).toEqual({ orders: [], lastUpdatedBefore: iso(START - 1) });
    stand.pass(1);
    expect((await search()).body.orders).toHaveLength(1);
    const created = await call(ORDERS, { query: { createdAfter: iso(START) } });
    expect(created.body).toMatchObject({ orders: [{}], createdBefore: iso(START) });
  });

  test("shows quantities to those who ask for them, and no buyer to anybody", async () => {
    await stand.order("amazon", 2);
    stand.pass(120_000);
    const plain = (await search()).body.orders[0];
    expect(plain.fulfillment).toBeUndefined();
    expect(plain.orderItems[0]).toMatchObject({ quantityOrdered: 2 });
    const full = (await search({ includedData: "FULFILLMENT,BUYER,RECIPIENT" })).body.orders[0];
    expect(full.fulfillment).toMatchObject({
      fulfillmentStatus: "UNSHIPPED",
      fulfilledBy: "MERCHANT",
    });
    expect(full.orderItems[0].fulfillment).toEqual({
      quantityFulfilled: 0,
      quantityUnfulfilled: 2,
    });
    expect(JSON.stringify(full)).not.toMatch(/buyer|recipient|address/i);
  });

  test("filters by status and by who ships", async () => {
    await stand.order("amazon", 1, false);
    await stand.order("amazon", 1, true);
    stand.pass(120_000);
    const count = async (query: Record<string, string>) => (await search(query)).body.orders.length;
    expect(await count({})).toBe(2);
    expect(await count({ fulfillmentStatuses: "PENDING" })).toBe(1);
    expect(await count({ fulfillmentStatuses: "SHIPPED,CANCELLED" })).toBe(0);
    expect(await count({ fulfilledBy: "MERCHANT" })).toBe(2);
    expect(await count({ fulfilledBy: "AMAZON" })).toBe(0);
  });

  test("a page token belongs to its question and lives a day; what comes meanwhile shifts nothing", async () => {
    const placed = [
      await stand.order("amazon"),
      await stand.order("amazon"),
      await stand.order("amazon"),
    ];
    stand.pass(120_000);
    const first = await search({ maxResultsPerPage: "2" });
    const paginationToken: string = first.body.pagination.nextToken;
    expect((await search({ maxResultsPerPage: "3", paginationToken })).status).toBe(400);
    await stand.order("amazon");
    stand.pass(600_000);
    token = (await renew()).body.access_token;
    const second = await search({ maxResultsPerPage: "2", paginationToken });
    expect(second.body.pagination).toBeUndefined();
    expect(second.body.lastUpdatedBefore).toBe(first.body.lastUpdatedBefore);
    const ids = [...first.body.orders, ...second.body.orders].map((one: Json) => one.orderId);
    expect(ids.sort()).toEqual(placed.sort());
    stand.pass(24 * 3_600_000);
    token = (await renew()).body.access_token;
    expect((await search({ maxResultsPerPage: "2", paginationToken })).status).toBe(400);
  });
});

describe("too many calls", () => {
  test("twenty searches at once, then one in 178.6 seconds, with the rate in the header", async () => {
    for (let n = 0; n < 20; n += 1) {
      const { status, headers } = await search();
      expect([status, headers.get("x-amzn-ratelimit-limit")]).toEqual([200, "0.0056"]);
    }
    const refused = await search();
    expect([refused.status, refused.body.errors[0].code]).toEqual([429, "QuotaExceeded"]);
    expect(refused.headers.get("x-amzn-ratelimit-limit")).toBe("0.0056");
    expect((await call(seller(), { query: market })).status).toBe(200);
    stand.pass(178_000);
    expect((await search()).status).toBe(429);
    stand.pass(1000);
    expect((await search()).status).toBe(200);
  });

  test("a rehearsal ten times as fast allows ten times the rate and waits a tenth of the two minutes", async () => {
    const { run } = (await stand.control("/new", {})).body;
    await stand.control("/start", { run, speed: 10 });
    await stand.control("/stop", { run });
    const answer = await search();
    expect(answer.headers.get("x-amzn-ratelimit-limit")).toBe("0.056");
    expect(answer.body.lastUpdatedBefore).toBe(iso(START - 12_000));
    expect((await search({ lastUpdatedBefore: iso(START - 12_000) })).status).toBe(200);
    expect((await search({ lastUpdatedBefore: iso(START - 11_999) })).status).toBe(400);
  });

  test("a call refused at the door uses nothing up", async () => {
    for (let n = 0; n < 30; n += 1) await call(ORDERS, { token: "x" });
    expect((await search()).status).toBe(200);
  });
});

describe("changing a quantity", () => {
  const listed = async () => (await stand.truth()).listed.amazon;

  test.each(["merge", "replace", "add"])("%s sets it", async (op) => {
    const body = {
      productType: "PRODUCT",
      patches: [{ op, path: "/attributes/fulfillment_availability", value: units(7) }],
    };
    expect((await patch(null, { body })).body).toMatchObject({ status: "ACCEPTED", issues: [] });
    expect(await listed()).toBe(7);
  });

  test.each([
    ["no channel", [{ quantity: 7 }]],
    ["Amazon's own warehouse", units(7, "AMAZON_NA")],
    ["a negative number", units(-1)],
    ["half a unit", units(0.5)],
    ["a text", units("7")],
    ["two rows", [...units(7), ...units(8)]],
    ["no row", []],
  ])("%s is INVALID inside a 200, and changes nothing", async (_name, value) => {
    const before = await listed();
    const answer = await patch(value);
    expect([answer.status, answer.body.status]).toEqual([200, "INVALID"]);
    expect(answer.body.issues[0].severity).toBe("ERROR");
    expect(await listed()).toBe(before);
  });

  test("a preview is VALID and changes nothing", async () => {
    const before = await listed();
    const query = { ...market, mode: "VALIDATION_PREVIEW" };
    expect((await patch(units(7), { query })).body.status).toBe("VALID");
    expect(await listed()).toBe(before);
  });

  test.each([
    [{ body: "{" }, 400],
    [{ body: {} }, 400],
    [{ body: { productType: "PRODUCT", patches: [] } }, 400],
    [{ type: "text/plain" }, 415],
    [{ query: {} }, 400],
    [{ query: { marketplaceIds: "A1F83G8C2ARO7P" } }, 400],
    [{ query: { ...market, mode: "MAYBE" } }, 400],
  ])("%j is refused with HTTP %d", async (more, status) => {
    const before = await listed();
    expect((await patch(units(7), more)).status).toBe(status);
    expect(await listed()).toBe(before);
  });

  test("an unknown SKU is refused by its name, slash and all", async () => {
    const answer = await patch(units(7), {}, "面霜/50 ml");
    expect([answer.status, answer.body.errors[0].details]).toEqual([
      400,
      "The SKU '面霜/50 ml' is not of this seller.",
    ]);
  });
});

describe("looking at listings", () => {
  test.each([
    { identifiers: "x" },
    { identifiersType: "SKU" },
    { identifiers: Array.from({ length: 21 }, (_, n) => n).join(","), identifiersType: "SKU" },
    { pageSize: "21" },
    { pageSize: "0" },
    { includedData: "everything" },
    { pageToken: "x" },
  ])("%j is refused", async (query) => {
    expect((await call(seller(), { query: { ...market, ...query } })).status).toBe(400);
  });

  test("pages are followed, unknown SKUs are left out, nothing to buy is not BUYABLE", async () => {
    const first = await call(seller(), { query: { ...market, pageSize: "2" } });
    const pageToken = first.body.pagination.nextToken;
    const second = await call(seller(), { query: { ...market, pageSize: "2", pageToken } });
    expect([first.body.items.length, second.body.items.length]).toEqual([2, 1]);
    const sku = items.featured.amazon.sellerSku;
    const identifiers = `${sku},NO-SUCH`;
    const some = await call(seller(), {
      query: { ...market, identifiers, identifiersType: "SKU" },
    });
    expect(some.body).toMatchObject({ numberOfResults: 1, items: [{ sku }] });
    await patch(units(0));
    const one = await call(`${seller()}/${sku}`, { query: market });
    expect(one.body.summaries[0].status).toEqual(["DISCOVERABLE"]);
    expect((await call(`${seller()}/NO-SUCH`, { query: market })).status).toBe(404);
  });
});

describeAgainstSpecs("the sandbox's Amazon against the official models", () => {
  const models = () => [
    new Swagger("amazon/orders_2026-01-01.json"),
    new Swagger("amazon/listingsItems_2021-08-01.json"),
    new Swagger("amazon/sellers.json"),
  ];

  test("every answer is one that the model of its operation knows, good and bad", async () => {
    const all = models();
    const sku = items.featured.amazon.sellerSku;
    await stand.order("amazon", 1, false);
    const shipped = await stand.order("amazon", 2);
    await stand.control("/ship", { order: shipped });
    const cancelled = await stand.order("amazon", 1);
    await stand.control("/cancel", { order: cancelled });
    stand.pass(120_000);
    const included = { includedData: "FULFILLMENT,CANCELLATION", maxResultsPerPage: "2" };
    const everything = "summaries,fulfillmentAvailability,relationships,issues";
    const asked: [string, string, Promise<{ status: number; body: Json }>][] = [
      ["GET", ORDERS, search(included)],
      ["GET", ORDERS, search({ lastUpdatedAfter: "x" })],
      ["GET", ORDERS, call(ORDERS, { token: null })],
      [
        "GET",
        seller(),
        call(seller(), { query: { ...market, includedData: everything, pageSize: "1" } }),
      ],
      ["GET", seller(), call(seller())],
      [
        "GET",
        `${seller()}/x`,
        call(`${seller()}/${sku}`, { query: { ...market, includedData: everything } }),
      ],
      ["GET", `${seller()}/x`, call(`${seller()}/x`, { query: market })],
      ["PATCH", `${seller()}/x`, patch(units(3))],
      ["PATCH", `${seller()}/x`, patch(units(-3))],
      ["PATCH", `${seller()}/x`, patch(units(3), {}, "x")],
      ["PATCH", `${seller()}/x`, patch(units(3), { type: "text/plain" })],
      [
        "GET",
        "/sellers/v1/marketplaceParticipations",
        call("/sellers/v1/marketplaceParticipations"),
      ],
    ];
    for (const [method, path, pending] of asked) {
      const { status, body } = await pending;
      const url = `https://amazon.test${path}`;
      const model = all.find((one) => one.operation(method, path) !== null);
      expect([method, path, status, model?.replyFaults(method, url, status, body)]).toEqual([
        method,
        path,
        status,
        [],
      ]);
    }
    for (let n = 0; n < 20; n += 1) await search();
    const { status, body } = await search();
    expect(all[0]?.replyFaults("GET", `https://amazon.test${ORDERS}`, status, body)).toEqual([]);
    expect(status).toBe(429);
  });
});
