/** Every request that the adapter makes, and every sample reply, against Amazon's own models. */
import { beforeAll, expect, test } from "@jest/globals";
import { amazonAuth } from "../../../src/channels/amazon/auth";
import { amazonChannel } from "../../../src/channels/amazon/amazon-channel";
import type { Channel, ChannelHttp } from "../../../src/channels/channel";
import { amazonListing, write } from "../../support/listings";
import { describeAgainstSpecs } from "../../support/reference-specs";
import { inTurn, scriptedHttp } from "../../support/scripted-http";
import { Swagger, type Sent } from "../../support/swagger";
import { amazonCredentials } from "./credentials";

const clock = { now: () => Date.UTC(2026, 10, 23, 10) };
const tokens = { accessToken: "Atza|secret", refreshToken: null, expiresAt: 0 };
const hosts = amazonAuth.officialHosts(amazonCredentials);

/** What leaves the companion for everything that the port can be asked. */
async function everyRequest(): Promise<Sent[]> {
  const item = {
    sku: "x",
    summaries: [
      { marketplaceId: "ATVPDKIKX0DER", status: [], createdDate: "2026-01-01T00:00:00Z" },
    ],
    fulfillmentAvailability: [{ fulfillmentChannelCode: "DEFAULT", quantity: 1 }],
  };
  const http = scriptedHttp(({ path, method, query }) => {
    if (method === "PATCH") return { body: { sku: "x", status: "ACCEPTED", submissionId: "1" } };
    if (path.startsWith("/sellers")) {
      const shop = { marketplace: { id: "A" }, participation: { isParticipating: true } };
      return { body: { payload: [shop] } };
    }
    if (path.startsWith("/orders")) {
      const nextToken = "paginationToken" in query ? "" : "a+/=";
      return { body: { orders: [], pagination: { nextToken } } };
    }
    if (/\/items\/[^/]+\//.test(path)) return { body: item };
    const pagination = { nextToken: "pageToken" in query ? "" : "t" };
    return { body: { numberOfResults: 2000, items: [item], pagination } };
  });
  const channel = amazonChannel({ http, clock });
  const commas = amazonListing(3, { listingId: "A,B/C", locationId: "" });
  const many = Array.from({ length: 21 }, (_, n) => amazonListing(n));
  const results = [
    await channel.readOrders(null, 0),
    await channel.readOrders("1700000000000", 0),
    await channel.readStock([...many, commas]),
    await channel.writeStock([write(amazonListing(1), 0), write(commas, 12)]),
    await channel.setOnSale(amazonListing(1), false),
    await channel.setOnSale(amazonListing(1), true),
    await channel.testConnection(),
  ];
  // Two pages and the begin of the next thousand.
  const first = await channel.readListings(null);
  const second = first.ok ? await channel.readListings(first.value.next) : first;
  expect([...results, first, second].filter((result) => !result.ok)).toEqual([]);
  return http.asked.map((request) => {
    expect(amazonAuth.allows(request)).toBe(true);
    return amazonAuth.authorise(request, amazonCredentials, tokens, hosts, clock.now());
  });
}

describeAgainstSpecs("Amazon against its official models", () => {
  const models = [
    new Swagger("amazon/orders_2026-01-01.json"),
    new Swagger("amazon/listingsItems_2021-08-01.json"),
    new Swagger("amazon/sellers.json"),
  ] as const;
  const [orders, listings] = models;
  let sent: Sent[];
  beforeAll(async () => {
    sent = await everyRequest();
  });

  const modelOf = ({ method, url }: Sent) =>
    models.find((model) => model.operation(method, new URL(url).pathname) !== null);

  test("every request is one that the model knows: method, path, parameters, body", () => {
    for (const request of sent) {
      expect([request.url, modelOf(request)?.requestFaults(request)]).toEqual([request.url, []]);
    }
  });

  test("all five operations that the product uses were among them", () => {
    const ids = sent.map(
      (request) => modelOf(request)?.operation(request.method, new URL(request.url).pathname)?.id,
    );
    expect([...new Set(ids)].sort()).toEqual([
      "getListingsItem",
      "getMarketplaceParticipations",
      "patchListingsItem",
      "searchListingsItems",
      "searchOrders",
    ]);
  });

  test("a request that is wrong would be found", () => {
    const patch = sent.find(({ method }) => method === "PATCH") as Sent;
    const search = sent.find(({ url }) => url.includes("/orders?")) as Sent;
    expect(listings.requestFaults({ ...patch, body: '{"productType":1}' })).toHaveLength(2);
    expect(listings.requestFaults({ ...patch, url: patch.url.replace(/\?.*/, "") })).toEqual([
      "marketplaceIds: is missing",
    ]);
    expect(
      orders.requestFaults({ ...search, url: search.url.replace("FULFILLMENT", "EVERYTHING") }),
    ).toHaveLength(1);
  });

  test("nothing of a buyer is ever asked for", () => {
    for (const { url } of sent) {
      const asked = new URL(url).searchParams.get("includedData") ?? "";
      expect(asked).not.toMatch(/BUYER|RECIPIENT|PACKAGES|PAYMENT|TAX/);
    }
  });

  test("every request has the token in its header and nowhere else", () => {
    for (const { headers, url, body } of sent) {
      expect(headers["x-amz-access-token"]).toBe("Atza|secret");
      expect(headers["user-agent"]).toMatch(/^StreamStock\/\S+ \(Language=/);
      expect(url + (body ?? "")).not.toMatch(/Atza|secret/);
    }
  });

  const replies = (operationId: string, status: number) =>
    models
      .flatMap((model) => model.staticCases(operationId))
      .filter(([code]) => code === status)
      .map(([, , body]) => ({ status, body }));

  async function ordersFrom(answers: Parameters<typeof inTurn>[0]) {
    const http = inTurn(answers);
    return amazonChannel({ http, clock }).readOrders("1600000000000", 0);
  }

  test("the order samples read: FBA left out, what the seller ships kept, pages followed", async () => {
    const [byAmazon, shipped, open] = replies("searchOrders", 200);
    const read = await ordersFrom([byAmazon ?? {}, shipped ?? {}]);
    expect(read).toMatchObject({
      ok: true,
      value: {
        orders: [
          {
            orderId: "202-7654321-1098765",
            paid: true,
            lines: [{ listingId: "ECHO-DOT-4-UK-CHARCOAL-SINGLE", ordered: 1, shipped: 1 }],
          },
        ],
      },
    });
    expect(await ordersFrom([open ?? {}])).toMatchObject({
      value: {
        orders: [
          {
            orderId: "171-2345678-9012345",
            createdAt: Date.UTC(2024, 11, 22, 15, 30),
            updatedAt: Date.UTC(2024, 11, 23, 10),
            lines: [
              {
                lineId: "17123456789012",
                listingId: "DELL-I15-BR-001",
                ordered: 1,
                cancelled: 0,
                shipped: 0,
              },
            ],
          },
        ],
      },
    });
  });

  const of = amazonListing(1, { listingId: "GM-ZDPI-9B4E" });
  const asking = (http: ChannelHttp): Channel => amazonChannel({ http, clock });

  test("the listing samples read as stock and as listings", async () => {
    const [search] = replies("searchListingsItems", 200);
    const reading = { listingId: "GM-ZDPI-9B4E", available: 100 };
    expect(await asking(inTurn([search ?? {}])).readStock([of])).toEqual({
      ok: true,
      value: [reading],
    });
    const [item] = replies("getListingsItem", 200);
    const comma = amazonListing(1, { listingId: "A,B" });
    expect(await asking(inTurn([item ?? {}])).readStock([comma])).toMatchObject({ ok: true });
    const listed = await asking(inTurn([search ?? {}])).readListings(null);
    expect(listed).toMatchObject({
      value: {
        items: [
          {
            sku: "GM-ZDPI-9B4E",
            title: "Hardside Carry-On Spinner Suitcase Luggage",
            onSale: true,
            fulfilledBy: "seller",
            listing: { parentId: "B071VG5N9D", locationId: "ATVPDKIKX0DER" },
          },
        ],
        next: expect.stringContaining("xsdflkj324lkjsdlkj3423"),
      },
    });
  });

  test("of the submission samples ACCEPTED alone is a written quantity", async () => {
    const cases = replies("patchListingsItem", 200);
    const outcomes = [];
    for (const one of cases) {
      const written = await asking(inTurn([one])).writeStock([write(of, 5)]);
      outcomes.push(written.ok ? written.value[0] : null);
    }
    expect(outcomes).toEqual([
      { listingId: "GM-ZDPI-9B4E", kind: "accepted" },
      { listingId: "GM-ZDPI-9B4E", kind: "rejected", code: "VALID", message: "" },
      {
        listingId: "GM-ZDPI-9B4E",
        kind: "rejected",
        code: "90000900",
        message: "The attributes are invalid.",
      },
    ]);
  });

  test("the participation sample reads", async () => {
    const [shop] = replies("getMarketplaceParticipations", 200);
    const http = inTurn([
      shop ?? {},
      ...replies("searchListingsItems", 200),
      { body: { orders: [] } },
    ]);
    expect(await asking(http).testConnection()).toEqual({
      ok: true,
      value: { shopName: "BestSellerStore", missing: [] },
    });
  });

  test.each(["searchOrders", "searchListingsItems", "getListingsItem", "patchListingsItem"])(
    "the refusal sample of %s is a refusal",
    async (operationId) => {
      const cases = replies(operationId, 400);
      expect(cases.length).toBeGreaterThan(0);
      for (const one of cases) {
        const channel = asking(scriptedHttp(() => one));
        const comma = amazonListing(1, { listingId: "A,B" });
        const result =
          operationId === "searchOrders"
            ? await channel.readOrders(null, 0)
            : operationId === "patchListingsItem"
              ? await channel.writeStock([write(of, 1)])
              : await channel.readStock([operationId === "getListingsItem" ? comma : of]);
        const refusal = {
          kind: "rejected",
          code: expect.stringMatching(/BAD_REQUEST|InvalidInput/),
        };
        // Of a write it is the listing's matter and not the call's.
        expect(result).toMatchObject(
          operationId === "patchListingsItem" ? { value: [refusal] } : { error: refusal },
        );
      }
    },
  );
});
