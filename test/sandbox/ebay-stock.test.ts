/** eBay's quantities, revisions and offers in the sandbox, and its answers against the contracts. */
import { describe, expect, test } from "@jest/globals";
import { ebayContract } from "../channels/ebay/openapi";
import {
  ebayCaller,
  errorOf,
  get,
  INVENTORY,
  offerId,
  ORDERS,
  post,
  row,
  sku,
  update,
} from "./ebay-caller";
import { describeWithSpecs } from "./shared";
import { items, type Json } from "./stand";

const ebay = ebayCaller();

describe("eBay's quantities", () => {
  const shown = async () => (await ebay.stand.truth()).listed.ebay;

  test("are two, and the listing shows the smaller", async () => {
    await update({ sku, shipToLocationAvailability: { quantity: 9 } });
    expect(await shown()).toBe(9);
    await update({ offers: [{ offerId, availableQuantity: 4 }] });
    expect(await shown()).toBe(4);
    const bulk = await post(`${INVENTORY}/bulk_get_inventory_item`, { requests: [{ sku }] });
    const item = bulk.body.responses[0].inventoryItem;
    expect(item.availability.shipToLocationAvailability.quantity).toBe(9);
    // A sale lowers both.
    await ebay.stand.order("ebay");
    expect(await shown()).toBe(3);
    await update({ offers: [{ offerId, availableQuantity: 50 }] });
    expect(await shown()).toBe(8);
  });

  test("say each row's own fate in a 207", async () => {
    const unknown = await update(row(5, { sku: "NO-SUCH" }));
    expect([unknown.status, unknown.body.responses[0].errors[0].errorId]).toEqual([207, 25_702]);
    const offer = await update(row(5, { offers: [{ offerId: "1", availableQuantity: 5 }] }));
    expect(offer.body.responses[0]).toMatchObject({
      statusCode: 400,
      errors: [{ errorId: 25_713 }],
    });
    const others = [{ offerId: items.second.ebay.offerId, availableQuantity: 5 }];
    expect((await update(row(5, { offers: others }))).body.responses[0].errors[0].errorId).toBe(
      25_709,
    );
    expect(await shown()).toBe(items.featured.onHand);
  });

  test("are refused in one call for two SKUs, unless eBay's other sentence is played", async () => {
    const both = [
      row(5),
      { sku: items.second.ebay.sku, shipToLocationAvailability: { quantity: 6 } },
    ];
    expect(errorOf(await update(...both))).toEqual([400, 25_709]);
    expect(await shown()).toBe(items.featured.onHand);
    await ebay.reopen({ skusMax: 25 });
    expect((await update(...both)).status).toBe(200);
    expect(await shown()).toBe(5);
  });

  test.each([
    ["a negative number", row(-1)],
    ["half a unit", row(1.5)],
    ["no request", null],
  ])("are refused with %s", async (_name, request) => {
    expect(errorOf(await update(...(request === null ? [] : [request])))).toEqual([400, 25_709]);
  });

  test("are read for 25 SKUs at most, each once", async () => {
    const read = (...skus: string[]) =>
      post(`${INVENTORY}/bulk_get_inventory_item`, { requests: skus.map((one) => ({ sku: one })) });
    expect(errorOf(await read(...Array.from({ length: 26 }, (_, n) => `S${n}`)))).toEqual([
      400, 25_727,
    ]);
    expect(errorOf(await read(sku, sku))).toEqual([400, 25_734]);
    const mixed = await read(sku, "NO-SUCH");
    expect([mixed.status, ...mixed.body.responses.map((one: Json) => one.statusCode)]).toEqual([
      207, 200, 404,
    ]);
  });
});

describe("250 revisions a listing and day", () => {
  const revise = async (count: number) => {
    let refused = 0;
    for (let n = 0; n < count; n += 1) {
      const { body } = await update(row(n % 7));
      if (body.responses[0].statusCode !== 200) refused += 1;
    }
    return refused;
  };

  test("are what a listing has, and one of them is a withdrawal; another listing has its own", async () => {
    expect((await post(`${INVENTORY}/offer/${offerId}/withdraw`)).status).toBe(200);
    expect((await post(`${INVENTORY}/offer/${offerId}/publish`)).status).toBe(200);
    // It is another listing since, with an id of its own; only its publishing has been counted.
    expect(await revise(250)).toBe(1);
    const { body } = await update({
      sku: items.second.ebay.sku,
      shipToLocationAvailability: { quantity: 1 },
    });
    expect(body.responses[0].statusCode).toBe(200);
  }, 60_000);

  test("come back with the next day, which at speed 60 is 24 minutes long", async () => {
    const { body } = await ebay.stand.control("");
    await ebay.stand.control("/start", { run: body.run, speed: 60 });
    expect(await revise(251)).toBe(1);
    ebay.stand.pass(23 * 60_000);
    await ebay.signIn();
    expect(await revise(1)).toBe(1);
    ebay.stand.pass(60_000);
    expect(await revise(1)).toBe(0);
  }, 60_000);
});

describe("eBay's offers", () => {
  test("withdrawn are sold to nobody and written by nobody, and published are another listing", async () => {
    const before = (await get(`${INVENTORY}/offer/${offerId}`)).body;
    await post(`${INVENTORY}/offer/${offerId}/withdraw`);
    const gone = (await get(`${INVENTORY}/offer/${offerId}`)).body;
    expect([gone.status, gone.listing]).toEqual(["UNPUBLISHED", undefined]);
    const refused = await ebay.stand.control("/order", {
      channel: "ebay",
      sku: items.featured.sku,
      units: 1,
      paid: true,
    });
    expect(refused.status).toBe(409);
    expect((await update(row(5))).body.responses[0].errors[0].errorId).toBe(25_002);
    expect(errorOf(await post(`${INVENTORY}/offer/${offerId}/withdraw`))).toEqual([400, 25_002]);
    await post(`${INVENTORY}/offer/${offerId}/publish`);
    const after = (await get(`${INVENTORY}/offer/${offerId}`)).body;
    expect(after.status).toBe("PUBLISHED");
    expect(after.listing.listingId).not.toBe(before.listing.listingId);
  });

  test("that there are not are refused", async () => {
    expect(errorOf(await get(`${INVENTORY}/offer`, { sku: "NO-SUCH" }))).toEqual([404, 25_713]);
    expect(errorOf(await get(`${INVENTORY}/offer`))).toEqual([400, 25_709]);
    expect(errorOf(await get(`${INVENTORY}/offer/1`))).toEqual([404, 25_713]);
    expect(errorOf(await post(`${INVENTORY}/offer/1/withdraw`))).toEqual([404, 25_713]);
    expect(errorOf(await get(`${INVENTORY}/inventory_item_group/G`))).toEqual([404, 25_705]);
    const body = { inventoryItemGroupKey: "G", marketplaceId: "EBAY_US" };
    expect(
      errorOf(await post(`${INVENTORY}/offer/withdraw_by_inventory_item_group`, body)),
    ).toEqual([400, 25_725]);
  });
});

describeWithSpecs("eBay's answers in the sandbox against the official contracts", () => {
  test("every one of them fits", async () => {
    const contract = ebayContract();
    const shipped = await ebay.stand.order("ebay", 2);
    await ebay.stand.order("ebay", 1, false);
    await ebay.stand.control("/ship", { order: shipped });
    const answers: [string, string, { status: number; body: Json }][] = [
      ["GET", ORDERS, await get(ORDERS)],
      [
        "GET",
        `${ORDERS}/x/shipping_fulfillment`,
        await get(`${ORDERS}/${shipped}/shipping_fulfillment`),
      ],
      ["GET", `${INVENTORY}/inventory_item`, await get(`${INVENTORY}/inventory_item`)],
      ["GET", `${INVENTORY}/offer`, await get(`${INVENTORY}/offer`, { sku })],
      ["GET", `${INVENTORY}/offer/1`, await get(`${INVENTORY}/offer/${offerId}`)],
      [
        "POST",
        `${INVENTORY}/bulk_get_inventory_item`,
        await post(`${INVENTORY}/bulk_get_inventory_item`, { requests: [{ sku }, { sku: "NO" }] }),
      ],
      ["POST", `${INVENTORY}/bulk_update_price_quantity`, await update(row(5))],
      ["POST", `${INVENTORY}/bulk_update_price_quantity`, await update(row(5, { sku: "NO" }))],
      [
        "POST",
        `${INVENTORY}/offer/1/withdraw`,
        await post(`${INVENTORY}/offer/${offerId}/withdraw`),
      ],
      ["POST", `${INVENTORY}/offer/1/publish`, await post(`${INVENTORY}/offer/${offerId}/publish`)],
    ];
    for (const [method, path, { status, body }] of answers) {
      const request = { method, url: `https://api.ebay.com${path}`, headers: {}, body: null };
      expect([path, contract.answerFaults(request, status, JSON.stringify(body))]).toEqual([
        path,
        [],
      ]);
    }
  });
});
