/**
 * The order lines of a book: the fold of the moves that name them, in columns. A start folds hundreds
 * of thousands, and an object per line made that twice as slow: what the moves of a line change most
 * lies in one cache line of the processor (64 bytes), and there is nothing for the collector to visit.
 * Plain data - maps, arrays, numbers - that can be stored as it is.
 */
import { channelIds, type Sku } from "../base/ids";
import type { ParsedAccount } from "./accounts";
import type { Move } from "./entries";
import type { LineState } from "./order-lines";

export interface LineTable {
  /** The row of each line, by the `ref` of its moves; rows are never taken away. */
  readonly rows: Map<string, number>;
  readonly refs: string[];
  readonly skus: Sku[];
  /** `COUNTS` numbers a row: when it was last reported, and units. Float64, since units are exact. */
  counts: Float64Array;
  /** `FACTS` numbers a row: what is written once, and the reservation it drew on first. */
  facts: Float64Array;
  /**
   * Rows in the order in which they came to hold units unpaid: those that hold none any more are
   * taken off the front, and passed over behind it (`unpaidLines`).
   */
  holds: number[];
  /** How many at the front of `holds` are settled. */
  settled: number;
  /** By name, numbered from 1: the streams that lines have drawn on. */
  readonly streams: Map<string, number>;
  /** Units out of a second reservation and more, by stream, of the few rows that have them. */
  readonly more: Map<number, Map<string, number>>;
}

const COUNTS = 8;
const UPDATED = 0;
const HELD = 1;
const COMMITTED = 2;
const SHIPPED = 3;
const PAID = 4;
const CANCELLED = 5;
const EXPIRED = 6;
const RETURNED = 7;

const FACTS = 5;
const CREATED = 0;
/** NaN: it never held units. */
const EXPIRES = 1;
/** Its place in `channelIds`. */
const CHANNEL = 2;
/** Its number in `streams`; 0 = none ever. */
const STREAM = 3;
const FROM_STREAM = 4;

const FIRST_ROWS = 256;

export function emptyLines(): LineTable {
  return {
    rows: new Map(),
    refs: [],
    skus: [],
    counts: new Float64Array(FIRST_ROWS * COUNTS),
    facts: new Float64Array(FIRST_ROWS * FACTS),
    holds: [],
    settled: 0,
    streams: new Map(),
    more: new Map(),
  };
}

function twice(numbers: Float64Array): Float64Array {
  const wider = new Float64Array(numbers.length * 2);
  wider.set(numbers);
  return wider;
}

function addRow(lines: LineTable, move: Move, place: number): number {
  const row = lines.skus.length;
  if ((row + 1) * COUNTS > lines.counts.length) {
    lines.counts = twice(lines.counts);
    lines.facts = twice(lines.facts);
  }
  lines.rows.set(move.ref, row);
  lines.refs.push(move.ref);
  lines.skus.push(move.sku);
  lines.counts[row * COUNTS + UPDATED] = move.reportedAt;
  const { facts } = lines;
  const fact = row * FACTS;
  facts[fact + CREATED] = move.at;
  facts[fact + EXPIRES] = Number.NaN;
  facts[fact + CHANNEL] = place;
  return row;
}

function add(numbers: Float64Array, at: number, units: number): void {
  numbers[at] = (numbers[at] ?? 0) + units;
}

/** Units that go out of (positive) or back into (negative) a reservation through this line. */
function trackReservation(
  lines: LineTable,
  row: number,
  account: ParsedAccount,
  units: number,
): void {
  if (account.kind !== "reserved") return;
  const { streams, facts } = lines;
  const number = streams.get(account.stream) ?? streams.size + 1;
  if (number > streams.size) streams.set(account.stream, number);
  const fact = row * FACTS;
  if (facts[fact + STREAM] === 0) facts[fact + STREAM] = number;
  if (facts[fact + STREAM] === number) {
    add(facts, fact + FROM_STREAM, units);
    return;
  }
  const others = lines.more.get(row) ?? new Map<string, number>();
  lines.more.set(row, others.set(account.stream, (others.get(account.stream) ?? 0) + units));
}

/** Before so many are settled it is not worth the while to move those behind them up. */
const SETTLED_MIN = 1024;

function settleFront(lines: LineTable): void {
  const { holds, counts } = lines;
  let front = lines.settled;
  while (front < holds.length && counts[(holds[front] ?? 0) * COUNTS + HELD] === 0) front += 1;
  if (front >= SETTLED_MIN && front * 2 >= holds.length) {
    lines.holds = holds.slice(front);
    front = 0;
  }
  lines.settled = front;
}

/** A move that names a line; one that names none, and takes no units for one, changes nothing. */
export function applyToLines(
  lines: LineTable,
  move: Move,
  from: ParsedAccount,
  to: ParsedAccount,
): void {
  let row = lines.rows.get(move.ref);
  if (row === undefined) {
    if (to.kind !== "held" && to.kind !== "committed") return;
    row = addRow(lines, move, to.place);
  }
  const { counts } = lines;
  const at = row * COUNTS;
  const n = move.quantity;
  if (move.reportedAt > (counts[at + UPDATED] ?? 0)) counts[at + UPDATED] = move.reportedAt;
  if (from.kind === "held") {
    add(counts, at + HELD, -n);
    if (counts[at + HELD] === 0 && lines.holds[lines.settled] === row) settleFront(lines);
  } else if (from.kind === "committed") add(counts, at + COMMITTED, -n);
  if (to.kind === "held") {
    if (counts[at + HELD] === 0) lines.holds.push(row);
    add(counts, at + HELD, n);
  } else if (to.kind === "committed") add(counts, at + COMMITTED, n);
  switch (move.kind) {
    case "hold":
      lines.facts[row * FACTS + EXPIRES] = move.expiresAt ?? Number.NaN;
      trackReservation(lines, row, from, n);
      return;
    case "commit":
      add(counts, at + PAID, n);
      trackReservation(lines, row, from, n);
      return;
    case "pay":
      add(counts, at + PAID, n);
      return;
    case "ship":
      add(counts, at + SHIPPED, n);
      return;
    case "cancel":
      add(counts, at + CANCELLED, n);
      trackReservation(lines, row, to, -n);
      return;
    case "expire":
      add(counts, at + EXPIRED, n);
      trackReservation(lines, row, to, -n);
      return;
    case "return_restock":
    case "return_scrap":
      add(counts, at + RETURNED, n);
      return;
    case "reverse":
      if (to.kind === "shipped") add(counts, at + RETURNED, -n);
      return;
    default:
  }
}

function reservationsOf(lines: LineTable, row: number): ReadonlyMap<string, number> | null {
  const fact = row * FACTS;
  const number = lines.facts[fact + STREAM] ?? 0;
  if (number === 0) return null;
  const first = [...lines.streams.keys()][number - 1] ?? "";
  const units = lines.facts[fact + FROM_STREAM] ?? 0;
  return new Map([[first, units], ...(lines.more.get(row) ?? [])]);
}

function lineOf(lines: LineTable, row: number): LineState {
  const count = (place: number) => lines.counts[row * COUNTS + place] ?? 0;
  const fact = (place: number) => lines.facts[row * FACTS + place] ?? 0;
  const units = {
    held: count(HELD),
    committed: count(COMMITTED),
    shipped: count(SHIPPED),
    cancelled: count(CANCELLED),
    expired: count(EXPIRED),
  };
  const { held, committed, shipped, cancelled, expired } = units;
  return {
    channel: channelIds[fact(CHANNEL)] ?? "tiktok",
    sku: lines.skus[row] ?? ("" as Sku),
    createdAt: fact(CREATED),
    updatedAt: count(UPDATED),
    expiresAt: Number.isNaN(fact(EXPIRES)) ? null : fact(EXPIRES),
    ...units,
    // A unit once taken is in one of these places for ever: a shipped one that came back stays shipped.
    taken: held + committed + shipped + cancelled + expired,
    paid: count(PAID),
    returned: count(RETURNED),
    fromReserved: reservationsOf(lines, row),
  };
}

/** The line as it is now; undefined = no move has named it. */
export function lineAt(lines: LineTable, ref: string): LineState | undefined {
  const row = lines.rows.get(ref);
  return row === undefined ? undefined : lineOf(lines, row);
}

/** Every line with its ref, in the order in which they came, from row `first` on. */
export function* linesOf(
  lines: LineTable,
  first = 0,
): Generator<readonly [ref: string, line: LineState]> {
  for (let row = first; row < lines.refs.length; row += 1) {
    yield [lines.refs[row] ?? "", lineOf(lines, row)];
  }
}

/** The lines of one SKU that were placed from `since` to `until`, ms, both included. */
export function linesPlaced(
  lines: LineTable,
  sku: Sku,
  since: number,
  until: number,
): readonly LineState[] {
  const found: LineState[] = [];
  lines.skus.forEach((own, row) => {
    const placed = lines.facts[row * FACTS + CREATED] ?? 0;
    if (own === sku && placed >= since && placed <= until) found.push(lineOf(lines, row));
  });
  return found;
}

/** Lines that hold units unpaid, in the order in which they came to. */
export function unpaidLines(lines: LineTable): (readonly [ref: string, line: LineState])[] {
  const { counts, holds } = lines;
  const held = holds.slice(lines.settled).filter((row) => counts[row * COUNTS + HELD] !== 0);
  // A line that was settled and held again stands there twice.
  return Array.from(new Set(held), (row) => [lines.refs[row] ?? "", lineOf(lines, row)]);
}
