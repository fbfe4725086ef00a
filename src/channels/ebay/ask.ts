/** One call to eBay: the reply, or why there is none (channels.md 4.6, 4.9). */
import type * as v from "valibot";
import { err, ok, type Result } from "../../base/result";
import type { ChannelHttp, Refusal, WriteReason } from "../channel";
import type { Budget } from "../http/budget";
import { readJson } from "../http/json";
import type { RelayRequest, RelayResponse } from "../http/relay-contract";
import { serverTimeMs } from "../http/reply-headers";
import { sendWithin } from "../http/send-within";
import { errorReplyV1 } from "./wire";

/** One of eBay's APIs: how it is reached and what it still allows today. */
export interface EbayApi {
  readonly http: ChannelHttp;
  readonly budget: Budget;
}

export interface Answer<Data> {
  readonly data: Data;
  readonly serverTimeMs: number | null;
}

const MESSAGE_MAX = 300;

export async function ask<Schema extends v.GenericSchema>(
  api: EbayApi,
  request: RelayRequest,
  schema: Schema,
  reason: WriteReason = "level",
): Promise<Result<Answer<v.InferOutput<Schema>>, Refusal>> {
  const response = await sendWithin(api.budget, api.http, request, { reason });
  if (!response.ok) return response;
  const refusal = refusalOf(response.value);
  if (refusal !== null) return err(refusal);
  const { body, headers } = response.value;
  // 204, and a 200 that has nothing to say.
  const reply = readJson(body.trim() === "" ? "{}" : body, schema);
  if (!reply.ok) {
    const where = `${request.path} ${reply.error}`.slice(0, MESSAGE_MAX);
    return err({ kind: "malformed", where });
  }
  return ok({ data: reply.value, serverTimeMs: serverTimeMs(headers) });
}

/** Null: 2xx, which on a bulk call says nothing yet of its rows. */
function refusalOf({ status, body }: RelayResponse): Refusal | null {
  if (status >= 200 && status < 300) return null;
  const reply = readJson(body, errorReplyV1);
  const first = reply.ok ? reply.value.errors[0] : undefined;
  const code = first === undefined ? `http_${status}` : String(first.errorId);
  const message = first === undefined ? "" : spoken(first);
  if (status === 401 || status === 403) return { kind: "unauthorised", code, message };
  // 25025, "concurrent access", comes as a 500: worth another try like the rest of them.
  if (status >= 500) return { kind: "server_error", status, message };
  return { kind: "rejected", code, message };
}

/** The long form says which field; it is missing as often as not. */
export function spoken(error: { readonly message: string; readonly longMessage: string }): string {
  return (error.longMessage === "" ? error.message : error.longMessage).slice(0, MESSAGE_MAX);
}
