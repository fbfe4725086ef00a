/**
 * The paths of the operations that the product uses. The page does not know the seller's id: where
 * the official path has it, a word stands that the companion replaces (auth.ts).
 */

/** Stands for the seller's id. */
export const SELLER = "seller";

export const ORDERS_PATH = "/orders/2026-01-01/orders";
export const PARTICIPATIONS_PATH = "/sellers/v1/marketplaceParticipations";
export const LISTINGS_PATH = `/listings/2021-08-01/items/${SELLER}`;

/** Null: a SKU that no URL can name ("..", half a character); Amazon's server would never see it. */
export function listingPath(sku: string): string | null {
  if (sku === "" || /[\p{Cc}\p{Cs}]/u.test(sku)) return null;
  // A server in between may decode a slash before it resolves the dots.
  if (sku.split(/[/\\]/).some((segment) => segment === "." || segment === "..")) return null;
  return `${LISTINGS_PATH}/${encodeURIComponent(sku)}`;
}

/** The SKU in a path that `listingPath` made; null for any other path. */
export function skuOf(path: string): string | null {
  if (!path.startsWith(`${LISTINGS_PATH}/`)) return null;
  let sku: string;
  try {
    sku = decodeURIComponent(path.slice(LISTINGS_PATH.length + 1));
  } catch {
    return null;
  }
  return listingPath(sku) === path ? sku : null;
}
