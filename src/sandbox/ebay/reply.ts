/**
 * eBay's answers and refusals: `{ errors: [{ errorId, domain, category, message, longMessage }] }`.
 * Numbers are those of the Inventory and Fulfillment contracts; of the gate (1001, 1002, 1100, 2001)
 * only third parties tell, and nobody of the words for a listing revised too often.
 */

export interface EbayError {
  readonly errorId: number;
  readonly domain: string;
  readonly category: "REQUEST" | "APPLICATION";
  readonly message: string;
  readonly longMessage: string;
}

export interface Reply {
  readonly status: number;
  /** Null: no body at all. */
  readonly body: object | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export function success(body: object | null, status = body === null ? 204 : 200): Reply {
  return { status, body };
}

export function ebayError(errorId: number, longMessage: string, domain?: string): EbayError {
  return {
    errorId,
    domain: domain ?? (errorId >= 30_000 ? "API_FULFILLMENT" : "API_INVENTORY"),
    category: errorId === 25_001 || errorId === 30_500 ? "APPLICATION" : "REQUEST",
    message: longMessage.slice(0, 50),
    longMessage,
  };
}

export function failure(status: number, error: EbayError): Reply {
  return { status, body: { errors: [error] } };
}

/** A parameter or field that is missing, malformed or out of range. */
export function badRequest(errorId: number, longMessage: string): Reply {
  return failure(400, ebayError(errorId, longMessage));
}

/** `retryAfterSeconds` null: as eBay is known to do it, without a word of how long. */
export function tooManyCalls(retryAfterSeconds: number | null): Reply {
  const error = ebayError(2001, "The request limit has been reached for the resource.", "ACCESS");
  const headers = retryAfterSeconds === null ? {} : { "retry-after": String(retryAfterSeconds) };
  return { ...failure(429, error), headers };
}

export function systemError(status: 500 | 502 | 503): Reply {
  return failure(status, ebayError(25_001, "A system error has occurred."));
}

export function toResponse({ status, body, headers }: Reply, now: number): Response {
  const all = new Headers({ ...headers, date: new Date(now).toUTCString() });
  if (body === null) return new Response(null, { status, headers: all });
  all.set("content-type", "application/json");
  return new Response(JSON.stringify(body), { status, headers: all });
}
