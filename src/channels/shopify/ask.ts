/**
 * One GraphQL request to Shopify: its data, or why there is none. Errors come on three levels
 * (channels.md 3.9): HTTP, top-level `errors`, and `userErrors` inside the data; the first two are
 * settled here.
 */
import type * as v from "valibot";
import { err, ok, type Result } from "../../base/result";
import type { ChannelHttp, Refusal, WriteReason } from "../channel";
import { readJson, type Misfit } from "../http/json";
import type { RelayResponse } from "../http/relay-contract";
import { retryAfterMs, serverTimeMs } from "../http/reply-headers";
import { SHOPIFY_API_VERSION } from "./documents";
import type { PointsBudget } from "./points-budget";
import { graphqlReply202610, graphqlReplyWith, type GraphqlReply202610 } from "./wire";

/** What every call goes through. */
export interface ShopifyShop {
  readonly http: ChannelHttp;
  readonly points: PointsBudget;
}

/** A document, its variables and what Shopify will ask for it, as far as can be known before. */
export interface Question {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Points, by the published rule (channels.md 3.6). */
  readonly cost: number;
  readonly reason?: WriteReason;
}

export interface Answer<Data> {
  readonly data: Data;
  readonly serverTimeMs: number | null;
}

const MESSAGE_MAX = 300;

export async function ask<Schema extends v.GenericSchema>(
  { http, points }: ShopifyShop,
  { document, variables, cost, reason = "level" }: Question,
  dataSchema: Schema,
): Promise<Result<Answer<v.InferOutput<Schema>>, Refusal>> {
  const early = points.take(cost, reason);
  if (early !== null) return err(early);
  const response = await http.send({
    method: "POST",
    path: `/admin/api/${SHOPIFY_API_VERSION}/graphql.json`,
    query: {},
    body: JSON.stringify({ query: document, variables }),
  });
  if (!response.ok) {
    points.settle(cost, null);
    return response;
  }
  const { status, headers, body } = response.value;
  const envelope = readJson(body, graphqlReply202610);
  points.settle(cost, envelope.ok ? envelope.value : null);
  const throttled = throttledBy(points, response.value, envelope.ok ? envelope.value : null);
  if (throttled !== null) return err(throttled);
  points.answered();
  const refusal = refusalOf(status, envelope);
  if (refusal !== null) return err(refusal);
  const reply = readJson(body, graphqlReplyWith(dataSchema));
  if (!reply.ok) return err(malformed(reply.error));
  return ok({ data: reply.value.data, serverTimeMs: serverTimeMs(headers) });
}

/** HTTP 429, or THROTTLED inside a 200 (channels.md 3.6). Null: neither. */
function throttledBy(
  points: PointsBudget,
  { status, headers }: RelayResponse,
  reply: GraphqlReply202610 | null,
): Refusal | null {
  if (status === 429) return points.refused(retryAfterMs(headers, null));
  if (reply === null || firstError(reply).code !== "THROTTLED") return null;
  return points.refused(points.waitToldBy(reply));
}

function malformed(misfit: string): Refusal {
  return { kind: "malformed", where: misfit.slice(0, MESSAGE_MAX) };
}

function refusalOf(status: number, reply: Result<GraphqlReply202610, Misfit>): Refusal | null {
  const { code, message } = reply.ok ? firstError(reply.value) : { code: null, message: "" };
  if (status === 401 || status === 403) {
    return { kind: "unauthorised", code: `http_${status}`, message };
  }
  if (status >= 500) return { kind: "server_error", status, message };
  if (code !== null) return errorRefusal(code, message, status);
  if (status !== 200) return { kind: "rejected", code: `http_${status}`, message };
  return reply.ok ? null : malformed(reply.error);
}

/** `code` null: no error. */
function firstError({ errors }: GraphqlReply202610): { code: string | null; message: string } {
  if (errors === undefined) return { code: null, message: "" };
  if (typeof errors === "string") return { code: "error", message: errors.slice(0, MESSAGE_MAX) };
  // Of several, the throttle decides: it alone says when to come again.
  const chosen = errors.find((error) => error.extensions?.code === "THROTTLED") ?? errors[0];
  if (chosen === undefined) return { code: null, message: "" };
  const message = chosen.message.slice(0, MESSAGE_MAX);
  return { code: chosen.extensions?.code ?? "error", message };
}

function errorRefusal(code: string, message: string, status: number): Refusal {
  switch (code) {
    case "ACCESS_DENIED":
    case "SHOP_INACTIVE":
      return { kind: "unauthorised", code, message };
    case "INTERNAL_SERVER_ERROR":
    case "TIMEOUT":
      return { kind: "server_error", status, message };
    default:
      return { kind: "rejected", code, message };
  }
}
