/** TikTok's product search and detail as the sandbox plays them, and what a token may do. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { catalogue } from "../../src/sandbox/catalogue";
import { tiktokVenue } from "../../src/sandbox/tiktok/venue";
import { items, openStand, type Stand } from "./stand";

const SEARCH = "/product/202502/products/search";
const { tiktok: ids } = items.featured;

let stand: Stand;
beforeEach(async () => {
  stand = await openStand();
});
afterEach(() => stand.close());

describe("the product search", () => {
  test("comes in pages, and all of them together are the shop", async () => {
    const found: string[] = [];
    let page_token = "";
    do {
      const query = { page_size: "2", ...(page_token !== "" && { page_token }) };
      const { body } = await stand.tiktok(SEARCH, { query, body: { status: "ALL" } });
      expect(body.data.total_count).toBe(catalogue.length);
      found.push(...body.data.products.map((product: { id: string }) => product.id));
      page_token = body.data.next_page_token;
    } while (page_token !== "");
    expect(found).toEqual(catalogue.map(({ tiktok }) => tiktok.productId));
  });

  test.each([
    ["no page_size", {}, {}, /page_size/],
    ["a page_size of 0", { page_size: "0" }, {}, /page_size/],
    ["a page_size of 101", { page_size: "101" }, {}, /page_size/],
    ["a status that is none", { page_size: "1" }, { status: "LIVE" }, /status/],
    ["a token that was not given out", { page_size: "1", page_token: "b2Zmc2V0PTEw" }, {}, /token/],
  ])("refuses %s", async (_name, query, body, message) => {
    const answer = await stand.tiktok(SEARCH, { query, body });
    expect([answer.status, answer.body.code]).toEqual([400, 36009004]);
    expect(answer.body.message).toMatch(message);
  });

  test("a page token belongs to its question", async () => {
    const first = await stand.tiktok(SEARCH, { query: { page_size: "1" }, body: {} });
    const page_token = first.body.data.next_page_token;
    const query = { page_size: "1", page_token };
    expect((await stand.tiktok(SEARCH, { query, body: {} })).body.code).toBe(0);
    const other = await stand.tiktok(SEARCH, { query, body: { status: "PENDING" } });
    expect(other.body.code).toBe(36009004);
  });
});

describe("one product in detail", () => {
  const detail = (id: string) => stand.tiktok(`/product/202309/products/${id}`, { method: "GET" });

  test("has its SKUs and what they are made of, which is nothing else here", async () => {
    const { body } = await detail(ids.productId);
    expect(body.data).toMatchObject({
      id: ids.productId,
      status: "ACTIVATE",
      skus: [{ id: ids.skuId, seller_sku: items.featured.sku, combined_skus: [] }],
    });
  });

  test("is refused for a product that is not the seller's", async () =>
    expect((await detail("1")).body.code).toBe(12052048));
});

test.each([
  ["seller.order.info", "/order/202309/orders/search"],
  ["seller.product.basic", SEARCH],
  ["seller.product.write", "/product/202309/products/deactivate"],
])("a token without %s is denied %s, and what it may it still does", async (right, path) => {
  await stand.close();
  const all = ["seller.order.info", "seller.product.basic", "seller.product.write"];
  const granted = new Set(all.filter((one) => one !== right));
  stand = await openStand({ venues: [tiktokVenue(undefined, granted)] });
  const ask = (at: string) =>
    stand.tiktok(at, { query: { page_size: "1" }, body: { product_ids: ["1"] } });
  expect((await ask(path)).body.code).toBe(105005);
  const other = right === "seller.order.info" ? SEARCH : "/order/202309/orders/search";
  expect((await ask(other)).body.code).toBe(0);
});
