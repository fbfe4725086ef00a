/** What is said about connecting shops and opening the live book (messages.ts has the rest). */
import type { ChannelId } from "../base/ids";
import type { Explained } from "./explained";

export type ScreenName = "watch" | "plan" | "stock" | "channels" | "import" | "more";

export type ConnectionName =
  | "not_connected"
  | "consent_open"
  | "connected"
  | "expired"
  | "revoked"
  | "rights_missing"
  | "locked";

/** Every field that a channel may ask for; a name is used by several channels. */
export type FieldName =
  | "appKey"
  | "appSecret"
  | "serviceId"
  | "shop"
  | "clientId"
  | "clientSecret"
  | "sellerId"
  | "refreshToken"
  | "marketplaceId"
  | "region"
  | "ruName"
  | "environment";

/** Why a call about a shop was refused; the engine's own refusals are in Messages.refusal. */
export type ShopRefusalName =
  | "bad_field"
  | "no_consent"
  | "code_refused"
  | "keys_refused"
  | "set_by_file"
  | "channel_unreachable"
  | "nothing_connected"
  | "reading_gone";

export type UnmappedName =
  "no_sku" | "sku_too_long" | "not_tracked" | "no_location" | "parts_unknown";

export type WarningName = "sells_below_zero" | "several_locations" | "sku_not_unique";

export interface ShopMessages {
  readonly screens: Readonly<Record<ScreenName, string>>;
  readonly screensLabel: string;
  /** Read out beside "Channels" where a connection needs the seller. */
  readonly screenAttention: string;

  // The book
  readonly bookTitle: string;
  readonly bookIsLive: string;
  readonly bookIsRehearsal: string;
  readonly bookNothingYet: string;
  readonly bookReady: string;
  readonly openLive: string;
  readonly openRehearsal: string;
  readonly openRehearsalWarning: string;
  readonly openRehearsalSure: string;
  readonly openLiveWarning: string;
  readonly openLiveSure: string;
  readonly stay: string;
  readonly opening: string;

  // The live book without and with stock
  readonly liveEmptyTitle: string;
  readonly liveEmptyBody: string;
  readonly goConnect: string;
  readonly goImport: string;
  readonly liveTitle: string;
  readonly liveNoChannel: string;

  // A channel
  readonly connectionsTitle: string;
  readonly connectionsUnknown: string;
  readonly state: Readonly<Record<ConnectionName, string>>;
  readonly stateNext: Readonly<Record<ConnectionName, string>>;
  readonly fromFile: string;
  readonly connectAction: string;
  readonly connectAgain: string;
  readonly connecting: string;
  readonly connectClose: string;
  /** What to prepare, before the first field. */
  readonly before: Readonly<Record<ChannelId, string>>;
  readonly field: Readonly<Record<FieldName, string>>;
  /** Where to find the value, by channel and field. */
  readonly fieldWhere: Readonly<Record<ChannelId, Readonly<Partial<Record<FieldName, string>>>>>;
  readonly fieldChoice: Readonly<Record<string, string>>;
  readonly fieldBad: string;
  readonly fieldOptional: string;
  readonly secretsNote: string;
  readonly consentOpen: (channelName: string) => string;
  readonly consentSteps: string;
  readonly consentPaste: string;
  readonly consentPasteHint: string;
  readonly consentFinish: string;
  readonly consentAgain: string;
  readonly disconnect: string;
  readonly disconnectAsk: string;
  readonly disconnectSure: string;
  readonly disconnecting: string;
  readonly keep: string;
  readonly expiresOn: (at: number) => string;
  readonly refusal: Readonly<Record<ShopRefusalName, string>>;

  // The live test
  readonly test: string;
  readonly testing: string;
  readonly testOk: string;
  readonly testPartly: string;
  readonly testFailed: string;
  readonly testShop: string;
  readonly testShopUnnamed: string;
  readonly testListings: string;
  readonly testListingsMore: (n: number) => string;
  readonly testRights: string;
  readonly testRightsAll: string;
  readonly testRightsMissing: string;

  // What the shops list
  readonly readListings: string;
  readonly readAgain: string;
  readonly readingListings: (n: number) => string;
  readonly readingTitle: string;
  readonly readingHow: string;
  readonly readingEmpty: string;
  readonly readingFailed: (channelName: string) => string;
  readonly countColumn: string;
  readonly countLabel: (sku: string) => string;
  readonly countKnown: string;
  readonly countBad: string;
  readonly shownOn: (channelName: string, units: number | null) => string;
  readonly differs: string;
  readonly offSale: string;
  readonly warning: Readonly<Record<WarningName, string>>;
  readonly bundleOf: (detail: string) => string;
  readonly bundlesTitle: (n: number) => string;
  readonly unmappedTitle: (n: number) => string;
  readonly unmappedHow: string;
  readonly unmapped: Readonly<Record<UnmappedName, string>>;
  readonly byPlatform: (n: number) => string;
  readonly take: (n: number) => string;
  readonly takeNone: string;
  readonly taking: string;
  readonly leftAlone: (n: number) => string;
  readonly taken: Explained;
}
