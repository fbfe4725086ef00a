/** How long stock lies: requirements 9, 52 to 54 and 76. Units, not money. */
import type { Sku } from "../base/ids";
import { isOnHand, parseAccount } from "./accounts";
import type { Entry } from "./entries";

/** What sells by livestream, or what sells every day (requirement 76). */
export type ProductClass = "hit" | "ordinary";

export type TurnoverVerdict =
  /** Nothing sold: the days have no end. */
  | "no_sales"
  /** A hit with less than a fortnight of stock. */
  | "runs_short"
  | "ok"
  | "watch"
  /** Change the selection or hold less. */
  | "act"
  /** Slow: clear it by promotion or short video. */
  | "clear";

export interface TurnoverSettings {
  /** Seed: 30 (requirement 53). */
  readonly targetDays: number;
  readonly hit: { readonly low: number; readonly ok: number; readonly watch: number };
  readonly ordinary: { readonly ok: number; readonly watch: number };
}

export const seedTurnover: TurnoverSettings = {
  targetDays: 30,
  hit: { low: 15, ok: 30, watch: 45 },
  ordinary: { ok: 45, watch: 60 },
};

/**
 * Units on hand at each of these moments, ms, by when things happened and not by when they were
 * booked. `moments` ascending: the ends of the complete days in the shop's own time zone.
 */
export function onHandAt(
  entries: Iterable<Entry>,
  sku: Sku,
  moments: readonly number[],
): readonly number[] {
  const changes = moments.map(() => 0);
  for (const entry of entries) {
    if (entry.type !== "move" || entry.sku !== sku) continue;
    const gained =
      Number(isOnHand(parseAccount(entry.to))) - Number(isOnHand(parseAccount(entry.from)));
    const first = moments.findIndex((moment) => entry.at <= moment);
    if (first >= 0) changes[first] = (changes[first] ?? 0) + gained * entry.quantity;
  }
  let units = 0;
  return changes.map((change) => (units += change));
}

/**
 * Average stock / average daily sales, in days. `endOfDay`: units on hand at the end of each
 * complete day; `sold`: units sold in those days. Null = no sales, or no days.
 */
export function turnoverDays(endOfDay: readonly number[], sold: number): number | null {
  if (sold <= 0 || endOfDay.length === 0) return null;
  // (sum / days) / (sold / days): the days fall out.
  return endOfDay.reduce((sum, units) => sum + units, 0) / sold;
}

export function judgeTurnover(
  days: number | null,
  productClass: ProductClass,
  settings: TurnoverSettings = seedTurnover,
): TurnoverVerdict {
  if (days === null) return "no_sales";
  if (productClass === "hit") {
    if (days < settings.hit.low) return "runs_short";
    if (days <= settings.hit.ok) return "ok";
    return days <= settings.hit.watch ? "watch" : "act";
  }
  if (days <= settings.ordinary.ok) return "ok";
  return days <= settings.ordinary.watch ? "watch" : "clear";
}

/** The share of tied-up capital that would be free at the target, 0 to 1 (requirement 9). */
export function capitalFreed(days: number, settings: TurnoverSettings = seedTurnover): number {
  return days <= settings.targetDays ? 0 : (days - settings.targetDays) / days;
}
