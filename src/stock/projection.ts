/**
 * What a book says now: the fold of its entries. Kept in memory; can always be made again from the
 * ledger (invariant I3), which is what happens at every start. Plain data - maps, sets, numbers -
 * so that it can be stored as a snapshot as it is.
 */
import { assert } from "../base/assert";
import type { ChannelId, Sku } from "../base/ids";
import { parseAccount, type ParsedAccount } from "./accounts";
import { nextAlert, seedAlerts, type AlertLevel, type AlertScale } from "./alerts";
import { emptyBalances, onHand, post, type Balances } from "./balances";
import { applyToDesk, emptyDesk, type Desk } from "./desk";
import { applyToDrifts, type DriftCase } from "./drifts";
import { MAIN_LOCATION, type Entry, type Move, type Note } from "./entries";
import { applyToLines, emptyLines, type LineTable } from "./line-table";
import { newStream, parseStreamPlan, type Stream } from "./streams";

/** Raised whenever the fold says something else of the same entries: older snapshots are void. */
export const PROJECTION_VERSION = 8;

/** Goods on their way. */
export interface Arrival {
  readonly sku: Sku;
  units: number;
  /** When they should be here, ms; null = not said. */
  readonly dueAt: number | null;
}

export interface Projection {
  seq: number;
  /** Over all locations. */
  readonly balances: Map<Sku, Balances>;
  /** At the locations that are not the main one; that one has the rest. */
  readonly elsewhere: Map<Sku, Map<string, Balances>>;
  readonly lines: LineTable;
  readonly streams: Map<string, Stream>;
  readonly alerts: Map<Sku, AlertLevel>;
  /** SKUs whose other channels are held at 0. */
  readonly paused: Set<Sku>;
  readonly pushes: Map<ChannelId, number>;
  /** Keys of the entries that were taken back. */
  readonly reversed: Set<string>;
  /** By `ref` of the move that announced them. */
  readonly arrivals: Map<string, Arrival>;
  /** Open cases, by `ref`. */
  readonly drifts: Map<string, DriftCase>;
  readonly desk: Desk;
}

export function emptyProjection(): Projection {
  return {
    seq: 0,
    balances: new Map(),
    elsewhere: new Map(),
    lines: emptyLines(),
    streams: new Map(),
    alerts: new Map(),
    paused: new Set(),
    pushes: new Map(),
    reversed: new Set(),
    arrivals: new Map(),
    drifts: new Map(),
    desk: emptyDesk(),
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

/** What is where: units of a SKU at one location. */
export interface UnitsAt {
  readonly available: number;
  readonly damaged: number;
  readonly onHand: number;
}

/** The main location has what the others have not. */
export function unitsAt(projection: Projection, sku: Sku, location: string): UnitsAt {
  const elsewhere = projection.elsewhere.get(sku);
  if (location !== MAIN_LOCATION) {
    const there = elsewhere?.get(location) ?? emptyBalances();
    return { available: there.available, damaged: there.damaged, onHand: onHand(there) };
  }
  const all = projection.balances.get(sku) ?? emptyBalances();
  let { available, damaged } = all;
  let physical = onHand(all);
  for (const there of elsewhere?.values() ?? []) {
    available -= there.available;
    damaged -= there.damaged;
    physical -= onHand(there);
  }
  return { available, damaged, onHand: physical };
}

export function locationsOf(projection: Projection, sku: Sku): readonly string[] {
  return [MAIN_LOCATION, ...(projection.elsewhere.get(sku)?.keys() ?? [])];
}

function postElsewhere(
  projection: Projection,
  move: Move,
  location: string | undefined,
  account: ParsedAccount,
  units: number,
): void {
  if (location === undefined || location === MAIN_LOCATION) return;
  let places = projection.elsewhere.get(move.sku);
  if (places === undefined) {
    places = new Map();
    projection.elsewhere.set(move.sku, places);
  }
  let there = places.get(location);
  if (there === undefined) {
    there = emptyBalances();
    places.set(location, there);
  }
  post(there, account, units);
}

function followStream(projection: Projection, move: Move): void {
  const stream = projection.streams.get(move.ref);
  if (stream === undefined) return;
  if (move.kind === "release") {
    stream.released = true;
    stream.releasedUnits += move.quantity;
    // A stream of last year is not asked about for ever.
    const { reserved } = balancesOf(projection, move.sku);
    if (reserved.get(stream.id) === 0) reserved.delete(stream.id);
  } else if (move.kind === "shrink") {
    stream.made -= move.quantity;
    projection.desk.lending.delete(stream.id);
  } else if (move.kind !== "reverse") {
    stream.made += move.quantity;
  } else if (move.from === "available") {
    stream.released = false;
    stream.releasedUnits -= move.quantity;
  } else {
    stream.made -= move.quantity;
  }
}

function followArrival(projection: Projection, move: Move, units: number): void {
  const known = projection.arrivals.get(move.ref);
  if (known === undefined) {
    const dueAt = move.expiresAt ?? null;
    projection.arrivals.set(move.ref, { sku: move.sku, units, dueAt });
    return;
  }
  known.units += units;
  if (known.units <= 0) projection.arrivals.delete(move.ref);
}

function applyMove(projection: Projection, move: Move): void {
  const n = move.quantity;
  assert(Number.isSafeInteger(n) && n > 0, "a move has whole units");
  const from = parseAccount(move.from);
  const to = parseAccount(move.to);
  const balances = balancesOf(projection, move.sku);
  post(balances, from, -n);
  post(balances, to, n);
  if (move.location !== undefined || move.toLocation !== undefined) {
    postElsewhere(projection, move, move.location, from, -n);
    postElsewhere(projection, move, move.toLocation ?? move.location, to, n);
  }
  if (from.kind === "incoming") followArrival(projection, move, -n);
  else if (to.kind === "incoming") followArrival(projection, move, n);
  switch (move.kind) {
    case "hold":
    case "commit":
    case "pay":
    case "cancel":
    case "ship":
    case "expire":
    case "return_restock":
    case "return_scrap":
      applyToLines(projection.lines, move, from, to);
      return;
    case "reserve":
    case "grow":
    case "shrink":
    case "release":
      followStream(projection, move);
      return;
    case "reverse":
      if (move.resolves !== undefined) projection.reversed.add(move.resolves);
      applyToLines(projection.lines, move, from, to);
      followStream(projection, move);
      return;
    case "count":
    case "receipt":
    case "expect":
    case "adjust":
    case "damage":
    case "transfer":
  }
}

function applyStreamNote(projection: Projection, entry: Note): void {
  if (entry.kind === "stream_planned") {
    const plan = parseStreamPlan(entry.detail);
    if (!plan.ok || entry.sku === "") return;
    const stream = newStream(entry.ref, entry.sku, entry.n, plan.value);
    // Planned anew: what happened to it so far stays so, and what is reserved is of the SKU it was.
    const before = projection.streams.get(entry.ref);
    const sku = before !== undefined && before.made > 0 ? before.sku : entry.sku;
    projection.streams.set(
      entry.ref,
      before === undefined ? stream : { ...before, ...plan.value, sku, planned: entry.n },
    );
    return;
  }
  const stream = projection.streams.get(entry.ref);
  if (stream === undefined) return;
  switch (entry.kind) {
    case "stream_ranked":
      stream.rank = entry.n;
      return;
    case "stream_started":
      stream.phase = "running";
      stream.startedAt = entry.at;
      stream.endsAt = entry.n;
      return;
    case "stream_cut":
      stream.endsAt = entry.n;
      return;
    case "stream_ended":
      stream.phase = "ended";
      projection.desk.lending.delete(stream.id);
      return;
    case "stockout": {
      const last = stream.stockouts.at(-1);
      if (entry.n > 0) {
        if (last?.to !== null) stream.stockouts.push({ from: entry.at, to: null });
      } else if (last?.to === null) last.to = entry.at;
      return;
    }
    default:
  }
}

function applyNote(projection: Projection, entry: Note): void {
  const { sku, channel } = entry;
  switch (entry.kind) {
    case "stream_planned":
    case "stream_ranked":
    case "stream_started":
    case "stream_cut":
    case "stream_ended":
    case "stockout":
      applyStreamNote(projection, entry);
      return;
    case "alert":
      if (sku !== "") projection.alerts.set(sku, entry.detail as AlertLevel);
      return;
    case "paused":
      if (sku !== "") projection.paused.add(sku);
      return;
    case "resumed":
      if (sku !== "") projection.paused.delete(sku);
      return;
    case "push_confirmed":
      if (channel !== "") projection.pushes.set(channel, (projection.pushes.get(channel) ?? 0) + 1);
      return;
    case "drift_opened":
    case "drift_settled":
      applyToDrifts(projection.drifts, { ...entry, kind: entry.kind });
      return;
    case "acts_set":
    case "act_asked":
    case "act_answered":
    case "live_stopped":
    case "live_resumed":
    case "channel_held":
    case "channel_freed":
    case "lend_wished":
    case "constants_set":
    case "latency_test":
      applyToDesk(projection.desk, { ...entry, kind: entry.kind });
      return;
    case "push_requested":
    case "push_failed":
    case "oversold":
    case "gap":
    case "counted":
    case "run_book":
    case "listing_mapped":
  }
}

/** Entries must come in the order of their numbers. */
export function apply(projection: Projection, entry: Entry): void {
  if (entry.type === "move") applyMove(projection, entry);
  else applyNote(projection, entry);
  projection.seq = entry.seq;
}

export function alertOf(projection: Projection, sku: Sku): AlertLevel {
  return projection.alerts.get(sku) ?? "none";
}

/** The alert after `sellable` was worked out, or null while nothing changes. */
export function alertChange(
  projection: Projection,
  sku: Sku,
  sellable: number,
  scale: AlertScale = seedAlerts,
): AlertLevel | null {
  const before = alertOf(projection, sku);
  const after = nextAlert(before, sellable, scale);
  return after === before ? null : after;
}
