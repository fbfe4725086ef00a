/**
 * Stryker's test runner for the core, whose tests need nothing of jest but `expect`. They all run in
 * this process, in fresh copies of their modules for every mutant, the quickest first: a hundredth
 * of the time that a run of jest for each of some thousands of mutants takes.
 *
 * Only what the tests of stock and forecast use is here: describe, test, test.each, test.skip.
 */
import { transformSync } from "@swc/core";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { compileFunction } from "node:vm";

const SETUP = "test/mutation/same-dice.ts";
const SUITES = /^test\/((stock|forecast)\/.*|requirements[^/]*)\.test\.ts$/;

/**
 * A loop does not end once it went round ten times as often as in all the tests together. Stryker
 * waits for a hundred times, which in the bisections takes a minute.
 */
const PATIENCE = 10;

const native = createRequire(import.meta.url);
const { jestExpect } = createRequire(native.resolve("@jest/globals"))("@jest/expect");

/** What Stryker's marks in the source read and write. */
const marks = (globalThis.__stryker__ ??= {});

const compiled = new Map();

function compile(file) {
  let run = compiled.get(file);
  if (run === undefined) {
    const { code } = transformSync(readFileSync(file, "utf8"), {
      filename: file,
      jsc: { target: "es2022", parser: { syntax: "typescript" } },
      module: { type: "commonjs" },
    });
    run = compileFunction(code, ["exports", "require"], { filename: file });
    compiled.set(file, run);
  }
  return run;
}

/** A world of modules of its own: what one mutant left behind in them is gone with the next. */
function freshModules(globals) {
  const loaded = new Map();
  const load = (file) => {
    const known = loaded.get(file);
    if (known !== undefined) return known;
    const exports = {};
    loaded.set(file, exports);
    compile(file)(exports, (name) => {
      if (name === "@jest/globals") return globals;
      if (!name.startsWith(".")) return native(name);
      const target = resolve(dirname(file), name);
      return load(existsSync(`${target}.ts`) ? `${target}.ts` : target);
    });
    return exports;
  };
  return load;
}

/** Collects the tests of a file; `expect` is jest's own. */
function collector(tests) {
  const above = [];
  let file = "";
  const add = (name, run) => {
    const plain = `${file}: ${[...above, name].join(" › ")}`;
    let id = plain;
    for (let n = 2; tests.some((test) => test.id === id); n += 1) id = `${plain} (${n})`;
    tests.push({ id, file, run });
  };
  const test = (name, run) => add(name, run);
  test.each = (rows) => (name, run) => {
    for (const row of rows) add(name, () => run(...(Array.isArray(row) ? row : [row])));
  };
  test.skip = () => undefined;
  const describe = (name, body) => {
    above.push(name);
    body();
    above.pop();
  };
  const open = (name) => (file = name);
  return { open, globals: { describe, test, expect: jestExpect } };
}

function suites() {
  return readdirSync("test", { recursive: true })
    .map((name) => join("test", name))
    .filter((name) => SUITES.test(name))
    .sort();
}

/** Loads these files; what their modules do while they load belongs to no test. */
function collect(files) {
  const tests = [];
  const { open, globals } = collector(tests);
  const load = freshModules(globals);
  load(resolve(SETUP));
  for (const file of files) {
    open(file);
    load(resolve(file));
  }
  return tests;
}

function failure(error) {
  return error instanceof Error ? error.message : String(error);
}

class CoreRunner {
  /** How long each test takes, ms. */
  #spent = new Map();

  capabilities() {
    return { reloadEnvironment: true };
  }

  async #run(test) {
    const begin = performance.now();
    try {
      await test.run();
      return null;
    } catch (error) {
      return failure(error);
    } finally {
      this.#spent.set(test.id, performance.now() - begin);
    }
  }

  async dryRun() {
    Object.assign(marks, { activeMutant: undefined, mutantCoverage: { static: {}, perTest: {} } });
    const results = [];
    for (const test of collect(suites())) {
      marks.currentTestId = test.id;
      const failureMessage = await this.#run(test);
      marks.currentTestId = undefined;
      results.push({
        id: test.id,
        name: test.id,
        fileName: resolve(test.file),
        timeSpentMs: this.#spent.get(test.id),
        ...(failureMessage === null ? { status: 0 } : { status: 1, failureMessage }),
      });
    }
    return { status: "complete", tests: results, mutantCoverage: marks.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation }) {
    const files = suites().filter(
      (file) => testFilter === undefined || testFilter.some((id) => id.startsWith(`${file}: `)),
    );
    const isStatic = mutantActivation === "static";
    Object.assign(marks, {
      hitCount: hitLimit === undefined ? undefined : 0,
      hitLimit: hitLimit === undefined ? undefined : hitLimit / PATIENCE,
    });
    let nrOfTests = 0;
    const verdict = (killedBy, failureMessage) =>
      marks.hitCount > marks.hitLimit
        ? { status: "timeout", reason: "a loop that does not end" }
        : { status: "killed", killedBy, failureMessage, nrOfTests };
    try {
      marks.activeMutant = isStatic ? activeMutant.id : undefined;
      const tests = collect(files).filter(({ id }) => testFilter?.includes(id) ?? true);
      marks.activeMutant = activeMutant.id;
      tests.sort((a, b) => (this.#spent.get(a.id) ?? 0) - (this.#spent.get(b.id) ?? 0));
      for (const test of tests) {
        nrOfTests += 1;
        const failureMessage = await this.#run(test);
        if (failureMessage !== null) return verdict([test.id], failureMessage);
      }
      return { status: "survived", nrOfTests };
    } catch (error) {
      // The module itself, or a file of tests, does not load any more.
      return verdict(testFilter?.slice(0, 1) ?? ["loading"], failure(error));
    } finally {
      Object.assign(marks, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
    }
  }
}

export const strykerPlugins = [
  { kind: "TestRunner", name: "core", factory: () => new CoreRunner() },
];
