import { describe, expect, test } from "@jest/globals";
import * as v from "valibot";
import { isShopScoped, sign, tiktokAuth } from "../../../src/channels/tiktok/auth";
import type { RelayRequest } from "../../../src/channels/http/relay-contract";
import { describeAgainstSpecs, readSpec } from "../../support/reference-specs";

const credentials = {
  appKey: "29a39d",
  appSecret: "e59af819cc",
  accessToken: "TTP_access",
  refreshToken: "TTP_refresh",
  accessTokenExpiresAt: 1_660_556_783,
  shopCipher: "GCP_XF90igAAAABh00qsWgtvOiGFNqyubMt3",
};
const hosts = tiktokAuth.officialHosts(credentials);
const tokens = { accessToken: "TTP_access", refreshToken: "TTP_refresh", expiresAt: 1 };
const request = (path: string, more: Partial<RelayRequest> = {}): RelayRequest => ({
  method: "POST",
  path,
  query: {},
  body: null,
  ...more,
});

interface Vector {
  readonly app_secret: string;
  readonly method: RelayRequest["method"];
  readonly path: string;
  readonly query: Record<string, string>;
  readonly body: string;
  readonly sign: string;
}

describeAgainstSpecs("the signature against the published vectors", () => {
  const { vectors } = readSpec("tiktok/sign_vectors.json") as { vectors: Vector[] };

  test("there are vectors", () => expect(vectors.length).toBeGreaterThanOrEqual(5));

  test.each(vectors)("$method $path is signed as published", (vector) => {
    const { app_secret: appSecret, path, query, body } = vector;
    expect(sign({ appSecret, path, query, body })).toBe(vector.sign);
  });

  test.each(vectors)("$method $path: sign, access_token and order change nothing", (vector) => {
    const { app_secret: appSecret, path, body } = vector;
    const shuffled = Object.fromEntries(Object.entries(vector.query).reverse());
    const query = { sign: "x", ...shuffled, access_token: "y" };
    expect(sign({ appSecret, path, query, body })).toBe(vector.sign);
  });

  const whole = vectors.filter(({ query }) => query["app_key"] === credentials.appKey);
  test.each(whole)("$path, authorised as a whole, carries that signature", (vector) => {
    const { method, path, query, body } = vector;
    const asked = request(path, { method, query, body: body === "" ? null : body });
    const out = tiktokAuth.authorise(asked, credentials, tokens, hosts, 1_623_812_664_999);
    expect(new URL(out.url).searchParams.get("sign")).toBe(vector.sign);
  });
});

describe("a request on its way to TikTok", () => {
  const pageToken = "6AsPQ/M1kHYcZ+7D1u=";
  const out = tiktokAuth.authorise(
    request("/order/202309/orders/search", {
      query: { page_size: "100", page_token: pageToken, app_key: "other", sign: "old" },
      body: '{"update_time_ge":1}',
    }),
    credentials,
    tokens,
    hosts,
    1_623_812_664_000,
  );
  const url = new URL(out.url);

  test("goes to the official host and no other", () =>
    expect(url.origin).toBe("https://open-api.tiktokglobalshop.com"));

  test("carries key, shop and time in seconds; what the page said of them is dropped", () => {
    expect(url.searchParams.getAll("app_key")).toEqual(["29a39d"]);
    expect(url.searchParams.get("shop_cipher")).toBe(credentials.shopCipher);
    expect(url.searchParams.get("timestamp")).toBe("1623812664");
    expect(url.searchParams.getAll("sign")).toHaveLength(1);
    expect(url.searchParams.get("sign")).toMatch(/^[0-9a-f]{64}$/);
  });

  test("sends a page token percent-encoded that reads back the same", () => {
    expect(out.url).toContain("page_token=6AsPQ%2FM1kHYcZ%2B7D1u%3D");
    expect(url.searchParams.get("page_token")).toBe(pageToken);
  });

  test("has the token in a header, the body untouched, and the secret nowhere", () => {
    expect(out.headers).toEqual({
      "content-type": "application/json",
      "x-tts-access-token": "TTP_access",
    });
    expect(out.body).toBe('{"update_time_ge":1}');
    expect(JSON.stringify(out)).not.toContain(credentials.appSecret);
  });

  test.each([
    ["/order/202309/orders/search", true],
    ["/product/202309/products/1/inventory/update", true],
    ["/logistics/202309/warehouses", true],
    ["/authorization/202309/shops", false],
    ["/seller/202309/shops", false],
    ["/product/202309/images/upload", false],
    ["/product/202309/global_products/search", false],
  ])("%s: shop_cipher %s", (path, scoped) => expect(isShopScoped(path)).toBe(scoped));

  test("a multipart body is not signed", () => {
    const base = { appSecret: "s", path: "/p", query: {} };
    const contentType = "multipart/form-data; boundary=x";
    expect(sign({ ...base, body: "whatever", contentType })).toBe(sign({ ...base, body: "" }));
  });
});

describe("what the relay may forward to TikTok", () => {
  test.each([
    ["POST", "/order/202309/orders/search"],
    ["POST", "/product/202309/inventory/search"],
    ["POST", "/product/202309/products/1729592969712207008/inventory/update"],
    ["POST", "/product/202309/products/deactivate"],
    ["POST", "/product/202309/products/activate"],
    ["POST", "/product/202502/products/search"],
    ["GET", "/product/202309/products/1729592969712207008"],
    ["GET", "/logistics/202309/warehouses"],
    ["GET", "/authorization/202309/shops"],
  ] as const)("%s %s: yes", (method, path) =>
    expect(tiktokAuth.allows(request(path, { method }))).toBe(true),
  );

  test.each([
    ["GET", "/order/202309/orders/search"],
    ["GET", "/order/202309/orders"],
    ["DELETE", "/product/202309/products/1729592969712207008"],
    ["POST", "/product/202309/products/1729592969712207008"],
    ["GET", "/product/202309/products/search"],
    ["POST", "/product/202309/products/search"],
    ["POST", "/product/202309/products/1/prices/update"],
    ["POST", "/product/209909/inventory/search"],
    ["DELETE", "/product/202309/products"],
    ["POST", "/product/202309/products/../inventory/update"],
    ["POST", "/product/202309/products/1%2f2/inventory/update"],
    ["POST", "/finance/202309/withdrawals"],
    ["GET", "/api/v2/token/get"],
    ["POST", "/order/202309/orders/search/"],
  ] as const)("%s %s: no", (method, path) =>
    expect(tiktokAuth.allows(request(path, { method }))).toBe(false),
  );
});

describe("TikTok's tokens", () => {
  const reply = (data: unknown, code = 0) => ({
    status: 200,
    headers: {},
    body: JSON.stringify({ code, message: "m", data }),
  });

  test("are asked for at the token host, with the newest refresh token", () => {
    const out = tiktokAuth.refreshRequest(
      credentials,
      { ...tokens, refreshToken: "TTP_newest" },
      hosts,
    );
    const url = new URL(out.url);
    expect(out.method).toBe("GET");
    expect(url.origin + url.pathname).toBe("https://auth.tiktok-shops.com/api/v2/token/refresh");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      app_key: "29a39d",
      app_secret: "e59af819cc",
      refresh_token: "TTP_newest",
      grant_type: "refresh_token",
    });
  });

  test("end at the instant that TikTok names, and the new refresh token is the one to keep", () => {
    const read = tiktokAuth.readRefresh(
      reply({
        access_token: "A2",
        access_token_expire_in: 1_700_000_000,
        refresh_token: "R2",
        refresh_token_expire_in: 1_800_000_000,
      }),
      0,
    );
    const renewed = { accessToken: "A2", refreshToken: "R2", expiresAt: 1_700_000_000_000 };
    expect(read).toEqual({ ok: true, value: renewed });
    const kept = tiktokAuth.withTokens(credentials, renewed);
    expect(tiktokAuth.tokensOf(kept)).toEqual(renewed);
    expect(v.is(tiktokAuth.credentialsSchema, kept)).toBe(true);
  });

  test.each([
    ["a refusal", reply(undefined, 36004004)],
    ["no token", reply({ access_token: "A2" })],
    ["a page of HTML", { status: 502, headers: {}, body: "<html>TTP_secret</html>" }],
  ])("%s renews nothing, and the reason repeats nothing of it", (_name, response) => {
    const read = tiktokAuth.readRefresh(response, 0);
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).not.toContain("TTP_secret");
  });

  test("105002 means expired; a wrong signature, a success and noise do not", () => {
    expect(tiktokAuth.isExpired(reply(undefined, 105002))).toBe(true);
    expect(tiktokAuth.isExpired(reply(undefined, 106001))).toBe(false);
    expect(tiktokAuth.isExpired(reply({}))).toBe(false);
    expect(tiktokAuth.isExpired({ status: 500, headers: {}, body: "105002" })).toBe(false);
  });
});

describeAgainstSpecs("TikTok's token answer against the official sample", () => {
  test("reads", () => {
    const sample = readSpec("tiktok/official_response_samples.json");
    const body = JSON.stringify(sample["GET auth.tiktok-shops.com/api/v2/token/get"]);
    const read = tiktokAuth.readRefresh({ status: 200, headers: {}, body }, 0);
    expect(read).toMatchObject({ ok: true, value: { expiresAt: 1_660_556_783_000 } });
  });
});
