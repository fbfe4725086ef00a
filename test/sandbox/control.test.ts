import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { parse } from "valibot";
import {
  rehearsalOrderReplySchema,
  rehearsalStateSchema,
  truthSchema,
} from "../../src/channels/rehearsal-contract";
import { items, openStand, type Stand } from "./stand";

let stand: Stand;
beforeEach(async () => {
  stand = await openStand();
});
afterEach(() => stand.close());

const state = async () => parse(rehearsalStateSchema, (await stand.control("")).body);

describe("the remote control", () => {
  test("tells an idle run and its truth in the contract's words", async () => {
    const idle = await state();
    expect(idle).toMatchObject({ phase: "idle", streamMinutes: 180, startedAt: null });
    expect(idle.creator).toEqual({ name: "Mia Chen", followers: 80_000 });
    expect(idle.items.map((item) => item.sku)).toEqual(["OR-82484", "OR-23243", "OR-21733"]);
    const truth = parse(truthSchema, (await stand.control("/truth")).body);
    expect(truth).toMatchObject({ run: idle.run, orders: 0 });
  });

  test("starts the run on stage, brings shoppers, and ends it by itself", async () => {
    const { run } = await state();
    const started = await stand.control("/start", { run, speed: 180 });
    expect(started.body).toMatchObject({ phase: "running", speed: 180 });
    expect(started.body.endsAt - started.body.startedAt).toBe(60_000);
    for (let i = 0; i < 30; i += 1) {
      stand.pass(1000);
      await state();
    }
    const half = (await stand.control("/truth")).body.orders;
    expect(half).toBeGreaterThan(50);
    const again = await stand.control("/start", { run, speed: 10 });
    expect(again.body.speed).toBe(180);
    for (let i = 0; i < 31; i += 1) {
      stand.pass(1000);
      await state();
    }
    expect((await state()).phase).toBe("ended");
    expect((await stand.control("/start", { run, speed: 60 })).body.error.code).toBe("ended");
  });

  test("sends shoppers away on stop, and builds a fresh shop on new", async () => {
    const before = await state();
    await stand.control("/start", { run: before.run, speed: 60 });
    stand.pass(20_000);
    await stand.order("tiktok", 2);
    expect((await stand.control("/stop", { run: before.run })).body.phase).toBe("ended");
    const fresh = (await stand.control("/new", {})).body;
    expect(fresh.run).not.toBe(before.run);
    expect(fresh.phase).toBe("idle");
    expect((await stand.control("/truth")).body.orders).toBe(0);
    expect(await stand.truth()).toMatchObject({ listed: { tiktok: 338, shopify: 338 } });
  });

  test("refuses another run, a speed out of range and a body that is no JSON", async () => {
    const { run } = await state();
    expect((await stand.control("/start", { run: "other", speed: 60 })).body.error.code).toBe(
      "wrong_run",
    );
    expect((await stand.control("/stop", { run: "other" })).status).toBe(409);
    for (const speed of [0, 3601, "60"]) {
      expect((await stand.control("/start", { run, speed })).status).toBe(400);
    }
    const broken = await stand.call("/rehearsal/new", { method: "POST", body: "{" });
    expect(broken.body.error.code).toBe("bad_request");
    expect((await state()).phase).toBe("idle");
  });

  test("places one shopper's order, or says that the listing is empty", async () => {
    await stand.order("shopify", 38);
    expect(await stand.truth()).toMatchObject({
      committed: { shopify: 38 },
      sold: { shopify: 38 },
    });
    for (let i = 0; i < 10; i += 1) await stand.order("shopify", 30);
    const wish = { channel: "shopify", sku: items.featured.sku, units: 1, paid: true };
    const ghost = await stand.control("/order", { ...wish, channel: "tiktok", paid: false });
    expect(parse(rehearsalOrderReplySchema, ghost.body).order).toMatch(/^\d{19}$/);
    expect(await stand.truth()).toMatchObject({ held: { tiktok: 1 } });
    const empty = await stand.control("/order", wish);
    expect([empty.status, empty.body.error.code]).toEqual([409, "sold_out"]);
    expect((await stand.control("/order", { ...wish, sku: "nothing" })).status).toBe(404);
    expect((await stand.control("/order", { ...wish, units: 0 })).status).toBe(400);
    expect((await stand.control("/order", { ...wish, channel: "etsy" })).status).toBe(400);
  });

  test("refuses bodies of more than a megabyte everywhere", async () => {
    const body = " ".repeat(1_000_001);
    for (const path of [
      "/rehearsal/new",
      "/order/202309/orders/search",
      "/admin/oauth/access_token",
    ]) {
      expect((await stand.call(path, { method: "POST", body })).status).toBe(413);
    }
  });
});
