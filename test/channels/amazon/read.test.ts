import { describe, expect, test } from "@jest/globals";
import { amazonListing } from "../../support/listings";
import { inTurn, scriptedHttp } from "../../support/scripted-http";
import { items, order, page, refused, shop, START } from "./shop";

describe("reading stock from Amazon", () => {
  const [a, b, c, d] = [amazonListing(1), amazonListing(2), amazonListing(3), amazonListing(4)];

  test("own units are read; what lies in Amazon's warehouse is not, nor a row left from before", async () => {
    const http = inTurn([
      items(
        [a.listingId, { DEFAULT: 7 }],
        [b.listingId, { AMAZON_NA: 50 }],
        [c.listingId, { DEFAULT: 3, AMAZON_NA: 40 }],
        [d.listingId, { DEFAULT: undefined }],
      ),
    ]);
    expect(await shop(http).readStock([a, b, c, d])).toEqual({
      ok: true,
      value: [{ listingId: a.listingId, available: 7 }],
    });
    expect(http.asked[0]?.query).toEqual({
      includedData: "fulfillmentAvailability",
      marketplaceIds: "ATVPDKIKX0DER",
      identifiers: [a, b, c, d].map((one) => one.listingId).join(","),
      identifiersType: "SKU",
      pageSize: "20",
    });
  });

  test("a SKU with a comma is asked for alone, so that it is not taken for two", async () => {
    const comma = amazonListing(1, { listingId: "A,B/1" });
    const http = inTurn([
      {
        body: {
          sku: "A,B/1",
          fulfillmentAvailability: [{ fulfillmentChannelCode: "DEFAULT", quantity: 4 }],
        },
      },
      items([a.listingId, { DEFAULT: 1 }]),
    ]);
    expect(await shop(http).readStock([comma, a])).toMatchObject({
      value: [
        { listingId: "A,B/1", available: 4 },
        { listingId: a.listingId, available: 1 },
      ],
    });
    expect(http.asked[0]?.path).toBe("/listings/2021-08-01/items/seller/A%2CB%2F1");
  });

  test("a listing that Amazon does not have is left out, asked for alone or with others", async () => {
    const comma = amazonListing(1, { listingId: "A,B" });
    const http = inTurn([refused(404, "NOT_FOUND"), items()]);
    expect(await shop(http).readStock([comma, a])).toEqual({ ok: true, value: [] });
  });

  test("more listings than five searches hold are read in turns, and none is forgotten", async () => {
    const many = Array.from({ length: 250 }, (_, n) => amazonListing(n));
    const http = scriptedHttp(({ query }) => {
      const skus = (query["identifiers"] ?? "").split(",");
      return items(...skus.map((sku) => [sku, { DEFAULT: 1 }] as const));
    });
    const channel = shop(http);
    const seen = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      const read = await channel.readStock(many);
      expect(read.ok && read.value.length).toBe(100);
      if (read.ok) for (const { listingId } of read.value) seen.add(listingId);
      channel.later(1000);
    }
    expect(seen.size).toBe(250);
    expect(http.asked).toHaveLength(15);
  });
});

describe("reading orders from Amazon", () => {
  test("asks from two minutes before the cursor on, with no upper end, and repeats it on every page", async () => {
    const http = inTurn([
      page("a+/=", order("1", "2026-11-23T09:30:00Z")),
      page("", order("2", "2026-11-23T09:20:00Z")),
    ]);
    const read = await shop(http).readOrders(String(Date.UTC(2026, 10, 23, 9, 2)), 0);
    expect(read).toMatchObject({
      ok: true,
      value: {
        orders: [{ orderId: "1" }, { orderId: "2" }],
        cursor: `${Date.UTC(2026, 10, 23, 9, 30)}`,
      },
    });
    const query = {
      lastUpdatedAfter: "2026-11-23T09:00:00.000Z",
      fulfilledBy: "MERCHANT",
      includedData: "FULFILLMENT",
      maxResultsPerPage: "100",
    };
    expect(http.asked.map((one) => one.query)).toEqual([
      query,
      { ...query, paginationToken: "a+/=" },
    ]);
  });

  test("the first search begins two minutes back at the latest, as Amazon wants it", async () => {
    const http = inTurn([page("")]);
    const read = await shop(http).readOrders(null, START - 1000);
    expect(http.asked[0]?.query["lastUpdatedAfter"]).toBe("2026-11-23T09:58:00.000Z");
    expect(read).toMatchObject({ ok: true, value: { orders: [] } });
  });

  test("a time ahead of Amazon's own clock does not carry the cursor past real changes", async () => {
    const http = inTurn([page("", order("1", "2030-01-01T00:00:00Z"))]);
    const read = await shop(http).readOrders("1763888000000", 0);
    expect(read).toMatchObject({ value: { cursor: `${Date.UTC(2026, 10, 23, 9, 58)}` } });
  });

  test("a reading cut short goes on where it was, and only then moves its beginning", async () => {
    const http = inTurn([
      page("t2", order("1", "2026-11-23T09:30:00Z")),
      refused(429, "QuotaExceeded"),
      page("t3", order("2", "2026-11-23T09:20:00Z")),
      page("", order("3", "2026-11-23T09:10:00Z")),
      page(""),
    ]);
    const channel = shop(http);
    const first = await channel.readOrders(null, Date.UTC(2026, 10, 23, 9));
    expect(first).toMatchObject({ ok: true, value: { orders: [{ orderId: "1" }] } });
    channel.later(400_000);
    const second = await channel.readOrders(first.ok ? first.value.cursor : "", 0);
    expect(second).toMatchObject({
      ok: true,
      value: {
        orders: [{ orderId: "2" }, { orderId: "3" }],
        cursor: `${Date.UTC(2026, 10, 23, 9, 30)}`,
      },
    });
    expect(http.asked.slice(1, 4).map(({ query }) => query["paginationToken"])).toEqual([
      "t2",
      "t2",
      "t3",
    ]);
    expect(new Set(http.asked.map(({ query }) => query["lastUpdatedAfter"]))).toEqual(
      new Set(["2026-11-23T09:00:00.000Z"]),
    );
  });

  test("a page token that has gone bad meanwhile begins the search anew instead of ending it", async () => {
    const http = inTurn([
      refused(400, "InvalidInput"),
      page("", order("1", "2026-11-23T09:30:00Z")),
    ]);
    const since = Date.UTC(2026, 10, 23, 9);
    const read = await shop(http).readOrders(`${since}/${since}/old/token`, 0);
    expect(read).toMatchObject({ ok: true, value: { orders: [{ orderId: "1" }] } });
    expect(http.asked.map(({ query }) => query["paginationToken"])).toEqual([
      "old/token",
      undefined,
    ]);
  });

  test("the same page under ever new tokens is a malformed reply, not an endless reading", async () => {
    const http = scriptedHttp((_request, n) => page(`t${n}`, order("1", "2026-11-23T09:30:00Z")));
    expect(await shop(http).readOrders("0", 0)).toMatchObject({ error: { kind: "malformed" } });
    expect(http.asked).toHaveLength(2);
  });

  test.each(["", "x", "1/2", "1/2/", "-1", "1/x/t"])("%j is no cursor", async (cursor) => {
    const http = inTurn([]);
    expect(await shop(http).readOrders(cursor, 0)).toMatchObject({ error: { kind: "malformed" } });
  });
});
