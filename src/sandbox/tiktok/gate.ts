/** Who may call: key, clock, signature, token and shop, in the order in which they are checked. */
import type { Credentials } from "../credentials";
import { badParameter, failure, type Reply } from "./reply";
import { isSignedBy, type SignedRequest } from "./signature";

export interface Call extends SignedRequest {
  readonly method: string;
  readonly accessToken: string;
}

/** Seconds that a time stamp may lie behind and ahead of TikTok's clock (channels.md 1.1). */
const BEHIND_SECONDS = 300;
const AHEAD_SECONDS = 30;

function parameter(call: Call, name: string): string {
  return call.query.find(([key]) => key === name)?.[1] ?? "";
}

function isInWindow(timestamp: string, now: number): boolean {
  if (!/^\d{10}$/.test(timestamp)) return false;
  const ahead = Number(timestamp) - now / 1000;
  return ahead >= -BEHIND_SECONDS && ahead <= AHEAD_SECONDS;
}

/** Null: come in. `shopScoped`: whether the endpoint works inside one shop. */
export function stopAtGate(
  call: Call,
  keys: Credentials["tiktok"],
  shopScoped: boolean,
  now: number,
): Reply | null {
  if (parameter(call, "app_key") !== keys.appKey) return badParameter("Invalid app_key.");
  if (!isInWindow(parameter(call, "timestamp"), now)) {
    return badParameter(
      "Invalid timestamp: it must lie between 5 minutes ago and 30 seconds ahead.",
    );
  }
  if (!isSignedBy(keys.appSecret, call, parameter(call, "sign"))) {
    return failure(401, 106001, "Invalid credentials: the `sign` query parameter is invalid.");
  }
  if (call.accessToken !== keys.accessToken) {
    return call.accessToken === ""
      ? badParameter("Missing x-tts-access-token header.")
      : failure(401, 105002, "Expired credentials: this access token is no longer valid.");
  }
  if (now / 1000 >= keys.accessTokenExpiresAt) {
    return failure(401, 105002, "Expired credentials: the access token has expired.");
  }
  const cipher = parameter(call, "shop_cipher");
  if (!shopScoped) return cipher === "" ? null : badParameter("Unexpected shop_cipher.");
  if (cipher === "") {
    return failure(
      400,
      106013,
      "Missing identifier: the `shop_cipher` query parameter is required.",
    );
  }
  if (cipher !== keys.shopCipher) {
    return failure(400, 101000, "Invalid query or header: the shop_cipher is not of this seller.");
  }
  return null;
}
