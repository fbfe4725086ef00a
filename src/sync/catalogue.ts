/**
 * Which SKUs there are, where each is listed, and what one sale of a listing takes. A SKU may have
 * several listings on one channel; a bundle's listing takes units of several SKUs.
 */
import type { ChannelId, Sku } from "../base/ids";
import type { Listing, WriteReason } from "../channels/channel";
import type { Part } from "../stock/bundles";
import { unseen, type Showing } from "./showing";

export interface CatalogueItem {
  readonly sku: Sku;
  readonly title: string;
  /** The first one is the channel that may list every unit; the others keep a buffer. */
  readonly listings: readonly Listing[];
}

/** Holds no stock of its own: what can be sold of it is worked out from its parts. */
export interface CatalogueBundle {
  readonly sku: Sku;
  readonly title: string;
  readonly listings: readonly Listing[];
  /** Stocked SKUs, each once (`stockedParts`). */
  readonly parts: readonly Part[];
}

/** What the engine last saw of one listing. In memory only: read anew after every start. */
export interface ListingState extends Showing {
  /** The SKU on the listing: of a bundle, the bundle's own. */
  readonly sku: Sku;
  readonly listing: Listing;
  readonly parts: readonly Part[];
  /** Since when the number is wrong, for the push latency; null while it is right. */
  wrongSince: number | null;
  /** Writes refused in a row, and until when the next one waits; ms. */
  failures: number;
  /** What the last refused one was for; null = none was. */
  refused: WriteReason | null;
  retryAt: number;
  /** A write found another number than the one that was read last. */
  isStale: boolean;
  /** Units that the channel keeps for a campaign or a creator: while there are any, nothing is written. */
  locked: number;
  /** Units cancelled since its number was set back; they may be what it showed too much. */
  givenBack: number;
}

type Seen = Omit<ListingState, "sku" | "listing" | "parts">;

function nothingSeen(): Seen {
  return {
    ...unseen(),
    wrongSince: null,
    failures: 0,
    refused: null,
    retryAt: 0,
    isStale: false,
    locked: 0,
    givenBack: 0,
  };
}

function stateOf(sku: Sku, listing: Listing, parts: readonly Part[]): ListingState {
  return { ...nothingSeen(), sku, listing, parts };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

export class Catalogue {
  readonly items: readonly CatalogueItem[];
  readonly bundles: readonly CatalogueBundle[];
  readonly #byListing = new Map<string, ListingState>();
  readonly #bySku = new Map<Sku, ListingState[]>();
  readonly #withPart = new Map<Sku, ListingState[]>();
  readonly #byChannel = new Map<ChannelId, ListingState[]>();

  constructor(items: readonly CatalogueItem[], bundles: readonly CatalogueBundle[] = []) {
    this.items = items;
    this.bundles = bundles;
    for (const { sku, listings } of items) {
      for (const listing of listings) {
        const state = stateOf(sku, listing, [{ sku, units: 1 }]);
        this.#add(state);
        push(this.#bySku, sku, state);
      }
    }
    for (const { sku, listings, parts } of bundles) {
      for (const listing of listings) this.#add(stateOf(sku, listing, parts));
    }
  }

  #add(state: ListingState): void {
    const { channel, listingId } = state.listing;
    this.#byListing.set(`${channel}/${listingId}`, state);
    push(this.#byChannel, channel, state);
    for (const part of state.parts) push(this.#withPart, part.sku, state);
  }

  /** What an engine saw that ran here before: others may have led since. */
  forget(): void {
    for (const state of this.#byListing.values()) Object.assign(state, nothingSeen());
  }

  find(channel: ChannelId, listingId: string): ListingState | null {
    return this.#byListing.get(`${channel}/${listingId}`) ?? null;
  }

  /** The listings that sell this SKU and nothing else. */
  listings(sku: Sku): readonly ListingState[] {
    return this.#bySku.get(sku) ?? [];
  }

  /** Every listing whose sales take this SKU, bundles included. */
  taking(sku: Sku): readonly ListingState[] {
    return this.#withPart.get(sku) ?? [];
  }

  on(channel: ChannelId): readonly ListingState[] {
    return this.#byChannel.get(channel) ?? [];
  }

  get bundleStates(): readonly ListingState[] {
    return this.bundles.flatMap(({ listings }) =>
      listings.flatMap(({ channel, listingId }) => this.find(channel, listingId) ?? []),
    );
  }
}
