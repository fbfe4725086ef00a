/**
 * Security 6, secrets in any output: ten planted canaries, every call of every channel, every way it
 * can fail, and then a search through all that was answered, logged, written and thrown.
 */
import { describe, expect, test } from "@jest/globals";
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { inspect } from "node:util";
import { amazon, ebay, graphql, relayWorld, search, shopify, tiktok } from "../support/relay-world";
import { canaries, temporaryFolder } from "../support/temporary-companion";
import type { Told } from "../support/upstream";

const world = relayWorld();

const calls: readonly (readonly [string, object])[] = [
  ["tiktok", search],
  ["tiktok", { ...search, path: "/x" }],
  ["shopify", graphql],
  [
    "amazon",
    { method: "GET", path: "/sellers/v1/marketplaceParticipations", query: {}, body: null },
  ],
  ["ebay", { method: "GET", path: "/sell/inventory/v1/offer", query: { sku: "A" }, body: null }],
];

/** A channel that repeats in its refusal what it was sent, as careless servers do. */
const failures: readonly (readonly [string, Told])[] = [
  ["cuts the line", { reset: true }],
  ["says nothing", { silent: true }],
  ["fails", { status: 500, body: "oops" }],
  ["speaks no JSON", { body: "not json" }],
  ["sends half a token", { body: { code: 1, message: "no", data: { access_token: 5 } } }],
  ["redirects", { status: 302, headers: { location: "/" } }],
  ["refuses", { status: 400, body: { error: "invalid_grant" } }],
  ["forbids", { status: 403, body: { errors: [{ code: "Unauthorized" }] } }],
];

function expectClean(text: string, where: string): void {
  const found = Object.entries(canaries).filter(([, secret]) => text.includes(secret));
  expect([where, found.map(([name]) => name)]).toEqual([where, []]);
}

describe("ten canaries", () => {
  test("are planted, and really reach the channels", async () => {
    expect(new Set(Object.values(canaries)).size).toBeGreaterThanOrEqual(10);
    await world.start({ tiktok: tiktok(), shopify, amazon, ebay });
    const token = (name: keyof typeof canaries) => ({
      access_token: canaries[name],
      token_type: "bearer",
      scope: "",
      expires_in: 3600,
    });
    world.channel.answer(({ path }) => {
      if (path.includes("/admin/oauth")) return { body: token("shopifyToken") };
      if (path.includes("/auth/o2")) return { body: token("amazonToken") };
      return { body: path.includes("/identity/") ? token("accessToken") : {} };
    });
    for (const [channel, request] of calls) await world.relay(request, channel);
    const sent = inspect(world.channel.asked, { depth: 5, maxStringLength: null });
    const seen = Object.values(canaries).filter(
      (secret) =>
        sent.includes(secret) || sent.includes(Buffer.from(`app-id:${secret}`).toString("base64")),
    );
    // TikTok's secret signs and is not sent; its refresh token rests while the access token holds.
    expect(seen).toHaveLength(Object.values(canaries).length - 2);
  });

  test.each(failures)("are in no output when the channel %s", async (_, told) => {
    await world.start({
      tiktok: tiktok({ accessTokenExpiresAt: 1 }),
      shopify,
      amazon,
      ebay,
    });
    world.channel.answer(() => told);
    const outputs: string[] = [];
    for (const [channel, request] of calls) {
      const answer = await world.relay(request, channel);
      outputs.push(answer.text, JSON.stringify([...answer.headers]));
    }
    const { companion, fence } = world;
    const record = { records: [{ seq: 1, json: '{"a":1}' }] };
    outputs.push((await companion.post("/api/journal/rehearsal-r1/append", record, fence)).text);
    for (const path of [
      ...["/api/status", "/api/channels", "/api/journal/rehearsal-r1", "/api/x"],
      ...["/rehearsal-credentials.json", "/tokens/rehearsal-tiktok.json", "/vault/live-ebay.json"],
    ]) {
      outputs.push((await companion.get(path)).text);
    }
    expectClean(outputs.join("\n"), "answers");
    expectClean(world.log.join("\n"), "log");
    expect([...outputs, ...world.log].join("\n")).not.toContain(companion.token);
    const mayHold = /^(rehearsal-credentials\.json|tokens)/;
    for (const name of readdirSync(companion.home, { recursive: true }).map(String)) {
      const path = join(companion.home, name);
      if (mayHold.test(name) || !statSync(path).isFile()) continue;
      expectClean(readFileSync(path, "utf8"), name);
    }
  });

  test("are in no answer of the connect flow, also when the keys are wrong", async () => {
    await world.start({}, { env: redirects() });
    const fields: Record<string, Record<string, string>> = {
      tiktok: { appKey: "key", appSecret: canaries.appSecret, serviceId: "1" },
      shopify: { shop: "my-shop", clientId: "id", clientSecret: canaries.clientSecret },
      amazon: { ...amazon },
      ebay: { clientId: "a", clientSecret: canaries.ebaySecret, ruName: "r" },
    };
    const outputs: string[] = [];
    for (const told of [{ status: 401, body: {} }, { status: 500 }, { reset: true }]) {
      world.channel.answer(() => told);
      for (const [channel, given] of Object.entries(fields)) {
        const path = `/api/channels/${channel}`;
        const wrong = { ...given, shop: "../x", sellerId: "?", ruName: "", serviceId: "x" };
        for (const body of [{ fields: given }, { fields: wrong }, { fields: canaries }]) {
          outputs.push((await world.companion.post(`${path}/connect`, body)).text);
        }
        const pasted = `https://x/?code=${canaries.refreshToken}&state=x`;
        outputs.push((await world.companion.post(`${path}/code`, { pasted })).text);
      }
    }
    outputs.push((await world.companion.get("/api/channels")).text);
    expectClean(outputs.join("\n"), "answers");
    expectClean(world.log.join("\n"), "log");
  });

  function redirects(): Record<string, string> {
    const { origin } = world.channel;
    return Object.fromEntries(
      ["TIKTOK", "TIKTOK_AUTH", "SHOPIFY", "AMAZON", "AMAZON_AUTH", "EBAY", "EBAY_AUTH"].map(
        (name) => [`STREAMSTOCK_UPSTREAM_${name}`, origin],
      ),
    );
  }
});

test("a program that fails inside says where, and none of them", async () => {
  const home = temporaryFolder();
  const file = join(home, "credentials.json");
  writeFileSync(file, JSON.stringify({ tiktok: tiktok(), shopify, amazon, ebay }));
  await world.start({});
  const project = resolve(__dirname, "..", "..");
  const builder = join(project, "src", "companion", "build-products.mjs");
  execFileSync(process.execPath, [builder, "companion"], { cwd: project, stdio: "ignore" });
  let log = "";
  const child = fork(join(project, "build", "companion.cjs"), [], {
    env: { ...process.env, PORT: "0", STREAMSTOCK_HOME: home, STREAMSTOCK_CREDENTIALS: file },
    silent: true,
  });
  child.stderr?.on("data", (chunk: Buffer) => (log += chunk.toString()));
  child.stdout?.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const [message] = (await once(child, "message")) as [{ port: number }];
  const token = readFileSync(join(home, "token"), "utf8").trim();
  // A file where a folder should be is a fault that nobody foresaw.
  writeFileSync(join(home, "leases"), "");
  const outputs: string[] = [];
  for (const path of ["/api/lease/live", "/api/relay/live/tiktok", "/api/alarm/live"]) {
    const answer = await fetch(`http://127.0.0.1:${message.port}${path}`, {
      method: "POST",
      headers: {
        "x-streamstock-token": token,
        "x-streamstock-fence": "1",
        "content-type": "application/json",
      },
      body: JSON.stringify({ ...search, action: "acquire", holder: canaries.appSecret }),
    });
    outputs.push(await answer.text());
  }
  child.kill("SIGTERM");
  await once(child, "exit");
  expect(log).toContain("in a call at");
  expectClean([log, ...outputs].join("\n"), "dump");
  expect([log, ...outputs].join("\n")).not.toContain(token);
  rmSync(home, { recursive: true, force: true });
});
