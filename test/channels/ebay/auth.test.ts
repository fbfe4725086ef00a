import { describe, expect, test } from "@jest/globals";
import * as v from "valibot";
import { ebayAuth, ebayConsent } from "../../../src/channels/ebay/auth";
import type { RelayRequest } from "../../../src/channels/http/relay-contract";
import { credentials, tokens } from "./told";

const hosts = ebayAuth.officialHosts(credentials);
const { clientId, clientSecret, ruName, environment } = credentials;
const app = { clientId, clientSecret, ruName, environment };
const request = (path: string, more: Partial<RelayRequest> = {}): RelayRequest => ({
  method: "GET",
  path,
  query: {},
  body: null,
  ...more,
});
const reply = (body: unknown, status = 200) => ({
  status,
  headers: {},
  body: typeof body === "string" ? body : JSON.stringify(body),
});
const formOf = (body: string | null) => Object.fromEntries(new URLSearchParams(body ?? ""));
const scopes =
  "https://api.ebay.com/oauth/api_scope/sell.inventory https://api.ebay.com/oauth/api_scope/sell.fulfillment";
/** As eBay's codes look, decoded. */
const code = "v^1.1#i^1#f^0#r^1#I^3#p^3#t^Ul41Xzc6ODk=";

describe("a request on its way to eBay", () => {
  const filter = "lastmodifieddate:[2026-11-23T10:00:00.000Z..]";
  const out = ebayAuth.authorise(
    request("/sell/fulfillment/v1/order", { query: { filter, limit: "200", offset: "0" } }),
    credentials,
    tokens,
    hosts,
    0,
  );

  test("goes to the official host, with the token in a header and no secret anywhere", () => {
    expect(new URL(out.url).origin).toBe("https://api.ebay.com");
    expect(out.headers).toEqual({
      accept: "application/json",
      authorization: "Bearer v^1.1#access",
    });
    expect(JSON.stringify(out)).not.toMatch(/canary/);
  });

  test("has its filter percent-encoded, brackets and all, and it reads back the same", () => {
    expect(out.url).not.toMatch(/[[\]{}|]/);
    expect(new URL(out.url).searchParams.get("filter")).toBe(filter);
  });

  test("says that its body is JSON, and leaves it as it is", () => {
    const path = "/sell/inventory/v1/bulk_update_price_quantity";
    const body = '{"requests":[]}';
    const post = ebayAuth.authorise(
      request(path, { method: "POST", body }),
      credentials,
      tokens,
      hosts,
      0,
    );
    expect(post.headers["content-type"]).toBe("application/json");
    expect(post.body).toBe(body);
    expect(post.url).toBe(`https://api.ebay.com${path}`);
  });

  test("of a shop in eBay's sandbox goes to the sandbox", () => {
    const own = v.parse(ebayAuth.credentialsSchema, { ...credentials, environment: "sandbox" });
    expect(ebayAuth.officialHosts(own).api).toBe("https://api.sandbox.ebay.com");
    expect(ebayConsent.url(own, "s")).toMatch(/^https:\/\/auth\.sandbox\.ebay\.com\/oauth2\//);
  });
});

describe("what the relay may forward to eBay", () => {
  test.each([
    ["GET", "/sell/fulfillment/v1/order"],
    ["GET", "/sell/fulfillment/v1/order/11-00001-48231/shipping_fulfillment"],
    ["GET", "/sell/fulfillment/v1/order/6498414015!260000000562911/shipping_fulfillment"],
    ["GET", "/sell/inventory/v1/inventory_item"],
    ["GET", "/sell/inventory/v1/inventory_item_group/My%20group"],
    ["GET", "/sell/inventory/v1/offer"],
    ["GET", "/sell/inventory/v1/offer/82094000010"],
    ["POST", "/sell/inventory/v1/bulk_get_inventory_item"],
    ["POST", "/sell/inventory/v1/bulk_update_price_quantity"],
    ["POST", "/sell/inventory/v1/offer/82094000010/publish"],
    ["POST", "/sell/inventory/v1/offer/82094000010/withdraw"],
    ["POST", "/sell/inventory/v1/offer/withdraw_by_inventory_item_group"],
  ] as const)("%s %s: yes", (method, path) =>
    expect(ebayAuth.allows(request(path, { method }))).toBe(true),
  );

  test.each([
    ["DELETE", "/sell/inventory/v1/offer/82094000010"],
    ["PUT", "/sell/inventory/v1/inventory_item/A"],
    ["DELETE", "/sell/inventory/v1/inventory_item/A"],
    ["POST", "/sell/inventory/v1/offer"],
    ["POST", "/sell/inventory/v1/bulk_migrate_listing"],
    ["POST", "/sell/fulfillment/v1/order/1/issue_refund"],
    ["GET", "/sell/fulfillment/v1/order/1/2/shipping_fulfillment"],
    ["GET", "/sell/fulfillment/v1/order/1"],
    ["GET", "/sell/fulfillment/v2/order"],
    ["GET", "/sell/finances/v1/payout"],
    ["POST", "/identity/v1/oauth2/token"],
    ["GET", "/sell/inventory/v1/offer/"],
    ["GET", "/x/sell/inventory/v1/offer"],
  ] as const)("%s %s: no", (method, path) =>
    expect(ebayAuth.allows(request(path, { method }))).toBe(false),
  );
});

describe("eBay's tokens", () => {
  test("are asked for with the keyset in a Basic header and never in the URL", () => {
    const out = ebayAuth.refreshRequest(credentials, null, hosts);
    expect(out).toMatchObject({
      method: "POST",
      url: "https://api.ebay.com/identity/v1/oauth2/token",
    });
    expect(out.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    const [word, pair] = (out.headers["authorization"] ?? "").split(" ");
    expect(word).toBe("Basic");
    expect(Buffer.from(pair ?? "", "base64").toString()).toBe(
      "Shop-Stream-PRD-1:PRD-canary-secret",
    );
    expect(formOf(out.body)).toEqual({
      grant_type: "refresh_token",
      refresh_token: "v^1.1#refresh-canary",
      scope: scopes,
    });
  });

  test("last two hours from now; the refresh token stays what it was", () => {
    const read = ebayAuth.readRefresh(
      reply({ access_token: "A2", expires_in: 7200, token_type: "User Access Token" }),
      1000,
    );
    const renewed = { accessToken: "A2", refreshToken: null, expiresAt: 7_201_000 };
    expect(read).toEqual({ ok: true, value: renewed });
    expect(ebayAuth.withTokens(credentials, renewed)).toEqual(credentials);
  });

  test("a refresh token that comes all the same is the one to keep", () => {
    const kept = ebayAuth.withTokens(credentials, { ...tokens, refreshToken: "v^1.1#newer" });
    expect(kept.refreshToken).toBe("v^1.1#newer");
    expect(v.is(ebayAuth.credentialsSchema, kept)).toBe(true);
  });

  test.each([
    [
      "a refusal",
      reply({ error: "invalid_grant", error_description: "canary" }, 400),
      "invalid_grant",
    ],
    ["a refusal in other words", reply({ error: "v^1.1#canary" }, 400), "HTTP 400"],
    ["no token", reply({ access_token: "canary" }), "does not fit"],
    ["a page of HTML", reply("<html>canary</html>", 502), "HTTP 502"],
  ])("%s renews nothing; the reason repeats nothing secret", (_name, response, says) => {
    const read = ebayAuth.readRefresh(response, 0);
    expect(read).toMatchObject({ ok: false, error: expect.stringContaining(says) });
    expect(JSON.stringify(read)).not.toContain("canary");
  });

  test("401 means expired, 403 does not", () => {
    expect(ebayAuth.isExpired(reply("", 401))).toBe(true);
    expect(ebayAuth.isExpired(reply("", 403))).toBe(false);
    expect(ebayAuth.isExpired(reply({}))).toBe(false);
  });
});

describe("a seller's consent", () => {
  test("is asked for at eBay's own page, for stock and orders alone, without a secret", () => {
    const url = new URL(ebayConsent.url(app, "a state"));
    expect(url.origin + url.pathname).toBe("https://auth.ebay.com/oauth2/authorize");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: app.clientId,
      redirect_uri: app.ruName,
      response_type: "code",
      scope: scopes,
      state: "a state",
    });
    expect(url.href).not.toContain("canary");
  });

  const page = (query: Record<string, string>) =>
    `https://signin.ebay.com/ws/eBayISAPI.dll?ThirdPartyAuthSucessFailure&${new URLSearchParams(query)}`;

  test.each([
    ["the code alone", code],
    ["the code as the address bar has it", encodeURIComponent(code)],
    ["the code with blanks around", `  ${code}\n`],
    ["the whole address", page({ isAuthSuccessful: "true", state: "s", code, expires_in: "299" })],
  ])("%s is understood", (_name, pasted) =>
    expect(ebayConsent.readPasted(pasted, "s")).toEqual({ ok: true, value: code }),
  );

  test.each([
    ["nothing", "", "no_code"],
    ["a sentence", "I have agreed now", "no_code"],
    ["half an escape", "v%5E1.1%2", "no_code"],
    ["an address without a code", page({ state: "s" }), "no_code"],
    ["an address of another consent", page({ state: "other", code }), "other_state"],
    ["an address without a state", page({ code }), "other_state"],
    ["a no", page({ state: "s", error: "access_denied" }), "declined"],
    ["a line that was cut in two", `${code}\n${code}`, "no_code"],
  ])("%s is not: %s", (_name, pasted, fault) =>
    expect(ebayConsent.readPasted(pasted, "s")).toEqual({ ok: false, error: fault }),
  );

  test("is exchanged once for a refresh token, and these are the credentials to keep", () => {
    const out = ebayConsent.exchange(app, code, hosts);
    expect(out.url).toBe("https://api.ebay.com/identity/v1/oauth2/token");
    expect(out.headers["authorization"]).toMatch(/^Basic /);
    expect(formOf(out.body)).toEqual({
      grant_type: "authorization_code",
      code,
      redirect_uri: app.ruName,
    });
    const answer = reply({
      access_token: "A1",
      expires_in: 7200,
      refresh_token: "R1",
      refresh_token_expires_in: 47_304_000,
      token_type: "User Access Token",
    });
    expect(ebayConsent.readExchange(app, answer, 0)).toEqual({
      ok: true,
      value: {
        credentials: { ...app, refreshToken: "R1" },
        tokens: { accessToken: "A1", refreshToken: "R1", expiresAt: 7_200_000 },
      },
    });
  });

  test("that brings no refresh token is none", () => {
    const answer = reply({ access_token: "A1", expires_in: 7200 });
    expect(ebayConsent.readExchange(app, answer, 0).ok).toBe(false);
  });
});
