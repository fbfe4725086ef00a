import { describe, expect, test } from "@jest/globals";
import { ebayChannel } from "../../../src/channels/ebay/ebay-channel";
import { inTurn, scriptedHttp, type Told } from "../../support/scripted-http";
import { clock, ebayListing as listing, failure, offer, order } from "./told";

const item = (sku: string, quantity?: number) => ({
  sku,
  statusCode: 200,
  inventoryItem: { sku, availability: { shipToLocationAvailability: { quantity } } },
});
const offers = (...all: object[]): Told => ({ body: { total: all.length, offers: all } });

describe("stock at eBay", () => {
  test.each([
    ["the item's number where it is the smaller", 4, 7, 4],
    ["the offer's where that is", 9, 7, 7],
    ["the offer's where the item has none", undefined, 7, 7],
    ["the item's where the offer has none", 4, undefined, 4],
  ])("is %s", async (_name, ofItem, ofOffer, available) => {
    const http = inTurn([
      { body: { responses: [item("SKU-1", ofItem)] } },
      offers(offer({ availableQuantity: ofOffer })),
    ]);
    const readings = await ebayChannel({ http, clock }).readStock([listing(1)]);
    expect(readings).toEqual({ ok: true, value: [{ listingId: "SKU-1", available }] });
    expect(http.asked[1]?.query).toMatchObject({ sku: "SKU-1", format: "FIXED_PRICE" });
  });

  test("that nobody knows is left out, not zero", async () => {
    const http = inTurn([
      { status: 207, body: { responses: [item("SKU-1"), { sku: "SKU-2", statusCode: 404 }] } },
      offers(offer({ availableQuantity: undefined })),
    ]);
    const readings = await ebayChannel({ http, clock }).readStock([listing(1), listing(2)]);
    expect(readings).toEqual({ ok: true, value: [] });
  });

  test("of an offer that is not the mapped one is not this listing's", async () => {
    const http = inTurn([
      { body: { responses: [item("SKU-1", 3)] } },
      offers(offer({ offerId: "999" })),
    ]);
    expect(await ebayChannel({ http, clock }).readStock([listing(1)])).toEqual({
      ok: true,
      value: [],
    });
  });

  test("of 60 listings takes three bulk calls and an offer each", async () => {
    const http = scriptedHttp(({ path, body, query }) =>
      path.endsWith("/offer")
        ? offers(offer({ sku: query["sku"], offerId: `82094000${query["sku"]?.slice(4)}0` }))
        : {
            body: {
              responses: JSON.parse(body ?? "").requests.map(({ sku }: { sku: string }) =>
                item(sku, 5),
              ),
            },
          },
    );
    const listings = Array.from({ length: 60 }, (_, n) => listing(n + 1));
    const readings = await ebayChannel({ http, clock }).readStock(listings);
    expect(readings.ok && readings.value).toHaveLength(60);
    expect(http.asked.filter(({ path }) => path.endsWith("item"))).toHaveLength(3);
    expect(http.asked).toHaveLength(63);
  });

  test("one unknown SKU that refuses a whole call is left out of the next", async () => {
    const http = scriptedHttp(({ path, body }) => {
      if (path.endsWith("/offer")) return offers(offer());
      return body?.includes("SKU-2") === true
        ? failure(400, 25702)
        : { body: { responses: [item("SKU-1", 5)] } };
    });
    const readings = await ebayChannel({ http, clock }).readStock([listing(2), listing(1)]);
    expect(readings).toEqual({ ok: true, value: [{ listingId: "SKU-1", available: 5 }] });
  });

  test("is not told at all when a part of it could not be read", async () => {
    const http = scriptedHttp(({ path }) =>
      path.endsWith("/offer")
        ? failure(500, 25001)
        : { body: { responses: [item("SKU-1", 5), item("SKU-2", 5)] } },
    );
    expect(await ebayChannel({ http, clock }).readStock([listing(1), listing(2)])).toMatchObject({
      ok: false,
      error: { kind: "server_error" },
    });
  });
});

describe("orders of eBay", () => {
  const cursor = String(clock.now() - 60_000);
  const at = (ms: number) => new Date(ms).toISOString();

  test("are asked for from two minutes before the cursor, in eBay's own words", async () => {
    const http = inTurn([{ body: { orders: [], total: 0 } }]);
    await ebayChannel({ http, clock }).readOrders(cursor, 0);
    expect(http.asked[0]?.query).toEqual({
      filter: `lastmodifieddate:[${at(clock.now() - 180_000)}..]`,
      limit: "200",
      offset: "0",
    });
  });

  test("whose place moves while one pages are still all found", async () => {
    // The list is one of many that eBay may give: nobody says how it is sorted. A change moves the
    // first order to the end between two pages, and every other one record forward.
    let ids = Array.from({ length: 450 }, (_, n) => n);
    const http = scriptedHttp(({ query }) => {
      const from = Number(query["offset"]);
      const orders = ids
        .slice(from, from + 200)
        .map((n) => order({}, { orderId: `11-${String(n).padStart(5, "0")}-1` }));
      const more = from + 200 < ids.length;
      ids = [...ids.slice(1), ids[0] ?? 0];
      return { body: { orders, total: 450, ...(more && { next: "https://next" }) } };
    });
    const page = await ebayChannel({ http, clock }).readOrders(cursor, 0);
    expect(page.ok && page.value.orders).toHaveLength(450);
  });

  test("a reading that breaks off is none, so that the cursor rests on nothing unknown", async () => {
    const many = Array.from({ length: 200 }, (_, n) => order({}, { orderId: `11-${n}` }));
    const http = inTurn([{ body: { orders: many, total: 300 } }, failure(500, 30500)]);
    expect(await ebayChannel({ http, clock }).readOrders(cursor, 0)).toMatchObject({
      ok: false,
      error: { kind: "server_error" },
    });
  });

  test("a clock that runs ahead of eBay's asks again from a day before", async () => {
    const http = inTurn([failure(400, 30850), { body: { orders: [], total: 0 } }]);
    const read = await ebayChannel({ http, clock }).readOrders(null, clock.now() - 1000);
    expect(read.ok).toBe(true);
    expect(http.asked[1]?.query["filter"]).toContain(at(clock.now() - 1000 - 86_400_000));
  });

  test("are never asked for from further back than eBay looks", async () => {
    const http = inTurn([{ body: { orders: [], total: 0 } }]);
    await ebayChannel({ http, clock }).readOrders(null, 0);
    expect(http.asked[0]?.query["filter"]).toContain("lastmodifieddate:[2024-11-");
  });

  test("of which one hides its shipments count as still here, and hide no other", async () => {
    const partly = order({ lineItemFulfillmentStatus: "IN_PROGRESS" });
    const http = inTurn([
      { body: { orders: [partly, order({}, { orderId: "other" })], total: 2 } },
      failure(400, 32100),
    ]);
    const page = await ebayChannel({ http, clock }).readOrders(cursor, 0);
    expect(page).toMatchObject({
      value: { orders: [{ lines: [{ ordered: 3, shipped: 0 }] }, { orderId: "other" }] },
    });
  });

  test.each([
    ["a negative quantity", { quantity: -1 }],
    ["half a unit", { quantity: 1.5 }],
    ["no line id", { lineItemId: "" }],
    ["a quantity in words", { quantity: "3" }],
  ])("with %s do not fit, and the place is named", async (_name, line) => {
    const http = inTurn([{ body: { orders: [order(line)], total: 1 } }]);
    expect(await ebayChannel({ http, clock }).readOrders(cursor, 0)).toMatchObject({
      error: { kind: "malformed", where: expect.stringContaining("lineItems.0") },
    });
  });
});
