/**
 * Page tokens that nobody can read or make: the place to go on from, sealed. Always with a "+" and
 * a "/" inside, as TikTok's have them, so that a caller who forgets to encode them finds out.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

function keyOf(secret: string): Buffer {
  return createHash("sha256").update(`page token ${secret}`).digest();
}

export function sealToken(place: string, secret: string): string {
  for (;;) {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", keyOf(secret), nonce);
    const sealed = Buffer.concat([cipher.update(place.padEnd(32), "utf8"), cipher.final()]);
    const token = Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
    if (token.includes("+") && token.includes("/")) return token;
  }
}

/** Null when the token was not made here, or was changed on the way. */
export function openToken(token: string, secret: string): string | null {
  const bytes = Buffer.from(token, "base64");
  if (bytes.length < 28 || bytes.toString("base64") !== token) return null;
  const decipher = createDecipheriv("aes-256-gcm", keyOf(secret), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()])
      .toString("utf8")
      .trimEnd();
  } catch {
    return null;
  }
}
