/**
 * Access tokens of the client-credentials grant. A token says until when it is good and is signed
 * with the client's secret, so that one given out before a restart is still good after it.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

/** A day, less a second, as Shopify says it. */
export const TOKEN_SECONDS = 86_399;

function seal(expiry: string, secret: string): string {
  return createHmac("sha256", secret).update(expiry).digest("hex").slice(0, 24);
}

export function issueToken(secret: string, now: number): string {
  const expiry = (Math.floor(now / 1000) + TOKEN_SECONDS).toString(16).padStart(8, "0");
  return `shpat_${expiry}${seal(expiry, secret)}`;
}

export function isGoodToken(token: string, secret: string, now: number): boolean {
  const [, expiry, given] = /^shpat_([0-9a-f]{8})([0-9a-f]{24})$/.exec(token) ?? [];
  if (expiry === undefined || given === undefined) return false;
  const expected = Buffer.from(seal(expiry, secret));
  return timingSafeEqual(expected, Buffer.from(given)) && Number.parseInt(expiry, 16) > now / 1000;
}
