import { describe, expect, test } from "@jest/globals";
import { book, graphql, orders, relayWorld, search, tiktok } from "../support/relay-world";
import { upstream } from "../support/upstream";

const world = relayWorld();

describe("a request that is not one of ours", () => {
  const paths = [
    "//evil.com/",
    "/@evil.com",
    "/order/202309/orders/search/../../../x",
    "/order/202309/orders/search/..",
    "/order/202309/./orders/search",
    "/order/202309/orders/%2e%2e/search",
    "/order/202309/orders%2fsearch",
    "/order/202309/orders/search;x",
    "/order/202309/orders/search\r\nHost: evil.com",
    "/order/202309/orders/search HTTP/1.1",
    "/order/202309/orders/search\u0000",
    "/order/202309/orders/search?x",
    "/order/202309/orders/search#x",
    "/order\\202309\\orders\\search",
    "http://evil.com/order/202309/orders/search",
    "https://169.254.169.254/latest/meta-data",
    ".evil.com/",
    ":80@evil.com/",
    "@evil.com/",
    "",
    "/",
    "/api/v2/token/refresh",
    "/api/v2/token/get",
    "/rehearsal",
    "/rehearsal/truth",
    "/finance/202309/payments",
    "/order/202309/orders/search/",
    "/order/２０２３０９/orders/search",
    "/ORDER/202309/orders/search",
  ];
  test(`is refused before anything is sent: ${paths.length} paths, other methods, odd forms`, async () => {
    await world.start({ tiktok: tiktok() });
    for (const path of paths) {
      const answer = await world.relay({ ...search, path });
      expect([path, answer.status]).toEqual([path, 400]);
    }
    for (const method of ["GET", "DELETE", "CONNECT", "TRACE", "post", "POST /x HTTP/1.1"]) {
      expect((await world.relay({ ...search, method })).status).toBe(400);
    }
    for (const odd of [{}, { ...search, query: "x" }, { ...search, query: { a: 1 } }, [], null]) {
      expect((await world.relay(odd)).status).toBe(400);
    }
    expect(world.channel.asked).toHaveLength(0);
  });

  test("cannot change host, keys or signature by its query", async () => {
    await world.start({ tiktok: tiktok() });
    world.channel.answer(() => ({ body: orders }));
    const query = {
      app_key: "other",
      sign: "forged",
      timestamp: "1",
      shop_cipher: "other",
      access_token: "x",
      "a&app_key=b": "c&d=e#f",
      "x\r\nHost: evil.com": "\r\n\r\nGET /",
      "@evil.com": "http://evil.com",
    };
    await world.relay({ ...search, query });
    const { query: sent, headers } = world.last();
    expect(sent.getAll("app_key")).toEqual(["key"]);
    expect(sent.getAll("shop_cipher")).toEqual(["cipher"]);
    expect(sent.get("sign")).toMatch(/^[0-9a-f]{64}$/);
    expect(sent.get("a&app_key=b")).toBe("c&d=e#f");
    expect(headers.host).toBe(new URL(world.channel.origin).host);
  });

  test("to an unknown book or channel, or one without keys, is told so", async () => {
    await world.start({ tiktok: tiktok() });
    expect((await world.relay(search, "etsy")).status).toBe(404);
    expect((await world.relay(search, "__proto__")).status).toBe(404);
    for (const name of ["shopify", "amazon", "ebay"]) {
      const answer = await world.relay(graphql, name);
      expect([answer.status, answer.json.error.code]).toEqual([409, "not_connected"]);
    }
    const live = await world.companion.lead("live");
    const answer = await world.companion.post("/api/relay/live/tiktok", search, live);
    expect(answer.json.error.code).toBe("not_connected");
    expect(world.channel.asked).toHaveLength(0);
  });

  test("needs the newest fencing token of its own book", async () => {
    await world.start({ tiktok: tiktok() });
    for (const headers of [{}, { "x-streamstock-fence": "7" }]) {
      const answer = await world.companion.post(`/api/relay/${book}/tiktok`, search, headers);
      expect([answer.status, answer.json.error.code]).toEqual([423, "fenced_off"]);
    }
    await world.companion.post(`/api/lease/${book}`, { action: "release", holder: "test" });
    expect((await world.relay(search)).status).toBe(423);
    expect(world.channel.asked).toHaveLength(0);
  });
});

describe("a channel that fails", () => {
  test("to answer in time, at all, or with anything but HTTP is unreachable", async () => {
    await world.start({ tiktok: tiktok() });
    for (const told of [{ silent: true }, { reset: true }]) {
      world.channel.answer(() => told);
      const answer = await world.relay(search);
      expect([answer.status, answer.json.error.code]).toEqual([502, "upstream_unreachable"]);
    }
    await world.channel.stop();
    expect((await world.relay(search)).json.error.code).toBe("upstream_unreachable");
    world.channel = await upstream();
  });

  test("with an endless answer is cut off", async () => {
    await world.start({ tiktok: tiktok() }, { upstreamTimeoutMs: 5000 });
    world.channel.answer(() => ({ body: "x".repeat(17 * 1024 * 1024) }));
    expect((await world.relay(search)).json.error.code).toBe("upstream_unreachable");
  });

  test("by closing a kept connection is simply called again", async () => {
    await world.start({ tiktok: tiktok() });
    let cut = false;
    world.channel.answer(() => {
      if (!cut) return { body: orders };
      cut = false;
      return { reset: true };
    });
    expect((await world.relay(search)).status).toBe(200);
    cut = true;
    expect((await world.relay(search)).status).toBe(200);
  });
});
