/**
 * Every listing of the shop, twenty a page. One search shows a thousand listings at most
 * (channels.md 2.2), so they are asked for in the order in which they were made, and after each
 * thousand a new search begins at the last one's date; the listings of that moment come twice.
 *
 * Page: "SINCE/SHOWN/TOKEN", SINCE in milliseconds ("" for the first search), SHOWN the listings of
 * this search so far.
 */
import { err, ok, type Result } from "../../base/result";
import type { ListedPage, Refusal } from "../channel";
import type { AmazonApi } from "./ask";
import { toListedItem } from "./listings";
import { LISTINGS_PATH } from "./paths";
import { itemSearchResults20210801, type Item20210801 } from "./wire";

const ITEMS_PER_PAGE = 20;
const ITEMS_PER_SEARCH = 1000;

interface Place {
  readonly since: number | null;
  readonly shown: number;
  readonly token: string;
}

export async function readListings(
  api: AmazonApi,
  page: string | null,
): Promise<Result<ListedPage, Refusal>> {
  const place = placeOf(page);
  if (place === null) return err({ kind: "malformed", where: "page" });
  const { since, token } = place;
  const request = {
    method: "GET",
    path: LISTINGS_PATH,
    query: {
      includedData: "summaries,fulfillmentAvailability,relationships",
      sortBy: "createdDate",
      sortOrder: "ASC",
      pageSize: String(ITEMS_PER_PAGE),
      ...(since === null ? {} : { createdAfter: new Date(since).toISOString() }),
      ...(token === "" ? {} : { pageToken: token }),
    },
    body: null,
  } as const;
  const answer = await api.ask("searchListingsItems", request, itemSearchResults20210801);
  if (!answer.ok) return answer;
  const { items, pagination, numberOfResults } = answer.value.data;
  const shown = place.shown + items.length;
  const told = pagination?.nextToken ?? "";
  const listed = items.map(toListedItem).filter((item) => item !== null);
  if (told !== "" && shown < ITEMS_PER_SEARCH) {
    return ok({ items: listed, next: `${since ?? ""}/${shown}/${told}` });
  }
  if (shown >= numberOfResults) return ok({ items: listed, next: null });
  const from = latest(items);
  // More listings than a search shows, all of the same moment: nothing leads past them.
  if (from === null || from <= (since ?? -1)) {
    return err({ kind: "rejected", code: "too_many_listings", message: String(numberOfResults) });
  }
  return ok({ items: listed, next: `${from}/0/` });
}

/** Null: no page of ours. */
function placeOf(page: string | null): Place | null {
  if (page === null) return { since: null, shown: 0, token: "" };
  const parts = /^(\d{0,15})\/(\d{1,4})\/(.*)$/s.exec(page);
  if (parts === null) return null;
  const [, since = "", shown = "", token = ""] = parts;
  return { since: since === "" ? null : Number(since), shown: Number(shown), token };
}

function latest(items: readonly Item20210801[]): number | null {
  const dates = items.flatMap((item) => item.summaries.map((summary) => summary.createdDate ?? 0));
  return dates.length === 0 ? null : Math.max(...dates);
}
