/** Many runs added up: the one JSON object that `npm run simulate -- --json` prints. */
import type { Run } from "./stage";

export interface Report {
  readonly family: string;
  readonly policy: string;
  readonly runs: number;
  readonly seed: number;
  readonly orders: number;
  readonly oversold: {
    readonly units: number;
    /** Of accepted orders, 0 to 1. */
    readonly shareOfOrders: number;
    readonly runsWithAny: number;
  };
  /** Units left that somebody wanted, a run. */
  readonly strandedUnits: number;
  /** Buyers turned away while units were there, a run. */
  readonly lostSales: number;
  readonly pushLatencyMs: { readonly p50: number; readonly p95: number; readonly p99: number };
  readonly ledger: {
    readonly entries: number;
    readonly lost: number;
    readonly duplicated: number;
    readonly invariantViolations: number;
  };
  readonly finalStockMatchesTruth: boolean;
  /** Seeds whose run oversold or broke a rule: `--seed N --runs 1` plays it again. */
  readonly seedsToLookAt: readonly number[];
}

/** The policies of each family beside each other. */
export function tableOf(reports: readonly Report[]): string {
  const policies = [...new Set(reports.map(({ policy }) => policy))];
  const rows = [...new Set(reports.map(({ family }) => family))].map((family) => [
    family,
    ...policies.flatMap((name) => {
      const report = reports.find((r) => r.family === family && r.policy === name);
      if (report === undefined) return ["", "", ""];
      const { oversold, runs, strandedUnits } = report;
      return [
        `${oversold.units} (${(100 * oversold.shareOfOrders).toFixed(4)} %)`,
        `${((100 * oversold.runsWithAny) / runs).toFixed(2)} %`,
        strandedUnits.toFixed(2),
      ];
    }),
  ]);
  const head = [
    ["", ...policies.flatMap((name) => [name, "", ""])],
    ["family", ...policies.flatMap(() => ["oversold", "runs with any", "stranded"])],
  ];
  return [...head, ...rows]
    .map(
      (row) =>
        `${row
          .map((cell, n) => cell.padEnd(n === 0 ? 10 : 16))
          .join("")
          .trimEnd()}\n`,
    )
    .join("");
}

function quantile(sorted: readonly number[], p: number): number {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0);
}

export function reportOf(
  family: string,
  policy: string,
  seed: number,
  runs: readonly Run[],
): Report {
  const sum = (of: (run: Run) => number) => runs.reduce((total, run) => total + of(run), 0);
  const pushes = runs.flatMap((run) => run.pushMs).sort((a, b) => a - b);
  const units = sum((run) => run.oversold);
  const count = Math.max(1, runs.length);
  const orders = sum((run) => run.orders);
  return {
    family,
    policy,
    runs: runs.length,
    seed,
    orders,
    oversold: {
      units,
      shareOfOrders: units / Math.max(1, orders),
      runsWithAny: runs.filter((run) => run.oversold > 0).length,
    },
    strandedUnits: sum((run) => run.stranded) / count,
    lostSales: sum((run) => run.lostSales) / count,
    pushLatencyMs: {
      p50: quantile(pushes, 0.5),
      p95: quantile(pushes, 0.95),
      p99: quantile(pushes, 0.99),
    },
    ledger: {
      entries: sum((run) => run.entries),
      lost: sum((run) => run.lost),
      duplicated: sum((run) => run.duplicated),
      invariantViolations: sum((run) => run.violations.length),
    },
    finalStockMatchesTruth: runs.every((run) => run.matchesTruth),
    seedsToLookAt: runs
      .filter((run) => run.oversold > 0 || run.violations.length > 0 || run.lost > 0)
      .map((run) => run.seed)
      .slice(0, 20),
  };
}
