/**
 * How eBay's Sell APIs are called, and how a seller's consent becomes a token (channels.md 4.1).
 * Node only; used by the companion.
 *
 * eBay sends the seller back to a public HTTPS page that belongs to the keyset (its RuName), never to
 * this machine: she copies the address of that page, or the code in it, and pastes it.
 */
import * as v from "valibot";
import { err, ok, type Result } from "../../base/result";
import type {
  ChannelAuth,
  ChannelConsent,
  ChannelTokens,
  OutgoingRequest,
} from "../http/channel-auth";
import { readJson } from "../http/json";
import type { RelayResponse } from "../http/relay-contract";
import { tokenErrorV1, tokenReplyV1 } from "./wire";

const TOKEN_PATH = "/identity/v1/oauth2/token";
const SCOPE = "https://api.ebay.com/oauth/api_scope";

/** Stock and orders, nothing else. The names are the same in eBay's sandbox. */
export const ebayScopes = [`${SCOPE}/sell.inventory`, `${SCOPE}/sell.fulfillment`] as const;

const secret = v.pipe(v.string(), v.minLength(1), v.maxLength(8000));

const ebayAppSchema = v.object({
  /** "App ID" and "Cert ID" of the keyset. */
  clientId: secret,
  clientSecret: secret,
  /** The name that eBay gave to the keyset's redirect address; not the address itself. */
  ruName: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  environment: v.optional(v.picklist(["production", "sandbox"]), "production"),
});
export type EbayApp = v.InferOutput<typeof ebayAppSchema>;

const ebayCredentialsSchema = v.object({
  ...ebayAppSchema.entries,
  /** Eighteen months; eBay is not known to rotate it. */
  refreshToken: secret,
});
export type EbayCredentials = v.InferOutput<typeof ebayCredentialsSchema>;

function host(name: "api" | "auth", { environment }: EbayApp): string {
  return environment === "sandbox"
    ? `https://${name}.sandbox.ebay.com`
    : `https://${name}.ebay.com`;
}

const segment = "[^/]{1,200}";
const inventory = "/sell/inventory/v1";

/** Method and path of everything the product asks of eBay, and no other version of it. */
const allowed: readonly (readonly [string, RegExp])[] = [
  ["GET", /^\/sell\/fulfillment\/v1\/order$/],
  ["GET", new RegExp(`^/sell/fulfillment/v1/order/${segment}/shipping_fulfillment$`)],
  ["GET", new RegExp(`^${inventory}/inventory_item$`)],
  ["GET", new RegExp(`^${inventory}/inventory_item_group/${segment}$`)],
  ["POST", new RegExp(`^${inventory}/bulk_get_inventory_item$`)],
  ["POST", new RegExp(`^${inventory}/bulk_update_price_quantity$`)],
  ["GET", new RegExp(`^${inventory}/offer$`)],
  ["GET", new RegExp(`^${inventory}/offer/[0-9]{1,40}$`)],
  ["POST", new RegExp(`^${inventory}/offer/[0-9]{1,40}/(publish|withdraw)$`)],
  ["POST", new RegExp(`^${inventory}/offer/(publish|withdraw)_by_inventory_item_group$`)],
];

/** Of a form with "%20" for a space, as eBay's own examples have it. */
function encoded(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
    .join("&");
}

function tokenRequest(
  app: EbayApp,
  origin: string,
  form: Readonly<Record<string, string>>,
): OutgoingRequest {
  const pair = Buffer.from(`${app.clientId}:${app.clientSecret}`, "utf8").toString("base64");
  return {
    method: "POST",
    url: `${origin}${TOKEN_PATH}`,
    headers: {
      authorization: `Basic ${pair}`,
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
    },
    body: encoded(form),
  };
}

function readTokens(response: RelayResponse, nowMs: number): Result<ChannelTokens, string> {
  if (response.status !== 200) {
    const told = readJson(response.body, tokenErrorV1);
    const word = told.ok ? ` (${told.value.error})` : "";
    return err(`eBay refused the token request with HTTP ${response.status}${word}`);
  }
  const reply = readJson(response.body, tokenReplyV1);
  if (!reply.ok) return err(`eBay's answer to a token request does not fit: ${reply.error}`);
  return ok({
    accessToken: reply.value.access_token,
    refreshToken: reply.value.refresh_token ?? null,
    expiresAt: nowMs + reply.value.expires_in * 1000,
  });
}

export const ebayAuth: ChannelAuth<EbayCredentials> = {
  credentialsSchema: ebayCredentialsSchema,
  officialHosts: (credentials) => {
    const origin = host("api", credentials);
    return { api: origin, auth: origin };
  },
  tokensOf: () => null,
  withTokens: (credentials, tokens) => ({
    ...credentials,
    refreshToken: tokens.refreshToken ?? credentials.refreshToken,
  }),
  allows: (request) =>
    allowed.some(([method, path]) => method === request.method && path.test(request.path)),
  authorise: (request, _credentials, tokens, hosts) => {
    const query = encoded(request.query);
    return {
      method: request.method,
      url: `${hosts.api}${request.path}${query === "" ? "" : `?${query}`}`,
      headers: {
        accept: "application/json",
        authorization: `Bearer ${tokens.accessToken}`,
        ...(request.body === null ? {} : { "content-type": "application/json" }),
      },
      body: request.body,
    };
  },
  refreshRequest: (credentials, _tokens, hosts) =>
    tokenRequest(credentials, hosts.auth, {
      grant_type: "refresh_token",
      refresh_token: credentials.refreshToken,
      scope: ebayScopes.join(" "),
    }),
  readRefresh: readTokens,
  isExpired: (response) => response.status === 401,
};

function codeIn(text: string): Result<string, "no_code"> {
  return /^[!-~]{10,4000}$/.test(text) ? ok(text) : err("no_code");
}

/** Copied out of the address bar a code is percent-encoded; as eBay spells it there is no "%" in it. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

export const ebayConsent: ChannelConsent<EbayApp, EbayCredentials> = {
  appSchema: ebayAppSchema,
  url: (app, state) =>
    `${host("auth", app)}/oauth2/authorize?${encoded({
      client_id: app.clientId,
      redirect_uri: app.ruName,
      response_type: "code",
      scope: ebayScopes.join(" "),
      state,
    })}`,
  readPasted: (pasted, state) => {
    const text = pasted.trim();
    if (!/^https:\/\//i.test(text)) return codeIn(decoded(text));
    if (!URL.canParse(text)) return err("no_code");
    const query = new URL(text).searchParams;
    if (query.get("error") !== null) return err("declined");
    // Another consent's address, or one that somebody else made for her to paste.
    if (query.get("state") !== state) return err("other_state");
    return codeIn(query.get("code") ?? "");
  },
  exchange: (app, code, hosts) =>
    tokenRequest(app, hosts.auth, {
      grant_type: "authorization_code",
      code,
      redirect_uri: app.ruName,
    }),
  readExchange: (app, response, nowMs) => {
    const tokens = readTokens(response, nowMs);
    if (!tokens.ok) return tokens;
    const { refreshToken } = tokens.value;
    if (refreshToken === null) return err("eBay's answer to a code holds no refresh token");
    return ok({ credentials: { ...app, refreshToken }, tokens: tokens.value });
  },
};
