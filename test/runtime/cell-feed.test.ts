/** Which cells look again, when, and how many at once. */
import { describe, expect, test } from "@jest/globals";
import type { BookView } from "../../src/runtime/book-view";
import { CellFeed } from "../../src/runtime/cell-feed";
import { readMemory } from "../../src/runtime/read-memory";
import { diff, merge } from "../../src/worker/delta";
import type { EngineState } from "../../src/worker/api";
import {
  channelState,
  engineState,
  NOON_ISH,
  playedSession,
  skuState,
  streamState,
} from "../support/engine-state";

const many = (n: number) =>
  Array.from({ length: n }, (_, i) => skuState({ sku: `S-${i}`, available: 100 }));

function started(first: EngineState | null) {
  const session = playedSession(first);
  const waiting: (() => void)[] = [];
  const ticks = new Set<() => void>();
  const clock = { at: NOON_ISH, now: () => clock.at };
  const store = new Map<string, string>();
  const storage = {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => void store.set(key, value),
  } as Storage;
  const feed = new CellFeed(session, {
    clock,
    memory: readMemory(() => storage),
    later: (action) => waiting.push(action),
    everySecond: (action) => {
      ticks.add(action);
      return () => ticks.delete(action);
    },
  });
  // The first look at everything that a start brings with it is over.
  session.send(first);
  const looked: string[] = [];
  const watch = (...skus: string[]) =>
    feed.watch(skus, (view: BookView) => {
      looked.push(...skus.map((sku) => `${sku}=${String(view.index.rows.get(sku)?.available)}`));
    });
  return {
    ...{ session, feed, clock, ticks, waiting, looked, watch, storage },
    seen: () => looked.splice(0),
    /** The worker's next state, as it comes over the wire. */
    next(over: Partial<EngineState>) {
      const before = session.state() as EngineState;
      const delta = diff(before, { ...before, ...over });
      if (delta !== null) session.send(merge(before, delta));
    },
    settle() {
      while (waiting.length > 0) waiting.shift()?.();
    },
  };
}

const without = (skus: readonly ReturnType<typeof skuState>[], at: number, available: number) =>
  skus.map((row, i) => (i === at ? { ...row, available } : row));

describe("live cells", () => {
  test("look again when their own SKU moved, and only then", () => {
    const skus = many(2000);
    const world = started(engineState({ skus }));
    for (const { sku } of skus) world.watch(sku);
    world.next({ skus: without(skus, 1234, 7) });
    expect(world.seen()).toEqual(["S-1234=7"]);
    world.next({ activity: [], entries: 400 });
    expect(world.seen()).toEqual([]);
  });

  test("of a range of SKUs look again when any of them moved, once", () => {
    const skus = many(10);
    const world = started(engineState({ skus }));
    world.watch("S-1", "S-2");
    world.next({ skus: skus.map((row, i) => (i < 5 ? { ...row, available: 9 } : row)) });
    expect(world.seen()).toEqual(["S-1=9", "S-2=9"]);
  });

  test("all look again when the book, its leader, the language or the stream is another", () => {
    const world = started(engineState({ skus: many(3) }));
    for (const sku of ["S-0", "S-1", "unknown"]) world.watch(sku);
    world.next({ role: "follower" });
    expect(world.seen()).toHaveLength(3);
    world.next({ companion: { ok: false, lostAt: NOON_ISH } });
    expect(world.seen()).toHaveLength(3);
    world.next({ stream: streamState() });
    expect(world.seen()).toHaveLength(3);
    world.session.setLocale("zh-CN");
    world.session.send(world.session.state());
    expect(world.seen()).toHaveLength(3);
    world.next({ skus: [...many(3), skuState({ sku: "unknown", available: 5 })] });
    expect(world.seen()).toEqual(["S-0=100", "S-1=100", "unknown=5"]);
  });

  test("of the stream's SKU look again with the stream", () => {
    const skus = [skuState({ sku: "S-0" }), skuState({ sku: "85123A" })];
    const world = started(engineState({ skus, stream: streamState() }));
    world.watch("S-0");
    world.watch("85123A");
    world.next({ stream: streamState({ reserved: 1 }) });
    expect(world.seen()).toEqual(["85123A=60"]);
  });

  test("are looked at in slices that let the page breathe, and end with the newest number", () => {
    const skus = many(2000);
    const world = started(engineState({ skus }));
    for (const { sku } of skus) world.watch(sku);
    world.next({ skus: skus.map((row) => ({ ...row, available: 50 })) });
    const first = world.seen();
    expect(first.length).toBeLessThan(500);
    // Meanwhile everything moves once more: nobody is shown the number in between.
    world.next({ skus: skus.map((row) => ({ ...row, available: 40 })) });
    world.settle();
    const rest = world.seen();
    expect(new Set(rest.map((text) => text.split("=")[1]))).toEqual(new Set(["40"]));
    expect(new Set(rest.map((text) => text.split("=")[0])).size).toBe(2000);
  });

  test("grow old without anything happening, by the tick or by the next news", () => {
    const world = started(engineState({ skus: many(2) }));
    world.watch("S-0");
    world.clock.at += 1000;
    for (const tick of world.ticks) tick();
    expect(world.seen()).toHaveLength(1);
    // A page that nobody sees has its timers slowed down: news from the worker do as well.
    world.clock.at += 1000;
    world.next({ entries: 999 });
    expect(world.seen()).toHaveLength(1);
  });

  test("that are gone are left alone, however often they are told to go", () => {
    const skus = many(2);
    const world = started(engineState({ skus }));
    const stop = world.watch("S-0");
    const other = world.watch("S-0");
    stop();
    stop();
    world.next({ skus: without(skus, 0, 1) });
    expect(world.seen()).toEqual(["S-0=1"]);
    other();
    expect(world.ticks.size).toBe(0);
  });
});

describe("the memory of the last reading", () => {
  const read = (lastOkAt: number | null) => [channelState({ lastOkAt })];

  test("outlives a reload, for its own book", () => {
    const world = started(engineState({ channels: read(NOON_ISH - 2000) }));
    const after = readMemory(() => world.storage);
    expect(after.lastRead("rehearsal-r1", "tiktok")).toBe(NOON_ISH - 2000);
    expect(after.lastRead("rehearsal-r1", "ebay")).toBeNull();
    expect(after.lastRead("live", "tiktok")).toBeNull();
  });

  test("is kept once a second at most, and not overwritten by a start that has read nothing", () => {
    const world = started(engineState({ channels: read(NOON_ISH) }));
    world.next({ channels: read(NOON_ISH + 100) });
    expect(readMemory(() => world.storage).lastRead("rehearsal-r1", "tiktok")).toBe(NOON_ISH);
    world.clock.at += 1000;
    world.next({ channels: read(NOON_ISH + 900) });
    world.clock.at += 1000;
    world.next({ channels: read(null) });
    expect(readMemory(() => world.storage).lastRead("rehearsal-r1", "tiktok")).toBe(NOON_ISH + 900);
  });

  test("of another form, or in a browser that keeps nothing, is none", () => {
    for (const text of ["{", "[]", '{"book":1}', '{"book":"live","times":{"tiktok":"x"}}']) {
      const storage = { getItem: () => text, setItem: () => undefined } as never;
      expect(readMemory(() => storage).lastRead("live", "tiktok")).toBeNull();
    }
    const forbidden = readMemory(() => {
      throw new Error("forbidden");
    });
    forbidden.keep(engineState(), NOON_ISH);
    expect(forbidden.lastRead("live", "tiktok")).toBeNull();
  });
});
