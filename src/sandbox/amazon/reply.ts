/**
 * Answers of the SP-API and its refusals: `{ errors: [{ code, message, details }] }` (channels.md 2.9).
 * Codes as the models' samples have them, QuotaExceeded as the documents do; the words are ours.
 */
import { randomUUID } from "node:crypto";

export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export function success(body: Reply["body"]): Reply {
  return { status: 200, body };
}

export function failure(status: number, code: string, message: string, details = ""): Reply {
  return { status, body: { errors: [{ code, message, details }] } };
}

/** A parameter that is missing, malformed or out of range. */
export function invalidInput(details: string): Reply {
  return failure(400, "InvalidInput", "Invalid Input", details);
}

/** `details` "": the token is good and the right was not granted. */
export function denied(details: string): Reply {
  return failure(403, "Unauthorized", "Access to requested resource is denied.", details);
}

export const tooManyCalls = failure(
  429,
  "QuotaExceeded",
  "You exceeded your quota for the requested resource.",
);

/** Calls a second of an operation, for the header; null: the call reached none. */
export function toResponse({ status, body }: Reply, now: number, rate: number | null): Response {
  const headers = new Headers({
    "content-type": "application/json",
    date: new Date(now).toUTCString(),
    "x-amzn-requestid": randomUUID(),
  });
  if (rate !== null) headers.set("x-amzn-ratelimit-limit", String(rate));
  return new Response(JSON.stringify(body), { status, headers });
}
