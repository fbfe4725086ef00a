/** From a channel's orders to the lines the ledger understands. Pure. */
import type { ChannelOrder } from "../channels/channel";
import type { ChannelId } from "../base/ids";
import { linesOfParts } from "../stock/bundles";
import type { ReportedLine } from "../stock/orders";
import type { Catalogue, ListingState } from "./catalogue";

/** One line of an order: the listing it is of, and what it takes of each SKU. */
export interface ListingLines {
  readonly state: ListingState;
  readonly lines: readonly ReportedLine[];
}

export interface Reading {
  readonly lines: readonly ListingLines[];
  /** Listing ids that no SKU is mapped to. */
  readonly unknown: readonly string[];
}

/** `seenAt`: our own clock. Orders oldest change first, so that the ledger tells the story in its order. */
export function reportedLines(
  channel: ChannelId,
  orders: readonly ChannelOrder[],
  catalogue: Catalogue,
  seenAt: number,
): Reading {
  const lines: ListingLines[] = [];
  const unknown = new Set<string>();
  const sorted = [...orders].sort((a, b) => a.updatedAt - b.updatedAt || a.createdAt - b.createdAt);
  for (const order of sorted) {
    for (const line of order.lines) {
      const state = catalogue.find(channel, line.listingId);
      if (state === null) {
        unknown.add(line.listingId);
        continue;
      }
      const told = {
        channel,
        orderId: order.orderId,
        lineId: line.lineId,
        createdAt: order.createdAt,
        updatedAt: order.updatedAt,
        paid: order.paid,
        ordered: line.ordered,
        cancelled: line.cancelled,
        shipped: line.shipped,
        seenAt,
      };
      lines.push({ state, lines: linesOfParts(told, state.parts) });
    }
  }
  return { lines, unknown: [...unknown] };
}
