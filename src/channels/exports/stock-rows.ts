/** One row of an inventory or listings export at a time: checked and kept until all are there. */
import type { ChannelId } from "../../base/ids";
import { readUnits } from "./cells";
import type { Field } from "./forms";
import { listingOf } from "./order-rows";
import type { RowReader } from "./row-reader";
import type { SheetRow } from "./table";
import { plainName } from "./words";

export interface StockRow {
  readonly number: number;
  readonly hash: number;
  readonly listingId: string;
  readonly parentId: string;
  /** eBay's item number: several rows of one are a listing and its variations. */
  readonly item: string;
  readonly sku: string;
  readonly title: string;
  readonly variation: string;
  readonly location: string;
  /** Null: the file has no such column. */
  readonly available: number | null;
  readonly onHand: number | null;
  readonly onSale: boolean;
}

/** Null: it was complained about. */
type Units = { readonly units: number | null } | null;

const NO_UNITS = { units: null };

const notOnSale = /^(inactive|incomplete|draft|ended|deleted)/;
const notStocked = "notstocked";

export class StockRows {
  readonly rows: StockRow[] = [];
  readonly locations = new Set<string>();
  readonly #reader: RowReader;
  readonly #channel: ChannelId;
  readonly #wanted: ReadonlySet<string> | null;
  #seen = 0;

  /** `wanted`: the locations that count, null = all. */
  constructor(reader: RowReader, channel: ChannelId, wanted: ReadonlySet<string> | null) {
    this.#reader = reader;
    this.#channel = channel;
    this.#wanted = wanted;
  }

  get seen(): number {
    return this.#seen;
  }

  add(row: SheetRow): void {
    const reader = this.#reader;
    if (reader.isAboveData(row, "listingId", "available")) return;
    this.#seen += 1;
    const sku = reader.id(row, "sku");
    const item = sku === null ? null : reader.id(row, "listingId");
    if (sku === null || item === null) return;
    if (sku === "" && item === "") {
      if (reader.isRemark(row)) {
        reader.complaints.leaveOut(row.number, "summary_row", null, row.cells[0] ?? "");
      } else {
        reader.complaints.refuse(row.number, "sku_missing", "sku", "");
      }
      return;
    }
    if (this.#isElsewhere(row)) return;
    const available = this.#units(row, "available");
    const onHand = available === null ? null : this.#onHand(row);
    if (available === null || onHand === null) return;
    // One literal: 100,000 of them are kept.
    this.rows.push({
      number: row.number,
      hash: row.hash,
      sku,
      item,
      listingId: listingOf(this.#channel, sku, item),
      parentId: reader.cell(row, "parentId") || (this.#channel === "ebay" ? item : ""),
      title: reader.cell(row, "title"),
      variation: reader.cell(row, "variation"),
      location: reader.cell(row, "location"),
      available: available.units,
      onHand: onHand.units,
      onSale: !notOnSale.test(reader.words.plain(reader.cell(row, "status"))),
    });
  }

  /** Stock that is not the seller's, or not at a place that counts. */
  #isElsewhere(row: SheetRow): boolean {
    const reader = this.#reader;
    const { complaints } = reader;
    const fulfilment = reader.cell(row, "fulfilment");
    const sellers = reader.cell(row, "sellerListing");
    const { words } = reader;
    if (words.isOfTheChannel(fulfilment) || words.plain(sellers) === "no") {
      complaints.leaveOut(row.number, "fulfilled_by_channel", "fulfilment", fulfilment);
      return true;
    }
    const location = reader.cell(row, "location");
    if (location !== "") this.locations.add(location);
    if (this.#wanted === null || location === "" || this.#wanted.has(location)) return false;
    complaints.leaveOut(row.number, "location_not_chosen", "location", location);
    return true;
  }

  /** "On hand (new)" is what the seller has typed in: it wins where it is filled. */
  #onHand(row: SheetRow): Units {
    const isNew = this.#reader.cell(row, "onHandNew") !== "";
    return this.#units(row, isNew ? "onHandNew" : "onHand");
  }

  /** The sum of the field's columns that are filled. */
  #units(row: SheetRow, field: Field): Units {
    const columns = this.#reader.mapping.columns[field];
    if (columns === undefined || columns.length === 0) return NO_UNITS;
    const { complaints } = this.#reader;
    let units = 0;
    let counted = 0;
    let words = "";
    for (const column of columns) {
      const cell = (row.cells[column] ?? "").trim();
      if (cell === "") continue;
      const read = readUnits(cell);
      if (read.ok) {
        units += read.value;
        counted += 1;
      } else if (plainName(cell) === notStocked) {
        words = cell;
      } else {
        complaints.refuse(row.number, read.error, field, cell);
        return null;
      }
    }
    if (counted > 0) return { units };
    if (words !== "") complaints.leaveOut(row.number, "not_stocked", field, words);
    else complaints.refuse(row.number, "quantity_missing", field, "");
    return null;
  }
}
