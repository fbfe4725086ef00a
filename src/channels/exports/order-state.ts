/**
 * What the words and dates of one row of an order export mean for stock. Words win; where the file
 * is in a language that is not known here, its dates tell the same.
 */
import type { ChannelId } from "../../base/ids";
import type { StateWord, Words } from "./words";

/** The cells of a row, "" where empty, and which of them the file has at all. */
export interface StateCells {
  readonly channel: ChannelId;
  readonly status: string;
  readonly subStatus: string;
  readonly lineStatus: string;
  readonly paidAt: string;
  readonly shippedAt: string;
  readonly deliveredAt: string;
  readonly cancelledAt: string;
  readonly hasPaidAt: boolean;
  /** Columns for both the shipping and the cancelling. */
  readonly hasEnds: boolean;
}

export interface LineState {
  readonly state: "open" | "shipped" | "cancelled";
  readonly paid: boolean;
}

/** Shared: there are only these. */
const is = {
  open: { paid: { state: "open", paid: true }, unpaid: { state: "open", paid: false } },
  shipped: { paid: { state: "shipped", paid: true }, unpaid: { state: "shipped", paid: false } },
  cancelled: {
    paid: { state: "cancelled", paid: true },
    unpaid: { state: "cancelled", paid: false },
  },
} as const;

/** Nothing captured, and the buyer may still pay (as in shopify/orders.ts). */
const unpaidOnShopify = new Set(["pending", "expired", "voided"]);

/**
 * "partial" does not say how many left: they stay reserved, since reserving too much is corrected
 * and selling twice is not.
 */
function onShopify(cells: StateCells, words: Words): LineState {
  const line = words.plain(cells.lineStatus);
  const paid = unpaidOnShopify.has(words.plain(cells.status)) ? "unpaid" : "paid";
  if (line === "fulfilled") return is.shipped[paid];
  const isOver = cells.cancelledAt !== "" || line === "restocked";
  return isOver ? is.cancelled[paid] : is.open[paid];
}

function byDates(cells: StateCells): LineState {
  const paid = !cells.hasPaidAt || cells.paidAt !== "" ? "paid" : "unpaid";
  // A parcel may be cancelled as lost after it was handed over; what has left, has left.
  if (cells.shippedAt !== "" || cells.deliveredAt !== "") return is.shipped[paid];
  return cells.cancelledAt === "" ? is.open[paid] : is.cancelled[paid];
}

function byWord(word: StateWord, cells: StateCells): LineState {
  if (word === "unpaid") return is.open.unpaid;
  if (word === "shipped") return is.shipped.paid;
  if (word === "open") return is.open.paid;
  const { state, paid } = byDates(cells);
  return is[state === "shipped" ? "shipped" : "cancelled"][paid ? "paid" : "unpaid"];
}

/** Null: words that are not known, and no dates to go by. */
export function stateOf(cells: StateCells, words: Words): LineState | null {
  if (cells.channel === "shopify") return onShopify(cells, words);
  const line = words.state(cells.lineStatus);
  const order = words.state(cells.status) ?? words.state(cells.subStatus);
  if (order === "cancelled" && line !== "shipped") return byWord("cancelled", cells);
  const word = line ?? order;
  // Amazon: the lines of an order whose payment is pending are unshipped as any others.
  if (order === "unpaid" && word === "open") return is.open.unpaid;
  if (word !== null) return byWord(word, cells);
  const isSilent = cells.status === "" && cells.subStatus === "" && cells.lineStatus === "";
  return isSilent || cells.hasEnds ? byDates(cells) : null;
}
