import { describe, expect, test } from "@jest/globals";
import { inTurn, scriptedHttp, type Told } from "../../support/scripted-http";
import { items, page, refused, shop } from "./shop";

describe("the listings of an Amazon shop", () => {
  const listed = (sku: string, more: object = {}) => ({
    sku,
    summaries: [
      {
        marketplaceId: "ATVPDKIKX0DER",
        asin: "B0CX23V2ZK",
        status: ["BUYABLE", "DISCOVERABLE"],
        itemName: "=HYPERLINK(1)",
        createdDate: "2026-01-02T00:00:00Z",
      },
    ],
    fulfillmentAvailability: [{ fulfillmentChannelCode: "DEFAULT", quantity: 1 }],
    ...more,
  });
  const found = (total: number, nextToken: string, ...rows: object[]): Told => ({
    body: { numberOfResults: total, items: rows, pagination: { nextToken } },
  });

  test("FBA listings say so, parents of variations are left out, titles stay text", async () => {
    const parent = {
      relationships: [{ relationships: [{ type: "VARIATION", childSkus: ["S"] }] }],
    };
    const http = inTurn([
      found(
        3,
        "",
        listed("S"),
        listed("FBA", { fulfillmentAvailability: [{ fulfillmentChannelCode: "AMAZON_NA" }] }),
        listed("P", parent),
      ),
    ]);
    const read = await shop(http).readListings(null);
    expect(read).toMatchObject({
      ok: true,
      value: {
        items: [
          { sku: "S", fulfilledBy: "seller", onSale: true, title: "=HYPERLINK(1)" },
          { sku: "FBA", fulfilledBy: "channel" },
        ],
        next: null,
      },
    });
  });

  test("pages are followed, and beyond a thousand a new search goes on from the last one's date", async () => {
    const http = scriptedHttp(({ query }, n) =>
      "createdAfter" in query
        ? found(1, "", listed("LAST"))
        : found(1001, `t${n}`, ...Array.from({ length: 20 }, (_, k) => listed(`S${n * 20 + k}`))),
    );
    const channel = shop(http);
    const skus = new Set<string>();
    for (let next: string | null = null, pages = 0; pages < 60; pages += 1) {
      channel.later(1000);
      const read = await channel.readListings(next);
      if (!read.ok) throw new Error(JSON.stringify(read.error));
      for (const item of read.value.items) skus.add(item.sku);
      next = read.value.next;
      if (next === null) break;
    }
    expect(skus.size).toBe(1001);
    expect(http.asked.at(-1)?.query["createdAfter"]).toBe("2026-01-02T00:00:00.000Z");
  });

  test("more of one moment than a search shows is said, not swallowed", async () => {
    const same = Date.UTC(2026, 0, 2);
    const http = inTurn([found(2000, "", listed("S"))]);
    expect(await shop(http).readListings(`${same}/980/t`)).toMatchObject({
      error: { kind: "rejected", code: "too_many_listings" },
    });
  });

  test("a page that is not ours is malformed", async () =>
    expect(await shop(inTurn([])).readListings("x")).toMatchObject({
      error: { kind: "malformed" },
    }));
});

describe("testing the connection to Amazon", () => {
  const participation = (isParticipating: boolean): Told => ({
    body: {
      payload: [
        {
          marketplace: { id: "ATVPDKIKX0DER" },
          storeName: "晓雯",
          participation: { isParticipating },
        },
      ],
    },
  });

  test("names the shop, and the roles that the keys lack", async () => {
    const denied = refused(403, "Unauthorized");
    expect(await shop(inTurn([participation(true), items(), page("")])).testConnection()).toEqual({
      ok: true,
      value: { shopName: "晓雯", missing: [] },
    });
    expect(await shop(inTurn([participation(true), denied, denied])).testConnection()).toEqual({
      ok: true,
      value: { shopName: "晓雯", missing: ["Product Listing", "Inventory and Order Tracking"] },
    });
  });

  test("keys that open nothing, a shop that sells nowhere, and a fault are told apart", async () => {
    const told = async (...answers: Told[]) => await shop(inTurn(answers)).testConnection();
    expect(await told(refused(403, "Unauthorized"))).toMatchObject({
      error: { kind: "unauthorised" },
    });
    expect(await told(participation(false))).toMatchObject({ error: { code: "no_marketplace" } });
    expect(await told(participation(true), refused(500, "InternalFailure"))).toMatchObject({
      error: { kind: "server_error", status: 500 },
    });
  });
});
