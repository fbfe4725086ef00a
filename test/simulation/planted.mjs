/**
 * `npm run planted`: does the simulation find bugs? Each planted bug is put into a copy of the
 * sources, which then plays runs with every fault and a few of the families until one of them
 * fails. Prints one line per bug and the number found; fails below nineteen of twenty.
 */
import { spawn } from "node:child_process";
import {
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

const FOUND_LEAST = 19;
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
const swc = createRequire(join(root, "package.json"))("@swc/core");
const folders = ["base", "stock", "ledger", "channels", "sync", "worker", "simulation", "forecast"];
const options = {
  jsc: { target: "es2022", parser: { syntax: "typescript" } },
  module: { type: "commonjs" },
};

function sources() {
  return folders.flatMap((folder) =>
    readdirSync(join(root, "src", folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) =>
        relative(join(root, "src"), join(entry.parentPath ?? entry.path, entry.name)),
      ),
  );
}

function compile(text, file, into) {
  const target = join(into, file.replace(/\.ts$/, ".js"));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, swc.transformSync(text, options).code);
}

function copyWith(bug, into) {
  for (const file of sources()) {
    let text = readFileSync(join(root, "src", file), "utf8");
    if (bug !== null && file.split("\\").join("/") === bug.file) {
      if (!text.includes(bug.find)) throw new Error(`${bug.file} has no such place: ${bug.find}`);
      text = text.replace(bug.find, () => bug.replace);
    }
    compile(text, file, into);
  }
  symlinkSync(join(root, "node_modules"), join(into, "node_modules"), "junction");
}

/** How the copy fails, or null: it does not. */
function play(folder, seed) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [
      join(root, "test", "simulation", "hunt.cjs"),
      folder,
      String(seed),
    ]);
    let said = "";
    child.stdout.on("data", (data) => (said += data));
    child.stderr.on("data", (data) => (said += data));
    child.on("close", (code) => done(code === 0 ? null : said.trim().split("\n").at(-1)));
  });
}

async function hunt(bug, seed) {
  const folder = mkdtempSync(join(tmpdir(), "streamstock-planted-"));
  try {
    copyWith(bug, folder);
    return await play(folder, seed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const seed = Number(process.argv[2] ?? Math.floor(Math.random() * 1_000_000));
console.log(`seed ${seed}`);
const clean = await hunt(null, seed);
if (clean !== null) {
  console.error(`without any bug the simulation fails: ${clean}`);
  process.exit(1);
}
const waiting = [...plantedBugs];
let found = 0;
async function takeTurns() {
  for (let bug = waiting.shift(); bug !== undefined; bug = waiting.shift()) {
    const how = await hunt(bug, seed);
    if (how !== null) found += 1;
    console.log(
      `${how === null ? "MISSED" : "found "}  ${bug.name}${how === null ? "" : `: ${how}`}`,
    );
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, takeTurns));
console.log(`${found} of ${plantedBugs.length} found`);
process.exitCode = found >= FOUND_LEAST ? 0 : 1;
