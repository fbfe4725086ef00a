import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { items, openStand, START, type Json, type Stand } from "./stand";

let stand: Stand;
beforeEach(async () => {
  stand = await openStand();
});
afterEach(() => stand.close());

const { shopify: ids, sku } = items.featured;

const SET = `mutation SetQty($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id reason changes { name delta quantityAfterChange item { id sku } location { id } } }
    userErrors { code field message }
  }
}`;

const ADJUST = `mutation Adjust($input: InventoryAdjustQuantitiesInput!, $key: String!) {
  inventoryAdjustQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { changes { name delta quantityAfterChange } }
    userErrors { code field message }
  }
}`;

const ORDERS = `query($first: Int!, $after: String, $q: String, $sort: OrderSortKeys) {
  orders(first: $first, after: $after, query: $q, sortKey: $sort) {
    nodes {
      id updatedAt cancelledAt displayFinancialStatus displayFulfillmentStatus
      lineItems(first: 5) { nodes { sku quantity currentQuantity unfulfilledQuantity } }
      fulfillments { status fulfillmentLineItems(first: 5) { nodes { quantity lineItem { sku } } } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const row = (quantity: number, changeFromQuantity: number | null, change: object = {}) => ({
  inventoryItemId: ids.inventoryItemId,
  locationId: ids.locationId,
  quantity,
  changeFromQuantity,
  ...change,
});
const input = (quantities: object[], change: object = {}) => ({
  name: "available",
  reason: "correction",
  quantities,
  ...change,
});

let keys = 0;
async function set(body: object, key = `key-${(keys += 1)}`): Promise<Json> {
  const { body: answer } = await stand.graphql(SET, { input: body, key });
  return answer.data?.inventorySetQuantities ?? answer;
}

async function listed(): Promise<number> {
  return (await stand.truth()).listed.shopify;
}

describe("Shopify's door", () => {
  test("gives a day's token for the right credentials only", async () => {
    const { clientId, clientSecret } = stand.keyring.read().shopify;
    const ask = (fields: Record<string, string>) =>
      stand.call("/admin/oauth/access_token", {
        method: "POST",
        body: new URLSearchParams({
          grant_type: "client_credentials",
          client_id: clientId,
          client_secret: clientSecret,
          ...fields,
        }),
      });
    const good = await ask({});
    expect(good.body).toMatchObject({ expires_in: 86399 });
    expect(good.body.access_token).toMatch(/^shpat_[0-9a-f]{32}$/);
    expect((await ask({ client_secret: "x" })).body.error).toBe("invalid_client");
    expect((await ask({ grant_type: "password" })).body.error).toBe("invalid_request");
  });

  test("turns away a missing, a forged and an expired token with 401", async () => {
    expect((await stand.graphql("{ shop { name } }")).status).toBe(200);
    for (const token of ["", "shpat_00000000000000000000000000000000", "x"]) {
      const answer = await stand.graphql("{ shop { name } }", {}, token);
      expect(answer.status).toBe(401);
      expect(answer.body.errors).toMatch(/Invalid API key or access token/);
    }
    stand.pass(25 * 3_600_000);
    expect((await stand.graphql("{ shop { name } }")).status).toBe(401);
  });

  test("knows one version, wants a query, and says what is wrong with a document", async () => {
    const old = await stand.call("/admin/api/2024-01/graphql.json", { method: "POST", body: "{}" });
    expect(old.status).toBe(404);
    const wrong = await stand.graphql("{ shop { nam } }");
    expect(wrong.status).toBe(200);
    expect(wrong.body.errors[0].message).toMatch(/nam/);
    expect((await stand.graphql("{ shop {")).body.errors[0].message).toMatch(/Syntax Error/);
  });

  test("counts points, gives back what was not returned and throttles when they are gone", async () => {
    const page = { first: 50, q: "updated_at:>='2026-01-01T00:00:00Z'" };
    const answer = await stand.graphql(ORDERS, page);
    const { cost } = answer.body.extensions;
    expect(cost).toMatchObject({
      actualQueryCost: 0,
      throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 2000, restoreRate: 100 },
    });
    expect(cost.requestedQueryCost).toBeGreaterThan(400);

    const one = row(1, null);
    const spend = () => stand.graphql(SET, { input: input([one]), key: `k${(keys += 1)}` });
    let calls = 0;
    let last = await spend();
    while (last.body.errors === undefined && calls < 1000) {
      last = await spend();
      calls += 1;
    }
    expect(last.status).toBe(200);
    expect(last.body.errors[0].extensions.code).toBe("THROTTLED");
    expect(last.body.extensions.cost.actualQueryCost).toBeNull();
    stand.pass(1000);
    expect((await spend()).body.errors).toBeUndefined();
  });

  test("refuses a query that asks for more than 1000 points", async () => {
    const answer = await stand.graphql(ORDERS, { first: 250 });
    expect(answer.body.errors[0].extensions.code).toBe("MAX_COST_EXCEEDED");
  });
});

describe("Shopify's quantities", () => {
  test("are set when the number is the one expected, and show the change", async () => {
    const answer = await set(input([row(20, 338)]));
    expect(answer.userErrors).toEqual([]);
    expect(answer.inventoryAdjustmentGroup.changes[0]).toEqual({
      name: "available",
      delta: -318,
      quantityAfterChange: 20,
      item: { id: ids.inventoryItemId, sku },
      location: { id: ids.locationId },
    });
    expect(await listed()).toBe(20);
  });

  test("stay when an order came in between", async () => {
    await stand.order("shopify", 2);
    const answer = await set(input([row(20, 338)]));
    expect(answer.inventoryAdjustmentGroup).toBeNull();
    expect(answer.userErrors).toMatchObject([
      {
        code: "CHANGE_FROM_QUANTITY_STALE",
        field: ["input", "quantities", "0", "changeFromQuantity"],
      },
    ]);
    expect(await listed()).toBe(336);
  });

  test("are set without comparing when the expectation is null, never when it is left out", async () => {
    await stand.order("shopify", 2);
    expect((await set(input([row(7, null)]))).userErrors).toEqual([]);
    const answer = await set(input([row(9, null, { changeFromQuantity: undefined })]));
    expect(answer.errors[0].extensions.code).toBe("INVALID_FIELD_ARGUMENTS");
    expect(await listed()).toBe(7);
  });

  test("want an idempotency key", async () => {
    const bare = SET.replace("@idempotent(key: $key)", "").replace(", $key: String!", "");
    const answer = await stand.graphql(bare, { input: input([row(1, null)]) });
    expect(answer.body.errors[0].message).toMatch(/@idempotent directive is required/);
    expect(answer.body.errors[0].extensions.code).toBe("BAD_REQUEST");
    expect((await set(input([row(1, null)]), " ")).errors[0].extensions.code).toBe("BAD_REQUEST");
    expect(await listed()).toBe(338);
  });

  test("change once for one key: the first answer comes again", async () => {
    const first = await set(input([row(20, 338)]), "same");
    await stand.order("shopify", 3);
    const second = await set(input([row(20, 338)]), "same");
    expect(second).toEqual(first);
    expect(await listed()).toBe(17);
  });

  test("refuse a key that comes with other parameters, or whose first attempt failed", async () => {
    await set(input([row(20, 338)]), "one");
    const other = await set(input([row(19, null)]), "one");
    expect(other.userErrors[0].code).toBe("IDEMPOTENCY_KEY_PARAMETER_MISMATCH");
    await set(input([row(5, 999)]), "two");
    const again = await set(input([row(5, 999)]), "two");
    expect(again.userErrors[0].code).toBe("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED");
    expect(await listed()).toBe(20);
  });

  const refused: [string, object, string][] = [
    [
      "an unknown item",
      input([row(1, null, { inventoryItemId: "gid://shopify/InventoryItem/1" })]),
      "INVALID_INVENTORY_ITEM",
    ],
    [
      "an unknown location",
      input([row(1, null, { locationId: "gid://shopify/Location/1" })]),
      "INVALID_LOCATION",
    ],
    ["a negative quantity", input([row(-1, null)]), "INVALID_QUANTITY_NEGATIVE"],
    ["more than a billion", input([row(1_000_000_001, null)]), "INVALID_QUANTITY_TOO_HIGH"],
    [
      "the same item twice",
      input([row(1, null), row(2, null)]),
      "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR",
    ],
    ["another quantity name", input([row(1, null)], { name: "committed" }), "INVALID_NAME"],
    ["another reason", input([row(1, null)], { reason: "because" }), "INVALID_REASON"],
    [
      "a document that is no URI",
      input([row(1, null)], { referenceDocumentUri: "42" }),
      "INVALID_REFERENCE_DOCUMENT",
    ],
  ];
  test.each(refused)("refuse %s with its code", async (_what, body, code) => {
    const answer = await set(body);
    expect(answer.userErrors.map((error: { code: string }) => error.code)).toContain(code);
    expect(await listed()).toBe(338);
  });

  test("are all set or none", async () => {
    const second = { inventoryItemId: items.second.shopify.inventoryItemId };
    const answer = await set(input([row(5, 338), row(6, 999, second)]));
    expect(answer.userErrors).toHaveLength(1);
    expect(answer.userErrors[0].field[2]).toBe("1");
    expect(await listed()).toBe(338);
  });

  test("take at most 250 rows", async () => {
    const answer = await set(input(Array.from({ length: 251 }, () => row(1, null))));
    expect(answer.errors[0].extensions.code).toBe("MAX_INPUT_SIZE_EXCEEDED");
  });

  test("understand on_hand as available plus what is committed", async () => {
    await stand.order("shopify", 3);
    expect((await set(input([row(100, 338)], { name: "on_hand" }))).userErrors).toEqual([]);
    expect(await listed()).toBe(97);
    const answer = await stand.graphql(
      `query($id: ID!, $at: ID!) { inventoryItem(id: $id) { inventoryLevel(locationId: $at) {
        quantities(names: ["available", "committed", "on_hand"]) { name quantity } } } }`,
      { id: ids.inventoryItemId, at: ids.locationId },
    );
    expect(answer.body.data.inventoryItem.inventoryLevel.quantities).toEqual([
      { name: "available", quantity: 97 },
      { name: "committed", quantity: 3 },
      { name: "on_hand", quantity: 100 },
    ]);
  });

  test("can be adjusted by a delta under the same rules", async () => {
    const change = { inventoryItemId: ids.inventoryItemId, locationId: ids.locationId };
    const adjust = async (delta: number, changeFromQuantity: number) => {
      const changes = [{ ...change, delta, changeFromQuantity }];
      const key = `adjust-${(keys += 1)}`;
      const body = { name: "available", reason: "restock", changes };
      const { body: answer } = await stand.graphql(ADJUST, { input: body, key });
      return answer.data.inventoryAdjustQuantities;
    };
    expect((await adjust(-8, 338)).inventoryAdjustmentGroup.changes[0].quantityAfterChange).toBe(
      330,
    );
    expect((await adjust(-1, 338)).userErrors[0].code).toBe("CHANGE_FROM_QUANTITY_STALE");
    expect((await adjust(-331, 330)).userErrors[0].code).toBe("INVALID_QUANTITY_TOO_LOW");
    expect(await listed()).toBe(330);
  });
});

describe("Shopify's orders", () => {
  const changedSince = (ms: number) => `updated_at:>='${new Date(ms).toISOString()}'`;
  async function orders(variables: object): Promise<Json> {
    const { body } = await stand.graphql(ORDERS, { first: 10, sort: "UPDATED_AT", ...variables });
    return body.data.orders;
  }

  test("commit stock at once and show paid, unpaid, cancelled and shipped", async () => {
    await stand.order("shopify", 2);
    await stand.order("shopify", 1, false);
    const gone = await stand.order("shopify", 1);
    const sent = await stand.order("shopify", 3);
    await stand.control("/cancel", { order: gone });
    await stand.control("/ship", { order: sent });
    expect(await listed()).toBe(338 - 2 - 1 - 3);
    const { nodes } = await orders({ sort: "CREATED_AT" });
    const seen = nodes.map((order: Json) => [
      order.displayFinancialStatus,
      order.displayFulfillmentStatus,
      order.lineItems.nodes[0].quantity,
      order.lineItems.nodes[0].unfulfilledQuantity,
    ]);
    expect(seen).toEqual([
      ["PAID", "UNFULFILLED", 2, 2],
      ["PENDING", "UNFULFILLED", 1, 1],
      ["REFUNDED", "UNFULFILLED", 1, 0],
      ["PAID", "FULFILLED", 3, 0],
    ]);
    expect(nodes[2].cancelledAt).toBe("2026-11-23T12:00:00Z");
    expect(nodes[3].fulfillments[0]).toEqual({
      status: "SUCCESS",
      fulfillmentLineItems: { nodes: [{ quantity: 3, lineItem: { sku } }] },
    });
  });

  test("are found by the second in which they changed", async () => {
    const order = await stand.order("shopify");
    stand.pass(5000);
    expect((await orders({ q: changedSince(START + 1000) })).nodes).toEqual([]);
    await stand.control("/cancel", { order });
    const found = await orders({ q: changedSince(START + 5000) });
    expect(found.nodes.map((node: { id: string }) => node.id)).toEqual([order]);
  });

  test("come in pages that lose none and repeat what changed meanwhile", async () => {
    const placed: string[] = [];
    for (let i = 0; i < 5; i += 1) placed.push(await stand.order("shopify"));
    const seen: string[] = [];
    let after: string | null = null;
    for (;;) {
      const page: Json = await orders({ first: 2, after, q: changedSince(START) });
      seen.push(...page.nodes.map((node: { id: string }) => node.id));
      if (!page.pageInfo.hasNextPage) break;
      if (after === null) await stand.control("/cancel", { order: placed[0] });
      after = page.pageInfo.endCursor;
    }
    expect(new Set(seen)).toEqual(new Set(placed));
    expect(seen.filter((id) => id === placed[0])).toHaveLength(2);
  });

  test("want `first`, at most 250, and a cursor that was given out", async () => {
    const bare = await stand.graphql("{ orders { nodes { id } } }");
    expect(bare.body.errors[0].message).toMatch(/first/);
    const many = await stand.graphql("{ orders(first: 251) { pageInfo { hasNextPage } } }");
    expect(many.body.errors[0].message).toMatch(/250/);
    const lost = await stand.graphql(ORDERS, { first: 1, after: "x" });
    expect(lost.body.errors[0].message).toMatch(/cursor/);
  });

  test("pass over a search field that does not exist, and warn", async () => {
    await stand.order("shopify");
    const answer = await stand.graphql(ORDERS, { first: 5, q: "colour:red" });
    expect(answer.body.data.orders.nodes).toHaveLength(1);
    expect(answer.body.extensions.search[0].warnings[0]).toMatchObject({ field: "colour" });
  });

  test("can be asked for by id; ids of nothing are null", async () => {
    const id = await stand.order("shopify");
    const answer = await stand.graphql(
      "query($id: ID!, $ids: [ID!]!) { order(id: $id) { name } nodes(ids: $ids) { __typename id } }",
      { id, ids: [ids.inventoryItemId, "gid://shopify/InventoryItem/1", id] },
    );
    expect(answer.body.data).toEqual({
      order: { name: "#1001" },
      nodes: [
        { __typename: "InventoryItem", id: ids.inventoryItemId },
        null,
        { __typename: "Order", id },
      ],
    });
  });
});

describe("Shopify's listings", () => {
  test("sell only while the product is active and published", async () => {
    const wish = { channel: "shopify", sku, units: 1, paid: true };
    const sells = async () => (await stand.control("/order", wish)).status === 200;
    const status = (to: string) =>
      stand.graphql(
        "mutation($id: ID!, $to: ProductStatus!) { productUpdate(product: { id: $id, status: $to }) { product { status } userErrors { message } } }",
        { id: ids.productId, to },
      );
    expect((await status("DRAFT")).body.data.productUpdate.product.status).toBe("DRAFT");
    expect(await sells()).toBe(false);
    await status("ACTIVE");
    expect(await sells()).toBe(true);
    const publications = await stand.graphql("{ publications(first: 5) { nodes { id } } }");
    const [publication] = publications.body.data.publications.nodes;
    for (const [mutation, sold] of [
      ["publishableUnpublish", false],
      ["publishablePublish", true],
    ] as const) {
      const answer = await stand.graphql(
        `mutation($id: ID!, $input: [PublicationInput!]!) { ${mutation}(id: $id, input: $input) { publishable { availablePublicationsCount { count } } userErrors { message } } }`,
        { id: ids.productId, input: [{ publicationId: publication.id }] },
      );
      expect(answer.body.data[mutation].publishable.availablePublicationsCount.count).toBe(+sold);
      expect(await sells()).toBe(sold);
    }
  });
});
