/**
 * TikTok's envelope and its refusals: `{ code, message, request_id, data }`, code 0 = success. The
 * codes are those of channels.md 1.9 (36009004 stands for many things there, so the message tells
 * them apart); the HTTP statuses beside 429 are our choice, the documents name none.
 */
import { randomBytes } from "node:crypto";
import * as v from "valibot";

export interface Failure {
  readonly status: 400 | 401 | 403 | 404 | 429 | 500 | 502 | 503;
  readonly code: number;
  readonly message: string;
  /** Seconds; only with 429. */
  readonly retryAfter?: number;
}

export type Reply =
  { readonly data: Readonly<Record<string, unknown>> } | { readonly failure: Failure };

export function success(data: Readonly<Record<string, unknown>>): Reply {
  return { data };
}

export function failure(status: Failure["status"], code: number, message: string): Reply {
  return { failure: { status, code, message } };
}

/** A parameter that is missing, malformed or out of range. */
export function badParameter(message: string): Reply {
  return failure(400, 36009004, message);
}

/** A query or a body that does not have the form. */
export function invalid(issue: v.BaseIssue<unknown>): Reply {
  return badParameter(`Invalid ${v.getDotPath(issue) ?? "request body"}: ${issue.message}`);
}

export function tooManyCalls(retryAfter: number): Reply {
  const message = "Too many requests: slow down and try again later.";
  return { failure: { status: 429, code: 36009002, message, retryAfter } };
}

/** The instant in UTC and 18 hex digits, 32 characters like TikTok's. */
function requestId(now: number): string {
  const instant = new Date(now).toISOString().replace(/\D/g, "").slice(0, 14);
  return instant + randomBytes(9).toString("hex").toUpperCase();
}

export function toResponse(reply: Reply, now: number): Response {
  const request_id = requestId(now);
  const headers = new Headers({
    "content-type": "application/json; charset=utf-8",
    date: new Date(now).toUTCString(),
    "x-tt-logid": request_id,
  });
  if ("data" in reply) {
    const body = { code: 0, data: reply.data, message: "Success", request_id };
    return new Response(JSON.stringify(body), { status: 200, headers });
  }
  const { status, code, message, retryAfter } = reply.failure;
  if (retryAfter !== undefined) headers.set("retry-after", String(retryAfter));
  return new Response(JSON.stringify({ code, message, request_id }), { status, headers });
}
