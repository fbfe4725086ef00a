/** The shop as Shopify lists it: bundles, what cannot be kept up, off and on sale, rights. */
import { describe, expect, test } from "@jest/globals";
import {
  bundlesDocument,
  listingsDocument,
  productOfDocument,
} from "../../../src/channels/shopify/documents";
import { shopifyChannel } from "../../../src/channels/shopify/shopify-channel";
import { shopifyListing as listing } from "../../support/listings";
import { inTurn, scriptedHttp, type Told } from "../../support/scripted-http";

// A minute goes by with every look at it, so that no budget stands in the way here.
let time = Date.UTC(2026, 10, 23, 10);
const clock = { now: () => (time += 60_000) };
const data = (value: unknown): Told => ({ body: { data: value } });
const asked = (request: { body: string | null } | undefined) =>
  JSON.parse(request?.body ?? "null") as { query: string; variables: Record<string, unknown> };
const lastPage = { hasNextPage: false, endCursor: null };
const gid = (kind: string, n: number) => `gid://shopify/${kind}/${n}`;

const place = (n: number, more: object = {}) => ({
  location: {
    id: gid("Location", n),
    isActive: true,
    fulfillsOnlineOrders: true,
    fulfillmentService: null,
    ...more,
  },
});

interface Given {
  readonly variant?: object;
  readonly product?: object;
  readonly item?: object;
  readonly places?: readonly object[];
  readonly morePlaces?: boolean;
}

function variant(n: number, { variant, product, item, places, morePlaces }: Given = {}) {
  return {
    id: gid("ProductVariant", n),
    sku: `S-${n}`,
    title: "Default Title",
    inventoryPolicy: "DENY",
    requiresComponents: false,
    product: { id: gid("Product", n), title: `Product ${n}`, status: "ACTIVE", ...product },
    inventoryItem: {
      id: gid("InventoryItem", n),
      tracked: true,
      duplicateSkuCount: 1,
      inventoryLevels: {
        nodes: places ?? [place(1)],
        pageInfo: morePlaces === true ? { hasNextPage: true, endCursor: "l" } : lastPage,
      },
      ...item,
    },
    ...variant,
  };
}

const page = (nodes: readonly object[], pageInfo: object = lastPage) =>
  data({ productVariants: { nodes, pageInfo } });

async function listed(given: Given) {
  const http = inTurn([page([variant(1, given)]), data({ nodes: [] })]);
  const read = await shopifyChannel({ http, clock }).readListings(null);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const [item] = read.value.items;
  if (item === undefined) throw new Error("not listed");
  return item;
}

describe("the listings of a Shopify shop", () => {
  test("a variant is known by its inventory item, and shown with its own title", async () => {
    expect(await listed({ variant: { title: "Red / M" } })).toEqual({
      listing: listing(1),
      sku: "S-1",
      title: "Product 1 - Red / M",
      onSale: true,
      fulfilledBy: "seller",
      parts: [],
    });
    expect(await listed({ variant: { sku: null } })).toMatchObject({ sku: "", title: "Product 1" });
  });

  test.each([
    ["sells_below_zero", { variant: { inventoryPolicy: "CONTINUE" } }],
    ["sells_below_zero", { variant: { inventoryPolicy: "A_POLICY_OF_TOMORROW" } }],
    ["not_tracked", { item: { tracked: false } }],
    ["several_locations", { places: [place(1), place(2)] }],
    ["several_locations", { morePlaces: true }],
    ["no_location", { places: [] }],
    ["no_location", { places: [place(1, { isActive: false })] }],
    ["sku_not_unique", { item: { duplicateSkuCount: 2 } }],
    ["parts_unknown", { variant: { requiresComponents: true } }],
  ])("%s is told of a listing that is so: %j", async (warning, given) =>
    expect((await listed(given)).warnings).toEqual([warning]),
  );

  test.each([
    ["ACTIVE", true],
    ["UNLISTED", true],
    ["DRAFT", false],
    ["ARCHIVED", false],
    ["A_STATUS_OF_TOMORROW", false],
  ])("a product that is %s is on sale: %s", async (status, onSale) =>
    expect((await listed({ product: { status } })).onSale).toBe(onSale),
  );

  test("where online orders are shipped from is the place that is kept up", async () => {
    const shopOnly = place(1, { fulfillsOnlineOrders: false });
    const item = await listed({ places: [shopOnly, place(2)] });
    expect(item.listing.locationId).toBe(gid("Location", 2));
  });

  test("stock that a fulfilment service keeps up is not the seller's; hers beside it is", async () => {
    const service = place(7, { fulfillmentService: { inventoryManagement: true } });
    const shelf = place(8, { fulfillmentService: { inventoryManagement: false } });
    expect((await listed({ places: [service] })).fulfilledBy).toBe("channel");
    expect((await listed({ places: [shelf] })).fulfilledBy).toBe("seller");
    const both = await listed({ places: [service, place(2)] });
    expect(both).toMatchObject({
      fulfilledBy: "seller",
      listing: { locationId: gid("Location", 2) },
    });
    expect(both.warnings).toBeUndefined();
  });

  test("bundles name their parts, asked for a few at a time, and only for bundles", async () => {
    const bundle = { variant: { requiresComponents: true } };
    const variants = [variant(1), ...[2, 3, 4, 5, 6, 7].map((n) => variant(n, bundle))];
    const http = scriptedHttp((request) => {
      const { query, variables } = asked(request);
      if (query === listingsDocument) return page(variants, { hasNextPage: true, endCursor: "c" });
      expect(query).toBe(bundlesDocument);
      const nodes = (variables["ids"] as string[]).map((id) => ({
        id,
        productVariantComponents: {
          nodes: [
            { quantity: 2, productVariant: { inventoryItem: { id: gid("InventoryItem", 91) } } },
            { quantity: 1, productVariant: { inventoryItem: { id: gid("InventoryItem", 92) } } },
          ],
          pageInfo: lastPage,
        },
      }));
      return data({ nodes });
    });
    const read = await shopifyChannel({ http, clock }).readListings(null);
    if (!read.ok) throw new Error(read.error.kind);
    const parts = [
      { listingId: gid("InventoryItem", 91), units: 2 },
      { listingId: gid("InventoryItem", 92), units: 1 },
    ];
    expect(read.value.items.map((item) => item.parts)).toEqual([
      [],
      ...variants.slice(1).map(() => parts),
    ]);
    expect(read.value.next).toBe("c");
    expect(http.asked).toHaveLength(3);
  });

  test("a page goes on where the one before ended", async () => {
    const http = inTurn([page([])]);
    await shopifyChannel({ http, clock }).readListings("c");
    expect(asked(http.asked[0]).variables["after"]).toBe("c");
  });
});

describe("off sale and on sale at Shopify", () => {
  const statusOf = (status: string) =>
    data({ productVariant: { product: { id: gid("Product", 1), status } } });
  const changed = (userErrors: readonly object[] = []) =>
    data({ productUpdate: { product: null, userErrors } });

  test.each([
    ["ACTIVE", false, "DRAFT"],
    ["DRAFT", true, "ACTIVE"],
  ])("a product that is %s, on sale %s, becomes %s", async (status, onSale, wanted) => {
    const http = inTurn([statusOf(status), changed()]);
    expect(await shopifyChannel({ http, clock }).setOnSale(listing(1), onSale)).toEqual({
      ok: true,
      value: { listingId: listing(1).listingId, kind: "accepted" },
    });
    expect(asked(http.asked[0])).toMatchObject({
      query: productOfDocument,
      variables: { id: listing(1).parentId },
    });
    expect(asked(http.asked[1]).variables).toEqual({ id: gid("Product", 1), status: wanted });
  });

  test.each([
    ["ACTIVE", true],
    ["UNLISTED", true],
    ["DRAFT", false],
  ])("a product that is %s stays as it is when that is what is wanted", async (status, onSale) => {
    const http = inTurn([statusOf(status)]);
    const outcome = await shopifyChannel({ http, clock }).setOnSale(listing(1), onSale);
    expect(outcome).toMatchObject({ value: { kind: "accepted" } });
  });

  test.each([
    ["ARCHIVED", true, "status_archived"],
    ["ARCHIVED", false, "status_archived"],
    ["UNLISTED", false, "status_unlisted"],
  ])("a product that is %s could not be put back as it was: refused", async (status, on, code) => {
    const http = inTurn([statusOf(status)]);
    const outcome = await shopifyChannel({ http, clock }).setOnSale(listing(1), on);
    expect(outcome).toMatchObject({ value: { kind: "rejected", code } });
  });

  test("a variant that is gone, and a refusal of the shop, are the listing's matter", async () => {
    const gone = inTurn([data({ productVariant: null })]);
    expect(await shopifyChannel({ http: gone, clock }).setOnSale(listing(1), true)).toMatchObject({
      value: { kind: "rejected", code: "not_found" },
    });
    const http = inTurn([statusOf("DRAFT"), changed([{ field: null, message: "no price" }])]);
    expect(await shopifyChannel({ http, clock }).setOnSale(listing(1), true)).toMatchObject({
      value: { kind: "rejected", code: "user_error", message: "no price" },
    });
  });
});

describe("the connection test of Shopify", () => {
  const granted = (handles: readonly string[]) =>
    data({
      shop: { name: "Tea and Tea" },
      currentAppInstallation: { accessScopes: handles.map((handle) => ({ handle })) },
    });
  const all = ["write_inventory", "write_products", "read_orders", "read_locations"];

  test.each([
    ["everything", [...all, "read_inventory", "read_products"], []],
    ["everything, since who may write may read", all, []],
    ["orders", all.filter((right) => right !== "read_orders"), ["read_orders"]],
    ["writing of inventory", [...all.slice(1), "read_inventory"], ["write_inventory"]],
    [
      "nothing",
      [],
      [
        "read_inventory",
        "write_inventory",
        "read_products",
        "write_products",
        "read_orders",
        "read_locations",
      ],
    ],
  ])("tells what is missing: %s", async (_name, handles, missing) => {
    const http = inTurn([granted(handles)]);
    expect(await shopifyChannel({ http, clock }).testConnection()).toEqual({
      ok: true,
      value: { shopName: "Tea and Tea", missing },
    });
  });
});
