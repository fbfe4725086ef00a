/** One run with every fault, from the opening to the audit. */
import { audit, type Audit } from "./audit";
import { Plot } from "./plot";
import { Site, type SitePlan } from "./site";

/** All faults end here after the stream; the rest is time to come to rest. */
const REST_MS = 45 * 60_000;
const LATE_PAYMENTS_MS = 20 * 60_000;

export interface SiteRun extends Audit {
  readonly seed: number;
  /** Hours of the stream itself. */
  readonly streamHours: number;
  readonly leaders: number;
  /** The units that nobody could have kept from being oversold: those that a person listed by hand. */
  readonly unavoidable: number;
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
  await time.runUntil(site.end + LATE_PAYMENTS_MS);
  // Whoever still runs has everything it needs; a window that nobody opened again is opened.
  if (site.alive.length === 0) site.start(site.profiles[0]);
  await time.runUntil(site.end + LATE_PAYMENTS_MS + REST_MS);
  const { leader } = site;
  const base = {
    seed: plan.seed,
    streamHours: site.scenario.length / 3600,
    leaders: site.companion.leaders,
    unavoidable: site.unavoidable,
    trace: site.trace,
  };
  if (leader === null) {
    return { ...empty, ...base, violations: [`nobody leads at the end: ${site.roles()}`] };
  }
  const acknowledged = new Set(
    site.companion.records.map((record) => (JSON.parse(record.json) as { key: string }).key),
  );
  const { projection, ledger } = leader.book.bookkeeper;
  const result = await audit(ledger, projection, site.warehouse, acknowledged);
  for (const worker of site.alive) worker.close();
  const unheard = site.unheard > 0 ? ["a command of the seller found nobody"] : [];
  return { ...result, ...base, violations: [...result.violations, ...unheard] };
}

const empty: Audit = {
  oversold: 0,
  oversoldSkus: [],
  stranded: 0,
  lostSales: 0,
  orders: 0,
  entries: 0,
  lost: 0,
  duplicated: 0,
  violations: [],
  matchesTruth: false,
};
