/**
 * Every SKU of the shop (channels.md 1.2). The search tells everything but what a combined listing is
 * made of; that takes the product's detail, one call each, which is why a page is small.
 */
import { ok, type Result } from "../../base/result";
import type { ListedItem, ListedPage, ListingWarning, Refusal } from "../channel";
import { endsBatch } from "../http/written";
import { ask, type TikTokShop } from "./ask";
import { ownWarehouses, type OwnWarehouses } from "./warehouses";
import {
  productDataV202309,
  productSearchDataV202502,
  type ProductSearchBodyV202502,
  type ProductSearchQueryV202502,
  type ProductV202502,
  type SkuDetailV202309,
} from "./wire";

/** With its details, the warehouses and itself a page takes this and two calls. */
const PRODUCTS_PER_PAGE = 10;

export async function readListings(
  shop: TikTokShop,
  page: string | null,
): Promise<Result<ListedPage, Refusal>> {
  const warehouses = await ownWarehouses(shop);
  if (!warehouses.ok) return warehouses;
  const query = {
    page_size: String(PRODUCTS_PER_PAGE),
    ...(page === null ? {} : { page_token: page }),
  } satisfies ProductSearchQueryV202502;
  const body: ProductSearchBodyV202502 = { status: "ALL" };
  const answer = await ask(
    shop,
    { method: "POST", path: "/product/202502/products/search", query, body: JSON.stringify(body) },
    productSearchDataV202502,
  );
  if (!answer.ok) return answer;
  const items: ListedItem[] = [];
  for (const product of answer.value.data.products) {
    if (product.status === "DELETED") continue;
    const details = await detailsOf(shop, product.id);
    if (!details.ok) return details;
    const detailOf = (id: string) => details.value?.find((sku) => sku.id === id);
    items.push(
      ...product.skus.map((sku) => toItem(product, sku, detailOf(sku.id), warehouses.value)),
    );
  }
  const { next_page_token: next } = answer.value.data;
  return ok({ items, next: next === "" ? null : next });
}

/** Null: TikTok does not show the product's detail, for a reason that is the product's alone. */
async function detailsOf(
  shop: TikTokShop,
  productId: string,
): Promise<Result<readonly SkuDetailV202309[] | null, Refusal>> {
  const answer = await ask(
    shop,
    {
      method: "GET",
      path: `/product/202309/products/${encodeURIComponent(productId)}`,
      query: {},
      body: null,
    },
    productDataV202309,
  );
  if (answer.ok) return ok(answer.value.data.skus);
  const { kind } = answer.error;
  return kind === "unreachable" || endsBatch(answer.error) ? answer : ok(null);
}

function toItem(
  product: ProductV202502,
  sku: ProductV202502["skus"][number],
  detail: SkuDetailV202309 | undefined,
  warehouses: OwnWarehouses,
): ListedItem {
  const places = sku.inventory.map(({ warehouse_id: id }) => id);
  const own = places.filter((id) => warehouses.ids.has(id));
  const location =
    own.length > 1 && warehouses.byDefault !== null && own.includes(warehouses.byDefault)
      ? warehouses.byDefault
      : own[0];
  const warnings: ListingWarning[] = [
    ...(own.length > 1 ? (["several_locations"] as const) : []),
    ...(places.length === 0 ? (["no_location"] as const) : []),
    ...(detail === undefined ? (["parts_unknown"] as const) : []),
  ];
  return {
    listing: {
      channel: "tiktok",
      listingId: sku.id,
      parentId: product.id,
      locationId: location ?? places[0] ?? "",
    },
    sku: sku.seller_sku,
    title: product.title,
    onSale:
      product.status === "ACTIVATE" &&
      !product.is_not_for_sale &&
      sku.status_info?.status !== "DEACTIVATED",
    // A SKU that lies nowhere is not TikTok's either: the seller has not stocked it yet.
    fulfilledBy: places.length > 0 && own.length === 0 ? "channel" : "seller",
    parts: (detail?.combined_skus ?? []).map((part) => ({
      listingId: part.sku_id,
      units: part.sku_count,
    })),
    ...(warnings.length > 0 && { warnings }),
  };
}
