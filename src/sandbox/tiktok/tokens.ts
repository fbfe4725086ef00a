/**
 * TikTok's token host: a consent code becomes a pair of tokens, a refresh token becomes the next
 * pair. The pair before is worth nothing from then on; of the access token this is stricter than
 * anything documented.
 */
import type { Clock } from "../../base/clock";
import { randomToken, TIKTOK_TOKEN_SECONDS, type Keyring } from "../credentials";
import { badParameter, success, type Reply } from "./reply";

/** A consent code lives half an hour and opens once (channels.md 1.1). */
const CODE_LIFE_MS = 30 * 60_000;
const REFRESH_TOKEN_SECONDS = 365 * 24 * 3600;

export interface TokenDesk {
  /** The seller agrees: a code. */
  consent(): string;
  answer(path: "get" | "refresh", query: Readonly<Record<string, string>>): Reply;
}

export function tokenDesk(keyring: Keyring, clock: Clock): TokenDesk {
  const codes = new Map<string, number>();

  function rotate(): Reply {
    const keys = keyring.read();
    const nowSeconds = Math.floor(clock.now() / 1000);
    const tiktok = {
      ...keys.tiktok,
      accessToken: `TTP_${randomToken()}`,
      refreshToken: `TTP_${randomToken()}`,
      accessTokenExpiresAt: nowSeconds + TIKTOK_TOKEN_SECONDS,
    };
    keyring.write({ ...keys, tiktok });
    return success({
      access_token: tiktok.accessToken,
      // Instants, not durations.
      access_token_expire_in: tiktok.accessTokenExpiresAt,
      refresh_token: tiktok.refreshToken,
      refresh_token_expire_in: nowSeconds + REFRESH_TOKEN_SECONDS,
      open_id: "7010736057180325637",
      seller_name: "Rehearsal Seller",
      seller_base_region: "US",
      user_type: 0,
      granted_scopes: ["seller.order.info", "seller.product.basic", "seller.product.write"],
    });
  }

  return {
    consent: () => {
      const code = `TTP_${randomToken()}`;
      codes.set(code, clock.now() + CODE_LIFE_MS);
      return code;
    },
    answer: (path, query) => {
      const { tiktok } = keyring.read();
      if (query["app_key"] !== tiktok.appKey) return badParameter("Invalid app_key.");
      if (query["app_secret"] !== tiktok.appSecret) return badParameter("Invalid app_secret.");
      if (path === "refresh") {
        if (query["grant_type"] !== "refresh_token") return badParameter("Invalid grant_type.");
        const given = query["refresh_token"];
        return given === tiktok.refreshToken ? rotate() : badParameter("Invalid refresh_token.");
      }
      if (query["grant_type"] !== "authorized_code") return badParameter("Invalid grant_type.");
      const code = query["auth_code"] ?? "";
      const until = codes.get(code) ?? -Infinity;
      codes.delete(code);
      return clock.now() < until ? rotate() : badParameter("Invalid auth_code.");
    },
  };
}
