/**
 * How a seller's consent becomes a token of TikTok Shop, and which shop it opens (channels.md 1.1).
 * TikTok sends her back to the redirect address of the app, which is fixed in Partner Center; she
 * pastes that page's address or the code in it. Node only; used by the companion.
 */
import * as v from "valibot";
import { err, ok } from "../../base/result";
import type { ChannelConsent } from "../http/channel-auth";
import { readJson } from "../http/json";
import { tiktokAuth, type TikTokCredentials } from "./auth";
import { tiktokReplyWith, tokenResponseV2 } from "./wire";

const CONSENT_PAGE = "https://services.us.tiktokshop.com/open/authorize";

const secret = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4000));

const tiktokAppSchema = v.object({
  appKey: secret,
  appSecret: secret,
  /** The number of the service in Partner Center; the consent page is found by it. */
  serviceId: v.pipe(v.string(), v.trim(), v.regex(/^\d{1,25}$/)),
});
type TikTokApp = v.InferOutput<typeof tiktokAppSchema>;

const shopsReply = tiktokReplyWith(
  v.object({
    shops: v.array(
      v.object({
        cipher: v.pipe(v.string(), v.minLength(1)),
        name: v.optional(v.string(), ""),
        region: v.optional(v.string(), ""),
      }),
    ),
  }),
);

/** Until the shop is asked for, the credentials name none. */
const NO_SHOP_YET = "-";

const query = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields).toString();

export const tiktokConsent: ChannelConsent<TikTokApp, TikTokCredentials> = {
  appSchema: tiktokAppSchema,
  url: (app, state) => `${CONSENT_PAGE}?${query({ service_id: app.serviceId, state })}`,
  readPasted: (pasted, state) => {
    const text = pasted.trim();
    if (!/^https:\/\//i.test(text)) {
      return /^[\w.~+/=-]{10,1000}$/.test(text) ? ok(text) : err("no_code");
    }
    if (!URL.canParse(text)) return err("no_code");
    const told = new URL(text).searchParams;
    if (told.get("error") !== null) return err("declined");
    // Another consent's address, or one that somebody else made for her to paste.
    if (told.get("state") !== state) return err("other_state");
    const code = told.get("code") ?? told.get("auth_code") ?? "";
    return code === "" ? err("no_code") : ok(code);
  },
  exchange: (app, code, hosts) => ({
    method: "GET",
    url: `${hosts.auth}/api/v2/token/get?${query({
      app_key: app.appKey,
      app_secret: app.appSecret,
      auth_code: code,
      grant_type: "authorized_code",
    })}`,
    headers: {},
    body: null,
  }),
  readExchange: (app, response) => {
    const reply = readJson(response.body, tokenResponseV2);
    if (!reply.ok) return err(`TikTok's answer to a code does not fit: ${reply.error}`);
    const { code, data } = reply.value;
    if (code !== 0 || data === undefined) return err(`TikTok refused the code with ${code}`);
    const credentials: TikTokCredentials = {
      appKey: app.appKey,
      appSecret: app.appSecret,
      accessToken: data.access_token,
      refreshToken: data.refresh_token,
      accessTokenExpiresAt: data.access_token_expire_in,
      shopCipher: NO_SHOP_YET,
    };
    const tokens = {
      accessToken: data.access_token,
      refreshToken: data.refresh_token,
      expiresAt: data.access_token_expire_in * 1000,
    };
    return ok({ credentials, tokens });
  },
  complete: {
    request: (credentials, tokens, hosts, nowMs) =>
      tiktokAuth.authorise(
        { method: "GET", path: "/authorization/202309/shops", query: {}, body: null },
        credentials,
        tokens,
        hosts,
        nowMs,
      ),
    read: (credentials, response) => {
      const reply = readJson(response.body, shopsReply);
      if (!reply.ok) return err(`TikTok's list of shops does not fit: ${reply.error}`);
      const { shops } = reply.value.data;
      const shop = shops.find(({ region }) => region === "US") ?? shops[0];
      if (shop === undefined) return err("TikTok opened no shop to these keys");
      return ok({ credentials: { ...credentials, shopCipher: shop.cipher }, shop: shop.name });
    },
  },
};
