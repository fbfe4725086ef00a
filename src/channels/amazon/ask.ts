/** One call to the SP-API within its budget: the reply, or why there is none (channels.md 2.9). */
import type * as v from "valibot";
import { err, ok, type Result } from "../../base/result";
import type { ChannelPorts, Refusal, WriteReason } from "../channel";
import { readJson } from "../http/json";
import type { RelayRequest, RelayResponse } from "../http/relay-contract";
import { retryAfterMs, serverTimeMs } from "../http/reply-headers";
import { operationLimits, type OperationLimits, type OperationName } from "./limits";
import { errorList } from "./wire";

export interface Answer<Data> {
  readonly data: Data;
  readonly serverTimeMs: number | null;
}

export interface AmazonApi {
  readonly limits: OperationLimits;
  ask<Schema extends v.GenericSchema>(
    operation: OperationName,
    request: RelayRequest,
    schema: Schema,
    reason?: WriteReason,
  ): Promise<Result<Answer<v.InferOutput<Schema>>, Refusal>>;
}

/** The code of a refusal that says: no such thing. */
export const NOT_FOUND = "not_found";
const QUOTA_EXCEEDED = "QuotaExceeded";
const MESSAGE_MAX = 300;
const WAIT_MAX_MS = 60 * 60 * 1000;

export function amazonApi({ http, clock }: ChannelPorts): AmazonApi {
  const limits = operationLimits(clock);
  return {
    limits,
    async ask(operation, request, schema, reason = "level") {
      const limit = limits[operation];
      const early = limit.budget.take(1, reason);
      if (early !== null) return err(bounded(early));
      const response = await http.send(request);
      if (!response.ok) return response;
      const { headers } = response.value;
      limit.learn(headers, clock.now());
      const refusal = refusalOf(response.value);
      if (refusal === "throttled") {
        limit.emptied(clock.now());
        limit.budget.refused(retryAfterMs(headers, null));
        return err(bounded({ kind: "throttled", retryAfterMs: limit.budget.waitMs(1, reason) }));
      }
      limit.budget.succeeded();
      if (refusal !== null) return err(refusal);
      const reply = readJson(response.value.body, schema);
      if (reply.ok) return ok({ data: reply.value, serverTimeMs: serverTimeMs(headers) });
      return err({ kind: "malformed", where: `${operation} ${reply.error}`.slice(0, MESSAGE_MAX) });
    },
  };
}

function bounded(refusal: Refusal): Refusal {
  if (refusal.kind !== "throttled") return refusal;
  return { ...refusal, retryAfterMs: Math.min(WAIT_MAX_MS, refusal.retryAfterMs) };
}

/** Null: HTTP 200. */
function refusalOf({ status, body }: RelayResponse): Refusal | "throttled" | null {
  if (status === 200) return null;
  const reply = readJson(body, errorList);
  const first = reply.ok ? reply.value.errors[0] : undefined;
  const code = first?.code ?? `http_${status}`;
  const message = ((first?.details ?? "") || (first?.message ?? "")).slice(0, MESSAGE_MAX);
  if (status === 429 || code === QUOTA_EXCEEDED) return "throttled";
  if (status === 401 || status === 403) return { kind: "unauthorised", code, message };
  if (status >= 500) return { kind: "server_error", status, message };
  return { kind: "rejected", code: status === 404 ? NOT_FOUND : code, message };
}
