/**
 * `npm run planted [-- SEED [PART OF A NAME]]`: does the simulation find bugs? The sources are compiled
 * once and play the rounds to come; a round that fails without any bug proves nothing and is left out.
 * Then each planted bug goes into a copy of the sources, which plays round after round until one
 * fails. Prints a line per bug, with how many rounds it took, and the number found; fails when more
 * than one is missed.
 */
import { spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { plantedBugs } from "./planted-bugs.mjs";

const MISSED_MOST = 1;
/** Rounds that a bug has to be found in. */
const ROUNDS = 24;
/** Of the rounds the sources as they are may fail in so many; more, and there is no telling. */
const UNFIT_MOST = ROUNDS / 3;
/** A round of seconds that has no end after this is one that never ends; ms. */
const HANGS_AFTER_MS = 600_000;
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
const swc = createRequire(join(root, "package.json"))("@swc/core");
const folders = ["base", "stock", "ledger", "channels", "sync", "worker", "simulation", "forecast"];
const options = {
  jsc: { target: "es2022", parser: { syntax: "typescript" } },
  module: { type: "commonjs" },
};

/** Every source by its path below src, as it was at the start: others may be working on it. */
const sources = new Map(
  folders.flatMap((folder) =>
    readdirSync(join(root, "src", folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .map((path) => [
        relative(join(root, "src"), path).split("\\").join("/"),
        readFileSync(path, "utf8"),
      ]),
  ),
);

function compile(text, file, into) {
  const target = join(into, file.replace(/\.ts$/, ".js"));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, swc.transformSync(text, options).code);
}

function plant({ file, find, replace }, into) {
  const text = sources.get(file) ?? "";
  if (!text.includes(find)) throw new Error(`${file} has no such place: ${find}`);
  compile(
    text.replace(find, () => replace),
    file,
    into,
  );
}

/**
 * Rounds played, and how each of them failed (null: it did not). A process that says nothing for long,
 * or that dies, has failed in the round that it was at.
 */
function play(folder, mode, rounds) {
  return new Promise((done) => {
    const hunt = join(root, "test", "simulation", "hunt.cjs");
    const env = { ...process.env, TZ: "America/New_York" };
    const child = spawn(process.execPath, [hunt, folder, mode, ...rounds.map(String)], { env });
    let said = "";
    let moan = "";
    let timer;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => child.kill("SIGKILL"), HANGS_AFTER_MS);
    };
    wait();
    child.stdout.on("data", (data) => {
      said += data;
      wait();
    });
    child.stderr.on("data", (data) => (moan += data));
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      const lines = said.split("\n").filter((line) => line !== "");
      const played = lines.map((line) => line.split("\t")).map(([, how]) => how ?? null);
      const died = code !== 0 || signal !== null;
      if (died) played.push(signal === null ? `exception: ${moan.trim()}` : "no end");
      done(played);
    });
  });
}

/** How the bug shows and after how many rounds. */
async function hunt(clean, bug, rounds) {
  const folder = mkdtempSync(join(tmpdir(), "streamstock-planted-"));
  try {
    cpSync(clean, folder, { recursive: true, verbatimSymlinks: true });
    plant(bug, folder);
    const played = await play(folder, "first", rounds);
    return { how: played.find((how) => how !== null) ?? null, rounds: played.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs `work` on each item, as many at a time as there are processors. */
async function shareOut(items, work) {
  const waiting = items.values();
  const takeTurns = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, takeTurns));
}

const seed = Number(process.argv[2] ?? Math.floor(Math.random() * 1_000_000));
/** Of the bugs only those whose name holds this; for looking into one. */
const only = process.argv[3] ?? "";
const bugs = plantedBugs.filter(({ name }) => name.includes(only));
for (const { file, find } of bugs) {
  if (!(sources.get(file) ?? "").includes(find)) {
    throw new Error(`${file} has no such place: ${find}`);
  }
}
console.log(`seed ${seed}`);
const clean = mkdtempSync(join(tmpdir(), "streamstock-clean-"));
for (const [file, text] of sources) compile(text, file, clean);
symlinkSync(join(root, "node_modules"), join(clean, "node_modules"), "junction");
const fit = [];
let unfit = 0;
const all = Array.from({ length: ROUNDS }, (_, n) => seed + n);
await shareOut([0, 1, 2, 3], async (part) => {
  const rounds = all.filter((_round, n) => n % 4 === part);
  const played = await play(clean, "all", rounds);
  for (const [n, round] of rounds.entries()) {
    const how = n < played.length ? played[n] : "not played";
    if (how === null) fit.push(round);
    else console.log(`left out  round ${round}, which fails without any bug: ${how}`);
    if (how !== null) unfit += 1;
  }
});
fit.sort((a, b) => a - b);
if (unfit > UNFIT_MOST) {
  console.error(`${unfit} of ${ROUNDS} rounds fail without any bug: mend that first`);
  process.exitCode = 1;
} else {
  let found = 0;
  await shareOut(bugs, async (bug) => {
    const { how, rounds } = await hunt(clean, bug, fit);
    if (how !== null) found += 1;
    const word = how === null ? "MISSED" : "found ";
    const told = how === null ? "" : `: ${how}`;
    console.log(`${word}  ${String(rounds).padStart(2)} rounds  ${bug.name}${told}`);
  });
  console.log(`${found} of ${bugs.length} found`);
  if (found < bugs.length - MISSED_MOST) process.exitCode = 1;
}
rmSync(clean, { recursive: true, force: true });
