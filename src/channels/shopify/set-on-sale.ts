/**
 * Off sale and on sale again (channels.md 3.5), by the product's status: DRAFT and ACTIVE.
 *
 * Why not by its publications: a product is published to each sales channel on its own, so taking it
 * off means to remember where it was, beyond the life of this process, and to ask for one more right.
 * The status is one word, shuts every sales channel at once, and leaves the publications as they are.
 * What it costs: ALL variants of the product go with it, and a product whose status is neither word
 * (ARCHIVED, UNLISTED) could not be put back as it was, so it is refused; quantity 0 still pauses it.
 */
import { err, ok, type Result } from "../../base/result";
import type { Listing, Refusal, WriteOutcome } from "../channel";
import { ask, type ShopifyShop } from "./ask";
import { costs, productOfDocument, productStatusDocument } from "./documents";
import { productOfData202610, productStatusData202610 } from "./wire";

export async function setOnSale(
  shop: ShopifyShop,
  { listingId, parentId }: Listing,
  onSale: boolean,
): Promise<Result<WriteOutcome, Refusal>> {
  const refused = (code: string, message: string) =>
    ok({ listingId, kind: "rejected", code, message: message.slice(0, 300) } as const);
  const reason = onSale ? "resume" : "pause";
  const found = await ask(
    shop,
    { document: productOfDocument, variables: { id: parentId }, cost: costs.productOf, reason },
    productOfData202610,
  );
  if (!found.ok) return found;
  const product = found.value.data.productVariant?.product;
  if (product === undefined) return refused("not_found", "");
  const status = onSale ? "ACTIVE" : "DRAFT";
  const asWanted = product.status === status || (onSale && product.status === "UNLISTED");
  if (asWanted) return ok({ listingId, kind: "accepted" });
  if (product.status !== "ACTIVE" && product.status !== "DRAFT") {
    return refused(`status_${product.status.toLowerCase().slice(0, 40)}`, "");
  }
  const set = await ask(
    shop,
    {
      document: productStatusDocument,
      variables: { id: product.id, status },
      cost: costs.productStatus,
      reason,
    },
    productStatusData202610,
  );
  if (!set.ok) return set;
  const payload = set.value.data.productUpdate;
  if (payload === null) return err({ kind: "malformed", where: "data.productUpdate" });
  const [error] = payload.userErrors;
  return error === undefined
    ? ok({ listingId, kind: "accepted" })
    : refused("user_error", error.message);
}
