/** The ladder of the seed method: requirements 35-38. */
export type AlertLevel = "none" | "yellow" | "orange" | "red";

export interface AlertThresholds {
  /** Below this many sellable units: tell. Strict "<": 100 itself is no alert. */
  readonly yellow: number;
  /** Below this: the other channels pause. */
  readonly orange: number;
  /** Below this: the last units. */
  readonly red: number;
  /** An alert is taken back only once the number is this many per cent above its threshold. */
  readonly rearmPercent: number;
}

/** The seed's values, each a setting (requirements 36-38). */
export const seedThresholds: AlertThresholds = {
  yellow: 100,
  orange: 50,
  red: 20,
  rearmPercent: 10,
};

const ladder: readonly AlertLevel[] = ["none", "yellow", "orange", "red"];

/** In hundredths of a unit, so that thresholds raised by per cents stay whole numbers. */
function reached(sellable: number, thresholds: AlertThresholds, percent: number): AlertLevel {
  const hundredths = sellable * 100;
  if (hundredths < thresholds.red * percent) return "red";
  if (hundredths < thresholds.orange * percent) return "orange";
  if (hundredths < thresholds.yellow * percent) return "yellow";
  return "none";
}

/** Negative: `a` is calmer than `b`. */
export function compareAlerts(a: AlertLevel, b: AlertLevel): number {
  return ladder.indexOf(a) - ladder.indexOf(b);
}

/**
 * The level after `sellable` was read, given the level before: it worsens at once, and eases only
 * when the number has recovered to threshold + 10 % (requirement 36: edge-triggered, re-armed).
 */
export function nextAlert(
  before: AlertLevel,
  sellable: number,
  thresholds: AlertThresholds = seedThresholds,
): AlertLevel {
  const now = reached(sellable, thresholds, 100);
  if (compareAlerts(now, before) >= 0) return now;
  const eased = reached(sellable, thresholds, 100 + thresholds.rearmPercent);
  return compareAlerts(eased, before) < 0 ? eased : before;
}
