/**
 * How TikTok Shop's Open API is called: signature, token and its renewal (channels.md 1.1).
 * Node only; used by the companion's relay.
 */
import { createHmac } from "node:crypto";
import * as v from "valibot";
import { err, ok } from "../../base/result";
import type { ChannelAuth, ChannelTokens, OutgoingRequest } from "../http/channel-auth";
import { readJson } from "../http/json";
import type { RelayRequest } from "../http/relay-contract";
import { tokenResponseV2, tiktokReplyV202309 } from "./wire";

const TIKTOK_API_ORIGIN = "https://open-api.tiktokglobalshop.com";
const TIKTOK_AUTH_ORIGIN = "https://auth.tiktok-shops.com";

/** "Expired credentials" (channels.md 1.9). */
const TIKTOK_CODE_TOKEN_EXPIRED = 105002;

const secret = v.pipe(v.string(), v.minLength(1), v.maxLength(4000));

const tiktokCredentialsSchema = v.object({
  appKey: secret,
  appSecret: secret,
  accessToken: secret,
  refreshToken: secret,
  /** Unix seconds, absolute: TikTok gives the instant, not a duration. */
  accessTokenExpiresAt: v.pipe(v.number(), v.integer(), v.minValue(0)),
  shopCipher: secret,
});
export type TikTokCredentials = v.InferOutput<typeof tiktokCredentialsSchema>;

export interface SignInput {
  readonly appSecret: string;
  readonly path: string;
  /** Decoded values, as they stand before percent-encoding. */
  readonly query: Readonly<Record<string, string>>;
  /** Byte for byte what is sent; empty for none. */
  readonly body: string;
  /** Multipart bodies are left out of the signature. */
  readonly contentType?: string;
}

/** Lower-case hex HMAC-SHA256 over secret + path + sorted query + body + secret. */
export function sign(input: SignInput): string {
  const query = Object.entries(input.query)
    .filter(([key]) => key !== "sign" && key !== "access_token")
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, value]) => key + value)
    .join("");
  const multipart = input.contentType?.toLowerCase().startsWith("multipart/form-data") ?? false;
  const base =
    input.appSecret + input.path + query + (multipart ? "" : input.body) + input.appSecret;
  return createHmac("sha256", input.appSecret).update(base, "utf8").digest("hex");
}

/**
 * Whether the call wants `shop_cipher`. Sent to an endpoint outside a shop it is refused with
 * 36009004, left out of one inside it is refused with 106013.
 */
export function isShopScoped(path: string): boolean {
  if (!/^\/(order|product|logistics|event|fulfillment)\//.test(path)) return false;
  return !/\/(images|files)\/upload$|\/compliance\/|\/global_/.test(path);
}

/** Method and path of everything the product asks of TikTok; the version is part of the path. */
const allowed: readonly (readonly [string, RegExp])[] = [
  ["GET", /^\/authorization\/\d{6}\/shops$/],
  ["GET", /^\/logistics\/\d{6}\/warehouses$/],
  ["POST", /^\/product\/\d{6}\/inventory\/search$/],
  ["POST", /^\/product\/\d{6}\/products\/search$/],
  ["POST", /^\/product\/\d{6}\/products\/\d{1,20}\/inventory\/update$/],
  ["POST", /^\/product\/\d{6}\/products\/(activate|deactivate)$/],
  ["POST", /^\/order\/\d{6}\/orders\/search$/],
  ["GET", /^\/order\/\d{6}\/orders$/],
];

/** Ours to set; the page's own values for these are dropped. */
const ownQuery = new Set([
  "app_key",
  "app_secret",
  "timestamp",
  "sign",
  "shop_cipher",
  "access_token",
]);

function encodeQuery(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
    .join("&");
}

function authorise(
  request: RelayRequest,
  credentials: TikTokCredentials,
  tokens: ChannelTokens,
  hosts: { readonly api: string },
  nowMs: number,
): OutgoingRequest {
  const asked = Object.entries(request.query).filter(([key]) => !ownQuery.has(key));
  const query: Record<string, string> = {
    ...Object.fromEntries(asked),
    app_key: credentials.appKey,
    timestamp: String(Math.floor(nowMs / 1000)),
    ...(isShopScoped(request.path) ? { shop_cipher: credentials.shopCipher } : {}),
  };
  const signature = sign({
    appSecret: credentials.appSecret,
    path: request.path,
    query,
    body: request.body ?? "",
  });
  return {
    method: request.method,
    url: `${hosts.api}${request.path}?${encodeQuery({ ...query, sign: signature })}`,
    headers: { "content-type": "application/json", "x-tts-access-token": tokens.accessToken },
    body: request.body,
  };
}

export const tiktokAuth: ChannelAuth<TikTokCredentials> = {
  credentialsSchema: tiktokCredentialsSchema,
  officialHosts: () => ({ api: TIKTOK_API_ORIGIN, auth: TIKTOK_AUTH_ORIGIN }),
  tokensOf: (credentials) => ({
    accessToken: credentials.accessToken,
    refreshToken: credentials.refreshToken,
    expiresAt: credentials.accessTokenExpiresAt * 1000,
  }),
  withTokens: (credentials, tokens) => ({
    ...credentials,
    accessToken: tokens.accessToken,
    refreshToken: tokens.refreshToken ?? credentials.refreshToken,
    accessTokenExpiresAt: Math.floor(tokens.expiresAt / 1000),
  }),
  allows: (request) =>
    allowed.some(([method, path]) => method === request.method && path.test(request.path)),
  authorise,
  refreshRequest: (credentials, tokens, hosts) => ({
    method: "GET",
    url: `${hosts.auth}/api/v2/token/refresh?${encodeQuery({
      app_key: credentials.appKey,
      app_secret: credentials.appSecret,
      refresh_token: tokens?.refreshToken ?? credentials.refreshToken,
      grant_type: "refresh_token",
    })}`,
    headers: {},
    body: null,
  }),
  readRefresh: (response) => {
    const reply = readJson(response.body, tokenResponseV2);
    if (!reply.ok) return err(`TikTok's answer to a token refresh does not fit: ${reply.error}`);
    const { code, data } = reply.value;
    if (code !== 0 || data === undefined) {
      return err(`TikTok refused the token refresh with code ${code}`);
    }
    return ok({
      accessToken: data.access_token,
      refreshToken: data.refresh_token,
      expiresAt: data.access_token_expire_in * 1000,
    });
  },
  isExpired: (response) => {
    const reply = readJson(response.body, tiktokReplyV202309);
    return reply.ok && reply.value.code === TIKTOK_CODE_TOKEN_EXPIRED;
  },
};
