/**
 * What must be said in every language: one flat list, grouped by where it is read. A plain string
 * is shown as it stands; a function takes raw values (units, ms, names) and formats them itself.
 */
import type { ChannelId } from "../base/ids";
import type { Explained } from "./explained";
import type { ImportMessages } from "./import-messages";
import type { ShopMessages } from "./shop-messages";

export type AlertName = "none" | "yellow" | "orange" | "red";
export type VerdictName =
  "overstocked" | "watch_over" | "reasonable" | "watch_short" | "short" | "sold_out";
export type ChannelStatusName = "waiting" | "ok" | "slow" | "failing" | "paused";

/** Why the engine refused a command; `detail` is "" where the refusal carries none. */
export type CommandRefusalName =
  | "busy"
  | "not_leader"
  | "companion_down"
  | "already_running"
  | "no_stream"
  | "live_open"
  | "plan"
  | "storage"
  | "refused";

/** Why a channel did not answer well: the kinds of refusal an adapter may give. */
export type ChannelErrorName =
  | "companion_down"
  | "fenced_off"
  | "unreachable"
  | "throttled"
  | "unauthorised"
  | "server_error"
  | "rejected"
  | "malformed";

/** Why the engine stopped. */
export type FaultName =
  | "storage_blocked"
  | "storage_full"
  | "storage_failed"
  | "older_tab"
  | "newer_schema"
  | "diverged"
  | "broken_assumption";

export type ActivityName =
  | "stock_counted"
  | "reserved"
  | "reserved_short"
  | "stream_started"
  | "stream_ended"
  | "order"
  | "order_cancelled"
  | "push"
  | "paused"
  | "resumed"
  | "refilled"
  | "alert"
  | "oversold"
  | "companion_lost"
  | "companion_back"
  | "gap"
  | "released"
  | "drift"
  | "drift_settled"
  | "asked"
  | "answered"
  | "live_stopped"
  | "live_resumed"
  | "channel_held"
  | "channel_freed"
  | "constants_set"
  | "latency";

/** What a line of the activity log is made of. */
export interface ActivityWords {
  readonly sku: string;
  /** The channel's name, or "" where the line is about none. */
  readonly channel: string;
  /**
   * Units; for `push` the number now offered, for `alert` and `paused` what is left to sell on the
   * live channel, for `reserved_short` what could be reserved, for `gap` the milliseconds without
   * sync, for `drift` channel minus ledger.
   */
  readonly n: number;
  /** For `alert` the level, for `oversold` the cause, for `order` "paid" or "unpaid", else free. */
  readonly detail: string;
}

export interface Messages {
  readonly shops: ShopMessages;
  readonly imports: ImportMessages;

  // The frame
  readonly productName: string;
  readonly bookRehearsal: string;
  readonly bookRehearsalHint: string;
  readonly bookLive: string;
  readonly bookLiveHint: string;
  readonly languageLabel: string;
  readonly opening: string;
  readonly paneFailed: Explained;
  readonly channel: Readonly<Record<ChannelId, string>>;

  // Banners
  readonly companionLostTitle: string;
  readonly companionLostBody: string;
  /** `at` in ms since the epoch, `forMs` how long ago that is. */
  readonly companionLostSince: (at: number, forMs: number) => string;
  readonly companionBackTitle: string;
  readonly companionBackBody: string;
  readonly followerTitle: string;
  readonly followerBody: string;
  readonly fault: Readonly<Record<FaultName, Explained>>;
  readonly faultOther: Explained;
  readonly faultDetail: (detail: string) => string;
  readonly backlogTitle: (entries: number) => string;
  readonly backlogBody: string;

  // Before a rehearsal
  readonly idleTitle: string;
  readonly idleValue: readonly [string, string];
  readonly planTitle: string;
  readonly planUnits: (units: number) => string;
  readonly planCreator: string;
  readonly planFollowers: string;
  readonly planOnHand: string;
  readonly planPending: string;
  readonly speedLabel: string;
  /** One of the choices: how long the stream takes in real time. */
  readonly speedChoice: (realMs: number) => string;
  /** The same in full, for assistive technology. */
  readonly speedChoiceFull: (streamMinutes: number, realMs: number) => string;
  readonly rehearse: string;
  readonly rehearseStarting: string;
  readonly whyEngineStarting: string;
  readonly whyPreparing: string;
  readonly whyCompanionDown: string;
  readonly whyFollower: string;
  readonly whyStopped: string;
  readonly refusal: Readonly<Record<CommandRefusalName, (detail: string) => string>>;

  // While it runs
  readonly phaseRunning: string;
  readonly phaseSettling: string;
  readonly streamTime: string;
  readonly streamMinute: (minute: number, minutes: number) => string;
  readonly streamLeft: (realMs: number) => string;
  readonly streamSettling: string;
  readonly speedTimes: (speed: number) => string;
  readonly bigSellable: (channelName: string) => string;
  readonly bigSoldOf: (planned: number) => string;
  readonly ladderTitle: string;
  readonly ladderName: Readonly<Record<AlertName, string>>;
  readonly ladderBound: (below: number) => string;
  readonly ladderFrom: (units: number) => string;
  readonly ladderAction: Readonly<Record<AlertName, string>>;
  readonly chartTitle: string;
  readonly chartSold: string;
  readonly chartPlanned: string;
  readonly chartSummary: (sold: number, planned: number, minute: number) => string;
  readonly chartEmpty: string;
  readonly chartMinute: (minute: number) => string;
  readonly stop: string;
  readonly stopping: string;
  readonly announceStock: (channelName: string, sellable: number, sold: number) => string;
  readonly announceAlert: (alert: AlertName) => string;

  // Channels, stock, log
  readonly channelsTitle: string;
  readonly channelStatus: Readonly<Record<ChannelStatusName, string>>;
  readonly channelAge: (ms: number) => string;
  readonly channelUnread: string;
  readonly channelListed: string;
  readonly channelOrders: string;
  readonly channelPush: string;
  readonly channelPushMs: (ms: number) => string;
  readonly channelError: Readonly<Record<ChannelErrorName, string>>;
  readonly channelErrorOther: string;
  readonly unknown: string;
  readonly stockTitle: string;
  readonly stockEmpty: string;
  readonly stockOversold: (units: number) => string;
  readonly activityTitle: string;
  readonly activityEmpty: string;
  readonly activity: Readonly<Record<ActivityName, (words: ActivityWords) => string>>;

  // After it
  readonly reviewTitle: string;
  readonly reviewPending: string;
  readonly reviewPlanned: string;
  readonly reviewSold: string;
  readonly reviewAccuracy: string;
  readonly reviewAccuracyHow: string;
  readonly reviewNoPlan: string;
  readonly verdict: Readonly<Record<VerdictName, Explained>>;
  readonly reviewStockout: string;
  readonly reviewStockoutTarget: string;
  readonly reviewStockoutOk: string;
  readonly reviewStockoutOver: string;
  readonly reviewStockoutMinutes: (out: number, of: number) => string;
  readonly reviewElsewhere: string;
  readonly reviewLeft: string;
  readonly reviewOversold: string;
  readonly reviewOversoldNone: string;
  readonly reviewOversoldSome: string;
  readonly units: (n: number) => string;
  readonly release: (units: number) => string;
  readonly releasing: string;
  readonly released: (units: number) => string;
  readonly rehearseAgain: string;

  // In the workbook: the Live table
  readonly columnSku: string;
  readonly columnOnHand: string;
  readonly columnCommitted: string;
  readonly columnHeld: string;
  readonly columnReserved: string;
  readonly columnSellable: (channelName: string) => string;
  readonly columnAlert: string;
  readonly columnAsOf: string;
  /** The text of an alert cell; `below` is the level's threshold in units, unused for "none". */
  readonly alertCell: (alert: AlertName, below: number) => string;

  // In the workbook: beside an error or a number
  readonly cellStarting: string;
  readonly cellNotConnected: string;
  readonly cellStopped: string;
  readonly cellSkuEmpty: string;
  readonly cellSkuTooLong: string;
  readonly cellSkuUnknown: (sku: string) => string;
  readonly cellChannelUnknown: (text: string) => string;
  readonly cellChannelUnlisted: (sku: string, channelName: string) => string;
  readonly cellChannelUnread: (channelName: string) => string;
  readonly cellLastSync: (at: number) => string;
  readonly cellTooOld: (at: number) => string;
  readonly cellSalesType: string;
  readonly cellSalesNegative: string;
  readonly cellFollowersType: string;
  readonly cellFollowersNegative: string;
  readonly cellNothingToForecast: string;
  readonly cellCoefficientRange: string;
  readonly cellBufferRange: string;
  readonly cellServiceRange: string;
  readonly cellOptions: (text: string) => string;
  readonly cellOutOfRange: (text: string) => string;
  readonly cellColdStart: string;
  readonly cellNoHistory: (sku: string) => string;
}
