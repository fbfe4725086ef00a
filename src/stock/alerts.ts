/** The ladder of the seed method: requirements 35-38. */
import type { Typed } from "./settings";

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

/** Thresholds with what turns them into units: threshold x factor / divisor. Both whole. */
export interface AlertScale extends AlertThresholds {
  readonly factor: number;
  readonly divisor: number;
}

/** Thresholds are units. */
export const seedAlerts: AlertScale = { ...seedThresholds, factor: 1, divisor: 1 };

/** Thresholds are per cents of the planned stock: about the seed's numbers at 405 (requirement 35). */
export const percentThresholds: AlertThresholds = {
  ...seedThresholds,
  yellow: 25,
  orange: 12,
  red: 5,
};

/** Thresholds are minutes until empty: the seed's "3 to 5 minutes to react" (requirement 39). */
export const minutesThresholds: AlertThresholds = {
  ...seedThresholds,
  yellow: 10,
  orange: 5,
  red: 3,
};

export type AlertMode = "absolute" | "percent" | "minutes";

export interface AlertPolicy {
  readonly mode: AlertMode;
  readonly thresholds: AlertThresholds;
}

/** What the modes other than "absolute" need to know. */
export interface AlertFacts {
  readonly planned: number;
  /** Units that the live channel sold in the last `windowMs`. */
  readonly soldInWindow: number;
  /** More than 0; ms. */
  readonly windowMs: number;
}

export function alertScale(policy: AlertPolicy, facts: AlertFacts): AlertScale {
  switch (policy.mode) {
    case "absolute":
      return { ...policy.thresholds, factor: 1, divisor: 1 };
    case "percent":
      return { ...policy.thresholds, factor: facts.planned, divisor: 100 };
    case "minutes":
      return {
        ...policy.thresholds,
        factor: facts.soldInWindow * 60_000,
        divisor: facts.windowMs,
      };
  }
}

/** As the seller set them, else the seed's; `mode` "minutes" has no names of its own. */
export function alertThresholds(typed: Typed, mode: AlertMode = "absolute"): AlertThresholds {
  const rearmPercent = typed["rearmPercent"] ?? seedThresholds.rearmPercent;
  if (mode === "minutes") return { ...minutesThresholds, rearmPercent };
  if (mode === "percent") {
    return {
      yellow: typed["yellowShare"] ?? percentThresholds.yellow,
      orange: typed["orangeShare"] ?? percentThresholds.orange,
      red: typed["redShare"] ?? percentThresholds.red,
      rearmPercent,
    };
  }
  return {
    yellow: typed["yellow"] ?? seedThresholds.yellow,
    orange: typed["orange"] ?? seedThresholds.orange,
    red: typed["red"] ?? seedThresholds.red,
    rearmPercent,
  };
}

/** 100/50/20 mean nothing where fewer than 100 are planned (requirement 35). */
export function proposedMode(planned: number): AlertMode {
  return planned < seedThresholds.yellow ? "percent" : "absolute";
}

const ladder: readonly AlertLevel[] = ["none", "yellow", "orange", "red"];

/** In whole numbers on both sides, so that a threshold is met exactly or not at all. */
function reached(sellable: number, scale: AlertScale, percent: number): AlertLevel {
  // Nothing left is red, whatever the pace and the plan.
  if (sellable <= 0) return "red";
  const left = sellable * 100 * scale.divisor;
  const raised = percent * scale.factor;
  if (left < scale.red * raised) return "red";
  if (left < scale.orange * raised) return "orange";
  if (left < scale.yellow * raised) return "yellow";
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
  scale: AlertScale = seedAlerts,
): AlertLevel {
  const now = reached(sellable, scale, 100);
  if (compareAlerts(now, before) >= 0) return now;
  const eased = reached(sellable, scale, 100 + scale.rearmPercent);
  return compareAlerts(eased, before) < 0 ? eased : before;
}
