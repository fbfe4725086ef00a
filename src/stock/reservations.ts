/**
 * Stock for a stream: made when its window opens, grown by hand, consumed by the live channel's
 * orders (orders.ts), given back by hand or when the window closes. What is due is worked out from
 * data, so that nothing depends on a timer having fired (requirements 27 to 30).
 */
import { err, ok, type Result } from "../base/result";
import { moveOf, isWhole, type Request } from "./commands";
import type { Draft, Move, MoveKind } from "./entries";
import { balancesOf, type Projection } from "./projection";
import { stockSettings, type StockSettings } from "./settings";
import { compareStreams, reservationWindow, shortBy, type Stream } from "./streams";

/** In the order in which they are checked. */
export type ReservationRefusal =
  | { readonly code: "stream_unknown" }
  | { readonly code: "units_not_whole" }
  | { readonly code: "already_released" }
  /** Not before this time; ms. */
  | { readonly code: "window_not_open"; readonly from: number }
  | { readonly code: "window_over"; readonly to: number }
  | { readonly code: "already_reserved" }
  | { readonly code: "nothing_reserved" }
  /** Not one unit is free. */
  | { readonly code: "nothing_free" };

type Outcome = Result<readonly Draft[], ReservationRefusal>;

function reservation(stream: Stream, request: Request, kind: MoveKind, quantity: number): Move {
  const account = `reserved:${stream.id}` as const;
  const where =
    kind === "release"
      ? ({ from: account, to: "available", ref: stream.id } as const)
      : ({ from: "available", to: account, ref: stream.id } as const);
  return moveOf({ ...request, sku: stream.sku }, kind, quantity, where);
}

function windowRefusal(
  stream: Stream,
  at: number,
  settings: StockSettings,
): ReservationRefusal | null {
  const window = reservationWindow(stream, settings);
  if (window === null) return null;
  if (at < window.from) return { code: "window_not_open", from: window.from };
  return at >= window.to ? { code: "window_over", to: window.to } : null;
}

function takeFree(
  projection: Projection,
  stream: Stream,
  request: Request,
  kind: "reserve" | "grow",
  units: number,
): Outcome {
  const free = Math.max(0, balancesOf(projection, stream.sku).available);
  if (free === 0) return err({ code: "nothing_free" });
  return ok([reservation(stream, request, kind, Math.min(units, free))]);
}

/**
 * Makes a planned stream's reservation: what is planned or, where less is free, that; the rest
 * stays visible as `shortBy`.
 * Refused: stream_unknown, already_released, window_not_open, window_over, already_reserved,
 * nothing_free.
 */
export function reserve(
  projection: Projection,
  streamId: string,
  request: Request,
  settings: StockSettings = stockSettings(projection),
): Outcome {
  const stream = projection.streams.get(streamId);
  if (stream === undefined) return err({ code: "stream_unknown" });
  if (stream.released) return err({ code: "already_released" });
  const refusal = windowRefusal(stream, request.at, settings);
  if (refusal !== null) return err(refusal);
  if (stream.made > 0 || stream.planned < 1) return err({ code: "already_reserved" });
  return takeFree(projection, stream, request, "reserve", Math.ceil(stream.planned));
}

/**
 * More units for a stream, as far as they are free.
 * Refused: stream_unknown, units_not_whole, already_released, window_not_open, window_over,
 * nothing_free.
 */
export function grow(
  projection: Projection,
  streamId: string,
  units: number,
  request: Request,
  settings: StockSettings = stockSettings(projection),
): Outcome {
  const stream = projection.streams.get(streamId);
  if (stream === undefined) return err({ code: "stream_unknown" });
  if (!isWhole(units, 1)) return err({ code: "units_not_whole" });
  if (stream.released) return err({ code: "already_released" });
  const refusal = windowRefusal(stream, request.at, settings);
  if (refusal !== null) return err(refusal);
  return takeFree(projection, stream, request, "grow", units);
}

/**
 * What is left of a reservation goes back to the free pool, all of it.
 * Refused: stream_unknown, already_released, nothing_reserved.
 */
export function release(projection: Projection, streamId: string, request: Request): Outcome {
  const stream = projection.streams.get(streamId);
  if (stream === undefined) return err({ code: "stream_unknown" });
  if (stream.released) return err({ code: "already_released" });
  const left = balancesOf(projection, stream.sku).reserved.get(stream.id) ?? 0;
  if (left <= 0) return err({ code: "nothing_reserved" });
  return ok([reservation(stream, { reason: "manual", ...request }, "release", left)]);
}

/** Streams in the order in which they are served. */
export function inOrder(projection: Projection): readonly Stream[] {
  return [...projection.streams.values()].sort(compareStreams);
}

/** Releases of the reservations whose window is over at `now`. */
export function dueReleases(
  projection: Projection,
  now: number,
  settings: StockSettings = stockSettings(projection),
): readonly Draft[] {
  return inOrder(projection).flatMap((stream) => {
    const window = reservationWindow(stream, settings);
    if (window === null || now < window.to) return [];
    const request = {
      id: `${stream.id}/window_end`,
      at: window.to,
      actor: "",
      reason: "window_end",
    };
    // Who took this release back wants the units kept.
    if (projection.reversed.has(`release/${request.id}`)) return [];
    const due = release(projection, stream.id, request);
    return due.ok ? due.value : [];
  });
}

/**
 * Reservations of the streams whose window has opened by `now` and that have none yet: the first in
 * order takes what it needs, the next what is left.
 */
export function dueReservations(
  projection: Projection,
  now: number,
  settings: StockSettings = stockSettings(projection),
): readonly Draft[] {
  const free = new Map<string, number>();
  const drafts: Draft[] = [];
  for (const stream of inOrder(projection)) {
    if (stream.startsAt === undefined || stream.phase === "ended") continue;
    const request = { id: `${stream.id}/window_start`, at: now, actor: "" };
    if (projection.reversed.has(`reserve/${request.id}`)) continue;
    const due = reserve(projection, stream.id, request, settings);
    if (!due.ok) continue;
    const left = free.get(stream.sku) ?? balancesOf(projection, stream.sku).available;
    const units = Math.min(shortBy(stream), left);
    free.set(stream.sku, left - Math.max(0, units));
    if (units > 0) drafts.push(reservation(stream, request, "reserve", units));
  }
  return drafts;
}
