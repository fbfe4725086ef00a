/**
 * `npm run planted [-- SEED]`: does the simulation find bugs? The sources are compiled once; each
 * planted bug goes into a copy of them, which then plays runs with every fault and a few of the
 * families until one of them fails. Prints one line per bug and the number found; fails when
 * more than one is missed.
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

/** How the copy fails, or null: it does not. */
function play(folder, seed) {
  return new Promise((done) => {
    const hunt = join(root, "test", "simulation", "hunt.cjs");
    const env = { ...process.env, TZ: "America/New_York" };
    const child = spawn(process.execPath, [hunt, folder, String(seed)], { env });
    let said = "";
    child.stdout.on("data", (data) => (said += data));
    child.stderr.on("data", (data) => (said += data));
    child.on("close", (code) => done(code === 0 ? null : said.trim().split("\n").at(-1)));
  });
}

async function hunt(clean, bug, seed) {
  const folder = mkdtempSync(join(tmpdir(), "streamstock-planted-"));
  try {
    cpSync(clean, folder, { recursive: true, verbatimSymlinks: true });
    if (bug !== null) plant(bug, folder);
    return await play(folder, seed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const seed = Number(process.argv[2] ?? Math.floor(Math.random() * 1_000_000));
/** Of the bugs only those whose name holds this; for looking into one. */
const only = process.argv[3] ?? "";
const bugs = plantedBugs.filter(({ name }) => name.includes(only));
console.log(`seed ${seed}`);
const clean = mkdtempSync(join(tmpdir(), "streamstock-clean-"));
for (const [file, text] of sources) compile(text, file, clean);
symlinkSync(join(root, "node_modules"), join(clean, "node_modules"), "junction");
/** The sources as they are come first: what fails without a bug finds none. */
const waiting = [null, ...bugs];
let found = 0;
async function takeTurns() {
  for (let bug = waiting.shift(); bug !== undefined; bug = waiting.shift()) {
    const how = await hunt(clean, bug, seed);
    if (bug === null) {
      if (how === null) continue;
      console.error(`without any bug the simulation fails: ${how}`);
      process.exitCode = 1;
      return;
    }
    if (how !== null) found += 1;
    const word = how === null ? "MISSED" : "found ";
    console.log(`${word}  ${bug.name}${how === null ? "" : `: ${how}`}`);
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, takeTurns));
rmSync(clean, { recursive: true, force: true });
console.log(`${found} of ${bugs.length} found`);
if (found < bugs.length - MISSED_MOST) process.exitCode = 1;
