/**
 * Off sale and on sale again (channels.md 1.5). It costs more than quantity 0, which is the safe
 * pause: it takes ALL variants of the product off, and back on sale the product is audited anew,
 * which takes its time and may end badly. "Accepted" to a relisting means "put up for the audit".
 */
import { err, ok, type Result } from "../../base/result";
import type { Listing, Refusal, WriteOutcome } from "../channel";
import { ask, type TikTokShop } from "./ask";
import { productErrorsDataV202309, type ProductIdsBodyV202309 } from "./wire";

export async function setOnSale(
  shop: TikTokShop,
  { listingId, parentId }: Listing,
  onSale: boolean,
): Promise<Result<WriteOutcome, Refusal>> {
  const body: ProductIdsBodyV202309 = { product_ids: [parentId] };
  const answer = await ask(
    shop,
    {
      method: "POST",
      path: `/product/202309/products/${onSale ? "activate" : "deactivate"}`,
      query: {},
      body: JSON.stringify(body),
    },
    productErrorsDataV202309,
    onSale ? "resume" : "pause",
  );
  if (!answer.ok) {
    // A product that cannot be switched is the listing's matter, not the channel's.
    return answer.error.kind === "rejected"
      ? ok({ ...answer.error, listingId, kind: "rejected" })
      : err(answer.error);
  }
  const [error] = answer.value.data?.errors ?? [];
  if (error === undefined) return ok({ listingId, kind: "accepted" });
  const { code, message } = error.detail?.extra_errors?.[0] ?? error;
  return ok({ listingId, kind: "rejected", code: String(code), message: message.slice(0, 300) });
}
