/** Books a plan: all of it in one batch, or nothing. */
import { err, ok, type Result } from "../../base/result";
import { count, type Request } from "../../stock/commands";
import { MAIN_LOCATION, type Draft } from "../../stock/entries";
import { planLine } from "../../stock/orders";
import { unitsAt, type Projection } from "../../stock/projection";
import type { StockSettings } from "../../stock/settings";
import type { ImportPlan, PlannedCount } from "./import-plan";
import { countId } from "./plan-import";
import { reported } from "./plan-orders";

/** Stock moved since the plan was made: what was shown is not what would happen. Plan anew. */
export interface PlanIsStale {
  readonly code: "plan_is_stale";
}

export type ImportRequest = Pick<Request, "at" | "actor">;

function hasMoved(projection: Projection, { sku, from }: PlannedCount): boolean {
  return unitsAt(projection, sku, MAIN_LOCATION).onHand !== from;
}

/**
 * To be called within one transaction of the book: `book` must apply each draft to `projection`
 * before it returns, and append all of them at once. Order lines are compared with the book as it is
 * now, so an order that came in meanwhile is not booked twice; counts are checked first, and if one
 * is out of date not a single draft is booked. Takes about 5 us per order line or SKU.
 */
export function bookImport(
  plan: ImportPlan,
  projection: Projection,
  settings: StockSettings,
  request: ImportRequest,
  book: (draft: Draft) => void,
): Result<null, PlanIsStale> {
  if (plan.counts.some((planned) => hasMoved(projection, planned))) {
    return err({ code: "plan_is_stale" });
  }
  // Oldest change first, so that the ledger tells the story in its order (sync/book.ts).
  const orders = [...plan.orders].sort(
    (a, b) => a.updatedAt - b.updatedAt || a.createdAt - b.createdAt,
  );
  for (const order of orders) {
    for (const line of reported(plan.channel, order, plan.skus, request.at)) {
      for (const move of planLine(projection, line, settings)) book(move);
    }
  }
  for (const [index, planned] of plan.counts.entries()) {
    // The first is booked even where nothing changes: its key tells that this file was imported.
    if (index > 0 && planned.counted === planned.from) continue;
    const { sku, counted } = planned;
    const drafts = count(projection, { ...request, id: countId(plan.id, sku), sku, counted });
    if (drafts.ok) drafts.value.forEach(book);
  }
  return ok(null);
}
