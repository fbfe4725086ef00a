/**
 * eBay's official contracts (Inventory 1.18.0, Fulfillment 1.20.7), read from ../shared and skipped
 * where that is absent: every request that the adapter can make, and every answer it is told here.
 */
import { describe, expect, test } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Channel } from "../../../src/channels/channel";
import { ebayAuth } from "../../../src/channels/ebay/auth";
import { ebayChannel } from "../../../src/channels/ebay/ebay-channel";
import type { RelayRequest } from "../../../src/channels/http/relay-contract";
import { write } from "../../support/listings";
import { describeAgainstSpecs } from "../../support/reference-specs";
import { scriptedHttp, type Told } from "../../support/scripted-http";
import { ebayContract } from "./openapi";
import { clock, credentials, ebayListing as listing, offer, order, tokens } from "./told";

const hosts = ebayAuth.officialHosts(credentials);
const outgoing = (request: RelayRequest) =>
  ebayAuth.authorise(request, credentials, tokens, hosts, clock.now());

/** An adapter that has asked everything it can ask; answers by path. */
async function everything(batch: 1 | 25): Promise<readonly RelayRequest[]> {
  let published = true;
  const answers: (readonly [RegExp, () => Told])[] = [
    [/shipping_fulfillment$/, () => ({ body: { fulfillments: [], total: 0 } })],
    [
      /\/order$/,
      () => ({ body: { total: 1, orders: [order({ lineItemFulfillmentStatus: "IN_PROGRESS" })] } }),
    ],
    [
      /bulk_get/,
      () => ({ body: { responses: [{ sku: "SKU 1/ü", statusCode: 200, inventoryItem: {} }] } }),
    ],
    [/bulk_update/, () => ({ status: 207, body: { responses: [] } })],
    [/\/inventory_item$/, () => ({ body: { inventoryItems: [{ sku: "A", groupIds: ["G 1"] }] } })],
    [/\/offer$/, () => ({ body: { offers: [offer()] } })],
    [/\/offer\/\d+$/, () => ({ body: offer({ status: published ? "PUBLISHED" : "UNPUBLISHED" }) })],
  ];
  const http = scriptedHttp(({ path }) => {
    if (path.includes("withdraw")) published = false;
    if (path.includes("publish")) published = true;
    const found = answers.find(([pattern]) => pattern.test(path));
    return found === undefined ? { body: {} } : found[1]();
  });
  const channel: Channel = ebayChannel({ http, clock, batch });
  const single = listing(1, { listingId: "SKU 1/ü" });
  const variation = listing(2, { locationId: "group 7" });
  await channel.readOrders(null, clock.now() - 60_000);
  await channel.readStock([single, variation]);
  await channel.writeStock([write(single, 3), write(variation, 0, { reason: "pause" })]);
  await channel.readListings(null);
  await channel.readListings("3");
  for (const one of [single, variation]) {
    await channel.setOnSale(one, false);
    await channel.setOnSale(one, true);
  }
  await channel.testConnection();
  return http.asked;
}

describeAgainstSpecs("eBay against the official contracts", () => {
  const contract = ebayContract();

  test.each([1, 25] as const)("with %i SKU a call, every request fits", async (batch) => {
    const asked = await everything(batch);
    const paths = new Set(
      asked.map(({ method, path }) => `${method} ${path.replace(/\d{5,}/, "N")}`),
    );
    expect([...paths].sort()).toEqual([
      "GET /sell/fulfillment/v1/order",
      "GET /sell/fulfillment/v1/order/11-N-48231/shipping_fulfillment",
      "GET /sell/inventory/v1/inventory_item",
      "GET /sell/inventory/v1/inventory_item_group/G%201",
      "GET /sell/inventory/v1/offer",
      "GET /sell/inventory/v1/offer/N",
      "POST /sell/inventory/v1/bulk_get_inventory_item",
      "POST /sell/inventory/v1/bulk_update_price_quantity",
      "POST /sell/inventory/v1/offer/N/publish",
      "POST /sell/inventory/v1/offer/N/withdraw",
      "POST /sell/inventory/v1/offer/publish_by_inventory_item_group",
      "POST /sell/inventory/v1/offer/withdraw_by_inventory_item_group",
    ]);
    for (const request of asked) {
      expect([request.path, ebayAuth.allows(request)]).toEqual([request.path, true]);
      expect([request.path, contract.faultsOf(outgoing(request))]).toEqual([request.path, []]);
    }
  });

  test("the contracts would notice: a field, a query, a path and a header that are not theirs", () => {
    const path = "/sell/inventory/v1/bulk_update_price_quantity";
    const post = { method: "POST", path, query: {}, body: '{"requests":[{"sku":"A"}]}' } as const;
    const faults = (request: RelayRequest) => contract.faultsOf(outgoing(request));
    expect(faults(post)).toEqual([]);
    expect(faults({ ...post, body: '{"requests":[{"Sku":"A"}]}' })).toHaveLength(1);
    expect(faults({ ...post, body: '{"requests":[{"sku":1}]}' })).toHaveLength(1);
    expect(faults({ ...post, query: { dry: "1" } })).toHaveLength(1);
    expect(faults({ ...post, method: "PUT" })).toHaveLength(1);
    const bare = { ...outgoing(post), headers: {} };
    expect(contract.faultsOf(bare)).toEqual(["header Content-Type is missing"]);
  });

  const of = (path: string, method = "GET") =>
    outgoing({ method: method as "GET", path, query: {}, body: null });

  describe("the answers of the golden cases", () => {
    const folder = join(__dirname, "../../cases/ebay");
    test.each(readdirSync(folder))("%s", (name) => {
      const wire = JSON.parse(readFileSync(join(folder, name, "wire.json"), "utf8"));
      for (const body of wire as { fulfillments?: unknown }[]) {
        const rest = body.fulfillments === undefined ? "" : "/1/shipping_fulfillment";
        const request = of(`/sell/fulfillment/v1/order${rest}`);
        expect(contract.answerFaults(request, 200, JSON.stringify(body))).toEqual([]);
      }
    });
  });

  test("the contracts come without samples, so that an answer with every field stands in for them", async () => {
    // Should there be samples one day, they are to be read here.
    expect(contract.samples).toBe(0);
    const http = scriptedHttp(({ method, path }) => {
      const full = contract.fullAnswer(path, method);
      // It is the last page, and of the seller's own shelf.
      if (path.endsWith("/order")) {
        Object.assign(full, { next: "", total: 1 });
        full.orders[0].program = {};
      }
      return { body: full };
    });
    const channel = ebayChannel({ http, clock });
    const text = listing(1, { listingId: "text", parentId: "text" });
    expect(await channel.readOrders("1764000000000", 0)).toEqual({
      ok: true,
      value: {
        cursor: String(Date.UTC(2026, 10, 23, 10)),
        orders: [
          {
            orderId: "text",
            createdAt: Date.UTC(2026, 10, 23, 10),
            updatedAt: Date.UTC(2026, 10, 23, 10),
            paid: true,
            lines: [{ lineId: "text", listingId: "text", ordered: 200, cancelled: 0, shipped: 0 }],
          },
        ],
      },
    });
    expect(await channel.readStock([text])).toEqual({
      ok: true,
      value: [{ listingId: "text", available: 200 }],
    });
    expect(await channel.writeStock([write(text, 1)])).toMatchObject({
      value: [{ kind: "rejected", code: "200" }],
    });
    expect(await channel.readListings("0")).toMatchObject({
      value: { items: [{ sku: "text", title: "text" }], next: "1" },
    });
    expect(await channel.setOnSale(text, true)).toMatchObject({ value: { kind: "accepted" } });
    expect(await channel.testConnection()).toEqual({
      ok: true,
      value: { shopName: "text", missing: [] },
    });
  });
});
