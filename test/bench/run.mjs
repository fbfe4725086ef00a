/**
 * `npm run bench -- --json [--quick] [--only NAME]`: prints one JSON object with every figure beside
 * its goal. NAME is the name of a benchmark's file, such as cells; alone, `stream` is played in full.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const project = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
const folder = mkdtempSync(join(tmpdir(), "streamstock-bench-"));
const report = join(folder, "report.json");
const quick = process.argv.includes("--quick");
const only = process.argv.includes("--only")
  ? [`bench/${process.argv[process.argv.indexOf("--only") + 1] ?? ""}\\.bench`]
  : [];
const load = process.argv.includes("stream") && !quick ? { STREAMSTOCK_STREAM_LOAD: "1" } : {};
try {
  const jest = join(project, "node_modules", "jest", "bin", "jest.js");
  const config = join(project, "test", "bench", "jest.config.cjs");
  const run = spawnSync(process.execPath, [jest, "--config", config, "--runInBand", ...only], {
    cwd: project,
    env: {
      ...process.env,
      ...load,
      STREAMSTOCK_BENCH: report,
      STREAMSTOCK_BENCH_QUICK: quick ? "1" : "",
    },
    // What jest has to say is not part of the JSON.
    stdio: ["ignore", "inherit", "inherit"].map((how, at) => (at === 1 ? 2 : how)),
  });
  if (run.status !== 0) process.exit(run.status ?? 1);
  const figures = JSON.parse(readFileSync(report, "utf8"));
  if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else {
    for (const { name, value, unit, goal, met } of figures.figures) {
      process.stdout.write(
        `${met ? "met   " : "missed"} ${name}: ${value} ${unit} (goal ${goal})\n`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
