/**
 * Threads that play runs with every fault. Each gets one seed after the other, so that a thread that
 * dies or hangs costs one run: that run has failed, and another thread goes on with the rest.
 */
import process from "node:process";
import { parentPort, Worker } from "node:worker_threads";
import type { Clock } from "../base/clock";
import { crashed, playFaults, shortest, type FaultRun } from "./fault-runs";
import type { SiteRun } from "./play-site";

/** A run of seconds that has no end after this is one that never ends; ms. */
const HANGS_AFTER_MS = 600_000;
const PROGRESS_MS = 30_000;

/** A seed to be played, or a run that failed, to be made short. */
export type FaultTask =
  | { readonly kind: "play"; readonly seed: number }
  | { readonly kind: "shorten"; readonly run: SiteRun };

type Answer =
  | { readonly kind: "played"; readonly run: FaultRun }
  | { readonly kind: "shortened"; readonly seed: number; readonly trace: readonly string[] };

/** The thread's side. */
export function answerTasks(): void {
  parentPort?.on("message", (task: FaultTask) => {
    void answerTo(task).then((answer) => parentPort?.postMessage(answer));
  });
}

async function answerTo(task: FaultTask): Promise<Answer> {
  if (task.kind === "play") return { kind: "played", run: await playFaults(task.seed) };
  return { kind: "shortened", seed: task.run.seed, trace: await shortest(task.run) };
}

/** What is said of a task whose thread did not come back. */
function lostAnswer(task: FaultTask, why: string): Answer {
  if (task.kind === "play") return { kind: "played", run: crashed(task.seed, why) };
  return { kind: "shortened", seed: task.run.seed, trace: task.run.trace };
}

class Thread {
  readonly #open: () => Worker;
  #worker: Worker;

  constructor(open: () => Worker) {
    this.#open = open;
    this.#worker = open();
  }

  ask(task: FaultTask): Promise<Answer> {
    const worker = this.#worker;
    return new Promise((resolve) => {
      // Each by name: to take all of a worker's listeners would take its own as well, and close its ears.
      const end = (answer: Answer) => {
        clearTimeout(timer);
        worker.off("message", end).off("error", failed).off("exit", ended);
        resolve(answer);
      };
      const renew = (why: string) => {
        end(lostAnswer(task, why));
        // What it still has to say is of nobody's concern.
        worker.on("error", () => undefined);
        void worker.terminate();
        this.#worker = this.#open();
      };
      const failed = (error: Error) => {
        renew(`exception: ${error.stack ?? error.message}`);
      };
      const ended = (code: number) => {
        renew(`its thread ended with ${code}`);
      };
      const timer = setTimeout(() => {
        renew("the run has no end");
      }, HANGS_AFTER_MS);
      worker.on("message", end).on("error", failed).on("exit", ended);
      worker.postMessage(task);
    });
  }

  close(): void {
    void this.#worker.terminate();
  }
}

/** Shares tasks out among `jobs` threads; `told` hears of each answer as it comes. */
async function shareOut(
  tasks: readonly FaultTask[],
  jobs: number,
  open: () => Worker,
  told: (answer: Answer) => void,
): Promise<void> {
  const waiting = tasks.values();
  const takeTurns = async () => {
    const thread = new Thread(open);
    for (const task of waiting) told(await thread.ask(task));
    thread.close();
  };
  await Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, takeTurns));
}

/** Plays every seed and says on stderr, twice a minute of `clock`, how far it is and what failed. */
export async function playAll(
  seeds: readonly number[],
  jobs: number,
  open: () => Worker,
  clock: Clock,
  isFailure: (run: SiteRun) => boolean,
): Promise<readonly FaultRun[]> {
  const runs: FaultRun[] = [];
  const began = clock.now();
  let saidAt = began;
  let failures = 0;
  const tasks = seeds.map((seed): FaultTask => ({ kind: "play", seed }));
  await shareOut(tasks, jobs, open, (answer) => {
    if (answer.kind !== "played") return;
    runs.push(answer.run);
    const { run } = answer.run;
    if (isFailure(run)) {
      failures += 1;
      process.stderr.write(`run ${run.seed} failed: ${run.violations[0] ?? "oversold"}\n`);
    }
    if (clock.now() - saidAt < PROGRESS_MS) return;
    saidAt = clock.now();
    const left = ((saidAt - began) / runs.length) * (seeds.length - runs.length);
    process.stderr.write(
      `${runs.length} of ${seeds.length} runs, ${failures} failed, ${Math.ceil(left / 60_000)} min left\n`,
    );
  });
  return runs;
}

/** The shortest way to each of these failures, by seed. */
export async function shortenAll(
  runs: readonly SiteRun[],
  jobs: number,
  open: () => Worker,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const traces = new Map<number, readonly string[]>();
  const tasks = runs.map((run): FaultTask => ({ kind: "shorten", run }));
  await shareOut(tasks, jobs, open, (answer) => {
    if (answer.kind === "shortened") traces.set(answer.seed, answer.trace);
  });
  return traces;
}
