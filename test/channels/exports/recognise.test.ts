/** A file is known by the names of its columns. */
import { expect, test } from "@jest/globals";
import { forms } from "../../../src/channels/exports/forms";
import { missingIn } from "../../../src/channels/exports/mapping";
import { describeAgainstSpecs, readSpec } from "../../support/reference-specs";
import { openText, paste } from "./export-world";

interface Listed {
  readonly headers?: readonly string[];
  readonly known_headers?: readonly string[];
}

const specs = () => readSpec("csv/export_headers.json") as Readonly<Record<string, Listed>>;

describeAgainstSpecs("the platforms' own headers", () => {
  const files: [string, string][] = [
    ["tiktok_all_orders", "tiktok_orders"],
    ["amazon_active_listings", "amazon_listings"],
    ["amazon_fba_inventory", "amazon_fba"],
    ["amazon_all_orders", "amazon_orders"],
    ["shopify_inventory_new", "shopify_inventory"],
    ["shopify_inventory_old", "shopify_inventory"],
    ["shopify_orders", "shopify_orders"],
    ["ebay_active_listings", "ebay_listings"],
    ["ebay_active_inventory_feed", "ebay_feed"],
    ["ebay_orders_report", "ebay_orders"],
    ["tiktok_product_batch_edit", "tiktok_products"],
  ];

  test.each(files)("%s is told from all others, in any order", async (name, form) => {
    const file = specs()[name];
    const headers = file?.headers ?? file?.known_headers ?? [];
    expect(headers.length).toBeGreaterThan(3);
    for (const order of [headers, [...headers].reverse()]) {
      const line = [...order, "Something of her own"].join("\t");
      const { recognised } = await openText(`${line}\n${order.map(() => "1").join("\t")}\n`);
      expect(recognised.certainty).toBe("sure");
      expect(recognised.mapping.form).toBe(form);
      expect(recognised.missing).toEqual([]);
      expect(recognised.headers).toHaveLength(headers.length + 1);
    }
  });

  test("none is left out", () => {
    expect([...files.map(([name]) => name)].sort()).toEqual(Object.keys(specs()).sort());
  });
});

test("what a form looks for is enough to plan with", () => {
  for (const { id, channel, subject, columns } of forms) {
    const mapped = Object.fromEntries(Object.keys(columns).map((field, at) => [field, [at]]));
    const mapping = { form: id, channel, subject, sheet: 0, headerRow: 1, dateOrder: null };
    expect(missingIn({ ...mapping, columns: mapped })).toEqual([]);
  }
});

test("a header is found under a platform's preamble", async () => {
  const { recognised } = await openText(
    '"Seller Hub Reports","Active listings"\n\nItem number,Custom label (SKU),Available quantity\n1,A,2\n',
  );
  expect(recognised.mapping).toMatchObject({ form: "ebay_listings", headerRow: 3 });
  expect(recognised.sample.map(({ number }) => number)).toEqual([4]);
});

test("a table that nobody knows is offered for mapping by hand", async () => {
  const { recognised } = await paste("Artikel\tOrt\tStück\n0815\tKeller\t10\n");
  expect(recognised.certainty).toBe("none");
  expect(recognised.mapping).toMatchObject({ form: "own", channel: null, headerRow: 1 });
  expect(recognised.headers).toEqual(["Artikel", "Ort", "Stück"]);
  expect(recognised.unused).toEqual([0, 1, 2]);
  expect(recognised.missing).toEqual(["channel", "sku|listingId", "available|onHand"]);
});

test("columns named like parts of every object are columns like any others", async () => {
  const { recognised } = await openText(
    "__proto__,constructor,SKU,toString,ItemID,Quantity\n1,2,A,3,4,5\n",
  );
  expect(recognised.mapping).toMatchObject({
    form: "ebay_feed",
    columns: { sku: [2], listingId: [4], available: [5] },
  });
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test("of two columns with one name the first counts", async () => {
  const { recognised } = await openText("ItemID,SKU,SKU,Quantity\n1,A,B,5\n");
  expect(recognised.mapping.columns.sku).toEqual([1]);
});
