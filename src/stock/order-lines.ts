/** An order line: how it is named in the ledger, and where its units are. */
import type { ChannelId, Sku } from "../base/ids";

/** As the fold of the moves that name it says (line-table.ts). `taken` = all units ever taken from stock for it. */
export interface LineState {
  readonly channel: ChannelId;
  readonly sku: Sku;
  /** When the order was placed; ms. */
  readonly createdAt: number;
  /** The newest channel time booked; an older report is history repeating itself. */
  readonly updatedAt: number;
  /** Until when the buyer may pay; null = it never held units. */
  readonly expiresAt: number | null;
  readonly held: number;
  readonly committed: number;
  readonly shipped: number;
  readonly taken: number;
  readonly paid: number;
  readonly cancelled: number;
  /** Holds that ran out of time. A later payment is a new commitment. */
  readonly expired: number;
  /** Shipped units that the seller says are back. */
  readonly returned: number;
  /** Units that came out of a live reservation, by stream, less those given back; null = none ever. */
  readonly fromReserved: ReadonlyMap<string, number> | null;
}

export interface LineName {
  readonly channel: ChannelId;
  readonly orderId: string;
  readonly lineId: string;
  /** One listing may sell several SKUs: each is a line of its own. */
  readonly sku: Sku;
}

/** Shopify's ids hold slashes. */
function part(id: string): string {
  return id.includes("/") || id.includes("%") ? encodeURIComponent(id) : id;
}

/** "channel/order/line/sku"; a stream's id holds no slash. */
export function lineRef(line: LineName): string {
  return `${line.channel}/${part(line.orderId)}/${part(line.lineId)}/${line.sku}`;
}

/** The order in a line's ref, as it stands there. */
export function orderOf(ref: string): string {
  const begin = ref.indexOf("/") + 1;
  const end = ref.indexOf("/", begin);
  return end < 0 ? ref.slice(begin) : ref.slice(begin, end);
}
