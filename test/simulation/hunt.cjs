/**
 * Plays rounds of one copy of the sources: `hunt.cjs FOLDER all|first ROUND...`. Prints a line for each
 * round that fails, "round, tab, how"; with "first" it stops there. A round is a run with every fault
 * and runs of the families in which a unit too many shows.
 */
const { join } = require("node:path");
const process = require("node:process");

/** Beside the families a world that is worse: a live channel whose orders are listed 45 s late. */
function hardTimes(families) {
  const cliff = families.get("cliff");
  const late = { ...cliff, name: "late", orderLag: { ...cliff.orderLag, tiktok: 45 } };
  return [late, families.get("cliffThr"), families.get("burst")];
}

const [folder, mode, ...rounds] = process.argv.slice(2);
const from = (name) => require(join(folder, "simulation", name));
let round = 0;
/** What a promise threw and nobody caught, in the round of now. */
let thrown = null;

async function howItFails() {
  const { playFaults, failed } = from("fault-runs.js");
  const { play } = from("stage.js");
  const { families } = from("families.js");
  const { run } = await playFaults(round);
  if (failed(run)) {
    const why = run.violations[0] ?? `${run.oversold} oversold, ${run.unavoidable} unavoidable`;
    return `with faults: ${why}`;
  }
  for (const scenario of hardTimes(families)) {
    const { oversold, broken } = await play(scenario, "escrow", round);
    if (oversold > 0) return `${scenario.name}: ${oversold} oversold`;
    if (broken.length > 0) return `${scenario.name}: ${broken[0]}`;
  }
  return thrown;
}

async function main() {
  for (const text of rounds) {
    round = Number(text);
    thrown = null;
    let how;
    try {
      how = await howItFails();
    } catch (error) {
      how = `exception: ${String(error)}`;
    }
    if (how !== null) console.log(`${round}\t${how.split("\n")[0]}`);
    else console.log(`${round}`);
    if (how !== null && mode === "first") process.exit(0);
  }
}

process.on("unhandledRejection", (error) => (thrown ??= `exception: ${String(error)}`));
process.on("uncaughtException", (error) => {
  console.log(`${round}\texception: ${String(error)}`);
  process.exit(0);
});
void main();
