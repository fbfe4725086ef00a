/** The sandbox in the test's own process, each request authorised as the companion's relay does. */
import { ok } from "../../src/base/result";
import type { Channel, ChannelHttp, Listing } from "../../src/channels/channel";
import type { ChannelAuth, OutgoingRequest } from "../../src/channels/http/channel-auth";
import type { RelayResponse } from "../../src/channels/http/relay-contract";
import type { RehearsalState } from "../../src/channels/rehearsal-contract";
import { shopifyAuth } from "../../src/channels/shopify/auth";
import { shopifyChannel } from "../../src/channels/shopify/shopify-channel";
import { tiktokAuth } from "../../src/channels/tiktok/auth";
import { tiktokChannel } from "../../src/channels/tiktok/tiktok-channel";
import { memoryKeyring, newCredentials } from "../../src/sandbox/credentials";
import { openSandbox } from "../../src/sandbox/server";
import type { ChannelWorld } from "../contract/channel-contract";

const origin = "http://127.0.0.1";
const hosts = { api: origin, auth: origin };

export async function sandboxWorld(name: "tiktok" | "shopify"): Promise<ChannelWorld> {
  let now = Date.UTC(2026, 10, 23, 10);
  const keyring = memoryKeyring(newCredentials(now));
  const sandbox = openSandbox({
    clock: { now: () => now },
    store: { load: () => null, save: () => undefined, flush: () => undefined },
    keyring,
    tiktokCalls: { burst: 1e6, perSecond: 1e6 },
  });

  async function send(out: OutgoingRequest): Promise<RelayResponse> {
    const { method, headers, body } = out;
    const answer = await sandbox.app.request(out.url, { method, headers, body });
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await answer.text(),
    };
  }

  async function signing<Credentials>(
    auth: ChannelAuth<Credentials>,
    credentials: Credentials,
  ): Promise<ChannelHttp> {
    const fresh = async () => {
      const reply = await send(auth.refreshRequest(credentials, null, hosts));
      const read = auth.readRefresh(reply, now);
      if (!read.ok) throw new Error(read.error);
      return read.value;
    };
    const tokens = auth.tokensOf(credentials) ?? (await fresh());
    return {
      async send(request) {
        if (!auth.allows(request)) throw new Error(`the relay would refuse ${request.path}`);
        return ok(await send(auth.authorise(request, credentials, tokens, hosts, now)));
      },
    };
  }

  async function control(path: string, body?: object): Promise<unknown> {
    const init =
      body === undefined ? {} : { method: "POST", body: JSON.stringify(body), headers: json };
    const answer = await sandbox.app.request(`${origin}/rehearsal${path}`, init);
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  }

  const { items } = (await control("")) as RehearsalState;
  const listings: Listing[] = items.map(({ tiktok, shopify }) =>
    name === "tiktok"
      ? {
          channel: name,
          listingId: tiktok.skuId,
          parentId: tiktok.productId,
          locationId: tiktok.warehouseId,
        }
      : {
          channel: name,
          listingId: shopify.inventoryItemId,
          parentId: shopify.variantId,
          locationId: shopify.locationId,
        },
  );
  const skuOf = (listing: Listing) => items[listings.indexOf(listing)]?.sku;
  const keys = keyring.read();
  const channel: Channel =
    name === "tiktok"
      ? tiktokChannel(await signing(tiktokAuth, keys.tiktok))
      : shopifyChannel(await signing(shopifyAuth, keys.shopify));

  return {
    channel,
    listings,
    now: () => now,
    later: (ms) => void (now += ms),
    async order(listing, units, paid) {
      const placed = await control("/order", { channel: name, sku: skuOf(listing), units, paid });
      return (placed as { order: string }).order;
    },
    ship: async (order) => void (await control("/ship", { order })),
    cancel: async (order) => void (await control("/cancel", { order })),
    close: () => Promise.resolve(sandbox.stage.close()),
  };
}

const json = { "content-type": "application/json" };
