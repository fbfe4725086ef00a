/**
 * Quantities to TikTok Shop: one product a call, absolute available units (channels.md 1.4). There
 * is neither compare-and-set nor idempotency key; `expected` and the key are not used.
 */
import type { Result } from "../../base/result";
import { err, ok } from "../../base/result";
import type { QuantityWrite, Refusal, WriteOutcome, WriteReason } from "../channel";
import { endsBatch, refusedWrites } from "../http/written";
import { ask, type TikTokShop } from "./ask";
import {
  inventoryUpdateDataV202309,
  type InventoryUpdateBodyV202309,
  type InventoryUpdateDataV202309,
} from "./wire";

export async function writeStock(
  shop: TikTokShop,
  writes: readonly QuantityWrite[],
): Promise<Result<readonly WriteOutcome[], Refusal>> {
  const outcomes: WriteOutcome[] = [];
  const products = [...grouped(writes, (write) => write.listing.parentId)];
  let answered = 0;
  let first: Refusal | null = null;
  let silent = 0;
  for (const [index, [productId, own]] of products.entries()) {
    const answer = await writeProduct(shop, productId, own);
    if (answer.ok) {
      outcomes.push(...answer.value);
      answered += 1;
      silent = 0;
      continue;
    }
    first ??= answer.error;
    outcomes.push(...refusedWrites(own, answer.error));
    silent = answer.error.kind === "unreachable" ? silent + 1 : 0;
    if (!endsBatch(answer.error) && silent < 2) continue;
    const left = products.slice(index + 1).flatMap(([, rest]) => rest);
    outcomes.push(...refusedWrites(left, answer.error));
    break;
  }
  // Nobody was heard: that is the channel's state and not the listings'.
  return answered === 0 && first !== null ? err(first) : ok(outcomes);
}

async function writeProduct(
  shop: TikTokShop,
  productId: string,
  writes: readonly QuantityWrite[],
): Promise<Result<readonly WriteOutcome[], Refusal>> {
  const body: InventoryUpdateBodyV202309 = {
    skus: [...grouped(writes, (write) => write.listing.listingId)].map(([id, own]) => ({
      id,
      inventory: own.map(({ listing, quantity }) => ({
        ...(listing.locationId === "" ? {} : { warehouse_id: listing.locationId }),
        quantity,
      })),
    })),
  };
  const answer = await ask(
    shop,
    {
      method: "POST",
      path: `/product/202309/products/${encodeURIComponent(productId)}/inventory/update`,
      query: {},
      body: JSON.stringify(body),
    },
    inventoryUpdateDataV202309,
    reasonOf(writes),
  );
  if (!answer.ok) return answer;
  return ok(writes.map((write) => outcomeOf(write, answer.value.data?.errors ?? [])));
}

/** One call for several SKUs is as urgent as the most urgent of them. */
function reasonOf(writes: readonly QuantityWrite[]): WriteReason {
  const reasons = new Set(writes.map((write) => write.reason));
  if (reasons.has("pause")) return "pause";
  return reasons.has("resume") ? "resume" : "level";
}

type UpdateError = NonNullable<InventoryUpdateDataV202309>["errors"][number];

/** Code 0 and still refused, one by one. An error that names no SKU is an error of each. */
function outcomeOf(write: QuantityWrite, errors: readonly UpdateError[]): WriteOutcome {
  const { listingId, locationId } = write.listing;
  for (const error of errors) {
    const skuId = error.detail?.sku_id;
    if (skuId !== undefined && skuId !== listingId) continue;
    const extras = error.detail?.extra_errors ?? [];
    const own = extras.find(
      (extra) => extra.warehouse_id === undefined || extra.warehouse_id === locationId,
    );
    if (extras.length > 0 && own === undefined && locationId !== "") continue;
    const { code, message } = own ?? extras[0] ?? error;
    return { listingId, kind: "rejected", code: String(code), message: message.slice(0, 300) };
  }
  return { listingId, kind: "accepted" };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
