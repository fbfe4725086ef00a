/**
 * Security 11, prototype pollution in JSON: `__proto__`, `constructor` and `prototype` as keys anywhere
 * in what is sent or answered change nothing, and as a seller's SKU or a query's name they still work.
 */
import { describe, expect, test } from "@jest/globals";
import * as v from "valibot";
import { relayRequestSchema } from "../../src/channels/http/relay-contract";
import { relayWorld, search, shopify, tiktok } from "../support/relay-world";

const world = relayWorld();
const names = ["__proto__", "constructor", "prototype", "hasOwnProperty", "toString"];
const poison = (name: string) => `{"${name}":{"polluted":"yes","status":"yes"}}`;

function expectCleanRealm(): void {
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  expect(([] as unknown as Record<string, unknown>)["polluted"]).toBeUndefined();
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain("polluted");
  expect((() => 0 as unknown as Record<string, unknown>)()).not.toHaveProperty("polluted");
}

describe("a poisoned key", () => {
  test.each(names)("%s in any call is refused or does nothing", async (name) => {
    await world.start({ tiktok: tiktok() });
    const { companion, fence } = world;
    const bodies = [
      poison(name),
      `{"fields":${poison(name)}}`,
      `{"action":"acquire","holder":"a","${name}":{"polluted":1}}`,
      `{"records":[${poison(name)}]}`,
      `{"pasted":"x","${name}":{"polluted":1}}`,
      `[${poison(name)}]`,
    ];
    const places = [
      "/api/lease/live",
      "/api/journal/live/append",
      "/api/relay/rehearsal-r1/tiktok",
      "/api/channels/ebay/connect",
      "/api/channels/ebay/code",
      "/api/alarm/rehearsal-r1",
      "/api/rehearsal/new",
    ];
    for (const place of places) {
      for (const body of bodies) {
        const answer = await companion.post(place, body, fence);
        expect(answer.status).toBeLessThan(503);
        expect(answer.status).not.toBe(500);
      }
    }
    expectCleanRealm();
    expect((await companion.get("/api/status")).status).toBe(200);
  });

  test.each(names)("%s as the name of a book, a channel or a step finds nothing", async (name) => {
    await world.start({ tiktok: tiktok() });
    for (const path of [
      `/api/relay/rehearsal-r1/${name}`,
      `/api/relay/${name}/tiktok`,
      `/api/lease/${name}`,
      `/api/channels/${name}/connect`,
      `/api/channels/ebay/${name}`,
      `/api/alarm/${name}`,
    ]) {
      expect([path, (await world.companion.post(path, "{}", world.fence)).status]).toEqual([
        path,
        404,
      ]);
    }
  });

  test.each(names)("%s in a channel's answer changes nothing here", async (name) => {
    await world.start({ tiktok: tiktok({ accessTokenExpiresAt: 1 }), shopify });
    world.channel.answer(() => ({
      body: `{"code":0,"access_token":"a","expires_in":100,"${name}":{"polluted":1},"data":${poison(name)}}`,
    }));
    await world.relay(search);
    await world.relay({ ...search, path: "/admin/api/2026-10/graphql.json" }, "shopify");
    expectCleanRealm();
  });

  test.each(names)("%s in the credentials file opens nothing", async (name) => {
    await world.start(JSON.parse(poison(name)));
    expect((await world.relay(search)).json.error.code).toBe("not_connected");
    expectCleanRealm();
  });
});

describe("the same word as a value", () => {
  test.each(names)("%s is written to the journal and read back", async (name) => {
    await world.start({});
    const json = JSON.stringify({ sku: name, [`x${name}`]: 1 });
    const { companion, fence } = world;
    await companion.post(
      "/api/journal/rehearsal-r1/append",
      { records: [{ seq: 1, json }] },
      fence,
    );
    const page = await companion.get("/api/journal/rehearsal-r1");
    expect(page.json.records).toEqual([{ seq: 1, json }]);
  });

  test("is a query's value like any other, and `__proto__` as its name is dropped, not obeyed", () => {
    for (const name of names) {
      const parsed = v.parse(relayRequestSchema, { ...search, query: { sku: name } });
      expect(parsed.query["sku"]).toBe(name);
    }
    const text = '{"method":"GET","path":"/a","body":null,"query":{"__proto__":"x","a":"b"}}';
    const { query } = v.parse(relayRequestSchema, JSON.parse(text));
    expect(Object.getPrototypeOf(query)).toBe(Object.prototype);
    expect(Object.entries(query)).toEqual([["a", "b"]]);
  });
});
