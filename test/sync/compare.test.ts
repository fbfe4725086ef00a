/** What each policy would do now, side by side, for the same situation. */
import { expect, test } from "@jest/globals";
import type { Sku } from "../../src/base/ids";
import { wishesOf } from "../../src/sync/allocate";
import { comparePolicies } from "../../src/sync/compare";
import { count, SKU } from "../support/entries";
import { engineWorld, running, START, type EngineWorld } from "../support/engine-world";

async function playing(policy: "seed" | "escrow", left: number): Promise<EngineWorld> {
  const w = engineWorld(300);
  await w.book(count(300), ...running(START, { planned: 200, reserved: 200, policy }));
  w.start();
  await w.pass(20_000);
  for (let n = 0; n < 300 - left; n += 1) w.tiktok.buy(SKU, 1);
  await w.pass(3000);
  return w;
}

const summary = (w: EngineWorld) =>
  comparePolicies(w.engine.situation(), SKU)!.rows.map(
    ({ policy, pausesOthers, stopsLive, listings }) => [
      policy,
      pausesOthers,
      stopsLive,
      ...listings.map(({ wish }) => wish),
    ],
  );

test("in calm water the seed shows the others' units on the live channel too, escrow leaves it alone", async () => {
  const w = await playing("escrow", 250);
  const [seed, buffer, escrow] = summary(w);
  // Live 250 = pool 100 and what is left of the share; the other channel 100, less a guard for all but the seed.
  expect(seed).toEqual(["seed", false, false, 250, 100]);
  expect(buffer?.slice(0, 3)).toEqual(["buffer", false, false]);
  expect(buffer?.[3]).toBeLessThan(250);
  expect(escrow?.slice(0, 4)).toEqual(["escrow", false, false, null]);
  expect(escrow?.[4]).toBeLessThan(100);
  expect(comparePolicies(w.engine.situation(), SKU)).toMatchObject({
    stream: "stream-1",
    current: "escrow",
  });
});

test("the current policy's row is what the engine does", async () => {
  for (const policy of ["seed", "escrow"] as const) {
    const w = await playing(policy, policy === "seed" ? 110 : 250);
    const { rows, current } = comparePolicies(w.engine.situation(), SKU)!;
    const row = rows.find((each) => each.policy === current)!;
    const wishes = wishesOf(w.engine.situation(), SKU).map(({ quantity }) => quantity);
    expect(row.listings.map(({ wish }) => wish)).toEqual(wishes);
  }
});

test("at red the seed would stop the live listing and escrow would not; asking changes nothing", async () => {
  const w = await playing("escrow", 110);
  for (let n = 0; n < 95; n += 1) w.tiktok.buy(SKU, 1);
  await w.pass(10_000);
  const before = structuredClone(w.books.projection);
  const rows = summary(w);
  expect(rows[0]?.slice(0, 3)).toEqual(["seed", true, true]);
  expect(rows[0]?.[3]).toBe(0);
  expect(rows[2]?.slice(0, 3)).toEqual(["escrow", true, false]);
  expect(w.books.projection).toEqual(before);
});

test("without a stream all three are the same, and an unknown SKU is none", async () => {
  const w = engineWorld(100);
  await w.book(count(100));
  w.start();
  await w.pass(20_000);
  const { engine } = w;
  const found = comparePolicies(engine.situation(), SKU)!;
  expect(found).toMatchObject({ stream: null, current: null });
  expect(new Set(found.rows.map(({ listings }) => JSON.stringify(listings))).size).toBe(1);
  expect(found.rows[0]?.listings.map(({ shown, wish }) => [shown, wish])).toEqual([
    [100, 100],
    [98, 98],
  ]);
  expect(comparePolicies(engine.situation(), "NONE" as Sku)).toBeNull();
});
