/** The shop as TikTok lists it: combined listings, TikTok's own warehouses, off and on sale. */
import { describe, expect, test } from "@jest/globals";
import { tiktokChannel } from "../../../src/channels/tiktok/tiktok-channel";
import { tiktokListing as listing } from "../../support/listings";
import { inTurn, scriptedHttp, type Told } from "../../support/scripted-http";

const clock = { now: () => Date.UTC(2026, 10, 23, 10) };
const success = (data: unknown): Told => ({ body: { code: 0, message: "Success", data } });
const failure = (code: number, message = ""): Told => ({ body: { code, message } });

const own = { id: "10", type: "SALES_WAREHOUSE", sub_type: "DOMESTIC_WAREHOUSE" };
const warehouses = [
  own,
  { ...own, id: "11", is_default: true },
  { ...own, id: "12", type: "RETURN_WAREHOUSE" },
  { ...own, id: "13", sub_type: "PLATFORM_WAREHOUSE" },
];
const sku = (id: string, places: readonly string[], more: object = {}) => ({
  id,
  seller_sku: `S-${id}`,
  inventory: places.map((warehouse_id) => ({ warehouse_id, quantity: 5 })),
  ...more,
});
const product = (id: string, skus: readonly object[], more: object = {}) => ({
  id,
  title: `Product ${id}`,
  status: "ACTIVATE",
  skus,
  ...more,
});

/** A shop that shows these products; `details` by product id, an empty one where left out. */
function shop(products: readonly object[], details: Record<string, Told> = {}) {
  return scriptedHttp(({ path }) => {
    if (path.endsWith("/warehouses")) return success({ warehouses });
    if (path.endsWith("/products/search")) return success({ products, next_page_token: "" });
    const id = path.split("/").at(-1) ?? "";
    const of = products.find((one) => (one as { id: string }).id === id) as { skus: object[] };
    return details[id] ?? success({ id, skus: of.skus });
  });
}

async function read(http: ReturnType<typeof shop>) {
  const page = await tiktokChannel({ http, clock }).readListings(null);
  if (!page.ok) throw new Error(JSON.stringify(page.error));
  return page.value.items;
}

describe("the listings of a TikTok shop", () => {
  test("a combined listing names its parts and the units of each", async () => {
    const combined_skus = [
      { product_id: "7", sku_id: "21", sku_count: 2 },
      { product_id: "8", sku_id: "22", sku_count: 1 },
    ];
    const http = shop([product("1", [sku("20", ["10"])])], {
      "1": success({ skus: [{ id: "20", combined_skus }] }),
    });
    expect(await read(http)).toEqual([
      {
        listing: { channel: "tiktok", listingId: "20", parentId: "1", locationId: "10" },
        sku: "S-20",
        title: "Product 1",
        onSale: true,
        fulfilledBy: "seller",
        parts: [
          { listingId: "21", units: 2 },
          { listingId: "22", units: 1 },
        ],
      },
    ]);
  });

  test("what lies in TikTok's own warehouses is not the seller's; with some of hers beside it, it is", async () => {
    const http = shop([
      product("1", [sku("20", ["13"]), sku("21", ["99"]), sku("22", ["13", "10"]), sku("23", [])]),
    ]);
    const items = await read(http);
    expect(items.map(({ fulfilledBy }) => fulfilledBy)).toEqual([
      "channel",
      "channel",
      "seller",
      "seller",
    ]);
    expect(items[2]?.listing.locationId).toBe("10");
    expect(items[3]?.warnings).toEqual(["no_location"]);
  });

  test("of several places the shop's default is kept up, and the listing says so", async () => {
    const [item] = await read(shop([product("1", [sku("20", ["10", "11"])])]));
    expect(item).toMatchObject({
      listing: { locationId: "11" },
      warnings: ["several_locations"],
    });
  });

  test.each([
    ["live", {}, {}, true],
    ["delisted by the seller", { status: "SELLER_DEACTIVATED" }, {}, false],
    ["in the audit", { status: "PENDING" }, {}, false],
    ["a gift", { is_not_for_sale: true }, {}, false],
    ["one variant switched off", {}, { status_info: { status: "DEACTIVATED" } }, false],
    ["a status of tomorrow", { status: "SOMETHING" }, {}, false],
  ])("%s: on sale or not", async (_name, ofProduct, ofSku, onSale) => {
    const [item] = await read(shop([product("1", [sku("20", ["10"], ofSku)], ofProduct)]));
    expect(item?.onSale).toBe(onSale);
  });

  test("a deleted product is none, and nobody asks for its detail", async () => {
    const http = shop([product("1", [sku("20", ["10"])], { status: "DELETED" })]);
    expect(await read(http)).toEqual([]);
    expect(http.asked).toHaveLength(2);
  });

  test("a product whose detail is refused is listed without its parts, and says so", async () => {
    const http = shop([product("1", [sku("20", ["10"])]), product("2", [sku("21", ["10"])])], {
      "1": failure(12052048, "not yours"),
    });
    const items = await read(http);
    expect(items.map((item) => item.warnings)).toEqual([["parts_unknown"], undefined]);
  });

  test.each([
    ["throttled", { ...failure(36009002), headers: { "retry-after": "3" } }],
    ["companion_down", { refusal: { kind: "companion_down" as const } }],
    ["unauthorised", failure(105005)],
  ])(
    "a detail that is %s ends the page: half a page would pass for a whole one",
    async (kind, told) => {
      const http = shop([product("1", [sku("20", ["10"])])], { "1": told });
      const page = await tiktokChannel({ http, clock }).readListings(null);
      expect(page).toMatchObject({ ok: false, error: { kind } });
    },
  );

  test("a page goes on where the one before ended", async () => {
    const http = scriptedHttp(({ path }) =>
      success(
        path.endsWith("/warehouses") ? { warehouses } : { products: [], next_page_token: "n+/=" },
      ),
    );
    const channel = tiktokChannel({ http, clock });
    expect(await channel.readListings(null)).toEqual({
      ok: true,
      value: { items: [], next: "n+/=" },
    });
    await channel.readListings("n+/=");
    const searches = http.asked.filter(({ path }) => path.endsWith("/search"));
    expect(searches.map(({ query }) => query["page_token"])).toEqual([undefined, "n+/="]);
  });
});

describe("a listing that names no warehouse", () => {
  const inventory = (places: readonly string[]) =>
    success({
      inventory: [
        {
          product_id: "1",
          skus: [
            {
              id: listing(1).listingId,
              warehouse_inventory: places.map((warehouse_id, n) => ({
                warehouse_id,
                available_quantity: 10 ** n,
              })),
            },
          ],
        },
      ],
    });
  const of = listing(1, { locationId: "" });

  test("counts what lies in all of the seller's, and nothing of what lies in TikTok's", async () => {
    const http = inTurn([inventory(["10", "13", "11"]), success({ warehouses })]);
    expect(await tiktokChannel({ http, clock }).readStock([of])).toEqual({
      ok: true,
      value: [{ listingId: of.listingId, available: 101 }],
    });
  });

  test("asks for the warehouses only where there are several", async () => {
    const http = inTurn([inventory(["10"])]);
    expect(await tiktokChannel({ http, clock }).readStock([of])).toEqual({
      ok: true,
      value: [{ listingId: of.listingId, available: 1 }],
    });
  });
});

describe("off sale and on sale at TikTok", () => {
  test("goes by the product, and an audit that is asked for is accepted", async () => {
    const http = inTurn([success({}), { body: { code: 0, message: "Success" } }]);
    const channel = tiktokChannel({ http, clock });
    for (const on of [false, true]) {
      expect(await channel.setOnSale(listing(1), on)).toEqual({
        ok: true,
        value: { listingId: listing(1).listingId, kind: "accepted" },
      });
    }
    expect(http.asked.map(({ path, body }) => [path, body])).toEqual(
      ["deactivate", "activate"].map((action) => [
        `/product/202309/products/${action}`,
        JSON.stringify({ product_ids: [listing(1).parentId] }),
      ]),
    );
  });

  test("what stands inside the error is the reason", async () => {
    const extra_errors = [{ code: 12052900, message: "Add a picture" }];
    const detail = { product_id: "1", extra_errors };
    const http = inTurn([success({ errors: [{ code: 1, message: "failed", detail }] })]);
    expect(await tiktokChannel({ http, clock }).setOnSale(listing(1), true)).toMatchObject({
      value: { kind: "rejected", code: "12052900", message: "Add a picture" },
    });
  });
});

describe("the connection test of TikTok", () => {
  const rights: Record<string, RegExp> = {
    "seller.authorization.info": /\/authorization\//,
    "seller.order.info": /\/order\//,
    "seller.product.basic": /\/products\/search/,
    "seller.logistics": /\/logistics\//,
    "seller.product.write": /\/inventory\/update/,
  };

  test.each(Object.keys(rights))("finds that %s is missing, and only that", async (right) => {
    const http = scriptedHttp(({ path }) => {
      if (rights[right]?.test(path)) return failure(105005, "Access denied");
      if (path.endsWith("/update")) return failure(12052048, "no such product");
      return success(path.endsWith("/shops") ? { shops: [{ name: "Shop" }] } : {});
    });
    expect(await tiktokChannel({ http, clock }).testConnection()).toEqual({
      ok: true,
      value: {
        shopName: right === "seller.authorization.info" ? "" : "Shop",
        missing: [right],
      },
    });
  });

  test("changes nothing: the only write names no product that can be, and no SKU", async () => {
    const http = scriptedHttp(() => success({}));
    await tiktokChannel({ http, clock }).testConnection();
    const writes = http.asked.filter(({ path }) => /update|activate/.test(path));
    expect(writes).toEqual([
      {
        method: "POST",
        path: "/product/202309/products/0/inventory/update",
        query: {},
        body: '{"skus":[]}',
      },
    ]);
  });

  test("a token that is no longer good is that, and not a missing right", async () => {
    const http = inTurn([failure(105002, "Expired")]);
    expect(await tiktokChannel({ http, clock }).testConnection()).toMatchObject({
      ok: false,
      error: { kind: "unauthorised", code: "105002" },
    });
  });
});
