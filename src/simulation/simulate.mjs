/** `npm run simulate`: builds the simulation if its sources changed, and runs it. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { buildOutdated, root } from "../companion/build-products.mjs";

await buildOutdated(["simulation"]);
const program = join(root, "build", "simulation.cjs");
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], {
  stdio: "inherit",
  // The clocks of its owner go back while a run is on.
  env: { ...process.env, TZ: "America/New_York" },
});
process.exitCode = status ?? 1;
