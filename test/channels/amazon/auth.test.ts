import { describe, expect, test } from "@jest/globals";
import * as v from "valibot";
import { amazonAuth } from "../../../src/channels/amazon/auth";
import type { RelayRequest } from "../../../src/channels/http/relay-contract";
import { amazonCredentials as credentials } from "./credentials";

const hosts = amazonAuth.officialHosts(credentials);
const tokens = { accessToken: "Atza|1", refreshToken: null, expiresAt: 1 };
const items = "/listings/2021-08-01/items/seller";
const request = (path: string, more: Partial<RelayRequest> = {}): RelayRequest => ({
  method: "GET",
  path,
  query: {},
  body: null,
  ...more,
});
const url = (asked: RelayRequest) =>
  new URL(amazonAuth.authorise(asked, credentials, tokens, hosts, 0).url);

const row = { fulfillment_channel_code: "DEFAULT", quantity: 7 };
const merge = { op: "merge", path: "/attributes/fulfillment_availability", value: [row] };
const patchOf = (body: unknown, path = `${items}/SERUM`): RelayRequest =>
  request(path, { method: "PATCH", body: JSON.stringify(body) });
const good = { productType: "PRODUCT", patches: [merge] };

describe("credentials for Amazon", () => {
  test("without marketplace and region they are of the United States", () => {
    const { clientId, clientSecret, refreshToken, sellerId } = credentials;
    const given = { clientId, clientSecret, refreshToken, sellerId };
    expect(v.parse(amazonAuth.credentialsSchema, given)).toEqual(credentials);
  });

  test.each([
    ["na", "https://sellingpartnerapi-na.amazon.com"],
    ["eu", "https://sellingpartnerapi-eu.amazon.com"],
    ["fe", "https://sellingpartnerapi-fe.amazon.com"],
  ] as const)("the region %s has its own host, tokens have one for all", (region, api) => {
    const of = amazonAuth.officialHosts({ ...credentials, region });
    expect(of).toEqual({ api, auth: "https://api.amazon.com" });
  });

  test.each([
    { sellerId: "../A3SELLER" },
    { sellerId: "A3/SELLER" },
    { marketplaceId: "ATV?x=1" },
    { region: "cn" },
    { clientSecret: "" },
  ])("%j is none", (wrong) =>
    expect(v.is(amazonAuth.credentialsSchema, { ...credentials, ...wrong })).toBe(false),
  );
});

describe("a request on its way to Amazon", () => {
  test("gets seller, marketplace, token and user agent; no signature, no secret", () => {
    const asked = request(`${items}/SERUM`, { query: { includedData: "fulfillmentAvailability" } });
    expect(amazonAuth.authorise(asked, credentials, tokens, hosts, 0)).toEqual({
      method: "GET",
      url:
        "https://sellingpartnerapi-na.amazon.com/listings/2021-08-01/items/A3SELLER0TOKEN/SERUM" +
        "?marketplaceIds=ATVPDKIKX0DER&includedData=fulfillmentAvailability",
      headers: {
        accept: "application/json",
        "user-agent": "StreamStock/0.1 (Language=TypeScript)",
        "x-amz-access-token": "Atza|1",
      },
      body: null,
    });
  });

  test.each(["A/B", "面霜 50 ml", "50%2F", "a?b#c", "it's+1&2=3", "seller", "..."])(
    "the SKU %j is one segment of the path, and is read back as it was",
    (sku) => {
      const path = `${items}/${encodeURIComponent(sku)}`;
      const query = { includedData: "summaries" };
      expect(amazonAuth.allows(request(path, { query }))).toBe(true);
      const segments = url(request(path, { query })).pathname.split("/");
      expect(segments).toHaveLength(6);
      expect(segments.slice(0, 5).join("/")).toBe("/listings/2021-08-01/items/A3SELLER0TOKEN");
      expect(decodeURIComponent(segments[5] ?? "")).toBe(sku);
    },
  );

  test("a marketplace that the listing names is kept", () => {
    const query = { marketplaceIds: "A2EUQ1WTGCTBG2", includedData: "summaries" };
    expect(url(request(`${items}/S`, { query })).searchParams.getAll("marketplaceIds")).toEqual([
      "A2EUQ1WTGCTBG2",
    ]);
  });

  test("the words that stand for the seller are not replaced inside a SKU", () => {
    const path = `${items}/${encodeURIComponent("items/seller")}`;
    expect(url(request(path)).pathname).toBe(
      "/listings/2021-08-01/items/A3SELLER0TOKEN/items%2Fseller",
    );
  });
});

describe("what the relay passes on to Amazon", () => {
  const search = {
    lastUpdatedAfter: "2026-11-23T10:00:00.000Z",
    fulfilledBy: "MERCHANT",
    includedData: "FULFILLMENT",
    maxResultsPerPage: "100",
  };
  const orders = (query: Record<string, string>) =>
    amazonAuth.allows(request("/orders/2026-01-01/orders", { query }));

  test("is an order search without buyers", () => {
    expect(orders(search)).toBe(true);
    expect(orders({ ...search, paginationToken: "a+/=" })).toBe(true);
    for (const includedData of ["BUYER", "FULFILLMENT,RECIPIENT", "PACKAGES", ""]) {
      expect(orders({ ...search, includedData })).toBe(false);
    }
    expect(orders({ ...search, marketplaceIds: "A" })).toBe(false);
  });

  test("is a quantity, and no other change of a listing", () => {
    expect(amazonAuth.allows(patchOf(good))).toBe(true);
    const wrong: unknown[] = [
      { ...good, productType: "LUGGAGE" },
      { ...good, more: 1 },
      { ...good, patches: [] },
      { ...good, patches: [merge, merge] },
      { ...good, patches: [{ ...merge, op: "replace" }] },
      { ...good, patches: [{ ...merge, op: "delete" }] },
      { ...good, patches: [{ ...merge, path: "/attributes/purchasable_offer" }] },
      { ...good, patches: [{ ...merge, value: [{ ...row, quantity: -1 }] }] },
      { ...good, patches: [{ ...merge, value: [{ ...row, quantity: 1.5 }] }] },
      {
        ...good,
        patches: [{ ...merge, value: [{ ...row, fulfillment_channel_code: "AMAZON_NA" }] }],
      },
      { ...good, patches: [{ ...merge, value: [{ ...row, lead_time_to_ship_max_days: 9 }] }] },
      null,
    ];
    for (const body of wrong)
      expect([body, amazonAuth.allows(patchOf(body))]).toEqual([body, false]);
    expect(amazonAuth.allows({ ...patchOf(good), query: { mode: "VALIDATION_PREVIEW" } })).toBe(
      false,
    );
    expect(amazonAuth.allows({ ...patchOf(good), body: null })).toBe(false);
  });

  test.each([
    ["DELETE", `${items}/SERUM`],
    ["PUT", `${items}/SERUM`],
    ["POST", "/feeds/2021-06-30/feeds"],
    ["GET", "/orders/2026-01-01/orders/113-1/address"],
    ["GET", "/orders/v0/orders"],
    ["POST", "/tokens/2021-03-01/restrictedDataToken"],
    ["PATCH", items],
    ["PATCH", `${items}/`],
    ["PATCH", `${items}/A/B`],
    ["PATCH", `${items}/..`],
    ["PATCH", `${items}/.`],
    ["PATCH", `${items}/%2E%2E`],
    ["PATCH", `${items}/a%2F..%2F..%2Forders`],
    ["PATCH", `${items}/a%5C..%5Cb`],
    ["PATCH", `${items}/%00`],
    ["PATCH", `${items}/%ZZ`],
    ["PATCH", `${items}/%53ERUM`],
    ["PATCH", "/listings/2021-08-01/items/A3OTHERSELLER/SERUM"],
    ["GET", "/listings/2021-08-01/items/A3OTHERSELLER"],
  ] as const)("is never %s %s", (method, path) => {
    const body = method === "GET" ? null : JSON.stringify(good);
    expect(amazonAuth.allows(request(path, { method, body }))).toBe(false);
  });
});

describe("Amazon's tokens", () => {
  test("are asked for with the refresh token, in a form, at the host for tokens", () => {
    const asked = amazonAuth.refreshRequest(credentials, null, hosts);
    expect([asked.method, asked.url]).toEqual(["POST", "https://api.amazon.com/auth/o2/token"]);
    expect(Object.fromEntries(new URLSearchParams(asked.body ?? ""))).toEqual({
      grant_type: "refresh_token",
      refresh_token: credentials.refreshToken,
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
    });
  });

  const answer = (status: number, body: unknown) =>
    amazonAuth.readRefresh({ status, headers: {}, body: JSON.stringify(body) }, 1000);

  test("live as long as the answer says, counted from now", () => {
    expect(answer(200, { access_token: "Atza|2", token_type: "bearer", expires_in: 3600 })).toEqual(
      {
        ok: true,
        value: { accessToken: "Atza|2", refreshToken: null, expiresAt: 3_601_000 },
      },
    );
  });

  test("that are refused say why, and nothing of what was sent", () => {
    const why = { error: "invalid_grant", error_description: "the token Atzr|refresh is revoked" };
    expect(answer(400, why)).toEqual({
      ok: false,
      error: "Amazon refused the token request with HTTP 400 invalid_grant",
    });
    expect(answer(400, { error: "Atzr|refresh" })).toEqual({
      ok: false,
      error: "Amazon refused the token request with HTTP 400",
    });
    expect(answer(200, {})).toMatchObject({ ok: false });
  });

  test("keep the refresh token, and take a new one if there ever is one", () => {
    const kept = amazonAuth.withTokens(credentials, tokens);
    expect(kept).toEqual(credentials);
    expect(amazonAuth.withTokens(credentials, { ...tokens, refreshToken: "Atzr|2" })).toEqual({
      ...credentials,
      refreshToken: "Atzr|2",
    });
  });

  const denied = (details: string) => ({
    status: 403,
    headers: {},
    body: JSON.stringify({
      errors: [
        { code: "Unauthorized", message: "Access to requested resource is denied.", details },
      ],
    }),
  });

  test("have ended when Amazon says so of the token, not when a right is missing", () => {
    expect(amazonAuth.isExpired(denied("The access token you provided has expired."))).toBe(true);
    expect(
      amazonAuth.isExpired(
        denied("The access token you provided is revoked, malformed or invalid."),
      ),
    ).toBe(true);
    expect(amazonAuth.isExpired(denied(""))).toBe(false);
    expect(amazonAuth.isExpired({ ...denied("The access token you provided"), status: 500 })).toBe(
      false,
    );
    expect(amazonAuth.isExpired({ status: 403, headers: {}, body: "Forbidden" })).toBe(false);
  });
});
