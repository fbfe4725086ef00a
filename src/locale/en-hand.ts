/** English for what a person does by hand. */
import { formatsOf, plural } from "./formats";
import type { HandMessages } from "./hand-messages";

const { number } = formatsOf("en");
const units = (n: number) => `${number(n)} ${plural(n, "unit", "units")}`;
const list = new Intl.ListFormat("en", { type: "conjunction" });

export const enHand: HandMessages = {
  refusal: {
    stream_unknown: "This stream is not in the open book any more. Look again.",
    sku_unknown: "This SKU is not in the open book. Choose another one.",
    listing_unknown: "It is not listed on this channel. Choose another one.",
    not_live: "This works in your live book only. Open it under Channels.",
    not_running: "The stream is not on air any more.",
    units_not_whole: "Type a whole number of units, 1 or more.",
    nothing_free: "No unit is free: all are reserved, held or sold.",
    reservation_over: "The time of this reservation is over. Plan the next stream.",
    no_share:
      "Only a stream that shares its stock by “share” has units of its own to give. Change how stock is shared first.",
    cannot_undo: "It cannot be undone any more: the units are used. Count the shelf instead.",
    bad_constant: "This value is outside of what is allowed.",
    bad_order: "Red must not be above orange, nor orange above yellow, nor the low above the high.",
  },
  undo: "Undo",
  undone: "Undone.",
  saving: "Saving…",

  holdTitle: "Stop a channel",
  holdHow: "All listings of the channel show 0 until you let it sell again.",
  hold: (channel) => `Stop ${channel}`,
  letGo: (channel) => `Let ${channel} sell`,
  heldNow: (channels) => ({
    title: `You stopped ${list.format(channels)}`,
    next: "All listings there show 0. They sell again when you say so.",
  }),

  shareTitle: "Units for this stream",
  shareNow: (reserved, free) => `${number(reserved)} reserved for it, ${number(free)} free.`,
  shareUnits: "Units",
  shareGrow: "More for the stream",
  shareLend: "Give to the others",
  shareGrown: (n) => `${units(n)} reserved in addition.`,
  shareLending: (n) =>
    `${units(n)} on the way to the other channels: the live listing is lowered first.`,
  shareLendNot: "Keep them",
  shareNoLend: "Shared this way, the other channels see the free units anyway.",

  switchTitle: "Show another product",
  switchHow: "This stream ends, and one for the new product begins at once, for the time left.",
  switchRehearsal: "A rehearsal plays one product. In your live book you can switch here.",
  switchSku: "Next product",
  switchChoice: (sku, n) => `${sku} · ${units(n)} free`,
  switchNone: "No other product is listed on this channel with free units.",
  switchGo: "Switch to it",
  switchAsk: (sku) => `End this stream now and go on with ${sku}? This cannot be undone.`,
  switchYes: "Yes, switch",
  switchNo: "Go on as it is",

  policyUse: "Share it like this now",
  policyUsed: (name) => `From now on: ${name}.`,

  constantsTitle: "Constants of the method",
  constantsHow:
    "What you change here holds for the open book from the next reading on. Formulas keep the method's values unless you give others in the formula.",
  constantsChanged: (n) => (n === 0 ? "all as the method has them" : `${number(n)} changed`),
  constantGroup: {
    forecast: "Forecast",
    alerts: "Alerts and targets",
    reserving: "Reserving and sharing",
    unpaid: "Unpaid orders",
    sync: "Reading and writing",
  },
  constant: {
    multiplier: "A stream sells as much as … usual days",
    planBuffer: "Safety buffer of the plan",
    firstTime: "First stream with a creator",
    followersSmall: "Creator under 10,000 followers",
    followersMiddle: "Creator from 10,000 followers",
    followersLarge: "Creator from 50,000 followers",
    followersHuge: "Creator from 100,000 followers",
    followersTop: "Creator with 1,000,000 followers",
    followersUnknown: "Followers not known",
    coldLow: "New product: stock, of the followers",
    coldHigh: "New product: sales at most, of the followers",
    creatorAsk: "Creators ask for stock of … × the forecast",
    yellow: "Yellow alert below",
    orange: "Orange alert below",
    red: "Red alert below",
    yellowShare: "Small plan: yellow below, of the plan",
    orangeShare: "Small plan: orange below, of the plan",
    redShare: "Small plan: red below, of the plan",
    rearmPercent: "An alert ends that far above its line",
    stockoutTarget: "Time sold out, less than",
    windowBefore: "Reserved before the start",
    windowAfter: "Given back after the end",
    channelBuffer: "Kept back on the other channels",
    shareGuard: "The others stop when the share is down to",
    shareTiktok: "TikTok Shop shows at most, of the free units",
    shareAmazon: "Amazon shows at most, of the free units",
    shareShopify: "Shopify shows at most, of the free units",
    shareEbay: "eBay shows at most, of the free units",
    payTiktok: "Unpaid TikTok Shop order holds units for",
    payAmazon: "Unpaid Amazon order holds units for",
    payShopify: "Unpaid Shopify order holds units for",
    payEbay: "Unpaid eBay order holds units for",
    unreadable: "A silent channel's holds end after",
    pollLive: "Pause between readings during a stream",
    pollIdle: "Pause between readings otherwise",
    backoffMax: "Longest pause after failures",
    firstLook: "A new book looks back",
    deepLookEvery: "Everything is read again every",
    deepLookBack: "… and so far back",
    puzzled: "A strange number is looked into after",
    restlessReads: "Busy readings before a number is lowered anyway",
    lagTiktok: "TikTok Shop lists an order after",
    lagAmazon: "Amazon lists an order after",
    lagShopify: "Shopify lists an order after",
    lagEbay: "eBay lists an order after",
    missRisk: "Risk that the units kept back are too few",
    pace: "Pace: memory of sales",
    writeGuess: "A write takes, until measured",
    skewMax: "A channel's clock may be off by",
    seenWithin: "An order is late when first seen after",
  },
  constantUnit: {
    times: "×",
    units: "units",
    percent: "%",
    seconds: "s",
    minutes: "min",
    hours: "h",
    days: "days",
    count: "readings",
  },
  constantRange: (seed, least, most) => `Method: ${seed} · allowed ${least} to ${most}`,
  constantReset: (name) => `Back to the method: ${name}`,
  constantBad: (least, most) => `Type a number from ${least} to ${most}.`,
  constantSaved: (name, value) => `Saved. ${name}: ${value}`,
  resetAll: "Reset all",
  resetAllAsk: (n) =>
    `Set ${number(n)} changed ${plural(n, "value", "values")} back to the method's?`,
  resetAllYes: "Yes, reset all",
  resetAllNo: "Keep them",

  skuBack: "All SKUs",
  skuOpen: (sku) => `${sku}: open`,
  skuSum: "Where the units are",
  skuTerm: {
    onHand: "On hand",
    committed: "Committed: paid, not shipped",
    held: "Held: not paid yet",
    reserved: "Reserved for streams",
    damaged: "Damaged",
    free: "Free to sell",
    incoming: "On the way",
  },
  countTitle: "Count and receipt",
  countHow:
    "Type in what lies on the shelf, promised units included. It works during a stream too.",
  countField: "Counted on the shelf",
  countSave: "Book the count",
  countSame: "Counted: the ledger was right already.",
  countDone: (counted, by) =>
    `Counted ${units(counted)}: ${number(Math.abs(by))} ${by < 0 ? "fewer" : "more"} than the ledger had.`,
  receiveField: "Units that came in",
  receiveSave: "Book the receipt",
  receiveDone: (n) => `${units(n)} came in.`,
  unitsBad: "Type a whole number of units.",
  listingsTitle: "Listings that sell it",
  listingsNone:
    "No listing sells this SKU. Connect its shop under Channels, or map a listing to it.",
  listingShows: (n) => (n === null ? "not read yet" : `shows ${number(n)}`),
  listingBundle: (bundle, n) => `bundle ${bundle}: ${units(n)} in each`,
  listingMove: (listing) => `Listing ${listing} sells another SKU`,
  listingMoveTo: "It sells",
  listingLikely: "Likely",
  listingOthers: "All others",
  listingMoveGo: "Map it",
  listingMoveAsk: (listing, sku) => `Map listing ${listing} to ${sku}? Its number follows at once.`,
  listingMoved: (sku) => `Mapped to ${sku}.`,
  historyTitle: "History of its units",
  historyNone: "Nothing was booked for this SKU yet.",
  historyMore: "Show older ones",
  historyKind: {
    count: "Counted",
    receipt: "Received",
    expect: "Announced",
    adjust: "Adjusted",
    damage: "Damaged",
    return_restock: "Returned to stock",
    return_scrap: "Returned, scrapped",
    transfer: "Moved",
    reverse: "Undone",
    reserve: "Reserved",
    grow: "Reserved in addition",
    shrink: "Given to the others",
    release: "Released",
    hold: "Ordered, not paid",
    commit: "Sold",
    pay: "Paid",
    cancel: "Cancelled",
    ship: "Shipped",
    expire: "Time to pay over",
  },
  historyUnits: (n) => units(n),
  historyByHand: "by you",
  historyReversed: "undone since",
  account: (account, channel) => {
    const [kind, about = ""] = account.split(":");
    switch (kind) {
      case "available":
        return "free";
      case "external":
        return "outside";
      case "committed":
        return `committed, ${channel(about as "tiktok")}`;
      case "held":
        return `held, ${channel(about as "tiktok")}`;
      case "reserved":
        return "reserved";
      case "damaged":
        return "damaged";
      case "incoming":
        return "on the way";
      default:
        return "shipped";
    }
  },

  mute: "Mute alerts",
  unmute: "Let alerts sound",
  muted: "Alerts are muted",

  waitTitle: "Who waits for a restock",
  waitHow: "Kept on this computer alone, in no ledger and no copy.",
  waitName: "Viewer's name or ID",
  waitAdd: "Add",
  waitRemove: (name) => `Delete ${name}`,
  waitCopy: "Copy all",
  waitCopied: "Copied.",
  waitForget: "Delete the list",
  waitForgetAsk: (n) =>
    `Delete ${number(n)} ${plural(n, "name", "names")} for good? This cannot be undone.`,
  waitForgetYes: "Yes, delete",
  waitForgetNo: "Keep them",

  firstTitle: "Your first ten minutes",
  firstSkip: "Skip, I know my way",
  firstDone: "done",
  first: {
    rehearse: {
      title: "Rehearse a stream",
      next: "A practice shop on this computer plays a whole evening of orders. Nothing real is touched.",
    },
    import: {
      title: "Drop in today's exports",
      next: "The files you download from your shops anyway: your stock stands here a minute later.",
    },
    connect: {
      title: "Connect a channel",
      next: "Then stock is kept level by itself. You can do it any time.",
    },
  },
  firstGo: {
    rehearse: "Go to the rehearsal",
    import: "Go to Import",
    connect: "Go to Channels",
  },

  suggestAccept: "Accept",
  suggestAccepted: "Accepted. It is among the constants under More.",
  timelineSave: "Save as a table (CSV)",
  timelineColumns: ["Minute", "Sold", "Left", "What happened"],

  version: "Version",
  versionExcel: "Excel",
  versionLedger: "Ledger format",
};
