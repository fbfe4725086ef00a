/** The channels' official models, which tests read and the project does not hold a copy of. */
import { describe, test } from "@jest/globals";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";

const folder = resolve("../shared/reference/specs");

/** Read inside a test or a describeAgainstSpecs block only. */

export function readSpec(path: string): any {
  const bytes = readFileSync(resolve(folder, path));
  return JSON.parse((path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
}

/** Skips visibly where ../shared is absent. */
export function describeAgainstSpecs(name: string, body: () => void): void {
  if (existsSync(folder)) describe(name, body);
  else {
    describe(name, () => {
      test.skip("SKIPPED: ../shared is not here, so nothing is held against the official models", () =>
        undefined);
    });
  }
}
