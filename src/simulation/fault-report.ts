/** Runs with every fault, added up: what `--family faults` prints, and two halves of it as one. */
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { err, ok, type Result } from "../base/result";
import { failed, reasonsOf, type FaultRun } from "./fault-runs";
import { faultKinds } from "./mischief";
import { reportOf, type Report } from "./report";

/** Less often than this in the long run, a fault or a pair of faults was not tried. */
const OFTEN = { fault: 100, pair: 10 } as const;
/** Hours of streams that are a long run: shorter ones need not have met every pair. */
export const LONG_HOURS = 10_000;

interface Failure {
  readonly seed: number;
  readonly why: readonly string[];
  /** What happened in it, played again without whatever it did not need; empty = not looked for. */
  readonly trace: readonly string[];
}

export interface FaultReport extends Report {
  readonly hours: number;
  /** Units that no engine could have kept from being oversold (a person raised a listing by hand). */
  readonly unavoidable: number;
  readonly leaders: number;
  readonly faults: Readonly<Record<string, number>>;
  /** Pairs of faults within a minute, all that there are. */
  readonly pairs: Readonly<Record<string, number>>;
  /** Faults that came fewer than 100 times and pairs that came fewer than 10 times. */
  readonly rare: readonly string[];
  readonly failures: readonly Failure[];
}

function pairNames(): readonly string[] {
  const kinds = [...faultKinds].sort();
  return kinds.flatMap((kind, n) => kinds.slice(n + 1).map((other) => `${kind}+${other}`));
}

type Counts = Readonly<Record<string, number>>;

function summed(parts: readonly Counts[], names: readonly string[]): Counts {
  const sum = (name: string) => parts.reduce((total, part) => total + (part[name] ?? 0), 0);
  return Object.fromEntries(names.map((name) => [name, sum(name)]));
}

function rareOf(faults: Counts, pairs: Counts): readonly string[] {
  const below = (counts: Counts, often: number) =>
    Object.entries(counts).flatMap(([name, count]) => (count < often ? [`${name} ${count}`] : []));
  return [...below(faults, OFTEN.fault), ...below(pairs, OFTEN.pair)];
}

export function faultReportOf(
  seed: number,
  played: readonly FaultRun[],
  traces: ReadonlyMap<number, readonly string[]>,
): FaultReport {
  const runs = played.map(({ run }) => run).sort((a, b) => a.seed - b.seed);
  const base = reportOf(
    "faults",
    "escrow",
    seed,
    runs.map((run) => ({ ...run, pushMs: [] })),
  );
  const faults = summed(
    played.map((part) => Object.fromEntries(part.faults)),
    faultKinds,
  );
  const pairs = summed(
    played.map((part) => Object.fromEntries(part.pairs)),
    pairNames(),
  );
  const failures = runs.filter(failed);
  return {
    ...base,
    hours: Math.round(runs.reduce((sum, run) => sum + run.streamHours, 0)),
    unavoidable: runs.reduce((sum, run) => sum + Math.min(run.unavoidable, run.oversold), 0),
    leaders: runs.reduce((sum, run) => sum + run.leaders, 0),
    faults,
    pairs,
    rare: rareOf(faults, pairs),
    failures: failures.map((run) => ({
      seed: run.seed,
      why: reasonsOf(run),
      trace: traces.get(run.seed) ?? [],
    })),
    seedsToLookAt: failures.map((run) => run.seed),
  };
}

const count = v.number();
const names = v.array(v.string());
const reportSchema = v.object({
  family: v.literal("faults"),
  policy: v.string(),
  runs: count,
  seed: count,
  oversold: v.object({ units: count, shareOfOrders: count, runsWithAny: count }),
  strandedUnits: count,
  lostSales: count,
  pushLatencyMs: v.object({ p50: count, p95: count, p99: count }),
  ledger: v.object({ entries: count, lost: count, duplicated: count, invariantViolations: count }),
  finalStockMatchesTruth: v.boolean(),
  seedsToLookAt: v.array(count),
  orders: count,
  hours: count,
  unavoidable: count,
  leaders: count,
  faults: v.record(v.string(), count),
  pairs: v.record(v.string(), count),
  rare: names,
  failures: v.array(v.object({ seed: count, why: names, trace: names })),
});

/** The reports of several ranges of seeds as one. Refused: a file that is none, ranges that overlap. */
export function addedFaultReport(files: readonly string[]): Result<FaultReport, string> {
  const parts: FaultReport[] = [];
  for (const file of files) {
    try {
      parts.push(v.parse(reportSchema, JSON.parse(readFileSync(file, "utf8"))));
    } catch {
      return err(`${file} is not what --family faults --json prints`);
    }
  }
  parts.sort((a, b) => a.seed - b.seed);
  const twice = parts.find(
    ({ seed }, n) => seed < (parts[n - 1]?.seed ?? 0) + (parts[n - 1]?.runs ?? 0),
  );
  if (twice !== undefined) return err(`run ${twice.seed} is in two of the files`);
  const [first] = parts;
  if (first === undefined) return err("no files to add up");
  return ok(added(first, parts));
}

function added(first: FaultReport, parts: readonly FaultReport[]): FaultReport {
  const sum = (of: (part: FaultReport) => number) =>
    parts.reduce((total, part) => total + of(part), 0);
  const runs = sum((part) => part.runs);
  const orders = sum((part) => part.orders);
  const units = sum((part) => part.oversold.units);
  const faults = summed(
    parts.map((part) => part.faults),
    faultKinds,
  );
  const pairs = summed(
    parts.map((part) => part.pairs),
    pairNames(),
  );
  return {
    ...first,
    runs,
    orders,
    oversold: {
      units,
      shareOfOrders: units / Math.max(1, orders),
      runsWithAny: sum((part) => part.oversold.runsWithAny),
    },
    strandedUnits: sum((part) => part.strandedUnits * part.runs) / runs,
    lostSales: sum((part) => part.lostSales * part.runs) / runs,
    ledger: {
      entries: sum((part) => part.ledger.entries),
      lost: sum((part) => part.ledger.lost),
      duplicated: sum((part) => part.ledger.duplicated),
      invariantViolations: sum((part) => part.ledger.invariantViolations),
    },
    finalStockMatchesTruth: parts.every((part) => part.finalStockMatchesTruth),
    seedsToLookAt: parts.flatMap((part) => part.seedsToLookAt),
    hours: sum((part) => part.hours),
    unavoidable: sum((part) => part.unavoidable),
    leaders: sum((part) => part.leaders),
    faults,
    pairs,
    rare: rareOf(faults, pairs),
    failures: parts.flatMap((part) => part.failures),
  };
}

/** Nothing failed, and a long run met every fault and every pair often enough. */
export function isPassed({ failures, hours, rare }: FaultReport): boolean {
  return failures.length === 0 && (hours < LONG_HOURS || rare.length === 0);
}

/** For a screen: what failed and how, and the verdict. */
export function faultText(report: FaultReport): string {
  const { failures, hours, rare, runs, ledger, oversold, unavoidable } = report;
  const lines = failures.flatMap(({ seed, why, trace }) => [
    `run ${seed} failed: ${why.join("; ")}`,
    ...(trace.length === 0
      ? []
      : [
          `  the shortest way to it (npm run simulate -- --family faults --runs 1 --seed ${seed}):`,
          ...trace.map((line) => `  ${line}`),
        ]),
  ]);
  if (rare.length > 0) {
    const note = hours < LONG_HOURS ? ` (judged from ${LONG_HOURS} hours on)` : "";
    lines.push(`too rare, faults below 100 and pairs below 10${note}: ${rare.join(", ")}`);
  }
  const least = (counts: Counts) => Math.min(...Object.values(counts));
  lines.push(
    `${runs} runs, ${hours} hours of streams, ${ledger.entries} entries: ${ledger.lost} lost, ${ledger.duplicated} twice`,
    `${oversold.units} units oversold, ${unavoidable} of them unavoidable; ${failures.length} runs failed`,
    `every fault at least ${least(report.faults)} times, every pair at least ${least(report.pairs)} times`,
    isPassed(report) ? "PASSED" : "FAILED",
  );
  return lines.map((line) => `${line}\n`).join("");
}
