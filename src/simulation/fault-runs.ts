/** Runs with every fault: added up, and what failed made short. */
import { faultKinds, Coverage, type FaultKind } from "./mischief";
import { playSite, type SiteRun } from "./play-site";
import { reportOf, type Report } from "./report";

/** Every stream of it lasts so long. */
export const FAULT_HOURS = 3;
/** Less often than this in the long run, a fault or a pair of faults was not tried. */
const OFTEN = { fault: 100, pair: 10 } as const;
const SHOWN_MOST = 20;

/** What a thread hands over: plain data. */
export interface FaultRuns {
  readonly runs: readonly SiteRun[];
  readonly faults: readonly (readonly [FaultKind, number])[];
  readonly pairs: readonly (readonly [string, number])[];
}

export interface FaultReport extends Report {
  readonly hours: number;
  /** Units that no engine could have kept from being oversold (a person raised a listing by hand). */
  readonly unavoidable: number;
  readonly leaders: number;
  readonly faults: Readonly<Record<string, number>>;
  /** Pairs of faults within a minute: how many of all there are, and the rarest. */
  readonly pairs: { readonly seen: number; readonly of: number; readonly least: number };
  /** Faults that came fewer than 100 times and pairs that came fewer than 10 times. */
  readonly rare: readonly string[];
  readonly failures: readonly { readonly seed: number; readonly why: readonly string[] }[];
  /** The first run that failed, played again without whatever it did not need. */
  readonly shortest: { readonly seed: number; readonly trace: readonly string[] } | null;
}

export function failed(run: SiteRun): boolean {
  return (
    run.violations.length > 0 ||
    run.lost > 0 ||
    run.duplicated > 0 ||
    !run.matchesTruth ||
    run.oversold > run.unavoidable
  );
}

/** Why a run failed, in words. */
export function reasonsOf(run: SiteRun): readonly string[] {
  const { oversold, unavoidable, lost, duplicated } = run;
  return [
    ...(oversold > unavoidable ? [`${oversold} oversold, ${unavoidable} of them unavoidable`] : []),
    ...(lost > 0 ? [`${lost} entries lost`] : []),
    ...(duplicated > 0 ? [`${duplicated} entries twice`] : []),
    ...run.violations,
  ];
}

/** How a failed run is told on a screen. */
export function failureText({ failures, shortest: trace }: FaultReport): string {
  const lines = failures.map(({ seed, why }) => `run ${seed} failed: ${why.join("; ")}`);
  if (trace !== null) {
    lines.push(
      `the shortest way to it (npm run simulate -- --family faults --runs 1 --seed ${trace.seed}):`,
      ...trace.trace.map((line) => `  ${line}`),
    );
  }
  return lines.map((line) => `${line}\n`).join("");
}

function rareOf(
  faults: ReadonlyMap<string, number>,
  pairs: ReadonlyMap<string, number>,
): readonly string[] {
  const rare: string[] = [];
  const look = (name: string, count: number, often: number): void => {
    if (count < often) rare.push(`${name} ${count}`);
  };
  const kinds = [...faultKinds].sort();
  for (const [n, kind] of kinds.entries()) {
    look(kind, faults.get(kind) ?? 0, OFTEN.fault);
    for (const other of kinds.slice(n + 1)) {
      const pair = `${kind}+${other}`;
      look(pair, pairs.get(pair) ?? 0, OFTEN.pair);
    }
  }
  return rare;
}

export async function playFaults(seeds: readonly number[]): Promise<FaultRuns> {
  const coverage = new Coverage();
  const runs: SiteRun[] = [];
  for (const seed of seeds) runs.push(await playSite({ seed, coverage }));
  return { runs, faults: [...coverage.counts], pairs: [...coverage.pairs] };
}

/** Leaves out one stroke after the other, for as long as the run still fails without it. */
export async function shortest(run: SiteRun): Promise<readonly string[]> {
  const without = new Set<number>();
  let { trace } = run;
  for (const line of run.trace) {
    const stroke = Number(/#(\d+)/.exec(line)?.[1]);
    if (!Number.isSafeInteger(stroke)) continue;
    without.add(stroke);
    const again = await playSite({ seed: run.seed, coverage: new Coverage(), without });
    if (failed(again)) trace = again.trace;
    else without.delete(stroke);
  }
  return trace;
}

function summed(parts: readonly (readonly (readonly [string, number])[])[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [name, count] of parts.flat()) sums.set(name, (sums.get(name) ?? 0) + count);
  return sums;
}

export async function faultReportOf(
  seed: number,
  parts: readonly FaultRuns[],
): Promise<FaultReport> {
  const runs = parts.flatMap((part) => part.runs).sort((a, b) => a.seed - b.seed);
  const base = reportOf(
    "faults",
    "escrow",
    seed,
    runs.map((run) => ({ ...run, pushMs: [] })),
  );
  const faults = summed(parts.map((part) => part.faults));
  const pairs = summed(parts.map((part) => part.pairs));
  const first = runs.find(failed);
  const all = (faultKinds.length * (faultKinds.length - 1)) / 2;
  return {
    ...base,
    hours: Math.round(runs.reduce((sum, run) => sum + run.streamHours, 0)),
    unavoidable: runs.reduce((sum, run) => sum + Math.min(run.unavoidable, run.oversold), 0),
    leaders: runs.reduce((sum, run) => sum + run.leaders, 0),
    faults: Object.fromEntries(faultKinds.map((kind) => [kind, faults.get(kind) ?? 0])),
    pairs: {
      seen: pairs.size,
      of: all,
      least: pairs.size < all ? 0 : Math.min(...pairs.values()),
    },
    rare: rareOf(faults, pairs),
    failures: runs
      .filter(failed)
      .slice(0, SHOWN_MOST)
      .map((run) => ({ seed: run.seed, why: reasonsOf(run) })),
    seedsToLookAt: runs.filter(failed).map((run) => run.seed),
    shortest: first === undefined ? null : { seed: first.seed, trace: await shortest(first) },
  };
}
