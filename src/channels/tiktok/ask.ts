/** One call to TikTok Shop: the reply's data, or why there is none (channels.md 1.6, 1.9). */
import type * as v from "valibot";
import { err, ok, type Result } from "../../base/result";
import type { ChannelHttp, Refusal, WriteReason } from "../channel";
import type { Budget } from "../http/budget";
import { readJson } from "../http/json";
import type { RelayRequest, RelayResponse } from "../http/relay-contract";
import { serverTimeMs } from "../http/reply-headers";
import { sendWithin } from "../http/send-within";
import { tiktokReplyV202309, tiktokReplyWith } from "./wire";

/** What every call goes through. */
export interface TikTokShop {
  readonly http: ChannelHttp;
  readonly budget: Budget;
}

export interface Answer<Data> {
  readonly data: Data;
  readonly serverTimeMs: number | null;
}

/** "Access denied": the token lacks the right that this call needs. */
export const SCOPE_MISSING = "105005";

const TOO_MANY_REQUESTS = 36009002;
/** "Internal error", "request timeout": worth another try. */
const passing = new Set([36009003, 36009007]);
/** Token and cipher do not belong together; caller's address not on the app's list. */
const keysRefused = new Set([101000, 36009033]);
/** One code for a dozen failures: only the message tells them apart. */
const MANY_MEANINGS = 36009004;
const MESSAGE_MAX = 300;

export async function ask<Schema extends v.GenericSchema>(
  { http, budget }: TikTokShop,
  request: RelayRequest,
  dataSchema: Schema,
  reason: WriteReason = "level",
): Promise<Result<Answer<v.InferOutput<Schema>>, Refusal>> {
  const response = await sendWithin(budget, http, request, { reason, isThrottled });
  if (!response.ok) return response;
  const refusal = refusalOf(response.value);
  if (refusal !== null) return err(refusal);
  const reply = readJson(response.value.body, tiktokReplyWith(dataSchema));
  if (!reply.ok) return err(malformed(request.path, reply.error));
  return ok({
    data: reply.value.data,
    serverTimeMs: serverTimeMs(response.value.headers),
  });
}

function isThrottled({ body }: RelayResponse): boolean {
  // Most answers are long and say no such thing: they are not read twice for it.
  if (!body.includes(String(TOO_MANY_REQUESTS))) return false;
  const reply = readJson(body, tiktokReplyV202309);
  return reply.ok && reply.value.code === TOO_MANY_REQUESTS;
}

function malformed(path: string, misfit: string): Refusal {
  return { kind: "malformed", where: `${path} ${misfit}`.slice(0, MESSAGE_MAX) };
}

/** Null: code 0. A code other than 0 is an error whatever the HTTP status says. */
function refusalOf({ status, body }: RelayResponse): Refusal | null {
  const reply = readJson(body, tiktokReplyV202309);
  const code = reply.ok ? reply.value.code : 0;
  const message = reply.ok ? reply.value.message.slice(0, MESSAGE_MAX) : "";
  if (concernsKeys(code, message)) return { kind: "unauthorised", code: String(code), message };
  if (status >= 500 || passing.has(code)) return { kind: "server_error", status, message };
  if (code !== 0) return { kind: "rejected", code: String(code), message };
  if (status === 401 || status === 403) {
    return { kind: "unauthorised", code: `http_${status}`, message };
  }
  if (status !== 200) return { kind: "rejected", code: `http_${status}`, message };
  return null;
}

function concernsKeys(code: number, message: string): boolean {
  const family = Math.floor(code / 1000);
  if (family === 105 || family === 106 || keysRefused.has(code)) return true;
  if (code !== MANY_MEANINGS) return false;
  return /signature|`?sign`?\b|timestamp|app_?key|token|credential/i.test(message);
}
