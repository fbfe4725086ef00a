import { formatsOf } from "./formats";
import type { SheetMessages } from "./sheet-messages";

const { number, percent } = formatsOf("en");
const day = new Intl.DateTimeFormat("en-US", { day: "numeric", month: "short" });
const moment = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short" });
const factor = (n: number) => n.toFixed(2).replace(/0$/, "");
const alerts = { yellow: "Yellow", orange: "Orange", red: "Red" } as const;

export const enSheets: SheetMessages = {
  sheet: { live: "Live", plan: "Streams", review: "Review" },

  button: {
    live: "Live sheet",
    plan: "Streams sheet",
    review: "Review sheet",
    reserve: "Reserve",
    repair: "Repair formulas",
  },

  notInBook: "Not in this book",
  keptTitle: "StreamStock keeps this column",
  keptText: "Its numbers come from your shops. Write in a column of your own beside the table.",

  planTitle: "Streams to come",
  planHow:
    "One row for each stream: when it starts, with whom, which SKU. “Reserve” in the pane then sets the planned stock aside.",
  planColumn: {
    no: "No.",
    start: "Starts",
    creator: "Creator",
    followers: "Followers",
    sku: "SKU",
    sold30: "Sold in 30 days",
    forecast: "Planned stock",
    estimate: "Creator expects",
    ask: "3× ask",
    guaranteed: "Can guarantee",
    gap: "Gap to 3×",
    state: "Reservation",
    deadline: "Reserve by",
  },
  reservation: (state, { units, missing, at }) => {
    switch (state) {
      case "incomplete":
        return "Fill in start, SKU and sales";
      case "not_reserved":
        return "Not reserved";
      case "waiting":
        return at === null ? "Planned" : `Planned, reserves itself on ${day.format(at)}`;
      case "reserved":
        return `${enSheets.reservationStart.reserved} ${number(units)}`;
      case "short":
        return `${enSheets.reservationStart.short} ${number(missing)}, ${number(units)} reserved`;
      case "released":
        return "Released";
      case "over":
        return "Over";
    }
  },
  reservationStart: { reserved: "Reserved", short: "Short by" },
  urgency: { in_time: "By", due: "Now, due", late: "Late, was due" },
  deadline: (urgency, dueAt) => `${enSheets.urgency[urgency]} ${day.format(dueAt)}`,
  reserveRefusal: {
    incomplete: "Fill in start, SKU and planned stock first.",
    sku_unknown: "This SKU is not in the open book. Check the spelling.",
    plan_not_whole: "The planned stock is no number of units. Check the sales in this row.",
    start_past: "This stream's start is past. Give its next date.",
    nothing_free: "Not one unit is free. Restock, or release another reservation.",
    already_released: "This reservation was released. Plan the stream in a new row.",
    window_over: "This stream is over. Plan the next one in a new row.",
    fewer: "Less is planned than is reserved. Release the reservation to start over.",
  },

  reviewTitle: "After the stream",
  reviewWaiting: "This sheet fills itself when a stream has ended.",
  reviewOf: (creator, sku, endedAt) => `${creator} · ${sku} · ended ${moment.format(endedAt)}`,
  reviewFact: {
    planned: "Planned",
    sold: "Sold live",
    accuracy: "Sold of plan",
    stockout: "Time sold out",
    stockoutMinutes: "Minutes sold out",
    demand: "Demand, never sold out",
    elsewhere: "Sold on other channels",
    left: "Still reserved",
    oversold: "Oversold",
  },
  reviewLowerBound: "at least",
  reviewTarget: "target: below 5%",
  reviewVerdict: {
    overstocked: "Too much was planned.",
    watch_over: "A little too much was planned.",
    reasonable: "The plan was right.",
    watch_short: "A little too few were planned.",
    short: "Too few were planned.",
    sold_out: "Sold out: the true demand was higher than what was sold.",
    no_plan: "Nothing was planned for this stream.",
  },
  suggestionTitle: "For the next stream",
  suggestCoefficient: (f, share) =>
    `Lower this creator's coefficient to ${factor(f)} of what it is: demand was ${percent(share)} of the plan.`,
  suggestBuffer: (buffer, share) =>
    `Raise the plan's buffer to ${factor(buffer)}: demand was ${percent(share)} of the plan.`,
  suggestPlan: (f) => `Plan ${factor(f)} times as much: this creator came up short before.`,
  suggestMore: "Reserve more next time: how much more nobody can tell, since it sold out.",
  suggestNothing: "Nothing to change. Plan the next stream the same way.",
  timelineColumn: { minute: "Minute", sold: "Sold", stock: "Stock left", event: "What happened" },
  timelineEvent: {
    start: "Stream starts",
    end: "Stream ends",
    soldOut: "Sold out",
    back: "Back in stock",
    paused: "Other channels paused",
    resumed: "Other channels back",
  },
  timelineAlert: (alert, left) => `${alerts[alert]}: ${number(left)} left`,
  chartTitle: "Sales and stock, minute by minute",
};
