import { describe, expect, test } from "@jest/globals";
import { tiktokChannel } from "../../../src/channels/tiktok/tiktok-channel";
import { tiktokListing as listing, write } from "../../support/listings";
import { inTurn, scriptedHttp, type Told } from "../../support/scripted-http";

// Ten seconds go by with every look at it, so that no budget stands in the way here.
let time = Date.UTC(2026, 10, 23, 10);
const clock = { now: () => (time += 10_000) };

const success = (data: unknown): Told => ({ body: { code: 0, message: "Success", data } });
const failure = (code: number, message = "", status = 200): Told => ({
  status,
  body: { code, message },
});
const inventory = (rows: Record<string, Record<string, number>>) =>
  success({
    inventory: Object.entries(rows).map(([id, warehouses]) => ({
      product_id: "1",
      skus: [
        {
          id,
          warehouse_inventory: Object.entries(warehouses).map(([warehouse_id, units]) => ({
            warehouse_id,
            available_quantity: units,
          })),
        },
      ],
    })),
  });
const order = (id: string, update_time: number) => ({
  id,
  status: "UNPAID",
  create_time: 1,
  update_time,
  line_items: [{ id: "1", sku_id: "2" }],
});
const bodyOf = (request: { body: string | null } | undefined): unknown =>
  JSON.parse(request?.body ?? "null");

describe("reading stock from TikTok", () => {
  const [a, b, c] = [listing(8), listing(9), listing(7, { locationId: "" })];

  test("a listing has the units of its own warehouse, or of all when it names none", async () => {
    const warehouse = a.locationId;
    const http = inTurn([
      inventory({
        [a.listingId]: { [warehouse]: 3, "99": 50 },
        [b.listingId]: { "99": 50 },
        [c.listingId]: { [warehouse]: 3, "99": 50 },
      }),
      success({
        warehouses: [warehouse, "99"].map((id) => ({ id, type: "SALES_WAREHOUSE" })),
      }),
    ]);
    // b is not stocked there: not known, which is not zero.
    expect(await tiktokChannel({ http, clock }).readStock([a, b, c])).toEqual({
      ok: true,
      value: [
        { listingId: a.listingId, available: 3 },
        { listingId: c.listingId, available: 53 },
      ],
    });
    expect(http.asked[0]).toEqual({
      method: "POST",
      path: "/product/202309/inventory/search",
      query: {},
      body: JSON.stringify({ sku_ids: [a.listingId, b.listingId, c.listingId] }),
    });
  });

  test("more than 600 SKUs are asked for in parts, and none is lost", async () => {
    const many = Array.from({ length: 1300 }, (_, n) =>
      listing(1, { listingId: `9${n}`, locationId: "5" }),
    );
    const http = scriptedHttp((request) => {
      const { sku_ids } = bodyOf(request) as { sku_ids: string[] };
      return inventory(Object.fromEntries(sku_ids.map((id) => [id, { "5": Number(id) }])));
    });
    const read = await tiktokChannel({ http, clock }).readStock(many);
    expect(http.asked.map((one) => (bodyOf(one) as { sku_ids: string[] }).sku_ids.length)).toEqual([
      600, 600, 100,
    ]);
    expect(read.ok && read.value.every((one) => one.available === Number(one.listingId))).toBe(
      true,
    );
    expect(read.ok && read.value.length).toBe(1300);
  });

  test("of no listings asks nothing", async () =>
    expect(await tiktokChannel({ http: inTurn([]), clock }).readStock([])).toEqual({
      ok: true,
      value: [],
    }));
});

describe("reading orders from TikTok", () => {
  test("asks from a minute before the cursor, oldest change first, and follows the token as it is", async () => {
    const token = "6AsPQ/M1k+HYcZ=";
    const http = inTurn([
      success({ orders: [order("1", 1001)], next_page_token: token }),
      success({ orders: [order("2", 1002)] }),
    ]);
    const page = await tiktokChannel({ http, clock }).readOrders("1000999", 0);
    expect(page).toMatchObject({ ok: true, value: { cursor: "1002000" } });
    expect(http.asked).toHaveLength(2);
    expect(http.asked.map(bodyOf)).toEqual([{ update_time_ge: 940 }, { update_time_ge: 940 }]);
    const query = { page_size: "100", sort_field: "update_time", sort_order: "ASC" };
    expect(http.asked.map((one) => one.query)).toEqual([query, { ...query, page_token: token }]);
  });

  test("without a cursor begins where it is told to, and without orders stays there", async () => {
    const http = inTurn([success({ orders: null, total_count: 0 })]);
    const page = await tiktokChannel({ http, clock }).readOrders(null, 5_500_999);
    expect(page).toEqual({ ok: true, value: { orders: [], cursor: "5500999" } });
    expect(http.asked.map(bodyOf)).toEqual([{ update_time_ge: 5500 }]);
  });

  test("a local clock that runs ahead does not move the first cursor past the channel's own time", async () => {
    const headers = { date: "Thu, 01 Jan 1970 01:00:00 GMT" };
    const http = inTurn([{ ...success({ orders: [] }), headers }]);
    const page = await tiktokChannel({ http, clock }).readOrders(null, 9_000_000);
    expect(page).toMatchObject({ value: { cursor: "3600000" } });
  });

  test("an order dated in the channel's future does not carry the cursor past real changes", async () => {
    const headers = { date: "Thu, 01 Jan 1970 01:00:00 GMT" };
    const http = inTurn([{ ...success({ orders: [order("1", 9_000_000_000)] }), headers }]);
    const page = await tiktokChannel({ http, clock }).readOrders("3000000", 0);
    expect(page).toMatchObject({ ok: true, value: { cursor: "3600000" } });
  });

  test("the cursor never goes back", async () => {
    const http = inTurn([success({ orders: [order("1", 10)] })]);
    const page = await tiktokChannel({ http, clock }).readOrders("20000", 0);
    expect(page).toMatchObject({ value: { cursor: "20000" } });
  });

  test("a token that comes again is a malformed reply, not an endless loop", async () => {
    const http = scriptedHttp((_request, n) =>
      success({ orders: [], next_page_token: n % 2 === 0 ? "a" : "b" }),
    );
    const page = await tiktokChannel({ http, clock }).readOrders("0", 0);
    expect(page).toMatchObject({ ok: false, error: { kind: "malformed" } });
    expect(http.asked).toHaveLength(3);
  });

  test("a backlog beyond 200 pages is taken in slices that leave nothing out", async () => {
    const endless = scriptedHttp((_request, n) =>
      success({ orders: [order(String(n), 1000 + n)], next_page_token: `t${n}` }),
    );
    const page = await tiktokChannel({ http: endless, clock }).readOrders("1000000", 0);
    expect(endless.asked).toHaveLength(200);
    expect(page).toMatchObject({ ok: true, value: { cursor: "1199000/1199000" } });
    expect(page.ok && page.value.orders.length).toBe(200);
  });

  test("pages without an end that lead nowhere are malformed", async () => {
    const endless = scriptedHttp((_request, n) =>
      success({ orders: [order("1", 1000)], next_page_token: `t${n}` }),
    );
    const first = await tiktokChannel({ http: endless, clock }).readOrders("1000000", 0);
    expect(first).toMatchObject({ ok: true, value: { cursor: "1000000/1000000" } });
    const page = await tiktokChannel({ http: endless, clock }).readOrders("1000000/1000000", 0);
    expect(page).toMatchObject({ ok: false, error: { kind: "malformed" } });
    expect(endless.asked).toHaveLength(400);
  });

  test("a refusal on a later page keeps what was read, and the next reading goes on from there", async () => {
    const http = inTurn([
      success({ orders: [order("1", 1001)], next_page_token: "t" }),
      failure(36009003, "Internal error"),
      success({ orders: [order("1", 1001), order("2", 1002)] }),
    ]);
    const page = await tiktokChannel({ http, clock }).readOrders("1000000", 0);
    expect(page).toMatchObject({
      ok: true,
      value: { orders: [{ orderId: "1" }], cursor: "1001000/1001000" },
    });
    const rest = await tiktokChannel({ http, clock }).readOrders("1001000/1001000", 0);
    // Not from the overlap again: a shop busier than its limit would never get past it.
    expect(bodyOf(http.asked.at(-1)!)).toEqual({ update_time_ge: 1001 });
    expect(rest).toMatchObject({ ok: true, value: { cursor: "1002000" } });
  });

  test("a refusal on the first page is the refusal itself", async () => {
    const http = inTurn([failure(36009003, "Internal error")]);
    const page = await tiktokChannel({ http, clock }).readOrders("1000000", 0);
    expect(page).toMatchObject({ ok: false, error: { kind: "server_error" } });
  });

  test.each(["", "x", "-5", "1e9", "9".repeat(40)])(
    "cursor %j is not one of ours",
    async (cursor) =>
      expect(await tiktokChannel({ http: inTurn([]), clock }).readOrders(cursor, 0)).toEqual({
        ok: false,
        error: { kind: "malformed", where: "cursor" },
      }),
  );
});

describe("writing stock to TikTok", () => {
  const [a, b, c] = [listing(1), listing(2), listing(3, { parentId: listing(1).parentId })];

  test("one call a product, its SKUs together, ids as they are", async () => {
    const http = inTurn([success({}), success({})]);
    const outcomes = await tiktokChannel({ http, clock }).writeStock([
      write(a, 5),
      write(b, 6),
      write(c, 0),
    ]);
    expect(outcomes).toEqual({
      ok: true,
      value: [a, c, b].map(({ listingId }) => ({ listingId, kind: "accepted" })),
    });
    const row = (of: typeof a, quantity: number) => ({
      id: of.listingId,
      inventory: [{ warehouse_id: of.locationId, quantity }],
    });
    expect(http.asked.map(({ path, body }) => [path, JSON.parse(body ?? "")])).toEqual([
      [`/product/202309/products/${a.parentId}/inventory/update`, { skus: [row(a, 5), row(c, 0)] }],
      [`/product/202309/products/${b.parentId}/inventory/update`, { skus: [row(b, 6)] }],
    ]);
  });

  test("a listing without a warehouse names none", async () => {
    const http = inTurn([success(undefined)]);
    const bare = listing(1, { locationId: "" });
    const outcomes = await tiktokChannel({ http, clock }).writeStock([write(bare, 5)]);
    expect(outcomes).toMatchObject({ ok: true, value: [{ kind: "accepted" }] });
    expect(bodyOf(http.asked[0])).toEqual({
      skus: [{ id: bare.listingId, inventory: [{ quantity: 5 }] }],
    });
  });

  const errors = (...list: object[]) => success({ errors: list });

  test("code 0 with errors inside: the named SKU is refused with its reason, the other accepted", async () => {
    const detail = {
      sku_id: a.listingId,
      extra_errors: [{ warehouse_id: a.locationId, code: 12052097, message: "No such warehouse" }],
    };
    const http = inTurn([errors({ code: 12052990, message: "Check failed", detail })]);
    expect(await tiktokChannel({ http, clock }).writeStock([write(a, 5), write(c, 5)])).toEqual({
      ok: true,
      value: [
        {
          listingId: a.listingId,
          kind: "rejected",
          code: "12052097",
          message: "No such warehouse",
        },
        { listingId: c.listingId, kind: "accepted" },
      ],
    });
  });

  test("an error that names no SKU refuses every SKU of the product", async () => {
    const http = inTurn([errors({ code: 12052037, message: "Couldn't update" })]);
    const outcomes = await tiktokChannel({ http, clock }).writeStock([write(a, 5), write(c, 5)]);
    expect(outcomes).toMatchObject({
      value: [
        { kind: "rejected", code: "12052037" },
        { kind: "rejected", code: "12052037" },
      ],
    });
  });

  test.each<[string, Told]>([
    ["the network", { refusal: { kind: "unreachable", message: "ETIMEDOUT" } }],
    ["the server", failure(36009003, "Internal error", 500)],
    ["a refusal", failure(12052048, "other sellers' products")],
    ["nonsense", { body: "<html>" }],
  ])("%s failing one product hides nothing of the others", async (_name, told) => {
    const d = listing(4);
    const http = inTurn([success({}), told, success({})]);
    const outcomes = await tiktokChannel({ http, clock }).writeStock([
      write(a, 1),
      write(b, 1),
      write(d, 1),
    ]);
    expect(outcomes).toMatchObject({
      ok: true,
      value: [
        { listingId: a.listingId, kind: "accepted" },
        { listingId: b.listingId, kind: "rejected" },
        { listingId: d.listingId, kind: "accepted" },
      ],
    });
  });

  test.each<[string, Told, string]>([
    ["too many calls", failure(36009002, "", 429), "throttled"],
    ["a lost lease", { refusal: { kind: "fenced_off" } }, "fenced_off"],
    ["a dead token", failure(105002, "Expired"), "105002"],
  ])(
    "after %s nothing more is sent, and every write has its outcome",
    async (_name, told, code) => {
      const d = listing(4);
      const http = inTurn([success({}), told]);
      const outcomes = await tiktokChannel({ http, clock }).writeStock([
        write(a, 1),
        write(b, 1),
        write(d, 1),
      ]);
      expect(outcomes).toMatchObject({
        ok: true,
        value: [
          { listingId: a.listingId, kind: "accepted" },
          { listingId: b.listingId, kind: "rejected", code },
          { listingId: d.listingId, kind: "rejected", code },
        ],
      });
    },
  );

  test("when no product was heard, the answer is the refusal itself", async () => {
    const http = inTurn([
      { status: 429, headers: { "retry-after": "7" }, body: { code: 36009002 } },
    ]);
    expect(await tiktokChannel({ http, clock }).writeStock([write(a, 1), write(b, 1)])).toEqual({
      ok: false,
      error: { kind: "throttled", retryAfterMs: 7000 },
    });
  });
});
