/** Shopify's points: what its answers tell is learned, and no query goes that the bucket cannot pay. */
import { expect, test } from "@jest/globals";
import { costs } from "../../../src/channels/shopify/documents";
import { shopifyChannel } from "../../../src/channels/shopify/shopify-channel";
import { shopifyListing as listing, write } from "../../support/listings";
import { scriptedHttp, type Told } from "../../support/scripted-http";

const cost = (currentlyAvailable: number, restoreRate = 100, maximumAvailable = 2000) => ({
  cost: {
    requestedQueryCost: 30,
    actualQueryCost: 3,
    throttleStatus: { maximumAvailable, currentlyAvailable, restoreRate },
  },
});
const stock = (extensions?: object): Told => ({ body: { data: { nodes: [] }, extensions } });

function world(answer: () => Told) {
  const time = { now: Date.UTC(2026, 10, 23, 10) };
  const http = scriptedHttp(answer);
  const clock = { now: () => time.now };
  return { time, http, channel: shopifyChannel({ http, clock }) };
}
const ten = Array.from({ length: 10 }, (_, n) => listing(n));

test("what the shop says is left decides about the next query, and the time until it may go", async () => {
  const w = world(() => stock(cost(50)));
  expect((await w.channel.readStock(ten)).ok).toBe(true);
  // 30 points and the 40 kept back for a pause are not there; at 100 a second they are in 200 ms.
  expect(await w.channel.readStock(ten)).toEqual({
    ok: false,
    error: { kind: "throttled", retryAfterMs: 200 },
  });
  expect(w.http.asked).toHaveLength(1);
  w.time.now += 200;
  expect((await w.channel.readStock(ten)).ok).toBe(true);
});

test("a larger plan is used as soon as it shows itself", async () => {
  const w = world(() => stock(cost(20_000, 1000, 20_000)));
  expect(w.channel.allowance("read_orders").left).toBe(1);
  await w.channel.readStock(ten);
  expect(w.channel.allowance("read_orders").left).toBe(
    Math.floor((20_000 - 40) / costs.orders(20, 10)),
  );
});

test("a pause goes out on what was kept back for it", async () => {
  let told = stock(cost(15));
  const w = world(() => told);
  await w.channel.readStock(ten);
  told = { body: { data: { inventorySetQuantities: { userErrors: [] } } } };
  const level = write(listing(1), 5);
  expect(await w.channel.writeStock([level])).toMatchObject({ error: { kind: "throttled" } });
  const pause = write(listing(1), 0, { reason: "pause" });
  expect(await w.channel.writeStock([level, pause])).toMatchObject({
    value: [{ kind: "accepted" }, { kind: "accepted" }],
  });
  expect(w.http.asked).toHaveLength(2);
});

test("what other queries still hold is not counted as free", async () => {
  const answers: (() => void)[] = [];
  const clock = { now: () => 0 };
  const channel = shopifyChannel({
    clock,
    http: {
      send: () =>
        new Promise((resolve) => {
          const body = JSON.stringify({ data: { nodes: [] }, extensions: cost(90) });
          answers.push(() => resolve({ ok: true, value: { status: 200, headers: {}, body } }));
        }),
    },
  });
  const both = [channel.readStock(ten), channel.readStock(ten)];
  answers[0]?.();
  await both[0];
  // 90 told, 30 of them spoken for by the second query: with 40 kept back, 20 are not enough for 30.
  expect(await channel.readStock(ten)).toMatchObject({ error: { kind: "throttled" } });
  answers[1]?.();
  await both[1];
  expect(channel.allowance("write_stock").left).toBe(Math.floor((90 - 40) / costs.setQuantities));
});

test("THROTTLED inside a 200 closes the door for as long as the shop's own numbers say", async () => {
  let told: Told = {
    body: {
      errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }],
      extensions: {
        cost: {
          requestedQueryCost: 300,
          throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 100, restoreRate: 50 },
        },
      },
    },
  };
  const w = world(() => told);
  expect(await w.channel.readStock(ten)).toEqual({
    ok: false,
    error: { kind: "throttled", retryAfterMs: 4000 },
  });
  told = stock(cost(1000));
  w.time.now += 3999;
  expect((await w.channel.testConnection()).ok).toBe(false);
  expect(w.http.asked).toHaveLength(1);
  w.time.now += 1;
  expect((await w.channel.readStock(ten)).ok).toBe(true);
});
