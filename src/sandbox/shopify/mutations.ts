/** The Admin API's mutations: each changes the run on stage, or says why not. */
import { randomInt } from "node:crypto";
import type { GraphQLResolveInfo } from "graphql";
import { itemOf } from "../catalogue";
import { setListed } from "../shop";
import type { Listing } from "../state";
import { idempotencyKey, once } from "./idempotency";
import {
  changeInventory,
  checkShape,
  type InventoryAnswer,
  type Row,
  type Wish,
} from "./inventory";
import {
  inventoryItemView,
  itemByProductId,
  location,
  productView,
  PUBLICATION_ID,
} from "./product-views";
import type { QueryContext } from "./queries";

interface InventoryInput {
  readonly name: string;
  readonly reason: string;
  readonly referenceDocumentUri?: string | null;
}

function payload(answer: InventoryAnswer, { stage }: QueryContext) {
  const run = stage.run();
  return {
    inventoryAdjustmentGroup: answer.group && {
      ...answer.group,
      changes: answer.group.changes.map(({ sku, ...change }) => ({
        ...change,
        item: inventoryItemView(run, itemOf(sku)),
        location,
      })),
    },
    userErrors: answer.userErrors.map((error) => ({
      ...error,
      field: error.field.length > 0 ? error.field : null,
    })),
  };
}

function change(wish: Wish, context: QueryContext, info: GraphQLResolveInfo) {
  const { stage } = context;
  checkShape(wish);
  const answer = once(stage, idempotencyKey(info), JSON.stringify(wish), () => {
    const changed = changeInventory(
      stage.run(),
      wish,
      stage.now(),
      String(randomInt(1_000_000_000, 100_000_000_000)),
    );
    stage.change(changed.run);
    return changed.answer;
  });
  return payload(answer, context);
}

function inventorySetQuantities(
  { input }: { input: InventoryInput & { readonly quantities: readonly Row[] } },
  context: QueryContext,
  info: GraphQLResolveInfo,
) {
  const { quantities, ...rest } = input;
  const wish = { ...rest, mutation: "inventorySetQuantities", list: "quantities" } as const;
  return change({ ...wish, rows: quantities }, context, info);
}

function inventoryAdjustQuantities(
  { input }: { input: InventoryInput & { readonly changes: readonly Row[] } },
  context: QueryContext,
  info: GraphQLResolveInfo,
) {
  const { changes, ...rest } = input;
  const wish = { ...rest, mutation: "inventoryAdjustQuantities", list: "changes" } as const;
  return change({ ...wish, rows: changes }, context, info);
}

/** Changes how a product is listed; null when there is no such product. */
function relist(
  id: string,
  fields: Partial<Pick<Listing, "status" | "published">>,
  { stage }: QueryContext,
) {
  const item = itemByProductId(id);
  if (!item) return null;
  const run = stage.run();
  stage.change({ ...run, shop: setListed(run.shop, "shopify", item.sku, fields) });
  return productView(stage.run(), item);
}

function productUpdate(
  { product }: { product?: { id?: string | null; status?: string | null } | null },
  context: QueryContext,
) {
  const status = product?.status == null ? {} : statusFields(product.status);
  const updated = relist(product?.id ?? "", status, context);
  const error = { field: ["product", "id"], message: "Product does not exist" };
  return { product: updated, userErrors: updated ? [] : [error] };
}

/** Only an active product is sold; "unlisted" still is, to those who have its address. */
function statusFields(status: string): Pick<Listing, "status"> {
  return { status: status === "ACTIVE" || status === "UNLISTED" ? "live" : "off" };
}

function setPublished(published: boolean) {
  return (
    { id, input }: { id: string; input: readonly { publicationId?: string | null }[] },
    context: QueryContext,
  ) => {
    if (!input.every(({ publicationId }) => publicationId === PUBLICATION_ID)) {
      const field = ["input", "0", "publicationId"];
      return { publishable: null, userErrors: [{ field, message: "Publication does not exist" }] };
    }
    const publishable = relist(id, { published }, context);
    const error = { field: ["id"], message: "Resource does not exist" };
    return { publishable, userErrors: publishable ? [] : [error] };
  };
}

export const mutations = {
  inventorySetQuantities,
  inventoryAdjustQuantities,
  productUpdate,
  publishablePublish: setPublished(true),
  publishableUnpublish: setPublished(false),
};
