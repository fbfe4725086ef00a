/** The machine's clock is set while the engine runs: ages stay right, and nothing is sold on its word. */
import { describe, expect, test } from "@jest/globals";
import { EvenClock } from "../../src/sync/even-clock";
import { count, SKU } from "../support/entries";
import { engineWorld, running, START, type EngineWorld } from "../support/engine-world";

const MINUTE = 60_000;

async function calm(): Promise<EngineWorld> {
  const w = engineWorld(100);
  await w.book(count(100));
  w.start();
  await w.pass(MINUTE);
  return w;
}

test("time goes on evenly between two looks at the clock, and jumps at a look alone", () => {
  let machine = 1_000_000;
  let steady = 5000;
  const clock = new EvenClock({ now: () => machine }, { now: () => steady });
  machine += 600_000 + 2000;
  steady += 2000;
  expect(clock.now()).toBe(1_002_000);
  expect(clock.adjust()).toBe(600_000);
  expect([clock.now(), clock.maybeAheadMs, clock.jumps]).toEqual([1_602_000, 600_000, 1]);
  // A clock that is put right gently is followed without a word.
  machine += 300;
  expect([clock.adjust(), clock.now()]).toEqual([0, 1_602_300]);
  machine -= 600_000;
  expect([clock.adjust(), clock.maybeAheadMs]).toEqual([-600_000, 0]);
  // So far ahead a clock does not go wrong: the machine slept.
  machine += 8 * 3_600_000;
  expect([clock.adjust(), clock.maybeAheadMs]).toEqual([8 * 3_600_000, 0]);
});

describe("set back by ten minutes", () => {
  test("the channels are read on, and what sells is booked", async () => {
    const w = await calm();
    // As the adapters' budgets: by the clock that nobody sets.
    let readAt = 0;
    const read = w.tiktok.readStock.bind(w.tiktok);
    w.tiktok.readStock = (listings) => {
      readAt = w.time.now();
      return read(listings);
    };
    w.tiktok.allowance = (kind) => ({
      nextAt: kind === "read_stock" ? readAt + 5000 : 0,
      left: null,
    });
    await w.pass(10_000);
    w.skewMs = -600_000;
    w.tiktok.buy(SKU, 40);
    await w.pass(20_000);
    expect(w.shopify.listed.get(SKU)).toBeLessThanOrEqual(58);
  });

  test("no number goes up before every channel was read again", async () => {
    const w = await calm();
    w.tiktok.buy(SKU, 60);
    w.tiktok.fault = { kind: "unreachable", message: "" };
    w.shopify.listed.set(SKU, 10);
    w.skewMs = -600_000;
    await w.pass(10_000);
    expect(w.engine.watch.gap()).toMatchObject({ cause: "clock", waitsFor: ["tiktok"] });
    expect(w.shopify.listed.get(SKU)).toBe(10);
    w.tiktok.fault = null;
    await w.pass(20_000);
    expect(w.engine.watch.gap()).toBeNull();
    expect(w.shopify.listed.get(SKU)).toBeLessThanOrEqual(38);
  });

  test("a sign of life is left all the same, and the next start knows for how long nobody watched", async () => {
    const w = await calm();
    w.skewMs = -600_000;
    await w.pass(MINUTE);
    await w.restart(2 * MINUTE);
    const gap = w.engine.watch.gap();
    expect(gap?.cause).toBe("restart");
    expect(gap!.ms).toBeGreaterThanOrEqual(2 * MINUTE);
    expect(gap!.ms).toBeLessThan(2.5 * MINUTE);
  });
});

test("set back while nobody watched: everything is read before any number goes up", async () => {
  const w = await calm();
  w.skewMs = -600_000;
  w.tiktok.fault = { kind: "unreachable", message: "" };
  w.tiktok.buy(SKU, 60);
  w.shopify.listed.set(SKU, 10);
  await w.restart(3000);
  await w.pass(5000);
  expect(w.engine.watch.gap()).toMatchObject({ cause: "clock", waitsFor: ["tiktok"] });
  expect(w.shopify.listed.get(SKU)).toBe(10);
});

describe("set ahead by nine minutes", () => {
  async function nearTheEnd(): Promise<EngineWorld> {
    const w = engineWorld(120);
    const begun = START - 174 * MINUTE;
    await w.book(count(120), ...running(begun, { planned: 80, reserved: 80 }));
    w.tiktok.listed.set(SKU, 80);
    w.start();
    await w.pass(MINUTE);
    expect([w.tiktok.listed.get(SKU), w.shopify.listed.get(SKU)]).toEqual([80, 38]);
    return w;
  }

  test("a stream is not ended by it while its live channel sells: its share stays its own", async () => {
    const w = await nearTheEnd();
    w.skewMs = 9 * MINUTE;
    await w.pass(2 * MINUTE);
    expect(w.notes("stream_ended")).toEqual([]);
    expect([w.tiktok.listed.get(SKU), w.shopify.listed.get(SKU)]).toEqual([80, 38]);
    await w.pass(4 * MINUTE);
    expect(w.notes("stream_ended")).toHaveLength(1);
  });

  test("a clock that is put right again ends it by its time", async () => {
    const w = await nearTheEnd();
    w.skewMs = 9 * MINUTE;
    await w.pass(MINUTE);
    w.skewMs = 0;
    await w.pass(MINUTE);
    expect(w.notes("stream_ended")).toEqual([]);
    await w.pass(4 * MINUTE);
    expect(w.notes("stream_ended")).toHaveLength(1);
  });

  test("nor when its book is opened anew meanwhile, after a disk that was full", async () => {
    const w = await nearTheEnd();
    w.skewMs = 9 * MINUTE;
    await w.pass(MINUTE);
    await w.reopen(10_000);
    await w.pass(2 * MINUTE);
    expect(w.notes("stream_ended")).toEqual([]);
    expect([w.tiktok.listed.get(SKU), w.shopify.listed.get(SKU)]).toEqual([80, 38]);
    await w.pass(3 * MINUTE);
    expect(w.notes("stream_ended")).toHaveLength(1);
  });

  test("nor when it was set while the book could not be opened", async () => {
    const w = await nearTheEnd();
    const reopened = w.reopen(10_000);
    w.skewMs = 9 * MINUTE;
    await reopened;
    await w.pass(2 * MINUTE);
    expect(w.notes("stream_ended")).toEqual([]);
    await w.pass(4 * MINUTE);
    expect(w.notes("stream_ended")).toHaveLength(1);
  });

  test("an unpaid hold does not end by it on a channel that was silent for a minute alone", async () => {
    const w = engineWorld(100);
    await w.book(count(100));
    w.start();
    await w.pass(20_000);
    w.tiktok.buy(SKU, 5, false);
    await w.pass(8 * MINUTE);
    w.tiktok.fault = { kind: "unreachable", message: "" };
    await w.pass(MINUTE);
    w.skewMs = 9 * MINUTE;
    await w.pass(2 * MINUTE);
    expect(w.entries.filter(({ kind }) => kind === "expire")).toEqual([]);
    await w.pass(4 * MINUTE);
    // Silent for five minutes by any clock: then its time decides.
    expect(w.entries.filter(({ kind }) => kind === "expire")).toHaveLength(1);
  });
});
