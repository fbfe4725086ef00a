import { describe, expect, test } from "@jest/globals";
import { createHmac } from "node:crypto";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canaries, temporaryFolder } from "../support/temporary-companion";
import {
  book,
  graphql,
  orders,
  relayWorld,
  renewedTokens,
  search,
  shopify,
  tiktok,
} from "../support/relay-world";
import type { Asked, Told } from "../support/upstream";

const world = relayWorld();

describe("a call to TikTok Shop", () => {
  test("is signed, carries the token, and comes back with the channel's own answer", async () => {
    await world.start({ tiktok: tiktok() });
    world.channel.answer(() => ({
      status: 429,
      headers: { "retry-after": "3", "x-tt-logid": "log", "x-secret": "s", "set-cookie": "a=b" },
      body: orders,
    }));
    const answer = await world.relay(search);
    expect(answer.status).toBe(200);
    expect(answer.json.status).toBe(429);
    expect(JSON.parse(answer.json.body)).toEqual(orders);
    expect(answer.json.headers).toMatchObject({ "retry-after": "3", "x-tt-logid": "log" });
    expect(Object.keys(answer.json.headers).sort()).toEqual([
      "content-type",
      "date",
      "retry-after",
      "x-tt-logid",
    ]);
    const { query, headers, body } = world.last();
    expect(body).toBe(search.body);
    expect(headers["x-tts-access-token"]).toBe(canaries.accessToken);
    expect(query.get("page_token")).toBe("a+b/c==");
    const base = [...query.entries()]
      .filter(([key]) => key !== "sign")
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => key + value)
      .join("");
    const { appSecret } = canaries;
    const expected = createHmac("sha256", appSecret)
      .update(`${appSecret}${search.path}${base}${search.body}${appSecret}`)
      .digest("hex");
    expect(query.get("sign")).toBe(expected);
    expect(Math.abs(Number(query.get("timestamp")) - Date.now() / 1000)).toBeLessThan(3);
  });

  test("carries nothing that the page did not send and the channel does not need", async () => {
    await world.start({ tiktok: tiktok() });
    await world.companion.post(`/api/relay/${book}/tiktok`, search, {
      ...world.fence,
      cookie: "a=b",
      authorization: "Bearer x",
      "x-forwarded-for": "1.2.3.4",
    });
    const { headers } = world.last();
    expect(Object.keys(headers).sort()).toEqual([
      "accept-encoding",
      "connection",
      "content-length",
      "content-type",
      "host",
      "user-agent",
      "x-tts-access-token",
    ]);
  });

  test("uses the channel's clock after the first answer when ours is wrong", async () => {
    const wrong = 3 * 3600 * 1000;
    await world.start({ tiktok: tiktok() }, { clock: { now: () => Date.now() - wrong } });
    world.channel.answer(({ query }): Told => {
      const late = Math.abs(Number(query.get("timestamp")) - Date.now() / 1000) > 30;
      return late ? { status: 401, body: { code: 106001, message: "sign" } } : { body: orders };
    });
    expect((await world.relay(search)).json.status).toBe(200);
    expect(world.channel.asked).toHaveLength(2);
    expect((await world.relay(search)).json.status).toBe(200);
    expect(world.channel.asked).toHaveLength(3);
  });
});

describe("an ended token", () => {
  const renewing = (asked: Asked): Told => {
    if (asked.path === "/api/v2/token/refresh") {
      const turn = world.channel.asked.filter(({ path }) => path === asked.path).length;
      return { body: renewedTokens(`access-${turn}`, `refresh-${turn}`) };
    }
    return asked.headers["x-tts-access-token"] === canaries.accessToken
      ? { status: 401, body: { code: 105002, message: "expired", request_id: "r" } }
      : { body: orders };
  };
  const renewals = () => world.channel.asked.filter(({ path }) => path === "/api/v2/token/refresh");

  test("is renewed once for all who wait, and the call is made again", async () => {
    await world.start({ tiktok: tiktok() });
    world.channel.answer(renewing);
    const answers = await Promise.all(Array.from({ length: 12 }, () => world.relay(search)));
    expect(answers.map(({ json }) => json.status)).toEqual(Array(12).fill(200));
    expect(renewals()).toHaveLength(1);
    expect(renewals()[0]?.query.get("refresh_token")).toBe(canaries.refreshToken);
  });

  test("is renewed ahead of its end, before the call is made", async () => {
    await world.start({
      tiktok: tiktok({ accessTokenExpiresAt: Math.floor(Date.now() / 1000) + 20 }),
    });
    world.channel.answer(renewing);
    await world.relay(search);
    expect(world.channel.asked.map(({ path }) => path)).toEqual([
      "/api/v2/token/refresh",
      search.path,
    ]);
    expect(world.last().headers["x-tts-access-token"]).toBe("access-1");
  });

  test("leaves a new refresh token on disk, for the owner alone, that a restart uses", async () => {
    await world.start({ tiktok: tiktok() });
    world.channel.answer(renewing);
    await world.relay(search);
    const file = join(world.companion.home, "tokens", "rehearsal-tiktok.json");
    expect(readFileSync(file, "utf8")).toContain("refresh-1");
    if (process.platform !== "win32") expect(statSync(file).mode & 0o077).toBe(0);
    await world.companion.restart();
    await world.relay(search);
    expect(world.last().headers["x-tts-access-token"]).toBe("access-1");
    expect(renewals()).toHaveLength(1);
  });

  test("does not overrule credentials that the seller has replaced", async () => {
    await world.start({ tiktok: tiktok() });
    world.channel.answer(renewing);
    await world.relay(search);
    const replaced = { tiktok: tiktok({ accessToken: "brand-new", refreshToken: "brand-new-r" }) };
    writeFileSync(
      join(world.companion.home, "rehearsal-credentials.json"),
      JSON.stringify(replaced),
    );
    // The file is looked at a few times a second, not at every call.
    await new Promise((done) => setTimeout(done, 100));
    await world.relay(search);
    expect(world.last().headers["x-tts-access-token"]).toBe("brand-new");
    await world.companion.restart();
    await world.relay(search);
    expect(world.last().headers["x-tts-access-token"]).toBe("brand-new");
  });

  test("that cannot be renewed leaves the channel's refusal, asked once more at most", async () => {
    await world.start({ tiktok: tiktok() });
    world.channel.answer(({ path }) =>
      path === search.path
        ? { status: 401, body: { code: 105002, message: "expired", request_id: "r" } }
        : { body: { code: 36004004, message: "revoked", request_id: "r" } },
    );
    const answer = await world.relay(search);
    expect(answer.json.status).toBe(401);
    expect(world.channel.asked).toHaveLength(2);
  });
});

describe("a call to Shopify", () => {
  test("asks for a token first, keeps it, and asks again when it is refused", async () => {
    await world.start({ shopify });
    let current = 0;
    world.channel.answer((asked): Told => {
      if (asked.path === "/admin/oauth/access_token") {
        current += 1;
        const token = `shpat-${current}`;
        return { body: { access_token: token, scope: "read_orders", expires_in: 86399 } };
      }
      const good = asked.headers["x-shopify-access-token"] === `shpat-${current}`;
      return good ? { body: { data: {} } } : { status: 401, body: { errors: "Invalid API key" } };
    });
    await world.relay(graphql, "shopify");
    await world.relay(graphql, "shopify");
    expect(world.channel.asked.map(({ path }) => path)).toEqual([
      "/admin/oauth/access_token",
      graphql.path,
      graphql.path,
    ]);
    expect(new URLSearchParams(world.channel.asked[0]?.body).get("client_secret")).toBe(
      canaries.clientSecret,
    );
    current = 5;
    expect((await world.relay(graphql, "shopify")).json.status).toBe(200);
    expect(world.last().headers["x-shopify-access-token"]).toBe("shpat-6");
  });
});

describe("a rehearsal that is over", () => {
  test("can no longer reach the shop: another run plays in it", async () => {
    await world.start({ tiktok: tiktok() });
    const old = "rehearsal-r0";
    const fence = await world.companion.lead(old);
    const answer = await world.companion.post(`/api/relay/${old}/tiktok`, search, fence);
    expect(answer.status).toBe(423);
    expect(answer.json.error.code).toBe("fenced_off");
    expect(world.channel.asked).toEqual([]);
  });
});

describe("the live book", () => {
  test("uses the seller's file and the redirected hosts, and is told as connected", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "credentials.json");
    writeFileSync(file, JSON.stringify({ tiktok: tiktok(), shopify: { shop: "../x" } }));
    await world.start(
      {},
      {
        env: {
          STREAMSTOCK_CREDENTIALS: file,
          STREAMSTOCK_UPSTREAM_TIKTOK: world.channel.origin,
          STREAMSTOCK_UPSTREAM_TIKTOK_AUTH: world.channel.origin,
        },
      },
    );
    world.channel.answer(() => ({ body: orders }));
    const live = await world.companion.lead("live");
    expect((await world.companion.post("/api/relay/live/tiktok", search, live)).json.status).toBe(
      200,
    );
    expect((await world.companion.get("/api/status")).json).toEqual({
      version: "0.0.0-test",
      rehearsal: true,
      connected: ["tiktok"],
    });
    expect((await world.relay(search)).json.error.code).toBe("not_connected");
    rmSync(folder, { recursive: true, force: true });
  });
});
