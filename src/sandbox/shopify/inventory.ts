/**
 * inventorySetQuantities and inventoryAdjustQuantities: absolute numbers and deltas, compared with
 * what the caller believes, all rows or none (Shopify's documents are silent on partly applied
 * batches). Pure; the rules and codes are those of channels.md 3.4 and the schema.
 */
import { SHOPIFY_LOCATION_ID } from "../catalogue";
import { setAvailable } from "../shop";
import type { Run } from "../state";
import { refusal } from "./connection";
import { instant, itemByInventoryId, quantityOf } from "./product-views";

/** A row of either mutation: a wish for one item at one location. */
export interface Row {
  readonly inventoryItemId: string;
  readonly locationId: string;
  /** Null: do not compare. Left out altogether: an error. */
  readonly changeFromQuantity?: number | null;
  readonly quantity?: number;
  readonly delta?: number;
  readonly ledgerDocumentUri?: string | null;
}

export interface Wish {
  readonly mutation: "inventorySetQuantities" | "inventoryAdjustQuantities";
  /** The name of the list in the input, for the path of an error. */
  readonly list: "quantities" | "changes";
  readonly name: string;
  readonly reason: string;
  readonly referenceDocumentUri?: string | null;
  readonly rows: readonly Row[];
}

interface InventoryError {
  readonly code: string;
  readonly field: readonly string[];
  readonly message: string;
}

/** Plain, so that it can be remembered and answered again. */
export interface InventoryAnswer {
  readonly group: {
    readonly id: string;
    readonly createdAt: string;
    readonly reason: string;
    readonly referenceDocumentUri: string | null;
    readonly changes: readonly {
      readonly name: string;
      readonly delta: number;
      readonly quantityAfterChange: number;
      readonly sku: string;
    }[];
  } | null;
  readonly userErrors: readonly InventoryError[];
}

const ROWS_MAX = 250;
const QUANTITY_MAX = 1_000_000_000;

const reasons = [
  "correction",
  "cycle_count_available",
  "damaged",
  "movement_created",
  "movement_updated",
  "movement_received",
  "movement_canceled",
  "other",
  "promotion",
  "quality_control",
  "received",
  "reservation_created",
  "reservation_deleted",
  "reservation_updated",
  "restock",
  "safety_stock",
  "shrinkage",
];

/** What Shopify refuses before it looks at any stock; throws a top-level error. */
export function checkShape(wish: Wish): void {
  const type = wish.list === "quantities" ? "InventoryQuantityInput" : "InventoryChangeInput";
  if (wish.rows.some((row) => row.changeFromQuantity === undefined)) {
    throw refusal(
      `${type} must include the following argument: changeFromQuantity.`,
      "INVALID_FIELD_ARGUMENTS",
    );
  }
  if (wish.rows.length > ROWS_MAX) {
    throw refusal(
      `The input array size of ${wish.rows.length} is greater than the maximum allowed of ${ROWS_MAX}.`,
      "MAX_INPUT_SIZE_EXCEEDED",
    );
  }
}

function headError(wish: Wish): InventoryError | null {
  const names =
    wish.mutation === "inventorySetQuantities" ? ["available", "on_hand"] : ["available"];
  if (!names.includes(wish.name)) {
    const code =
      wish.mutation === "inventorySetQuantities" ? "INVALID_NAME" : "INVALID_QUANTITY_NAME";
    return { code, field: ["input", "name"], message: "The specified quantity name is invalid." };
  }
  if (!reasons.includes(wish.reason)) {
    const message = "The specified reason is invalid.";
    return { code: "INVALID_REASON", field: ["input", "reason"], message };
  }
  const document = wish.referenceDocumentUri ?? null;
  if (
    document !== null &&
    !/^gid:\/\/[^/]+\/[^/]+\/.+|^(?!gid:)[a-z][a-z0-9+.-]*:.+/i.test(document)
  ) {
    const message = "The specified reference document is invalid.";
    const field = ["input", "referenceDocumentUri"];
    return { code: "INVALID_REFERENCE_DOCUMENT", field, message };
  }
  return null;
}

/** The available number that the row leads to; units. */
function target(run: Run, wish: Wish, row: Row, sku: string): number {
  const available = quantityOf(run, sku, "available") ?? 0;
  if (row.delta !== undefined) return available + row.delta;
  const quantity = row.quantity ?? 0;
  // Units in open orders stay committed: only the rest can be offered.
  return wish.name === "on_hand" ? quantity - (quantityOf(run, sku, "committed") ?? 0) : quantity;
}

function rowError(run: Run, wish: Wish, row: Row, index: number): InventoryError | null {
  const error = (code: string, field: string, message: string): InventoryError => ({
    code,
    field: ["input", wish.list, String(index), field],
    message,
  });
  const item = itemByInventoryId(row.inventoryItemId);
  if (!item) {
    const message = "The specified inventory item could not be found.";
    return error("INVALID_INVENTORY_ITEM", "inventoryItemId", message);
  }
  if (row.locationId !== SHOPIFY_LOCATION_ID) {
    return error("INVALID_LOCATION", "locationId", "The specified location could not be found.");
  }
  const pair = (other: Row) =>
    other.inventoryItemId === row.inventoryItemId && other.locationId === row.locationId;
  if (wish.list === "quantities" && wish.rows.findIndex(pair) !== index) {
    const message = "The combination of inventoryItemId and locationId must be unique.";
    return error("NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR", "inventoryItemId", message);
  }
  if ((row.ledgerDocumentUri ?? null) !== null) {
    const message = "A ledger document URI is not allowed when adjusting available.";
    return error("INVALID_AVAILABLE_DOCUMENT", "ledgerDocumentUri", message);
  }
  const field = row.delta === undefined ? "quantity" : "delta";
  const after = target(run, wish, row, item.sku);
  if (after > QUANTITY_MAX) return error("INVALID_QUANTITY_TOO_HIGH", field, "Too high.");
  if (after < 0) {
    // Shopify lets a delta lead below zero; a shop that sells what it does not have is no rehearsal.
    const code = row.delta === undefined ? "INVALID_QUANTITY_NEGATIVE" : "INVALID_QUANTITY_TOO_LOW";
    return error(code, field, "The quantity can't be negative.");
  }
  const current = quantityOf(run, item.sku, wish.name);
  if (row.changeFromQuantity != null && row.changeFromQuantity !== current) {
    const message = "The changeFromQuantity argument no longer matches the persisted quantity.";
    return error("CHANGE_FROM_QUANTITY_STALE", "changeFromQuantity", message);
  }
  return null;
}

/** The group's id is made by the caller, so that this stays free of dice. */
export function changeInventory(
  run: Run,
  wish: Wish,
  now: number,
  groupId: string,
): { readonly run: Run; readonly answer: InventoryAnswer } {
  const head = headError(wish);
  const userErrors = head
    ? [head]
    : wish.rows.flatMap((row, index) => rowError(run, wish, row, index) ?? []);
  if (userErrors.length > 0) return { run, answer: { group: null, userErrors } };

  let next = run;
  const changes: { name: string; delta: number; quantityAfterChange: number; sku: string }[] = [];
  for (const row of wish.rows) {
    const sku = itemByInventoryId(row.inventoryItemId)?.sku ?? "";
    const available = target(next, wish, row, sku);
    const delta = available - (quantityOf(next, sku, "available") ?? 0);
    next = { ...next, shop: setAvailable(next.shop, "shopify", sku, available, now) };
    if (delta === 0) continue;
    for (const name of ["available", "on_hand"]) {
      changes.push({ name, delta, quantityAfterChange: quantityOf(next, sku, name) ?? 0, sku });
    }
  }
  const group = {
    id: `gid://shopify/InventoryAdjustmentGroup/${groupId}`,
    createdAt: instant(now),
    reason: wish.reason,
    referenceDocumentUri: wish.referenceDocumentUri ?? null,
    changes,
  };
  return { run: next, answer: { group, userErrors: [] } };
}
