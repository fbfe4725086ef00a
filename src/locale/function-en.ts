/** What cells say in English. */
import { formatsOf, plural } from "./formats";
import type { FunctionMessages } from "./function-messages";

const { number, percent, clock } = formatsOf("en");

const units = (n: number) => `${number(n)} ${plural(n, "unit", "units")}`;
/** As a factor is written: at most two decimals. */
const factor = (n: number) => String(Math.round(n * 100) / 100);
const ofTen = (share: number) => `${factor(share * 10)} of 10 streams`;

export const functionEn: FunctionMessages = {
  skuNear: (sku, near) =>
    `SKU ${sku} is not in the book. Did you mean ${near}? Capital letters and signs count.`,
  skusTooMany: (most) => `More than ${number(most)} cells. Choose a smaller range of SKUs.`,
  readingSince: (at) => `Last sync ${clock(at)}. The channels are being read again, one moment.`,
  measureUnknown: (text) =>
    `"${text}" is not known. Use on hand, free, committed, unpaid, reserved, incoming, damaged, oversold, velocity, cover or age.`,
  measureHasNoChannel: (measure) =>
    `"${measure}" is one number for all channels. Leave the channel out.`,
  nothingSells: "Nothing sold in the last 5 minutes, so no end is in sight.",
  paceElsewhere: "The pace is known in the window that syncs. Look there.",
  numberMissing: (name) => `Give ${name} as a number.`,
  minutesTogether: "Give the minutes without stock together with the minutes of the stream.",
  noSales: "Nothing was sold, so the stock has no end. Check the daily sales.",
  rangesDiffer: "Give one number of seconds, or one for each rate.",

  measure: {
    onHand: "On hand",
    available: "Free",
    committed: "Committed",
    unpaid: "Unpaid",
    reserved: "Reserved",
    incoming: "Incoming",
    damaged: "Damaged",
    oversold: "Oversold",
    velocity: "Velocity",
    cover: "Cover",
    age: "Age",
  },
  measureAlso: {
    onHand: ["stock", "physical"],
    available: ["free pool", "available"],
    committed: ["orders", "awaiting shipment"],
    unpaid: ["held", "unpaid hold", "hold"],
    reserved: ["reservation", "live reservation"],
    incoming: ["in transit", "on its way"],
    damaged: ["qc"],
    oversold: ["oversell"],
    velocity: ["pace", "speed", "units a minute", "sales per minute"],
    cover: ["minutes of cover", "minutes left", "minutes to empty"],
    age: ["seconds", "data age"],
  },
  number: {
    followers: "followers",
    service: "service",
    sold: "units sold so far",
    share: "the share of the stream that is over",
    stockLeft: "units left",
    plan: "the planned units",
    actual: "the units sold",
    stockoutMinutes: "the minutes without stock",
    streamMinutes: "the minutes of the stream",
    averageStock: "the average stock",
    dailySales: "the daily sales",
    estimate: "the estimated sales",
    rate: "units sold a minute",
    seconds: "the seconds until the others know",
    buffer: "the units kept back",
    risk: "the risk you accept",
  },
  yes: ["sold out", "soldout"],

  planned: "Planned stock",
  unitsADay: "Units a day",
  multiplier: "× live multiplier",
  coefficient: "× creator coefficient",
  expected: "= expected sales",
  planBuffer: "× plan buffer",
  methodPlan: "= the method's plan",
  firstTime: "× first stream with this creator",
  lift: "Past streams: sales against expected",
  pastStreams: "Past streams counted",
  weight: "Weight of past streams",
  lastsIn: "Share of streams in which it lasts",
  quantile: (share) => `Enough in ${ofTen(share)}`,
  creatorAsk: "Creator usually asks for",
  followerBand: "1 to 2% of followers",
  band: (low, high) => `${number(low)} to ${number(high)}`,
  inWords: "In words",
  note: "Note",
  planTold: (plan) => {
    const lasts = `It lasts in about ${ofTen(plan.service)}.`;
    if (plan.base === null) {
      return `${units(plan.units)}: a first stream, planned from ${number(plan.followers ?? 0)} followers. ${lasts}`;
    }
    const factors = [plan.base, plan.multiplier, plan.coefficient, plan.buffer]
      .map((n) => factor(n ?? 1))
      .join(" × ");
    const learnt = plan.streams === 0 ? "" : `, then moved by ${number(plan.streams)} past streams`;
    return `${units(plan.units)}: ${factors}${learnt}. ${lasts}`;
  },
  forecastNote: {
    cold_start: (low, high) =>
      `No sales yet: planned as a share of followers, who usually buy ${number(low)} to ${number(high)}.`,
    first_time_left_out: (n) =>
      `A fifth more for the first stream would be ${number(n)}. Left out: without sales, careful is better.`,
    options_left_out: "Multiplier, buffer and coefficient do not count without sales.",
    thin_sales: (n) => `Hardly any sales: by followers alone it would be ${number(n)}.`,
    near_boundary: (followers, below, above) =>
      `Close to a step: at ${number(followers)} followers the plan goes from ${number(below)} to ${number(above)}.`,
    history_skipped: (rows) =>
      `${number(rows)} ${plural(rows, "row", "rows")} of the history could not be read and ${plural(rows, "is", "are")} left out.`,
    history_cut: (rows) =>
      `The oldest ${number(rows)} ${plural(rows, "stream is", "streams are")} left out: only the newest count.`,
    sold_out_learnt: (rows) =>
      `${number(rows)} sold-out ${plural(rows, "stream counts", "streams count")} as "at least this much".`,
  },

  total: (share) => `Whole stream, enough in ${ofTen(share)}`,
  soldOutChance: "Chance to sell out",
  emptyAt: (share) => `Empty at this share of the stream, ${ofTen(share)}`,
  need: "Units missing",
  lasts: "lasts",
  updateTold: (total, chance, need) =>
    need > 0
      ? `Heading for ${units(total)}. The chance to sell out is ${percent(chance)}: bring in ${units(need)} or slow down.`
      : `Heading for ${units(total)}. The chance to sell out is ${percent(chance)}: the stock is enough.`,

  change: "Change",
  difference: "Difference",
  asItIs: "as it is",

  accuracy: "Forecast accuracy",
  verdict: "Verdict",
  next: "Next time",
  lowerBound: "Stock ran out: accuracy is a lower bound, the verdict goes by demand.",
  forecastAccuracy: "Without the plan buffer",
  stockoutShare: "Stock-out share",
  stockoutVerdict: "Target under 5%",
  demand: "Demand with stock all the time",
  coefficientFactor: "Creator coefficient ×",
  bufferNext: "Plan buffer to take",

  pledged: "You can promise",
  asked: (times) => `Creator asks for (${factor(times)}×)`,
  missing: "Missing",
  reservedForStream: "Reserved for the stream",
  pledgeTold: (pledged, gap) =>
    gap > 0
      ? `You can promise ${units(pledged)}; ${number(gap)} are missing. Offer more commission or promise less.`
      : `You can promise ${units(pledged)}. That is enough.`,

  oversellChance: "Chance to oversell",
  oversellUnits: "Units oversold, on average",
  oversellBuffer: (risk) => `Keep back for ${percent(risk)} risk`,
  oversellTold: (chance, buffer, enough, risk) =>
    buffer >= enough
      ? `Keeping back ${units(buffer)} is enough: the chance to oversell is ${percent(chance)}.`
      : `With ${units(buffer)} kept back the chance to oversell is ${percent(chance)}. Keep back ${units(enough)} for ${percent(risk)}.`,

  ordersOn: (channel) => `Committed, ${channel}`,
  unpaidOn: (channel) => `Unpaid, ${channel}`,
  reservedOn: (channel) => `Reserved for a stream on ${channel}`,
  sellableOn: (channel) =>
    channel === "" ? "= free for every channel" : `= sellable on ${channel}`,
  soldBeyond: "Oversold: shown as 0",

  alertLeft: (level, n) => `${level} · ${number(n)} left`,
  alertOversold: (n) => `${number(n)} oversold`,
  alertPaused: "other channels paused",
  alertStale: (at) => `Not live: last read ${clock(at)}`,
  alertUnread: "Not read yet",
  join: (parts) => parts.join(" · "),

  cardTitle: (sku) => `${sku}: what can be sold`,
};
