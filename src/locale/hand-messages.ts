/** What the pane says about what a person does by hand: at the stream, to stock, to the method. */
import type { ChannelId } from "../base/ids";
import type { Explained } from "./explained";

export type HandRefusalName =
  | "stream_unknown"
  | "sku_unknown"
  | "listing_unknown"
  | "not_live"
  | "not_running"
  | "units_not_whole"
  | "nothing_free"
  | "reservation_over"
  | "no_share"
  | "cannot_undo"
  | "bad_constant"
  | "bad_order";

export type ConstantGroupName = "forecast" | "alerts" | "reserving" | "unpaid" | "sync";
export type ConstantUnitName =
  "times" | "units" | "percent" | "seconds" | "minutes" | "hours" | "days" | "count";
export type ConstantName =
  | "multiplier"
  | "planBuffer"
  | "firstTime"
  | "followersSmall"
  | "followersMiddle"
  | "followersLarge"
  | "followersHuge"
  | "followersTop"
  | "followersUnknown"
  | "coldLow"
  | "coldHigh"
  | "creatorAsk"
  | "yellow"
  | "orange"
  | "red"
  | "yellowShare"
  | "orangeShare"
  | "redShare"
  | "rearmPercent"
  | "stockoutTarget"
  | "windowBefore"
  | "windowAfter"
  | "channelBuffer"
  | "shareGuard"
  | "shareTiktok"
  | "shareAmazon"
  | "shareShopify"
  | "shareEbay"
  | "payTiktok"
  | "payAmazon"
  | "payShopify"
  | "payEbay"
  | "unreadable"
  | "pollLive"
  | "pollIdle"
  | "backoffMax"
  | "firstLook"
  | "deepLookEvery"
  | "deepLookBack"
  | "puzzled"
  | "restlessReads"
  | "lagTiktok"
  | "lagAmazon"
  | "lagShopify"
  | "lagEbay"
  | "missRisk"
  | "pace"
  | "writeGuess"
  | "skewMax"
  | "seenWithin";
/** Kinds of moves, as the ledger names them. */
export type MoveName =
  | "count"
  | "receipt"
  | "expect"
  | "adjust"
  | "damage"
  | "return_restock"
  | "return_scrap"
  | "transfer"
  | "reverse"
  | "reserve"
  | "grow"
  | "shrink"
  | "release"
  | "hold"
  | "commit"
  | "pay"
  | "cancel"
  | "ship"
  | "expire";

export interface HandMessages {
  readonly refusal: Readonly<Record<HandRefusalName, string>>;
  readonly undo: string;
  readonly undone: string;
  readonly saving: string;

  // Channels held by hand
  readonly holdTitle: string;
  readonly holdHow: string;
  readonly hold: (channelName: string) => string;
  readonly letGo: (channelName: string) => string;
  readonly heldNow: (channelNames: readonly string[]) => Explained;

  // The reservation
  readonly shareTitle: string;
  readonly shareNow: (reserved: number, free: number) => string;
  readonly shareUnits: string;
  readonly shareGrow: string;
  readonly shareLend: string;
  readonly shareGrown: (units: number) => string;
  readonly shareLending: (units: number) => string;
  readonly shareLendNot: string;
  readonly shareNoLend: string;

  // Another product
  readonly switchTitle: string;
  readonly switchHow: string;
  readonly switchRehearsal: string;
  readonly switchSku: string;
  readonly switchChoice: (sku: string, units: number) => string;
  readonly switchNone: string;
  readonly switchGo: string;
  readonly switchAsk: (sku: string) => string;
  readonly switchYes: string;
  readonly switchNo: string;

  // How stock is shared
  readonly policyUse: string;
  readonly policyUsed: (name: string) => string;

  // Constants
  readonly constantsTitle: string;
  readonly constantsHow: string;
  readonly constantsChanged: (n: number) => string;
  readonly constantGroup: Readonly<Record<ConstantGroupName, string>>;
  readonly constant: Readonly<Record<ConstantName, string>>;
  readonly constantUnit: Readonly<Record<ConstantUnitName, string>>;
  /** The method's own value and what is allowed. */
  readonly constantRange: (seed: string, least: string, most: string) => string;
  readonly constantReset: (name: string) => string;
  readonly constantBad: (least: string, most: string) => string;
  readonly constantSaved: (name: string, value: string) => string;
  readonly resetAll: string;
  readonly resetAllAsk: (n: number) => string;
  readonly resetAllYes: string;
  readonly resetAllNo: string;

  // One SKU
  readonly skuBack: string;
  readonly skuOpen: (sku: string) => string;
  readonly skuSum: string;
  readonly skuTerm: Readonly<
    Record<"onHand" | "committed" | "held" | "reserved" | "damaged" | "free" | "incoming", string>
  >;
  readonly countTitle: string;
  readonly countHow: string;
  readonly countField: string;
  readonly countSave: string;
  readonly countSame: string;
  readonly countDone: (counted: number, by: number) => string;
  readonly receiveField: string;
  readonly receiveSave: string;
  readonly receiveDone: (units: number) => string;
  readonly unitsBad: string;
  readonly listingsTitle: string;
  readonly listingsNone: string;
  readonly listingShows: (shown: number | null) => string;
  readonly listingBundle: (bundle: string, units: number) => string;
  readonly listingMove: (listing: string) => string;
  readonly listingMoveTo: string;
  readonly listingLikely: string;
  readonly listingOthers: string;
  readonly listingMoveGo: string;
  readonly listingMoveAsk: (listing: string, sku: string) => string;
  readonly listingMoved: (sku: string) => string;
  readonly historyTitle: string;
  readonly historyNone: string;
  readonly historyMore: string;
  readonly historyKind: Readonly<Record<MoveName, string>>;
  readonly historyUnits: (n: number) => string;
  readonly historyByHand: string;
  readonly historyReversed: string;
  readonly account: (account: string, channelName: (channel: ChannelId) => string) => string;

  // Sound
  readonly mute: string;
  readonly unmute: string;
  readonly muted: string;

  // Who waits
  readonly waitTitle: string;
  readonly waitHow: string;
  readonly waitName: string;
  readonly waitAdd: string;
  readonly waitRemove: (name: string) => string;
  readonly waitCopy: string;
  readonly waitCopied: string;
  readonly waitForget: string;
  readonly waitForgetAsk: (n: number) => string;
  readonly waitForgetYes: string;
  readonly waitForgetNo: string;

  // First steps
  readonly firstTitle: string;
  readonly firstSkip: string;
  readonly firstDone: string;
  readonly first: Readonly<Record<"rehearse" | "import" | "connect", Explained>>;
  readonly firstGo: Readonly<Record<"rehearse" | "import" | "connect", string>>;

  // Suggestions of the review
  readonly suggestAccept: string;
  readonly suggestAccepted: string;
  readonly timelineSave: string;
  readonly timelineColumns: readonly [minute: string, sold: string, left: string, event: string];

  // Versions
  readonly version: string;
  readonly versionExcel: string;
  readonly versionLedger: string;
}
