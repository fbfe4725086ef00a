/** TikTok's products as the seller's other software sees them: the search, and one in detail. */
import * as v from "valibot";
import { catalogue, type CatalogueItem } from "../catalogue";
import { findListing } from "../shop";
import type { Run } from "../state";
import { openToken, sealToken } from "./page-token";
import { badParameter, failure, invalid, success, type Reply } from "./reply";

/** A relisted product is audited first. */
const statusWords = { live: "ACTIVATE", audit: "PENDING", off: "SELLER_DEACTIVATED" } as const;
const statuses = [
  "ALL",
  ...["DRAFT", "PENDING", "FAILED", "ACTIVATE"],
  ...["SELLER_DEACTIVATED", "PLATFORM_DEACTIVATED", "FREEZE", "DELETED"],
];

const id = v.pipe(v.string(), v.regex(/^\d{1,20}$/));

const filterSchema = v.object({
  status: v.optional(v.picklist(statuses), "ALL"),
  seller_skus: v.optional(v.pipe(v.array(v.string()), v.maxLength(10))),
  sku_ids: v.optional(v.pipe(v.array(id), v.maxLength(10))),
});

const querySchema = v.object({
  page_size: v.pipe(
    v.string("required"),
    v.regex(/^\d{1,3}$/),
    v.transform(Number),
    v.minValue(1),
    v.maxValue(100),
  ),
  page_token: v.optional(v.string(), ""),
});

function statusOf(run: Run, item: CatalogueItem): string {
  return statusWords[findListing(run.shop, "tiktok", item.sku)?.status ?? "off"];
}

function skuJson(run: Run, item: CatalogueItem): Record<string, unknown> {
  const quantity = findListing(run.shop, "tiktok", item.sku)?.available ?? 0;
  return {
    id: item.tiktok.skuId,
    seller_sku: item.sku,
    price: { currency: "USD", tax_exclusive_price: "9.99", sale_price: "9.99" },
    inventory: [{ warehouse_id: item.tiktok.warehouseId, quantity }],
  };
}

/** A page token holds a place in the catalogue, which never changes, and belongs to its question. */
export function searchProducts(
  run: Run,
  rawQuery: Readonly<Record<string, string>>,
  body: unknown,
  secret: string,
): Reply {
  const query = v.safeParse(querySchema, rawQuery);
  if (!query.success) return invalid(query.issues[0]);
  const filter = v.safeParse(filterSchema, body);
  if (!filter.success) return invalid(filter.issues[0]);
  const { page_size, page_token } = query.output;
  const { status, seller_skus, sku_ids } = filter.output;
  const question = JSON.stringify(["products", run.run, filter.output]);
  let from = 0;
  if (page_token !== "") {
    const [place, asked] = openToken(page_token, secret)?.split("|", 2) ?? [];
    if (place === undefined || asked !== question) return badParameter("Invalid page_token.");
    from = Number(place);
  }
  const matching = catalogue.filter(
    (item) =>
      (status === "ALL" || status === statusOf(run, item)) &&
      (seller_skus?.includes(item.sku) ?? true) &&
      (sku_ids?.includes(item.tiktok.skuId) ?? true),
  );
  const to = from + page_size;
  return success({
    total_count: matching.length,
    products: matching.slice(from, to).map((item) => ({
      id: item.tiktok.productId,
      title: item.title,
      status: statusOf(run, item),
      skus: [skuJson(run, item)],
      sales_regions: ["US"],
      is_not_for_sale: false,
    })),
    next_page_token: to < matching.length ? sealToken(`${to}|${question}`, secret) : "",
  });
}

/** Nothing here is combined of others, so the list that would name them is empty. */
export function productDetail(run: Run, productId: string): Reply {
  const item = catalogue.find(({ tiktok }) => tiktok.productId === productId);
  if (!item) return failure(400, 12052048, "The product is not of this seller.");
  return success({
    id: productId,
    title: item.title,
    status: statusOf(run, item),
    product_types: [],
    skus: [{ ...skuJson(run, item), combined_skus: [] }],
  });
}
