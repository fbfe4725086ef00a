/** One run with every fault, from the opening to the audit. */
import type { Sku } from "../base/ids";
import { wishes } from "../sync/allocate";
import { caseOf } from "../sync/drift";
import { unexplainedSales } from "../sync/showing";
import type { Situation } from "../sync/situation";
import { audit, type Audit } from "./audit";
import { Plot } from "./plot";
import { REST_MS, Site, type SitePlan } from "./site";
import type { SimWorker } from "./sim-worker";

/** A window that nobody opened again is opened so long after the stream; ms. */
const OPENED_AFTER_MS = 20 * 60_000;
/** Units that the guards of two channels may keep off every listing at rest. */
const HIDDEN_MOST = 5;

export interface SiteRun extends Audit {
  readonly seed: number;
  /** Hours of the stream itself. */
  readonly streamHours: number;
  readonly leaders: number;
  /** Oversold units that nobody could have kept from being sold: a person had listed them by hand. */
  readonly unavoidable: number;
  /**
   * Of the violations those that lasted to the end. The others were put right later than promised, or
   * a number that a person raised was set back without a word to her.
   */
  readonly broken: readonly string[];
  /** What happened, in order; printed for a run that failed. */
  readonly trace: readonly string[];
}

export async function playSite(plan: SitePlan): Promise<SiteRun> {
  const site = new Site(plan);
  const { time } = site;
  site.start(site.profiles[0]);
  void site.open();
  time.at(site.doors, () => void site.begin());
  new Plot(site, plan.without ?? new Set()).begin();
  site.watch.begin();
  await time.runUntil(site.end + OPENED_AFTER_MS);
  // Whoever still runs has everything it needs; a window that nobody opened again is opened.
  if (site.alive.length === 0) site.start(site.profiles[0]);
  await time.runUntil(site.end + REST_MS);
  const { leader } = site;
  const base = {
    seed: plan.seed,
    streamHours: site.scenario.length / 3600,
    leaders: site.companion.leaders,
    trace: site.trace,
  };
  if (leader === null) {
    const violations = [`nobody leads at the end: ${site.roles()}`];
    return { ...nothingPlayed(plan.seed), ...base, violations, broken: violations };
  }
  const acknowledged = new Set(
    site.companion.records.map((record) => (JSON.parse(record.json) as { key: string }).key),
  );
  const { projection, ledger } = leader.book.bookkeeper;
  const result = await audit(ledger, projection, site.warehouse, acknowledged);
  for (const worker of site.alive) worker.close();
  const broken = [
    ...result.violations,
    ...unrest(site, leader),
    ...(site.unheard > 0 ? ["a command of the seller found nobody"] : []),
    ...(site.companion.intruders > 0 ? ["a leader of yesterday was let through"] : []),
  ];
  return {
    ...result,
    ...base,
    unavoidable: unavoidableOf(site, result),
    violations: [...broken, ...site.watch.violations, ...untold(site)],
    broken,
  };
}

/** Of every SKU what was oversold and could not have been kept from it. */
function unavoidableOf(site: Site, { oversoldBySku }: Audit): number {
  let units = 0;
  for (const [sku, oversold] of oversoldBySku) {
    units += Math.min(oversold, site.unavoidable(sku));
  }
  return units;
}

/** At rest every listing shows what the engine wants, and nothing that is left is hidden. */
function unrest(site: Site, leader: SimWorker): readonly string[] {
  const situation = leader.book.engine?.situation() ?? null;
  if (situation === null) return ["the leader has no engine at the end"];
  const found: string[] = [];
  for (const { state, quantity } of wishes(situation)) {
    const { channel, listingId } = state.listing;
    const shown = site.channels.get(channel)?.listed.get(listingId) ?? 0;
    if (state.observed !== shown || (quantity !== null && quantity !== shown)) {
      const name = `${channel}/${listingId}`;
      found.push(
        `${name} shows ${shown} at rest, is thought ${state.observed}, wanted ${quantity}`,
      );
    }
  }
  for (const sku of site.warehouse.stock.keys()) {
    const most = Math.max(...[...site.channels.values()].map(({ listed }) => listed.get(sku) ?? 0));
    const left = site.warehouse.left(sku);
    if (most + inCases(situation, sku) < left - HIDDEN_MOST)
      found.push(`${sku}: ${left} left at rest, ${most} on offer`);
    if (most > Math.max(0, left)) found.push(`${sku}: ${left} left at rest, ${most} on offer`);
  }
  return found;
}

/** Units that count as sold until the seller settles a case that was opened for them. */
function inCases({ catalogue, projection }: Situation, sku: Sku): number {
  let units = 0;
  for (const state of catalogue.taking(sku)) {
    if (!projection.drifts.has(caseOf(state))) continue;
    const takes = state.parts.find((part) => part.sku === sku)?.units ?? 0;
    units += unexplainedSales(state) * takes;
  }
  return units;
}

/** Edits that no case was opened for. */
function untold(site: Site): readonly string[] {
  const cases = site.companion.records
    .map(({ json }) => JSON.parse(json) as Record<string, unknown>)
    .filter((entry) => entry["kind"] === "drift_opened");
  return site.edits
    .filter(
      ({ channel, sku, by, seq }) =>
        by >= RAISE_LEAST &&
        !cases.some(
          (c) => c["channel"] === channel && c["sku"] === sku && (c["seq"] as number) > seq - 20,
        ),
    )
    .map(({ channel, sku, by }) => `${channel}/${sku} was changed by ${by} and nobody was told`);
}

/**
 * A smaller one may be taken for a cancellation, and one that was lowered for sales to come: that is
 * no danger, and a case of it opens later or, after a restart in between, not at all.
 */
const RAISE_LEAST = 5;

/** What is known of a run that did not come to its end. */
export function nothingPlayed(seed: number): SiteRun {
  return {
    seed,
    streamHours: 0,
    leaders: 0,
    unavoidable: 0,
    broken: [],
    trace: [],
    oversold: 0,
    oversoldBySku: new Map(),
    stranded: 0,
    lostSales: 0,
    orders: 0,
    entries: 0,
    lost: 0,
    duplicated: 0,
    violations: [],
    matchesTruth: false,
  };
}
