/** From a file to the book: what is planned is what is booked, once, all of it or nothing. */
import { describe, expect, test } from "@jest/globals";
import { planExport, summaryOf } from "../../../src/channels/exports/import";
import type { Sku } from "../../../src/base/ids";
import { feed, shopifyStock, tiktokOrders } from "./export-files";
import { ExportWorld, must, NOW, openText, paste, unhurried, ZONE } from "./export-world";

const HOUR = 3_600_000;

async function counted(world: ExportWorld, sku: string, units: number): Promise<void> {
  const plan = await world.plan(await openText(shopifyStock([[sku, units, units]])), {
    takenAt: NOW - 48 * HOUR,
  });
  must(await world.book(plan));
}

describe("orders of a file", () => {
  test("commit, hold, ship and free what the platform says, and the preview says it first", async () => {
    const world = new ExportWorld();
    await counted(world, "A", 100);
    const file = await openText(
      tiktokOrders([
        { order: "1", units: 3 },
        { order: "2", units: 2, status: "Unpaid" },
        { order: "3", units: 4, status: "Shipped", shipped: "20/11/2026 23:00:00" },
        { order: "4", units: 5, status: "Canceled", cancelled: "20/11/2026 22:00:00" },
      ]),
    );
    const plan = await world.plan(file);
    expect(plan.changes).toMatchObject([{ sku: "A", ordered: 9, shipped: 4, cancelled: 0 }]);
    expect(world.books.projection.seq).toBe(2);
    must(await world.book(plan));
    expect(world.committed("A", "tiktok")).toBe(3);
    expect(world.held("A", "tiktok")).toBe(2);
    expect(world.onHand("A")).toBe(96);
  });

  test("change nothing when the same file comes again", async () => {
    const world = new ExportWorld();
    const file = tiktokOrders([
      { order: "1", units: 3 },
      { order: "2", status: "Unpaid" },
    ]);
    must(await world.book(await world.plan(await openText(file))));
    const before = world.books.projection.seq;
    world.now += HOUR;
    const again = await world.plan(await openText(file));
    expect(again.changes).toEqual([]);
    expect(summaryOf(again).isEmpty).toBe(true);
    must(await world.book(again));
    expect(world.books.projection.seq).toBe(before);
  });

  test("move on with the next file, and an older one changes nothing back", async () => {
    const world = new ExportWorld();
    await counted(world, "A", 10);
    const morning = tiktokOrders([{ order: "1", units: 3, status: "Unpaid" }]);
    const noon = tiktokOrders([
      { order: "1", units: 3, status: "Shipped", shipped: "21/11/2026 08:00:00" },
    ]);
    must(await world.book(await world.plan(await openText(morning))));
    const plan = await world.plan(await openText(noon));
    expect(plan.changes).toMatchObject([{ sku: "A", ordered: 0, paid: 3, shipped: 3 }]);
    must(await world.book(plan));
    expect(world.onHand("A")).toBe(7);
    const late = await world.plan(await openText(morning));
    expect(late.changes).toEqual([]);
    must(await world.book(late));
    expect(world.onHand("A")).toBe(7);
  });

  test("sent before their SKU was ever counted are history", async () => {
    const world = new ExportWorld();
    const file = await openText(
      tiktokOrders([
        { order: "1", units: 3, status: "Shipped", shipped: "20/11/2026 23:00:00" },
        { order: "2", units: 2 },
      ]),
    );
    const plan = await world.plan(file);
    expect(plan.leftOut).toMatchObject([{ row: 2, code: "closed_before_book", cell: "1" }]);
    expect(plan.orders.map(({ orderId }) => orderId)).toEqual(["2"]);
    const view = { ...world.view, countedAt: () => Date.parse("2026-11-21T06:59:59Z") };
    const options = { ...unhurried, takenAt: NOW, zone: ZONE };
    const late = await planExport(file, file.recognised.mapping, view, options);
    expect(must(late).leftOut).toEqual([]);
  });

  test("of a SKU that the book does not have are refused, each row with its number and cell", async () => {
    const world = new ExportWorld();
    world.known = new Set(["A"]);
    const plan = await world.plan(
      await openText(
        tiktokOrders([
          { order: "1", sku: "B" },
          { order: "2", units: "1.5" },
          { order: "5.76E+17" },
          { order: "", sku: "A" },
          { order: "6", created: "soon" },
          { order: "7" },
          { order: "7" },
          { order: "8", status: "Gone fishing" },
        ]),
      ),
    );
    expect(plan.refused).toEqual([
      { row: 2, code: "sku_unknown", column: "Seller SKU", cell: "B" },
      { row: 3, code: "quantity_fraction", column: "Quantity", cell: "1.5" },
      { row: 4, code: "id_digits_lost", column: "Order ID", cell: "5.76E+17" },
      { row: 5, code: "order_id_missing", column: "Order ID", cell: "" },
      { row: 6, code: "date_unreadable", column: "Created Time", cell: "soon" },
      { row: 8, code: "duplicate_row", column: "Seller SKU", cell: "7" },
    ]);
    expect(plan.rows).toBe(8);
    // A status in words of tomorrow: the file's dates tell that it is still open.
    expect(plan.orders.map(({ orderId }) => orderId)).toEqual(["7", "8"]);
  });

  test("that came through a connection with other line ids are not booked twice", async () => {
    const world = new ExportWorld();
    const amazon = [
      "amazon-order-id\tsku\tquantity\titem-status\torder-status\tpurchase-date",
      "111-1\tA\t2\tUnshipped\tUnshipped\t2026-11-20T18:22:05+00:00",
      "",
    ].join("\n");
    must(
      await world.books.transact((_projection, book) =>
        book({
          ...{ type: "move", key: "amazon/111-1/97/A/commit/2", at: NOW, reportedAt: NOW },
          ...{ kind: "commit", sku: "A" as Sku, quantity: 2, ref: "amazon/111-1/97/A" },
          ...{ from: "available", to: "committed:amazon" },
        }),
      ),
    );
    const plan = await world.plan(await openText(amazon));
    expect(plan.refused).toMatchObject([{ row: 2, code: "known_by_connection", cell: "111-1" }]);
    expect(plan.changes).toEqual([]);
  });

  test("are mapped to the SKU that the book keeps for their listing", async () => {
    const world = new ExportWorld();
    world.skuOfListing.set("1729-A", "OURS" as Sku);
    must(await world.book(await world.plan(await openText(tiktokOrders([{ order: "1" }])))));
    expect(world.committed("OURS", "tiktok")).toBe(1);
  });

  test("with ids that a spreadsheet has rounded are refused as a whole", async () => {
    const rounded = ["576461413038785000", "576461413038786000", "576461413038787000"];
    const file = await openText(tiktokOrders(rounded.map((order) => ({ order }))));
    const options = { ...unhurried, takenAt: NOW, zone: ZONE };
    const plan = await planExport(file, file.recognised.mapping, new ExportWorld().view, options);
    expect(plan).toEqual({ ok: false, error: { code: "ids_rounded", detail: "" } });
  });

  test("have the order of day and month that the file shows", async () => {
    const world = new ExportWorld();
    const us = await world.plan(
      await openText(tiktokOrders([{ order: "1", created: "11/20/2026 9:00:00 PM" }])),
    );
    expect(us.dateOrder).toEqual({ order: "mdy", isSure: true });
    const unclear = await openText(tiktokOrders([{ order: "1", created: "03/04/2026 21:00:00" }]));
    expect((await world.plan(unclear)).dateOrder).toEqual({ order: "dmy", isSure: false });
    const { mapping } = unclear.recognised;
    const told = await world.plan(unclear, { mapping: { ...mapping, dateOrder: "mdy" } });
    expect(told.orders[0]?.createdAt).toBe(Date.parse("2026-03-05T05:00:00Z"));
  });
});

describe("stock of a file", () => {
  test("is counted: on hand where the file has it, else what is shown and what is on order", async () => {
    const world = new ExportWorld();
    must(await world.book(await world.plan(await openText(shopifyStock([["A", 8, 10]])))));
    expect(world.onHand("A")).toBe(10);
    must(
      await world.book(await world.plan(await openText(tiktokOrders([{ order: "1", units: 3 }])))),
    );
    const tiktok = await openText("Seller SKU,SKU ID,Quantity in Ontario\nA,1729-A,20\n");
    const plan = await world.plan(tiktok);
    expect(plan.changes).toMatchObject([{ sku: "A", listed: 20, onHand: { from: 10, to: 23 } }]);
    must(await world.book(plan));
    expect(world.onHand("A")).toBe(23);
  });

  test("changes nothing when the same file comes again, whatever happened in between", async () => {
    const world = new ExportWorld();
    const takenAt = NOW;
    const file = feed([
      ["A", 10],
      ["B", 5],
    ]);
    must(await world.book(await world.plan(await openText(file), { takenAt })));
    const sent = await openText(
      tiktokOrders([
        {
          order: "1",
          units: 4,
          status: "Shipped",
          created: "21/11/2026 10:00:00",
          shipped: "21/11/2026 11:00:00",
        },
      ]),
    );
    world.now += 4 * HOUR;
    must(await world.book(await world.plan(sent)));
    expect(world.onHand("A")).toBe(6);
    const before = world.books.projection.seq;
    const again = await world.plan(await openText(file), { takenAt });
    expect(again).toMatchObject({ isRepeat: true, changes: [], counts: [] });
    must(await world.book(again));
    expect(world.books.projection.seq).toBe(before);
    // Even from a preview that knows nothing of the first import.
    const blind = { ...world.view, hasKey: () => false };
    const opened = await openText(file);
    const options = { ...unhurried, takenAt, zone: ZONE };
    const plan = must(await planExport(opened, opened.recognised.mapping, blind, options));
    must(await world.book(plan));
    expect(world.onHand("A")).toBe(6);
    expect(world.onHand("B")).toBe(5);
  });

  test("older than the last order of its SKU is refused", async () => {
    const world = new ExportWorld();
    must(await world.book(await world.plan(await openText(tiktokOrders([{ order: "1" }])))));
    const plan = await world.plan(
      await openText(
        feed([
          ["A", 10],
          ["B", 5],
        ]),
      ),
      {
        takenAt: Date.parse("2026-11-21T04:59:59Z"),
      },
    );
    expect(plan.refused).toMatchObject([{ row: 2, code: "book_is_newer", cell: "A" }]);
    expect(plan.counts.map(({ sku }) => sku)).toEqual(["B"]);
  });

  test("is not booked at all when one SKU moved after the preview", async () => {
    const world = new ExportWorld();
    const plan = await world.plan(
      await openText(
        feed([
          ["A", 10],
          ["B", 5],
        ]),
      ),
    );
    await counted(world, "B", 7);
    expect(await world.book(plan)).toEqual({ ok: false, error: { code: "plan_is_stale" } });
    expect(world.onHand("A")).toBe(0);
    expect(world.onHand("B")).toBe(7);
  });

  test("of a listing that the book does not know brings the listing with it", async () => {
    const world = new ExportWorld();
    world.known = new Set();
    const plan = await world.plan(await openText(shopifyStock([[" __proto__", 3, 4]])));
    expect(plan.newListings).toEqual([
      {
        listing: { channel: "shopify", listingId: "__proto__", parentId: "h", locationId: "" },
        ...{ sku: "__proto__", title: "T", onSale: true, fulfilledBy: "seller", parts: [] },
      },
    ]);
    expect(plan.changes).toMatchObject([{ sku: "__proto__", isNew: true, onHand: { to: 4 } }]);
    must(await world.book(plan));
    expect(world.onHand("__proto__")).toBe(4);
  });

  test("counts only at the locations chosen", async () => {
    const text = shopifyStock([["A", 8, 10]]) + "h,T,A,Shop,5,5\n";
    const world = new ExportWorld();
    expect((await world.plan(await openText(text))).counts).toMatchObject([{ counted: 15 }]);
    const plan = await world.plan(await openText(text), { locations: ["Main"] });
    expect(plan.locations).toEqual(["Main", "Shop"]);
    expect(plan.counts).toMatchObject([{ counted: 10 }]);
    expect(plan.leftOut).toMatchObject([{ row: 3, code: "location_not_chosen", cell: "Shop" }]);
  });

  test("asks for the orders first where what is on order would be missed", async () => {
    const world = new ExportWorld();
    expect((await world.plan(await openText(feed([["A", 1]])))).needsOrdersFirst).toBe(true);
    expect((await world.plan(await openText(shopifyStock([["A", 1, 1]])))).needsOrdersFirst).toBe(
      false,
    );
  });

  test("of a table of her own is taken once she has mapped it", async () => {
    const world = new ExportWorld();
    const pasted = await paste("Artikel\tStück\n0042\t10\n");
    const options = { ...unhurried, takenAt: NOW, zone: ZONE };
    const { mapping } = pasted.recognised;
    expect(await planExport(pasted, mapping, world.view, options)).toMatchObject({
      ok: false,
      error: { code: "mapping_incomplete", detail: "channel sku|listingId available|onHand" },
    });
    const mapped = { ...mapping, channel: "ebay", columns: { sku: [0], available: [1] } } as const;
    must(await world.book(await world.plan(pasted, { mapping: mapped })));
    expect(world.onHand("0042")).toBe(10);
  });
});
