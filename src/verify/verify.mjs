/** `npm run verify FILE`: builds the checker if its sources changed, and runs it. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { buildOutdated, root } from "../companion/build-products.mjs";

await buildOutdated(["verify"]);
const program = join(root, "build", "verify.cjs");
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exitCode = status ?? 2;
