/** A SKU's fixed-price offers (channels.md 4.2). There is no bulk form: one call a SKU. */
import { ok, type Result } from "../../base/result";
import type { Refusal } from "../channel";
import { ask, type EbayApi } from "./ask";
import { offersReplyV1, type OfferV1 } from "./wire";

export const INVENTORY_PATH = "/sell/inventory/v1";

/** No such SKU, no such offer, nothing there: an answer, not a failure. */
const absent = new Set(["http_404", "25702", "25710", "25713"]);

export function isAbsent(refusal: Refusal): boolean {
  return refusal.kind === "rejected" && absent.has(refusal.code);
}

export async function offersOf(
  api: EbayApi,
  sku: string,
): Promise<Result<readonly OfferV1[], Refusal>> {
  const answer = await ask(
    api,
    {
      method: "GET",
      path: `${INVENTORY_PATH}/offer`,
      // An auction of the same SKU has an offer of its own, whose quantity is not ours to set.
      query: { sku, format: "FIXED_PRICE", limit: "25" },
      body: null,
    },
    offersReplyV1,
  );
  if (answer.ok) return ok(answer.value.data.offers);
  return isAbsent(answer.error) ? ok([]) : answer;
}
