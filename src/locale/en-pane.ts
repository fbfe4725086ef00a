/** English for what is asked while a stream runs, and for the channels' health. */
import { formatsOf, plural } from "./formats";
import type { PaneMessages } from "./pane-messages";

const { number, duration, ago, percent } = formatsOf("en");
const units = (n: number) => `${number(n)} ${plural(n, "unit", "units")}`;
const soon = (ms: number) => (ms <= 0 ? "now" : `in ${duration(ms)}`);
const listings = (n: number) => `${number(n)} ${plural(n, "listing", "listings")}`;

export const enPane: PaneMessages = {
  askTitle: (act, left, channelName) =>
    act === "pause_others"
      ? `Only ${units(left)} left. Pause the other channels?`
      : `Last ${units(left)}. Stop selling on ${channelName}?`,
  askBody: (act) =>
    act === "pause_others"
      ? "What is left is kept for the stream. They sell again by themselves when stock is back."
      : "The live listing goes to 0, so that orders on their way can still be filled.",
  askYes: { pause_others: "Pause them", stop_live: "Stop it" },
  askNo: { pause_others: "Keep selling", stop_live: "Keep selling" },
  askCountdown: (ms) => `Without an answer it is done in ${duration(ms)}.`,
  askTimeLeft: "Time to answer",
  engineRefusal: {
    ask_over: "Too late: this was answered or done already. See what the engine did below.",
    case_closed: "This case is closed already: it was settled or explained itself.",
    not_offered: "This is not possible for this listing now. Choose another way.",
    stream_unknown: "This stream is not there any more. Look at the list again.",
    sku_unknown: "This SKU is not in the open book. Check the spelling.",
    listing_unknown:
      "This SKU has no listing there, or both channels are the same. Choose another.",
    bad_acts: "The countdown must be between 1 and 600 seconds.",
    bad_plan: "One of the fields is not right. Correct the marked one.",
    not_live: "This works in your live book. Open it under Channels first.",
    latency_running: "A test is running already. Wait for it, or stop it.",
    no_latency: "No test is running.",
    not_linked:
      "During this stream the live channel sells from a share of its own, so its number does not follow the others. Test between two other channels, or before the stream.",
  },
  planField: {
    planned: "Whole units, 1 or more.",
    id: "This stream has started already or is for another SKU. Plan a new one.",
    startsAt: "A time that is still to come.",
    minutes: "1 to 1,440 minutes.",
    followers: "A number, 0 or more.",
    creator: "At most 200 characters.",
    policy: "Choose one of the three.",
  },

  gap: {
    sleep: (ms) => `This computer slept: nothing was read for ${duration(ms)}`,
    restart: (ms) => `StreamStock was closed: nothing was read for ${duration(ms)}`,
    companion: (ms) => `The companion was away: nothing was read for ${duration(ms)}`,
    lease: (ms) => `Another window led: nothing was read here for ${duration(ms)}`,
    clock: (ms) => `This computer's clock was set back by ${duration(ms)}`,
  },
  gapReading: (names) =>
    `Reading again: ${names.join(", ")}. Until that is done no number counts as sellable.`,

  pausedNow: {
    title: "Other channels are paused",
    next: "They show 0 and sell again by themselves when stock is back, or when the stream ends.",
  },
  stoppedNow: (channelName) => ({
    title: `${channelName} is stopped at 0`,
    next: "The last units cover orders on their way. Tell the creator to switch to another item.",
  }),

  actsTitle: "What alerts do",
  actsHow: "Yellow always only tells you.",
  actsForAll: "For all streams that have no setting of their own. Yellow always only tells you.",
  actsOrange: "Orange: pause the other channels",
  actsRed: "Red: stop the live listing",
  actsMode: { ask: "Ask me", auto: "Do it", tell: "Only tell" },
  actsCountdown: "Seconds to answer",
  actsSaved: "Saved. It holds from now on.",

  policyTitle: "How stock is shared",
  policyHow: "What each way would show on every channel right now.",
  policyName: { seed: "Rule of thumb", buffer: "By speed", escrow: "Live share" },
  policyWhat: {
    seed: "All channels show the same number until 50 are left; then the others pause.",
    buffer: "Each channel keeps back what may sell before the next reading.",
    escrow: "The live channel gets its own share first. Safest for a stream.",
  },
  policyCurrent: "In force",
  policyCompare: "Compare the three ways",
  policyAgain: "Compare again",
  policyPending: "Working it out…",
  policyNone: "Nothing to compare: another window leads, or this SKU is not in the book.",
  policyPauses: "Others paused",
  policyStops: "Live listing at 0",
  policyKeeps: "left as is",
  policySame: "No stream uses this SKU now, so all three do the same.",

  chartLikely: (p50, p90) =>
    `Likely total: ${number(p50)}. Nine streams of ten stay under ${number(p90)}.`,
  chartShort: (chance, need) =>
    need > 0
      ? `Chance to sell out: ${percent(chance)}. About ${units(need)} missing to be safe.`
      : `Chance to sell out: ${percent(chance)}.`,

  endStream: "End the stream",
  endStreamAsk: "The last orders are still read. What stays reserved is given back a day later.",
  endStreamSure: "Yes, it is over",
  endStreamNo: "Go on",

  driftTitle: "Numbers that do not match",
  driftNone: "All channels show what the book says.",
  driftShows: (channelName, shown, ours) =>
    `${channelName} shows ${shown === null ? "no number" : number(shown)}, the book says ${ours === null ? "nothing" : number(ours)}`,
  driftBy: (n) => `${units(Math.abs(n))} ${n < 0 ? "fewer" : "more"}`,
  driftSince: (ms) => `seen ${ago(ms)}`,
  driftCauses: "Likely, in this order",
  driftCause: {
    order_not_listed: "An order that the channel has not listed yet. It may explain itself.",
    lowered_by_hand: "Somebody lowered the number in the seller centre.",
    raised_by_hand: "Somebody raised the number in the seller centre.",
    cancellation_not_listed: "A cancelled order that the channel has not listed yet.",
  },
  driftOverwritten: "It offered more than there is, so it was set back at once.",
  driftChoice: { accept: "Channel is right", push: "Book is right", ignore: "Leave both" },
  driftEffect: {
    accept: (n) =>
      n < 0
        ? `Take ${units(-n)} out of the book: sold elsewhere or gone.`
        : `Add ${units(n)} to the book: you counted them.`,
    push: () => "Send the book's number to the channel again.",
    ignore: () => "Change nothing until the difference changes.",
  },
  driftPending: "Settling…",

  healthTitle: "How the channels are doing",
  healthLastOk: "Last success",
  healthNext: "Next call",
  healthEvery: "Usually read every",
  healthWrite: "A write takes",
  healthBacklog: "Waiting to be written",
  healthBudget: "Calls left",
  healthClock: "Its clock",
  healthLastError: "Last error",
  healthNoError: "none so far",
  healthIn: soon,
  healthCall: { read_stock: "Read stock", read_orders: "Read orders", write_stock: "Write stock" },
  healthCalls: (left, waitMs) => {
    const wait = waitMs <= 0 ? "" : `, next ${soon(waitMs)}`;
    return left === null ? `not counted${wait}` : `${number(left)}${wait}`;
  },
  healthListings: listings,
  healthSkew: (ms) =>
    Math.abs(ms) < 2000 ? "right" : `${duration(Math.abs(ms))} ${ms > 0 ? "ahead" : "behind"}`,
  healthErrorAt: ago,
  healthUnknownListings: (n) =>
    `${listings(n)} with orders ${plural(n, "has", "have")} no SKU. Read your listings again above.`,
  healthLockedListings: (n) =>
    `${listings(n)} ${plural(n, "is", "are")} held by a campaign and not written.`,

  latencyTitle: "Speed test",
  latencyHow:
    "Order 1 unit yourself on one channel. The watch stops when the other channel shows the new number.",
  latencySku: "SKU",
  latencyFrom: "You order on",
  latencyTo: "Watch the number on",
  latencyStart: "Start the watch",
  latencyStop: "Stop the test",
  latencyAgain: "Test again",
  latencyNeeds: "This needs two channels that sell the same SKU.",
  latencyPhase: {
    waiting: (from, _to, sku) => `Now order 1 unit of ${sku} on ${from}.`,
    ordered: (_from, to) => `Order seen. Waiting for ${to} to take the new number.`,
    done: (_from, to) => `${to} has the new number.`,
    no_change: (_from, to) =>
      `The order came, and ${to} had nothing to change: it keeps back more than that. Try a SKU with more stock.`,
    expired: () =>
      "No result in 15 minutes. Check the connection of both channels, then try again.",
    stopped: () => "Test stopped.",
  },
  latencyVerdict: {
    good: { title: "Good", next: "Within 5 seconds. Ready for a stream." },
    pass: { title: "Fast enough", next: "Within a minute. Keep a few more units back." },
    fail: { title: "Too slow", next: "Over a minute. Do not stream with little stock on both." },
  },
  latencyWatch: "Stopwatch",
  latencyCancel: (from) => `Cancel the test order on ${from}. It does not count as a sale.`,

  preflightTitle: "Before the stream",
  preflightRun: "Check everything",
  preflightAgain: "Check again",
  preflightPending: "Checking…",
  preflightEmpty: "Your book is still being opened. Try again in a moment.",
  preflightSum: (fail, warn) =>
    fail > 0
      ? `${number(fail)} to fix before you go on air`
      : warn > 0
        ? `Ready, with ${number(warn)} to look at`
        : "Ready to go on air",
  preflightFine: (lines) => `${number(lines)} in order`,
  preflightName: {
    connection: "Connection",
    budget: "Calls",
    clock: "Clock",
    listings: "Listings",
    plan_stock: "Stock for the plan",
    creator_stock: "3× for the creator",
    reservation: "Reservation",
    journal: "Safe copy",
    leads: "This window",
    gap: "No gap",
    drift: "Numbers match",
    latency: "Speed test",
  },
  preflightLine: {
    connection: (w) =>
      w.n === null
        ? "Not read yet. Connect it under Channels."
        : w.status === "ok"
          ? `Read ${ago(w.n)}.`
          : `Read ${ago(w.n)}. Wait for a fresh reading, or test it under Channels.`,
    budget: (w) =>
      w.n === null
        ? "No limit that counts here."
        : w.status === "ok"
          ? `${number(w.n)} writes left.`
          : `Only ${number(w.n)} writes left for ${listings(w.of ?? 0)}. Wait for the next window.`,
    clock: (w) =>
      w.n === null
        ? "Not measured yet."
        : w.status === "ok"
          ? "Right."
          : `${duration(Math.abs(w.n))} off. Set this computer's clock by the internet.`,
    listings: (w) =>
      w.status === "ok" ? "All mapped." : `${listings(w.n ?? 0)} without SKU, or in a campaign.`,
    plan_stock: (w) =>
      w.status === "ok"
        ? `${number(w.n ?? 0)} there for ${number(w.of ?? 0)} planned.`
        : `${number(w.n ?? 0)} there, ${number(w.of ?? 0)} planned. Restock, or plan less.`,
    creator_stock: (w) =>
      w.status === "ok"
        ? `${number(w.n ?? 0)} there, ${number(w.of ?? 0)} asked.`
        : `${number(w.n ?? 0)} there, ${number(w.of ?? 0)} asked. Tell the creator, or restock.`,
    reservation: (w) =>
      w.status === "fail"
        ? "Nothing is reserved yet. It reserves itself 5 days before the start."
        : w.status === "warn"
          ? `${number(w.n ?? 0)} of ${number(w.of ?? 0)} reserved: too few were free.`
          : `${number(w.n ?? 0)} of ${number(w.of ?? 0)} reserved.`,
    journal: (w) =>
      w.status === "fail"
        ? "The companion is not answering. Start it again."
        : w.status === "warn"
          ? `${number(w.n ?? 0)} entries wait for the copy. Leave the pane open.`
          : "Everything is copied.",
    leads: (w) =>
      w.status === "ok"
        ? "It syncs: keep this pane open for the whole stream."
        : "Another window syncs. Keep that one open, or close it.",
    gap: (w) =>
      w.status === "ok"
        ? "Nothing was missed."
        : `Nothing was read for ${duration(w.n ?? 0)}. Wait until all is read again.`,
    drift: (w) =>
      w.status === "ok" ? "No open case." : `${number(w.n ?? 0)} to settle under Channels.`,
    latency: (w) =>
      w.n === null
        ? "Not tested in the last 7 days. Do it under Channels."
        : w.status === "ok"
          ? `${duration(w.n)} in the last test.`
          : `${duration(w.n)} in the last test: too slow.`,
  },
  status: { ok: "OK", warn: "Look at it", fail: "Fix it" },
};
