/** Who may call eBay in the sandbox: tokens, scopes, limits, and a seller's consent. */
import { describe, expect, test } from "@jest/globals";
import { ebayConsent } from "../../src/channels/ebay/auth";
import { ebayCaller, errorOf, get, hosts, INVENTORY, ORDERS, post, tokens } from "./ebay-caller";
import { credentialsOf } from "./ebay-line";
import { START } from "./stand";

const ebay = ebayCaller();

describe("eBay's gate", () => {
  test("lets nobody in without a token, with a strange one, or with one that is over", async () => {
    expect(errorOf(await get(ORDERS, {}, null))).toEqual([401, 1002]);
    expect(errorOf(await get(ORDERS, {}, "v^1.1#t^if.7fffffff.00"))).toEqual([401, 1001]);
    expect(errorOf(await get(ORDERS, {}, ebay.token.replace(/.$/, "x")))).toEqual([401, 1001]);
    expect((await get(ORDERS)).status).toBe(200);
    ebay.stand.pass(7_200_000);
    expect(errorOf(await get(ORDERS))).toEqual([401, 1001]);
  });

  test("keeps a token to what it was given for", async () => {
    const scope = "https://api.ebay.com/oauth/api_scope/sell.fulfillment";
    const narrow = (await tokens({ scope })).body.access_token;
    expect((await get(ORDERS, {}, narrow)).status).toBe(200);
    expect(errorOf(await get(`${INVENTORY}/inventory_item`, {}, narrow))).toEqual([403, 1100]);
  });

  test("renews nothing for a wrong keyset, a wrong token, a scope that nobody gave", async () => {
    const wrong = `Basic ${Buffer.from("a:b").toString("base64")}`;
    expect(errorOf(await tokens({}, wrong))).toEqual([401, "invalid_client"]);
    expect(errorOf(await tokens({ refresh_token: "x" }))).toEqual([400, "invalid_grant"]);
    expect(errorOf(await tokens({ scope: "https://x/sell.finances" }))).toEqual([
      400,
      "invalid_scope",
    ]);
    expect(errorOf(await tokens({ grant_type: "password" }))).toEqual([
      400,
      "unsupported_grant_type",
    ]);
  });

  test("says 429 in its own form, and not for how long", async () => {
    await ebay.reopen({ burst: 2, perSecond: 1 });
    await get(ORDERS);
    await get(ORDERS);
    const third = await get(ORDERS);
    expect(errorOf(third)).toEqual([429, 2001]);
    expect(third.headers.get("retry-after")).toBeNull();
    ebay.stand.pass(1000);
    expect((await get(ORDERS)).status).toBe(200);
  });

  test("has no other paths", async () => {
    expect((await get("/sell/finances/v1/payout")).status).toBe(404);
    expect(
      (await post(`${INVENTORY}/bulk_get_inventory_item`, { requests: [] }, "text/plain")).status,
    ).toBe(415);
  });
});

describe("a seller's consent", () => {
  const given = async () =>
    (await ebay.stand.control("/consent", { channel: "ebay" })).body.code as string;
  const app = () => credentialsOf(ebay.stand);
  const exchange = async (code: string, more: Record<string, string> = {}) => {
    const { headers, body } = ebayConsent.exchange(app(), code, hosts());
    const form = { ...Object.fromEntries(new URLSearchParams(body ?? "")), ...more };
    return ebay.stand.call("/identity/v1/oauth2/token", {
      method: "POST",
      headers: { authorization: headers["authorization"] ?? "" },
      body: new URLSearchParams(form),
    });
  };

  test("opens once, as it is pasted out of the address bar, and its refresh token works", async () => {
    const code = await given();
    const page = `https://signin.ebay.com/x?state=s&code=${encodeURIComponent(code)}&expires_in=299`;
    const pasted = ebayConsent.readPasted(page, "s");
    expect(pasted).toEqual({ ok: true, value: code });
    const answer = await exchange(code);
    const read = ebayConsent.readExchange(
      app(),
      { status: answer.status, headers: {}, body: JSON.stringify(answer.body) },
      START,
    );
    expect(read).toMatchObject({ ok: true, value: { tokens: { expiresAt: START + 7_200_000 } } });
    const refresh = read.ok ? read.value.credentials.refreshToken : "";
    expect((await tokens({ refresh_token: refresh })).status).toBe(200);
    expect(errorOf(await exchange(code))).toEqual([400, "invalid_grant"]);
  });

  test("is worth nothing after five minutes, or with another redirect name", async () => {
    const late = await given();
    ebay.stand.pass(299_000);
    expect(errorOf(await exchange(late))).toEqual([400, "invalid_grant"]);
    expect(errorOf(await exchange(await given(), { redirect_uri: "another" }))).toEqual([
      400,
      "invalid_grant",
    ]);
  });
});
