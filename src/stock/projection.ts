/**
 * What a book says now: the fold of its entries. Kept in memory; can always be made again from the
 * ledger (invariant I3), which is what happens at every start.
 */
import type { ChannelId, Sku } from "../base/ids";
import { nextAlert, type AlertLevel } from "./alerts";
import { applyMove, emptyBalances, type Balances } from "./balances";
import type { Entry, Move, Note } from "./entries";
import { parseStreamPlan, type Stream } from "./streams";

/** Where the units of one order line are. `taken` = all units ever taken from stock for it. */
export interface LineState {
  readonly channel: ChannelId;
  readonly sku: Sku;
  /** When the order was placed; ms. */
  readonly createdAt: number;
  /** The newest channel time booked; an older report is history repeating itself. */
  updatedAt: number;
  held: number;
  committed: number;
  shipped: number;
  taken: number;
  paid: number;
  cancelled: number;
  /** Units that came out of a live reservation, by stream, less those given back. */
  readonly fromReserved: Map<string, number>;
}

export interface Projection {
  seq: number;
  readonly balances: Map<Sku, Balances>;
  /** By `ref` of the moves: "channel/order/line". */
  readonly lines: Map<string, LineState>;
  readonly streams: Map<string, Stream>;
  readonly alerts: Map<Sku, AlertLevel>;
  /** SKUs whose other channels are held at 0. */
  readonly paused: Set<Sku>;
  readonly pushes: Map<ChannelId, number>;
  /** Order ids booked, by channel. */
  readonly orders: Map<ChannelId, Set<string>>;
}

export function emptyProjection(): Projection {
  return {
    seq: 0,
    balances: new Map(),
    lines: new Map(),
    streams: new Map(),
    alerts: new Map(),
    paused: new Set(),
    pushes: new Map(),
    orders: new Map(),
  };
}

export function balancesOf(projection: Projection, sku: Sku): Balances {
  let balances = projection.balances.get(sku);
  if (balances === undefined) {
    balances = emptyBalances();
    projection.balances.set(sku, balances);
  }
  return balances;
}

function channelOf(account: string): ChannelId {
  return account.slice(account.indexOf(":") + 1) as ChannelId;
}

function lineFor(projection: Projection, move: Move): LineState {
  let line = projection.lines.get(move.ref);
  if (line === undefined) {
    line = {
      channel: channelOf(move.to),
      sku: move.sku,
      createdAt: move.at,
      updatedAt: move.reportedAt,
      held: 0,
      committed: 0,
      shipped: 0,
      taken: 0,
      paid: 0,
      cancelled: 0,
      fromReserved: new Map(),
    };
    projection.lines.set(move.ref, line);
    const orders = projection.orders.get(line.channel) ?? new Set();
    projection.orders.set(line.channel, orders.add(move.ref.split("/")[1] ?? move.ref));
  }
  line.updatedAt = Math.max(line.updatedAt, move.reportedAt);
  return line;
}

/** Units that go out of (sign +1) or back into (-1) a reservation through this line. */
function trackReservation(line: LineState, account: string, units: number): void {
  if (!account.startsWith("reserved:")) return;
  const stream = account.slice("reserved:".length);
  line.fromReserved.set(stream, (line.fromReserved.get(stream) ?? 0) + units);
}

function applyToLine(projection: Projection, move: Move): void {
  const line = lineFor(projection, move);
  const n = move.quantity;
  if (move.from.startsWith("held:")) line.held -= n;
  if (move.from.startsWith("committed:")) line.committed -= n;
  if (move.to.startsWith("held:")) line.held += n;
  if (move.to.startsWith("committed:")) line.committed += n;
  if (move.to === "shipped") line.shipped += n;
  if (move.kind === "hold" || move.kind === "commit") {
    line.taken += n;
    trackReservation(line, move.from, n);
  }
  if (move.kind === "commit" || move.kind === "pay") line.paid += n;
  if (move.kind === "cancel") {
    line.cancelled += n;
    trackReservation(line, move.to, -n);
  }
}

function applyNote(projection: Projection, entry: Note): void {
  const stream = entry.ref === "" ? undefined : projection.streams.get(entry.ref);
  switch (entry.kind) {
    case "stream_planned": {
      const plan = parseStreamPlan(entry.detail);
      if (plan.ok && entry.sku !== "") {
        projection.streams.set(entry.ref, {
          ...plan.value,
          id: entry.ref,
          sku: entry.sku,
          planned: entry.n,
          phase: "planned",
          released: false,
          startedAt: null,
          endsAt: null,
          stockouts: [],
        });
      }
      return;
    }
    case "stream_started":
      if (stream) Object.assign(stream, { phase: "running", startedAt: entry.at, endsAt: entry.n });
      return;
    case "stream_cut":
      if (stream) stream.endsAt = entry.n;
      return;
    case "stream_ended":
      if (stream) stream.phase = "ended";
      return;
    case "stockout":
      if (stream === undefined) return;
      if (entry.n > 0) stream.stockouts.push({ from: entry.at, to: null });
      else {
        const last = stream.stockouts.at(-1);
        if (last?.to === null) last.to = entry.at;
      }
      return;
    case "alert":
      if (entry.sku !== "") projection.alerts.set(entry.sku, entry.detail as AlertLevel);
      return;
    case "paused":
      if (entry.sku !== "") projection.paused.add(entry.sku);
      return;
    case "resumed":
      if (entry.sku !== "") projection.paused.delete(entry.sku);
      return;
    case "push_confirmed":
      if (entry.channel !== "") {
        projection.pushes.set(entry.channel, (projection.pushes.get(entry.channel) ?? 0) + 1);
      }
      return;
    case "push_requested":
    case "push_failed":
    case "oversold":
    case "gap":
      return;
  }
}

/** Entries must come in the order of their numbers. */
export function apply(projection: Projection, entry: Entry): void {
  if (entry.type === "move") {
    applyMove(balancesOf(projection, entry.sku), entry);
    // Order lines are "channel/order/line"; a stream's id holds no slash.
    if (entry.ref.includes("/")) applyToLine(projection, entry);
    else if (entry.kind === "release") {
      const stream = projection.streams.get(entry.ref);
      if (stream) stream.released = true;
    }
  } else {
    applyNote(projection, entry);
  }
  projection.seq = entry.seq;
}

export function alertOf(projection: Projection, sku: Sku): AlertLevel {
  return projection.alerts.get(sku) ?? "none";
}

/** The alert after `sellable` was worked out, or null while nothing changes. */
export function alertChange(projection: Projection, sku: Sku, sellable: number): AlertLevel | null {
  const before = alertOf(projection, sku);
  const after = nextAlert(before, sellable);
  return after === before ? null : after;
}
