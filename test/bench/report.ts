/** Adds a benchmark's figures to the one report that `run.mjs` prints; every file of them does, in turn. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string;
  readonly met: boolean;
  /** What the value was worked out from. */
  readonly from?: Record<string, number>;
}

export const rounded = (value: number): number => Number(value.toPrecision(3));

export function addToReport(figures: readonly Figure[], more: Record<string, unknown> = {}): void {
  const path = process.env["STREAMSTOCK_BENCH"];
  const known = path !== undefined && existsSync(path) ? readFileSync(path, "utf8") : "{}";
  const report = JSON.parse(known) as { figures?: readonly Figure[] };
  const all = { ...report, ...more, figures: [...(report.figures ?? []), ...figures] };
  if (path === undefined) process.stderr.write(`${JSON.stringify(all, null, 2)}\n`);
  else writeFileSync(path, JSON.stringify(all));
}
