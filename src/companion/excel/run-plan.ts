/** Carries out the steps of a plan, in order, and stops at the first that fails. */
import { spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode, replaceFile } from "../disk";
import { open } from "node:fs/promises";
import type { PlannedCommand, Step, StepId } from "./plan";

/** What a step writes, by the path it names. */
export type Contents = (id: StepId, path: string) => string | Buffer;

export interface Runner {
  readonly contents: Contents;
  /** Resolves to whether the program ended with 0. */
  readonly start: (command: PlannedCommand) => Promise<boolean>;
}

/** Null: all done. Else the step that failed. `open` is left to the caller. */
export async function runPlan(steps: readonly Step[], runner: Runner): Promise<Step | null> {
  for (const step of steps) {
    if (step.id === "open") continue;
    if (!(await runStep(step, runner)) && !step.lenient) return step;
  }
  return null;
}

async function runStep(step: Step, runner: Runner): Promise<boolean> {
  let good = true;
  try {
    for (const path of step.files) {
      if (step.id === "forget" || step.id === "unregister") await rm(path, { force: true });
      else await write(path, runner.contents(step.id, path));
    }
  } catch (error) {
    console.error(`${step.id}: ${errorCode(error)}`);
    good = false;
  }
  for (const command of step.commands) good = (await runner.start(command)) && good;
  return good;
}

async function write(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  if (typeof content === "string") await replaceFile(path, content);
  else {
    const handle = await open(path, "w", 0o600);
    try {
      await handle.writeFile(content);
    } finally {
      await handle.close();
    }
  }
}

/** By its arguments, never through a shell; it may ask the person something of its own. */
export function startProgram(command: PlannedCommand): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command.program, command.args, { shell: false, stdio: "inherit" });
    child.once("error", (error) => {
      console.error(`${command.program}: ${errorCode(error)}`);
      resolve(false);
    });
    child.once("exit", (code) => resolve(code === 0));
  });
}
