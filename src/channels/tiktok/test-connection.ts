/**
 * Whether keys, shop and rights are good (channels.md 1.1, 1.9). TikTok tells a token's rights only
 * together with the token, which stays in the companion; so each right is tried by the smallest call
 * that needs it. The right to write is tried on product 0 without a SKU, which nobody has: a token
 * with that right is told that there is no such product, one without it that access is denied.
 */
import type * as v from "valibot";
import { err, ok, type Result } from "../../base/result";
import type { ConnectionReport, Refusal } from "../channel";
import type { RelayRequest } from "../http/relay-contract";
import { ask, SCOPE_MISSING, type TikTokShop } from "./ask";
import {
  inventoryUpdateDataV202309,
  orderSearchDataV202309,
  productSearchDataV202502,
  shopsDataV202309,
  warehousesDataV202309,
} from "./wire";

interface Probe {
  /** TikTok's name of the right. */
  readonly right: string;
  readonly request: RelayRequest;
  readonly dataSchema: v.GenericSchema;
  /** A refusal of the content proves the right. */
  readonly expectsRejection?: true;
}

const probes: readonly Probe[] = [
  {
    right: "seller.order.info",
    request: post("/order/202309/orders/search", { page_size: "1" }, {}),
    dataSchema: orderSearchDataV202309,
  },
  {
    right: "seller.product.basic",
    request: post("/product/202502/products/search", { page_size: "1" }, {}),
    dataSchema: productSearchDataV202502,
  },
  {
    right: "seller.logistics",
    request: { method: "GET", path: "/logistics/202309/warehouses", query: {}, body: null },
    dataSchema: warehousesDataV202309,
  },
  {
    right: "seller.product.write",
    request: post("/product/202309/products/0/inventory/update", {}, { skus: [] }),
    dataSchema: inventoryUpdateDataV202309,
    expectsRejection: true,
  },
];

function post(path: string, query: Record<string, string>, body: object): RelayRequest {
  return { method: "POST", path, query, body: JSON.stringify(body) };
}

function lacksRight(refusal: Refusal): boolean {
  return refusal.kind === "unauthorised" && refusal.code === SCOPE_MISSING;
}

export async function testConnection(shop: TikTokShop): Promise<Result<ConnectionReport, Refusal>> {
  const missing: string[] = [];
  const names = await shopNames(shop);
  if (!names.ok && !lacksRight(names.error)) return names;
  if (!names.ok) missing.push("seller.authorization.info");
  for (const { right, request, dataSchema, expectsRejection } of probes) {
    const answer = await ask(shop, request, dataSchema);
    if (answer.ok || (expectsRejection === true && answer.error.kind === "rejected")) continue;
    if (!lacksRight(answer.error)) return err(answer.error);
    missing.push(right);
  }
  return ok({ shopName: names.ok ? names.value : "", missing });
}

/** All shops that the seller opened to the app; which of them is called is the relay's business. */
async function shopNames(shop: TikTokShop): Promise<Result<string, Refusal>> {
  const answer = await ask(
    shop,
    { method: "GET", path: "/authorization/202309/shops", query: {}, body: null },
    shopsDataV202309,
  );
  if (!answer.ok) return answer;
  return ok(answer.value.data.shops.map(({ name }) => name).join(", "));
}
