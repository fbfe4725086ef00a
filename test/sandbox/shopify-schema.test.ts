import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import {
  buildClientSchema,
  findBreakingChanges,
  parse,
  print,
  validate,
  type IntrospectionQuery,
} from "graphql";
import * as documents from "../../src/channels/shopify/documents";
import { shopifySchema } from "../../src/sandbox/shopify/schema";
import { describeWithSpecs, specs } from "./shared";
import { items, openStand, type Stand } from "./stand";

const { shopify: ids } = items.featured;

/** What each operation of the reference is called with. */
const variables: Record<string, object> = {
  StockPage: { first: 5, q: `sku:${items.featured.sku}` },
  OrdersChanged: { first: 4, q: "updated_at:>='2026-01-01T00:00:00Z'" },
  Setup: {},
  ProductPublications: { id: ids.productId },
  SetQty: {
    key: "set",
    input: {
      name: "available",
      reason: "correction",
      quantities: [
        {
          inventoryItemId: ids.inventoryItemId,
          locationId: ids.locationId,
          quantity: 5,
          changeFromQuantity: null,
        },
      ],
    },
  },
  AdjustQty: {
    key: "adjust",
    input: {
      name: "available",
      reason: "correction",
      changes: [
        {
          inventoryItemId: ids.inventoryItemId,
          locationId: ids.locationId,
          delta: 2,
          changeFromQuantity: null,
        },
      ],
    },
  },
  ProductStatus: { id: ids.productId, status: "ACTIVE" },
};

describeWithSpecs("the sandbox's Shopify schema", () => {
  let stand: Stand;
  beforeAll(async () => {
    stand = await openStand();
    await stand.order("shopify", 2);
  });
  afterAll(() => stand.close());

  test("is a part of the official one: nothing in it would break there", () => {
    const zipped = readFileSync(join(specs, "shopify/admin_2026-10.json.gz"));
    const introspection = JSON.parse(gunzipSync(zipped).toString()) as { data?: unknown };
    const official = buildClientSchema(
      (introspection.data ?? introspection) as unknown as IntrospectionQuery,
    );
    const breaking = findBreakingChanges(shopifySchema, official);
    // graphql-js brings its own, newer @deprecated into every schema that it builds.
    const ours = breaking.filter(({ description }) => !description.endsWith("from deprecated."));
    expect(ours).toEqual([]);
  });

  test("takes every document that the adapter sends", () => {
    const texts = Object.values(documents)
      .map(String)
      .filter((value) => value.includes("{"));
    expect(texts.length).toBeGreaterThan(3);
    for (const text of texts) expect(validate(shopifySchema, parse(text))).toEqual([]);
  });

  const reference = () =>
    parse(readFileSync(join(specs, "shopify/operations.validated.graphql"), "utf8")).definitions;

  test.each(Object.keys(variables))("runs the reference's operation %s", async (name) => {
    const operation = reference().find(
      (definition) => "name" in definition && definition.name?.value === name,
    );
    if (!operation) throw new Error(`${name} is not in the reference`);
    const { body } = await stand.graphql(print(operation), variables[name]);
    expect(body.errors).toBeUndefined();
    expect(Object.values(body.data)).not.toContain(null);
    for (const payload of Object.values(body.data) as { userErrors?: unknown[] }[]) {
      expect(payload.userErrors ?? []).toEqual([]);
    }
  });

  test("shows the shop's stock and its order in the reference's words", async () => {
    const text = (name: string) =>
      print(reference().find((one) => "name" in one && one.name?.value === name) ?? parse("{ a }"));
    const stock = await stand.graphql(text("StockPage"), variables["StockPage"]);
    expect(stock.body.data.productVariants.nodes[0]).toMatchObject({
      id: ids.variantId,
      sku: items.featured.sku,
      inventoryPolicy: "DENY",
      inventoryItem: { id: ids.inventoryItemId, tracked: true },
    });
    const orders = await stand.graphql(text("OrdersChanged"), variables["OrdersChanged"]);
    expect(orders.body.data.orders.nodes[0].lineItems.nodes[0]).toMatchObject({
      quantity: 2,
      unfulfilledQuantity: 2,
      variant: { inventoryItem: { id: ids.inventoryItemId } },
    });
  });
});
