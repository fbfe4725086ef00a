/** Shopify's Admin API as far as stock and orders need it: token, GraphQL, points (channels.md 3). */
import { randomUUID } from "node:crypto";
import {
  execute,
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  parse,
  validate,
  type DocumentNode,
  type OperationDefinitionNode,
} from "graphql";
import { Hono, type Context } from "hono";
import * as v from "valibot";
import type { Bucket } from "../bucket";
import type { Keyring } from "../credentials";
import type { Stage } from "../stage";
import { isGoodToken, issueToken, TOKEN_SECONDS } from "./access";
import {
  actualCost,
  POINTS_MAX,
  POINTS_PER_SECOND,
  REQUEST_POINTS_MAX,
  requestedCost,
} from "./cost";
import { mutations } from "./mutations";
import { queries, type QueryContext } from "./queries";
import { SHOPIFY_API_VERSION, shopifySchema } from "./schema";
import type { SearchWarning } from "./search";

export interface ShopifyOptions {
  readonly stage: Stage;
  readonly keyring: Keyring;
  readonly points: Bucket;
}

const requestSchema = v.object({
  query: v.string(),
  variables: v.nullish(v.record(v.string(), v.unknown())),
  operationName: v.nullish(v.string()),
});
type GraphqlRequest = v.InferOutput<typeof requestSchema>;

const grantSchema = v.object({
  client_id: v.string(),
  client_secret: v.string(),
  grant_type: v.literal("client_credentials"),
});

function json(body: unknown, status: number, now: number): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/json; charset=utf-8",
      date: new Date(now).toUTCString(),
      "x-request-id": randomUUID(),
      "x-shopify-api-version": SHOPIFY_API_VERSION,
    },
  });
}

/** A form, as the documents show it, or JSON, which Shopify takes as well. */
async function grantBody(c: Context): Promise<unknown> {
  const text = await c.req.text();
  if (!(c.req.header("content-type") ?? "").startsWith("application/json")) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  return parseJson(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

async function grant(c: Context, { stage, keyring }: ShopifyOptions): Promise<Response> {
  const now = stage.now();
  const asked = v.safeParse(grantSchema, await grantBody(c));
  const keys = keyring.read().shopify;
  if (!asked.success) {
    const error_description =
      "client_id, client_secret and grant_type=client_credentials are required";
    return json({ error: "invalid_request", error_description }, 400, now);
  }
  if (
    asked.output.client_id !== keys.clientId ||
    asked.output.client_secret !== keys.clientSecret
  ) {
    return json(
      { error: "invalid_client", error_description: "Client authentication failed" },
      401,
      now,
    );
  }
  const scope = "read_orders,write_inventory,write_products";
  const access_token = issueToken(keys.clientSecret, now);
  return json({ access_token, scope, expires_in: TOKEN_SECONDS }, 200, now);
}

interface Prepared {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** The document when it may be executed, else the errors to answer. */
function prepare(request: GraphqlRequest): Prepared | readonly GraphQLError[] {
  try {
    const document = parse(request.query);
    const errors = validate(shopifySchema, document);
    if (errors.length > 0) return errors;
    const operation = getOperationAST(document, request.operationName);
    if (operation) return { document, operation };
    return [
      new GraphQLError("An operation name is required", { extensions: { code: "BAD_REQUEST" } }),
    ];
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

async function answer(request: GraphqlRequest, options: ShopifyOptions): Promise<unknown> {
  const { stage, keyring, points } = options;
  const prepared = prepare(request);
  if (!("document" in prepared)) return { errors: prepared };
  const { document, operation } = prepared;
  const variables = request.variables ?? {};
  const requested = requestedCost(document, operation, variables);
  const cost = (actual: number | null) => ({
    requestedQueryCost: requested,
    actualQueryCost: actual,
    throttleStatus: {
      maximumAvailable: POINTS_MAX,
      currentlyAvailable: points.level(stage.now()),
      restoreRate: POINTS_PER_SECOND,
    },
  });
  const refused = (code: string, message: string) => ({
    errors: [{ message, extensions: { code, cost: requested, maxCost: REQUEST_POINTS_MAX } }],
    extensions: { cost: cost(null) },
  });
  if (requested > REQUEST_POINTS_MAX) {
    return refused("MAX_COST_EXCEEDED", `Query cost is ${requested}, which exceeds the maximum.`);
  }
  if (!points.take(requested, stage.now())) return refused("THROTTLED", "Throttled");

  const warnings: SearchWarning[] = [];
  const contextValue: QueryContext = {
    stage,
    shop: keyring.read().shopify,
    warn: (warning) => warnings.push(warning),
  };
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  const result = await execute({
    schema: shopifySchema,
    document,
    rootValue: isMutation ? mutations : queries,
    contextValue,
    variableValues: variables,
    operationName: request.operationName ?? null,
  });
  const actual = Math.min(requested, actualCost(result.data, isMutation));
  points.giveBack(requested - actual);
  const search = warnings.length > 0 ? { search: [{ warnings }] } : {};
  return { ...result, extensions: { cost: cost(actual), ...search } };
}

async function graphql(c: Context, options: ShopifyOptions): Promise<Response> {
  const { stage, keyring } = options;
  const token = c.req.header("x-shopify-access-token") ?? "";
  const text = await c.req.text();
  const now = stage.now();
  if (!isGoodToken(token, keyring.read().shopify.clientSecret, now)) {
    const errors = "[API] Invalid API key or access token (unrecognized login or wrong password)";
    return json({ errors }, 401, now);
  }
  const request = v.safeParse(requestSchema, parseJson(text));
  if (!request.success) {
    return json({ errors: { query: "Required parameter missing or invalid" } }, 400, now);
  }
  return json(await answer(request.output, options), 200, stage.now());
}

/** Points used up, as GraphQL says it: HTTP 200 (channels.md 3.6). */
export function throttled(now: number): Response {
  const throttleStatus = {
    maximumAvailable: POINTS_MAX,
    currentlyAvailable: 0,
    restoreRate: POINTS_PER_SECOND,
  };
  const cost = { requestedQueryCost: 10, actualQueryCost: null, throttleStatus };
  const errors = [{ message: "Throttled", extensions: { code: "THROTTLED" } }];
  return json({ errors, extensions: { cost } }, 200, now);
}

export function plainFailure(status: 500 | 502 | 503, now: number): Response {
  return json({ errors: "Internal Server Error" }, status, now);
}

export function shopifyApp(options: ShopifyOptions): Hono {
  const app = new Hono();
  app.post("/admin/oauth/access_token", (c) => grant(c, options));
  app.post(`/admin/api/${SHOPIFY_API_VERSION}/graphql.json`, (c) => graphql(c, options));
  app.notFound(() => json({ errors: "Not Found" }, 404, options.stage.now()));
  return app;
}
