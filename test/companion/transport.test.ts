import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import dns from "node:dns";
import { Transport } from "../../src/companion/relay/transport";
import { upstream, type Upstream } from "../support/upstream";

let near: Upstream;
let transport: Transport;
beforeAll(async () => {
  near = await upstream();
  transport = new Transport({ timeoutMs: 1000 });
});
afterAll(async () => {
  jest.restoreAllMocks();
  transport.close();
  await near.stop();
});

const send = (url: string, origin = URL.canParse(url) ? new URL(url).origin : url) =>
  transport.send({ method: "GET", url, headers: {}, body: null }, origin);

test("a request that leaves the host it was made for is not sent", async () => {
  const { origin } = near;
  const { port } = new URL(origin);
  for (const url of [
    `http://localhost:${port}/`,
    `http://127.0.0.2:${port}/`,
    `http://user@127.0.0.1:${port}/`,
    `http://:secret@127.0.0.1:${port}/`,
    "http://127.0.0.1:1/",
    "https://127.0.0.1/",
    "file:///etc/passwd",
    "nothing",
  ]) {
    expect(await send(url, origin)).toEqual({ ok: false, error: "EWRONGHOST" });
  }
  expect(near.asked).toHaveLength(0);
});

test("the world outside is reached by https and by name only", async () => {
  for (const url of [
    "http://example.com/",
    "https://169.254.169.254/",
    "https://8.8.8.8/",
    "https://[::ffff:169.254.169.254]/",
    "https://[fe80::1]/",
    "https://2852039166/",
  ]) {
    expect(await send(url)).toEqual({ ok: false, error: "EWRONGHOST" });
  }
});

test("a public name that resolves into this machine or its network is not connected to", async () => {
  const { port } = new URL(near.origin);
  const inside = ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fe80::1"];
  for (const address of inside) {
    const lookup = jest.spyOn(dns, "lookup").mockImplementation(((
      _name: string,
      _options: object,
      callback: (error: null, found: object[]) => void,
    ) => {
      callback(null, [{ address, family: address.includes(":") ? 6 : 4 }]);
    }) as never);
    const answer = await send(`https://open-api.tiktokglobalshop.com:${port}/`);
    expect([address, answer]).toEqual([address, { ok: false, error: "ENOTALLOWED" }]);
    expect(lookup).toHaveBeenCalled();
    lookup.mockRestore();
  }
  expect(near.asked).toHaveLength(0);
});
