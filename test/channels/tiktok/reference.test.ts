import { expect, test } from "@jest/globals";
import { tiktokChannel } from "../../../src/channels/tiktok/tiktok-channel";
import { tiktokListing as listing, write } from "../../support/listings";
import { describeAgainstSpecs, readSpec } from "../../support/reference-specs";
import { inTurn, scriptedHttp, type Told } from "../../support/scripted-http";

const success = (data: unknown): Told => ({ body: { code: 0, message: "Success", data } });

describeAgainstSpecs("TikTok against the official fields and samples", () => {
  interface Field {
    readonly name: string;
    readonly required: boolean;
  }
  interface Endpoint {
    readonly method: string;
    readonly path: string;
    readonly blocks: readonly { readonly interface: string; readonly fields: readonly Field[] }[];
  }
  const endpoints = readSpec("tiktok/reference_202309_fields.json").endpoints as Endpoint[];
  const samples = readSpec("tiktok/official_response_samples.json");

  /** The request's fields by nesting: body blocks first, the query is the block with shop_cipher. */
  function fieldsOf(path: string) {
    const endpoint = endpoints.find((one) =>
      new RegExp(`^${one.path.replace(/\{\w+\}/g, "\\d+")}$`).test(path),
    );
    const blocks = (endpoint?.blocks ?? []).filter((one) =>
      /RequestInterface$/.test(one.interface),
    );
    const isQuery = (block: (typeof blocks)[number]) =>
      block.fields.some(({ name }) => name === "shop_cipher");
    return {
      method: endpoint?.method,
      query: blocks.filter(isQuery).flatMap((block) => block.fields),
      body: blocks.filter((block) => !isQuery(block)).flatMap((block) => block.fields),
    };
  }

  function keysOf(value: unknown): string[] {
    if (Array.isArray(value)) return value.flatMap(keysOf);
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
  }

  test("every request has the method, and only fields, of the reference, and all that are required", async () => {
    const http = scriptedHttp((request, n) =>
      request.path.includes("orders")
        ? success({ next_page_token: n === 0 ? "t" : "" })
        : success({}),
    );
    const channel = tiktokChannel(http);
    await channel.readOrders("1000", 0);
    await channel.readStock([listing(1)]);
    await channel.writeStock([write(listing(1), 5)]);
    expect(http.asked).toHaveLength(4);
    for (const { path, method, query, body } of http.asked) {
      const official = fieldsOf(path);
      expect([path, method]).toEqual([path, official.method]);
      const asked = {
        query: Object.keys(query),
        body: [...new Set(keysOf(JSON.parse(body ?? "")))],
      };
      for (const place of ["query", "body"] as const) {
        const names = official[place].map(({ name }) => name);
        expect(names).toEqual(expect.arrayContaining(asked[place]));
        const required = official[place].filter((field) => field.required);
        // The relay adds shop_cipher.
        expect(["shop_cipher", ...asked[place]]).toEqual(
          expect.arrayContaining(required.map(({ name }) => name)),
        );
      }
    }
  });

  test("the inventory sample reads", async () => {
    const http = inTurn([{ body: samples["POST /product/202309/inventory/search"] }]);
    const of = listing(1, {
      listingId: "1729388324987897824",
      locationId: "7054915283043174149",
    });
    expect(await tiktokChannel(http).readStock([of])).toEqual({
      ok: true,
      value: [{ listingId: "1729388324987897824", available: 100 }],
    });
  });

  test("the order sample reads: a bundle, of which the component leaves the shelf", async () => {
    const sample = samples["POST /order/202309/orders/search"];
    const http = inTurn([{ body: sample }, success({})]);
    expect(await tiktokChannel(http).readOrders("1600000000000", 0)).toEqual({
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

  test("the partial failure sample refuses the SKU it names", async () => {
    const name = Object.keys(samples).find((key) => /inventory\/update/.test(key)) ?? "";
    const of = listing(1, {
      listingId: "1729592969712207013",
      locationId: "7068517275539719942",
    });
    const outcomes = await tiktokChannel(inTurn([{ body: samples[name] }])).writeStock([
      write(of, 5),
    ]);
    expect(outcomes).toEqual({
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
});
