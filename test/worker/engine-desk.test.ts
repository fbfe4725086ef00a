/**
 * The seller's word, from the worker's boundary to the ledger and the journal: an open book, its
 * engine and the companion's contract, under a clock that the test moves.
 */
import { describe, expect, test } from "@jest/globals";
import { askViews } from "../../src/sync/ask-view";
import { driftViews } from "../../src/sync/drift";
import type { PreflightLine } from "../../src/sync/preflight";
import { newestStream, streamView } from "../../src/sync/view";
import { CompanionClient } from "../../src/worker/companion-client";
import type { StreamOrder } from "../../src/worker/engine-api";
import { LiveRecord } from "../../src/worker/live-record";
import { mappedNote } from "../../src/worker/live-mapping";
import {
  booked,
  clientOptions,
  DAY,
  inJournal,
  lead,
  pass,
  site,
  START,
  told,
} from "../support/desk-world";
import { SKU } from "../support/entries";
import { receipt, running } from "../support/engine-world";

const acts = { orange: "ask", red: "tell", countdownMs: 20_000 } as const;

describe("an alert that asks", () => {
  test("is answered over the boundary, in the journal too, and outlives the worker", async () => {
    const first = await lead();
    expect(await told(first.desk.setActs("nobody", acts))).toEqual({
      ok: false,
      error: { code: "stream_unknown" },
    });
    expect(await told(first.desk.setActs(null, { ...acts, countdownMs: 5 }))).toEqual({
      ok: false,
      error: { code: "bad_acts" },
    });
    expect((await told(first.desk.setActs(null, acts))).ok).toBe(true);
    const now = site.time.now();
    await booked(first.book, ...running(now, { planned: 100, reserved: 90 }));
    await pass(5000);
    for (let n = 0; n < 75; n += 1) site.tiktok.buy(SKU, 1);
    await pass(3000);
    const [ask] = askViews(first.book.bookkeeper.projection);
    expect(ask?.left).toBe(45);
    first.book.close();
    const next = await lead();
    // The countdown ended while the next worker took over: done, to be safe.
    await pass(10_000);
    expect(await told(next.desk.answer(ask!.id, false))).toEqual({
      ok: false,
      error: { code: "ask_over" },
    });
    expect(site.shopify.listed.get(SKU)).toBe(0);
    const kinds = inJournal().map(({ kind }) => kind);
    expect(kinds.filter((kind) => /^act|^acts|^paused/.test(kind))).toEqual([
      "acts_set",
      "act_asked",
      "act_answered",
      "paused",
    ]);
    const { projection } = next.book.bookkeeper;
    const { view } = streamView(projection, newestStream(projection)!, site.time.now());
    expect(view).toMatchObject({ acts, paused: true, stopped: false });
  });

  test("takes a refusal as an answer", async () => {
    const { book, desk } = await lead();
    await told(desk.setActs(null, { ...acts, countdownMs: 60_000 }));
    await booked(book, ...running(site.time.now(), { planned: 100, reserved: 90 }));
    await pass(5000);
    for (let n = 0; n < 75; n += 1) site.tiktok.buy(SKU, 1);
    await pass(3000);
    const [ask] = askViews(book.bookkeeper.projection);
    expect(await told(desk.answer(ask!.id, false))).toEqual({ ok: true, value: null });
    await pass(120_000);
    expect(site.shopify.listed.get(SKU)).toBeGreaterThan(0);
    expect(inJournal().filter(({ kind }) => kind === "paused")).toEqual([]);
  });
});

test("a case of drift is settled by one click, with an oversell told where it makes one", async () => {
  const { book, desk } = await lead();
  await booked(book, receipt(5, "few"));
  await pass(10_000);
  site.tiktok.listed.set(SKU, 100);
  await pass(60_000);
  const { engine } = book;
  const [drift] = driftViews(book.bookkeeper.projection, book.catalogue, () => []);
  expect(drift).toMatchObject({ n: -25, shown: 100, ours: 125 });
  expect(await told(desk.settleDrift("another", "accept"))).toEqual({
    ok: false,
    error: { code: "case_closed" },
  });
  expect(await told(desk.settleDrift(drift!.id, "accept"))).toEqual({ ok: true, value: null });
  await pass(10_000);
  expect(book.bookkeeper.projection.balances.get(SKU)?.available).toBe(100);
  expect(inJournal().at(-1)).toBeDefined();
  expect(inJournal().find(({ kind }) => kind === "drift_settled")?.detail).toBe("accepted");
  expect(engine?.situation().catalogue.find("tiktok", SKU)?.observed).toBe(100);
});

describe("before a stream", () => {
  const order: StreamOrder = {
    id: null,
    sku: SKU,
    planned: 60,
    channel: "tiktok",
    creator: "Mia",
    followers: 80_000,
    startsAt: START + DAY,
    minutes: 180,
    policy: "buffer",
  };

  test("it is planned, reserved by itself, looked over, and compared", async () => {
    const { book, desk } = await lead();
    const made = await told(desk.planStream(order));
    if (!made.ok) throw new Error(made.error.code);
    await pass(10_000);
    const stream = book.bookkeeper.projection.streams.get(made.value.id);
    expect(stream).toMatchObject({ policy: "buffer", made: 60, phase: "planned" });
    const lines = await told(desk.preflight(null));
    const of = (code: PreflightLine["code"], channel: string | null = null) =>
      lines.find((line) => line.code === code && line.channel === channel);
    expect(of("connection", "tiktok")).toMatchObject({ status: "ok", detail: "" });
    expect(of("clock", "tiktok")).toMatchObject({ status: "warn", n: 90_000 });
    expect(of("clock", "shopify")).toMatchObject({ status: "warn", n: null });
    expect(of("plan_stock")).toMatchObject({ status: "ok", n: 120, of: 60 });
    expect(of("creator_stock")).toMatchObject({ status: "warn", n: 120, of: 150 });
    expect(of("reservation")).toMatchObject({ status: "ok", n: 60, of: 60 });
    expect(of("journal")).toMatchObject({ status: "ok", n: 0 });
    expect(of("leads")).toMatchObject({ status: "ok" });
    expect(of("gap")).toMatchObject({ status: "ok" });
    expect(of("drift")).toMatchObject({ status: "ok", n: 0 });
    expect(of("latency", "shopify")).toMatchObject({ status: "warn", n: null });
    const compared = await desk.comparePolicies(SKU);
    expect(compared).toMatchObject({ stream: made.value.id, current: "buffer" });
    expect(compared?.rows.map(({ policy }) => policy)).toEqual(["seed", "buffer", "escrow"]);
    expect(await desk.comparePolicies("none")).toBeNull();
    const named = await desk.preflight(made.value.id);
    expect(named.map(({ code }) => code)).toEqual(lines.map(({ code }) => code));
    const shopAlone = await desk.preflight("no such stream");
    expect(shopAlone.some(({ code }) => code === "plan_stock")).toBe(false);
    // Planned anew before it starts; what is wrong is named.
    const again = { ...order, id: made.value.id, planned: 70 };
    expect((await told(desk.planStream(again))).ok).toBe(true);
    expect(book.bookkeeper.projection.streams.get(made.value.id)?.planned).toBe(70);
    for (const [bad, error] of [
      [{ planned: 0 }, { code: "bad_plan", field: "planned" }],
      [{ startsAt: START }, { code: "bad_plan", field: "startsAt" }],
      [{ sku: "none" }, { code: "sku_unknown" }],
      [{ channel: "ebay" }, { code: "listing_unknown" }],
      [{ id: "stream-x" }, { code: "stream_unknown" }],
    ] as const) {
      expect(await told(desk.planStream({ ...order, ...bad }))).toEqual({ ok: false, error });
    }
  });

  test("a fault shows in the list: a refused shop, a companion that is away, a gap, a slow test", async () => {
    const { desk } = await lead();
    expect(await told(desk.testLatency({ sku: SKU, from: "shopify", to: "tiktok" }))).toEqual({
      ok: true,
      value: null,
    });
    expect(await told(desk.testLatency({ sku: SKU, from: "shopify", to: "tiktok" }))).toEqual({
      ok: false,
      error: { code: "latency_running" },
    });
    site.shopify.buy(SKU, 1);
    await pass(20_000);
    site.tiktok.fault = { kind: "unauthorised", code: "x", message: "" };
    await pass(20_000);
    const lines = await told(desk.preflight(null));
    expect(
      lines.find(({ code, channel }) => code === "latency" && channel === "tiktok"),
    ).toMatchObject({ status: "ok", detail: "shopify" });
    expect(lines.find(({ code }) => code === "connection")).toMatchObject({
      status: "fail",
      detail: "unauthorised",
    });
    expect(await desk.stopLatency()).toBeNull();
    site.companion.restart(60_000);
    await pass(10_000);
    const away = await desk.preflight(null);
    expect(away.find(({ code }) => code === "leads")?.status).toBe("ok");
  });

  test("a running stream is cut at once, and another book than the live one plans none", async () => {
    const { book, desk } = await lead();
    const now = site.time.now();
    await booked(book, ...running(now, { planned: 60, reserved: 60 }));
    await pass(5000);
    expect(await told(desk.cutStream("nobody"))).toMatchObject({ ok: false });
    expect(await told(desk.cutStream("stream-1"))).toEqual({ ok: true, value: null });
    await pass(20_000);
    expect(newestStream(book.bookkeeper.projection)?.phase).toBe("ended");
    book.close();
  });

  test("a rehearsal plans nothing and maps nothing", async () => {
    const { desk } = await lead("rehearsal-a");
    const notLive = { ok: false, error: { code: "not_live" } };
    expect(await told(desk.planStream(order))).toEqual(notLive);
    expect(await told(desk.cutStream("stream-1"))).toEqual(notLive);
    expect(await told(desk.remapListing("tiktok", SKU, SKU))).toEqual(notLive);
  });
});

test("a mapped listing sells another SKU that the book has, and only such", async () => {
  const { book, desk } = await lead();
  const listing = { channel: "tiktok", listingId: "L1", parentId: "P", locationId: "1" } as const;
  await booked(book, mappedNote({ listing, sku: SKU, title: "Mug", parts: [] }, site.time.now()));
  await booked(book, receipt(5, "other", "OTHER" as typeof SKU));
  await pass(2000);
  const remap = (id: string, sku: string) => told(desk.remapListing("tiktok", id, sku));
  expect(await remap("L2", "OTHER")).toEqual({ ok: false, error: { code: "listing_unknown" } });
  expect(await remap("L1", "NEVER")).toEqual({ ok: false, error: { code: "sku_unknown" } });
  expect(site.reopened).toBe(0);
  expect(await remap("L1", "OTHER")).toEqual({ ok: true, value: null });
  expect(site.reopened).toBe(1);
  const record = new LiveRecord(new CompanionClient(clientOptions()));
  await told(record.refresh());
  expect(record.mapped.get("tiktok/L1")).toMatchObject({ sku: "OTHER", title: "Mug" });
});

test("a window that only follows is refused, and nothing is booked by it", async () => {
  const { book, desk } = await lead();
  const following = book.setLeads(false);
  await pass(3000);
  await following;
  const entries = site.companion.records.length;
  const refused = { ok: false, error: { code: "not_leader" } };
  expect(await told(desk.setActs(null, acts))).toEqual(refused);
  expect(await told(desk.answer("x", true))).toEqual(refused);
  expect(await told(desk.settleDrift("x", "push"))).toEqual(refused);
  expect(await told(desk.testLatency({ sku: SKU, from: "tiktok", to: "shopify" }))).toEqual(
    refused,
  );
  expect(await desk.comparePolicies(SKU)).toBeNull();
  const lines = await desk.preflight(null);
  expect(lines.find(({ code }) => code === "leads")?.status).toBe("warn");
  expect(site.companion.records).toHaveLength(entries);
});

describe("the run-book and the streams of a book", () => {
  test("a step is kept once, with its time, and told again after a restart", async () => {
    const first = await lead();
    await booked(first.book, ...running(site.time.now(), { planned: 60, reserved: 60 }));
    const done = site.time.now();
    expect(await told(first.desk.tick("stream-1", "said_it"))).toEqual({ ok: true, value: null });
    await pass(60_000);
    expect(await told(first.desk.tick("stream-1", "said_it"))).toEqual({ ok: true, value: null });
    expect(inJournal().filter(({ kind }) => kind === "run_book")).toHaveLength(1);
    expect(await told(first.desk.tick("no such", "said_it"))).toEqual({
      ok: false,
      error: { code: "stream_unknown" },
    });
    expect(await first.desk.runBook("no such")).toEqual({});
    first.book.close();
    const next = await lead();
    const steps = await told(next.desk.runBook("stream-1"));
    expect(Object.keys(steps)).toEqual(["said_it"]);
    expect(steps["said_it"]! - done).toBeLessThan(1000);
  });

  test("streams are listed the newest first, with all that are not over", async () => {
    const { book, desk } = await lead();
    const order: StreamOrder = {
      id: null,
      ...{ sku: SKU, planned: 10, channel: "tiktok", creator: "Mia", followers: 1000 },
      ...{ startsAt: START + 2 * DAY, minutes: 60, policy: "escrow" },
    };
    expect(await desk.streams()).toEqual([]);
    const first = await told(desk.planStream(order));
    const second = await told(desk.planStream({ ...order, creator: "Lee" }));
    await booked(book, ...running(site.time.now(), { planned: 20, reserved: 20 }));
    const listed = await desk.streams();
    const idOf = (made: typeof first) => (made.ok ? made.value.id : "");
    expect(listed.map(({ id }) => id)).toEqual(["stream-1", idOf(second), idOf(first)]);
    expect(listed.map(({ phase, creator }) => [phase, creator]).slice(1)).toEqual([
      ["preparing", "Lee"],
      ["preparing", "Mia"],
    ]);
  });
});
