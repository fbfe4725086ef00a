/** A long run is shared out among threads: none of its seeds is left out, whatever becomes of a thread. */
import { expect, test } from "@jest/globals";
import { Worker } from "node:worker_threads";
import { steadyClock } from "../../src/base/clock";
import type { FaultRun } from "../../src/simulation/fault-runs";
import { playAll } from "../../src/simulation/fault-pool";

/** Plays a seed by saying so; one seed throws, one ends its thread. */
const player = `
  const { parentPort } = require("node:worker_threads");
  parentPort.on("message", ({ run, seed }) => {
    if (seed === 3) throw new Error("lost its mind");
    if (seed === 5) process.exit(7);
    parentPort.postMessage({ kind: "played", run: { ...run, run: { seed, violations: [] } } });
  });`;

test("every seed is played, many on one thread; one that takes its thread down has failed by that", async () => {
  const seeds = Array.from({ length: 12 }, (_, at) => at + 1);
  const open = () => new Worker(player, { eval: true });
  const told: FaultRun[] = [
    ...(await playAll(seeds, 2, open, steadyClock, ({ violations }) => violations.length > 0)),
  ];
  told.sort((a, b) => a.run.seed - b.run.seed);
  expect(told.map(({ run }) => run.seed)).toEqual(seeds);
  const failed = told.filter(({ run }) => run.violations.length > 0);
  expect(failed.map(({ run }) => run.seed)).toEqual([3, 5]);
  expect(failed[0]?.run.violations[0]).toContain("lost its mind");
  expect(failed[1]?.run.violations[0]).toContain("ended with 7");
});
