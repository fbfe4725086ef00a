/**
 * Which listing of a live shop sells which SKU: from what the channels list to a mapping, from the
 * mapping to notes of the ledger and back, and to the catalogue of the engine. Pure.
 */
import * as v from "valibot";
import { channelIds, parseSku, type ChannelId, type Sku } from "../base/ids";
import type { ListedItem, Listing } from "../channels/channel";
import { stockedParts, type Part } from "../stock/bundles";
import { note, type Note } from "../stock/entries";
import { Catalogue, type CatalogueBundle, type CatalogueItem } from "../sync/catalogue";
import type { ShopBundle, ShopListing, ShopReading, ShopSku, UnmappedListing } from "./api";

export interface MappedListing {
  readonly listing: Listing;
  /** The SKU on the listing: of a bundle, the bundle's own. */
  readonly sku: Sku;
  readonly title: string;
  /** Of a bundle, stocked SKUs each once; else empty. */
  readonly parts: readonly Part[];
}

/** What one channel listed and shows. */
export interface ChannelReading {
  readonly channel: ChannelId;
  readonly items: readonly ListedItem[];
  /** Units by listing id. */
  readonly shown: ReadonlyMap<string, number>;
}

const TITLE_MAX = 200;
/** Of a note's detail; a bundle of more parts than fit is left alone. */
const DETAIL_MAX = 4000;

const detailSchema = v.object({
  parent: v.string(),
  location: v.string(),
  title: v.string(),
  parts: v.array(
    v.object({
      sku: v.pipe(
        v.string(),
        v.transform((sku) => sku as Sku),
      ),
      units: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
    }),
  ),
});

function detailOf({ listing, title, parts }: MappedListing): string {
  const { parentId: parent, locationId: location } = listing;
  return JSON.stringify({ parent, location, title: title.slice(0, TITLE_MAX), parts });
}

/** One listing under two times is two notes; the newest one counts. */
export function mappedNote(mapped: MappedListing, at: number): Note {
  const { channel, listingId } = mapped.listing;
  return note("listing_mapped", `listing/${channel}/${listingId}/${at}`, at, {
    sku: mapped.sku,
    channel,
    ref: listingId,
    n: 1,
    detail: detailOf(mapped),
  });
}

/** Null: not one of ours. */
export function readMapped(entry: Note): MappedListing | null {
  const { channel, sku, ref: listingId } = entry;
  if (entry.kind !== "listing_mapped" || channel === "" || sku === "") return null;
  let json: unknown;
  try {
    json = JSON.parse(entry.detail);
  } catch {
    return null;
  }
  const detail = v.safeParse(detailSchema, json);
  if (!detail.success) return null;
  const { parent: parentId, location: locationId, title, parts } = detail.output;
  return { listing: { channel, listingId, parentId, locationId }, sku, title, parts };
}

export function isSameMapping(a: MappedListing | undefined, b: MappedListing): boolean {
  return a !== undefined && a.sku === b.sku && detailOf(a) === detailOf(b);
}

export function keyOfListing({ channel, listingId }: Listing): string {
  return `${channel}/${listingId}`;
}

/** The live channel's listings first: the first one may show every unit (sync/catalogue.ts). */
export function catalogueOfMapping(mapped: Iterable<MappedListing>): Catalogue {
  const items = new Map<Sku, { title: string; listings: Listing[] }>();
  const bundles = new Map<Sku, { title: string; listings: Listing[]; parts: readonly Part[] }>();
  const sorted = [...mapped].sort(
    (a, b) => channelIds.indexOf(a.listing.channel) - channelIds.indexOf(b.listing.channel),
  );
  for (const { sku, title, parts } of sorted) {
    if (parts.length > 0 && !bundles.has(sku)) bundles.set(sku, { title, listings: [], parts });
  }
  for (const { listing, sku, title } of sorted) {
    const bundle = bundles.get(sku);
    if (bundle !== undefined) {
      bundle.listings.push(listing);
      continue;
    }
    const item = items.get(sku) ?? { title, listings: [] };
    items.set(sku, item);
    item.listings.push(listing);
  }
  // A part that has no listing of its own is stock all the same.
  for (const { parts } of bundles.values()) {
    for (const { sku } of parts) {
      if (!items.has(sku)) items.set(sku, { title: sku, listings: [] });
    }
  }
  const entries = <T extends object>(map: ReadonlyMap<Sku, T>) =>
    [...map].map(([sku, rest]) => ({ sku, ...rest }));
  const all: readonly CatalogueItem[] = entries(items);
  const made: readonly CatalogueBundle[] = entries(bundles);
  return new Catalogue(all, made);
}

export interface LiveProposal {
  readonly mapped: readonly MappedListing[];
  readonly reading: Omit<ShopReading, "failed">;
}

type Reason = UnmappedListing["reason"];

function bundlesOf(readings: readonly ChannelReading[]): Map<Sku, readonly Part[]> {
  const bundles = new Map<Sku, readonly Part[]>();
  for (const { items } of readings) {
    const skus = new Map(items.map((item) => [item.listing.listingId, parseSku(item.sku)]));
    for (const item of items) {
      const own = parseSku(item.sku);
      if (!own.ok || item.parts.length === 0) continue;
      const parts: Part[] = [];
      for (const { listingId, units } of item.parts) {
        const sku = skus.get(listingId);
        if (sku?.ok === true) parts.push({ sku: sku.value, units });
      }
      if (parts.length === item.parts.length) bundles.set(own.value, parts);
    }
  }
  return bundles;
}

/** The mapping of one listing, or why there is none. */
function mapOne(item: ListedItem, bundles: ReadonlyMap<Sku, readonly Part[]>) {
  const sku = parseSku(item.sku);
  if (!sku.ok) return sku.error === "sku_empty" ? "no_sku" : "sku_too_long";
  const warnings = item.warnings ?? [];
  if (warnings.includes("not_tracked")) return "not_tracked";
  if (warnings.includes("no_location")) return "no_location";
  if (warnings.includes("parts_unknown")) return "parts_unknown";
  const { listing, title } = item;
  const own = bundles.get(sku.value);
  if (own === undefined) {
    if (item.parts.length > 0) return "parts_unknown";
    return { listing, sku: sku.value, title, parts: [] };
  }
  const parts = stockedParts(own, bundles);
  if (!parts.ok) return "parts_unknown";
  const mapped = { listing, sku: sku.value, title, parts: parts.value };
  return detailOf(mapped).length > DETAIL_MAX ? "parts_unknown" : mapped;
}

/** `known`: SKUs that the live book has entries of. */
export function proposeLive(
  readings: readonly ChannelReading[],
  known: ReadonlySet<string>,
): LiveProposal {
  const bundles = bundlesOf(readings);
  const mapped: MappedListing[] = [];
  const unmapped: UnmappedListing[] = [];
  const listings = new Map<string, ShopListing>();
  let byPlatform = 0;
  for (const { channel, items, shown } of readings) {
    for (const item of items) {
      if (item.fulfilledBy === "channel") {
        byPlatform += 1;
        continue;
      }
      const { listingId } = item.listing;
      const found: MappedListing | Reason = mapOne(item, bundles);
      if (typeof found === "string") {
        unmapped.push({ channel, listingId, title: item.title, reason: found });
        continue;
      }
      mapped.push(found);
      listings.set(keyOfListing(item.listing), {
        channel,
        listingId,
        shown: shown.get(listingId) ?? null,
        onSale: item.onSale,
        warnings: item.warnings ?? [],
      });
    }
  }
  const catalogue = catalogueOfMapping(mapped);
  const told = (own: readonly Listing[]) =>
    own.flatMap((listing) => listings.get(keyOfListing(listing)) ?? []);
  const skus = catalogue.items.map((item): ShopSku => {
    const own = told(item.listings);
    return { ...item, listings: own, suggested: least(own), isKnown: known.has(item.sku) };
  });
  const made = catalogue.bundles.map((bundle): ShopBundle => {
    return { ...bundle, listings: told(bundle.listings) };
  });
  return { mapped, reading: { skus, bundles: made, unmapped, byPlatform } };
}

/** All channels show the same units, so their sum would count each unit several times. */
function least(listings: readonly ShopListing[]): number | null {
  const shown = listings.flatMap((listing) => listing.shown ?? []);
  return shown.length === 0 ? null : Math.min(...shown);
}
