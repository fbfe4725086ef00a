/** Alerts act as the seller set them, and take it back: through the real engine. */
import { describe, expect, test } from "@jest/globals";
import { actsOf } from "../../src/stock/acts";
import { note } from "../../src/stock/entries";
import { answerNotes } from "../../src/sync/acting";
import { askViews } from "../../src/sync/ask-view";
import { count, SKU } from "../support/entries";
import { engineWorld, receipt, running, START, type EngineWorld } from "../support/engine-world";

const STREAM = "stream-1";

function set(orange: string, red: string, countdownMs = 10_000, ref = STREAM) {
  const detail = JSON.stringify({ orange, red, countdownMs });
  return note("acts_set", `set/${orange}/${red}/${ref}`, START, { ref, detail });
}

/** 120 units of which 90 are the stream's, all shown as they should be. */
async function opened(
  policy: "seed" | "buffer" | "escrow",
  ...settings: ReturnType<typeof set>[]
): Promise<EngineWorld> {
  const w = engineWorld(120);
  await w.book(count(120), ...running(START, { planned: 120, reserved: 90, policy }), ...settings);
  w.start();
  await w.pass(20_000);
  return w;
}

/** What the live channel can still sell falls to `left`. */
async function sellDownTo(w: EngineWorld, left: number): Promise<void> {
  const { balances } = w.books.projection;
  const own = balances.get(SKU)?.reserved.get(STREAM) ?? 0;
  const now = (balances.get(SKU)?.available ?? 0) + own;
  for (let n = now; n > left; n -= 1) w.tiktok.buy(SKU, 1);
  await w.pass(3000);
}

async function answer(w: EngineWorld, confirms: boolean): Promise<boolean> {
  const ask = askViews(w.books.projection)[0];
  if (ask === undefined) return false;
  const notes = answerNotes(w.engine.situation(), ask.id, confirms, () => ask.left);
  if (notes !== null) await w.book(...notes);
  return notes !== null;
}

const told = (w: EngineWorld) =>
  w
    .notes("act_asked", "act_answered", "paused", "resumed", "live_stopped", "live_resumed")
    .map(({ kind, detail }) => (detail === "" ? kind : `${kind} ${detail}`));

describe("orange", () => {
  test("is automatic unless the seller says otherwise, and under the pace's policy when she does", async () => {
    for (const policy of ["escrow", "buffer", "seed"] as const) {
      const w = await opened(policy, ...(policy === "buffer" ? [set("auto", "tell")] : []));
      await sellDownTo(w, 49);
      await w.pass(5000);
      expect(w.shopify.listed.get(SKU)).toBe(0);
      expect(told(w)).toEqual(["paused"]);
    }
  });

  test("asks, and pauses the others only when she says yes", async () => {
    const w = await opened("escrow", set("ask", "tell", 60_000));
    await sellDownTo(w, 49);
    const [ask] = askViews(w.books.projection);
    expect(ask).toMatchObject({
      act: "pause_others",
      level: "orange",
      channel: "tiktok",
      left: 49,
    });
    expect(ask!.deadline - ask!.askedAt).toBe(60_000);
    expect(w.shopify.listed.get(SKU)).toBeGreaterThan(0);
    expect(await answer(w, true)).toBe(true);
    await w.pass(5000);
    expect(w.shopify.listed.get(SKU)).toBe(0);
    expect(told(w)).toEqual([
      "act_asked pause_others",
      "act_answered pause_others confirmed",
      "paused",
    ]);
    expect(w.notes("act_answered")[0]?.actor).toBe("seller");
    expect(await answer(w, true)).toBe(false);
  });

  test("does the safe thing when the countdown ends without an answer, though no channel answers", async () => {
    const w = await opened("escrow", set("ask", "tell"));
    await sellDownTo(w, 49);
    const before = w.time.now();
    w.tiktok.fault = { kind: "server_error", status: 500, message: "" };
    w.shopify.fault = w.tiktok.fault;
    await w.pass(12_000);
    expect(told(w).slice(1)).toEqual(["act_answered pause_others timeout", "paused"]);
    const deadline = w.notes("act_asked")[0]!.n;
    const [paused] = w.notes("paused");
    expect(paused!.at).toBeGreaterThanOrEqual(deadline);
    expect(paused!.at - deadline).toBeLessThan(1000);
    expect(paused!.at).toBeGreaterThan(before);
    expect(w.notes("act_answered")[0]?.actor).toBeUndefined();
    w.tiktok.fault = null;
    w.shopify.fault = null;
    await w.pass(15_000);
    expect(w.shopify.listed.get(SKU)).toBe(0);
  });

  test("takes no for an answer until stock has recovered, and then asks again", async () => {
    const w = await opened("escrow", set("ask", "tell"));
    await sellDownTo(w, 49);
    await answer(w, false);
    await sellDownTo(w, 45);
    await w.pass(30_000);
    expect(w.shopify.listed.get(SKU)).toBeGreaterThan(0);
    expect(told(w)).toHaveLength(2);
    // Threshold and a tenth: 54 is not enough, 55 is.
    await w.book(receipt(9, "nine"));
    await w.pass(5000);
    expect(told(w)).toHaveLength(2);
    await w.book(receipt(1, "ten"));
    await w.pass(5000);
    expect(told(w).at(-1)).toBe("act_answered pause_others rearmed");
    await sellDownTo(w, 49);
    expect(told(w).at(-1)).toBe("act_asked pause_others");
  });

  test("survives a worker that dies between question and answer", async () => {
    const w = await opened("escrow", set("ask", "tell", 30_000));
    await sellDownTo(w, 49);
    const [asked] = askViews(w.books.projection);
    await w.restart(5000);
    expect(askViews(w.books.projection)).toEqual([asked]);
    await w.pass(asked!.deadline - w.time.now() - 1000);
    expect(told(w)).toEqual(["act_asked pause_others"]);
    await w.pass(6000);
    expect(told(w).slice(1)).toEqual(["act_answered pause_others timeout", "paused"]);
    await w.restart(3000);
    await w.pass(10_000);
    expect(w.shopify.listed.get(SKU)).toBe(0);
    expect(told(w)).toHaveLength(3);
  });

  test("is undone by itself when stock recovers by a tenth, and the others sell again", async () => {
    const w = await opened("escrow");
    await sellDownTo(w, 49);
    await w.pass(5000);
    expect(w.shopify.listed.get(SKU)).toBe(0);
    await w.book(receipt(5, "five"));
    await w.pass(5000);
    expect(told(w)).toEqual(["paused"]);
    await w.book(receipt(100, "more"));
    await w.pass(10_000);
    expect(told(w)).toEqual(["paused", "resumed"]);
    expect(w.shopify.listed.get(SKU)).toBeGreaterThan(50);
  });

  test("only tells where she wants to be told only, and takes back what it did before", async () => {
    const w = await opened("escrow", set("tell", "tell"));
    await sellDownTo(w, 40);
    await w.pass(30_000);
    expect(w.shopify.listed.get(SKU)).toBeGreaterThan(0);
    expect(told(w)).toEqual([]);
    expect(w.notes("alert").map(({ detail }) => detail)).toContain("orange");
    await w.book(set("auto", "tell"));
    await w.pass(10_000);
    expect(w.shopify.listed.get(SKU)).toBe(0);
    await w.book(set("tell", "auto"));
    await w.pass(10_000);
    expect(told(w)).toEqual(["paused", "resumed"]);
    expect(w.shopify.listed.get(SKU)).toBeGreaterThan(0);
  });
});

describe("red", () => {
  test("sets the live listing to 0 under the seed's rule, and undoes it with new stock", async () => {
    const w = await opened("seed");
    await sellDownTo(w, 19);
    await w.pass(10_000);
    expect(w.tiktok.listed.get(SKU)).toBe(0);
    expect(told(w)).toEqual(["paused", "live_stopped"]);
    await w.book(receipt(2, "two"));
    await w.pass(5000);
    expect(w.tiktok.listed.get(SKU)).toBe(0);
    await w.book(receipt(1, "three"));
    await w.pass(10_000);
    expect(told(w).at(-1)).toBe("live_resumed");
    expect(w.tiktok.listed.get(SKU)).toBe(22);
  });

  test("lets escrow sell to the last unit by default", async () => {
    const w = await opened("escrow");
    await sellDownTo(w, 15);
    await w.pass(20_000);
    expect(told(w)).toEqual(["paused"]);
    expect(w.tiktok.listed.get(SKU)).toBeGreaterThan(0);
  });

  test("stops an escrow stream too where she set it so, and not one unit is lost by it", async () => {
    const w = await opened("escrow", set("auto", "ask", 5000, ""));
    await sellDownTo(w, 15);
    expect(w.books.projection.desk.book?.red).toBe("ask");
    await w.pass(15_000);
    expect(w.tiktok.listed.get(SKU)).toBe(0);
    expect(told(w)).toContain("act_answered stop_live timeout");
    await w.pass(30_000);
    expect(w.tiktok.listed.get(SKU)).toBe(0);
    await w.book(receipt(30, "goods"));
    await w.pass(30_000);
    expect(told(w).at(-1)).toBe("live_resumed");
    expect(w.tiktok.listed.get(SKU)).toBeGreaterThan(0);
    const balances = w.books.projection.balances.get(SKU)!;
    expect(balances.available + (balances.reserved.get(STREAM) ?? 0)).toBe(45);
  });
});

test("the end of the stream takes everything back", async () => {
  const w = await opened("seed", set("auto", "ask", 600_000));
  await sellDownTo(w, 15);
  expect(told(w)).toEqual(["paused", "act_asked stop_live"]);
  const end = w.time.now();
  await w.book(note("stream_cut", "cut", end, { sku: SKU, n: end, ref: STREAM }));
  await w.pass(30_000);
  expect(told(w).slice(2)).toEqual(["act_answered stop_live withdrawn", "resumed"]);
  expect(askViews(w.books.projection)).toEqual([]);
});

test("a stream's own setting goes before the book's, and that before its policy's", async () => {
  const w = await opened("escrow", set("tell", "auto", 2000, ""), set("ask", "ask", 3000));
  const { desk } = w.books.projection;
  expect(actsOf(desk, { id: STREAM, policy: "escrow" }).countdownMs).toBe(3000);
  expect(actsOf(desk, { id: "other", policy: "escrow" }).orange).toBe("tell");
  const none = { book: null, streams: new Map() };
  expect(actsOf(none, { id: "other", policy: "seed" })).toMatchObject({
    orange: "auto",
    red: "auto",
  });
  expect(actsOf(none, { id: "other" })).toMatchObject({ orange: "auto", red: "tell" });
});
