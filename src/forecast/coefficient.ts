import type { FollowerTier, ForecastSettings } from "./settings";

function tierOf(followers: number, tiers: readonly FollowerTier[]): FollowerTier | undefined {
  return tiers.findLast((tier) => followers >= tier.from);
}

/** How much a creator of that size sells against the middle of the table; null = size unknown. */
export function coefficient(followers: number | null, settings: ForecastSettings): number {
  if (followers === null) return settings.coefficientUnknown;
  const tier = tierOf(followers, settings.tiers);
  if (tier === undefined) return settings.coefficientUnknown;
  const { summit } = settings;
  const climbs = tier === settings.tiers.at(-1) && tier.from > 0 && summit.from > tier.from;
  if (!climbs) return tier.coefficient;
  const climbed = Math.log10(followers / tier.from) / Math.log10(summit.from / tier.from);
  return tier.coefficient + (summit.coefficient - tier.coefficient) * Math.min(1, climbed);
}

export interface Boundary {
  readonly followers: number;
  /** Coefficient just below it, and at it. */
  readonly below: number;
  readonly above: number;
}

/** The table's step within reach of `followers` (requirement 24: say where the plan would jump). */
export function boundaryNear(followers: number, settings: ForecastSettings): Boundary | null {
  const { tiers, boundaryShare } = settings;
  for (const [index, tier] of tiers.entries()) {
    const lower = index === 0 ? undefined : tiers[index - 1];
    if (lower === undefined) continue;
    if (Math.abs(followers - tier.from) > tier.from * boundaryShare) continue;
    return { followers: tier.from, below: lower.coefficient, above: tier.coefficient };
  }
  return null;
}
