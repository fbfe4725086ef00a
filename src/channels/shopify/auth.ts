/**
 * How Shopify's Admin API is called: the shop's own host, a token from the client-credentials
 * grant, one header (channels.md 3.1). Node only; used by the companion's relay.
 */
import * as v from "valibot";
import { err, ok } from "../../base/result";
import type { ChannelAuth } from "../http/channel-auth";
import { readJson } from "../http/json";
import { documents, SHOPIFY_API_VERSION } from "./documents";
import { accessTokenResponse } from "./wire";

const SHOPIFY_TOKEN_PATH = "/admin/oauth/access_token";
const SHOPIFY_TOKEN_HEADER = "x-shopify-access-token";

const secret = v.pipe(v.string(), v.minLength(1), v.maxLength(4000));

const shopifyCredentialsSchema = v.object({
  /** "my-shop" or "my-shop.myshopify.com"; a shop's own domain does not serve the Admin API. */
  shop: v.pipe(
    v.string(),
    v.trim(),
    v.toLowerCase(),
    v.regex(/^[a-z0-9][a-z0-9-]{0,99}(\.myshopify\.com)?$/),
  ),
  clientId: secret,
  clientSecret: secret,
});
export type ShopifyCredentials = v.InferOutput<typeof shopifyCredentialsSchema>;

/** The only host a shop's Admin API answers on. */
function shopifyHost(shop: string): string {
  return shop.endsWith(".myshopify.com") ? shop : `${shop}.myshopify.com`;
}

const graphqlPath = `/admin/api/${SHOPIFY_API_VERSION}/graphql.json`;

const graphqlRequest = v.strictObject({
  query: v.string(),
  variables: v.record(v.string(), v.unknown()),
});

/**
 * One path is the whole of Shopify: refunds and deletions go by it as well. So what is asked there
 * is held against the adapter's own documents, letter by letter; and the body must be written as the
 * adapter writes it, since a name that comes twice is read one way here and perhaps another there.
 */
function isOwnDocument(body: string | null): boolean {
  const asked = readJson(body ?? "", graphqlRequest);
  if (!asked.ok || !documents.has(asked.value.query)) return false;
  const { query, variables } = asked.value;
  return body === JSON.stringify({ query, variables });
}

export const shopifyAuth: ChannelAuth<ShopifyCredentials> = {
  credentialsSchema: shopifyCredentialsSchema,
  officialHosts: (credentials) => {
    const origin = `https://${shopifyHost(credentials.shop)}`;
    return { api: origin, auth: origin };
  },
  tokensOf: () => null,
  withTokens: (credentials) => credentials,
  allows: ({ method, path, query, body }) =>
    method === "POST" &&
    path === graphqlPath &&
    Object.keys(query).length === 0 &&
    isOwnDocument(body),
  authorise: (request, _credentials, tokens, hosts) => {
    const query = new URLSearchParams(request.query).toString();
    return {
      method: request.method,
      url: `${hosts.api}${request.path}${query === "" ? "" : `?${query}`}`,
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        [SHOPIFY_TOKEN_HEADER]: tokens.accessToken,
      },
      body: request.body,
    };
  },
  refreshRequest: (credentials, _tokens, hosts) => ({
    method: "POST",
    url: `${hosts.auth}${SHOPIFY_TOKEN_PATH}`,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
    },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
    }).toString(),
  }),
  readRefresh: (response, nowMs) => {
    if (response.status !== 200) {
      return err(`Shopify refused the token request with HTTP ${response.status}`);
    }
    const reply = readJson(response.body, accessTokenResponse);
    if (!reply.ok) return err(`Shopify's answer to a token request does not fit: ${reply.error}`);
    return ok({
      accessToken: reply.value.access_token,
      refreshToken: null,
      expiresAt: nowMs + reply.value.expires_in * 1000,
    });
  },
  isExpired: (response) => response.status === 401,
};
