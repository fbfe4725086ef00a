/**
 * One sale of a listing may take several units of several SKUs. Bundles hold no stock of their own:
 * what can be sold of them is worked out per component first and only then taken the least of; the
 * difference of two minima is not the minimum of the differences.
 */
import type { ChannelId, Sku } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import type { ReportedLine } from "./orders";
import type { Projection } from "./projection";
import { sellable } from "./sellable";

export interface Part {
  readonly sku: Sku;
  /** Units that one sale takes; whole, 1 or more. */
  readonly units: number;
}

export type Bundles = ReadonlyMap<Sku, readonly Part[]>;

export type PartsRefusal =
  /** Checked in this order. */
  | { readonly code: "no_parts" }
  | { readonly code: "units_not_whole"; readonly sku: Sku }
  | { readonly code: "bundle_of_itself"; readonly sku: Sku };

function explode(
  parts: readonly Part[],
  bundles: Bundles,
  times: number,
  above: readonly Sku[],
  into: Map<Sku, number>,
): PartsRefusal | null {
  if (parts.length === 0) return { code: "no_parts" };
  for (const { sku, units } of parts) {
    if (!Number.isSafeInteger(units) || units < 1) return { code: "units_not_whole", sku };
    if (above.includes(sku)) return { code: "bundle_of_itself", sku };
    const inner = bundles.get(sku);
    if (inner === undefined) into.set(sku, (into.get(sku) ?? 0) + units * times);
    else {
      const refusal = explode(inner, bundles, units * times, [...above, sku], into);
      if (refusal !== null) return refusal;
    }
  }
  return null;
}

/** The stocked SKUs behind one sale, each once, bundles of bundles taken apart. */
export function stockedParts(
  parts: readonly Part[],
  bundles: Bundles,
): Result<readonly Part[], PartsRefusal> {
  const into = new Map<Sku, number>();
  const refusal = explode(parts, bundles, 1, [], into);
  if (refusal !== null) return err(refusal);
  return ok([...into].map(([sku, units]) => ({ sku, units })));
}

/**
 * Sales of one listing that this channel can still make, signed: below 0 is oversold by that many.
 * `parts` as from `stockedParts`; `buffer` is kept back of every component.
 */
export function sellableParts(
  projection: Projection,
  parts: readonly Part[],
  channel: ChannelId,
  buffer = 0,
): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { sku, units } of parts) {
    least = Math.min(least, Math.floor(sellable(projection, sku, channel, buffer) / units));
  }
  return Number.isFinite(least) ? least : 0;
}

export type ListingLine = Omit<ReportedLine, "sku">;

/** The ledger's lines of one line of an order: one for each SKU, in its own units. */
export function linesOfParts(line: ListingLine, parts: readonly Part[]): readonly ReportedLine[] {
  return parts.map(({ sku, units }) => ({
    ...line,
    sku,
    ordered: line.ordered * units,
    cancelled: line.cancelled * units,
    shipped: line.shipped * units,
  }));
}

/** Which SKUs a listing sells. Several listings may sell one SKU, and one listing several. */
export interface ListingParts {
  readonly channel: ChannelId;
  readonly listingId: string;
  readonly parts: readonly Part[];
}

export type MappingRefusal =
  | { readonly code: "listing_twice"; readonly channel: ChannelId; readonly listingId: string }
  | (PartsRefusal & { readonly channel: ChannelId; readonly listingId: string });

export class ListingMap {
  readonly #byListing: ReadonlyMap<string, ListingParts>;

  private constructor(byListing: ReadonlyMap<string, ListingParts>) {
    this.#byListing = byListing;
  }

  static of(
    listings: readonly ListingParts[],
    bundles: Bundles = new Map(),
  ): Result<ListingMap, MappingRefusal> {
    const byListing = new Map<string, ListingParts>();
    for (const { channel, listingId, parts } of listings) {
      const key = `${channel}/${listingId}`;
      if (byListing.has(key)) return err({ code: "listing_twice", channel, listingId });
      const stocked = stockedParts(parts, bundles);
      if (!stocked.ok) return err({ ...stocked.error, channel, listingId });
      byListing.set(key, { channel, listingId, parts: stocked.value });
    }
    return ok(new ListingMap(byListing));
  }

  /** Null for a listing that nobody mapped: it is reported, never guessed at. */
  partsOf(channel: ChannelId, listingId: string): readonly Part[] | null {
    return this.#byListing.get(`${channel}/${listingId}`)?.parts ?? null;
  }

  /** Every listing whose number changes when this SKU's does. */
  listingsOf(sku: Sku): readonly ListingParts[] {
    return [...this.#byListing.values()].filter(({ parts }) => parts.some((p) => p.sku === sku));
  }
}
