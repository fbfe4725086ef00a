/**
 * `npm run simulate -- --family NAME --policy NAME --runs N --seed S [--scenario FILE] [--json]`
 *
 * Prints one JSON object per family and policy (`--json`: one line each, nothing else). "all" is
 * every family, or the three policies, which end in a table beside each other; "escrow,seed" names
 * several. "faults" is the family in which everything goes wrong: `--hours N` instead of `--runs`
 * plays so many hours of streams. A run of it that failed is played again without what it did not
 * need, and its trace is printed: `--family faults --runs 1 --seed S` shows it again. The runs are
 * shared out among `--jobs` threads, as many as there are processors unless told. A long run may be
 * played in ranges of seeds (`--seed 1 --runs 1700 --json`, `--seed 1701 --runs 1634 --json`), whose
 * reports `--add FILE FILE` adds up to one, with one verdict.
 */
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import process from "node:process";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import * as v from "valibot";
import { steadyClock } from "../base/clock";
import { err, ok, type Result } from "../base/result";
import { policyIds } from "../stock/streams";
import { families } from "./families";
import { answerTasks, playAll, shortenAll } from "./fault-pool";
import {
  addedFaultReport,
  faultReportOf,
  faultText,
  isPassed,
  type FaultReport,
} from "./fault-report";
import { failed, FAULT_HOURS } from "./fault-runs";
import { reportOf, tableOf, type Report } from "./report";
import { scenarioSchema, type Scenario } from "./scenario";
import { play, type Run, type SimPolicy } from "./stage";

interface FamilyJob {
  readonly kind: "family";
  readonly scenario: Scenario;
  readonly policy: SimPolicy;
  readonly seeds: readonly number[];
}

type Job = FamilyJob | { readonly kind: "faults" };

/** Failures that are made short at the end: each takes as long as some twenty runs. */
const SHORTENED_MOST = 4;

interface Order {
  /** Null: the family with every fault. */
  readonly scenarios: readonly Scenario[] | null;
  readonly policies: readonly SimPolicy[];
  readonly runs: number;
  readonly seed: number;
  readonly jobs: number;
  readonly json: boolean;
}

const simPolicies: readonly SimPolicy[] = [...policyIds, "none"];

function wholeNumber(text: string, name: string, least: number): Result<number, string> {
  const n = Number(text);
  return Number.isSafeInteger(n) && n >= least
    ? ok(n)
    : err(`--${name} is a whole number of ${least} or more, not "${text}"`);
}

function scenarioFrom(file: string): Result<Scenario, string> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    return err(`${file}: ${error instanceof Error ? error.message : "unreadable"}`);
  }
  // What a scenario leaves out is taken from "steady".
  const given = typeof json === "object" && json !== null ? json : {};
  const parsed = v.safeParse(scenarioSchema, { ...families.get("steady"), ...given });
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  return err(`${file}: ${v.getDotPath(issue) ?? "scenario"}: ${issue.message}`);
}

function scenariosOf(
  family: string,
  file: string | undefined,
): Result<readonly Scenario[] | null, string> {
  if (file !== undefined) {
    const scenario = scenarioFrom(file);
    return scenario.ok ? ok([scenario.value]) : scenario;
  }
  if (family === "faults") return ok(null);
  if (family === "all") return ok([...families.values()]);
  const scenario = families.get(family);
  if (scenario !== undefined) return ok([scenario]);
  return err(`no family "${family}"; there are all, faults, ${[...families.keys()].join(", ")}`);
}

function policiesOf(text: string): Result<readonly SimPolicy[], string> {
  if (text === "all") return ok(policyIds);
  const policies: SimPolicy[] = [];
  for (const asked of text.split(",")) {
    const policy = simPolicies.find((name) => name === asked);
    if (policy === undefined) {
      return err(`no policy "${asked}"; there are all, ${simPolicies.join(", ")}`);
    }
    policies.push(policy);
  }
  return ok(policies);
}

/** Runs with every fault that last so many hours of streams together. */
function runsFor(hours: Result<number, string>): Result<number, string> {
  return hours.ok ? ok(Math.ceil(hours.value / FAULT_HOURS)) : hours;
}

function readOrder(args: readonly string[]): Result<Order, string> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      family: { type: "string", default: "steady" },
      policy: { type: "string", default: "escrow" },
      runs: { type: "string", default: "300" },
      seed: { type: "string", default: "1" },
      scenario: { type: "string" },
      hours: { type: "string" },
      jobs: { type: "string", default: String(availableParallelism()) },
      json: { type: "boolean", default: false },
    },
  });
  const scenarios = scenariosOf(values.family, values.scenario);
  if (!scenarios.ok) return scenarios;
  const policies = policiesOf(values.policy);
  if (!policies.ok) return policies;
  const runs =
    values.hours === undefined
      ? wholeNumber(values.runs, "runs", 1)
      : runsFor(wholeNumber(values.hours, "hours", 1));
  if (!runs.ok) return runs;
  const seed = wholeNumber(values.seed, "seed", 0);
  if (!seed.ok) return seed;
  const jobs = wholeNumber(values.jobs, "jobs", 1);
  if (!jobs.ok) return jobs;
  return ok({
    scenarios: scenarios.value,
    policies: policies.value,
    runs: runs.value,
    seed: seed.value,
    jobs: Math.min(jobs.value, runs.value),
    json: values.json,
  });
}

async function playFamily(job: FamilyJob): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (const seed of job.seeds) runs.push(await play(job.scenario, job.policy, seed));
  return runs;
}

const openThread = (job: Job): Worker => new Worker(__filename, { workerData: job });

function inThread(job: FamilyJob): Promise<readonly Run[]> {
  return new Promise((resolve, reject) => {
    const worker = openThread(job);
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

function seedsOf({ runs, seed }: Order): readonly number[] {
  return Array.from({ length: runs }, (_, n) => seed + n);
}

function seedsPerThread(order: Order): readonly (readonly number[])[] {
  const seeds = seedsOf(order);
  return Array.from({ length: order.jobs }, (_, job) =>
    seeds.filter((_seed, n) => n % order.jobs === job),
  );
}

async function reportFor(order: Order, scenario: Scenario, policy: SimPolicy): Promise<Report> {
  const runs = await Promise.all(
    seedsPerThread(order).map((seeds) => inThread({ kind: "family", scenario, policy, seeds })),
  );
  const all = runs.flat().sort((a, b) => a.seed - b.seed);
  return reportOf(scenario.name, policy, order.seed, all);
}

async function faultReport(order: Order): Promise<FaultReport> {
  const open = () => openThread({ kind: "faults" });
  const runs = await playAll(seedsOf(order), order.jobs, open, steadyClock, failed);
  const failures = runs.map(({ run }) => run).filter(failed);
  // The first of each kind of failure: ten of one kind say no more than one.
  const kinds = new Map(
    failures.toReversed().map((run) => [kindOf(run.violations[0] ?? "oversold"), run]),
  );
  const chosen = [...kinds.values()].slice(0, SHORTENED_MOST);
  return faultReportOf(order.seed, runs, await shortenAll(chosen, order.jobs, open));
}

/** What two failures of a kind have in common: their words without the numbers. */
function kindOf(words: string): string {
  return words.replace(/-?\d+/g, "");
}

/** Says how it went, on the screen and by the exit code. */
function tellFaults(report: FaultReport, json: boolean): void {
  process.stdout.write(`${JSON.stringify(report, null, json ? 0 : 2)}\n`);
  process.stderr.write(faultText(report));
  if (!isPassed(report)) process.exitCode = 1;
}

function refuse(why: string): void {
  process.stderr.write(`${why}\n`);
  process.exitCode = 2;
}

async function main(): Promise<void> {
  const [word, ...files] = process.argv.slice(2);
  if (word === "--add") {
    const report = addedFaultReport(files);
    if (report.ok) tellFaults(report.value, true);
    else refuse(report.error);
    return;
  }
  const order = readOrder(process.argv.slice(2));
  if (!order.ok) {
    refuse(order.error);
    return;
  }
  const { scenarios, policies, json } = order.value;
  const print = (report: Report): void => {
    process.stdout.write(`${JSON.stringify(report, null, json ? 0 : 2)}\n`);
  };
  if (scenarios === null) {
    tellFaults(await faultReport(order.value), json);
    return;
  }
  const reports: Report[] = [];
  for (const scenario of scenarios) {
    for (const policy of policies) {
      const report = await reportFor(order.value, scenario, policy);
      reports.push(report);
      print(report);
    }
  }
  if (!json && reports.length > 1) process.stdout.write(tableOf(reports));
}

const job = workerData as Job | null;
if (isMainThread) void main();
else if (job?.kind === "family") {
  void playFamily(job).then((runs) => parentPort?.postMessage(runs));
} else answerTasks();
