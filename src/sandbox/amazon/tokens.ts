/**
 * Login with Amazon: a refresh token, or the code of the seller's consent, becomes an access token
 * that lives an hour by the real clock, however fast the stream plays. Access tokens are in memory
 * only, so a sandbox that starts again knows none of them. The refresh token never changes.
 */
import type { Clock } from "../../base/clock";
import { randomToken, type Keyring } from "../credentials";
import type { Reply } from "./reply";

/** channels.md 2.1. */
const ACCESS_SECONDS = 3600;
const CODE_LIFE_MS = 5 * 60_000;

export interface TokenDesk {
  /** The seller agrees: a code that opens once. */
  consent(): string;
  answer(contentType: string, body: string): Reply;
  stateOf(accessToken: string): "good" | "expired" | "unknown";
}

function refused(error: string, description: string): Reply {
  return { status: 400, body: { error, error_description: description } };
}

export function tokenDesk(keyring: Keyring, clock: Clock): TokenDesk {
  const expiries = new Map<string, number>();
  const codes = new Map<string, number>();

  function grant(): Reply {
    const accessToken = `Atza|${randomToken()}`;
    expiries.set(accessToken, clock.now() + ACCESS_SECONDS * 1000);
    return {
      status: 200,
      body: {
        access_token: accessToken,
        token_type: "bearer",
        expires_in: ACCESS_SECONDS,
        refresh_token: keyring.read().amazon.refreshToken,
      },
    };
  }

  function isOpen(code: string): boolean {
    const until = codes.get(code) ?? -Infinity;
    codes.delete(code);
    return clock.now() < until;
  }

  return {
    consent() {
      const code = `RH${randomToken().slice(0, 18)}`;
      codes.set(code, clock.now() + CODE_LIFE_MS);
      return code;
    },
    answer(contentType, body) {
      if (!contentType.startsWith("application/x-www-form-urlencoded")) {
        return refused("invalid_request", "The body must be a form.");
      }
      const form = new URLSearchParams(body);
      const keys = keyring.read().amazon;
      const client = [form.get("client_id"), form.get("client_secret")];
      if (client[0] !== keys.clientId || client[1] !== keys.clientSecret) {
        return refused("invalid_client", "Client authentication failed.");
      }
      switch (form.get("grant_type")) {
        case "refresh_token":
          return form.get("refresh_token") === keys.refreshToken
            ? grant()
            : refused("invalid_grant", "The request has an invalid grant parameter.");
        case "authorization_code":
          return isOpen(form.get("code") ?? "")
            ? grant()
            : refused("invalid_grant", "The code has expired or was used.");
        default:
          return refused("unsupported_grant_type", "The grant type is not supported here.");
      }
    },
    stateOf(accessToken) {
      const until = expiries.get(accessToken);
      if (until === undefined) return "unknown";
      return clock.now() < until ? "good" : "expired";
    },
  };
}
