/**
 * eBay's token host: a consent code becomes an access token of two hours and a refresh token of
 * eighteen months, a refresh token becomes further access tokens and stays (channels.md 4.1).
 *
 * An access token says its end and its scopes and is signed with the client's secret, so that one
 * given out before a restart is still good after it.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../base/clock";
import { ebayScopes } from "../../channels/ebay/auth";
import { randomToken, type Keyring } from "../credentials";
import type { Reply } from "./reply";

export const TOKEN_SECONDS = 7200;
const REFRESH_TOKEN_SECONDS = 47_304_000;
/** A code is good for five minutes, less a second, and opens once. */
const CODE_SECONDS = 299;

const [inventoryScope, fulfillmentScope] = ebayScopes;
/** The part of the shop that a call touches, and the letter for it in a token. */
export type Area = "inventory" | "fulfillment";
const letters: Readonly<Record<string, string>> = {
  [inventoryScope]: "i",
  [fulfillmentScope]: "f",
};

function seal(text: string, secret: string): string {
  return createHmac("sha256", secret).update(text).digest("hex").slice(0, 32);
}

function issue(scopes: readonly string[], secret: string, now: number): string {
  const end = (Math.floor(now / 1000) + TOKEN_SECONDS).toString(16);
  const claim = `${scopes.map((scope) => letters[scope] ?? "").join("")}.${end}`;
  return `v^1.1#t^${claim}.${seal(claim, secret)}`;
}

/** Null: not ours, or over. */
export function areasOf(token: string, secret: string, now: number): readonly Area[] | null {
  const [, claim, areas, end, given] =
    /^v\^1\.1#t\^(([if]{0,2})\.([0-9a-f]{1,12}))\.([0-9a-f]{32})$/.exec(token) ?? [];
  if (claim === undefined || end === undefined || given === undefined) return null;
  if (!timingSafeEqual(Buffer.from(seal(claim, secret)), Buffer.from(given))) return null;
  if (Number.parseInt(end, 16) <= now / 1000) return null;
  const known: readonly (readonly [string, Area])[] = [
    ["i", "inventory"],
    ["f", "fulfillment"],
  ];
  return known.flatMap(([letter, area]) => (areas?.includes(letter) === true ? [area] : []));
}

export interface TokenDesk {
  /** The seller agrees: a code. */
  consent(): string;
  answer(authorization: string, form: URLSearchParams): Reply;
}

function refused(status: 400 | 401, error: string, description: string): Reply {
  return { status, body: { error, error_description: description } };
}

export function tokenDesk(keyring: Keyring, clock: Clock): TokenDesk {
  const codes = new Map<string, number>();
  // A seller who agrees again gets another refresh token, and the old one goes on.
  const older = new Set<string>();

  function grant(scopes: readonly string[], refreshToken: string | null): Reply {
    const { clientSecret } = keyring.read().ebay;
    const body = {
      access_token: issue(scopes, clientSecret, clock.now()),
      expires_in: TOKEN_SECONDS,
      token_type: "User Access Token",
      ...(refreshToken !== null && {
        refresh_token: refreshToken,
        refresh_token_expires_in: REFRESH_TOKEN_SECONDS,
      }),
    };
    return { status: 200, body };
  }

  function open(form: URLSearchParams): Reply {
    const { ebay } = keyring.read();
    const code = form.get("code") ?? "";
    const until = codes.get(code) ?? -Infinity;
    codes.delete(code);
    if (clock.now() >= until || form.get("redirect_uri") !== ebay.ruName) {
      return refused(400, "invalid_grant", "the provided authorization grant code is invalid");
    }
    older.add(ebay.refreshToken);
    const refreshToken = `v^1.1#${randomToken()}`;
    keyring.write({ ...keyring.read(), ebay: { ...ebay, refreshToken } });
    return grant(ebayScopes, refreshToken);
  }

  function renew(form: URLSearchParams): Reply {
    const given = form.get("refresh_token") ?? "";
    if (given !== keyring.read().ebay.refreshToken && !older.has(given)) {
      return refused(400, "invalid_grant", "the provided refresh token is invalid");
    }
    const scopes = (form.get("scope") ?? ebayScopes.join(" ")).split(" ");
    if (scopes.some((scope) => !(scope in letters))) {
      return refused(400, "invalid_scope", "the requested scope is invalid");
    }
    return grant(scopes, null);
  }

  return {
    consent: () => {
      // As eBay's codes look: to be percent-encoded, or half of it is lost.
      const code = `v^1.1#i^1#I^3#r^1#t^${randomToken()}==`;
      codes.set(code, clock.now() + CODE_SECONDS * 1000);
      return code;
    },
    answer: (authorization, form) => {
      const { clientId, clientSecret } = keyring.read().ebay;
      const pair = Buffer.from(`${clientId}:${clientSecret}`, "utf8").toString("base64");
      if (authorization !== `Basic ${pair}`) {
        return refused(401, "invalid_client", "client authentication failed");
      }
      if (form.get("grant_type") === "authorization_code") return open(form);
      if (form.get("grant_type") === "refresh_token") return renew(form);
      return refused(400, "unsupported_grant_type", "grant type in request is not supported");
    },
  };
}
