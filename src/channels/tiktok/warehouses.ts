/**
 * Which warehouses are the seller's own (channels.md 1.2). What lies in TikTok's (FBT) is shown as a
 * SKU's inventory beside her own, refuses to be written, and is never the seller's stock.
 *
 * No published field of a product says so. A warehouse is hers where the shop's warehouse list has it
 * as a sales warehouse of one of the published kinds, all of which are a seller's.
 */
import { ok, type Result } from "../../base/result";
import type { Refusal } from "../channel";
import { ask, type TikTokShop } from "./ask";
import { warehousesDataV202309 } from "./wire";

export interface OwnWarehouses {
  readonly ids: ReadonlySet<string>;
  /** Where a product goes that names none; null when none is marked. */
  readonly byDefault: string | null;
}

const sellersKinds = new Set([
  "DOMESTIC_WAREHOUSE",
  "CB_OVERSEA_WAREHOUSE",
  "CB_DIRECT_SHIPPING_WAREHOUSE",
]);

export async function ownWarehouses(shop: TikTokShop): Promise<Result<OwnWarehouses, Refusal>> {
  const answer = await ask(
    shop,
    { method: "GET", path: "/logistics/202309/warehouses", query: {}, body: null },
    warehousesDataV202309,
  );
  if (!answer.ok) return answer;
  const own = answer.value.data.warehouses.filter(
    ({ type, sub_type }) =>
      type === "SALES_WAREHOUSE" && (sub_type === "" || sellersKinds.has(sub_type)),
  );
  return ok({
    ids: new Set(own.map(({ id }) => id)),
    byDefault: own.find((warehouse) => warehouse.is_default)?.id ?? null,
  });
}
