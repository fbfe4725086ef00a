/**
 * How Amazon's Selling Partner API is called: an access token of Login with Amazon in a header, no
 * signature (channels.md 2.1). The companion knows seller and marketplace; a page's request leaves
 * both open, and may read and set quantities, nothing else. Node only; used by the companion's relay.
 */
import * as v from "valibot";
import { err, ok } from "../../base/result";
import type { ChannelAuth, ChannelTokens, OutgoingRequest } from "../http/channel-auth";
import { readJson } from "../http/json";
import type { RelayRequest } from "../http/relay-contract";
import { LISTINGS_PATH, listingPath, ORDERS_PATH, PARTICIPATIONS_PATH, skuOf } from "./paths";
import { errorList, lwaErrorResponse, lwaTokenResponse, quantityPatch } from "./wire";

const LWA_ORIGIN = "https://api.amazon.com";
const LWA_TOKEN_PATH = "/auth/o2/token";

/** Amazon.com, the United States. */
const MARKETPLACE_US = "ATVPDKIKX0DER";

/** One host for North America, one for Europe, India and the Middle East, one for the Far East. */
const regionHosts = {
  na: "https://sellingpartnerapi-na.amazon.com",
  eu: "https://sellingpartnerapi-eu.amazon.com",
  fe: "https://sellingpartnerapi-fe.amazon.com",
} as const;

const USER_AGENT = "StreamStock/0.1 (Language=TypeScript)";

const secret = v.pipe(v.string(), v.minLength(1), v.maxLength(4000));

const amazonCredentialsSchema = v.object({
  clientId: secret,
  clientSecret: secret,
  /** From the seller's consent; it does not rotate. */
  refreshToken: secret,
  /** The merchant token in Seller Central's account information. */
  sellerId: v.pipe(v.string(), v.trim(), v.regex(/^[A-Z0-9]{5,30}$/)),
  marketplaceId: v.optional(
    v.pipe(v.string(), v.trim(), v.regex(/^[A-Z0-9]{8,20}$/)),
    MARKETPLACE_US,
  ),
  region: v.optional(v.picklist(["na", "eu", "fe"]), "na"),
});
export type AmazonCredentials = v.InferOutput<typeof amazonCredentialsSchema>;

const orderQuery = v.strictObject({
  lastUpdatedAfter: v.string(),
  fulfilledBy: v.literal("MERCHANT"),
  // Anything about the buyer would be another word here.
  includedData: v.literal("FULFILLMENT"),
  maxResultsPerPage: v.string(),
  paginationToken: v.optional(v.string()),
});

const marketplaceIds = v.optional(v.pipe(v.string(), v.regex(/^[A-Z0-9]{8,20}$/)));
const itemDataSets = new Set(["summaries", "fulfillmentAvailability", "relationships"]);
const itemData = v.pipe(
  v.string(),
  v.check((text) => text.split(",").every((set) => itemDataSets.has(set))),
);

const itemQuery = v.strictObject({ marketplaceIds, includedData: itemData });

const itemSearchQuery = v.strictObject({
  marketplaceIds,
  includedData: itemData,
  identifiers: v.optional(v.string()),
  identifiersType: v.optional(v.literal("SKU")),
  pageSize: v.string(),
  pageToken: v.optional(v.string()),
  sortBy: v.optional(v.literal("createdDate")),
  sortOrder: v.optional(v.literal("ASC")),
  createdAfter: v.optional(v.string()),
});

function allows(request: RelayRequest): boolean {
  const { method, path, query, body } = request;
  if (method === "PATCH") {
    const patch = v.is(v.strictObject({ marketplaceIds }), query) && skuOf(path) !== null;
    return patch && readJson(body ?? "", quantityPatch).ok;
  }
  if (method !== "GET" || body !== null) return false;
  switch (path) {
    case ORDERS_PATH:
      return v.is(orderQuery, query);
    case PARTICIPATIONS_PATH:
      return v.is(v.strictObject({}), query);
    case LISTINGS_PATH:
      return v.is(itemSearchQuery, query);
    default:
      return skuOf(path) !== null && v.is(itemQuery, query);
  }
}

function ownPath(path: string, sellerId: string): string {
  const own = LISTINGS_PATH.replace(/[^/]+$/, sellerId);
  if (path === LISTINGS_PATH) return own;
  const sku = skuOf(path);
  const official = sku === null ? null : listingPath(sku);
  return official === null ? path : own + official.slice(LISTINGS_PATH.length);
}

function authorise(
  request: RelayRequest,
  credentials: AmazonCredentials,
  tokens: ChannelTokens,
  hosts: { readonly api: string },
): OutgoingRequest {
  const { method, path, body } = request;
  const query: Readonly<Record<string, string>> =
    path === PARTICIPATIONS_PATH
      ? {}
      : { marketplaceIds: credentials.marketplaceId, ...request.query };
  const text = Object.entries(query)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
    .join("&");
  return {
    method,
    url: `${hosts.api}${ownPath(path, credentials.sellerId)}${text === "" ? "" : `?${text}`}`,
    headers: {
      accept: "application/json",
      ...(body === null ? {} : { "content-type": "application/json" }),
      "user-agent": USER_AGENT,
      "x-amz-access-token": tokens.accessToken,
    },
    body,
  };
}

export const amazonAuth: ChannelAuth<AmazonCredentials> = {
  credentialsSchema: amazonCredentialsSchema,
  officialHosts: ({ region }) => ({ api: regionHosts[region], auth: LWA_ORIGIN }),
  tokensOf: () => null,
  withTokens: (credentials, tokens) => ({
    ...credentials,
    refreshToken: tokens.refreshToken ?? credentials.refreshToken,
  }),
  allows,
  authorise,
  refreshRequest: (credentials, _tokens, hosts) => ({
    method: "POST",
    url: `${hosts.auth}${LWA_TOKEN_PATH}`,
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: new URLSearchParams({
      grant_type: "refresh_token",
      refresh_token: credentials.refreshToken,
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
    }).toString(),
  }),
  readRefresh: (response, nowMs) => {
    if (response.status !== 200) {
      const reply = readJson(response.body, lwaErrorResponse);
      const code = reply.ok && /^[a-z_]{1,40}$/.test(reply.value.error) ? reply.value.error : "";
      return err(`Amazon refused the token request with HTTP ${response.status} ${code}`.trim());
    }
    const reply = readJson(response.body, lwaTokenResponse);
    if (!reply.ok) return err(`Amazon's answer to a token request does not fit: ${reply.error}`);
    return ok({
      accessToken: reply.value.access_token,
      refreshToken: reply.value.refresh_token ?? null,
      expiresAt: nowMs + reply.value.expires_in * 1000,
    });
  },
  // A right that was never granted has the same status and code, and says nothing of the token.
  isExpired: ({ status, body }) => {
    if (status !== 401 && status !== 403) return false;
    const reply = readJson(body, errorList);
    return (
      reply.ok && reply.value.errors.some(({ details }) => /access token.* provided/i.test(details))
    );
  },
};
