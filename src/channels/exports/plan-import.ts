/** From a table and its mapping to a plan: reads, checks and compares, in slices. */
import { err, ok, type Result } from "../../base/result";
import { ordersOn } from "../../stock/order-count";
import { forms, type DateOrder } from "./forms";
import type { BookView, ImportPlan, PlanOptions } from "./import-plan";
import { missingIn, type Mapping } from "./mapping";
import { OrderRows } from "./order-rows";
import type { Pace } from "./pace";
import { OrderPlanner } from "./plan-orders";
import { StockPlanner } from "./plan-stock";
import { refuse, type FileRefusal } from "./refusals";
import { RowReader } from "./row-reader";
import { ShopZone } from "./shop-zone";
import { SkuTally } from "./sku-tally";
import { StockRows } from "./stock-rows";
import { RowHash, type SheetRow, type Table } from "./table";

type Planned = Result<ImportPlan, FileRefusal>;

/** What the way through the file has told: a name for its content. */
interface Read {
  readonly digest: string;
}

async function readAll(
  table: Table,
  mapping: Mapping,
  pace: Pace,
  add: (row: SheetRow) => void,
): Promise<Result<Read, FileRefusal>> {
  const hash = new RowHash();
  // The first column names a row that is no data.
  const wanted = new Set([0, ...Object.values(mapping.columns).flat()]);
  const rows = table.rows(mapping.sheet, pace, wanted);
  let count = 0;
  try {
    for (;;) {
      const step = await rows.next();
      if (step.done === true) {
        if (step.value !== null) return err(step.value);
        return ok({ digest: `${hash.take().toString(36)}-${count.toString(36)}` });
      }
      for (const row of step.value) {
        count += 1;
        hash.addNumber(row.hash);
        add(row);
        if ((count & 31) !== 0 || !pace.due()) continue;
        const stop = await pace.rest("reading", null);
        if (stop !== null) return err(stop);
      }
    }
  } finally {
    await rows.return(null);
  }
}

/** Which row's key tells that a file was imported: every import books at least one count. */
export function countId(planId: string, sku: string): string {
  return `export/${planId}/${sku}`;
}

function usualOrder(mapping: Mapping): DateOrder {
  return forms.find(({ id }) => id === mapping.form)?.dateOrder ?? "mdy";
}

/** Refused: everything that a table may refuse, mapping_incomplete, no_rows, ids_rounded. */
export async function planImport(
  table: Table,
  mapping: Mapping,
  headers: readonly string[],
  book: BookView,
  options: PlanOptions,
  pace: Pace,
): Promise<Planned> {
  const missing = missingIn(mapping);
  const { channel, subject } = mapping;
  const zone = ShopZone.named(options.zone);
  if (channel === null || missing.length > 0) {
    return err(refuse("mapping_incomplete", missing.join(" ")));
  }
  if (zone === null) return err(refuse("mapping_incomplete", "zone"));
  const reader = new RowReader(mapping, headers);
  const { complaints } = reader;
  const tally = new SkuTally();
  const { takenAt } = options;
  const wanted = options.locations === undefined ? null : options.locations;
  const orderRows = new OrderRows(reader, channel);
  const stockRows = new StockRows(reader, channel, wanted === null ? null : new Set(wanted));
  const isOrders = subject === "orders";
  const read = await readAll(table, mapping, pace, (row) =>
    isOrders ? orderRows.add(row) : stockRows.add(row),
  );
  if (!read.ok) return read;
  const rows = isOrders ? orderRows.seen : stockRows.seen;
  if (rows === 0) return err(refuse("no_rows"));
  if (reader.idsAreRounded) return err(refuse("ids_rounded"));
  const shown = mapping.dateOrder ?? orderRows.dateOrder;
  const dateOrder = shown ?? usualOrder(mapping);
  const context = { channel, book, takenAt, complaints, pace };
  const orders = new OrderPlanner({ ...context, zone, dateOrder, seenAt: takenAt }, tally);
  const stock = new StockPlanner(context, tally);
  const stop = isOrders ? await orders.plan(orderRows.rows) : await stock.plan(stockRows.rows);
  // What follows goes through the lists once more.
  const last = stop ?? (await pace.rest("comparing", 1));
  if (last !== null) return err(last);
  const hasOrders = ordersOn(book.projection, channel) > 0;
  const needsOrdersFirst = !isOrders && !hasOrders && !reader.has("onHand");
  const id = `${channel}-${takenAt.toString(36)}-${read.value.digest}`;
  const isRepeat = stock.counts.some(({ sku }) => book.hasKey(`counted/${countId(id, sku)}`));
  return ok({
    ...{ id, channel, subject, takenAt, rows, isRepeat, needsOrdersFirst },
    orders: orders.orders,
    skus: orders.skus,
    readings: stock.readings,
    newListings: stock.newListings,
    counts: isRepeat ? [] : stock.counts,
    changes: isRepeat ? [] : tally.changes,
    refused: complaints.refused.sort((a, b) => a.row - b.row),
    leftOut: complaints.leftOut.sort((a, b) => a.row - b.row),
    dateOrder: { order: dateOrder, isSure: shown !== null || !orderRows.hasAmbiguousDates },
    locations: [...stockRows.locations],
  });
}
