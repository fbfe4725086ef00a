/**
 * What Amazon offers of each listing: twenty SKUs a search, five searches a second (channels.md 2.2).
 * The number is net of Amazon's own open orders, so one that fell is a sale which the order search
 * tells of minutes later (channels.md 2.6).
 */
import { err, ok, type Result } from "../../base/result";
import type { Listing, Refusal, StockReading } from "../channel";
import { NOT_FOUND, type AmazonApi } from "./ask";
import { ownUnits } from "./listings";
import { LISTINGS_PATH, listingPath } from "./paths";
import { item20210801, itemSearchResults20210801, type Item20210801 } from "./wire";

/** The most identifiers that one search takes. */
const SKUS_PER_SEARCH = 20;

/** One call's worth of SKUs of one marketplace ("": the shop's own). */
interface Batch {
  readonly marketplace: string;
  readonly skus: readonly string[];
}

export type StockReader = (
  listings: readonly Listing[],
) => Promise<Result<readonly StockReading[], Refusal>>;

/**
 * More listings than the budget allows at once are read in turns: those read longest ago come first,
 * and those that have to wait are left out, which means "not known" and not zero.
 */
export function stockReader(api: AmazonApi): StockReader {
  /** The turn in which a listing was last read. */
  const readIn = new Map<string, number>();
  let turn = 0;
  return async (listings) => {
    turn += 1;
    const oldestFirst = [...unique(listings)].sort(
      (a, b) => (readIn.get(keyOf(a)) ?? 0) - (readIn.get(keyOf(b)) ?? 0),
    );
    const readings: StockReading[] = [];
    const batches = batchesOf(oldestFirst);
    for (const [index, batch] of batches.entries()) {
      const items = await itemsOf(api, batch);
      if (!items.ok) {
        if (index > 0 && items.error.kind === "throttled") break;
        return err(items.error);
      }
      for (const sku of batch.skus) readIn.set(keyOf({ ...batch, sku }), turn);
      readings.push(...items.value.flatMap((item) => readingOf(item, batch)));
    }
    return ok(readings);
  };
}

interface Wanted {
  readonly marketplace: string;
  readonly sku: string;
}

function keyOf({ marketplace, sku }: Wanted): string {
  return `${marketplace}/${sku}`;
}

function unique(listings: readonly Listing[]): Iterable<Wanted> {
  const wanted = listings.map(({ locationId, listingId }) => ({
    marketplace: locationId,
    sku: listingId,
  }));
  return new Map(wanted.map((each) => [keyOf(each), each])).values();
}

/** Keeps the order: whoever comes first is in an earlier batch of its marketplace. */
function batchesOf(wanted: readonly Wanted[]): readonly Batch[] {
  const batches: { marketplace: string; skus: string[] }[] = [];
  const open = new Map<string, { marketplace: string; skus: string[] }>();
  for (const { marketplace, sku } of wanted) {
    // A list of identifiers is separated by commas, so a SKU with a comma has to go alone.
    if (sku.includes(",")) {
      batches.push({ marketplace, skus: [sku] });
      continue;
    }
    let batch = open.get(marketplace);
    if (batch === undefined || batch.skus.length === SKUS_PER_SEARCH) {
      batch = { marketplace, skus: [] };
      open.set(marketplace, batch);
      batches.push(batch);
    }
    batch.skus.push(sku);
  }
  return batches;
}

async function itemsOf(
  api: AmazonApi,
  { marketplace, skus }: Batch,
): Promise<Result<readonly Item20210801[], Refusal>> {
  const query = {
    includedData: "fulfillmentAvailability",
    ...(marketplace === "" ? {} : { marketplaceIds: marketplace }),
  };
  const [alone] = skus;
  if (alone?.includes(",") === true) return singleItem(api, alone, query);
  const request = {
    method: "GET",
    path: LISTINGS_PATH,
    query: {
      ...query,
      identifiers: skus.join(","),
      identifiersType: "SKU",
      pageSize: String(SKUS_PER_SEARCH),
    },
    body: null,
  } as const;
  const answer = await api.ask("searchListingsItems", request, itemSearchResults20210801);
  return answer.ok ? ok(answer.value.data.items) : answer;
}

/** A listing by itself; nothing where there is none. */
export async function singleItem(
  api: AmazonApi,
  sku: string,
  query: Readonly<Record<string, string>>,
): Promise<Result<readonly Item20210801[], Refusal>> {
  const path = listingPath(sku);
  if (path === null) return ok([]);
  const request = { method: "GET", path, query, body: null } as const;
  const answer = await api.ask("getListingsItem", request, item20210801);
  if (answer.ok) return ok([answer.value.data]);
  const { error } = answer;
  return error.kind === "rejected" && error.code === NOT_FOUND ? ok([]) : answer;
}

function readingOf(item: Item20210801, { skus }: Batch): readonly StockReading[] {
  const available = ownUnits(item);
  if (available === null || !skus.includes(item.sku)) return [];
  return [{ listingId: item.sku, available }];
}
