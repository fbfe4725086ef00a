import { describe, expect, test } from "@jest/globals";
import { ebayChannel } from "../../../src/channels/ebay/ebay-channel";
import { RevisionBudget } from "../../../src/channels/ebay/revisions";
import { inTurn, scriptedHttp, type Told } from "../../support/scripted-http";
import { clock, ebayListing as listing, failure, offer, order } from "./told";

describe("the listings of an eBay shop", () => {
  test("are its offers, a group of variations named on each", async () => {
    const http = scriptedHttp(({ path, query }) => {
      if (path.includes("item_group")) return { body: { title: "Shirts" } };
      if (path.endsWith("/inventory_item")) {
        return {
          body: {
            inventoryItems: [
              { sku: "SKU-1", product: { title: "Mug" } },
              { sku: "RED", groupIds: ["G"], product: {} },
              { sku: "BLUE", inventoryItemGroupKeys: ["G"], product: { title: "Shirt, blue" } },
              { sku: "NEVER", product: { title: "never offered" } },
            ],
            next: "/sell/inventory/v1/inventory_item?limit=25&offset=1",
          },
        };
      }
      const sku = query["sku"];
      return sku === "NEVER" ? failure(404, 25713) : { body: { offers: [offer({ sku })] } };
    });
    const page = await ebayChannel({ http, clock }).readListings(null);
    const common = {
      onSale: true,
      fulfilledBy: "seller",
      parts: [],
    };
    const ids = { channel: "ebay", parentId: "8209400010" };
    expect(page).toEqual({
      ok: true,
      value: {
        items: [
          {
            ...common,
            sku: "SKU-1",
            title: "Mug",
            listing: { ...ids, listingId: "SKU-1", locationId: "" },
          },
          {
            ...common,
            sku: "RED",
            title: "Shirts",
            listing: { ...ids, listingId: "RED", locationId: "G" },
          },
          {
            ...common,
            sku: "BLUE",
            title: "Shirt, blue",
            listing: { ...ids, listingId: "BLUE", locationId: "G" },
          },
        ],
        next: "1",
      },
    });
  });

  test.each([
    ["published", {}, true],
    ["out of stock, which waits for units", { listing: { listingStatus: "OUT_OF_STOCK" } }, true],
    ["never published", { status: "UNPUBLISHED", listing: undefined }, false],
    ["ended", { listing: { listingStatus: "ENDED" } }, false],
    ["held back by eBay", { listing: { listingStatus: "ACTIVE", listingOnHold: true } }, false],
  ])("%s", async (_name, more, onSale) => {
    const http = inTurn([
      { body: { inventoryItems: [{ sku: "SKU-1" }] } },
      { body: { offers: [offer(more)] } },
    ]);
    expect(await ebayChannel({ http, clock }).readListings("4")).toMatchObject({
      value: { items: [{ onSale }], next: null },
    });
    expect(http.asked[0]?.query["offset"]).toBe("4");
  });

  test("of a shop without any are none", async () => {
    const http = inTurn([failure(404, 25710)]);
    expect(await ebayChannel({ http, clock }).readListings(null)).toEqual({
      ok: true,
      value: { items: [], next: null },
    });
  });
});

describe("taking an eBay listing off sale", () => {
  const published: Told = { body: offer() };
  const unpublished: Told = { body: offer({ status: "UNPUBLISHED", listing: undefined }) };
  const paths = (http: { asked: readonly { path: string }[] }) =>
    http.asked.map(({ path }) => path.replace("/sell/inventory/v1", ""));

  test("withdraws its offer and puts it back by publishing it", async () => {
    const http = inTurn([published, { body: { listingId: "1" } }, unpublished, { body: {} }]);
    const channel = ebayChannel({ http, clock });
    const accepted = { ok: true, value: { listingId: "SKU-1", kind: "accepted" } };
    expect(await channel.setOnSale(listing(1), false)).toEqual(accepted);
    expect(await channel.setOnSale(listing(1), true)).toEqual(accepted);
    expect(paths(http)).toEqual([
      "/offer/8209400010",
      "/offer/8209400010/withdraw",
      "/offer/8209400010",
      "/offer/8209400010/publish",
    ]);
  });

  test("does nothing where it is so already: publishing twice would be two listings", async () => {
    const http = inTurn([published, unpublished]);
    const channel = ebayChannel({ http, clock });
    expect(await channel.setOnSale(listing(1), true)).toMatchObject({
      value: { kind: "accepted" },
    });
    expect(await channel.setOnSale(listing(1), false)).toMatchObject({
      value: { kind: "accepted" },
    });
    expect(http.asked).toHaveLength(2);
  });

  test("takes a variation's whole group, by its key and marketplace", async () => {
    const http = inTurn([published, { status: 204, body: "" }]);
    const channel = ebayChannel({ http, clock });
    const one = listing(1, { locationId: "G" });
    expect(await channel.setOnSale(one, false)).toMatchObject({ value: { kind: "accepted" } });
    expect(paths(http)[1]).toBe("/offer/withdraw_by_inventory_item_group");
    expect(JSON.parse(http.asked[1]?.body ?? "")).toEqual({
      inventoryItemGroupKey: "G",
      marketplaceId: "EBAY_US",
    });
  });

  test("that eBay refuses is this listing's outcome; a lost connection is the channel's", async () => {
    const refused = ebayChannel({
      http: inTurn([unpublished, failure(400, 25003, "price")]),
      clock,
    });
    expect(await refused.setOnSale(listing(1), true)).toEqual({
      ok: true,
      value: { listingId: "SKU-1", kind: "rejected", code: "25003", message: "price" },
    });
    const gone = ebayChannel({
      http: inTurn([published, { refusal: { kind: "unreachable", message: "" } }]),
      clock,
    });
    expect(await gone.setOnSale(listing(1), false)).toMatchObject({
      ok: false,
      error: { kind: "unreachable" },
    });
  });

  test("may use the reserve and stops where there is no revision at all", async () => {
    const used = (revisions: number) =>
      new RevisionBudget({ "8209400010": { day: "2026-11-23", revisions } });
    const some = ebayChannel({
      http: inTurn([published, { body: {} }]),
      clock,
      revisions: used(249),
    });
    expect(await some.setOnSale(listing(1), false)).toMatchObject({ value: { kind: "accepted" } });
    const none = ebayChannel({ http: inTurn([published]), clock, revisions: used(250) });
    expect(await none.setOnSale(listing(1), false)).toMatchObject({
      value: { kind: "rejected", code: "revisions_kept_back" },
    });
  });
});

describe("the connection test", () => {
  const orders: Told = { body: { orders: [order()], total: 1 } };
  const items: Told = { body: { inventoryItems: [] } };

  test("names the shop by its newest order, asks for one record of each and changes nothing", async () => {
    const http = inTurn([orders, items]);
    expect(await ebayChannel({ http, clock }).testConnection()).toEqual({
      ok: true,
      value: { shopName: "a-seller", missing: [] },
    });
    expect(http.asked.map(({ method, query }) => [method, query["limit"]])).toEqual([
      ["GET", "1"],
      ["GET", "1"],
    ]);
  });

  test.each<[string, readonly Told[], readonly string[]]>([
    ["orders", [failure(403, 1100), items], ["sell.fulfillment"]],
    ["stock", [orders, failure(403, 1100)], ["sell.inventory"]],
    ["both", [failure(403, 1100), failure(403, 1100)], ["sell.fulfillment", "sell.inventory"]],
    ["nothing, in a shop without items", [orders, failure(404, 25710)], []],
  ])("says which rights are missing: %s", async (_name, told, missing) => {
    expect(await ebayChannel({ http: inTurn(told), clock }).testConnection()).toMatchObject({
      ok: true,
      value: { missing },
    });
  });

  test("with a token that is no good says so, and that is not a missing right", async () => {
    const http = inTurn([failure(401, 1001, "Invalid access token")]);
    expect(await ebayChannel({ http, clock }).testConnection()).toMatchObject({
      ok: false,
      error: { kind: "unauthorised", code: "1001" },
    });
  });
});
