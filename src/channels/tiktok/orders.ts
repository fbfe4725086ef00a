/** From TikTok's orders to the product's, unit by unit (channels.md 1.3). Pure. */
import type { ChannelOrder, OrderLine } from "../channel";
import type { LineItemV202309, OrderV202309 } from "./wire";

/** Where one unit stands, as far as stock is concerned. */
type UnitState = "open" | "shipped" | "cancelled";

/** Shipped from TikTok's own warehouses: not the seller's stock. */
export function isFulfilledByTikTok(order: OrderV202309): boolean {
  return order.fulfillment_type === "FULFILLMENT_BY_TIKTOK";
}

export function toChannelOrder(order: OrderV202309): ChannelOrder {
  const lines = new Map<string, OrderLine>();
  for (const item of order.line_items) {
    const state = unitState(order.status, item);
    for (const { listingId, units } of shelfUnits(item)) {
      lines.set(listingId, add(lines.get(listingId) ?? emptyLine(listingId), units, state));
    }
  }
  return {
    orderId: order.id,
    createdAt: order.create_time * 1000,
    updatedAt: order.update_time * 1000,
    // ON_HOLD is paid: its hour is the buyer's to change her mind, not to pay.
    paid: order.status !== "UNPAID",
    lines: [...lines.values()],
  };
}

/** One line item is one unit, unless it is a virtual bundle: then its components leave the shelf. */
function shelfUnits(item: LineItemV202309): { listingId: string; units: number }[] {
  const parts = item.combined_listing_skus ?? [];
  if (parts.length === 0) return [{ listingId: item.sku_id, units: 1 }];
  return parts.map((part) => ({ listingId: part.sku_id, units: part.sku_count }));
}

/**
 * The line's own status counts, since orders are shipped and cancelled in parts. A status that is
 * not known here keeps its units reserved: reserving too much is corrected, selling twice is not.
 */
function unitState(orderStatus: string, item: LineItemV202309): UnitState {
  const own = stateOf(item.display_status ?? orderStatus);
  if (own === "shipped") return own;
  // A parcel may be cancelled as lost after it was handed over; what has left, has left.
  const left = item.package_status === "FULFILLING" || item.package_status === "COMPLETED";
  if (own === "cancelled" || stateOf(orderStatus) === "cancelled") {
    return left ? "shipped" : "cancelled";
  }
  return own;
}

function stateOf(status: string): UnitState {
  switch (status) {
    case "IN_TRANSIT":
    case "DELIVERED":
    case "COMPLETED":
      return "shipped";
    case "CANCELLED":
    case "CANCEL":
      return "cancelled";
    default:
      return "open";
  }
}

function emptyLine(listingId: string): OrderLine {
  return { lineId: listingId, listingId, ordered: 0, cancelled: 0, shipped: 0 };
}

function add(line: OrderLine, units: number, state: UnitState): OrderLine {
  return {
    ...line,
    ordered: line.ordered + units,
    cancelled: line.cancelled + (state === "cancelled" ? units : 0),
    shipped: line.shipped + (state === "shipped" ? units : 0),
  };
}
