/** English, for someone who sells on TikTok Shop: short, concrete, with the next step. */
import { enImports } from "./en-imports";
import { enShops } from "./en-shops";
import { formatsOf, plural } from "./formats";
import type { ActivityWords, AlertName, Messages } from "./messages";

const { number, clock, duration, ago } = formatsOf("en");

const units = (n: number) => `${number(n)} ${plural(n, "unit", "units")}`;

const alertNames: Readonly<Record<AlertName, string>> = {
  none: "OK",
  yellow: "Yellow",
  orange: "Orange",
  red: "Red",
};

const oversoldCauses: Readonly<Record<string, string>> = {
  late_payment: ": a buyer paid after the hold had ended",
  same_second: ": two channels sold the last ones in the same moment",
  count: ": a count found fewer than expected",
};

function isAlertName(text: string): text is AlertName {
  return Object.hasOwn(alertNames, text);
}

const alertText = (detail: string) => (isAlertName(detail) ? alertNames[detail] : detail);
const on = ({ channel }: ActivityWords) => (channel === "" ? "" : ` on ${channel}`);
const of = ({ sku }: ActivityWords) => (sku === "" ? "" : ` of ${sku}`);

export const en: Messages = {
  shops: enShops,
  imports: enImports,

  productName: "StreamStock",
  bookRehearsal: "Rehearsal",
  bookRehearsalHint: "Your shops are not touched.",
  bookLive: "Live",
  bookLiveHint: "Changes go to your shops.",
  languageLabel: "Language",
  opening: "Opening your stock…",
  paneFailed: {
    title: "The pane could not open.",
    next: "Check that StreamStock is still running on this computer, then reload the pane.",
  },
  channel: { tiktok: "TikTok Shop", amazon: "Amazon", shopify: "Shopify", ebay: "eBay" },

  companionLostTitle: "StreamStock's companion is not answering",
  companionLostBody:
    "Stock on the channels is not being synced. Check that the companion is running on this computer. Sync goes on by itself when it is back, and no order is lost.",
  companionLostSince: (at, forMs) => `Since ${clock(at)} · ${duration(forMs)}`,
  companionBackTitle: "The companion is back",
  companionBackBody: "Sync goes on. Orders from the gap are being read now.",
  followerTitle: "Another window leads",
  followerBody:
    "StreamStock is also open in another window, and that one syncs. This pane shows the same numbers and takes over when the other is closed.",
  fault: {
    storage_blocked: {
      title: "This browser does not let StreamStock store anything",
      next: "Sync is stopped. Leave private mode or allow site data for this page, then reload the pane.",
    },
    storage_full: {
      title: "The disk is full",
      next: "Sync is stopped so that no order goes unrecorded. Free some disk space: it goes on by itself, and no order is lost.",
    },
    storage_failed: {
      title: "The stock ledger could not be read or written",
      next: "Sync is stopped. Reload the pane: the ledger comes back from the companion's copy.",
    },
    older_tab: {
      title: "Another window still runs an older StreamStock",
      next: "Sync waits for it. Close or reload that window; this one then goes on by itself.",
    },
    newer_schema: {
      title: "This ledger was written by a newer StreamStock",
      next: "Sync is stopped to protect it. Close older windows and start the newest version.",
    },
    diverged: {
      title: "This browser's ledger and the companion's copy are two different histories",
      next: "Sync is stopped and neither is changed. If StreamStock runs with another data folder than before, start it with the old one. If not, report the text below before you clear anything.",
    },
    broken_assumption: {
      title: "StreamStock found a fault in itself and stopped",
      next: "No more stock is sent to the channels. Reload the pane; if it happens again, report the text below.",
    },
  },
  faultOther: {
    title: "StreamStock stopped",
    next: "No more stock is sent to the channels. Reload the pane to start again.",
  },
  faultDetail: (detail) => `Details: ${detail}`,
  backlogTitle: (entries) =>
    `${number(entries)} ${plural(entries, "entry waits", "entries wait")} for the safe copy`,
  backlogBody:
    "They are kept in this browser. Leave the pane open until the companion has copied them.",

  idleTitle: "Rehearse before you go live",
  idleValue: [
    "A 3-hour stream in minutes, on all four channels.",
    "See if your stock lasts and stays right.",
  ],
  planTitle: "Featured item",
  planUnits: (n) => `${units(n)} planned`,
  planCreator: "Creator",
  planFollowers: "Followers",
  planOnHand: "On hand",
  planPending: "Start a rehearsal to see the item, its creator and the plan.",
  speedLabel: "Play 3 hours in",
  speedChoice: (realMs) => duration(realMs),
  speedChoiceFull: (minutes, realMs) => `${duration(minutes * 60_000)} in ${duration(realMs)}`,
  rehearse: "Rehearse a stream",
  rehearseStarting: "Opening the shop…",
  whyEngineStarting: "Your stock is still being read. One moment.",
  whyPreparing: "Stock is being counted and reserved. One moment.",
  whyCompanionDown: "The companion is not answering. Start it, then try again.",
  whyFollower: "Another window leads. Start the rehearsal there, or close it.",
  whyStopped: "StreamStock is stopped. See the message above.",
  refusal: {
    busy: () => "The last action is still running. Try again in a moment.",
    not_leader: () => "Another window leads. Do this there, or close that window.",
    companion_down: () =>
      "The companion is not answering. Check that it is running on this computer, then try again.",
    already_running: () => "A rehearsal is already running. End it first.",
    no_stream: () => "There is no stream to act on. Rehearse one first.",
    live_open: () =>
      "Your live book is open. Open the rehearsal first: that pauses the sync with your shops.",
    plan: (detail) =>
      `The cell named StreamPlan in your workbook shows "${detail}", not a number of units. Correct the plan there, then rehearse.`,
    storage: (detail) =>
      `The stock ledger could not be written, so nothing was changed. Reload the pane and try again. ${detail}`.trim(),
    refused: (detail) =>
      `That was refused, and nothing was changed. Reload the pane and try again. ${detail}`.trim(),
  },

  phaseRunning: "On air",
  phaseSettling: "Last orders",
  streamTime: "Time of the stream",
  streamMinute: (minute, minutes) => `Minute ${number(minute)} of ${number(minutes)}`,
  streamLeft: (realMs) => `${duration(realMs)} left`,
  streamSettling: "The stream is over. Reading the last orders.",
  speedTimes: (speed) => `${number(speed)}× speed`,
  bigSellable: (channelName) => `left to sell on ${channelName}`,
  bigSoldOf: (planned) => `sold of ${number(planned)} planned`,
  ladderTitle: "Stock alert",
  ladderName: alertNames,
  ladderBound: (below) => `under ${number(below)}`,
  ladderFrom: (n) => `${number(n)}+`,
  ladderAction: {
    none: "Enough stock. Nothing to do.",
    yellow: "Getting low. Think about the next item to show.",
    orange: "Low. Other channels pause, the rest is kept for the stream.",
    red: "Last units. Tell the creator to switch to another item.",
  },
  chartTitle: "Sold so far",
  chartSold: "Sold",
  chartPlanned: "Planned",
  chartSummary: (sold, planned, minute) =>
    `${units(sold)} sold by minute ${number(minute)}, ${number(planned)} planned for the whole stream.`,
  chartEmpty: "The line starts with the first order.",
  chartMinute: (minute) => `${number(minute)} min`,
  stop: "End the rehearsal",
  stopping: "Ending…",
  announceStock: (channelName, sellable, sold) =>
    `${number(sellable)} left to sell on ${channelName}, ${number(sold)} sold.`,
  announceAlert: (alert) => (alert === "none" ? "" : `Alert ${alertNames[alert].toLowerCase()}.`),

  channelsTitle: "Channels",
  channelStatus: {
    waiting: "Waiting",
    ok: "In sync",
    slow: "Slow",
    failing: "Failing",
    paused: "Paused",
  },
  channelAge: (ms) => `read ${ago(ms)}`,
  channelUnread: "not read yet",
  channelListed: "Listed",
  channelOrders: "Orders",
  channelPush: "Last push",
  channelPushMs: (ms) => (ms < 1000 ? `${number(ms)} ms` : duration(ms)),
  channelError: {
    companion_down: "The companion is not answering. Check that it is running on this computer.",
    fenced_off: "Another window has taken over the sync. Nothing was sent from here.",
    unreachable: "The channel cannot be reached. Check your internet; it is tried again by itself.",
    throttled: "The channel asked for a pause. Sync goes on by itself when it is over.",
    unauthorised: "The channel refused the login. Connect this shop again.",
    server_error: "The channel has a fault of its own. It is tried again by itself.",
    rejected: "The channel refused the change. Check the listing in its seller centre.",
    malformed: "The channel answered something unexpected, so it was not used. Report the details.",
  },
  channelErrorOther: "The channel did not answer as it should. It is tried again by itself.",
  unknown: "–",
  stockTitle: "Stock by SKU",
  stockEmpty: "No SKU yet. Rehearse a stream to fill this list.",
  stockOversold: (n) => `${number(n)} oversold`,
  activityTitle: "What the engine did",
  activityEmpty: "Nothing yet. Each order, push and pause is listed here with its reason.",
  activity: {
    stock_counted: (w) => `Counted ${units(w.n)}${of(w)}`,
    reserved: (w) => `Reserved ${units(w.n)}${of(w)} for the stream`,
    reserved_short: (w) =>
      `Reserved only ${units(w.n)}${of(w)}: there is not enough stock for the plan`,
    stream_started: () => "The stream is on air",
    stream_ended: () => "The stream is over",
    order: (w) =>
      `Sold ${number(w.n)}${of(w)}${on(w)}${w.detail === "unpaid" ? ", not paid yet: held" : ""}`,
    order_cancelled: (w) => `${number(w.n)}${of(w)} cancelled${on(w)}, free to sell again`,
    push: (w) => `${w.channel} now offers ${number(w.n)}${of(w)}, to match the stock`,
    paused: (w) => `Other channels stop selling ${w.sku}: ${number(w.n)} left, kept for the stream`,
    resumed: (w) => `${w.sku} sells again on all channels`,
    refilled: (w) => `Moved ${units(w.n)}${of(w)} over to the stream`,
    alert: (w) =>
      w.detail === "none"
        ? `${w.sku}: alert over, ${number(w.n)} left`
        : `${w.sku}: ${alertText(w.detail).toLowerCase()} alert, ${number(w.n)} left`,
    oversold: (w) => `Oversold ${units(w.n)}${of(w)}${on(w)}${oversoldCauses[w.detail] ?? ""}`,
    companion_lost: () => "The companion stopped answering; sync waits",
    companion_back: () => "The companion is back; sync goes on",
    gap: (w) => `No sync for ${duration(w.n)}; everything was read again`,
    released: (w) => `Released ${units(w.n)}${of(w)} to all channels`,
    drift: (w) =>
      `${w.channel} shows ${number(Math.abs(w.n))} ${w.n < 0 ? "fewer" : "more"}${of(w)} than the ledger`,
    drift_settled: (w) => `${w.channel}: the difference${of(w)} is settled`,
    asked: (w) =>
      w.detail.startsWith("stop_live")
        ? `Stop the live listing${of(w)}? Waiting for your answer`
        : `Pause the other channels${of(w)}? Waiting for your answer`,
    answered: (w) =>
      /refused$/.test(w.detail)
        ? `You said no${of(w)}; nothing was changed`
        : /timeout$/.test(w.detail)
          ? `No answer${of(w)}; done to be safe`
          : /confirmed$/.test(w.detail)
            ? `You said yes${of(w)}`
            : `The question${of(w)} is no longer needed`,
    live_stopped: (w) => `Live listing${of(w)} set to 0 with ${units(w.n)} left`,
    live_resumed: (w) => `Live listing${of(w)} sells again`,
    channel_held: (w) => `You stopped ${w.channel}: its listings show 0`,
    channel_freed: (w) => `You let ${w.channel} sell again`,
    constants_set: (w) =>
      w.n === 0
        ? "All constants are the method's own again"
        : `Constants changed: ${number(w.n)} differ from the method`,
    latency: (w) => `Test order: ${w.channel} was right after ${duration(w.n)}`,
  },

  reviewTitle: "Review",
  reviewPending: "Reading the last orders. The review follows in a moment.",
  reviewPlanned: "Planned",
  reviewSold: "Sold on stream",
  reviewAccuracy: "Forecast accuracy",
  reviewAccuracyHow: "sold ÷ planned",
  reviewNoPlan: "No plan was made, so there is nothing to compare.",
  verdict: {
    overstocked: {
      title: "Too much stock",
      next: "Lower the creator coefficient next time.",
    },
    watch_over: {
      title: "Slightly too much",
      next: "Change nothing yet; watch the next stream. (Our own band; the method is silent here.)",
    },
    reasonable: { title: "Reasonable", next: "Keep planning the same way." },
    watch_short: {
      title: "Slightly short",
      next: "Add 20% if it happens again. (Our own band; the method is silent here.)",
    },
    short: { title: "Too little stock", next: "Raise the plan buffer next time." },
    sold_out: {
      title: "Sold out",
      next: "Real demand was at least this high. Reserve more next time.",
    },
  },
  reviewStockout: "Stock-out share",
  reviewStockoutTarget: "target under 5%",
  reviewStockoutOk: "on target",
  reviewStockoutOver: "over target",
  reviewStockoutMinutes: (out, minutes) =>
    `${number(out)} of ${number(minutes)} min with nothing to sell`,
  reviewElsewhere: "Sold on other channels",
  reviewLeft: "Still reserved",
  reviewOversold: "Oversold",
  reviewOversoldNone: "None. Every order can be shipped.",
  reviewOversoldSome: "More was ordered than is there. Restock or cancel these orders today.",
  units,
  release: (n) => `Release ${units(n)}`,
  releasing: "Releasing…",
  released: (n) => `${units(n)} released. Every channel can sell them again.`,
  rehearseAgain: "Rehearse again",

  columnSku: "SKU",
  columnOnHand: "On hand",
  columnCommitted: "Committed",
  columnHeld: "Unpaid hold",
  columnReserved: "Reserved",
  columnSellable: (channelName) => `Sellable · ${channelName}`,
  columnAlert: "Alert",
  columnAsOf: "As of",
  alertCell: (alert, below) =>
    alert === "none" ? alertNames.none : `${alertNames[alert]} · below ${number(below)}`,

  cellStarting: "Reading the ledger. One moment.",
  cellNotConnected: "Not connected yet. Open the StreamStock pane.",
  cellStopped: "StreamStock is stopped. Open the pane to see why.",
  cellSkuEmpty: "Give a SKU, as text.",
  cellSkuTooLong: "This SKU is longer than 200 characters.",
  cellSkuUnknown: (sku) => `SKU ${sku} is not in the ledger. Check the spelling.`,
  cellChannelUnknown: (text) =>
    `Channel ${text} is not known. Use tiktok, amazon, shopify or ebay.`,
  cellChannelUnlisted: (sku, channelName) => `${sku} is not listed on ${channelName}.`,
  cellChannelUnread: (channelName) => `${channelName} has not been read yet. One moment.`,
  cellLastSync: (at) => `Last sync ${clock(at)}`,
  cellTooOld: (at) => `Too old to trust: last sync ${clock(at)}. Open the StreamStock pane.`,
  cellSalesType: "Give the sales of 30 days as one number, a range of daily units, or a SKU.",
  cellSalesNegative: "Sales cannot be below 0.",
  cellFollowersType: "Give the creator's followers as a number.",
  cellFollowersNegative: "Followers cannot be below 0.",
  cellNothingToForecast: "Sales and followers are both empty. Give at least one.",
  cellCoefficientRange: "The creator coefficient must be above 0.",
  cellBufferRange: "The plan buffer must be above 0.",
  cellServiceRange: "The service level must lie between 0 and 1.",
  cellOptions: (text) =>
    `Options: "${text}" is not understood. Write for example first=1;multiplier=20;buffer=1.3.`,
  cellOutOfRange: (text) => `${text} is out of range. Check the number.`,
  cellColdStart: "No sales yet: planned as 1% of followers.",
  cellNoHistory: (sku) => `${sku} has no 30 days of sales in the ledger yet.`,
};
