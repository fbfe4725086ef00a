/**
 * From the rows of an inventory or listings export to what each listing shows and to counts.
 *
 * A channel's available number leaves its own open orders out (channels.md 0.1), so what is in the
 * warehouse is that number and the channel's open units by the book. Where the file has "on hand"
 * (Shopify), that is the count.
 */
import { parseSku, type ChannelId, type Sku } from "../../base/ids";
import { openUnits } from "../../stock/balances";
import { locationsOf, unitsAt } from "../../stock/projection";
import { MAIN_LOCATION } from "../../stock/entries";
import type { ListedItem, StockReading } from "../channel";
import type { BookView, PlannedCount } from "./import-plan";
import type { Pace } from "./pace";
import type { FileRefusal, RowRefusalCode } from "./refusals";
import type { Complaints } from "./row-reader";
import type { SkuTally } from "./sku-tally";
import type { StockRow } from "./stock-rows";
import { linesOf } from "../../stock/line-table";

/** A listing with the rows that speak of it: one, or one per location. */
interface ListingDraft {
  readonly first: StockRow;
  /** The other rows. */
  more: StockRow[] | null;
  /** Rows by location, once there are several. */
  places: Map<string, StockRow> | null;
  available: number | null;
  onHand: number | null;
  /** Two rows say different things of one place. */
  isDoubtful: boolean;
  /** Another listing of the same SKU. */
  next: ListingDraft | null;
}

function rowsOf({ first, more }: ListingDraft): readonly StockRow[] {
  return more === null ? [first] : [first, ...more];
}

function chain(listing: ListingDraft): readonly ListingDraft[] {
  const all: ListingDraft[] = [];
  for (let at: ListingDraft | null = listing; at !== null; at = at.next) all.push(at);
  return all;
}

/**
 * A copy that does not hold on to the whole file: engines keep a part of a text as a view of it, and
 * a SKU lives as long as the book.
 */
function detached(text: string): string {
  return ` ${text}`.slice(1);
}

export interface StockContext {
  readonly channel: ChannelId;
  readonly book: BookView;
  readonly takenAt: number;
  readonly complaints: Complaints;
  readonly pace: Pace;
}

const plus = (a: number | null, b: number | null) => (a === null ? b : a + (b ?? 0));

/** The rows of one item number of eBay. */
interface Family {
  readonly first: StockRow;
  /** Units of the rows after the first, and how many these are. */
  units: number;
  others: number;
}

/**
 * eBay's own row of a listing with variations: the first of its item number, without a label or
 * with the sum of the others or with several values in its details.
 */
function hasParent({ first, units, others }: Family): boolean {
  if (others === 0) return false;
  const { sku, available, variation } = first;
  return sku === "" || available === units || (variation.includes(";") && !variation.includes("|"));
}

export class StockPlanner {
  readonly readings: StockReading[] = [];
  readonly newListings: ListedItem[] = [];
  readonly counts: PlannedCount[] = [];
  readonly #context: StockContext;
  readonly #tally: SkuTally;
  readonly #listings = new Map<string, ListingDraft>();
  readonly #bySku = new Map<Sku, ListingDraft>();
  readonly #newestOrder = new Map<Sku, number>();

  constructor(context: StockContext, tally: SkuTally) {
    this.#context = context;
    this.#tally = tally;
  }

  /** Not null: it was stopped, and what is here so far is of no use. */
  async plan(rows: readonly StockRow[]): Promise<FileRefusal | null> {
    const { pace, book } = this.#context;
    const parents = await this.#parents(rows);
    if ("code" in parents) return parents;
    const kept = await pace.each(rows, rows.length, "checking", (row) => {
      if (parents.has(row)) this.#leaveOutParent(row);
      else this.#group(row);
    });
    if (kept !== null) return kept;
    const { lines } = book.projection;
    const dated = await pace.each(linesOf(lines), lines.refs.length, "comparing", ([, line]) => {
      const before = this.#newestOrder.get(line.sku) ?? 0;
      if (line.updatedAt > before) this.#newestOrder.set(line.sku, line.updatedAt);
    });
    if (dated !== null) return dated;
    const listings = this.#listings;
    const read = await pace.each(listings.values(), listings.size, "comparing", (listing) =>
      this.#read(listing),
    );
    if (read !== null) return read;
    const skus = this.#bySku;
    return pace.each(skus, skus.size, "comparing", ([sku, of]) => this.#count(sku, of));
  }

  async #parents(rows: readonly StockRow[]): Promise<ReadonlySet<StockRow> | FileRefusal> {
    const parents = new Set<StockRow>();
    if (this.#context.channel !== "ebay") return parents;
    const families = new Map<string, Family>();
    const { pace } = this.#context;
    const stop = await pace.each(rows, rows.length, "checking", (row) => {
      const family = families.get(row.item);
      if (family === undefined) {
        families.set(row.item, { first: row, units: 0, others: 0 });
        return;
      }
      family.units += row.available ?? 0;
      family.others += 1;
    });
    if (stop !== null) return stop;
    const looked = await pace.each(families.values(), families.size, "checking", (family) => {
      if (hasParent(family)) parents.add(family.first);
    });
    return looked ?? parents;
  }

  #leaveOutParent(row: StockRow): void {
    this.#context.complaints.leaveOut(row.number, "parent_row", "variation", row.variation);
  }

  #refuse(row: StockRow, code: RowRefusalCode, cell: string): void {
    this.#context.complaints.refuse(row.number, code, "sku", cell);
  }

  #group(row: StockRow): void {
    const listing = this.#listings.get(row.listingId);
    if (listing === undefined) {
      this.#listings.set(row.listingId, {
        first: row,
        more: null,
        places: null,
        available: row.available,
        onHand: row.onHand,
        isDoubtful: false,
        next: null,
      });
      return;
    }
    listing.places ??= new Map([[listing.first.location, listing.first]]);
    const same = listing.places.get(row.location);
    if (same !== undefined && same.available === row.available && same.onHand === row.onHand) {
      this.#refuse(row, "duplicate_row", row.sku === "" ? row.item : row.sku);
      return;
    }
    listing.more ??= [];
    listing.more.push(row);
    if (same !== undefined) {
      listing.isDoubtful = true;
      return;
    }
    listing.places.set(row.location, row);
    listing.available = plus(listing.available, row.available);
    listing.onHand = plus(listing.onHand, row.onHand);
  }

  #refuseAll(listing: ListingDraft, code: RowRefusalCode): void {
    const { sku, item } = listing.first;
    for (const row of rowsOf(listing)) this.#refuse(row, code, sku === "" ? item : sku);
  }

  #read(listing: ListingDraft): void {
    if (listing.isDoubtful) {
      this.#refuseAll(listing, "duplicate_conflict");
      return;
    }
    const { channel, book } = this.#context;
    const { first, available } = listing;
    const known = book.skuOf(channel, first.listingId, first.sku);
    const sku = known ?? this.#newListing(listing);
    if (sku === null) return;
    if (available !== null) {
      this.readings.push({ listingId: first.listingId, available });
      this.#tally.listed(sku, available, known === null);
    }
    const head = this.#bySku.get(sku);
    if (head === undefined) {
      this.#bySku.set(sku, listing);
    } else {
      listing.next = head.next;
      head.next = listing;
    }
  }

  /** The SKU that the listing brings with it; null: it has none that can be used. */
  #newListing(listing: ListingDraft): Sku | null {
    const { first } = listing;
    const parsed = parseSku(detached(first.sku));
    if (!parsed.ok) {
      const code = parsed.error === "sku_empty" ? "sku_missing" : "sku_too_long";
      this.#refuseAll(listing, code);
      return null;
    }
    this.newListings.push({
      listing: {
        channel: this.#context.channel,
        listingId: detached(first.listingId),
        parentId: detached(first.parentId),
        locationId: "",
      },
      sku: parsed.value,
      title: detached(first.title),
      onSale: first.onSale,
      fulfilledBy: "seller",
      parts: [],
    });
    return parsed.value;
  }

  #count(sku: Sku, listing: ListingDraft): void {
    const { book, takenAt } = this.#context;
    for (let at = listing.next; at !== null; at = at.next) {
      if (at.available === listing.available && at.onHand === listing.onHand) continue;
      for (const each of chain(listing)) this.#refuseAll(each, "duplicate_conflict");
      return;
    }
    if ((this.#newestOrder.get(sku) ?? 0) > takenAt) {
      this.#refuseAll(listing, "book_is_newer");
      return;
    }
    const counted = this.#countedUnits(sku, listing);
    if (counted < 0) {
      this.#refuseAll(listing, "other_places_hold_more");
      return;
    }
    const isKnown = book.projection.balances.has(sku);
    const from = isKnown ? unitsAt(book.projection, sku, MAIN_LOCATION).onHand : 0;
    this.counts.push({ sku, counted, from });
    this.#tally.counted(sku, from, counted);
  }

  /** On hand at the main place, by the file: what other places have is not there. */
  #countedUnits(sku: Sku, { onHand, available }: ListingDraft): number {
    const { channel, book } = this.#context;
    const { projection } = book;
    const balances = projection.balances.get(sku);
    const open = balances === undefined ? null : openUnits(balances, channel);
    let counted = onHand ?? (available ?? 0) + (open === null ? 0 : open.held + open.committed);
    if (!projection.elsewhere.has(sku)) return counted;
    for (const location of locationsOf(projection, sku)) {
      if (location !== MAIN_LOCATION) counted -= unitsAt(projection, sku, location).onHand;
    }
    return counted;
  }
}
