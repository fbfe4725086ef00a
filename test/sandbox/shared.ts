/** The reference material beside the project; tests that need it are skipped where it is absent. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe } from "@jest/globals";

export const specs = resolve(__dirname, "../../../shared/reference/specs");

/** `describe`, or its skipping twin with the reason in the name. */
export function describeWithSpecs(name: string, tests: () => void): void {
  if (existsSync(specs)) describe(name, tests);
  else describe.skip(`${name} (skipped: ../shared/reference/specs is absent)`, tests);
}
