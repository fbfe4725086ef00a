/**
 * How TikTok Shop's Open API is called: signature, token and its renewal (channels.md 1.1).
 * Node only; used by the companion's relay.
 */
import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
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

let lastKey: { readonly secret: string; readonly key: KeyObject } | null = null;

/** A text would be made into a key anew for each call, a third of what signing costs; a shop has one. */
function keyOf(secret: string): KeyObject {
  if (lastKey?.secret !== secret) lastKey = { secret, key: createSecretKey(secret, "utf8") };
  return lastKey.key;
}

/** Lower-case hex HMAC-SHA256 over secret + path + sorted query + body + secret. */
export function sign({ appSecret, path, query, body, contentType }: SignInput): string {
  let base = appSecret + path;
  for (const name of Object.keys(query).sort()) {
    if (name !== "sign" && name !== "access_token") base += name + (query[name] ?? "");
  }
  const multipart = contentType?.toLowerCase().startsWith("multipart/form-data") ?? false;
  if (!multipart) base += body;
  return createHmac("sha256", keyOf(appSecret))
    .update(base + appSecret, "utf8")
    .digest("hex");
}

/**
 * Whether the call wants `shop_cipher`. Sent to an endpoint outside a shop it is refused with
 * 36009004, left out of one inside it is refused with 106013.
 */
export function isShopScoped(path: string): boolean {
  if (!/^\/(order|product|logistics|event|fulfillment)\//.test(path)) return false;
  return !/\/(images|files)\/upload$|\/compliance\/|\/global_/.test(path);
}

/**
 * Method and path of everything the adapter asks of TikTok, and nothing else. The version is part of
 * the path: each endpoint has its own, and another version is another contract.
 */
const allowed: readonly (readonly [string, RegExp])[] = [
  ["GET", /^\/authorization\/202309\/shops$/],
  ["GET", /^\/logistics\/202309\/warehouses$/],
  ["POST", /^\/product\/202309\/inventory\/search$/],
  ["POST", /^\/product\/202502\/products\/search$/],
  ["GET", /^\/product\/202309\/products\/\d{1,20}$/],
  ["POST", /^\/product\/202309\/products\/\d{1,20}\/inventory\/update$/],
  ["POST", /^\/product\/202309\/products\/(activate|deactivate)$/],
  ["POST", /^\/order\/202309\/orders\/search$/],
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

// Loops, not chains of lists: this and `sign` are most of what a call costs before it is sent.
function encodeQuery(query: Readonly<Record<string, string>>): string {
  let text = "";
  for (const [name, value] of Object.entries(query)) {
    text += `${text === "" ? "" : "&"}${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  }
  return text;
}

function authorise(
  request: RelayRequest,
  credentials: TikTokCredentials,
  tokens: ChannelTokens,
  hosts: { readonly api: string },
  nowMs: number,
): OutgoingRequest {
  const query: Record<string, string> = {
    app_key: credentials.appKey,
    timestamp: String(Math.floor(nowMs / 1000)),
  };
  if (isShopScoped(request.path)) query["shop_cipher"] = credentials.shopCipher;
  for (const [name, value] of Object.entries(request.query)) {
    if (!ownQuery.has(name)) query[name] = value;
  }
  const signature = sign({
    appSecret: credentials.appSecret,
    path: request.path,
    query,
    body: request.body ?? "",
  });
  return {
    method: request.method,
    url: `${hosts.api}${request.path}?${encodeQuery(query)}&sign=${signature}`,
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
    // Nearly no answer is one of these, and reading each as JSON would cost more than the rest.
    if (!response.body.includes(String(TIKTOK_CODE_TOKEN_EXPIRED))) return false;
    const reply = readJson(response.body, tiktokReplyV202309);
    return reply.ok && reply.value.code === TIKTOK_CODE_TOKEN_EXPIRED;
  },
};
