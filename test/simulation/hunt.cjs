/** Plays one copy of the sources until a run of it fails; says how, and leaves with 1. */
const { join } = require("node:path");
const process = require("node:process");

const RUNS = 12;
const [folder, seedText] = process.argv.slice(2);
const seed = Number(seedText);
const from = (name) => require(join(folder, "simulation", name));

function fail(how) {
  console.log(how);
  process.exit(1);
}

async function main() {
  const { playSite } = from("play-site.js");
  const { failed } = from("fault-runs.js");
  const { Coverage } = from("mischief.js");
  const { play } = from("stage.js");
  const { families } = from("families.js");
  for (let n = 0; n < RUNS; n += 1) {
    const run = await playSite({ seed: seed + n, coverage: new Coverage() });
    if (failed(run)) {
      const why = run.violations[0] ?? `${run.oversold} oversold, ${run.unavoidable} unavoidable`;
      fail(`run ${seed + n} with faults: ${why}`);
    }
    const name = ["burst", "cliff", "throttle"][n % 3];
    const calm = await play(families.get(name), "escrow", seed + n);
    if (calm.oversold > 0) fail(`run ${seed + n} of ${name}: ${calm.oversold} oversold`);
    if (calm.violations.length > 0) fail(`run ${seed + n} of ${name}: ${calm.violations[0]}`);
  }
}

process.on("unhandledRejection", (error) => fail(`exception: ${String(error)}`));
main().catch((error) => fail(`exception: ${String(error)}`));
