/**
 * Every variant of the shop (channels.md 3.2), and what stands in the way of keeping it up: a policy
 * that sells on at 0, no counting, no place of the seller's own. A listing is known by its inventory
 * item, since SKUs may repeat.
 */
import { ok, type Result } from "../../base/result";
import type { ListedItem, ListedPage, ListingWarning, Refusal } from "../channel";
import { ask, type ShopifyShop } from "./ask";
import {
  BUNDLES_PER_READ,
  bundlesDocument,
  costs,
  listingsDocument,
  VARIANTS_PER_PAGE,
} from "./documents";
import { bundlesData202610, listingsData202610, type ListedVariant202610 } from "./wire";

type Parts = ListedItem["parts"];

export async function readListings(
  shop: ShopifyShop,
  page: string | null,
): Promise<Result<ListedPage, Refusal>> {
  const answer = await ask(
    shop,
    {
      document: listingsDocument,
      variables: { first: VARIANTS_PER_PAGE, after: page },
      cost: costs.listings(VARIANTS_PER_PAGE),
    },
    listingsData202610,
  );
  if (!answer.ok) return answer;
  const { nodes, pageInfo } = answer.value.data.productVariants;
  const bundles = nodes.filter((variant) => variant.requiresComponents).map(({ id }) => id);
  const parts = await partsOf(shop, bundles);
  if (!parts.ok) return parts;
  return ok({
    items: nodes.map((variant) => toItem(variant, parts.value.get(variant.id))),
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  });
}

/** By variant; one whose parts Shopify does not tell in full is left out. */
async function partsOf(
  shop: ShopifyShop,
  variantIds: readonly string[],
): Promise<Result<ReadonlyMap<string, Parts>, Refusal>> {
  const found = new Map<string, Parts>();
  for (let at = 0; at < variantIds.length; at += BUNDLES_PER_READ) {
    const ids = variantIds.slice(at, at + BUNDLES_PER_READ);
    const answer = await ask(
      shop,
      { document: bundlesDocument, variables: { ids }, cost: costs.bundles(ids.length) },
      bundlesData202610,
    );
    if (!answer.ok) return answer;
    for (const node of answer.value.data.nodes) {
      const components = node?.productVariantComponents;
      if (node?.id === undefined || components === undefined) continue;
      if (components.pageInfo.hasNextPage || components.nodes.length === 0) continue;
      found.set(
        node.id,
        components.nodes.map(({ quantity, productVariant }) => ({
          listingId: productVariant.inventoryItem.id,
          units: quantity,
        })),
      );
    }
  }
  return ok(found);
}

function toItem(variant: ListedVariant202610, parts: Parts | undefined): ListedItem {
  const { product, inventoryItem } = variant;
  const places = placesOf(variant);
  const warnings = warningsOf(variant, places, parts);
  return {
    listing: {
      channel: "shopify",
      listingId: inventoryItem.id,
      parentId: variant.id,
      locationId: places.chosen,
    },
    sku: variant.sku ?? "",
    title:
      variant.title === "Default Title" ? product.title : `${product.title} - ${variant.title}`,
    onSale: product.status === "ACTIVE" || product.status === "UNLISTED",
    fulfilledBy: places.own === 0 && places.others > 0 ? "channel" : "seller",
    parts: parts ?? [],
    ...(warnings.length > 0 && { warnings }),
  };
}

interface Places {
  /** The seller's own, from which her online orders are shipped first. */
  readonly chosen: string;
  readonly own: number;
  /** Kept up by a fulfilment service, whose numbers are its own to set. */
  readonly others: number;
}

function placesOf({ inventoryItem }: ListedVariant202610): Places {
  const levels = inventoryItem.inventoryLevels;
  const active = levels.nodes.map(({ location }) => location).filter(({ isActive }) => isActive);
  const own = active.filter((place) => place.fulfillmentService?.inventoryManagement !== true);
  const chosen = own.find((place) => place.fulfillsOnlineOrders) ?? own[0] ?? active[0];
  return {
    chosen: chosen?.id ?? "",
    // More than the page shows is more than one in any case.
    own: own.length + (levels.pageInfo.hasNextPage ? 1 : 0),
    others: active.length - own.length,
  };
}

function warningsOf(
  variant: ListedVariant202610,
  places: Places,
  parts: Parts | undefined,
): readonly ListingWarning[] {
  const { inventoryPolicy, inventoryItem, requiresComponents } = variant;
  const held: readonly (readonly [ListingWarning, boolean])[] = [
    ["sells_below_zero", inventoryPolicy !== "DENY"],
    ["not_tracked", !inventoryItem.tracked && !requiresComponents],
    ["several_locations", places.own > 1],
    ["no_location", places.chosen === "" && !requiresComponents],
    ["sku_not_unique", inventoryItem.duplicateSkuCount > 1],
    ["parts_unknown", requiresComponents && parts === undefined],
  ];
  return held.flatMap(([warning, holds]) => (holds ? [warning] : []));
}
