/** Which SKUs there are and where each is listed. One listing per SKU and channel for now. */
import type { ChannelId, Sku } from "../base/ids";
import type { Listing } from "../channels/channel";

export interface CatalogueItem {
  readonly sku: Sku;
  readonly title: string;
  /** The first one is the channel that may list every unit; the others keep a buffer. */
  readonly listings: readonly Listing[];
}

/** What the engine last saw of one listing. In memory only: read anew after every start. */
export interface ListingState {
  readonly sku: Sku;
  readonly listing: Listing;
  /** The available number the channel showed, null before the first reading. */
  observed: number | null;
  observedAt: number | null;
  /** Successive readings of 0 in which no new order came. */
  zeroReads: number;
  /** Successive readings in which the number or the orders moved. */
  restlessReads: number;
  /** Since when the number is wrong, for the push latency; null while it is right. */
  wrongSince: number | null;
  /** Writes refused in a row, and until when the next one waits; ms. */
  failures: number;
  retryAt: number;
}

export class Catalogue {
  readonly items: readonly CatalogueItem[];
  readonly #byListing = new Map<string, ListingState>();
  readonly #bySku = new Map<Sku, readonly ListingState[]>();

  constructor(items: readonly CatalogueItem[]) {
    this.items = items;
    for (const item of items) {
      const states = item.listings.map((listing) => ({
        sku: item.sku,
        listing,
        observed: null,
        observedAt: null,
        zeroReads: 0,
        restlessReads: 0,
        wrongSince: null,
        failures: 0,
        retryAt: 0,
      }));
      this.#bySku.set(item.sku, states);
      for (const state of states) {
        this.#byListing.set(`${state.listing.channel}/${state.listing.listingId}`, state);
      }
    }
  }

  find(channel: ChannelId, listingId: string): ListingState | null {
    return this.#byListing.get(`${channel}/${listingId}`) ?? null;
  }

  listings(sku: Sku): readonly ListingState[] {
    return this.#bySku.get(sku) ?? [];
  }

  on(channel: ChannelId): readonly ListingState[] {
    return [...this.#byListing.values()].filter((state) => state.listing.channel === channel);
  }
}
