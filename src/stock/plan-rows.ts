/**
 * Streams that a seller plans in rows of a sheet: how each stands, and what to book to reserve it.
 * The row's number is the stream's name, so that a row edited later still is the same stream. Pure.
 */
import type { ChannelId, Sku } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import { planUrgency, seedDeadline, type PlanUrgency } from "./deadline";
import { note, type Draft } from "./entries";
import { emptyBalances } from "./balances";
import type { Projection } from "./projection";
import { grow, reserve, type ReservationRefusal } from "./reservations";
import { stockSettings } from "./settings";
import { reservationWindow, shortBy, type Stream, type StreamPlan } from "./streams";

const LIVE_CHANNEL: ChannelId = "tiktok";
/** The seed's stream lasts three hours (requirement 2). */
const STREAM_MINUTES = 180;

/** A row as it was read; null = the cell is blank or not of its kind. */
export interface PlanRow {
  /** Unique for ever: it names the stream in the ledger. */
  readonly no: string;
  /** ms. */
  readonly startsAt: number | null;
  readonly creator: string;
  readonly followers: number | null;
  readonly sku: string;
  /** Units that the plan says. */
  readonly planned: number | null;
}

export type ReservationState =
  "incomplete" | "not_reserved" | "waiting" | "reserved" | "short" | "released" | "over";

export interface PlanStanding {
  readonly no: string;
  /** Units that can be promised to this stream now: what is free and its own reservation. */
  readonly guaranteed: number | null;
  readonly state: ReservationState;
  /** Units that its reservation has taken. */
  readonly units: number;
  /** Units of the plan that could not be reserved. */
  readonly missing: number;
  /** When a planned stream's reservation is made by itself; ms. */
  readonly reservesAt: number | null;
  readonly urgency: PlanUrgency | null;
  /** ms. */
  readonly dueAt: number | null;
}

export type PlanRefusal =
  | "incomplete"
  | "sku_unknown"
  | "plan_not_whole"
  | "start_past"
  | "nothing_free"
  | "already_released"
  | "window_over"
  | "fewer";

/** The stream that a row stands for. */
export function streamOf(no: string): string {
  return `plan-${no}`;
}

function guaranteedUnits(projection: Projection, sku: Sku, stream: Stream | undefined): number {
  const balances = projection.balances.get(sku) ?? emptyBalances();
  const own = stream === undefined ? 0 : (balances.reserved.get(stream.id) ?? 0);
  return Math.max(0, balances.available + own);
}

function stateOf(stream: Stream | undefined, row: PlanRow): ReservationState {
  if (stream === undefined) {
    const isWhole = row.startsAt !== null && row.sku !== "" && row.planned !== null;
    return isWhole ? "not_reserved" : "incomplete";
  }
  if (stream.released) return stream.phase === "ended" ? "over" : "released";
  if (stream.phase === "ended") return "over";
  if (stream.made === 0) return "waiting";
  return shortBy(stream) > 0 ? "short" : "reserved";
}

export function planStanding(
  projection: Projection,
  skus: ReadonlyMap<string, Sku>,
  row: PlanRow,
  now: number,
): PlanStanding {
  const stream = projection.streams.get(streamOf(row.no));
  const sku = skus.get(row.sku);
  const state = stateOf(stream, row);
  const window = stream === undefined ? null : reservationWindow(stream, stockSettings(projection));
  // Once all of it is set aside, no deadline presses any more.
  const isOpen = state === "not_reserved" || state === "waiting" || state === "short";
  const startsAt = row.startsAt ?? undefined;
  const dated = isOpen && startsAt !== undefined;
  return {
    no: row.no,
    guaranteed: sku === undefined ? null : guaranteedUnits(projection, sku, stream),
    state,
    units: stream?.made ?? 0,
    missing: stream === undefined ? 0 : shortBy(stream),
    reservesAt: window !== null && now < window.from ? window.from : null,
    urgency: dated ? planUrgency({ startsAt, speed: 1 }, now) : null,
    dueAt: dated ? startsAt - seedDeadline.dueBeforeMs : null,
  };
}

interface Wish {
  readonly sku: Sku;
  readonly units: number;
  readonly plan: StreamPlan & { readonly startsAt: number };
}

function read(
  row: PlanRow,
  skus: ReadonlyMap<string, Sku>,
  now: number,
): Result<Wish, PlanRefusal> {
  const { startsAt, planned } = row;
  if (startsAt === null || planned === null || row.sku === "") return err("incomplete");
  const sku = skus.get(row.sku);
  if (sku === undefined) return err("sku_unknown");
  if (!Number.isSafeInteger(planned) || planned < 1) return err("plan_not_whole");
  if (startsAt <= now) return err("start_past");
  const plan = {
    channel: LIVE_CHANNEL,
    creator: row.creator.slice(0, 200),
    followers: Math.max(0, row.followers ?? 0),
    speed: 1,
    minutes: STREAM_MINUTES,
    startsAt,
  };
  return ok({ sku, units: planned, plan });
}

function isSamePlan(stream: Stream, { sku, units, plan }: Wish): boolean {
  return (
    stream.sku === sku &&
    stream.planned === units &&
    stream.startsAt === plan.startsAt &&
    stream.creator === plan.creator &&
    stream.followers === plan.followers
  );
}

const refusals: Partial<Record<ReservationRefusal["code"], PlanRefusal>> = {
  already_released: "already_released",
  window_over: "window_over",
  nothing_free: "nothing_free",
};

/**
 * Books the row's stream and its reservation, as far as units are free; before the reservation's
 * window opens the plan alone is booked, and the reservation follows by itself. Asked again for the
 * same row it books what changed: a higher plan takes more units. `book` must bring each draft into
 * the projection at once. Refused in this order: incomplete, sku_unknown, plan_not_whole, start_past,
 * already_released, fewer, window_over, nothing_free.
 */
export function reserveRow(
  projection: Projection,
  skus: ReadonlyMap<string, Sku>,
  row: PlanRow,
  now: number,
  book: (draft: Draft) => void,
): Result<null, PlanRefusal> {
  const wish = read(row, skus, now);
  if (!wish.ok) return wish;
  const id = streamOf(row.no);
  const before = projection.streams.get(id);
  if (before?.released === true) return err("already_released");
  // The stock of another SKU is not this stream's: that is a new row.
  if (before !== undefined && before.made > 0) {
    if (before.sku !== wish.value.sku || wish.value.units < before.made) return err("fewer");
  }
  if (before === undefined || !isSamePlan(before, wish.value)) {
    const { sku, units: n, plan } = wish.value;
    const key = before === undefined ? `planned/${id}` : `planned/${id}/${now}`;
    book(note("stream_planned", key, now, { sku, n, detail: JSON.stringify(plan), ref: id }));
  }
  const made = before?.made ?? 0;
  const more = wish.value.units - made;
  if (more <= 0) return ok(null);
  const request = { id: made === 0 ? id : `${id}/${now}`, at: now, actor: "" };
  const drafts =
    made === 0 ? reserve(projection, id, request) : grow(projection, id, more, request);
  if (drafts.ok) {
    drafts.value.forEach(book);
    return ok(null);
  }
  // Its window is not open yet: the plan is booked, and the reservation will be.
  const refusal = refusals[drafts.error.code];
  return refusal === undefined ? ok(null) : err(refusal);
}
