/** Every "no" of the companion, in one form (companionErrorSchema), with its HTTP status. */
import type { CompanionErrorCode } from "../channels/http/relay-contract";
import { errorCode, isDiskFull } from "./disk";

const statusOf: Readonly<Record<CompanionErrorCode, number>> = {
  bad_request: 400,
  bad_field: 400,
  bad_token: 401,
  bad_origin: 403,
  not_found: 404,
  not_connected: 409,
  sequence_gap: 409,
  no_consent: 409,
  set_by_file: 409,
  bad_host: 421,
  code_refused: 422,
  keys_refused: 422,
  fenced_off: 423,
  lease_held: 423,
  key_locked: 423,
  internal: 500,
  upstream_unreachable: 502,
  no_rehearsal: 503,
  disk_full: 507,
};

export interface Refusal {
  readonly status: number;
  readonly code: CompanionErrorCode;
  /** For a developer's eyes; the pane shows its own words for the code. Holds no secret. */
  readonly message: string;
}

/** `status` only where HTTP knows a more exact one (405, 413, 415). */
export function refusal(
  code: CompanionErrorCode,
  message: string,
  status: number = statusOf[code],
): Refusal {
  return { status, code, message };
}

export function diskFull(): Refusal {
  return refusal("disk_full", "The disk has no room left; nothing of this was kept");
}

export function notLeading(): Refusal {
  return refusal("fenced_off", "That is not the fencing token of whoever leads this book");
}

/** What is said of an exception: nothing of its own words, since those may repeat what came in. */
export function failure(error: unknown): Refusal {
  if (isDiskFull(error)) return diskFull();
  const where = error instanceof Error ? (error.stack?.split("\n    at ")[1] ?? "") : "";
  console.error(`companion: ${errorCode(error)} in a call at ${where.trim()}`);
  return refusal("internal", "The companion failed");
}

export function refusalBody(
  refused: Refusal,
  more: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({ error: { code: refused.code, message: refused.message }, ...more });
}

export const apiHeaders: Readonly<Record<string, string>> = Object.freeze({
  "content-type": "application/json; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
});

export function refusalResponse(
  refused: Refusal,
  more: Readonly<Record<string, unknown>> = {},
): Response {
  return apiResponse(refused.status, refusalBody(refused, more));
}

export function jsonResponse(value: unknown): Response {
  return apiResponse(200, JSON.stringify(value));
}

/** With headers of its own: the server writes the length of the answer into the object it is given. */
export function apiResponse(status: number, body: string): Response {
  return new Response(body, { status, headers: { ...apiHeaders } });
}
