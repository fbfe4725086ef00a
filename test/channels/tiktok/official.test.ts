/** Everything the adapter can send and is sent, against TikTok's own reference and samples. */
import { expect, test } from "@jest/globals";
import type { QuantityWrite } from "../../../src/channels/channel";
import type { RelayRequest } from "../../../src/channels/http/relay-contract";
import { tiktokAuth } from "../../../src/channels/tiktok/auth";
import { tiktokChannel } from "../../../src/channels/tiktok/tiktok-channel";
import { tiktokListing as listing, write } from "../../support/listings";
import { describeAgainstSpecs, readSpec } from "../../support/reference-specs";
import { inTurn, scriptedHttp, type Told } from "../../support/scripted-http";

const clock = { now: () => Date.UTC(2026, 10, 23, 10) };
const success = (data: unknown): Told => ({ body: { code: 0, message: "Success", data } });

interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
}
interface Endpoint {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly blocks: readonly { readonly interface: string; readonly fields: readonly Field[] }[];
}

/** The reference holds the search as it was in 202312; what is sent is the same in 202502. */
const asReferenced = (path: string) => path.replace("/product/202502/", "/product/202312/");

function endpointOf(endpoints: readonly Endpoint[], path: string): Endpoint {
  const found = endpoints.find((one) =>
    new RegExp(`^${one.path.replace(/\{\w+\}/g, "\\d+")}$`).test(asReferenced(path)),
  );
  if (found === undefined) throw new Error(`${path} is not in the reference`);
  return found;
}

const pascal = (name: string) => name.replace(/(?:^|_)(\w)/g, (_, letter) => letter.toUpperCase());

/** What is wrong with a value that the reference calls `type`, in words. */
function misfits(endpoint: Endpoint, value: unknown, type: string, place: string): string[] {
  switch (type) {
    case "string":
      return typeof value === "string" ? [] : [`${place} is no string`];
    case "int":
      return Number.isSafeInteger(value) ? [] : [`${place} is no int`];
    case "bool":
      return typeof value === "boolean" ? [] : [`${place} is no bool`];
    case "string[]":
      return Array.isArray(value) && value.every((one) => typeof one === "string")
        ? []
        : [`${place} is no list of strings`];
    case "[]object":
      return Array.isArray(value)
        ? value.flatMap((one) => bodyMisfits(endpoint, one, place))
        : [`${place} is no list`];
    default:
      return [`${place} is of a type that the reference does not explain: ${type}`];
  }
}

/** `place`: the field names on the way there, which is how the reference names its blocks. */
function bodyMisfits(endpoint: Endpoint, value: unknown, place = ""): string[] {
  const name = `${endpoint.name}${place.split(".").map(pascal).join("")}RequestInterface`;
  const blocks = endpoint.blocks.filter((one) => one.interface === name);
  // Body and query have a block of the same name; the query's carries the shop.
  const body = blocks.find((one) => !one.fields.some((field) => field.name === "shop_cipher"));
  const fields = body?.fields ?? [];
  const given = value as Record<string, unknown>;
  return [
    ...Object.keys(given)
      .filter((key) => !fields.some((field) => field.name === key))
      .map((key) => `${place}.${key} is unknown`),
    ...fields.flatMap((field) => {
      const at = place === "" ? field.name : `${place}.${field.name}`;
      if (field.name in given) return misfits(endpoint, given[field.name], field.type, at);
      return field.required ? [`${at} is missing`] : [];
    }),
  ];
}

function requestMisfits(endpoints: readonly Endpoint[], request: RelayRequest): string[] {
  const endpoint = endpointOf(endpoints, request.path);
  const block = endpoint.blocks.find(
    (one) =>
      one.interface === `${endpoint.name}RequestInterface` &&
      one.fields.some((field) => field.name === "shop_cipher"),
  );
  // What the relay adds is part of what TikTok gets.
  const credentials = {
    appKey: "k",
    appSecret: "s",
    accessToken: "a",
    refreshToken: "r",
    accessTokenExpiresAt: 0,
    shopCipher: "c",
  };
  const tokens = { accessToken: "a", refreshToken: "r", expiresAt: 0 };
  const hosts = tiktokAuth.officialHosts(credentials);
  const out = tiktokAuth.authorise(request, credentials, tokens, hosts, clock.now());
  const query = new URL(out.url).searchParams;
  // Of every call, by the signing page and not by the endpoint's own.
  const common = ["app_key", "timestamp", "sign"];
  const fields = block?.fields ?? [];
  return [
    ...(out.method === endpoint.method ? [] : [`method ${out.method}`]),
    ...common.filter((name) => !query.has(name)).map((name) => `${name} is missing`),
    ...[...query.keys()]
      .filter((key) => !common.includes(key) && !fields.some((field) => field.name === key))
      .map((key) => `query ${key} is unknown`),
    ...fields
      .filter((field) => field.required && !query.has(field.name))
      .map((field) => `query ${field.name} is missing`),
    ...fields
      .filter((field) => field.type === "int" && query.has(field.name))
      .filter((field) => !/^\d+$/.test(query.get(field.name) ?? ""))
      .map((field) => `query ${field.name} is no int`),
    ...(out.headers["content-type"] === "application/json" ? [] : ["content-type"]),
    ...(out.headers["x-tts-access-token"] === undefined ? ["x-tts-access-token"] : []),
    ...(out.method === "GET"
      ? out.body === null
        ? []
        : ["GET with a body"]
      : bodyMisfits(endpoint, JSON.parse(out.body ?? "null"))),
  ];
}

/** Makes the adapter send everything that it can send. */
async function everything(): Promise<readonly RelayRequest[]> {
  const product = { id: "1", title: "t", status: "ACTIVATE", skus: [{ id: "2" }] };
  const twoPlaces = ["3", "4"].map((id) => ({ warehouse_id: id, available_quantity: 1 }));
  const http = scriptedHttp(({ path, query }) => {
    const next_page_token = query["page_token"] === undefined ? "t" : "";
    if (path.endsWith("/orders/search")) return success({ next_page_token });
    if (path.endsWith("/products/search")) return success({ products: [product], next_page_token });
    if (path.endsWith("/inventory/search")) {
      const skus = [{ id: listing(1).listingId, warehouse_inventory: twoPlaces }];
      return success({ inventory: [{ product_id: "1", skus }] });
    }
    return success({});
  });
  const channel = tiktokChannel({ http, clock });
  const writes: readonly QuantityWrite[] = [
    write(listing(1), 0, { reason: "pause" }),
    write(listing(2, { locationId: "" }), 99_999),
  ];
  const answers = [
    await channel.readOrders("1000", 0),
    await channel.readStock([listing(1, { locationId: "" })]),
    await channel.writeStock(writes),
    await channel.readListings(null),
    await channel.readListings("t"),
    await channel.setOnSale(listing(1), false),
    await channel.setOnSale(listing(1), true),
    await channel.testConnection(),
  ];
  expect(answers.map(({ ok }) => ok)).toEqual(answers.map(() => true));
  return http.asked;
}

describeAgainstSpecs("TikTok against the official reference and samples", () => {
  const endpoints = readSpec("tiktok/reference_202309_fields.json").endpoints as Endpoint[];
  const samples = readSpec("tiktok/official_response_samples.json");

  test("every request has the method, path, query, headers and body of the reference", async () => {
    const asked = await everything();
    for (const request of asked) {
      expect([request.path, requestMisfits(endpoints, request)]).toEqual([request.path, []]);
    }
    const used = new Set(asked.map(({ path }) => endpointOf(endpoints, path).name));
    expect([...used].sort()).toEqual([
      "ActivateProduct",
      "DeactivateProducts",
      "GetAuthorizedShops",
      "GetOrderList",
      "GetProduct",
      "GetWarehouseList",
      "InventorySearch",
      "SearchProducts",
      "UpdateInventory",
    ]);
  });

  test("the check itself finds a wrong name, type, method and a missing field", () => {
    const path = "/product/202309/products/1/inventory/update";
    const request = (body: object, method: RelayRequest["method"] = "POST") =>
      requestMisfits(endpoints, { method, path, query: {}, body: JSON.stringify(body) });
    expect(request({ skus: [{ id: "1", inventory: [{ quantity: 1 }] }] })).toEqual([]);
    expect(request({ skus: [{ id: 1, inventory: [{ quantity: 1 }] }] })).toHaveLength(1);
    expect(request({ skus: [{ id: "1", inventory: [{ quantity: "1" }] }] })).toHaveLength(1);
    expect(request({ skus: [{ id: "1", inventory: [{ qty: 1 }] }] })).toHaveLength(2);
    expect(request({ skus: [{ id: "1" }] })).toHaveLength(1);
    expect(request({ skus: [] }, "PUT")).toHaveLength(1);
  });

  test("the relay lets through what the adapter sends, and no other version of it", async () => {
    for (const request of await everything()) {
      expect([request.path, tiktokAuth.allows(request)]).toEqual([request.path, true]);
      const older = request.path.replace(/20\d{4}/, "202212");
      expect(tiktokAuth.allows({ ...request, path: older })).toBe(false);
    }
  });

  test("the token sample reads: its times are instants", () => {
    const body = JSON.stringify(samples["GET auth.tiktok-shops.com/api/v2/token/get"]);
    expect(tiktokAuth.readRefresh({ status: 200, headers: {}, body }, 0)).toEqual({
      ok: true,
      value: {
        accessToken: "TTP_Fw8r...",
        refreshToken: "TTP_NTUx...",
        expiresAt: 1_660_556_783_000,
      },
    });
  });

  test("the shop sample reads", async () => {
    const http = scriptedHttp(({ path }) =>
      path.endsWith("/shops") ? { body: samples["GET /authorization/202309/shops"] } : success({}),
    );
    expect(await tiktokChannel({ http, clock }).testConnection()).toEqual({
      ok: true,
      value: { shopName: "Maomao beauty shop", missing: [] },
    });
  });

  test("the product sample reads: a SKU that TikTok switched off is not on sale", async () => {
    const warehouse = { id: "7068517275539719942", type: "SALES_WAREHOUSE" };
    const http = scriptedHttp(({ path }) => {
      if (path.endsWith("/search"))
        return { body: samples["POST /product/202502/products/search"] };
      return success(path.endsWith("/warehouses") ? { warehouses: [warehouse] } : { skus: [] });
    });
    expect(await tiktokChannel({ http, clock }).readListings(null)).toEqual({
      ok: true,
      value: {
        items: [
          {
            listing: {
              channel: "tiktok",
              listingId: "1729592969712207012",
              parentId: "1729592969712207008",
              locationId: "7068517275539719942",
            },
            sku: "Color-Red-XM01",
            title: "Short Boat Invisible Socks",
            onSale: false,
            fulfilledBy: "seller",
            parts: [],
            warnings: ["parts_unknown"],
          },
        ],
        next: "b2Zmc2V0PTAK",
      },
    });
  });

  test("the inventory sample reads, and what campaign and creator keep is told apart", async () => {
    const http = inTurn([{ body: samples["POST /product/202309/inventory/search"] }]);
    const of = listing(1, {
      listingId: "1729388324987897824",
      locationId: "7054915283043174149",
    });
    expect(await tiktokChannel({ http, clock }).readStock([of])).toEqual({
      ok: true,
      value: [{ listingId: "1729388324987897824", available: 100, locked: 50 }],
    });
  });

  test("the order sample reads: a bundle, of which the component leaves the shelf", async () => {
    const sample = samples["POST /order/202309/orders/search"];
    const http = inTurn([{ body: sample }, success({})]);
    expect(await tiktokChannel({ http, clock }).readOrders("1600000000000", 0)).toEqual({
      ok: true,
      value: {
        cursor: "1619621355000",
        orders: [
          {
            orderId: "576461413038785752",
            createdAt: 1_619_611_561_000,
            updatedAt: 1_619_621_355_000,
            paid: false,
            lines: [
              {
                lineId: "2729382476852921123",
                listingId: "2729382476852921123",
                ordered: 1,
                cancelled: 0,
                shipped: 0,
              },
            ],
          },
        ],
      },
    });
    expect(http.asked[1]?.query["page_token"]).toBe(sample.data.next_page_token);
  });

  test("the sample of a quantity refused inside code 0 refuses the SKU it names", async () => {
    const name = Object.keys(samples).find((key) => /inventory\/update/.test(key)) ?? "";
    const of = listing(1, {
      listingId: "1729592969712207013",
      locationId: "7068517275539719942",
    });
    const http = inTurn([{ body: samples[name] }]);
    expect(await tiktokChannel({ http, clock }).writeStock([write(of, 5)])).toEqual({
      ok: true,
      value: [
        {
          listingId: "1729592969712207013",
          kind: "rejected",
          code: "12052097",
          message: "The warehouse does not exist",
        },
      ],
    });
  });

  test("the sample of a product refused inside code 0 refuses the listing", async () => {
    const name = Object.keys(samples).find((key) => /products\/deactivate/.test(key)) ?? "";
    const http = inTurn([{ body: samples[name] }]);
    expect(await tiktokChannel({ http, clock }).setOnSale(listing(1), false)).toEqual({
      ok: true,
      value: {
        listingId: listing(1).listingId,
        kind: "rejected",
        code: "12052048",
        message: "You can't edit other sellers' products",
      },
    });
  });
});
