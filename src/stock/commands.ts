/**
 * What a seller may do to stock by hand, as pure functions: the projection and the wish in, the
 * drafts to book or a refusal out. Each lists its refusals in the order in which they are checked;
 * the first that holds is the answer, so that the same mistake is always told the same way.
 */
import type { Sku } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import type { Account } from "./accounts";
import { MAIN_LOCATION, note, type Draft, type Move, type MoveKind } from "./entries";
import { lineAt } from "./line-table";
import { balancesOf, unitsAt, type Projection } from "./projection";

export type Refusal =
  | { readonly code: "units_not_whole" }
  /** Fewer units are free than are to be taken away. */
  | { readonly code: "not_enough"; readonly free: number }
  | { readonly code: "nothing_changes" }
  | { readonly code: "arrival_unknown" }
  /** More came in than was announced: receive the rest by itself. */
  | { readonly code: "more_than_expected"; readonly expected: number }
  | { readonly code: "line_unknown" }
  | { readonly code: "more_than_shipped"; readonly left: number }
  | { readonly code: "same_location" };

export type Outcome = Result<readonly Draft[], Refusal>;

/** Who asks, when, and the name of the request: asked twice with one id is booked once. */
export interface Request {
  readonly id: string;
  /** ms since the epoch. */
  readonly at: number;
  /** "" = the program itself. */
  readonly actor: string;
  readonly reason?: string;
}

export interface StockRequest extends Request {
  readonly sku: Sku;
  /** Absent = MAIN_LOCATION. */
  readonly location?: string;
}

export function isWhole(units: number, least: number): boolean {
  return Number.isSafeInteger(units) && units >= least;
}

type Where = Pick<Move, "from" | "to"> & Partial<Pick<Move, "ref" | "toLocation" | "expiresAt">>;

/** The move of a request; its key is the request's id under the move's kind. */
export function moveOf(
  request: StockRequest,
  kind: MoveKind,
  quantity: number,
  where: Where,
): Move {
  const { location, reason } = request;
  return {
    type: "move",
    key: `${kind}/${request.id}`,
    at: request.at,
    reportedAt: request.at,
    kind,
    sku: request.sku,
    quantity,
    ref: "",
    ...where,
    ...(request.actor === "" ? {} : { actor: request.actor }),
    ...(location === undefined || location === MAIN_LOCATION ? {} : { location }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/**
 * A person counted: `counted` units are there, committed, held, reserved and damaged ones included.
 * Possible at any time, also in the middle of a stream; fewer than are promised is a fact and makes
 * the SKU oversold. Refused: units_not_whole.
 */
export function count(
  projection: Projection,
  request: StockRequest & { readonly counted: number },
): Outcome {
  const { counted, sku, at, actor } = request;
  if (!isWhole(counted, 0)) return err({ code: "units_not_whole" });
  const key = `counted/${request.id}`;
  const drafts: Draft[] = [note("counted", key, at, { sku, n: counted, actor })];
  const more = counted - unitsAt(projection, sku, request.location ?? MAIN_LOCATION).onHand;
  if (more > 0) {
    drafts.push(moveOf(request, "count", more, { from: "external", to: "available" }));
  } else if (more < 0) {
    drafts.push(moveOf(request, "count", -more, { from: "available", to: "external" }));
  }
  return ok(drafts);
}

/** A supplier promised units; they are nobody's to sell yet. Refused: units_not_whole. */
export function announce(
  request: StockRequest & { readonly units: number; readonly dueAt: number },
): Outcome {
  const { units, dueAt, id: ref } = request;
  if (!isWhole(units, 1)) return err({ code: "units_not_whole" });
  const where = { from: "external", to: "incoming", ref, expiresAt: dueAt } as const;
  return ok([moveOf(request, "expect", units, where)]);
}

/**
 * Units came in. `arrival` is the id of the `announce` they were announced by, null for none.
 * Refused: units_not_whole, arrival_unknown, more_than_expected.
 */
export function receive(
  projection: Projection,
  request: StockRequest & { readonly units: number; readonly arrival: string | null },
): Outcome {
  const { units, arrival, sku } = request;
  if (!isWhole(units, 1)) return err({ code: "units_not_whole" });
  if (arrival === null) {
    return ok([moveOf(request, "receipt", units, { from: "external", to: "available" })]);
  }
  const announced = projection.arrivals.get(arrival);
  if (announced?.sku !== sku) return err({ code: "arrival_unknown" });
  if (units > announced.units) {
    return err({ code: "more_than_expected", expected: announced.units });
  }
  const where = { from: "incoming", to: "available", ref: arrival } as const;
  return ok([moveOf(request, "receipt", units, where)]);
}

/**
 * More or fewer units, for a `reason`. A wish, not a fact: it never makes a SKU oversold; who finds
 * fewer units than are promised counts. Refused: nothing_changes, units_not_whole, not_enough.
 */
export function adjust(
  projection: Projection,
  request: StockRequest & { readonly by: number; readonly reason: string },
): Outcome {
  const { by } = request;
  if (by === 0) return err({ code: "nothing_changes" });
  if (!Number.isSafeInteger(by)) return err({ code: "units_not_whole" });
  if (by > 0) return ok([moveOf(request, "adjust", by, { from: "external", to: "available" })]);
  const free = freeAt(projection, request);
  if (-by > free) return err({ code: "not_enough", free });
  return ok([moveOf(request, "adjust", -by, { from: "available", to: "external" })]);
}

/** Free both at the place and over all places: what another place lacks is covered from here. */
function freeAt(projection: Projection, request: StockRequest): number {
  const there = unitsAt(projection, request.sku, request.location ?? MAIN_LOCATION).available;
  return Math.max(0, Math.min(there, balancesOf(projection, request.sku).available));
}

/**
 * Units are broken: still there, never for sale. A fact: it may make the SKU oversold.
 * Refused: units_not_whole, not_enough (of units that are there and not known as damaged).
 */
export function damage(
  projection: Projection,
  request: StockRequest & { readonly units: number },
): Outcome {
  const { units, sku } = request;
  if (!isWhole(units, 1)) return err({ code: "units_not_whole" });
  const location = request.location ?? MAIN_LOCATION;
  const there = unitsAt(projection, sku, location);
  const sound = Math.max(0, there.onHand - there.damaged);
  if (units > sound) return err({ code: "not_enough", free: sound });
  return ok([moveOf(request, "damage", units, { from: "available", to: "damaged" })]);
}

/**
 * Shipped units are back, on the seller's word alone: `restock` to sell them again, else they are
 * scrapped. A refund by itself never comes here.
 * Refused: units_not_whole, line_unknown, more_than_shipped.
 */
export function returned(
  projection: Projection,
  request: Request & {
    readonly line: string;
    readonly units: number;
    readonly restock: boolean;
    readonly location?: string;
  },
): Outcome {
  const { units, line: ref } = request;
  if (!isWhole(units, 1)) return err({ code: "units_not_whole" });
  const line = lineAt(projection.lines, ref);
  if (line === undefined) return err({ code: "line_unknown" });
  const left = line.shipped - line.returned;
  if (units > left) return err({ code: "more_than_shipped", left });
  const kind = request.restock ? "return_restock" : "return_scrap";
  const to: Account = request.restock ? "available" : "damaged";
  const move = moveOf({ ...request, sku: line.sku }, kind, units, { from: "shipped", to, ref });
  return ok([{ ...move, reportedAt: line.updatedAt }]);
}

/**
 * Free units go to another place. Refused: units_not_whole, same_location, not_enough.
 */
export function transfer(
  projection: Projection,
  request: StockRequest & { readonly units: number; readonly toLocation: string },
): Outcome {
  const { units, toLocation } = request;
  if (!isWhole(units, 1)) return err({ code: "units_not_whole" });
  const from = request.location ?? MAIN_LOCATION;
  if (from === toLocation) return err({ code: "same_location" });
  const free = Math.max(0, unitsAt(projection, request.sku, from).available);
  if (units > free) return err({ code: "not_enough", free });
  const where = { from: "available", to: "available", toLocation } as const;
  return ok([moveOf(request, "transfer", units, where)]);
}
