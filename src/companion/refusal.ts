/** Every "no" of the companion, in one form (companionErrorSchema), with its HTTP status. */
import type { CompanionErrorCode } from "../channels/http/relay-contract";

const statusOf: Readonly<Record<CompanionErrorCode, number>> = {
  bad_request: 400,
  bad_token: 401,
  bad_origin: 403,
  not_found: 404,
  not_connected: 409,
  sequence_gap: 409,
  bad_host: 421,
  fenced_off: 423,
  lease_held: 423,
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

export function refusalBody(
  refused: Refusal,
  more: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({ error: { code: refused.code, message: refused.message }, ...more });
}

export const apiHeaders: Readonly<Record<string, string>> = {
  "content-type": "application/json; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

export function refusalResponse(
  refused: Refusal,
  more: Readonly<Record<string, unknown>> = {},
): Response {
  return new Response(refusalBody(refused, more), { status: refused.status, headers: apiHeaders });
}

export function jsonResponse(value: unknown): Response {
  return new Response(JSON.stringify(value), { status: 200, headers: apiHeaders });
}
