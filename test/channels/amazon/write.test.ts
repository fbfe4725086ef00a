import { describe, expect, test } from "@jest/globals";
import type { QuantityWrite } from "../../../src/channels/channel";
import { amazonListing, write } from "../../support/listings";
import { inTurn, scriptedHttp } from "../../support/scripted-http";
import { items, refused, shop, taken } from "./shop";

describe("writing quantities to Amazon", () => {
  const [a, b] = [amazonListing(1), amazonListing(2)];

  test("one listing a call, its SKU percent-encoded, the quantity merged and not a preview", async () => {
    const http = inTurn([taken, taken]);
    expect(await shop(http).writeStock([write(a, 5), write(b, 0, { reason: "pause" })])).toEqual({
      ok: true,
      value: [
        { listingId: a.listingId, kind: "accepted" },
        { listingId: b.listingId, kind: "accepted" },
      ],
    });
    expect(http.asked[0]).toEqual({
      method: "PATCH",
      path: "/listings/2021-08-01/items/seller/%E9%9D%A2%E9%9C%9C%2FSERUM%201",
      query: { marketplaceIds: "ATVPDKIKX0DER" },
      body: JSON.stringify({
        productType: "PRODUCT",
        patches: [
          {
            op: "merge",
            path: "/attributes/fulfillment_availability",
            value: [{ fulfillment_channel_code: "DEFAULT", quantity: 5 }],
          },
        ],
      }),
    });
  });

  const issue = (severity: string) => ({ code: "90220", message: "'size' is required", severity });

  test.each([
    ["INVALID", [issue("ERROR")], "90220"],
    ["INVALID", [], "INVALID"],
    ["VALID", [], "VALID"],
    ["ACCEPTED", [issue("ERROR")], "90220"],
    ["ACCEPTED", [issue("WARNING"), issue("INFO")], null],
    ["ACCEPTED", [], null],
  ])("a 200 that says %s with %j is rejected as %s", async (status, issues, code) => {
    const http = inTurn([{ body: { sku: "x", status, submissionId: "1", issues } }]);
    const written = await shop(http).writeStock([write(a, 5)]);
    const outcome = written.ok ? written.value[0] : undefined;
    expect(outcome?.kind).toBe(code === null ? "accepted" : "rejected");
    if (outcome?.kind === "rejected") expect(outcome.code).toBe(code);
  });

  test("beyond five at once the rest waits its turn; nothing is sent that Amazon would refuse", async () => {
    const http = scriptedHttp(() => taken);
    const channel = shop(http);
    const many = Array.from({ length: 12 }, (_, n) => write(amazonListing(n), 3));
    const first = await channel.writeStock(many);
    const kinds = (first.ok ? first.value : []).map((one) =>
      one.kind === "rejected" ? one.code : one.kind,
    );
    expect(kinds).toEqual([...Array(4).fill("accepted"), ...Array(8).fill("throttled")]);
    expect(http.asked).toHaveLength(4);
    channel.later(1000);
    expect(channel.allowance("write_stock").left).toBe(4);
  });

  test("a pause goes out when levels have to wait", async () => {
    const http = scriptedHttp(() => taken);
    const writes: QuantityWrite[] = Array.from({ length: 6 }, (_, n) => write(amazonListing(n), 3));
    const written = await shop(http).writeStock([...writes, write(b, 0, { reason: "pause" })]);
    expect(written.ok && written.value.at(-1)).toEqual({
      listingId: b.listingId,
      kind: "accepted",
    });
  });

  test("a refused listing hides nothing of the ones beside it", async () => {
    const http = inTurn([refused(400, "InvalidInput", "no such SKU"), taken]);
    expect(await shop(http).writeStock([write(a, 5), write(b, 6)])).toEqual({
      ok: true,
      value: [
        { listingId: a.listingId, kind: "rejected", code: "InvalidInput", message: "no such SKU" },
        { listingId: b.listingId, kind: "accepted" },
      ],
    });
  });

  test.each(["..", ".", "a/../b", "\ud800", "a\u0000b"])(
    "the SKU %j, which no URL can name, is refused before a byte leaves",
    async (listingId) => {
      const written = await shop(inTurn([])).writeStock([
        write(amazonListing(1, { listingId }), 5),
      ]);
      expect(written).toEqual({
        ok: true,
        value: [{ listingId, kind: "rejected", code: "sku_unaddressable", message: "" }],
      });
    },
  );

  test("keys that are refused end the batch", async () => {
    const http = inTurn([refused(403, "Unauthorized")]);
    expect(await shop(http).writeStock([write(a, 5), write(b, 6)])).toMatchObject({
      ok: false,
      error: { kind: "unauthorised", code: "Unauthorized" },
    });
  });
});

describe("taking a listing off sale at Amazon", () => {
  const of = amazonListing(1);

  test("is quantity 0: neither listing nor price is deleted", async () => {
    const http = inTurn([taken]);
    expect(await shop(http).setOnSale(of, false)).toEqual({
      ok: true,
      value: { listingId: of.listingId, kind: "accepted" },
    });
    expect(http.asked.map(({ method }) => method)).toEqual(["PATCH"]);
    expect(http.asked[0]?.body).toContain('"quantity":0');
  });

  test.each([
    [{ DEFAULT: 0 }, "accepted"],
    [{ AMAZON_NA: 4 }, "not_seller_fulfilled"],
  ])("back on sale with %j is %s", async (channels, expected) => {
    const { body } = items([of.listingId, channels]);
    const http = inTurn([{ body: body.items[0] }]);
    const back = await shop(http).setOnSale(of, true);
    const outcome = back.ok ? back.value : null;
    expect(outcome?.kind === "rejected" ? outcome.code : outcome?.kind).toBe(expected);
    expect(http.asked.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("a listing that is gone cannot come back", async () => {
    const http = inTurn([refused(404, "NOT_FOUND")]);
    expect(await shop(http).setOnSale(of, true)).toMatchObject({
      value: { kind: "rejected", code: "no_such_listing" },
    });
  });
});
