/** One call to TikTok Shop: the reply's data, or why there is none (channels.md 1.6, 1.9). */
import type * as v from "valibot";
import { err, ok, type Result } from "../../base/result";
import type { ChannelHttp, Refusal } from "../channel";
import { readJson } from "../http/json";
import type { RelayRequest, RelayResponse } from "../http/relay-contract";
import { retryAfterMs, serverTimeMs } from "../http/reply-headers";
import { tiktokReplyV202309, tiktokReplyWith } from "./wire";

export interface Answer<Data> {
  readonly data: Data;
  readonly serverTimeMs: number | null;
}

const TOO_MANY_REQUESTS = 36009002;
/** Where TikTok says to wait and not how long. */
const THROTTLED_WAIT_MS = 2000;
/** "Internal error", "request timeout": worth another try. */
const passing = new Set([36009003, 36009007]);
/** Token and cipher do not belong together; caller's address not on the app's list. */
const keysRefused = new Set([101000, 36009033]);
/** One code for a dozen failures: only the message tells them apart. */
const MANY_MEANINGS = 36009004;
const MESSAGE_MAX = 300;

export async function ask<Schema extends v.GenericSchema>(
  http: ChannelHttp,
  request: RelayRequest,
  dataSchema: Schema,
): Promise<Result<Answer<v.InferOutput<Schema>>, Refusal>> {
  const response = await http.send(request);
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

function malformed(path: string, misfit: string): Refusal {
  return { kind: "malformed", where: `${path} ${misfit}`.slice(0, MESSAGE_MAX) };
}

/** Null: code 0. A code other than 0 is an error whatever the HTTP status says. */
function refusalOf(response: RelayResponse): Refusal | null {
  const { status, headers, body } = response;
  const reply = readJson(body, tiktokReplyV202309);
  const code = reply.ok ? reply.value.code : 0;
  const message = reply.ok ? reply.value.message.slice(0, MESSAGE_MAX) : "";
  if (status === 429 || code === TOO_MANY_REQUESTS) {
    return { kind: "throttled", retryAfterMs: retryAfterMs(headers, THROTTLED_WAIT_MS) };
  }
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
