/**
 * Quantities to Shopify: absolute, with compare-and-set and an idempotency key (channels.md 3.4).
 *
 * Whether one stale row keeps the whole batch from being set is not published. So rows that an
 * error names are settled by it, and the others are sent again; were they set already, they now
 * answer "stale", and the next reading shows the truth.
 */
import { err, ok, type Result } from "../../base/result";
import type { QuantityWrite, Refusal, WriteOutcome, WriteReason } from "../channel";
import { endsBatch, refusedWrites } from "../http/written";
import { ask, type ShopifyShop } from "./ask";
import { costs, setQuantitiesDocument } from "./documents";
import { readAvailable } from "./read-stock";
import { setQuantitiesData202610, type SetQuantitiesError202610 } from "./wire";

/** The most rows that one mutation takes. */
export const ROWS_MAX = 250;

interface Row {
  readonly write: QuantityWrite;
  readonly changeFrom: number | null;
}

export async function writeStock(
  shop: ShopifyShop,
  writes: readonly QuantityWrite[],
): Promise<Result<readonly WriteOutcome[], Refusal>> {
  if (writes.length === 0) return ok([]);
  const rows = writes.map((write) => ({ write, changeFrom: write.expected }));
  const outcomes = await setRows(shop, rows);
  return outcomes.ok ? ok(await settleOversold(shop, writes, outcomes.value)) : outcomes;
}

async function setRows(
  shop: ShopifyShop,
  rows: readonly Row[],
): Promise<Result<readonly WriteOutcome[], Refusal>> {
  const sent = await setQuantities(shop, rows);
  if (!sent.ok) return sent;
  const [general] = sent.value;
  if (general === undefined) return ok(rows.map(accepted));
  const [only, ...others] = rows;
  if (only !== undefined && others.length === 0) return ok([refused(only, general)]);

  const named = new Map<Row, SetQuantitiesError202610>();
  for (const error of sent.value) {
    const row = rows[rowIndex(error) ?? -1];
    if (row !== undefined && !named.has(row)) named.set(row, error);
  }
  const settled = [...named].map(([row, error]) => refused(row, error));
  const rest = rows.filter((row) => !named.has(row));
  // An error that names no row: only each row on its own can tell whose it is.
  return ok([...settled, ...(await setParts(shop, named.size === 0 ? single(rest) : [rest]))]);
}

async function setParts(
  shop: ShopifyShop,
  parts: readonly (readonly Row[])[],
): Promise<readonly WriteOutcome[]> {
  const outcomes: WriteOutcome[] = [];
  let ended: Refusal | null = null;
  for (const part of parts.filter((rows) => rows.length > 0)) {
    const answer: Result<readonly WriteOutcome[], Refusal> =
      ended === null ? await setRows(shop, part) : err(ended);
    if (answer.ok) {
      outcomes.push(...answer.value);
      continue;
    }
    if (endsBatch(answer.error) || answer.error.kind === "unreachable") ended = answer.error;
    outcomes.push(
      ...refusedWrites(
        part.map((row) => row.write),
        answer.error,
      ),
    );
  }
  return outcomes;
}

/**
 * An oversold listing is read as 0 and stands below it, so that comparing with 0 would fail for
 * ever. Those rows, and no others, are compared with what the shop really has.
 */
async function settleOversold(
  shop: ShopifyShop,
  writes: readonly QuantityWrite[],
  outcomes: readonly WriteOutcome[],
): Promise<readonly WriteOutcome[]> {
  const stale = new Set(outcomes.filter(({ kind }) => kind === "stale").map((o) => o.listingId));
  const suspects = writes.filter((w) => w.expected === 0 && stale.has(w.listing.listingId));
  const settled = new Map<string, WriteOutcome>();
  for (const location of new Set(suspects.map((write) => write.listing.locationId))) {
    const own = suspects.filter((write) => write.listing.locationId === location);
    const ids = own.map((write) => write.listing.listingId);
    const shown = await readAvailable(shop, ids, location);
    if (!shown.ok) continue;
    const rows = own.flatMap((write) => {
      const units = shown.value.get(write.listing.listingId) ?? 0;
      return units < 0 ? [{ write, changeFrom: units }] : [];
    });
    for (const outcome of await setParts(shop, [rows])) settled.set(outcome.listingId, outcome);
  }
  return outcomes.map((outcome) => settled.get(outcome.listingId) ?? outcome);
}

async function setQuantities(
  shop: ShopifyShop,
  rows: readonly Row[],
): Promise<Result<readonly SetQuantitiesError202610[], Refusal>> {
  const quantities = rows.map(({ write, changeFrom }) => ({
    inventoryItemId: write.listing.listingId,
    locationId: write.listing.locationId,
    quantity: write.quantity,
    changeFromQuantity: changeFrom,
  }));
  const key = await keyOf(rows, quantities);
  const input = { name: "available", reason: "correction", quantities };
  const answer = await ask(
    shop,
    {
      document: setQuantitiesDocument,
      variables: { input, key },
      cost: costs.setQuantities,
      reason: reasonOf(rows),
    },
    setQuantitiesData202610,
  );
  if (!answer.ok) return answer;
  const payload = answer.value.data.inventorySetQuantities;
  return payload === null
    ? err({ kind: "malformed", where: "data.inventorySetQuantities" })
    : ok(payload.userErrors);
}

/** One call for many rows is as urgent as the most urgent of them. */
function reasonOf(rows: readonly Row[]): WriteReason {
  const reasons = new Set(rows.map(({ write }) => write.reason));
  if (reasons.has("pause")) return "pause";
  return reasons.has("resume") ? "resume" : "level";
}

/** The same rows sent again carry the same key; other rows, or other numbers, another one. */
async function keyOf(rows: readonly Row[], quantities: unknown): Promise<string> {
  const text = JSON.stringify([rows.map((row) => row.write.idempotencyKey), quantities]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** `field` is a path such as input, quantities, 3, changeFromQuantity. */
function rowIndex(error: SetQuantitiesError202610): number | null {
  const path = error.field ?? [];
  const text = path[path.indexOf("quantities") + 1] ?? "";
  return path.includes("quantities") && /^\d{1,3}$/.test(text) ? Number(text) : null;
}

function single(rows: readonly Row[]): readonly (readonly Row[])[] {
  return rows.map((row) => [row]);
}

function accepted({ write }: Row): WriteOutcome {
  return { listingId: write.listing.listingId, kind: "accepted" };
}

function refused({ write }: Row, error: SetQuantitiesError202610): WriteOutcome {
  const { listingId } = write.listing;
  if (error.code === "CHANGE_FROM_QUANTITY_STALE") return { listingId, kind: "stale" };
  const message = error.message.slice(0, 300);
  return { listingId, kind: "rejected", code: error.code ?? "user_error", message };
}
