/** The whole way of an adapter's request: relay client, companion, sandbox, over real sockets. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ChannelId } from "../../src/base/ids";
import { amazonChannel } from "../../src/channels/amazon/amazon-channel";
import { ebayChannel } from "../../src/channels/ebay/ebay-channel";
import { relayClient } from "../../src/channels/http/relay-client";
import type { RehearsalState } from "../../src/channels/rehearsal-contract";
import { shopifyChannel } from "../../src/channels/shopify/shopify-channel";
import { tiktokChannel } from "../../src/channels/tiktok/tiktok-channel";
import { memoryKeyring, newCredentials } from "../../src/sandbox/credentials";
import { listen, openSandbox, type Listening } from "../../src/sandbox/server";
import { eventually } from "../support/stage";
import { write } from "../support/listings";
import {
  temporaryCompanion,
  temporaryFolder,
  type TemporaryCompanion,
} from "../support/temporary-companion";

const clock = { now: () => Date.now() };

let sandbox: Listening;
let companion: TemporaryCompanion;
let state: RehearsalState;
let fence: Record<string, string>;

beforeAll(async () => {
  const keyring = memoryKeyring(newCredentials(Date.now()));
  const store = { load: () => null, save: () => undefined, flush: () => undefined };
  sandbox = await listen(openSandbox({ clock: { now: () => Date.now() }, store, keyring }), 0);
  const origin = `http://127.0.0.1:${sandbox.port}`;
  state = (await (await fetch(`${origin}/rehearsal`)).json()) as RehearsalState;
  const home = temporaryFolder();
  writeFileSync(join(home, "rehearsal-credentials.json"), JSON.stringify(keyring.read()));
  companion = await temporaryCompanion({
    env: { STREAMSTOCK_HOME: home, STREAMSTOCK_SANDBOX: origin },
  });
  fence = await companion.lead(`rehearsal-${state.run}`);
});
afterAll(async () => {
  await companion.stop();
  await sandbox.close();
});

function http(channel: ChannelId, headers: Record<string, string> = fence) {
  return relayClient({
    origin: `http://127.0.0.1:${companion.port}`,
    book: `rehearsal-${state.run}`,
    channel,
    fetch: (input, init) => {
      const own = { "x-streamstock-token": companion.token, ...headers };
      return fetch(input, { ...init, headers: { ...(init?.headers as object), ...own } });
    },
  });
}

function listing(channel: ChannelId) {
  const found = state.items[0]?.listings.find((candidate) => candidate.channel === channel);
  if (found === undefined) throw new Error(`nothing listed on ${channel}`);
  return found;
}

describe.each([
  ["tiktok", tiktokChannel],
  ["amazon", amazonChannel],
  ["shopify", shopifyChannel],
  ["ebay", ebayChannel],
] as const)("%s through the companion", (name, open) => {
  test("stock is read, a quantity written and read again, orders followed", async () => {
    const channel = open({ http: http(name), clock });
    const of = listing(name);
    const before = await channel.readStock([of]);
    expect(before).toMatchObject({ ok: true, value: [{ listingId: of.listingId }] });
    const expected = before.ok ? (before.value[0]?.available ?? null) : null;
    const outcome = await channel.writeStock([write(of, 17, { expected })]);
    expect(outcome).toEqual({ ok: true, value: [{ listingId: of.listingId, kind: "accepted" }] });
    expect(await channel.readStock([of])).toEqual({
      ok: true,
      value: [{ listingId: of.listingId, available: 17 }],
    });
    const order = { channel: name, sku: state.items[0]?.sku, units: 2, paid: true };
    const placed = await companion.post("/api/rehearsal/order", order);
    expect(placed.status).toBe(200);
    // Amazon lists an order two minutes late: two seconds at the rehearsal's speed.
    const found = await eventually("the order is listed", async () => {
      const page = await channel.readOrders(null, Date.now() - 60_000);
      return page.ok && page.value.orders.length > 0 ? page.value.orders : null;
    });
    expect(found).toMatchObject([{ orderId: placed.json.order, lines: [{ ordered: 2 }] }]);
  });

  test("who does not hold the lease is fenced off and changes nothing", async () => {
    const channel = open({ http: http(name, { "x-streamstock-fence": "999" }), clock });
    const outcome = await channel.writeStock([write(listing(name), 3)]);
    expect(outcome).toEqual({ ok: false, error: { kind: "fenced_off" } });
    const read = await open({ http: http(name), clock }).readStock([listing(name)]);
    expect(read).toMatchObject({ ok: true, value: [{ available: 15 }] });
  });
});

test("a channel that does not answer is out of reach, and a companion that is gone is down", async () => {
  await sandbox.close();
  expect(
    await tiktokChannel({ http: http("tiktok"), clock }).readStock([listing("tiktok")]),
  ).toMatchObject({
    ok: false,
    error: { kind: "unreachable" },
  });
  await companion.stop();
  expect(
    await shopifyChannel({ http: http("shopify"), clock }).readStock([listing("shopify")]),
  ).toEqual({
    ok: false,
    error: { kind: "companion_down" },
  });
});
