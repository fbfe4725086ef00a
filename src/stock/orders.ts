/**
 * From what a channel says of an order line to the moves that make the ledger say the same.
 *
 * Level, not edge (architecture.md decision 6): the line's state in the ledger is compared with the
 * state the channel reports, and only the difference is booked. A duplicate, a late page or a
 * skipped status therefore books nothing twice and leaves nothing out. Order -> commitment;
 * shipment -> on hand and commitment each less by one; never both (decision 5).
 */
import type { ChannelId, Sku } from "../base/ids";
import type { Account, Move, MoveKind } from "./entries";
import { balancesOf, type LineState, type Projection } from "./projection";
import { reservingStream } from "./streams";

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
}

export function lineRef(line: Pick<ReportedLine, "channel" | "orderId" | "lineId">): string {
  return `${line.channel}/${line.orderId}/${line.lineId}`;
}

/** The part of a line that the steps below read and move forward. */
interface Cursor {
  held: number;
  committed: number;
  readonly counts: Map<MoveKind, number>;
  readonly moves: Move[];
}

function emit(
  cursor: Cursor,
  line: ReportedLine,
  kind: MoveKind,
  quantity: number,
  from: Account,
  to: Account,
): void {
  if (quantity <= 0) return;
  const total = (cursor.counts.get(kind) ?? 0) + quantity;
  cursor.counts.set(kind, total);
  const ref = lineRef(line);
  cursor.moves.push({
    type: "move",
    // The cumulative count makes the key the same however the change was cut into reports.
    key: `${ref}/${kind}/${total}`,
    at: kind === "hold" || kind === "commit" ? line.createdAt : line.updatedAt,
    reportedAt: line.updatedAt,
    kind,
    sku: line.sku,
    quantity,
    from,
    to,
    ref,
  });
}

/** New units: out of the live channel's own reservation first, then out of the free pool. */
function take(cursor: Cursor, line: ReportedLine, units: number, projection: Projection): void {
  const balances = balancesOf(projection, line.sku);
  const stream = reservingStream(projection.streams.values(), line.sku, line.channel);
  const reserved = stream === null ? 0 : Math.max(0, balances.reserved.get(stream.id) ?? 0);
  const fromReserved = Math.min(units, reserved);
  const kind: MoveKind = line.paid ? "commit" : "hold";
  const to: Account = line.paid ? `committed:${line.channel}` : `held:${line.channel}`;
  if (stream !== null) emit(cursor, line, kind, fromReserved, `reserved:${stream.id}`, to);
  emit(cursor, line, kind, units - fromReserved, "available", to);
  if (line.paid) cursor.committed += units;
  else cursor.held += units;
}

/** Cancelled units go back where they came from while that reservation lasts, else to the pool. */
function giveBack(
  cursor: Cursor,
  line: ReportedLine,
  state: LineState,
  units: number,
  projection: Projection,
): void {
  let toReserved = 0;
  const stream = reservingStream(projection.streams.values(), line.sku, line.channel);
  if (stream !== null) toReserved = Math.min(units, state.fromReserved.get(stream.id) ?? 0);
  const parts: [number, Account][] = [[units - toReserved, "available"]];
  if (stream !== null) parts.unshift([toReserved, `reserved:${stream.id}`]);
  for (const [part, to] of parts) {
    const fromHeld = Math.min(part, cursor.held);
    emit(cursor, line, "cancel", fromHeld, `held:${line.channel}`, to);
    cursor.held -= fromHeld;
    emit(cursor, line, "cancel", part - fromHeld, `committed:${line.channel}`, to);
    cursor.committed -= part - fromHeld;
  }
}

/**
 * The moves that bring the ledger's line to what the channel reports; none when they agree or when
 * the report is older than what is booked. Units already shipped are never cancelled: a return is
 * asked for, not assumed.
 */
export function planLine(projection: Projection, line: ReportedLine): readonly Move[] {
  const state = projection.lines.get(lineRef(line));
  if (state !== undefined && line.updatedAt < state.updatedAt) return [];
  const cursor: Cursor = {
    held: state?.held ?? 0,
    committed: state?.committed ?? 0,
    counts: new Map([
      ["hold", state === undefined ? 0 : state.taken],
      ["commit", state === undefined ? 0 : state.taken],
      ["pay", state?.paid ?? 0],
      ["cancel", state?.cancelled ?? 0],
      ["ship", state?.shipped ?? 0],
    ]),
    moves: [],
  };
  const shippedBefore = state?.shipped ?? 0;
  const wanted = line.ordered - line.cancelled;
  const booked = cursor.held + cursor.committed + shippedBefore;

  if (wanted > booked) take(cursor, line, wanted - booked, projection);
  if (wanted < booked && state !== undefined) {
    const open = cursor.held + cursor.committed;
    giveBack(cursor, line, state, Math.min(booked - wanted, open), projection);
  }
  if (line.paid && cursor.held > 0) {
    const paid = cursor.held;
    emit(cursor, line, "pay", paid, `held:${line.channel}`, `committed:${line.channel}`);
    cursor.held = 0;
    cursor.committed += paid;
  }
  const toShip = Math.min(line.shipped - shippedBefore, cursor.committed);
  emit(cursor, line, "ship", toShip, `committed:${line.channel}`, "shipped");
  return cursor.moves;
}
