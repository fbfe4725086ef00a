/** TikTok's stock and product endpoints. Partial failures come inside code 0, as theirs do. */
import * as v from "valibot";
import { catalogue, type CatalogueItem } from "../catalogue";
import { relist } from "../rehearsal";
import { committedUnits, findListing, setAvailable, setListed } from "../shop";
import type { Run } from "../state";
import { failure, invalid, success, type Reply } from "./reply";

const id = v.pipe(v.string(), v.regex(/^\d{1,20}$/));

const inventorySearchSchema = v.object({
  product_ids: v.optional(v.pipe(v.array(id), v.maxLength(100)), []),
  sku_ids: v.optional(v.pipe(v.array(id), v.maxLength(600)), []),
});

const inventoryUpdateSchema = v.object({
  skus: v.pipe(
    v.array(
      v.object({
        id,
        inventory: v.pipe(
          v.array(v.object({ warehouse_id: v.optional(id), quantity: v.number() })),
          v.minLength(1),
        ),
      }),
    ),
    v.minLength(1),
  ),
});

const productIdsSchema = v.object({
  product_ids: v.pipe(v.array(id), v.minLength(1), v.maxLength(20)),
});

/** What an endpoint answers, and the run that follows. */
export interface Outcome {
  readonly run: Run;
  readonly reply: Reply;
}

const QUANTITY_MAX = 99_999;

function skuInventory(run: Run, item: CatalogueItem): Record<string, unknown> {
  const available = findListing(run.shop, "tiktok", item.sku)?.available ?? 0;
  const committed = committedUnits(run.shop, "tiktok", item.sku);
  return {
    id: item.tiktok.skuId,
    seller_sku: item.sku,
    total_available_quantity: available,
    total_committed_quantity: committed,
    warehouse_inventory: [
      {
        warehouse_id: item.tiktok.warehouseId,
        available_quantity: available,
        committed_quantity: committed,
      },
    ],
    total_available_inventory_distribution: {
      campaign_inventory: [],
      creator_inventory: [],
      in_shop_inventory: { quantity: available },
    },
  };
}

/** Ids that the shop does not know are left out of the answer. */
export function searchInventory(run: Run, body: unknown): Reply {
  const parsed = v.safeParse(inventorySearchSchema, body);
  if (!parsed.success) return invalid(parsed.issues[0]);
  const { sku_ids, product_ids } = parsed.output;
  if (sku_ids.length + product_ids.length === 0) {
    return failure(400, 36009004, "Either sku_ids or product_ids is required.");
  }
  const wanted = catalogue.filter(({ tiktok }) =>
    sku_ids.length > 0 ? sku_ids.includes(tiktok.skuId) : product_ids.includes(tiktok.productId),
  );
  return success({
    inventory: wanted.map((item) => ({
      product_id: item.tiktok.productId,
      skus: [skuInventory(run, item)],
    })),
  });
}

type SkuUpdate = v.InferOutput<typeof inventoryUpdateSchema>["skus"][number];

/** Why one SKU of an update is refused; null: it is written. */
function updateError(
  run: Run,
  item: CatalogueItem,
  sku: SkuUpdate,
): Record<string, unknown> | null {
  if (sku.id !== item.tiktok.skuId) {
    return error(12052037, "The SKU is not of this product.", { sku_id: sku.id });
  }
  if (findListing(run.shop, "tiktok", item.sku)?.status === "off") {
    return error(12052037, "The product is not live.", { sku_id: sku.id });
  }
  const extra_errors = sku.inventory.flatMap(({ warehouse_id, quantity }) => {
    const at = { warehouse_id: warehouse_id ?? item.tiktok.warehouseId };
    if (at.warehouse_id !== item.tiktok.warehouseId) {
      return [{ ...at, code: 12052097, message: "The warehouse does not exist." }];
    }
    const fine = Number.isInteger(quantity) && quantity >= 0 && quantity <= QUANTITY_MAX;
    return fine ? [] : [{ ...at, code: 12019024, message: "The stock count is invalid." }];
  });
  if (extra_errors.length === 0) return null;
  return error(12052990, "Check failed", { sku_id: sku.id, extra_errors });
}

function error(code: number, message: string, detail: object): Record<string, unknown> {
  return { code, message, detail };
}

/** Sets absolute available numbers. Neither compares nor remembers: the last write wins. */
export function updateInventory(run: Run, productId: string, body: unknown, now: number): Outcome {
  const parsed = v.safeParse(inventoryUpdateSchema, body);
  if (!parsed.success) return { run, reply: invalid(parsed.issues[0]) };
  const item = catalogue.find(({ tiktok }) => tiktok.productId === productId);
  if (!item) return { run, reply: failure(400, 12052048, "The product is not of this seller.") };
  const errors: Record<string, unknown>[] = [];
  let { shop } = run;
  for (const sku of parsed.output.skus) {
    const refusal = updateError(run, item, sku);
    if (refusal) errors.push(refusal);
    else {
      // There is one warehouse: the last row that names it stands.
      const quantity = sku.inventory.at(-1)?.quantity ?? 0;
      shop = setAvailable(shop, "tiktok", item.sku, quantity, now);
    }
  }
  return { run: { ...run, shop }, reply: success(errors.length > 0 ? { errors } : {}) };
}

/** Takes products off sale, or puts them up for the audit that comes before being back on sale. */
export function listProducts(
  run: Run,
  action: "activate" | "deactivate",
  body: unknown,
  now: number,
): Outcome {
  const parsed = v.safeParse(productIdsSchema, body);
  if (!parsed.success) return { run, reply: invalid(parsed.issues[0]) };
  const errors: Record<string, unknown>[] = [];
  let next = run;
  for (const productId of parsed.output.product_ids) {
    const item = catalogue.find(({ tiktok }) => tiktok.productId === productId);
    if (!item) {
      errors.push(error(12052048, "The product is not of this seller.", { product_id: productId }));
    } else if (action === "deactivate") {
      next = { ...next, shop: setListed(next.shop, "tiktok", item.sku, { status: "off" }) };
    } else if (findListing(next.shop, "tiktok", item.sku)?.status === "off") {
      next = relist(next, item.sku, now);
    }
  }
  return { run: next, reply: success(errors.length > 0 ? { errors } : {}) };
}
