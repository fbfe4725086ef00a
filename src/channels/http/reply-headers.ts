/** What the few headers say that the relay passes on (channels.md 5.5). */

const RETRY_AFTER_MAX_MS = 60 * 60 * 1000;

type Headers = Readonly<Record<string, string>>;

/** The channel's own clock, milliseconds since the epoch; null when it does not tell. */
export function serverTimeMs(headers: Headers): number | null {
  const time = Date.parse(headers["date"] ?? "");
  return Number.isNaN(time) ? null : time;
}

/**
 * Retry-After in milliseconds, 0 to one hour: seconds, or a date that is counted from the reply's
 * own Date header, never from the local clock. Anything else: `fallbackMs`.
 */
export function retryAfterMs<Fallback extends number | null>(
  headers: Headers,
  fallbackMs: Fallback,
): number | Fallback {
  const text = (headers["retry-after"] ?? "").trim();
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text)) return bounded(Number(text) * 1000);
  const until = Date.parse(text);
  const now = serverTimeMs(headers);
  if (Number.isNaN(until) || now === null) return fallbackMs;
  return bounded(until - now);
}

/** Amazon's x-amzn-ratelimit-limit: calls a second; null when it does not tell (channels.md 2.6). */
export function callsPerSecond(headers: Headers): number | null {
  const text = (headers["x-amzn-ratelimit-limit"] ?? "").trim();
  const rate = /^\d{1,6}(\.\d{1,12})?$/.test(text) ? Number(text) : 0;
  return rate > 0 ? rate : null;
}

function bounded(ms: number): number {
  return Math.min(RETRY_AFTER_MAX_MS, Math.max(0, Math.ceil(ms)));
}
