import { describe, expect, test } from "@jest/globals";
import type { Sku } from "../../src/base/ids";
import { linesOfParts, ListingMap, sellableParts, stockedParts } from "../../src/stock/bundles";
import { ordersOn } from "../../src/stock/order-count";
import { planLine } from "../../src/stock/orders";
import { balancesOf } from "../../src/stock/projection";
import { add, count, line, projected } from "../support/entries";

const CUP = "CUP" as Sku;
const POT = "POT" as Sku;
const SET = "SET" as Sku;
const parts = [
  { sku: CUP, units: 4 },
  { sku: POT, units: 1 },
];
const bundles = new Map([[SET, parts]]);
const warehouse = (cups: number, pots: number) => projected([count(cups, CUP), count(pots, POT)]);

describe("a bundle", () => {
  test("sells as often as its scarcest component allows, each worked out first", () => {
    expect(sellableParts(warehouse(41, 33), parts, "tiktok")).toBe(10);
    expect(sellableParts(warehouse(41, 7), parts, "tiktok")).toBe(7);
    expect(sellableParts(warehouse(41, 33), parts, "tiktok", 2)).toBe(9);
  });

  test("whose components are oversold is oversold, whole bundles rounded up", () => {
    const stock = warehouse(4, 50);
    add(stock, planLine(stock, line({ sku: CUP, ordered: 5 })));
    expect(sellableParts(stock, parts, "tiktok")).toBe(-1);
  });

  test("takes every component when it is sold, and its lines do not collide", () => {
    const stock = warehouse(40, 40);
    const order = line({ ordered: 3, cancelled: 1 });
    const lines = linesOfParts(order, parts);
    for (const each of lines) add(stock, planLine(stock, each));
    expect(balancesOf(stock, CUP).available).toBe(32);
    expect(balancesOf(stock, POT).available).toBe(38);
    expect(stock.lines.rows.size).toBe(2);
    expect(ordersOn(stock, "tiktok")).toBe(1);
    for (const each of lines) expect(planLine(stock, each)).toEqual([]);
  });

  test("two lines of one order that share a component take it twice", () => {
    const stock = warehouse(5, 5);
    add(stock, planLine(stock, line({ sku: CUP, lineId: "a", ordered: 4 })));
    add(stock, planLine(stock, line({ sku: CUP, lineId: "b", ordered: 4 })));
    expect(balancesOf(stock, CUP).available).toBe(-3);
  });

  test("of bundles is taken apart to what is stocked, and one of itself is refused", () => {
    const twice = stockedParts(
      [
        { sku: SET, units: 2 },
        { sku: CUP, units: 1 },
      ],
      bundles,
    );
    expect(twice).toEqual({
      ok: true,
      value: [
        { sku: CUP, units: 9 },
        { sku: POT, units: 2 },
      ],
    });
    const snake = new Map([[SET, [{ sku: SET, units: 1 }]]]);
    expect(stockedParts([{ sku: SET, units: 1 }], snake)).toMatchObject({
      error: { code: "bundle_of_itself" },
    });
    expect(stockedParts([], bundles)).toMatchObject({ error: { code: "no_parts" } });
    expect(stockedParts([{ sku: CUP, units: 1.5 }], bundles)).toMatchObject({
      error: { code: "units_not_whole" },
    });
  });
});

test("a component of no units, or of units beyond counting, is refused by its name", () => {
  const refused = (units: number) => stockedParts([{ sku: CUP, units }], bundles);
  for (const units of [0, -1, 1.5, NaN, 2 ** 53]) {
    expect(refused(units)).toEqual({ ok: false, error: { code: "units_not_whole", sku: CUP } });
  }
  expect(refused(1)).toMatchObject({ ok: true });
  const deep = new Map([[SET, [{ sku: CUP, units: 0 }]]]);
  expect(stockedParts([{ sku: SET, units: 1 }], deep)).toMatchObject({ error: { sku: CUP } });
});

test("a bundle that holds itself two steps down is refused, one that is used twice is not", () => {
  const BOX = "BOX" as Sku;
  const one = (sku: Sku) => [{ sku, units: 1 }];
  const loop = new Map([
    [SET, one(BOX)],
    [BOX, one(SET)],
  ]);
  expect(stockedParts(one(SET), loop)).toEqual({
    ok: false,
    error: { code: "bundle_of_itself", sku: SET },
  });
  const twice = [...one(SET), ...one(SET)];
  expect(stockedParts(twice, bundles)).toMatchObject({
    value: [
      { sku: CUP, units: 8 },
      { sku: POT, units: 2 },
    ],
  });
});

test("a bundle of bundles takes the product of both, and ships as many", () => {
  const CASE = "CASE" as Sku;
  const nested = new Map([...bundles, [CASE, [{ sku: SET, units: 3 }]] as const]);
  const stocked = stockedParts([{ sku: CASE, units: 2 }], nested);
  expect(stocked).toMatchObject({
    value: [
      { sku: CUP, units: 24 },
      { sku: POT, units: 6 },
    ],
  });
  const lines = linesOfParts(line({ ordered: 3, cancelled: 1, shipped: 2 }), parts);
  expect(lines.map(({ ordered, cancelled, shipped }) => [ordered, cancelled, shipped])).toEqual([
    [12, 4, 8],
    [3, 1, 2],
  ]);
});

test("a listing of nothing sells nothing", () => {
  expect(sellableParts(warehouse(1, 1), [], "tiktok")).toBe(0);
});

describe("the mapping of listings", () => {
  const listings = [
    { channel: "tiktok", listingId: "1", parts: [{ sku: CUP, units: 1 }] },
    { channel: "tiktok", listingId: "2", parts: [{ sku: CUP, units: 6 }] },
    { channel: "shopify", listingId: "1", parts: [{ sku: SET, units: 1 }] },
  ] as const;

  test("knows several listings of one SKU and one listing of several SKUs", () => {
    const map = ListingMap.of(listings, bundles);
    if (!map.ok) throw new Error("refused");
    expect(map.value.partsOf("shopify", "1")).toEqual(parts);
    expect(map.value.partsOf("shopify", "2")).toBeNull();
    expect(map.value.listingsOf(CUP).map((l) => `${l.channel}/${l.listingId}`)).toEqual([
      "tiktok/1",
      "tiktok/2",
      "shopify/1",
    ]);
    expect(map.value.listingsOf(POT)).toHaveLength(1);
  });

  test("refuses a listing that is mapped twice", () => {
    expect(ListingMap.of([...listings, listings[0]], bundles)).toMatchObject({
      error: { code: "listing_twice", listingId: "1" },
    });
  });

  test("refuses a listing whose parts cannot be, and says which one", () => {
    const empty = { channel: "ebay", listingId: "9", parts: [] } as const;
    expect(ListingMap.of([...listings, empty])).toEqual({
      ok: false,
      error: { code: "no_parts", channel: "ebay", listingId: "9" },
    });
  });
});
