/** What an import would do, before it is done. */
import type { ChannelId, Sku } from "../../base/ids";
import type { Projection } from "../../stock/projection";
import type { StockSettings } from "../../stock/settings";
import type { ChannelOrder, ListedItem, StockReading } from "../channel";
import type { DateOrder, Subject } from "./forms";
import type { LeftOut, RowRefusal } from "./refusals";

/** The book as an import sees it. */
export interface BookView {
  /** Read, never changed. */
  readonly projection: Projection;
  readonly settings: StockSettings;
  /** The SKU that the book keeps for a listing; null: none. `sku` as the export has it, "" for none. */
  skuOf(channel: ChannelId, listingId: string, sku: string): Sku | null;
  /** Is an entry with this key booked? */
  hasKey(key: string): boolean;
  /**
   * When a SKU was last counted, ms; null: never. Absent: only never is known, by what came in from
   * outside. An order that left before the count is history and changes no stock.
   */
  countedAt?(sku: Sku): number | null;
}

export interface PlanOptions {
  /** When the export was made, ms: the file's own date, now for what was pasted. */
  readonly takenAt: number;
  /** The shop's time zone, IANA: for dates that name none. */
  readonly zone: string;
  /** The locations whose stock counts; null = all. */
  readonly locations?: readonly string[] | null;
}

/** What would become of one SKU. Units. */
export interface SkuChange {
  readonly sku: Sku;
  /** The book does not know it yet. */
  readonly isNew: boolean;
  /** What the channel shows by the file; null: the file does not say. */
  readonly listed: number | null;
  /** On hand by the book, and by the file; null: no count. */
  readonly onHand: { readonly from: number; readonly to: number } | null;
  /** Units newly ordered, paid and unpaid; of orders that the book does not have yet. */
  readonly ordered: number;
  /** Units of unpaid orders that are paid now. */
  readonly paid: number;
  readonly cancelled: number;
  readonly shipped: number;
}

export interface PlannedCount {
  readonly sku: Sku;
  /** On hand at the main place, units. */
  readonly counted: number;
  /** The same by the book when the plan was made: if it has moved, the plan is void. */
  readonly from: number;
}

export interface ImportPlan {
  /** The same file, taken at the same time: the same. */
  readonly id: string;
  readonly channel: ChannelId;
  readonly subject: Subject;
  /** When the export was made, ms. */
  readonly takenAt: number;
  /** Rows of data: taken, refused and left out. */
  readonly rows: number;
  /** Every order of the file, changed or not; those without a line that was taken are left out. */
  readonly orders: readonly ChannelOrder[];
  /** The SKUs of the orders' lines, by listing id. */
  readonly skus: ReadonlyMap<string, Sku>;
  /** What the channel shows; of listings that the book knows or that `newListings` brings. */
  readonly readings: readonly StockReading[];
  readonly newListings: readonly ListedItem[];
  readonly counts: readonly PlannedCount[];
  /** SKUs for which something changes, and only those; most units first. */
  readonly changes: readonly SkuChange[];
  readonly refused: readonly RowRefusal[];
  readonly leftOut: readonly LeftOut[];
  /**
   * The file has no "on hand", and the book knows no order of this channel: units that are ordered
   * and not yet sent would be missed. Import the orders first.
   */
  readonly needsOrdersFirst: boolean;
  /** This very file has been imported: nothing is booked again. */
  readonly isRepeat: boolean;
  /** How dates such as 03/04/2026 were read, and whether the file itself showed it. */
  readonly dateOrder: { readonly order: DateOrder; readonly isSure: boolean };
  /** As named in the file, to choose from. */
  readonly locations: readonly string[];
}
