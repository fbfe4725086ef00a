/**
 * The shop's listings, and taking them off sale (channels.md 4.2, 4.5). Only listings that were made
 * through the Inventory API, or moved into it, are to be seen here.
 */
import type { Clock } from "../../base/clock";
import { ok, type Result } from "../../base/result";
import type { ListedItem, ListedPage, Listing, Refusal, WriteOutcome } from "../channel";
import { ask, type EbayApi } from "./ask";
import { INVENTORY_PATH, isAbsent, offersOf } from "./offers";
import { pooled } from "./pooled";
import type { RevisionBudget } from "./revisions";
import {
  anyReplyV1,
  inventoryItemsReplyV1,
  itemGroupReplyV1,
  offerReplyV1,
  type InventoryItemV1,
  type ItemGroupBodyV1,
  type OfferV1,
} from "./wire";
import { REVISIONS_KEPT_BACK, revisionKey } from "./write-stock";

/** Each item costs a call for its offers, so that a page is kept short. */
const ITEMS_PER_PAGE = 25;

/** `page` counts pages here, not records. */
export async function readListings(
  api: EbayApi,
  page: string | null,
): Promise<Result<ListedPage, Refusal>> {
  const number = Number(page ?? "0");
  const query = { limit: String(ITEMS_PER_PAGE), offset: String(number) };
  const path = `${INVENTORY_PATH}/inventory_item`;
  const answer = await ask(api, { method: "GET", path, query, body: null }, inventoryItemsReplyV1);
  if (!answer.ok) return isAbsent(answer.error) ? ok({ items: [], next: null }) : answer;
  const { inventoryItems, next } = answer.value.data;
  const titles = await groupTitles(api, inventoryItems);
  if (!titles.ok) return titles;
  const answers = await pooled(
    inventoryItems,
    async (item) => ({ item, offers: await offersOf(api, item.sku) }),
    ({ offers }) => !offers.ok,
  );
  const items: ListedItem[] = [];
  for (const each of answers) {
    if (each === undefined) continue;
    if (!each.offers.ok) return each.offers;
    items.push(...each.offers.value.map((offer) => listed(each.item, offer, titles.value)));
  }
  const more = next !== "" && inventoryItems.length > 0;
  return ok({ items, next: more ? String(number + 1) : null });
}

function groupOf(item: InventoryItemV1): string {
  return item.groupIds[0] ?? item.inventoryItemGroupKeys[0] ?? "";
}

function listed(
  item: InventoryItemV1,
  offer: OfferV1,
  titles: ReadonlyMap<string, string>,
): ListedItem {
  const group = groupOf(item);
  const title = item.product?.title ?? "";
  return {
    listing: {
      channel: "ebay",
      listingId: item.sku,
      parentId: offer.offerId,
      locationId: group,
    },
    sku: item.sku,
    title: title === "" ? (titles.get(group) ?? "") : title,
    onSale: isOnSale(offer),
    // eBay's own fulfilment shows on orders alone.
    fulfilledBy: "seller",
    parts: [],
  };
}

/** Out of stock is not off sale: the listing waits for units. */
function isOnSale({ status, listing }: OfferV1): boolean {
  if (status !== "PUBLISHED" || listing?.listingOnHold === true) return false;
  return ["", "ACTIVE", "OUT_OF_STOCK"].includes(listing?.listingStatus ?? "");
}

/** A variation may leave its title to its group. */
async function groupTitles(
  api: EbayApi,
  items: readonly InventoryItemV1[],
): Promise<Result<ReadonlyMap<string, string>, Refusal>> {
  const titles = new Map<string, string>();
  const untitled = items.filter((item) => (item.product?.title ?? "") === "");
  for (const group of new Set(untitled.map(groupOf))) {
    if (group === "") continue;
    const path = `${INVENTORY_PATH}/inventory_item_group/${encodeURIComponent(group)}`;
    const answer = await ask(api, { method: "GET", path, query: {}, body: null }, itemGroupReplyV1);
    if (answer.ok) titles.set(group, answer.value.data.title);
    else if (!isAbsent(answer.error)) return answer;
  }
  return ok(titles);
}

export interface Selling {
  readonly api: EbayApi;
  readonly clock: Clock;
  readonly revisions: RevisionBudget;
}

/**
 * Ends the listing, or makes a new one from the offer: eBay gives it another listing id, and its
 * place in the search begins anew. A variation takes all its siblings along. Asked first, so that a
 * reply lost on the way is not followed by a second listing.
 */
export async function setOnSale(
  { api, clock, revisions }: Selling,
  listing: Listing,
  onSale: boolean,
): Promise<Result<WriteOutcome, Refusal>> {
  const { listingId, parentId } = listing;
  const path = `${INVENTORY_PATH}/offer/${encodeURIComponent(parentId)}`;
  const offer = await ask(api, { method: "GET", path, query: {}, body: null }, offerReplyV1);
  if (!offer.ok) return refusedOnly(listingId, offer.error);
  if ((offer.value.data.status === "PUBLISHED") === onSale) {
    return ok({ listingId, kind: "accepted" });
  }
  const reason = onSale ? "resume" : "pause";
  const key = revisionKey(listing);
  if (!revisions.take(key, { reason, quantity: 0, shown: null }, clock.now())) {
    return ok({ listingId, kind: "rejected", code: REVISIONS_KEPT_BACK, message: "" });
  }
  const word = onSale ? "publish" : "withdraw";
  const body: ItemGroupBodyV1 = {
    inventoryItemGroupKey: listing.locationId,
    marketplaceId: offer.value.data.marketplaceId,
  };
  const request =
    listing.locationId === ""
      ? ({ method: "POST", path: `${path}/${word}`, query: {}, body: null } as const)
      : ({
          method: "POST",
          path: `${INVENTORY_PATH}/offer/${word}_by_inventory_item_group`,
          query: {},
          body: JSON.stringify(body),
        } as const);
  const answer = await ask(api, request, anyReplyV1, reason);
  if (answer.ok) return ok({ listingId, kind: "accepted" });
  return refusedOnly(listingId, answer.error);
}

/** What eBay says of this listing is its outcome; all else is the channel's state. */
function refusedOnly(listingId: string, refusal: Refusal): Result<WriteOutcome, Refusal> {
  if (refusal.kind !== "rejected") return { ok: false, error: refusal };
  const { code, message } = refusal;
  return ok({ listingId, kind: "rejected", code, message });
}
