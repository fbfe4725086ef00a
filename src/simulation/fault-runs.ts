/** Runs with every fault: played one by one, judged, and what failed made short. */
import process from "node:process";
import { Coverage, type FaultKind } from "./mischief";
import { nothingPlayed, playSite, type SiteRun } from "./play-site";

/** Every stream of it lasts so long. */
export const FAULT_HOURS = 3;

/** A run and what went wrong in it: plain data. */
export interface FaultRun {
  readonly run: SiteRun;
  readonly faults: readonly (readonly [FaultKind, number])[];
  readonly pairs: readonly (readonly [string, number])[];
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

/** A run that did not come to its end, and why. */
export function crashed(seed: number, why: string): FaultRun {
  const run = { ...nothingPlayed(seed), violations: [why], broken: [why] };
  return { run, faults: [], pairs: [] };
}

const words = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/**
 * Plays a seed. An exception, also one that a promise threw and nobody caught, is what the run failed
 * by: an engine that dies of one must not look like one that has nothing to do.
 */
async function playCaught(
  seed: number,
  coverage: Coverage,
  without: ReadonlySet<number>,
): Promise<SiteRun> {
  const thrown: string[] = [];
  const note = (error: unknown) => {
    thrown.push(`exception: ${words(error)}`);
  };
  process.on("unhandledRejection", note);
  try {
    const run = await playSite({ seed, coverage, without });
    // A turn of the event loop, after which no rejection is left untold.
    await new Promise((resolve) => setImmediate(resolve));
    if (thrown.length === 0) return run;
    return {
      ...run,
      violations: [...thrown, ...run.violations],
      broken: [...thrown, ...run.broken],
    };
  } catch (error) {
    note(error);
    return { ...nothingPlayed(seed), violations: thrown, broken: thrown };
  } finally {
    process.off("unhandledRejection", note);
  }
}

export async function playFaults(seed: number): Promise<FaultRun> {
  const coverage = new Coverage();
  const run = await playCaught(seed, coverage, new Set());
  // Thousands of runs are kept; the trace of one that went well is of no use.
  const trace = failed(run) ? run.trace : [];
  return { run: { ...run, trace }, faults: [...coverage.counts], pairs: [...coverage.pairs] };
}

/** Leaves out one stroke after the other, for as long as the run still fails without it. */
export async function shortest(run: SiteRun): Promise<readonly string[]> {
  const without = new Set<number>();
  let { trace } = run;
  for (const line of run.trace) {
    const stroke = Number(/#(\d+)/.exec(line)?.[1]);
    if (!Number.isSafeInteger(stroke)) continue;
    without.add(stroke);
    const again = await playCaught(run.seed, new Coverage(), without);
    if (failed(again)) trace = again.trace;
    else without.delete(stroke);
  }
  return trace;
}
