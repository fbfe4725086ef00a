/**
 * How each channel is connected: what the seller enters, and whether her browser visits a consent page.
 * The form of a field is the channel's own (auth.ts, consent.ts); here stand its name and its kind.
 */
import type { ChannelId } from "../../base/ids";
import { amazonAuth } from "../../channels/amazon/auth";
import { ebayAuth, ebayConsent } from "../../channels/ebay/auth";
import type { ChannelAuth, ChannelConsent } from "../../channels/http/channel-auth";
import type { ConnectField } from "../../channels/http/connect-contract";
import { shopifyAuth } from "../../channels/shopify/auth";
import { tiktokAuth } from "../../channels/tiktok/auth";
import { tiktokConsent } from "../../channels/tiktok/consent";

export interface Way<App, Credentials> {
  readonly auth: ChannelAuth<Credentials>;
  /** Null: what she enters are the credentials. */
  readonly consent: ChannelConsent<App, Credentials> | null;
  readonly fields: readonly ConnectField[];
  /** How the shop is called before, or instead of, the channel's own word; a field's name. */
  readonly shopField: string | null;
  /** How long a consent holds, where that is published. */
  readonly consentMs: number | null;
}

const text = (name: string): ConnectField => ({ name, kind: "text", required: true, choices: [] });
const secret = (name: string): ConnectField => ({ ...text(name), kind: "secret" });
const choice = (name: string, ...choices: string[]): ConnectField => ({
  name,
  kind: "choice",
  required: false,
  choices,
});

const tiktok = way({
  auth: tiktokAuth,
  consent: tiktokConsent,
  fields: [text("appKey"), secret("appSecret"), text("serviceId")],
  shopField: null,
  consentMs: null,
});

const shopify = way({
  auth: shopifyAuth,
  consent: null,
  fields: [text("shop"), text("clientId"), secret("clientSecret")],
  shopField: "shop",
  consentMs: null,
});

const amazon = way({
  auth: amazonAuth,
  consent: null,
  fields: [
    text("sellerId"),
    text("clientId"),
    secret("clientSecret"),
    secret("refreshToken"),
    { ...text("marketplaceId"), required: false },
    choice("region", "na", "eu", "fe"),
  ],
  shopField: "sellerId",
  consentMs: null,
});

const ebay = way({
  auth: ebayAuth,
  consent: ebayConsent,
  fields: [
    text("clientId"),
    secret("clientSecret"),
    text("ruName"),
    choice("environment", "production", "sandbox"),
  ],
  shopField: null,
  // 18 months (channels.md 4.1).
  consentMs: 47_304_000_000,
});

/** Runs `use` with the way of a channel, whatever its credentials are made of. */
export type WithWay<T> = <App, Credentials>(way: Way<App, Credentials>) => T;

export function withWay<T>(channel: ChannelId, use: WithWay<T>): T {
  switch (channel) {
    case "tiktok":
      return use(tiktok);
    case "amazon":
      return use(amazon);
    case "shopify":
      return use(shopify);
    case "ebay":
      return use(ebay);
  }
}

function way<App, Credentials>(made: Way<App, Credentials>): Way<App, Credentials> {
  return made;
}
