/**
 * Security 5, requests in the companion's name (SSRF): the page says what it wants to ask, never whom.
 * Fifty ways to lead the relay elsewhere, by address, by name, by redirect, by path and by header.
 */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import dns from "node:dns";
import { isPlainPath } from "../../src/companion/relay/plain-path";
import { Transport } from "../../src/companion/relay/transport";
import { amazon, orders, relayWorld, search, tiktok } from "../support/relay-world";
import { upstream, type Upstream } from "../support/upstream";

describe("an address that no channel has", () => {
  let near: Upstream;
  let transport: Transport;
  beforeAll(async () => {
    near = await upstream();
    transport = new Transport({ timeoutMs: 1000 });
  });
  afterAll(async () => {
    transport.close();
    await near.stop();
  });
  const send = (url: string, origin = URL.canParse(url) ? new URL(url).origin : url) =>
    transport.send({ method: "GET", url, headers: {}, body: null }, origin);

  const addresses = [
    "http://169.254.169.254/latest/meta-data/",
    "https://169.254.169.254/latest/meta-data/",
    "https://[::ffff:169.254.169.254]/",
    "https://[fd00:ec2::254]/",
    "https://2852039166/",
    "https://0xa9fea9fe/",
    "https://0251.0376.0251.0376/",
    "https://169.254.43518/",
    "https://10.0.0.1/",
    "https://192.168.0.1/",
    "https://172.16.0.1/",
    "https://100.64.0.1/",
    "https://0.0.0.0/",
    "https://[fe80::1]/",
    "https://[fc00::1]/",
    "https://[::]/",
    "https://8.8.8.8/",
    "https://[2001:4860:4860::8888]/",
    "http://open-api.tiktokglobalshop.com/",
    "http://api.ebay.com/",
    "ftp://api.ebay.com/",
    "file:///etc/passwd",
    "data:text/plain,x",
    "javascript:1",
    "gopher://api.ebay.com/",
    "//api.ebay.com/",
    "api.ebay.com",
  ];
  test.each(addresses)("%s is not connected to", async (url) => {
    const lookup = jest.spyOn(dns, "lookup");
    const answer = await send(url);
    expect(answer.ok).toBe(false);
    expect(lookup).not.toHaveBeenCalled();
    lookup.mockRestore();
  });

  const names = [
    "127.0.0.1",
    "10.1.2.3",
    "192.168.1.1",
    "169.254.169.254",
    "::1",
    "::ffff:10.0.0.1",
    "fe80::1",
    "fd00::1",
    "64:ff9b::a00:1",
    "2002:a00:1::",
  ];
  test.each(names)(
    "a channel's own name that resolves to %s is not connected to",
    async (address) => {
      const lookup = jest.spyOn(dns, "lookup").mockImplementation(((
        _name: string,
        _options: object,
        callback: (error: null, found: object[]) => void,
      ) => {
        callback(null, [{ address, family: address.includes(":") ? 6 : 4 }]);
      }) as never);
      const { port } = new URL(near.origin);
      expect(await send(`https://api.ebay.com:${port}/`)).toEqual({
        ok: false,
        error: "ENOTALLOWED",
      });
      expect(near.asked).toHaveLength(0);
      lookup.mockRestore();
    },
  );

  test.each(["user@", "user:secret@", ":@", "localhost@", "127.0.0.1%40"])(
    "a name hidden behind %s is not connected to",
    async (before) => {
      const answer = await send(`https://${before}127.0.0.1.nip.io/`, "https://127.0.0.1.nip.io");
      expect(answer.ok).toBe(false);
    },
  );

  test("is not reached from the origin of another either", async () => {
    const other = await upstream();
    expect(await send(`${other.origin}/`, near.origin)).toEqual({ ok: false, error: "EWRONGHOST" });
    expect(other.asked).toHaveLength(0);
    await other.stop();
  });
});

describe("a channel's answer", () => {
  const world = relayWorld();

  test("that redirects is handed back as it is, wherever it leads", async () => {
    await world.start({ tiktok: tiktok() });
    const trap = await upstream();
    const places = [
      `${trap.origin}/`,
      `//${new URL(trap.origin).host}/`,
      "http://169.254.169.254/",
      "https://evil.example/",
      "/rehearsal/truth",
      "\\\\evil.example\\",
    ];
    for (const location of places) {
      for (const status of [300, 301, 302, 303, 307, 308]) {
        world.channel.answer(() => ({ status, headers: { location, refresh: `0;${location}` } }));
        const answer = await world.relay(search);
        expect(answer.json.status).toBe(status);
        expect(JSON.stringify(answer.json.headers)).not.toContain(location);
      }
    }
    expect(trap.asked).toHaveLength(0);
    expect(world.channel.asked).toHaveLength(places.length * 6);
    await trap.stop();
  });

  test("cannot add a header to ours: only known ones pass, and none twice", async () => {
    await world.start({ tiktok: tiktok() });
    world.channel.answer(() => ({
      headers: {
        "set-cookie": "a=b",
        "access-control-allow-origin": "*",
        "content-security-policy": "script-src *",
        location: "http://evil.example",
        "x-streamstock-token": "x",
      },
      body: orders,
    }));
    const answer = await world.relay(search);
    for (const name of ["set-cookie", "access-control-allow-origin", "location"]) {
      expect(answer.headers.get(name)).toBeNull();
      expect(answer.json.headers[name]).toBeUndefined();
    }
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

describe("a page's request", () => {
  const world = relayWorld();

  test("brings no header along, whatever it says of itself", async () => {
    await world.start({ tiktok: tiktok() });
    world.channel.answer(() => ({ body: orders }));
    const odd = { ...search, headers: { host: "evil", "x-tts-access-token": "x" }, host: "evil" };
    await world.companion.post(`/api/relay/rehearsal-r1/tiktok`, odd, {
      ...world.fence,
      cookie: "a=b",
      authorization: "Bearer x",
      "x-forwarded-host": "evil.example",
      "transfer-encoding-x": "chunked",
    });
    const { headers } = world.last();
    expect(headers.host).toBe(new URL(world.channel.origin).host);
    expect(Object.keys(headers).sort()).toEqual([
      "accept-encoding",
      "connection",
      "content-length",
      "content-type",
      "host",
      "user-agent",
      "x-tts-access-token",
    ]);
    expect(headers["x-tts-access-token"]).not.toBe("x");
  });

  test("with a seller's own words in its path reaches that path and no other", async () => {
    await world.start({ amazon });
    world.channel.answer(({ path }) =>
      path.startsWith("/auth")
        ? { body: { access_token: "a", token_type: "bearer", expires_in: 3600 } }
        : { body: {} },
    );
    const items = "/listings/2021-08-01/items";
    const read = (sku: string) => ({
      method: "GET",
      path: `${items}/seller/${sku}`,
      query: { includedData: "summaries" },
      body: null,
    });
    for (const sku of ["A/B", "50% off", "a.b..c", "%2F", "x?y#z", "雨衣 一", "A\\B", "..."]) {
      const answer = await world.relay(read(encodeURIComponent(sku)), "amazon");
      expect([sku, answer.status]).toEqual([sku, 200]);
      expect(world.channel.asked.at(-1)?.path).toBe(
        `${items}/${amazon.sellerId}/${encodeURIComponent(sku)}`,
      );
    }
    const before = world.channel.asked.length;
    const ways = ["..", ".", "../x", "..%2Fx", "%2e%2e", "%2E%2E%2Fx", "a%2F..%2F..%2Fx", "a%2f.."];
    for (const sku of [
      ...ways,
      "%252e%252e%252f",
      "a%5C..%5Cx",
      "%00",
      "a%0D%0AHost:x",
      "",
      "%zz",
    ]) {
      const answer = await world.relay(read(sku), "amazon");
      expect([sku, answer.status]).toEqual([sku, 400]);
    }
    expect(world.channel.asked).toHaveLength(before);
  });

  test("is one path in one spelling", () => {
    for (const path of ["/a/b-c_d~e/v1.2", "/a/%E9%9B%A8", "/a/x%2Fy", "/a/100%25", "/a/(b)!*'"]) {
      expect([path, isPlainPath(path)]).toEqual([path, true]);
    }
    const spellings = ["/a/%e9%9b%a8", "/a/%61", "/a//b", "/a/", "a/b", "/a/b c", "/a/b;c", "/a/é"];
    for (const path of [...spellings, "/a/%c0%ae", "/a/%", "/a/%25zz%252F..%252Fb", "/a\\b"]) {
      expect([path, isPlainPath(path)]).toEqual([path, false]);
    }
  });
});
