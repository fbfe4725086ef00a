/**
 * Golden folders: test/cases/<channel>/<case>/wire.json holds the channel's answers in turn,
 * expected.json what `readOrders` makes of them.
 */
import { describe, expect, test } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { amazonChannel } from "../../src/channels/amazon/amazon-channel";
import type { Channel, ChannelPorts } from "../../src/channels/channel";
import { ebayChannel } from "../../src/channels/ebay/ebay-channel";
import { shopifyChannel } from "../../src/channels/shopify/shopify-channel";
import { tiktokChannel } from "../../src/channels/tiktok/tiktok-channel";
import { inTurn } from "../support/scripted-http";

const folder = join(__dirname, "..", "cases");
const channels: Record<string, (ports: ChannelPorts) => Channel> = {
  tiktok: tiktokChannel,
  shopify: shopifyChannel,
  amazon: amazonChannel,
  ebay: ebayChannel,
};

const clock = { now: () => Date.UTC(2026, 10, 23, 10) };

function read(...path: string[]): unknown {
  return JSON.parse(readFileSync(join(folder, ...path), "utf8"));
}

describe.each(Object.entries(channels))("orders of %s", (name, open) => {
  const cases = readdirSync(join(folder, name));

  test("there are cases", () => expect(cases.length).toBeGreaterThanOrEqual(6));

  test.each(cases)("%s", async (one) => {
    const wire = read(name, one, "wire.json") as readonly unknown[];
    const http = inTurn(wire.map((body) => ({ body })));
    const page = await open({ http, clock }).readOrders("1600000000000", 0);
    expect(page).toEqual({ ok: true, value: read(name, one, "expected.json") });
    expect(http.asked).toHaveLength(wire.length);
  });
});
