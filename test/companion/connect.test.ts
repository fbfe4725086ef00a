/** Connecting a shop through the companion, against the channels' own token calls. */
import { describe, expect, test } from "@jest/globals";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import {
  channelsAnswerSchema,
  connectAnswerSchema,
  type ChannelConnection,
} from "../../src/channels/http/connect-contract";
import { memoryKeychain } from "../support/memory-keychain";
import { amazon, ebay, relayWorld, renewedTokens, shopify, tiktok } from "../support/relay-world";
import { canaries, temporaryFolder, type Options } from "../support/temporary-companion";
import type { Asked, Told } from "../support/upstream";

const world = relayWorld();

async function start(options: Options = {}): Promise<void> {
  const { origin } = world.channel;
  const names = ["TIKTOK", "TIKTOK_AUTH", "SHOPIFY", "AMAZON", "AMAZON_AUTH", "EBAY", "EBAY_AUTH"];
  const redirects = names.map((name) => [`STREAMSTOCK_UPSTREAM_${name}`, origin] as const);
  const env = { ...Object.fromEntries(redirects), ...options.env };
  await world.start({}, { keychain: memoryKeychain(), ...options, env });
  world.channel.answer(channel);
}

const bearer = (token: string, more: object = {}) => ({
  body: { access_token: token, token_type: "bearer", scope: "", expires_in: 3600, ...more },
});

/** The four channels' token calls; everything else is answered with nothing. */
function channel({ path }: Asked): Told {
  if (path === "/api/v2/token/get") return { body: renewedTokens("tt-access", "tt-refresh") };
  if (path === "/authorization/202309/shops") {
    const shops = [{ id: "1", cipher: "tt-cipher", name: "Rain House", region: "US", code: "x" }];
    return { body: { code: 0, message: "Success", request_id: "r", data: { shops } } };
  }
  if (path === "/admin/oauth/access_token") return bearer("shpat");
  if (path === "/auth/o2/token") return bearer("Atza");
  if (path === "/identity/v1/oauth2/token") {
    return bearer("v^1", { refresh_token: canaries.ebayRefresh, refresh_token_expires_in: 1 });
  }
  return { body: {} };
}

const post = (path: string, body: object) => world.companion.post(`/api/channels/${path}`, body);

async function state(name: string): Promise<ChannelConnection> {
  const answer = await world.companion.get("/api/channels");
  const { channels } = v.parse(channelsAnswerSchema, answer.json);
  const found = channels.find((one) => one.channel === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

const app = { clientId: "app-id", clientSecret: canaries.ebaySecret, ruName: "My_Shop-app" };

/** From the eBay consent page's address back to the code, as the seller's browser would go. */
async function openEbay(): Promise<string> {
  const answer = await post("ebay/connect", { fields: app });
  const { openUrl, channel: told } = v.parse(connectAnswerSchema, answer.json);
  expect(told.state).toBe("consent_open");
  const url = new URL(openUrl ?? "");
  expect(url.origin).toBe("https://auth.ebay.com");
  expect(openUrl).not.toContain(canaries.ebaySecret);
  return url.searchParams.get("state") ?? "";
}

const landing = (code: string, given: string) =>
  `https://example.com/accept?code=${encodeURIComponent(code)}&state=${given}&expires_in=299`;

describe("with nothing connected", () => {
  test("every channel says so, and which fields it needs", async () => {
    await start();
    for (const name of ["tiktok", "amazon", "shopify", "ebay"]) {
      const told = await state(name);
      expect(told.state).toBe("not_connected");
      expect(told.fields.length).toBeGreaterThanOrEqual(3);
      expect(told.fields.some(({ kind }) => kind === "secret")).toBe(true);
    }
    expect((await state("ebay")).consent).toBe(true);
    expect((await state("amazon")).consent).toBe(false);
  });

  test("a missing or malformed field is named, and nothing is asked of the channel", async () => {
    await start();
    const cases: readonly (readonly [string, object, string])[] = [
      ["amazon", { ...amazon, sellerId: "no seller" }, "sellerId"],
      ["amazon", { ...amazon, refreshToken: " " }, "refreshToken"],
      ["amazon", { ...amazon, region: "mars" }, "region"],
      ["shopify", { ...shopify, shop: "https://evil.example/" }, "shop"],
      ["ebay", { ...app, ruName: "" }, "ruName"],
      ["ebay", { ...app, environment: "https://evil.example" }, "environment"],
      ["tiktok", { appKey: "k", appSecret: "s", serviceId: "x" }, "serviceId"],
    ];
    for (const [name, fields, field] of cases) {
      const answer = await post(`${name}/connect`, { fields });
      expect([name, answer.status, answer.json.error.code, answer.json.field]).toEqual([
        name,
        400,
        "bad_field",
        field,
      ]);
    }
    expect(world.channel.asked).toHaveLength(0);
  });
});

describe("keys without a consent page", () => {
  test("are tried with the channel, kept, and used by the relay, also after a restart", async () => {
    await start();
    const answer = await post("amazon/connect", { fields: { ...amazon, region: "" } });
    expect(v.parse(connectAnswerSchema, answer.json)).toMatchObject({
      openUrl: null,
      channel: { state: "connected", shop: amazon.sellerId },
    });
    expect(world.channel.asked.map(({ path }) => path)).toEqual(["/auth/o2/token"]);
    await world.companion.restart();
    const live = await world.companion.lead("live");
    const request = { method: "GET", path: "/sellers/v1/marketplaceParticipations" };
    const relayed = await world.companion.post(
      "/api/relay/live/amazon",
      { ...request, query: {}, body: null },
      live,
    );
    expect(relayed.json.status).toBe(200);
    expect(world.last().headers["x-amz-access-token"]).toBe("Atza");
    expect((await state("amazon")).accessUntil).toBeGreaterThan(Date.now());
  });

  test("that the channel refuses are not kept, nor those it could not be asked about", async () => {
    await start();
    world.channel.answer(() => ({ status: 401, body: { error: "invalid_client" } }));
    const refused = await post("shopify/connect", { fields: shopify });
    expect([refused.status, refused.json.error.code]).toEqual([422, "keys_refused"]);
    for (const told of [{ reset: true }, { status: 503, body: "busy" }, { body: "<html>" }]) {
      world.channel.answer(() => told);
      const answer = await post("shopify/connect", { fields: shopify });
      expect([answer.status, answer.json.error.code]).toEqual([502, "upstream_unreachable"]);
    }
    expect((await state("shopify")).state).toBe("not_connected");
    expect(existsSync(join(world.companion.home, "vault"))).toBe(false);
  });
});

describe("a consent page", () => {
  test("of eBay: the pasted address becomes a token, with an end that is known", async () => {
    await start();
    const given = await openEbay();
    const answer = await post("ebay/code", { pasted: landing("v^1.1#i^1#code", given) });
    const { channel: told } = v.parse(connectAnswerSchema, answer.json);
    expect(told.state).toBe("connected");
    const months = ((told.expiresAt ?? 0) - Date.now()) / (30 * 86_400_000);
    expect(Math.round(months)).toBe(18);
    const form = new URLSearchParams(world.last().body);
    expect(form.get("code")).toBe("v^1.1#i^1#code");
  });

  test("of TikTok: the shop's cipher and name come with it", async () => {
    await start();
    const fields = { appKey: "key", appSecret: canaries.appSecret, serviceId: "7123" };
    const opened = await post("tiktok/connect", { fields });
    const url = new URL(opened.json.openUrl);
    expect(url.origin).toBe("https://services.us.tiktokshop.com");
    expect(url.href).not.toContain(canaries.appSecret);
    const pasted = landing("ROW_code_123", url.searchParams.get("state") ?? "");
    const answer = await post("tiktok/code", { pasted });
    expect(answer.json.channel).toMatchObject({ state: "connected", shop: "Rain House" });
    expect(world.channel.asked.map(({ path }) => path)).toEqual([
      "/api/v2/token/get",
      "/authorization/202309/shops",
    ]);
    const live = await world.companion.lead("live");
    const path = "/order/202309/orders/search";
    const body = { method: "POST", path, query: {}, body: "{}" };
    await world.companion.post("/api/relay/live/tiktok", body, live);
    expect(world.last().query.get("shop_cipher")).toBe("tt-cipher");
    expect(world.last().headers["x-tts-access-token"]).toBe("tt-access");
  });

  test("takes no other consent's address, no refusal, no nonsense, and none when it is closed", async () => {
    await start();
    expect((await post("ebay/code", { pasted: "x" })).json.error.code).toBe("no_consent");
    const given = await openEbay();
    for (const pasted of [
      landing("code-of-a-stranger", "another-state"),
      "https://example.com/?error=access_denied",
      "https://example.com/",
      "x",
      "",
    ]) {
      expect((await post("ebay/code", { pasted })).json.error.code).toBe("code_refused");
    }
    expect(world.channel.asked).toHaveLength(0);
    world.channel.answer(() => ({ status: 400, body: { error: "invalid_grant" } }));
    const wrong = await post("ebay/code", { pasted: landing("an-old-code-123", given) });
    expect([wrong.status, wrong.json.error.code]).toEqual([422, "code_refused"]);
    expect((await state("ebay")).state).toBe("consent_open");
  });

  test("is closed after half an hour", async () => {
    let now = Date.now();
    await start({ clock: { now: () => now } });
    const given = await openEbay();
    now += 31 * 60_000;
    const answer = await post("ebay/code", { pasted: landing("v^1.1#i^1#code", given) });
    expect(answer.json.error.code).toBe("no_consent");
  });
});

describe("a connected shop", () => {
  async function connectEbay(): Promise<void> {
    await post("ebay/code", { pasted: landing("v^1.1#i^1#code", await openEbay()) });
  }
  const offers = {
    method: "GET",
    path: "/sell/inventory/v1/offer",
    query: { sku: "A" },
    body: null,
  };
  const relay = async () =>
    world.companion.post("/api/relay/live/ebay", offers, await world.companion.lead("live"));

  test("whose token is revoked says so, and is connected again by the same steps", async () => {
    await start();
    await connectEbay();
    world.channel.answer(() => ({ status: 400, body: { error: "invalid_grant" } }));
    expect((await relay()).json.error.code).toBe("upstream_unreachable");
    expect((await state("ebay")).state).toBe("revoked");
    world.channel.answer(channel);
    await connectEbay();
    expect((await relay()).json.status).toBe(200);
    expect((await state("ebay")).state).toBe("connected");
  });

  test("that is merely out of reach stays connected", async () => {
    await start();
    await connectEbay();
    world.channel.answer(() => ({ status: 503, body: "busy" }));
    await relay();
    expect((await state("ebay")).state).toBe("connected");
  });

  test("whose consent has run its time says so", async () => {
    let now = Date.now();
    await start({ clock: { now: () => now } });
    await connectEbay();
    now += 48_000_000_000;
    expect((await state("ebay")).state).toBe("expired");
  });

  test("that lacks a right says so, until the same call goes through", async () => {
    await start();
    await connectEbay();
    world.channel.answer((asked) =>
      asked.path.includes("/offer")
        ? { status: 403, body: { errors: [{ errorId: 1100, message: "Access denied" }] } }
        : channel(asked),
    );
    await relay();
    expect((await state("ebay")).state).toBe("rights_missing");
    world.channel.answer(channel);
    await relay();
    expect((await state("ebay")).state).toBe("connected");
  });

  test("is forgotten on request, with every file of it", async () => {
    await start();
    await connectEbay();
    await relay();
    const vault = join(world.companion.home, "vault");
    expect(readdirSync(vault).length).toBeGreaterThan(0);
    const answer = await post("ebay/disconnect", {});
    expect(answer.json.channel.state).toBe("not_connected");
    expect(readdirSync(vault)).toEqual([]);
    expect((await relay()).json.error.code).toBe("not_connected");
  });

  test("behind a locked keychain says so", async () => {
    const keychain = memoryKeychain();
    await start({ keychain });
    await connectEbay();
    keychain.locked = true;
    await world.companion.restart();
    expect((await state("ebay")).state).toBe("locked");
  });

  test("has its secrets sealed, and none of them in any answer", async () => {
    await start();
    await connectEbay();
    await relay();
    const vault = join(world.companion.home, "vault");
    for (const name of readdirSync(vault)) {
      const text = readFileSync(join(vault, name), "utf8");
      for (const secret of Object.values(canaries)) expect(text).not.toContain(secret);
    }
    const told = (await world.companion.get("/api/channels")).text;
    for (const secret of Object.values(canaries)) expect(told).not.toContain(secret);
  });

  test("from STREAMSTOCK_CREDENTIALS cannot be changed here", async () => {
    const file = join(temporaryFolder(), "credentials.json");
    writeFileSync(file, JSON.stringify({ ebay, tiktok: tiktok() }));
    await start({ env: { STREAMSTOCK_CREDENTIALS: file } });
    expect(await state("ebay")).toMatchObject({ state: "connected", fromFile: true });
    for (const step of ["connect", "disconnect"]) {
      const answer = await post(`ebay/${step}`, { fields: app });
      expect([answer.status, answer.json.error.code]).toEqual([409, "set_by_file"]);
    }
  });
});

describe("a token of a connected shop", () => {
  test("is renewed while the old one still holds, and nobody waits for it", async () => {
    let now = Date.now();
    await start({ clock: { now: () => now } });
    let issued = 0;
    world.channel.answer((asked) => {
      if (asked.path !== "/auth/o2/token") return { body: {} };
      issued += 1;
      return bearer(`Atza-${issued}`);
    });
    await post("amazon/connect", { fields: amazon });
    const live = await world.companion.lead("live");
    const path = "/sellers/v1/marketplaceParticipations";
    const call = () =>
      world.companion.post(
        "/api/relay/live/amazon",
        { method: "GET", path, query: {}, body: null },
        live,
      );
    const shown = () =>
      world.channel.asked.flatMap(({ headers }) => headers["x-amz-access-token"] ?? []);
    await call();
    now += 3_600_000 - 4 * 60_000;
    await call();
    const inUse = shown()[0];
    expect(shown()).toEqual([inUse, inUse]);
    for (let tries = 0; tries < 50 && shown().at(-1) === inUse; tries += 1) await call();
    expect(shown().at(-1)).not.toBe(inUse);
  });

  test("that is being renewed when the companion ends is kept before it ends", async () => {
    let now = Date.now();
    await start({ clock: { now: () => now } });
    const fields = { appKey: "key", appSecret: canaries.appSecret, serviceId: "7123" };
    const opened = await post("tiktok/connect", { fields });
    const given = new URL(opened.json.openUrl).searchParams.get("state") ?? "";
    await post("tiktok/code", { pasted: landing("ROW_code_123", given) });
    let renewals = 0;
    world.channel.answer(async (asked) => {
      if (asked.path !== "/api/v2/token/refresh") return channel(asked);
      renewals += 1;
      await new Promise((done) => setTimeout(done, 300));
      return { body: renewedTokens("tt-access-2", "tt-refresh-2") };
    });
    const request = { method: "POST", path: "/order/202309/orders/search", query: {}, body: "{}" };
    const live = await world.companion.lead("live");
    // Four minutes before the end of a token that ends in the year 2096.
    now = 4_000_000_000_000 - 4 * 60_000;
    await world.companion.post("/api/relay/live/tiktok", request, live);
    await world.companion.restart();
    await world.companion.post("/api/relay/live/tiktok", request, live);
    expect(renewals).toBeGreaterThan(0);
    const used = world.channel.asked.filter(({ path }) => path === "/api/v2/token/refresh");
    expect(used.map(({ query }) => query.get("refresh_token"))[0]).toBe("tt-refresh");
    expect(world.last().headers["x-tts-access-token"]).toBe("tt-access-2");
  });
});
