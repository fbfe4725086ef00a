import { describe, expect, test } from "@jest/globals";
import * as v from "valibot";
import { shopifyAuth } from "../../../src/channels/shopify/auth";
import { connectionDocument, documents } from "../../../src/channels/shopify/documents";
import type { RelayRequest } from "../../../src/channels/http/relay-contract";

const credentials = { shop: "my-shop", clientId: "id", clientSecret: "s&cret=" };
const hosts = shopifyAuth.officialHosts(credentials);
const path = "/admin/api/2026-10/graphql.json";
const request = (more: Partial<RelayRequest> = {}): RelayRequest => ({
  method: "POST",
  path,
  query: {},
  body: JSON.stringify({ query: connectionDocument, variables: {} }),
  ...more,
});

describe("a shop's host", () => {
  test.each([
    ["my-shop", "my-shop"],
    [" My-Shop.myshopify.com ", "my-shop.myshopify.com"],
  ])("%j is a shop", (shop, read) =>
    expect(v.parse(shopifyAuth.credentialsSchema, { ...credentials, shop }).shop).toBe(read),
  );

  test.each(["", "evil.com", "a.myshopify.com.evil.com", "a/b", "a@b", "a:8080", "my.shop", "-a"])(
    "%j is none",
    (shop) => expect(v.is(shopifyAuth.credentialsSchema, { ...credentials, shop })).toBe(false),
  );

  test("is the same with and without the ending, for calls and for tokens", () => {
    expect(hosts).toEqual({
      api: "https://my-shop.myshopify.com",
      auth: "https://my-shop.myshopify.com",
    });
    expect(shopifyAuth.officialHosts({ ...credentials, shop: "my-shop.myshopify.com" })).toEqual(
      hosts,
    );
  });
});

describe("a request on its way to Shopify", () => {
  test("has the token in its header and the body untouched", () => {
    const tokens = { accessToken: "shpat_1", refreshToken: null, expiresAt: 1 };
    const out = shopifyAuth.authorise(request(), credentials, tokens, hosts, 0);
    expect(out).toEqual({
      method: "POST",
      url: `https://my-shop.myshopify.com${path}`,
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        "x-shopify-access-token": "shpat_1",
      },
      body: request().body,
    });
  });

  test("may ask what the adapter asks, and no other GraphQL", () => {
    const asking = (query: string, more: object = { variables: {} }) =>
      shopifyAuth.allows(request({ body: JSON.stringify({ query, ...more }) }));
    expect(documents.size).toBeGreaterThanOrEqual(11);
    for (const document of documents)
      expect([document, asking(document)]).toEqual([document, true]);
    expect(asking("{ shop { name } }")).toBe(false);
    expect(asking("mutation { productDelete(input: { id: 1 }) { deletedProductId } }")).toBe(false);
    expect(asking(`${connectionDocument} `)).toBe(false);
    expect(asking(connectionDocument, {})).toBe(false);
    expect(asking(connectionDocument, { variables: {}, operationName: "x" })).toBe(false);
    const good = JSON.stringify({ query: connectionDocument, variables: {} });
    // Read by one as the last of the two, by another as the first.
    const twice = `{"query":"mutation { x }",${good.slice(1)}`;
    expect(shopifyAuth.allows(request({ body: twice }))).toBe(false);
    for (const body of [null, "", "[]", "{", `[${good}]`, ` ${good}`]) {
      expect([body, shopifyAuth.allows(request({ body }))]).toEqual([body, false]);
    }
  });

  test("may go to one path of one version and nowhere else", () => {
    expect(shopifyAuth.allows(request())).toBe(true);
    expect(shopifyAuth.allows(request({ method: "GET" }))).toBe(false);
    expect(shopifyAuth.allows(request({ path: "/admin/api/2026-10/orders.json" }))).toBe(false);
    expect(shopifyAuth.allows(request({ path: "/admin/oauth/access_token" }))).toBe(false);
    expect(shopifyAuth.allows(request({ path: `${path}/..` }))).toBe(false);
    expect(shopifyAuth.allows(request({ path: path.replace("2026-10", "2024-01") }))).toBe(false);
    expect(shopifyAuth.allows(request({ query: { a: "b" } }))).toBe(false);
  });
});

describe("Shopify's token", () => {
  test("is asked for with a form of the client's credentials, encoded", () => {
    const out = shopifyAuth.refreshRequest(credentials, null, hosts);
    expect([out.method, out.url]).toEqual([
      "POST",
      "https://my-shop.myshopify.com/admin/oauth/access_token",
    ]);
    expect(out.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(Object.fromEntries(new URLSearchParams(out.body ?? ""))).toEqual({
      grant_type: "client_credentials",
      client_id: "id",
      client_secret: "s&cret=",
    });
  });

  test("lives as long from now as the answer says", () => {
    const body = '{"access_token":"shpat_1","scope":"read_orders","expires_in":86399}';
    expect(shopifyAuth.readRefresh({ status: 200, headers: {}, body }, 1000)).toEqual({
      ok: true,
      value: { accessToken: "shpat_1", refreshToken: null, expiresAt: 86_400_000 },
    });
  });

  test.each([
    [400, '{"error":"invalid_client","hint":"s&cret="}'],
    [200, "{}"],
    [200, "<html>"],
  ])("HTTP %s %s is no token, and the reason holds no secret", (status, body) => {
    const read = shopifyAuth.readRefresh({ status, headers: {}, body }, 0);
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).not.toContain("s&cret");
  });

  test("has expired when the shop answers 401", () => {
    expect(shopifyAuth.isExpired({ status: 401, headers: {}, body: "" })).toBe(true);
    expect(shopifyAuth.isExpired({ status: 403, headers: {}, body: "" })).toBe(false);
  });
});
