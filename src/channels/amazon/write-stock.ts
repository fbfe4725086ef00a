/**
 * Quantities to Amazon: one listing a call, absolute units (channels.md 2.4). There is neither
 * compare-and-set nor idempotency key, so `expected` and the key are not used; a write whose answer
 * was lost is simply made again. ACCEPTED means that Amazon will apply it within minutes.
 */
import { err, ok, type Result } from "../../base/result";
import type { Listing, QuantityWrite, Refusal, WriteOutcome, WriteReason } from "../channel";
import { endsBatch, refusedWrites } from "../http/written";
import type { AmazonApi } from "./ask";
import { ownUnits } from "./listings";
import { listingPath } from "./paths";
import { singleItem } from "./read-stock";
import { submission20210801, type QuantityPatch, type Submission20210801 } from "./wire";

const MESSAGE_MAX = 300;

export async function writeStock(
  api: AmazonApi,
  writes: readonly QuantityWrite[],
): Promise<Result<readonly WriteOutcome[], Refusal>> {
  const outcomes: WriteOutcome[] = [];
  let answered = 0;
  let first: Refusal | null = null;
  let silent = 0;
  for (const [index, write] of writes.entries()) {
    const answer = await writeOne(api, write.listing, write.quantity, write.reason);
    if (answer.ok) {
      outcomes.push(answer.value);
      answered += 1;
      silent = 0;
      continue;
    }
    first ??= answer.error;
    outcomes.push(...refusedWrites([write], answer.error));
    silent = answer.error.kind === "unreachable" ? silent + 1 : 0;
    // A later pause may still use the call that is kept back for it.
    if (answer.error.kind === "throttled" && write.reason === "level") continue;
    if (!endsBatch(answer.error) && silent < 2) continue;
    outcomes.push(...refusedWrites(writes.slice(index + 1), answer.error));
    break;
  }
  // Nobody was heard: that is the channel's state and not the listings'.
  return answered === 0 && first !== null ? err(first) : ok(outcomes);
}

/** The quantity patch, never as a preview: that mode checks a submission and keeps nothing of it. */
async function writeOne(
  api: AmazonApi,
  listing: Listing,
  quantity: number,
  reason: WriteReason,
): Promise<Result<WriteOutcome, Refusal>> {
  const { listingId, locationId } = listing;
  const path = listingPath(listingId);
  if (path === null) return ok(unaddressable(listingId));
  const body: QuantityPatch = {
    productType: "PRODUCT",
    patches: [
      {
        op: "merge",
        path: "/attributes/fulfillment_availability",
        value: [{ fulfillment_channel_code: "DEFAULT", quantity }],
      },
    ],
  };
  const request = {
    method: "PATCH",
    path,
    query: marketplaceOf(locationId),
    body: JSON.stringify(body),
  } as const;
  const answer = await api.ask("patchListingsItem", request, submission20210801, reason);
  if (answer.ok) return ok(outcomeOf(listingId, answer.value.data));
  const { error } = answer;
  // A request that Amazon understood and refused is this listing's matter.
  if (error.kind !== "rejected") return answer;
  return ok({ listingId, kind: "rejected", code: error.code, message: error.message });
}

/**
 * Off sale is quantity 0 here. Amazon's own way would be to delete the listing, or the price in its
 * offer: the first destroys it, the second loses a price that only the seller can give again, so
 * neither is anything that a program does by itself (channels.md 2.5).
 *
 * Back on sale writes nothing, since no number is known here: it makes sure that the listing stands
 * and is the seller's to fill, and the next level that is written brings it back.
 */
export async function setOnSale(
  api: AmazonApi,
  listing: Listing,
  onSale: boolean,
): Promise<Result<WriteOutcome, Refusal>> {
  const { listingId, locationId } = listing;
  if (!onSale) return writeOne(api, listing, 0, "pause");
  if (listingPath(listingId) === null) return ok(unaddressable(listingId));
  const query = { includedData: "fulfillmentAvailability", ...marketplaceOf(locationId) };
  const items = await singleItem(api, listingId, query);
  if (!items.ok) return items;
  const [item] = items.value;
  if (item !== undefined && ownUnits(item) !== null) return ok({ listingId, kind: "accepted" });
  const code = item === undefined ? "no_such_listing" : "not_seller_fulfilled";
  return ok({ listingId, kind: "rejected", code, message: "" });
}

function marketplaceOf(locationId: string): Record<string, string> {
  return locationId === "" ? {} : { marketplaceIds: locationId };
}

function unaddressable(listingId: string): WriteOutcome {
  return { listingId, kind: "rejected", code: "sku_unaddressable", message: "" };
}

/** HTTP 200 may say INVALID, and an issue that is an error is no success whatever stands beside it. */
function outcomeOf(listingId: string, { status, issues }: Submission20210801): WriteOutcome {
  const issue = issues.find((each) => each.severity === "ERROR");
  if (status === "ACCEPTED" && issue === undefined) return { listingId, kind: "accepted" };
  const message = (issue?.message ?? "").slice(0, MESSAGE_MAX);
  return { listingId, kind: "rejected", code: issue?.code ?? status, message };
}
