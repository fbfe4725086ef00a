/**
 * What the worker and the companion's relay say to each other.
 *
 * The page cannot call a channel (no CORS, and the secrets live in the companion), so it hands the
 * relay a request without host, credentials and signature. The relay adds them, forwards to the
 * allow-listed host of that channel only, and hands back status, body and the few headers that
 * carry limits and time (channels.md 5.5).
 *
 *   POST /api/relay/{bookId}/{channelId}
 *   X-StreamStock-Token: the install's token    X-StreamStock-Fence: the lease's fencing token
 */
import * as v from "valibot";

export const TOKEN_HEADER = "x-streamstock-token";
export const FENCE_HEADER = "x-streamstock-fence";

/** Headers that pass from a channel to the page, lower case. */
export const passedHeaders = [
  "date",
  "retry-after",
  "content-type",
  "x-request-id",
  "x-amzn-requestid",
  "x-amzn-ratelimit-limit",
  "x-tt-logid",
] as const;

export const relayRequestSchema = v.object({
  method: v.picklist(["GET", "POST", "PUT", "PATCH", "DELETE"]),
  /** Starts with "/", holds neither host nor query. */
  path: v.pipe(v.string(), v.regex(/^\/[^?#\\]*$/), v.maxLength(2000)),
  query: v.record(v.string(), v.string()),
  /** The body as it goes over the wire, or null for none. Never parsed by the relay. */
  body: v.nullable(v.pipe(v.string(), v.maxLength(2_000_000))),
});
export type RelayRequest = v.InferOutput<typeof relayRequestSchema>;

/** The relay reached the channel; what the channel answered, good or bad. */
export const relayResponseSchema = v.object({
  status: v.number(),
  headers: v.record(v.string(), v.string()),
  body: v.string(),
});
export type RelayResponse = v.InferOutput<typeof relayResponseSchema>;

/** The companion itself refuses: HTTP 4xx/5xx with this body. */
export const companionErrorSchema = v.object({
  error: v.object({ code: v.string(), message: v.string() }),
});
export type CompanionErrorCode =
  | "bad_request"
  | "bad_token"
  | "bad_host"
  | "bad_origin"
  | "not_found"
  | "not_connected"
  | "fenced_off"
  | "lease_held"
  | "sequence_gap"
  | "upstream_unreachable"
  | "no_rehearsal"
  | "disk_full"
  | "bad_field"
  | "no_consent"
  | "code_refused"
  | "keys_refused"
  | "set_by_file"
  | "key_locked"
  | "internal";
