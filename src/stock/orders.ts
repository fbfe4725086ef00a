/**
 * From what a channel says of an order line to the moves that make the ledger say the same.
 *
 * Level, not edge (architecture.md decision 6): the line's state in the ledger is compared with the
 * state the channel reports, and only the difference is booked. A duplicate, a late page or a
 * skipped status therefore books nothing twice and leaves nothing out. Order -> commitment;
 * shipment -> on hand and commitment each less by one; never both (decision 5).
 */
import type { ChannelId, Sku } from "../base/ids";
import type { Account } from "./accounts";
import { MAIN_LOCATION, type Move, type MoveKind } from "./entries";
import { lineAt } from "./line-table";
import { lineRef, type LineState } from "./order-lines";
import { balancesOf, type Projection } from "./projection";
import { stockSettings, type StockSettings } from "./settings";
import { reservingStreams } from "./streams";

/** A channel's order line in the words of the ledger. Units whole; ordered >= cancelled + shipped. */
export interface ReportedLine {
  readonly channel: ChannelId;
  readonly orderId: string;
  readonly lineId: string;
  readonly sku: Sku;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** False: open units are an unpaid hold (requirement 40). */
  readonly paid: boolean;
  readonly ordered: number;
  readonly cancelled: number;
  readonly shipped: number;
  /** When we read it, by our own clock; absent = the channel's clock is trusted. */
  readonly seenAt?: number;
  /** Where it is sent from; absent = MAIN_LOCATION. */
  readonly location?: string;
}

/** The part of a line that the steps below read and move forward. */
interface Cursor {
  readonly ref: string;
  readonly channel: ChannelId;
  readonly sku: Sku;
  readonly location: string;
  held: number;
  committed: number;
  readonly counts: Map<MoveKind, number>;
  readonly moves: Move[];
}

function cursorOf(
  ref: string,
  line: Pick<ReportedLine, "channel" | "sku" | "location">,
  state: LineState | undefined,
): Cursor {
  return {
    ref,
    channel: line.channel,
    sku: line.sku,
    location: line.location ?? MAIN_LOCATION,
    held: state?.held ?? 0,
    committed: state?.committed ?? 0,
    counts: new Map([
      ["hold", state?.taken ?? 0],
      ["commit", state?.taken ?? 0],
      ["pay", state?.paid ?? 0],
      ["cancel", state?.cancelled ?? 0],
      ["ship", state?.shipped ?? 0],
      ["expire", state?.expired ?? 0],
    ]),
    moves: [],
  };
}

interface Step extends Pick<Move, "at" | "reportedAt"> {
  readonly kind: MoveKind;
  readonly expiresAt?: number;
  readonly reason?: string;
}

function emit(cursor: Cursor, step: Step, quantity: number, from: Account, to: Account): void {
  if (quantity <= 0) return;
  const { ref, sku, location, counts } = cursor;
  const total = (counts.get(step.kind) ?? 0) + quantity;
  counts.set(step.kind, total);
  cursor.moves.push({
    type: "move",
    // The cumulative count makes the key the same however the change was cut into reports.
    key: `${ref}/${step.kind}/${total}`,
    ...step,
    sku,
    quantity,
    from,
    to,
    ref,
    ...(location === MAIN_LOCATION ? {} : { location }),
  });
}

/** When the order was placed; a clock that runs ahead is not believed (requirement 40). */
function placedAt(line: ReportedLine, settings: StockSettings): number {
  const { createdAt, seenAt } = line;
  return seenAt !== undefined && createdAt > seenAt + settings.skewMaxMs ? seenAt : createdAt;
}

function takeStep(
  line: ReportedLine,
  state: LineState | undefined,
  settings: StockSettings,
): Step & { readonly kind: "hold" | "commit" } {
  const at = placedAt(line, settings);
  const dates = { at, reportedAt: line.updatedAt };
  if (!line.paid) {
    return { ...dates, kind: "hold", expiresAt: at + settings.payWithinMs[line.channel] };
  }
  // Its hold had run out: the units may have been sold since (requirement 41).
  const late = state !== undefined && state.expired > 0;
  return { ...dates, kind: "commit", ...(late ? { reason: "late_payment" } : {}) };
}

/**
 * New units: out of the reservation of the live channel's stream that is on, then out of the free
 * pool, then out of this channel's other reservations; what is then missing is oversold.
 */
function take(
  cursor: Cursor,
  line: ReportedLine,
  step: Step & { readonly kind: "hold" | "commit" },
  units: number,
  projection: Projection,
): void {
  const { channel, sku } = line;
  const { reserved, available } = balancesOf(projection, sku);
  const streams = reservingStreams(projection.streams.values(), sku, channel, step.at);
  const to: Account = step.kind === "commit" ? `committed:${channel}` : `held:${channel}`;
  let left = units;
  let fromPool = 0;
  streams.forEach((stream, index) => {
    const part = Math.min(left, Math.max(0, reserved.get(stream.id) ?? 0));
    emit(cursor, step, part, `reserved:${stream.id}`, to);
    left -= part;
    if (index > 0) return;
    fromPool = Math.min(left, Math.max(0, available));
    left -= fromPool;
  });
  emit(cursor, step, fromPool + left, "available", to);
  if (step.kind === "commit") cursor.committed += units;
  else cursor.held += units;
}

/** Units go back to the reservations they came from while these last, else to the pool. */
function giveBack(
  cursor: Cursor,
  step: Step & { readonly kind: "cancel" | "expire" },
  state: LineState,
  units: number,
  projection: Projection,
): void {
  const parts: [number, Account][] = [];
  let left = units;
  for (const [id, taken] of state.fromReserved ?? []) {
    if (projection.streams.get(id)?.released !== false) continue;
    const part = Math.min(left, taken);
    parts.push([part, `reserved:${id}`]);
    left -= part;
  }
  parts.push([left, "available"]);
  for (const [part, to] of parts) {
    const fromHeld = Math.min(part, cursor.held);
    emit(cursor, step, fromHeld, `held:${cursor.channel}`, to);
    cursor.held -= fromHeld;
    emit(cursor, step, part - fromHeld, `committed:${cursor.channel}`, to);
    cursor.committed -= part - fromHeld;
  }
}

/**
 * The moves that bring the ledger's line to what the channel reports; none when they agree or when
 * the report is older than what is booked. Units already shipped are never cancelled: a return is
 * asked for, not assumed.
 */
export function planLine(
  projection: Projection,
  line: ReportedLine,
  settings: StockSettings = stockSettings(projection),
): readonly Move[] {
  const ref = lineRef(line);
  const state = lineAt(projection.lines, ref);
  if (state !== undefined && line.updatedAt < state.updatedAt) return [];
  const cursor = cursorOf(ref, line, state);
  const shippedBefore = state?.shipped ?? 0;
  // By the plain timer an unpaid order that ran out of time stays out.
  const lapsed = settings.holdsEnd === "timer" && !line.paid ? (state?.expired ?? 0) : 0;
  const wanted = Math.max(0, line.ordered - line.cancelled - lapsed);
  const booked = cursor.held + cursor.committed + shippedBefore;
  const dates = { at: line.updatedAt, reportedAt: line.updatedAt };

  if (wanted > booked) {
    take(cursor, line, takeStep(line, state, settings), wanted - booked, projection);
  }
  if (wanted < booked && state !== undefined) {
    const open = cursor.held + cursor.committed;
    const units = Math.min(booked - wanted, open);
    giveBack(cursor, { ...dates, kind: "cancel" }, state, units, projection);
  }
  if (line.paid && cursor.held > 0) {
    const paid = cursor.held;
    const { channel } = line;
    emit(cursor, { ...dates, kind: "pay" }, paid, `held:${channel}`, `committed:${channel}`);
    cursor.held = 0;
    cursor.committed += paid;
  }
  const toShip = Math.min(line.shipped - shippedBefore, cursor.committed);
  emit(cursor, { ...dates, kind: "ship" }, toShip, `committed:${line.channel}`, "shipped");
  return cursor.moves;
}

/**
 * The moves that end the unpaid hold of a line whose time is over. They carry the age of the last
 * report, so that they make no later report of the channel look old.
 */
export function expireLine(projection: Projection, ref: string): readonly Move[] {
  const state = lineAt(projection.lines, ref);
  if (state === undefined || state.held <= 0 || state.expiresAt === null) return [];
  const cursor = cursorOf(ref, state, state);
  const step = { kind: "expire", at: state.expiresAt, reportedAt: state.updatedAt } as const;
  giveBack(cursor, step, state, state.held, projection);
  return cursor.moves;
}
