/** eBay's orders in the sandbox: their words, their filter, their pages. */
import { describe, expect, test } from "@jest/globals";
import { ebayCaller, errorOf, get, INVENTORY, ORDERS, sku } from "./ebay-caller";
import { items, START, type Json } from "./stand";

const ebay = ebayCaller();

describe("eBay's orders", () => {
  const iso = (ms: number) => new Date(ms).toISOString();
  const since = (from: number, to = "") => `lastmodifieddate:[${iso(from)}..${to}]`;

  test("change their words as they are paid, shipped and cancelled", async () => {
    const ids = [
      await ebay.stand.order("ebay"),
      await ebay.stand.order("ebay", 2, false),
      await ebay.stand.order("ebay"),
    ];
    await ebay.stand.control("/ship", { order: ids[0] });
    await ebay.stand.control("/cancel", { order: ids[1] });
    const { body } = await get(ORDERS);
    const words = body.orders.map((order: Json) => [
      order.orderId,
      order.orderPaymentStatus,
      order.orderFulfillmentStatus,
      order.cancelStatus.cancelState,
    ]);
    expect(words).toEqual([
      [ids[2], "PAID", "NOT_STARTED", "NONE_REQUESTED"],
      [ids[1], "FAILED", "NOT_STARTED", "CANCELED"],
      [ids[0], "PAID", "FULFILLED", "NONE_REQUESTED"],
    ]);
    const shipped = await get(`${ORDERS}/${ids[0]}/shipping_fulfillment`);
    expect(shipped.body).toMatchObject({
      total: 1,
      fulfillments: [{ lineItems: [{ quantity: 1 }] }],
    });
  });

  test("wait for their money as PENDING and have taken their units all the same", async () => {
    await ebay.stand.order("ebay", 3, false);
    expect((await get(ORDERS)).body.orders[0].orderPaymentStatus).toBe("PENDING");
    const offers = await get(`${INVENTORY}/offer`, { sku });
    expect(offers.body.offers[0].availableQuantity).toBe(items.featured.onHand - 3);
  });

  test("are found by the time of their change and by their state", async () => {
    const old = await ebay.stand.order("ebay");
    ebay.stand.pass(60_000);
    const ids = [await ebay.stand.order("ebay")];
    const found = async (filter: string) =>
      (await get(ORDERS, { filter })).body.orders.map((order: Json) => order.orderId);
    expect(await found(since(START + 1))).toEqual(ids);
    await ebay.stand.control("/ship", { order: old });
    expect(await found(since(START + 1))).toEqual([...ids, old]);
    expect(await found("orderfulfillmentstatus:{NOT_STARTED|IN_PROGRESS}")).toEqual(ids);
    // With both dates only the creation counts.
    expect(
      await found(`creationdate:[${iso(START - 1)}..${iso(START + 1)}],${since(START + 1)}`),
    ).toEqual([old]);
    expect((await get(ORDERS, { orderIds: old, filter: "nonsense" })).body.total).toBe(1);
  });

  test("come in pages by record number", async () => {
    for (let n = 0; n < 5; n += 1) await ebay.stand.order("ebay");
    const page = (offset: string) => get(ORDERS, { limit: "2", offset });
    const [first, middle, last] = [await page("0"), await page("1"), await page("4")];
    expect(first.body).toMatchObject({ total: 5, limit: 2, offset: 0 });
    expect(new URL(first.body.next).searchParams.get("offset")).toBe("2");
    expect(middle.body.orders[0].orderId).toBe(first.body.orders[1].orderId);
    expect(last.body.orders).toHaveLength(1);
    expect(last.body.next).toBeUndefined();
  });

  test.each([
    ["a filter of another name", { filter: "buyer:{x}" }, 30_700],
    ["a state that there is not", { filter: "orderfulfillmentstatus:{DONE}" }, 30_800],
    ["a date in other words", { filter: "lastmodifieddate:[yesterday..]" }, 30_810],
    ["a date without brackets", { filter: "lastmodifieddate:2026-11-20T00:00:00Z" }, 30_810],
    ["no start", { filter: `lastmodifieddate:[..${iso(START)}]` }, 30_820],
    ["three years", { filter: since(START - 3 * 366 * 86_400_000) }, 30_830],
    ["an end before its start", { filter: since(START - 1000, iso(START - 2000)) }, 30_840],
    ["a time to come", { filter: since(START + 60_000) }, 30_850],
    ["51 orders by name", { orderIds: Array(51).fill("1").join(",") }, 30_900],
    ["a strange offset", { offset: "-1" }, 31_000],
    ["more than 200 a page", { limit: "201" }, 31_100],
  ])("are refused with %s", async (_name, query: Record<string, string>, errorId) => {
    expect(errorOf(await get(ORDERS, query))).toEqual([400, errorId]);
  });
});
