/**
 * The keys of the rehearsal shop, made once per data folder and kept in a file that only its owner
 * reads. The companion's relay takes them from there. They open nothing but this sandbox.
 */
import { randomBytes, randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { AMAZON_MARKETPLACE_ID } from "./catalogue";
import { replaceFile } from "./store";

const text = v.pipe(v.string(), v.minLength(1));

const credentialsSchema = v.object({
  tiktok: v.object({
    appKey: text,
    appSecret: text,
    accessToken: text,
    refreshToken: text,
    /** Unix seconds. */
    accessTokenExpiresAt: v.number(),
    shopCipher: text,
  }),
  amazon: v.object({
    clientId: text,
    clientSecret: text,
    refreshToken: text,
    sellerId: text,
    marketplaceId: text,
  }),
  shopify: v.object({ shop: text, clientId: text, clientSecret: text }),
  ebay: v.object({ clientId: text, clientSecret: text, ruName: text, refreshToken: text }),
});
export type Credentials = v.InferOutput<typeof credentialsSchema>;

/** Where the keys are kept while the process runs: TikTok's tokens rotate. */
export interface Keyring {
  read(): Credentials;
  write(next: Credentials): void;
}

/** TikTok's access token lives seven days (channels.md 1.1). */
export const TIKTOK_TOKEN_SECONDS = 7 * 24 * 3600;

export function randomToken(): string {
  return randomBytes(24).toString("base64url");
}

export function newCredentials(nowMs: number): Credentials {
  return {
    tiktok: {
      appKey: randomBytes(6).toString("hex"),
      appSecret: randomBytes(20).toString("hex"),
      accessToken: `TTP_${randomToken()}`,
      refreshToken: `TTP_${randomToken()}`,
      accessTokenExpiresAt: Math.floor(nowMs / 1000) + TIKTOK_TOKEN_SECONDS,
      shopCipher: `GCP_${randomToken()}`,
    },
    amazon: {
      clientId: `amzn1.application-oa2-client.${randomBytes(16).toString("hex")}`,
      clientSecret: `amzn1.oa2-cs.v1.${randomBytes(32).toString("hex")}`,
      refreshToken: `Atzr|${randomToken()}`,
      sellerId: `A${randomBytes(7).toString("hex").toUpperCase().slice(0, 13)}`,
      marketplaceId: AMAZON_MARKETPLACE_ID,
    },
    shopify: {
      shop: `rehearsal-${randomInt(100_000, 1_000_000)}.myshopify.com`,
      clientId: randomBytes(16).toString("hex"),
      clientSecret: `shpss_${randomBytes(16).toString("hex")}`,
    },
    ebay: {
      clientId: `Rehearsa-shop-PRD-${randomBytes(12).toString("hex")}`,
      clientSecret: `PRD-${randomBytes(18).toString("hex")}`,
      ruName: "Rehearsal_Shop-Rehearsa-shop-rehrsl",
      refreshToken: `v^1.1#${randomToken()}`,
    },
  };
}

export function memoryKeyring(initial: Credentials): Keyring {
  let current = initial;
  return {
    read: () => current,
    write: (next) => {
      current = next;
    },
  };
}

/** Reads the file, or makes it; mode 0600. Throws when the folder cannot be written. */
export function fileKeyring(path: string, nowMs: number): Keyring {
  const memory = memoryKeyring(readCredentials(path) ?? newCredentials(nowMs));
  const keep = () => replaceFile(path, `${JSON.stringify(memory.read(), null, 2)}\n`);
  keep();
  return {
    read: () => memory.read(),
    write: (next) => {
      memory.write(next);
      keep();
    },
  };
}

function readCredentials(path: string): Credentials | null {
  try {
    const parsed = v.safeParse(credentialsSchema, JSON.parse(readFileSync(path, "utf8")));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
