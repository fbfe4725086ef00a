/** One row of an order export at a time: checked and kept as text until all dates are known. */
import type { ChannelId } from "../../base/ids";
import { readUnits } from "./cells";
import { orderShown } from "./dates";
import type { DateOrder, OrderField } from "./forms";
import { stateOf, type LineState, type StateCells } from "./order-state";
import type { RowReader } from "./row-reader";
import type { SheetRow } from "./table";

export interface OrderRow {
  readonly number: number;
  readonly hash: number;
  readonly orderId: string;
  readonly lineId: string;
  readonly listingId: string;
  readonly sku: string;
  readonly units: number;
  readonly state: LineState;
  readonly createdAt: string;
  /** "" where the file does not say. */
  readonly shippedAt: string;
  /** Dates that tell of a change, as they stand there; "" where there is none. */
  readonly changedAt: readonly string[];
}

type EndDates = Pick<StateCells, "paidAt" | "shippedAt" | "deliveredAt" | "cancelledAt">;

/** What an order's first row says for the ones below it (Shopify, eBay). */
type Head = Partial<Record<OrderField, string>>;

const inherited: Readonly<Partial<Record<ChannelId, readonly OrderField[]>>> = {
  shopify: ["platformId", "status", "subStatus", "createdAt", "paidAt", "shippedAt", "cancelledAt"],
  ebay: ["createdAt", "paidAt"],
};

export class OrderRows {
  readonly rows: OrderRow[] = [];
  readonly #reader: RowReader;
  readonly #channel: ChannelId;
  /** By the order id that people see. */
  readonly #heads = new Map<string, Head>();
  #head: Head = {};
  #shown: DateOrder | null = null;
  #contradicts = false;
  #isAmbiguous = false;
  #seen = 0;

  constructor(reader: RowReader, channel: ChannelId) {
    this.#reader = reader;
    this.#channel = channel;
  }

  /** Rows of data so far, taken or not. */
  get seen(): number {
    return this.#seen;
  }

  /** As the file's dates themselves show; null: they do not, or not all the same. */
  get dateOrder(): DateOrder | null {
    return this.#contradicts ? null : this.#shown;
  }

  /** Some date could be read both ways. */
  get hasAmbiguousDates(): boolean {
    return this.#isAmbiguous;
  }

  add(row: SheetRow): void {
    const reader = this.#reader;
    if (reader.isAboveData(row, "orderId", "quantity")) return;
    this.#seen += 1;
    const name = reader.id(row, "orderId");
    if (name === null) return;
    if (name === "") {
      if (reader.isRemark(row)) {
        reader.complaints.leaveOut(row.number, "summary_row", null, row.cells[0] ?? "");
      } else {
        reader.complaints.refuse(row.number, "order_id_missing", "orderId", "");
      }
      return;
    }
    this.#follow(row, name);
    this.#addLine(row, name);
  }

  /** The first row of an order speaks for all others that have its order id. */
  #follow(row: SheetRow, orderId: string): void {
    const fields = inherited[this.#channel];
    if (fields === undefined) return;
    let head = this.#heads.get(orderId);
    if (head === undefined) {
      head = {};
      for (const field of fields) head[field] = this.#reader.cell(row, field);
      this.#heads.set(orderId, head);
    }
    this.#head = head;
  }

  #cell(row: SheetRow, field: OrderField): string {
    const own = this.#reader.cell(row, field);
    return own === "" ? (this.#head[field] ?? "") : own;
  }

  #date(row: SheetRow, field: OrderField): string {
    const text = this.#cell(row, field);
    const shown = text === "" ? null : orderShown(text);
    if (shown === "either") this.#isAmbiguous = true;
    else if (shown !== null) {
      this.#contradicts ||= this.#shown !== null && this.#shown !== shown;
      this.#shown = shown;
    }
    return text;
  }

  #orderId(row: SheetRow, name: string): string | null {
    if (!this.#reader.has("platformId")) return name;
    const id = this.#reader.id(row, "platformId");
    if (id === null) return null;
    const own = id === "" ? (this.#head.platformId ?? "") : id;
    // The id that Shopify's API gives the same order.
    return /^\d+$/.test(own) && this.#channel === "shopify" ? `gid://shopify/Order/${own}` : name;
  }

  #addLine(row: SheetRow, name: string): void {
    const reader = this.#reader;
    const { complaints } = reader;
    const { number, hash } = row;
    const orderId = this.#orderId(row, name);
    const sku = orderId === null ? null : reader.id(row, "sku");
    const platformSku = sku === null ? null : reader.id(row, "listingId");
    if (orderId === null || sku === null || platformSku === null) return;
    if (sku === "" && platformSku === "") {
      // eBay: an order of several items begins with a row that is their sum.
      if (this.#channel === "ebay") complaints.leaveOut(number, "summary_row", "orderId", name);
      else complaints.refuse(number, "sku_missing", "sku", "");
      return;
    }
    const fulfilment = reader.cell(row, "fulfilment");
    if (reader.words.isOfTheChannel(fulfilment)) {
      complaints.leaveOut(number, "fulfilled_by_channel", "fulfilment", fulfilment);
      return;
    }
    const quantity = reader.cell(row, "quantity");
    const units = readUnits(quantity);
    if (!units.ok) {
      complaints.refuse(number, units.error, "quantity", quantity);
      return;
    }
    const dates = this.#dates(row);
    const state = stateOf(this.#stateCells(row, dates), reader.words);
    if (state === null) {
      complaints.refuse(number, "status_unknown", "status", this.#cell(row, "status"));
      return;
    }
    const createdAt = this.#date(row, "createdAt");
    if (createdAt === "") {
      complaints.refuse(number, "date_missing", "createdAt", "");
      return;
    }
    const listingId = listingOf(this.#channel, sku, platformSku);
    const lineId = reader.cell(row, "lineId") || listingId;
    const { shippedAt } = dates;
    const changedAt = [this.#date(row, "updatedAt")];
    changedAt.push(dates.paidAt, shippedAt, dates.deliveredAt, dates.cancelledAt);
    // One literal: 100,000 of them are kept.
    this.rows.push({
      number,
      hash,
      orderId,
      lineId,
      listingId,
      sku,
      units: units.value,
      state,
      createdAt,
      shippedAt,
      changedAt,
    });
  }

  #dates(row: SheetRow): EndDates {
    return {
      paidAt: this.#date(row, "paidAt"),
      shippedAt: this.#date(row, "shippedAt"),
      deliveredAt: this.#date(row, "deliveredAt"),
      cancelledAt: this.#date(row, "cancelledAt"),
    };
  }

  #stateCells(row: SheetRow, dates: EndDates): StateCells {
    const reader = this.#reader;
    return {
      channel: this.#channel,
      status: this.#cell(row, "status"),
      subStatus: this.#cell(row, "subStatus"),
      lineStatus: reader.cell(row, "lineStatus"),
      paidAt: dates.paidAt,
      shippedAt: dates.shippedAt,
      deliveredAt: dates.deliveredAt,
      cancelledAt: dates.cancelledAt,
      hasPaidAt: reader.has("paidAt"),
      hasEnds: reader.has("shippedAt") && reader.has("cancelledAt"),
    };
  }
}

/** The id that stands for a listing: TikTok's own SKU id, elsewhere the seller's SKU. */
export function listingOf(channel: ChannelId, sku: string, platformId: string): string {
  if (channel === "tiktok") return platformId === "" ? sku : platformId;
  return sku === "" ? platformId : sku;
}
