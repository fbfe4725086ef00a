/**
 * Mutation test of the core: Stryker changes a sign, a boundary, a condition or a constant of
 * src/stock and src/forecast, one at a time, and the tests of these two folders must notice.
 * `npm run mutate` takes all files; `npm run mutate -- -m src/stock/holds.ts` one of them.
 * Not one mutator and not one file is left out, and a change of a module's constants counts too.
 */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export default {
  testRunner: "core",
  plugins: [fileURLToPath(new URL("core-runner.mjs", import.meta.url))],
  mutate: ["src/stock/**/*.ts", "src/forecast/**/*.ts"],
  coverageAnalysis: "perTest",
  concurrency: 2,
  // Loops that do not end are counted out by the runner; this is for a machine that is busy.
  timeoutMS: 30_000,
  thresholds: { high: 95, low: 90, break: 85 },
  reporters: ["progress-append-only", "clear-text", "json", "html"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: "build/mutation/mutation.json" },
  htmlReporter: { fileName: "build/mutation/index.html" },
  // Outside of the project: jest, run by somebody else meanwhile, shall not find the copies.
  tempDirName: join(tmpdir(), "streamstock-mutation"),
  ignorePatterns: ["/dist", "/build", "/assets", "/src/taskpane", "/src/workbench", "/test/e2e"],
  incrementalFile: "build/mutation/incremental.json",
};
