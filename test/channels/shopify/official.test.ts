/** Every GraphQL request that the adapter can make, against Shopify's own schemas. */
import { expect, test } from "@jest/globals";
import {
  buildClientSchema,
  getOperationAST,
  parse,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from "graphql";
import { getVariableValues } from "graphql/execution/values";
import { shopifyAuth } from "../../../src/channels/shopify/auth";
import * as documents from "../../../src/channels/shopify/documents";
import { shopifyChannel } from "../../../src/channels/shopify/shopify-channel";
import { shopifyListing as listing, write } from "../../support/listings";
import { describeAgainstSpecs, readSpec } from "../../support/reference-specs";
import { inTurn } from "../../support/scripted-http";

// A minute goes by with every look at it, so that no budget stands in the way here.
let time = Date.UTC(2026, 10, 23, 10);
const clock = { now: () => (time += 60_000) };

const texts = Object.entries(documents).filter(([name]) => name.endsWith("Document"));

/** Points by Shopify's rule: an object 1, lists multiply, a mutation 10 more (channels.md 3.6). */
function cost(document: DocumentNode, variables: Record<string, unknown>): number {
  type Selections = Extract<
    DocumentNode["definitions"][number],
    { kind: "OperationDefinition" }
  >["selectionSet"];
  const sum = (set: Selections): number =>
    set.selections.reduce((total, selection) => {
      if (selection.kind === "InlineFragment") return total + sum(selection.selectionSet);
      if (selection.kind !== "Field" || selection.selectionSet === undefined) return total;
      const inner = sum(selection.selectionSet);
      const first = selection.arguments?.find((one) => ["first", "ids"].includes(one.name.value));
      if (first === undefined) {
        const free = ["nodes", "pageInfo"].includes(selection.name.value);
        return total + inner + (free ? 0 : 1);
      }
      const given =
        first.value.kind === "Variable" ? variables[first.value.name.value] : first.value;
      const times = Array.isArray(given)
        ? given.length
        : Number(
            typeof given === "object" && given !== null && "value" in given ? given.value : given,
          );
      return total + times * (1 + inner);
    }, 0);
  const [operation] = document.definitions;
  if (operation?.kind !== "OperationDefinition") return 0;
  return sum(operation.selectionSet) + (operation.operation === "mutation" ? 10 : 0);
}

describeAgainstSpecs("the documents against the official schemas", () => {
  const schemas = new Map<string, GraphQLSchema>();
  const schemaOf = (version: string) => {
    const known = schemas.get(version);
    if (known !== undefined) return known;
    const spec = readSpec(`shopify/admin_${version}.json.gz`);
    const schema = buildClientSchema(spec.data ?? spec, { assumeValid: true });
    schemas.set(version, schema);
    return schema;
  };
  const versions = ["2026-04", "2026-07", "2026-10"];

  test("there are documents, and the version in use is one that is checked", () => {
    expect(texts.length).toBeGreaterThanOrEqual(6);
    expect(versions).toContain(documents.SHOPIFY_API_VERSION);
  });

  test.each(versions.flatMap((version) => texts.map(([name, text]) => [name, version, text])))(
    "%s is valid in %s",
    (_name, version, text) =>
      expect(validate(schemaOf(String(version)), parse(String(text)))).toEqual([]),
  );

  test("what the adapter sends with them fits their variables, costs what the budget takes, and stays under 1000 points", async () => {
    const lastPage = { hasNextPage: false, endCursor: null };
    const line = (id: number) => ({
      id: `gid://shopify/LineItem/${id}`,
      quantity: 2,
      currentQuantity: 1,
      unfulfilledQuantity: 0,
      variant: null,
    });
    const order = {
      id: "gid://shopify/Order/1",
      createdAt: "2026-11-23T10:00:00Z",
      updatedAt: "2026-11-23T10:00:00Z",
      cancelledAt: null,
      displayFinancialStatus: "PAID",
      displayFulfillmentStatus: "FULFILLED",
      lineItems: { nodes: [line(1)], pageInfo: { hasNextPage: true, endCursor: "l" } },
    };
    const data = (value: unknown) => ({ body: { data: value } });
    const variant = {
      id: "gid://shopify/ProductVariant/1",
      sku: null,
      title: "Default Title",
      inventoryPolicy: "DENY",
      requiresComponents: true,
      product: { id: "gid://shopify/Product/1", title: "t", status: "ACTIVE" },
      inventoryItem: {
        id: "gid://shopify/InventoryItem/1",
        tracked: true,
        duplicateSkuCount: 1,
        inventoryLevels: { nodes: [], pageInfo: lastPage },
      },
    };
    const variants = Array.from({ length: documents.BUNDLES_PER_READ }, () => variant);
    const product = { id: "gid://shopify/Product/1", status: "ACTIVE" };
    const http = inTurn([
      data({ orders: { nodes: [order], pageInfo: lastPage } }),
      data({ order: { lineItems: { nodes: [line(2)], pageInfo: lastPage } } }),
      data({ order: { fulfillments: [] } }),
      data({ nodes: [] }),
      data({ nodes: [] }),
      data({ inventorySetQuantities: { userErrors: [] } }),
      data({ productVariants: { nodes: variants, pageInfo: lastPage } }),
      data({ nodes: [] }),
      data({ productVariant: { product } }),
      data({ productUpdate: { product, userErrors: [] } }),
      data({ shop: { name: "s" }, currentAppInstallation: { accessScopes: [] } }),
    ]);
    const channel = shopifyChannel({ http, clock });
    const many = (count: number, more: object) =>
      Array.from({ length: count }, (_, n) => listing(n, more));
    expect((await channel.readOrders(null, 0)).ok).toBe(true);
    expect((await channel.readStock(many(documents.STOCK_IDS_MAX, {}))).ok).toBe(true);
    const everywhere = many(documents.STOCK_EVERYWHERE_IDS_MAX, { locationId: "" });
    expect((await channel.readStock(everywhere)).ok).toBe(true);
    const writes = many(channel.writesMax, {}).map((of) => write(of, 1));
    expect((await channel.writeStock(writes)).ok).toBe(true);
    expect((await channel.readListings(null)).ok).toBe(true);
    expect((await channel.setOnSale(listing(1), false)).ok).toBe(true);
    expect((await channel.testConnection()).ok).toBe(true);
    expect(new Set(http.asked.map(({ body }) => JSON.parse(body ?? "").query))).toEqual(
      documents.documents,
    );
    const { costs } = documents;
    const expected = [
      costs.orders(documents.ORDERS_PER_PAGE, documents.LINES_PER_ORDER),
      costs.orderLines(documents.LINES_PER_PAGE),
      costs.shipments(documents.SHIPMENTS_MAX),
      costs.stock(documents.STOCK_IDS_MAX),
      costs.stockEverywhere(documents.STOCK_EVERYWHERE_IDS_MAX),
      costs.setQuantities,
      costs.listings(documents.VARIANTS_PER_PAGE),
      costs.bundles(documents.BUNDLES_PER_READ),
      costs.productOf,
      costs.productStatus,
      costs.connection,
    ];
    const schema = schemaOf(documents.SHOPIFY_API_VERSION);
    for (const [index, { body }] of http.asked.entries()) {
      const { query, variables } = JSON.parse(body ?? "") as {
        query: string;
        variables: Record<string, unknown>;
      };
      const document = parse(query);
      const definitions = getOperationAST(document)?.variableDefinitions ?? [];
      const { errors } = getVariableValues(schema, definitions, variables);
      expect(errors).toBeUndefined();
      // What the budget takes for it is at least what Shopify will ask for it.
      const [operation] = document.definitions;
      const name = operation?.kind === "OperationDefinition" ? operation.name?.value : undefined;
      const asked = cost(document, variables);
      expect([name, asked]).toEqual([name, expect.any(Number)]);
      expect([name, expected[index]! >= asked]).toEqual([name, true]);
      expect([name, expected[index]! <= 1.5 * asked + 5]).toEqual([name, true]);
      expect(expected[index]).toBeLessThanOrEqual(1000);
      expect(shopifyAuth.allows(http.asked[index]!)).toBe(true);
    }
  });

  test("what tells a listing's state has the values that the adapter decides about", () => {
    const values = (name: string) => {
      const type = schemaOf(documents.SHOPIFY_API_VERSION).getType(name);
      if (type === undefined || !("getValues" in type)) throw new Error(`no enum ${name}`);
      return type.getValues().map((one) => one.name);
    };
    // A new value here is one to decide about in read-listings.ts and set-on-sale.ts.
    expect(values("ProductStatus").sort()).toEqual(["ACTIVE", "ARCHIVED", "DRAFT", "UNLISTED"]);
    expect(values("ProductVariantInventoryPolicy").sort()).toEqual(["CONTINUE", "DENY"]);
    expect(values("InventorySetQuantitiesUserErrorCode")).toContain("CHANGE_FROM_QUANTITY_STALE");
  });

  test("every status the schema knows is told apart as unpaid or not, and shipped or not", () => {
    const values = (name: string) => {
      const type = schemaOf(documents.SHOPIFY_API_VERSION).getType(name);
      if (type === undefined || !("getValues" in type)) throw new Error(`no enum ${name}`);
      return type
        .getValues()
        .map((one) => one.name)
        .sort();
    };
    // A new value here is one to decide about in src/channels/shopify/orders.ts.
    expect(values("OrderDisplayFinancialStatus")).toEqual([
      "AUTHORIZED",
      "EXPIRED",
      "PAID",
      "PARTIALLY_PAID",
      "PARTIALLY_REFUNDED",
      "PENDING",
      "REFUNDED",
      "VOIDED",
    ]);
    expect(values("OrderDisplayFulfillmentStatus")).toEqual([
      "FULFILLED",
      "FULFILLMENT_NOT_REQUIRED",
      "IN_PROGRESS",
      "ON_HOLD",
      "OPEN",
      "PARTIALLY_FULFILLED",
      "PENDING_FULFILLMENT",
      "REQUEST_DECLINED",
      "RESTOCKED",
      "SCHEDULED",
      "UNFULFILLED",
    ]);
  });
});
