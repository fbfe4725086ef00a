/** Why more was promised than is there: every unit below 0 gets a cause (invariant I6). */
import type { Sku } from "../base/ids";
import { oversold } from "./balances";
import { note, type Move, type Note } from "./entries";
import { balancesOf, type Projection } from "./projection";
import { stockSettings, type StockSettings } from "./settings";

export type OversellCause =
  /** A buyer paid after his hold had run out and the unit was sold again. */
  | "late_payment"
  /** Two channels sold it before either could be told. */
  | "same_second"
  /** The order was old when it was first seen: its channel was not being read. */
  | "unseen_channel"
  /** A person counted fewer, or found damaged ones. */
  | "manual";

function causeOf(move: Move, now: number, settings: StockSettings): OversellCause {
  if (move.kind !== "hold" && move.kind !== "commit") return "manual";
  if (move.reason === "late_payment") return "late_payment";
  return now - move.at > settings.seenWithinMs ? "unseen_channel" : "same_second";
}

/** Oversold units by SKU, to be compared after a plan. */
export function oversoldNow(projection: Projection): ReadonlyMap<Sku, number> {
  return new Map([...projection.balances].map(([sku, balances]) => [sku, oversold(balances)]));
}

/**
 * One note per SKU and cause for the units newly promised beyond what is there. `moves` are those
 * booked since `before`; the newest took the units that were missing.
 */
export function oversellNotes(
  projection: Projection,
  before: ReadonlyMap<Sku, number>,
  moves: readonly Move[],
  now: number,
  settings: StockSettings = stockSettings(projection),
): readonly Note[] {
  const notes: Note[] = [];
  for (const sku of new Set(moves.map((move) => move.sku))) {
    let left = oversold(balancesOf(projection, sku)) - (before.get(sku) ?? 0);
    const byCause = new Map<OversellCause, number>();
    for (const move of [...moves].reverse()) {
      if (left <= 0) break;
      if (move.sku !== sku || move.from !== "available") continue;
      const units = Math.min(left, move.quantity);
      const cause = causeOf(move, now, settings);
      byCause.set(cause, (byCause.get(cause) ?? 0) + units);
      left -= units;
    }
    for (const [cause, n] of byCause) {
      const key = `oversold/${sku}/${projection.seq + 1}/${cause}`;
      notes.push(note("oversold", key, now, { sku, n, detail: cause }));
    }
  }
  return notes;
}
