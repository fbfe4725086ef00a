/** The sandbox in the test's own process, each request authorised as the companion's relay does. */
import type { Clock } from "../../src/base/clock";
import type { ChannelId } from "../../src/base/ids";
import { ok } from "../../src/base/result";
import type { Channel, ChannelHttp, Listing } from "../../src/channels/channel";
import type { ChannelAuth, OutgoingRequest } from "../../src/channels/http/channel-auth";
import type { RelayResponse } from "../../src/channels/http/relay-contract";
import type { RehearsalState } from "../../src/channels/rehearsal-contract";
import { amazonAuth } from "../../src/channels/amazon/auth";
import { amazonChannel } from "../../src/channels/amazon/amazon-channel";
import { ebayAuth } from "../../src/channels/ebay/auth";
import { ebayChannel } from "../../src/channels/ebay/ebay-channel";
import { shopifyAuth } from "../../src/channels/shopify/auth";
import { shopifyChannel } from "../../src/channels/shopify/shopify-channel";
import { tiktokAuth } from "../../src/channels/tiktok/auth";
import { tiktokChannel } from "../../src/channels/tiktok/tiktok-channel";
import { memoryKeyring, newCredentials, type Credentials } from "../../src/sandbox/credentials";
import { amazonVenue } from "../../src/sandbox/amazon/venue";
import { ebayVenue } from "../../src/sandbox/ebay/venue";
import { openSandbox } from "../../src/sandbox/server";
import { shopifyVenue } from "../../src/sandbox/shopify/venue";
import { tiktokVenue } from "../../src/sandbox/tiktok/venue";
import type { Venue } from "../../src/sandbox/venue";
import type { ChannelWorld } from "../contract/channel-contract";

const origin = "http://127.0.0.1";
const hosts = { api: origin, auth: origin };

/** Sends what the relay would send; the rest of a world is the same for every channel. */
interface Line {
  http<Keys>(auth: ChannelAuth<Keys>, keys: Keys): Promise<ChannelHttp>;
  readonly clock: Clock;
  readonly keys: Credentials;
}

/** One channel: its server, patient enough for a test's many calls, and its adapter. */
export interface ChannelParts {
  readonly venue: Venue;
  open(line: Line): Promise<Channel>;
  /** ChannelWorld, at the speed of a run that has not begun. */
  readonly ordersLagMs?: number;
}

const parts: Partial<Record<ChannelId, ChannelParts>> = {
  tiktok: {
    venue: tiktokVenue({ burst: 1e6, perSecond: 1e6 }),
    open: async ({ http, clock, keys }) =>
      tiktokChannel({ http: await http(tiktokAuth, keys.tiktok), clock }),
  },
  amazon: {
    venue: amazonVenue(),
    open: async ({ http, clock, keys }) =>
      amazonChannel({ http: await http(amazonAuth, { ...keys.amazon, region: "na" }), clock }),
    ordersLagMs: 2000,
  },
  shopify: {
    venue: shopifyVenue(),
    open: async ({ http, clock, keys }) =>
      shopifyChannel({ http: await http(shopifyAuth, keys.shopify), clock }),
  },
  ebay: {
    venue: ebayVenue({ burst: 1e6, perSecond: 1e6 }),
    open: async ({ http, clock, keys }) =>
      ebayChannel({
        http: await http(ebayAuth, { ...keys.ebay, environment: "production" }),
        clock,
      }),
  },
};

export async function sandboxWorld(name: ChannelId): Promise<ChannelWorld> {
  const part = parts[name];
  if (part === undefined) throw new Error(`no sandbox for ${name}`);
  let now = Date.UTC(2026, 10, 23, 10);
  const clock = { now: () => now };
  const keyring = memoryKeyring(newCredentials(now));
  const sandbox = openSandbox({
    clock,
    store: { load: () => null, save: () => undefined, flush: () => undefined },
    keyring,
    venues: [part.venue],
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

  async function http<Keys>(auth: ChannelAuth<Keys>, credentials: Keys): Promise<ChannelHttp> {
    const fresh = async () => {
      const reply = await send(auth.refreshRequest(credentials, null, hosts));
      const read = auth.readRefresh(reply, now);
      if (!read.ok) throw new Error(read.error);
      return read.value;
    };
    let tokens = auth.tokensOf(credentials) ?? (await fresh());
    return {
      async send(request) {
        if (!auth.allows(request)) throw new Error(`the relay would refuse ${request.path}`);
        // A test may let more time pass than a token lives.
        if (tokens.expiresAt <= now) tokens = await fresh();
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
  const listings: Listing[] = items.flatMap((item) => item.listings);
  const skuOf = (listing: Listing) => items[listings.indexOf(listing)]?.sku;

  return {
    channel: await part.open({ http, clock, keys: keyring.read() }),
    listings,
    ordersLagMs: part.ordersLagMs ?? 0,
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
