/**
 * TikTok Shop's request signature, written from the description alone (channels.md 1.1) and not
 * shared with the product's own signing: two that agree check each other.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

export interface SignedRequest {
  readonly path: string;
  /** Decoded pairs; `sign` and `access_token` are passed over. */
  readonly query: readonly (readonly [string, string])[];
  /** As received, byte for byte. */
  readonly body: string;
  readonly contentType: string;
}

/** Lower-case hex HMAC-SHA256, keyed with the app's secret. */
export function expectedSignature(secret: string, request: SignedRequest): string {
  const hmac = createHmac("sha256", secret);
  hmac.update(secret).update(request.path);
  const counted = request.query.filter(([name]) => name !== "sign" && name !== "access_token");
  for (const name of [...new Set(counted.map(([key]) => key))].sort()) {
    const values = counted.filter(([key]) => key === name).map(([, value]) => value);
    hmac.update(name).update(values.join(","));
  }
  if (!request.contentType.startsWith("multipart/form-data")) hmac.update(request.body);
  return hmac.update(secret).digest("hex");
}

export function isSignedBy(secret: string, request: SignedRequest, sign: string): boolean {
  const expected = Buffer.from(expectedSignature(secret, request));
  const given = Buffer.from(sign);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
