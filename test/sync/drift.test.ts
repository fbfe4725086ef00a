/** A number that nobody can explain is a case, settled by one click: through the real engine. */
import { describe, expect, test } from "@jest/globals";
import { balancesOf } from "../../src/stock/projection";
import { driftViews, type DriftChoice } from "../../src/sync/drift";
import { choicesOf, settleDrift } from "../../src/sync/settle-drift";
import { count, SKU } from "../support/entries";
import { engineWorld, running, START, type EngineWorld } from "../support/engine-world";

/** 100 units, and both channels show what they should: 100 and 98. */
async function calm(): Promise<EngineWorld> {
  const w = engineWorld(100);
  await w.book(count(100));
  w.start();
  await w.pass(20_000);
  expect([w.tiktok.listed.get(SKU), w.shopify.listed.get(SKU)]).toEqual([100, 98]);
  return w;
}

const views = (w: EngineWorld) => {
  const situation = w.engine.situation();
  return driftViews(w.books.projection, situation.catalogue, (state, drift) =>
    choicesOf(situation, state, drift),
  );
};

async function settle(w: EngineWorld, choice: DriftChoice): Promise<string> {
  const [view] = views(w);
  let outcome = "no case";
  await w.books.transact((_projection, add) => {
    const settled = settleDrift(w.engine.situation(), view?.id ?? "", choice);
    outcome = settled.ok ? "settled" : settled.error.code;
    if (!settled.ok) return;
    settled.value.moves.forEach(add);
    add(settled.value.note);
  });
  return outcome;
}

const available = (w: EngineWorld) => balancesOf(w.books.projection, SKU).available;

describe("fewer than ours", () => {
  async function lowered(): Promise<EngineWorld> {
    const w = await calm();
    w.tiktok.listed.set(SKU, 88);
    await w.pass(60_000);
    return w;
  }

  test("is a case with its likely causes, and the units count as sold meanwhile", async () => {
    const w = await lowered();
    expect(views(w)).toEqual([
      {
        id: `drift-tiktok-${SKU}`,
        sku: SKU,
        channel: "tiktok",
        listingId: SKU,
        n: -12,
        shown: 88,
        ours: 100,
        causes: ["order_not_listed", "lowered_by_hand"],
        openedAt: expect.any(Number),
        overwritten: false,
        choices: ["accept", "push", "ignore"],
      },
    ]);
    expect(w.tiktok.listed.get(SKU)).toBe(88);
    expect(w.shopify.listed.get(SKU)).toBeLessThanOrEqual(86);
    expect(available(w)).toBe(100);
  });

  test("accepted: they are sold elsewhere, and stock says so for good", async () => {
    const w = await lowered();
    expect(await settle(w, "accept")).toBe("settled");
    await w.pass(20_000);
    expect(available(w)).toBe(88);
    expect([w.tiktok.listed.get(SKU), w.shopify.listed.get(SKU)]).toEqual([88, 86]);
    expect(w.notes("drift_settled")[0]).toMatchObject({ detail: "accepted", n: 88 });
    expect(w.entries.find((e) => e.type === "move" && e.reason === "drift")).toMatchObject({
      kind: "count",
      quantity: 12,
      actor: "seller",
    });
    // A worker that starts anew has not forgotten it.
    await w.restart(3000);
    await w.pass(90_000);
    expect(views(w)).toEqual([]);
    expect(w.notes("drift_opened")).toHaveLength(1);
    expect(available(w)).toBe(88);
  });

  test("pushed: ours is right, and is sent again", async () => {
    const w = await lowered();
    expect(await settle(w, "push")).toBe("settled");
    await w.pass(20_000);
    expect(available(w)).toBe(100);
    expect([w.tiktok.listed.get(SKU), w.shopify.listed.get(SKU)]).toEqual([100, 98]);
    expect(views(w)).toEqual([]);
  });

  test("ignored: nothing changes, and no case is opened again until the difference is another", async () => {
    const w = await lowered();
    expect(await settle(w, "ignore")).toBe("settled");
    await w.pass(120_000);
    await w.restart(3000);
    await w.pass(120_000);
    expect(views(w)).toEqual([]);
    expect(w.tiktok.listed.get(SKU)).toBe(88);
    expect(w.notes("drift_opened")).toHaveLength(1);
    w.tiktok.listed.set(SKU, 80);
    await w.pass(60_000);
    expect(views(w)).toMatchObject([{ n: -20 }]);
  });

  test("closes by itself when its orders are listed, and then nothing is to be settled", async () => {
    const w = await calm();
    const order = w.tiktok.buy(SKU, 12)!;
    order.updatedAt = w.time.now() + 90_000;
    await w.pass(60_000);
    expect(views(w)).toMatchObject([{ n: -12 }]);
    const { id } = views(w)[0]!;
    await w.pass(60_000);
    expect(views(w)).toEqual([]);
    expect(w.notes("drift_settled")[0]).toMatchObject({ detail: "explained" });
    expect(settleDrift(w.engine.situation(), id, "accept")).toEqual({
      ok: false,
      error: { code: "case_closed" },
    });
  });
});

describe("more than ours", () => {
  async function raised(): Promise<EngineWorld> {
    const w = await calm();
    w.shopify.listed.set(SKU, 150);
    await w.pass(10_000);
    return w;
  }

  test("is set back at once, and stays a case until she says what it was", async () => {
    const w = await raised();
    expect(w.shopify.listed.get(SKU)).toBe(98);
    await w.pass(120_000);
    expect(views(w)).toMatchObject([
      { n: 52, overwritten: true, causes: ["raised_by_hand", "cancellation_not_listed"] },
    ]);
    expect(views(w)[0]?.choices).toEqual(["accept", "push"]);
    expect(await settle(w, "ignore")).toBe("not_offered");
  });

  test("accepted: that many more are there", async () => {
    const w = await raised();
    expect(await settle(w, "accept")).toBe("settled");
    await w.pass(20_000);
    expect(available(w)).toBe(152);
    expect([w.tiktok.listed.get(SKU), w.shopify.listed.get(SKU)]).toEqual([152, 150]);
    expect(views(w)).toEqual([]);
  });

  test("ours confirmed: the case is closed and nothing moves", async () => {
    const w = await raised();
    expect(await settle(w, "push")).toBe("settled");
    await w.pass(20_000);
    expect(available(w)).toBe(100);
    expect(views(w)).toEqual([]);
  });

  test("explains itself when the cancellations are listed late", async () => {
    const w = await calm();
    const order = w.shopify.buy(SKU, 4)!;
    await w.pass(20_000);
    w.shopify.cancel(order);
    order.updatedAt = w.time.now() + 30_000;
    await w.pass(20_000);
    expect(views(w)).toMatchObject([{ n: 4, overwritten: true }]);
    await w.pass(60_000);
    expect(views(w)).toEqual([]);
    expect(w.notes("drift_settled")[0]).toMatchObject({ detail: "explained" });
    expect(available(w)).toBe(100);
  });
});

test("the live listing of an escrow stream is never offered a push while it sells", async () => {
  const w = engineWorld(120);
  await w.book(count(120), ...running(START, { planned: 90, reserved: 90 }));
  w.start();
  await w.pass(20_000);
  const shown = w.tiktok.listed.get(SKU)!;
  w.tiktok.listed.set(SKU, shown - 5);
  await w.pass(60_000);
  expect(views(w)).toMatchObject([{ n: -5, choices: ["accept", "ignore"] }]);
  expect(await settle(w, "push")).toBe("not_offered");
  expect(await settle(w, "accept")).toBe("settled");
  await w.pass(5000);
  const balances = balancesOf(w.books.projection, SKU);
  // What the live listing lost came out of its share.
  expect([balances.available, balances.reserved.get("stream-1")]).toEqual([30, 85]);
});

test("a listing that a campaign holds is not written, and the others leave its units alone", async () => {
  const w = await calm();
  w.tiktok.locked.set(SKU, 40);
  w.shopify.buy(SKU, 10);
  await w.pass(20_000);
  expect(w.tiktok.listed.get(SKU)).toBe(100);
  expect(w.shopify.listed.get(SKU)).toBeLessThanOrEqual(48);
  expect(w.engine.health.get("tiktok")?.lockedListings).toBe(1);
  w.tiktok.locked.clear();
  await w.pass(20_000);
  expect(w.tiktok.listed.get(SKU)).toBe(90);
});
