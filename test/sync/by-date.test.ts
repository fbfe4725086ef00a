/** Reservations and streams by their dates, and the health of every channel: through the real engine. */
import { describe, expect, test } from "@jest/globals";
import { note, type Draft } from "../../src/stock/entries";
import { balancesOf } from "../../src/stock/projection";
import { rulingStream } from "../../src/sync/allocate";
import { channelViews } from "../../src/sync/channel-view";
import { newestStream } from "../../src/sync/view";
import { count, SKU } from "../support/entries";
import { engineWorld, START, type EngineWorld } from "../support/engine-world";

/** Of the stream's own time: it is played at 60 times life's speed. */
const SPEED = 60;
const HOUR = 3_600_000 / SPEED;
const DAY = 24 * HOUR;
const SLOW = { pollIdleMs: 10_000, pollLiveMs: 1000 };

function plan(id: string, startsAt: number, planned: number): Draft {
  const detail = JSON.stringify({
    ...{
      channel: "tiktok",
      creator: "Mia",
      followers: 80_000,
      speed: SPEED,
      minutes: 180,
      startsAt,
    },
  });
  return note("stream_planned", `planned/${id}`, START, { sku: SKU, n: planned, detail, ref: id });
}

async function planned(startsAt: number): Promise<EngineWorld> {
  const w = engineWorld(100, SLOW);
  await w.book(count(100), plan("s", startsAt, 60));
  w.start();
  await w.pass(HOUR);
  return w;
}

const reserved = (w: EngineWorld) => balancesOf(w.books.projection, SKU).reserved.get("s") ?? 0;

describe("a stream that is planned by its date", () => {
  test("takes nothing from anybody before its window opens", async () => {
    const w = await planned(START + 7 * DAY);
    expect(rulingStream(w.books.projection, SKU)).toBeNull();
    expect([w.tiktok.listed.get(SKU), w.shopify.listed.get(SKU)]).toEqual([100, 98]);
    expect(reserved(w)).toBe(0);
  });

  test("is reserved five days before, starts, ends, and gives back what is left a day after", async () => {
    const w = await planned(START + 5 * DAY + 2 * HOUR);
    expect(reserved(w)).toBe(0);
    // No channel answers on that day: it opens all the same.
    w.tiktok.fault = { kind: "companion_down" };
    w.shopify.fault = { kind: "companion_down" };
    await w.pass(HOUR + 6000);
    expect(reserved(w)).toBe(60);
    w.tiktok.fault = null;
    w.shopify.fault = null;
    await w.pass(HOUR);
    expect([w.tiktok.listed.get(SKU), w.shopify.listed.get(SKU)]).toEqual([60, 38]);
    await w.pass(5 * DAY - HOUR);
    const stream = newestStream(w.books.projection)!;
    expect(stream).toMatchObject({ phase: "running", startedAt: START + 5 * DAY + 2 * HOUR });
    w.tiktok.buy(SKU, 10);
    await w.pass(4 * HOUR);
    expect(newestStream(w.books.projection)).toMatchObject({ phase: "ended" });
    expect(reserved(w)).toBe(50);
    await w.pass(DAY - 2 * HOUR);
    expect(reserved(w)).toBe(50);
    await w.pass(2 * HOUR);
    expect(reserved(w)).toBe(0);
    expect(w.books.projection.streams.get("s")).toMatchObject({
      released: true,
      releasedUnits: 50,
    });
    expect(w.tiktok.listed.get(SKU)).toBe(90);
  });
});

describe("the health of a channel", () => {
  const viewOf = (w: EngineWorld, channel: string) =>
    channelViews(w.books.projection, w.engine.health, w.time.now(), () => 40).find(
      (each) => each.channel === channel,
    )!;

  test("tells when it was read, when it is next, what is left to spend and what waits", async () => {
    const w = engineWorld(100);
    await w.book(count(100));
    w.start();
    w.shopify.refuses = "unknown_listing";
    await w.pass(20_000);
    const view = viewOf(w, "shopify");
    expect(w.time.now() - view.lastOkAt!).toBeLessThan(4000);
    expect(view.nextPollAt! - w.time.now()).toBeGreaterThan(0);
    expect(view).toMatchObject({ status: "ok", error: null, lastError: null, skewMs: 40 });
    expect(view.readEveryMs).toBeGreaterThan(2000);
    expect(view.budget.map(({ kind }) => kind)).toEqual([
      "read_stock",
      "read_orders",
      "write_stock",
    ]);
    await w.pass(60_000);
    w.shopify.refuses = null;
    await w.pass(120_000);
    expect(viewOf(w, "shopify").backlog).toBe(0);
  });

  test("keeps the last error's code after it has passed", async () => {
    const w = engineWorld(100);
    await w.book(count(100));
    w.start();
    await w.pass(5000);
    w.tiktok.fault = { kind: "unauthorised", code: "105002", message: "expired" };
    await w.pass(10_000);
    const error = { kind: "unauthorised", detail: "105002 expired" };
    expect(viewOf(w, "tiktok")).toMatchObject({ status: "failing", error, lastError: error });
    w.tiktok.fault = null;
    await w.pass(10_000);
    expect(viewOf(w, "tiktok")).toMatchObject({ status: "ok", error: null, lastError: error });
    expect(viewOf(w, "shopify").lastError).toBeNull();
  });
});
