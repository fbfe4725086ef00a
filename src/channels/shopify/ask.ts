/**
 * One GraphQL request to Shopify: its data, or why there is none. Errors come on three levels
 * (channels.md 3.9): HTTP, top-level `errors`, and `userErrors` inside the data; the first two are
 * settled here.
 */
import type * as v from "valibot";
import { err, ok, type Result } from "../../base/result";
import type { ChannelHttp, Refusal } from "../channel";
import { readJson } from "../http/json";
import type { RelayResponse } from "../http/relay-contract";
import { retryAfterMs, serverTimeMs } from "../http/reply-headers";
import { SHOPIFY_API_VERSION } from "./documents";
import { graphqlReply202610, graphqlReplyWith, type GraphqlReply202610 } from "./wire";

export interface Answer<Data> {
  readonly data: Data;
  readonly serverTimeMs: number | null;
}

/** Where Shopify says to wait and not how long. */
const THROTTLED_WAIT_MS = 1000;
const WAIT_MIN_MS = 100;
const WAIT_MAX_MS = 60_000;
const MESSAGE_MAX = 300;

export async function ask<Schema extends v.GenericSchema>(
  http: ChannelHttp,
  document: string,
  variables: Readonly<Record<string, unknown>>,
  dataSchema: Schema,
): Promise<Result<Answer<v.InferOutput<Schema>>, Refusal>> {
  const response = await http.send({
    method: "POST",
    path: `/admin/api/${SHOPIFY_API_VERSION}/graphql.json`,
    query: {},
    body: JSON.stringify({ query: document, variables }),
  });
  if (!response.ok) return response;
  const { body, headers } = response.value;
  const refusal = refusalOf(response.value);
  if (refusal !== null) return err(refusal);
  const reply = readJson(body, graphqlReplyWith(dataSchema));
  if (!reply.ok) return err(malformed(reply.error));
  return ok({ data: reply.value.data, serverTimeMs: serverTimeMs(headers) });
}

function malformed(misfit: string): Refusal {
  return { kind: "malformed", where: misfit.slice(0, MESSAGE_MAX) };
}

function refusalOf({ status, headers, body }: RelayResponse): Refusal | null {
  if (status === 429) {
    return { kind: "throttled", retryAfterMs: retryAfterMs(headers, THROTTLED_WAIT_MS) };
  }
  const reply = readJson(body, graphqlReply202610);
  const { code, message } = reply.ok ? firstError(reply.value) : { code: null, message: "" };
  if (status === 401 || status === 403) {
    return { kind: "unauthorised", code: `http_${status}`, message };
  }
  if (status >= 500) return { kind: "server_error", status, message };
  if (reply.ok && code !== null) return errorRefusal(code, message, status, reply.value);
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

function errorRefusal(
  code: string,
  message: string,
  status: number,
  reply: GraphqlReply202610,
): Refusal {
  switch (code) {
    case "THROTTLED":
      return { kind: "throttled", retryAfterMs: throttleWaitMs(reply) };
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

/** Until the bucket holds what the query asks for, at the rate the shop's plan refills it. */
function throttleWaitMs(reply: GraphqlReply202610): number {
  const cost = reply.extensions?.cost;
  const status = cost?.throttleStatus;
  const requested = cost?.requestedQueryCost ?? null;
  if (status === undefined || requested === null || status.restoreRate <= 0) {
    return THROTTLED_WAIT_MS;
  }
  const missing = Math.min(requested, status.maximumAvailable) - status.currentlyAvailable;
  const wait = Math.ceil((missing / status.restoreRate) * 1000);
  return Math.min(WAIT_MAX_MS, Math.max(WAIT_MIN_MS, wait));
}
