/**
 * Builds what `npm start` needs and what is missing or older than its sources. Run as a program, it
 * builds those of the products named as arguments; `start.mjs` runs two of these side by side.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** What each product is made of. What ships is made small. */
const products = {
  addin: {
    output: "dist/taskpane.html",
    mode: "production",
    sources: [
      ...["base", "stock", "forecast", "ledger", "channels", "sync", "proof", "worker", "workbook"],
      ...["runtime", "functions", "taskpane", "locale"],
    ],
  },
  workbench: {
    output: "build/workbench/index.html",
    mode: "development",
    sources: ["base", "locale", "workbench"],
  },
  companion: {
    output: "build/companion.cjs",
    mode: "development",
    sources: ["base", "channels", "ledger", "locale", "proof", "companion"],
  },
  sandbox: {
    output: "build/sandbox.cjs",
    mode: "development",
    sources: ["base", "stock", "forecast", "channels", "sandbox"],
  },
  /** The page that checks stock proofs: travels alone, so it is made small too. */
  verifyPage: {
    output: "build/verify/verify.html",
    mode: "production",
    sources: ["base", "channels", "locale", "proof", "verify"],
  },
  /** Not part of `npm start`: `npm run verify` builds it. */
  verify: {
    output: "build/verify.cjs",
    mode: "development",
    sources: ["base", "channels", "locale", "proof", "verify"],
    onDemand: true,
  },
  /** Not part of `npm start`: `npm run simulate` builds it. */
  simulation: {
    output: "build/simulation.cjs",
    mode: "production",
    sources: ["base", "stock", "forecast", "ledger", "channels", "sync", "worker", "simulation"],
    onDemand: true,
  },
};

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

function fingerprint(name) {
  const files = [
    "package-lock.json",
    "webpack.config.js",
    ...products[name].sources.flatMap((folder) => filesIn(join(root, "src", folder))),
    ...(name === "addin" ? filesIn(join(root, "assets")) : []),
  ].map((file) => resolve(root, file));
  const hash = createHash("sha256").update(process.version);
  for (const file of files.sort()) {
    hash.update(relative(root, file).split(sep).join("/")).update("\0").update(readFileSync(file));
  }
  return hash.digest("hex");
}

const stampPath = (name) => join(root, "build", `${name}.stamp`);

/** Names of the products that must be built. */
export function outdated() {
  return Object.keys(products).filter((name) => !products[name].onDemand && isOutdated(name));
}

function isOutdated(name) {
  if (!existsSync(join(root, products[name].output))) return true;
  if (!existsSync(stampPath(name))) return true;
  return readFileSync(stampPath(name), "utf8") !== fingerprint(name);
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** One build of a product at a time in this folder; whoever comes second finds it done. */
async function withBuildLock(name, step) {
  const path = join(root, "build", `${name}.lock`);
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      const holder = existsSync(path) ? Number(readFileSync(path, "utf8")) : 0;
      // An empty file was made a moment ago by someone who has not signed it yet.
      if (holder > 0 && !isAlive(holder)) rmSync(path, { force: true });
      else await pause(300);
    }
  }
  try {
    return await step();
  } finally {
    rmSync(path, { force: true });
  }
}

function run(webpack, config) {
  return new Promise((done, fail) => {
    const compiler = webpack(config);
    compiler.run((error, stats) => {
      compiler.close(() => {
        if (error) fail(error);
        else if (stats.hasErrors()) fail(new Error(stats.toString({ preset: "errors-only" })));
        else done();
      });
    });
  });
}

async function build(name) {
  const require = createRequire(join(root, "package.json"));
  const webpack = require("webpack");
  const configs = require(join(root, "webpack.config.js"));
  const began = Date.now();
  const stamp = fingerprint(name);
  const config = configs.find((candidate) => candidate.name === name);
  await run(webpack, { ...config, mode: products[name].mode, context: root });
  writeFileSync(stampPath(name), stamp);
  // Said aside: what a program prints is its own.
  const say = products[name].onDemand ? console.error : console.log;
  say(`  built ${name} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

export async function buildOutdated(names) {
  for (const name of names) {
    await withBuildLock(name, () => (isOutdated(name) ? build(name) : undefined));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  buildOutdated(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
