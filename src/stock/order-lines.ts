/** Where the units of one order line are: the fold of the moves that name it. */
import type { ChannelId, Sku } from "../base/ids";
import type { ParsedAccount } from "./accounts";
import type { Move } from "./entries";

/** `taken` = all units ever taken from stock for it. */
export interface LineState {
  readonly channel: ChannelId;
  readonly sku: Sku;
  /** When the order was placed; ms. */
  readonly createdAt: number;
  /** The newest channel time booked; an older report is history repeating itself. */
  updatedAt: number;
  /** Until when the buyer may pay; null = it never held units. */
  expiresAt: number | null;
  held: number;
  committed: number;
  shipped: number;
  taken: number;
  paid: number;
  cancelled: number;
  /** Holds that ran out of time. A later payment is a new commitment. */
  expired: number;
  /** Shipped units that the seller says are back. */
  returned: number;
  /** Units that came out of a live reservation, by stream, less those given back; null = none ever. */
  fromReserved: Map<string, number> | null;
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

export function newLine(channel: ChannelId, move: Move): LineState {
  return {
    channel,
    sku: move.sku,
    createdAt: move.at,
    updatedAt: move.reportedAt,
    expiresAt: null,
    held: 0,
    committed: 0,
    shipped: 0,
    taken: 0,
    paid: 0,
    cancelled: 0,
    expired: 0,
    returned: 0,
    fromReserved: null,
  };
}

/** Units that go out of (positive) or back into (negative) a reservation through this line. */
function trackReservation(line: LineState, account: ParsedAccount, units: number): void {
  if (account.kind !== "reserved") return;
  line.fromReserved ??= new Map();
  const { stream } = account;
  line.fromReserved.set(stream, (line.fromReserved.get(stream) ?? 0) + units);
}

export function applyToLine(
  line: LineState,
  move: Move,
  from: ParsedAccount,
  to: ParsedAccount,
): void {
  const n = move.quantity;
  if (move.reportedAt > line.updatedAt) line.updatedAt = move.reportedAt;
  if (from.kind === "held") line.held -= n;
  else if (from.kind === "committed") line.committed -= n;
  if (to.kind === "held") line.held += n;
  else if (to.kind === "committed") line.committed += n;
  switch (move.kind) {
    case "hold":
      line.taken += n;
      line.expiresAt = move.expiresAt ?? null;
      trackReservation(line, from, n);
      return;
    case "commit":
      line.taken += n;
      line.paid += n;
      trackReservation(line, from, n);
      return;
    case "pay":
      line.paid += n;
      return;
    case "ship":
      line.shipped += n;
      return;
    case "cancel":
      line.cancelled += n;
      trackReservation(line, to, -n);
      return;
    case "expire":
      line.expired += n;
      trackReservation(line, to, -n);
      return;
    case "return_restock":
    case "return_scrap":
      line.returned += n;
      return;
    case "reverse":
      if (to.kind === "shipped") line.returned -= n;
      return;
    default:
  }
}
