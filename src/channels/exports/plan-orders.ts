/**
 * From the rows of an order export to orders as any channel reports them, and to what they would
 * change. The book is compared level by level (stock/orders.ts), so rows it knows change nothing.
 */
import type { ChannelId, Sku } from "../../base/ids";
import { orderIdsOn } from "../../stock/order-count";
import { lineRef, orderOf } from "../../stock/order-lines";
import { planLine, type ReportedLine } from "../../stock/orders";
import type { ChannelOrder, OrderLine } from "../channel";
import { readDate } from "./dates";
import type { DateOrder } from "./forms";
import type { BookView } from "./import-plan";
import type { OrderRow } from "./order-rows";
import type { Pace } from "./pace";
import type { FileRefusal, RowRefusalCode } from "./refusals";
import type { Complaints } from "./row-reader";
import type { ShopZone } from "./shop-zone";
import type { SkuTally } from "./sku-tally";

type Writable<T> = { -readonly [Field in keyof T]: T[Field] };

interface LineDraft {
  readonly line: Writable<OrderLine>;
  /** When the last of it left, as far as the file tells; ms. */
  shippedAt: number;
  /** The row it was made of, and the others where there are several, by their content. */
  readonly row: OrderRow;
  more: Map<number, OrderRow> | null;
}

interface OrderDraft {
  readonly orderId: string;
  createdAt: number;
  updatedAt: number;
  paid: boolean;
  readonly lines: LineDraft[];
}

function rowsOf({ row, more }: LineDraft): readonly OrderRow[] {
  return more === null ? [row] : [row, ...more.values()];
}

export interface OrdersContext {
  readonly channel: ChannelId;
  readonly book: BookView;
  readonly zone: ShopZone;
  readonly dateOrder: DateOrder;
  /** A date after it is not believed by the ledger; ms. */
  readonly seenAt: number;
  readonly complaints: Complaints;
  readonly pace: Pace;
}

/** An order's lines in the words of the ledger. Lines of listings without a SKU are left out. */
export function reported(
  channel: ChannelId,
  order: ChannelOrder,
  skus: ReadonlyMap<string, Sku>,
  seenAt: number,
): readonly ReportedLine[] {
  const { orderId, createdAt, updatedAt, paid } = order;
  const told: ReportedLine[] = [];
  for (const { lineId, listingId, ordered, cancelled, shipped } of order.lines) {
    const sku = skus.get(listingId);
    if (sku === undefined) continue;
    told.push({
      channel,
      orderId,
      lineId,
      sku,
      createdAt,
      updatedAt,
      paid,
      ordered,
      cancelled,
      shipped,
      seenAt,
    });
  }
  return told;
}

export class OrderPlanner {
  readonly orders: ChannelOrder[] = [];
  readonly skus = new Map<string, Sku>();
  readonly #context: OrdersContext;
  readonly #tally: SkuTally;
  readonly #drafts = new Map<string, OrderDraft>();
  /** By order and line. */
  readonly #lines = new Map<string, LineDraft>();
  /** Every date once: orders of one minute are many. */
  readonly #dates = new Map<string, number | null>();

  constructor(context: OrdersContext, tally: SkuTally) {
    this.#context = context;
    this.#tally = tally;
  }

  /** Not null: it was stopped, and what is here so far is of no use. */
  async plan(rows: readonly OrderRow[]): Promise<FileRefusal | null> {
    const { pace } = this.#context;
    const grouped = await pace.each(rows, rows.length, "checking", (row) => this.#group(row));
    if (grouped !== null) return grouped;
    const drafts = this.#drafts;
    return pace.each(drafts.values(), drafts.size, "comparing", (draft) => this.#compare(draft));
  }

  #at(text: string): number | null {
    const known = this.#dates.get(text);
    if (known !== undefined) return known;
    const local = readDate(text, this.#context.dateOrder);
    const at = local === null ? null : this.#context.zone.toEpoch(local);
    this.#dates.set(text, at);
    return at;
  }

  #refuse(row: OrderRow, code: RowRefusalCode, cell: string): void {
    const field = code === "date_unreadable" ? "createdAt" : "sku";
    this.#context.complaints.refuse(row.number, code, field, cell);
  }

  #skuOf(row: OrderRow): Sku | null {
    const known = this.skus.get(row.listingId);
    if (known !== undefined) return known;
    const { channel, book } = this.#context;
    const sku = book.skuOf(channel, row.listingId, row.sku);
    if (sku !== null) this.skus.set(row.listingId, sku);
    return sku;
  }

  #group(row: OrderRow): void {
    if (this.#skuOf(row) === null) {
      this.#refuse(row, "sku_unknown", row.sku === "" ? row.listingId : row.sku);
      return;
    }
    const createdAt = this.#at(row.createdAt);
    if (createdAt === null) {
      this.#refuse(row, "date_unreadable", row.createdAt);
      return;
    }
    let updatedAt = createdAt;
    for (const text of row.changedAt) {
      if (text === "") continue;
      const at = this.#at(text);
      if (at === null) {
        this.#refuse(row, "date_unreadable", text);
        return;
      }
      updatedAt = Math.max(updatedAt, at);
    }
    const shippedAt = row.shippedAt === "" ? updatedAt : (this.#at(row.shippedAt) ?? updatedAt);
    this.#addTo(this.#draftOf(row, createdAt), row, updatedAt, shippedAt);
  }

  #draftOf(row: OrderRow, createdAt: number): OrderDraft {
    let draft = this.#drafts.get(row.orderId);
    if (draft === undefined) {
      const { orderId } = row;
      draft = { orderId, createdAt, updatedAt: createdAt, paid: true, lines: [] };
      this.#drafts.set(orderId, draft);
    }
    return draft;
  }

  #addTo(draft: OrderDraft, row: OrderRow, updatedAt: number, shippedAt: number): void {
    const { units, state } = row;
    const known = this.#lineOf(draft, row);
    if (known === null) {
      this.#refuse(row, "duplicate_row", row.orderId);
      return;
    }
    known.shippedAt = Math.max(known.shippedAt, shippedAt);
    const { line } = known;
    line.ordered += units;
    if (state.state === "cancelled") line.cancelled += units;
    if (state.state === "shipped") line.shipped += units;
    draft.updatedAt = Math.max(draft.updatedAt, updatedAt);
    // One line that waits for its money makes the order wait; a cancelled one waits for nothing.
    if (!state.paid && state.state === "open") draft.paid = false;
  }

  /** The line that a row belongs to; null: the same row, word for word, was there before. */
  #lineOf(draft: OrderDraft, row: OrderRow): LineDraft | null {
    const { lineId, listingId } = row;
    const key = `${draft.orderId}\n${lineId}`;
    const known = this.#lines.get(key);
    if (known === undefined) {
      const line = { lineId, listingId, ordered: 0, cancelled: 0, shipped: 0 };
      const fresh: LineDraft = { line, shippedAt: 0, row, more: null };
      draft.lines.push(fresh);
      this.#lines.set(key, fresh);
      return fresh;
    }
    if (known.row.hash === row.hash || known.more?.has(row.hash) === true) return null;
    known.more ??= new Map();
    known.more.set(row.hash, row);
    return known;
  }

  /**
   * Everything of the line left before its SKU was counted, or it never was: the units are not in
   * what the book has on hand, so they cannot leave it.
   */
  #isHistory(orderId: string, { line, shippedAt }: LineDraft): boolean {
    if (line.shipped === 0 || line.ordered > line.cancelled + line.shipped) return false;
    const { channel, book } = this.#context;
    const sku = this.skus.get(line.listingId);
    if (sku === undefined) return false;
    const ref = lineRef({ channel, orderId, lineId: line.lineId, sku });
    if (book.projection.lines.rows.has(ref)) return false;
    if (book.countedAt === undefined) {
      return (book.projection.balances.get(sku)?.external ?? 0) === 0;
    }
    const countedAt = book.countedAt(sku);
    return countedAt === null || shippedAt <= countedAt;
  }

  #currentLines({ orderId, lines }: OrderDraft): readonly OrderLine[] {
    const current: OrderLine[] = [];
    for (const draft of lines) {
      if (!this.#isHistory(orderId, draft)) {
        current.push(draft.line);
        continue;
      }
      for (const { number } of rowsOf(draft)) {
        this.#context.complaints.leaveOut(number, "closed_before_book", "orderId", orderId);
      }
    }
    return current;
  }

  #isInBook(orderId: string): boolean {
    const { channel, book } = this.#context;
    const orders = orderIdsOn(book.projection, channel);
    if (orders.size === 0) return false;
    // As the ref of any of its lines spells it.
    return orders.has(orderOf(lineRef({ channel, orderId, lineId: "", sku: "" as Sku })));
  }

  #compare(draft: OrderDraft): void {
    const { orderId, createdAt, updatedAt, paid } = draft;
    const lines = this.#currentLines(draft);
    if (lines.length === 0) return;
    const order: ChannelOrder = { orderId, createdAt, updatedAt, paid, lines };
    if (this.#isInBook(orderId)) {
      this.#compareKnown(draft, order);
      return;
    }
    this.orders.push(order);
    for (const line of lines) {
      const sku = this.skus.get(line.listingId);
      if (sku !== undefined) this.#tally.fresh(sku, line, paid);
    }
  }

  #compareKnown(draft: OrderDraft, order: ChannelOrder): void {
    const { channel, book, seenAt } = this.#context;
    const { projection, settings } = book;
    const told = reported(channel, order, this.skus, seenAt);
    // The connection gives lines ids of its own, except TikTok, where both are the SKU id: an order
    // that came that way is never booked a second time from a file.
    if (!told.some((line) => projection.lines.rows.has(lineRef(line)))) {
      for (const row of draft.lines.flatMap(rowsOf)) {
        this.#refuse(row, "known_by_connection", order.orderId);
      }
      return;
    }
    this.orders.push(order);
    for (const line of told) {
      for (const move of planLine(projection, line, settings)) this.#tally.move(move);
    }
  }
}
