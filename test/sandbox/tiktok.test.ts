import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { safeParse } from "valibot";
import {
  inventorySearchDataV202309,
  inventoryUpdateDataV202309,
  orderSearchDataV202309,
} from "../../src/channels/tiktok/wire";
import { tiktokVenue } from "../../src/sandbox/tiktok/venue";
import { items, openStand, START, type Stand } from "./stand";

let stand: Stand;
beforeEach(async () => {
  stand = await openStand();
});
afterEach(() => stand.close());

const SEARCH = "/order/202309/orders/search";
const INVENTORY = "/product/202309/inventory/search";
const { tiktok: ids, sku } = items.featured;
const UPDATE = `/product/202309/products/${ids.productId}/inventory/update`;

const search = (query: Record<string, string> = {}, body: object = {}) =>
  stand.tiktok(SEARCH, { query: { page_size: "100", ...query }, body });

const update = (quantity: unknown, change: object = {}) => ({
  skus: [{ id: ids.skuId, inventory: [{ warehouse_id: ids.warehouseId, quantity, ...change }] }],
});

async function available(): Promise<number> {
  const { body } = await stand.tiktok(INVENTORY, { body: { sku_ids: [ids.skuId] } });
  return body.data.inventory[0].skus[0].total_available_quantity;
}

describe("TikTok's gate", () => {
  const refusals: [string, Parameters<Stand["tiktok"]>[1], number, number, RegExp][] = [
    [
      "a wrong signature",
      { tamper: (sign) => sign.replace(/.$/, (c) => (c === "0" ? "1" : "0")) },
      401,
      106001,
      /sign/,
    ],
    ["no signature", { tamper: () => "" }, 401, 106001, /sign/],
    ["no shop_cipher", { cipher: false }, 400, 106013, /shop_cipher/],
    ["another shop's cipher", { change: { shop_cipher: "GCP_other" } }, 400, 101000, /cipher/],
    ["an unknown app", { change: { app_key: "123" } }, 400, 36009004, /app_key/],
    [
      "a clock 31 s ahead",
      { change: { timestamp: String(START / 1000 + 31) } },
      400,
      36009004,
      /timestamp/,
    ],
    [
      "a clock 301 s behind",
      { change: { timestamp: String(START / 1000 - 301) } },
      400,
      36009004,
      /timestamp/,
    ],
    [
      "milliseconds for seconds",
      { change: { timestamp: String(START) } },
      400,
      36009004,
      /timestamp/,
    ],
    ["another token", { token: "TTP_x" }, 401, 105002, /token/],
    ["a body that is no JSON", { body: "{" }, 400, 36009004, /JSON/],
    ["no page_size", { query: {} }, 400, 36009004, /page_size/],
    ["a page_size of 101", { query: { page_size: "101" } }, 400, 36009004, /page_size/],
    [
      "an unknown status",
      { query: { page_size: "1" }, body: { order_status: "PAID" } },
      400,
      36009004,
      /status/,
    ],
    [
      "a text for a time",
      { query: { page_size: "1" }, body: { update_time_ge: "1" } },
      400,
      36009004,
      /update_time_ge/,
    ],
    [
      "a page token of its own making",
      { query: { page_size: "1", page_token: "b2Zmc2V0PTEw" } },
      400,
      36009004,
      /page_token/,
    ],
  ];
  test.each(refusals)("refuses %s", async (_what, call, status, code, message) => {
    const answer = await stand.tiktok(SEARCH, call);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(answer.body.message).toMatch(message);
    expect(answer.body.request_id).toMatch(/^\d{14}[0-9A-F]{18}$/);
    expect(answer.body).not.toHaveProperty("data");
  });

  test("lets a clock through that is 29 s ahead or 299 s behind", async () => {
    for (const offset of [29, -299]) {
      const change = { timestamp: String(START / 1000 + offset) };
      const answer = await stand.tiktok(SEARCH, { query: { page_size: "1" }, change });
      expect(answer.body.code).toBe(0);
    }
  });

  test("says its own time in the Date header", async () => {
    const answer = await search();
    expect(Date.parse(answer.headers.get("date") ?? "")).toBe(START);
  });

  test("refuses a token of eight days ago, and takes the one that a refresh gives", async () => {
    stand.pass(8 * 24 * 3_600_000);
    expect((await search()).body.code).toBe(105002);
    const before = stand.keyring.read().tiktok;
    const query = new URLSearchParams({
      app_key: before.appKey,
      app_secret: before.appSecret,
      refresh_token: before.refreshToken,
      grant_type: "refresh_token",
    });
    const refreshed = await stand.call(`/api/v2/token/refresh?${query}`);
    expect(refreshed.body.code).toBe(0);
    expect(refreshed.body.data.refresh_token).not.toBe(before.refreshToken);
    expect(refreshed.body.data.access_token_expire_in).toBe(START / 1000 + 15 * 24 * 3600);
    expect((await search()).body.code).toBe(0);
    const again = await stand.call(`/api/v2/token/refresh?${query}`);
    expect(again.body).toMatchObject({ code: 36009004, message: "Invalid refresh_token." });
  });

  test("gives tokens for a consent code once, within half an hour", async () => {
    const tokens = async (code: string) => {
      const { appKey, appSecret } = stand.keyring.read().tiktok;
      const query = { app_key: appKey, app_secret: appSecret, auth_code: code };
      const asked = new URLSearchParams({ ...query, grant_type: "authorized_code" });
      return (await stand.call(`/api/v2/token/get?${asked}`)).body.code;
    };
    const consent = async () => (await stand.control("/consent", {})).body.code;
    const code = await consent();
    expect([await tokens(code), await tokens(code)]).toEqual([0, 36009004]);
    const late = await consent();
    stand.pass(31 * 60_000);
    expect(await tokens(late)).toBe(36009004);
  });

  test("names the shop and its cipher, and refuses a cipher there", async () => {
    const shops = "/authorization/202309/shops";
    const answer = await stand.tiktok(shops, { method: "GET", cipher: false });
    expect(answer.body.data.shops[0].cipher).toBe(stand.keyring.read().tiktok.shopCipher);
    const wrong = await stand.tiktok(shops, { method: "GET" });
    expect(wrong.body).toMatchObject({ code: 36009004, message: "Unexpected shop_cipher." });
  });

  test("says 429 with its code and Retry-After when called too often, and recovers", async () => {
    await stand.close();
    stand = await openStand({ venues: [tiktokVenue({ burst: 3, perSecond: 2 })] });
    const codes = [];
    for (let i = 0; i < 4; i += 1) codes.push((await search()).body.code);
    expect(codes).toEqual([0, 0, 0, 36009002]);
    const refused = await search();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("1");
    stand.pass(1000);
    expect((await search()).body.code).toBe(0);
  });

  test("bears two polls a second for a whole stream without a refusal", async () => {
    for (let second = 0; second < 60; second += 1) {
      stand.pass(1000);
      const both = [
        await search(),
        await stand.tiktok(INVENTORY, { body: { sku_ids: [ids.skuId] } }),
      ];
      expect(both.map((answer) => answer.status)).toEqual([200, 200]);
    }
  });

  test("answers a path or a version that it has not with 36009009", async () => {
    expect((await stand.tiktok("/order/202212/orders/search")).body.code).toBe(36009009);
  });
});

describe("TikTok's orders", () => {
  test("have a line item for every unit, ids of 19 digits and fit the product's schema", async () => {
    const id = await stand.order("tiktok", 3);
    const { body } = await search();
    expect(id).toMatch(/^\d{19}$/);
    expect(body.data.orders).toHaveLength(1);
    const [order] = body.data.orders;
    expect(order).toMatchObject({ id, status: "ON_HOLD", is_on_hold_order: true });
    expect(order.create_time).toBe(START / 1000);
    expect(order.line_items).toHaveLength(3);
    const lines = order.line_items as { id: string; sku_id: string; seller_sku: string }[];
    expect(new Set(lines.map((line) => line.id)).size).toBe(3);
    expect(lines.every((line) => line.sku_id === ids.skuId && line.seller_sku === sku)).toBe(true);
    expect(lines.every((line) => /^\d{19}$/.test(line.id))).toBe(true);
    expect(safeParse(orderSearchDataV202309, body.data).success).toBe(true);
    expect(body.data.next_page_token).toBe("");
  });

  test("go from UNPAID to CANCELLED, the units back on the listing", async () => {
    await stand.order("tiktok", 2, false);
    expect((await search()).body.data.orders[0].status).toBe("UNPAID");
    expect(await available()).toBe(336);
    stand.pass(15_000);
    const [order] = (await search()).body.data.orders;
    expect(order).toMatchObject({ status: "CANCELLED", cancellation_initiator: "SYSTEM" });
    expect(order.update_time).toBe(START / 1000 + 15);
    expect(await available()).toBe(338);
  });

  test("show what was shipped as IN_TRANSIT", async () => {
    const order = await stand.order("tiktok");
    stand.pass(61_000);
    expect((await stand.control("/ship", { order })).status).toBe(200);
    const found = (await search({}, { order_status: "IN_TRANSIT" })).body.data.orders;
    expect(found.map((one: { id: string }) => one.id)).toEqual([order]);
    expect(await stand.truth()).toMatchObject({ onHand: 337, committed: { tiktok: 0 } });
  });

  test("are filtered by update time, start included and end not", async () => {
    await stand.order("tiktok");
    stand.pass(2000);
    const later = await stand.order("tiktok");
    const at = START / 1000;
    const found = async (body: object) =>
      (await search({}, body)).body.data.orders.map((order: { id: string }) => order.id);
    expect(await found({ update_time_ge: at + 2 })).toEqual([later]);
    expect(await found({ update_time_lt: at + 2 })).toHaveLength(1);
    expect(await found({ update_time_ge: at, update_time_lt: at })).toEqual([]);
  });

  test("come in pages that lose none while orders change, and repeat what changed", async () => {
    const placed: string[] = [];
    for (let i = 0; i < 7; i += 1) placed.push(await stand.order("tiktok", 1, false));
    const seen: string[] = [];
    let token = "";
    const tokens: string[] = [];
    do {
      const { body } = await search({
        page_size: "3",
        sort_field: "update_time",
        sort_order: "ASC",
        ...(token !== "" && { page_token: token }),
      });
      seen.push(...body.data.orders.map((order: { id: string }) => order.id));
      token = body.data.next_page_token;
      if (token !== "") tokens.push(token);
      // Meanwhile the first order is cancelled: it moves to the end.
      if (tokens.length === 1) await stand.control("/cancel", { order: placed[0] });
    } while (token !== "");
    expect(new Set(seen)).toEqual(new Set(placed));
    expect(seen.filter((id) => id === placed[0])).toHaveLength(2);
    for (const opaque of tokens) {
      expect(opaque).toContain("+");
      expect(opaque).toContain("/");
    }
  });

  test("refuse a page token of another question", async () => {
    for (let i = 0; i < 3; i += 1) await stand.order("tiktok");
    const { body } = await search({ page_size: "1" });
    const page_token = body.data.next_page_token;
    expect((await search({ page_size: "2", page_token })).body.code).toBe(0);
    expect((await search({ page_token }, { order_status: "UNPAID" })).body.code).toBe(36009004);
  });

  test("sort the newest first unless asked otherwise", async () => {
    const one = await stand.order("tiktok");
    const two = await stand.order("tiktok");
    const found = (await search()).body.data.orders.map((order: { id: string }) => order.id);
    expect(found).toEqual([two, one]);
  });

  test("can be read by id, in both versions, without those that are unknown", async () => {
    const id = await stand.order("tiktok");
    for (const version of ["202309", "202507"]) {
      const query = { ids: `${id},5764614130387857520` };
      const path = `/order/${version}/orders`;
      const { body } = await stand.tiktok(path, { method: "GET", query });
      expect(body.data.orders.map((order: { id: string }) => order.id)).toEqual([id]);
    }
    const path = "/order/202309/orders";
    const many = Array.from({ length: 51 }, () => id).join(",");
    for (const query of [{ ids: many }, { ids: "abc" }, {}]) {
      expect((await stand.tiktok(path, { method: "GET", query })).body.code).toBe(36009004);
    }
  });
});

describe("TikTok's stock", () => {
  test("shows what is available and what is committed, by SKU or by product", async () => {
    await stand.order("tiktok", 2);
    for (const body of [{ sku_ids: [ids.skuId] }, { product_ids: [ids.productId] }]) {
      const answer = await stand.tiktok(INVENTORY, { body });
      expect(safeParse(inventorySearchDataV202309, answer.body.data).success).toBe(true);
      expect(answer.body.data.inventory[0].skus[0]).toMatchObject({
        id: ids.skuId,
        total_available_quantity: 336,
        total_committed_quantity: 2,
        warehouse_inventory: [{ available_quantity: 336, committed_quantity: 2 }],
      });
    }
  });

  test("refuses a question without ids, with too many, or with broken ones", async () => {
    const many = Array.from({ length: 601 }, () => ids.skuId);
    for (const body of [{}, { sku_ids: many }, { sku_ids: ["x"] }, { product_ids: [1] }]) {
      expect((await stand.tiktok(INVENTORY, { body })).body.code).toBe(36009004);
    }
    const unknown = await stand.tiktok(INVENTORY, { body: { sku_ids: ["1729592969837519999"] } });
    expect(unknown.body).toMatchObject({ code: 0, data: { inventory: [] } });
  });

  test("is set absolutely: what sold in between is given back, as at TikTok", async () => {
    await stand.order("tiktok", 5);
    const answer = await stand.tiktok(UPDATE, { body: update(20) });
    expect(answer.body).toMatchObject({ code: 0, data: {} });
    expect(await available()).toBe(20);
    expect(await stand.truth()).toMatchObject({ listed: { tiktok: 20 }, committed: { tiktok: 5 } });
  });

  const partial: [string, object, object][] = [
    [
      "a warehouse it has not",
      update(5, { warehouse_id: "1" }),
      {
        code: 12052990,
        detail: { sku_id: ids.skuId, extra_errors: [{ warehouse_id: "1", code: 12052097 }] },
      },
    ],
    [
      "a negative quantity",
      update(-1),
      { code: 12052990, detail: { extra_errors: [{ code: 12019024 }] } },
    ],
    [
      "half a unit",
      update(1.5),
      { code: 12052990, detail: { extra_errors: [{ code: 12019024 }] } },
    ],
    [
      "100,000 units",
      update(100_000),
      { code: 12052990, detail: { extra_errors: [{ code: 12019024 }] } },
    ],
    [
      "a SKU of another product",
      { skus: [{ ...update(1).skus[0], id: items.second.tiktok.skuId }] },
      { code: 12052037, detail: { sku_id: items.second.tiktok.skuId } },
    ],
  ];
  test.each(partial)("refuses %s inside code 0 and writes nothing", async (_what, body, error) => {
    const answer = await stand.tiktok(UPDATE, { body });
    expect(answer.body).toMatchObject({ code: 0, data: { errors: [error] } });
    expect(safeParse(inventoryUpdateDataV202309, answer.body.data).success).toBe(true);
    expect(await available()).toBe(338);
  });

  test("refuses a malformed update and an unknown product as a whole", async () => {
    for (const body of [{}, { skus: [] }, update("5")]) {
      expect((await stand.tiktok(UPDATE, { body })).body.code).toBe(36009004);
    }
    const path = UPDATE.replace(ids.productId, "1");
    expect((await stand.tiktok(path, { body: update(5) })).body.code).toBe(12052048);
  });

  test("goes off sale at once and comes back only after an audit", async () => {
    const products = "/product/202309/products";
    const body = { product_ids: [ids.productId, "1729382588639839583"] };
    const off = await stand.tiktok(`${products}/deactivate`, { body });
    expect(off.body).toMatchObject({
      code: 0,
      data: { errors: [{ code: 12052048, detail: { product_id: "1729382588639839583" } }] },
    });
    const wish = { channel: "tiktok", sku, units: 1, paid: true };
    expect((await stand.control("/order", wish)).body.error.code).toBe("not_offered");
    expect((await stand.tiktok(UPDATE, { body: update(5) })).body.data.errors[0].code).toBe(
      12052037,
    );
    const on = await stand.tiktok(`${products}/activate`, {
      body: { product_ids: [ids.productId] },
    });
    expect(on.body.data).toEqual({});
    expect((await stand.control("/order", wish)).status).toBe(409);
    const listed = await stand.tiktok("/product/202502/products/search", {
      query: { page_size: "100" },
    });
    expect(listed.body.data.products[0].status).toBe("PENDING");
    stand.pass(30_000);
    expect((await stand.control("/order", wish)).status).toBe(200);
    const many = { product_ids: Array.from({ length: 21 }, () => ids.productId) };
    expect((await stand.tiktok(`${products}/deactivate`, { body: many })).body.code).toBe(36009004);
  });
});
