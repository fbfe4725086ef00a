/**
 * Whether the keys open the shop, and which of the two roles that the product needs were not granted:
 * one call that only the keys decide, and the smallest possible call of each role. Costs one of the
 * twenty order searches (channels.md 2.3).
 */
import type { GenericSchema } from "valibot";
import { err, ok, type Result } from "../../base/result";
import type { ConnectionReport, Refusal } from "../channel";
import type { RelayRequest } from "../http/relay-contract";
import type { AmazonApi } from "./ask";
import type { OperationName } from "./limits";
import { LISTINGS_PATH, ORDERS_PATH, PARTICIPATIONS_PATH } from "./paths";
import {
  itemSearchResults20210801,
  marketplaceParticipationsV1,
  searchOrdersResponse20260101,
} from "./wire";

/** The search looks no further than two minutes back. */
const RECENTLY_MS = 5 * 60_000;

export async function testConnection(
  api: AmazonApi,
  nowMs: number,
): Promise<Result<ConnectionReport, Refusal>> {
  const shops = await api.ask(
    "getMarketplaceParticipations",
    get(PARTICIPATIONS_PATH, {}),
    marketplaceParticipationsV1,
  );
  if (!shops.ok) return shops;
  const shop = shops.value.data.payload.find((each) => each.participation.isParticipating);
  if (shop === undefined) return err({ kind: "rejected", code: "no_marketplace", message: "" });
  const missing: string[] = [];
  const roles: readonly (readonly [string, OperationName, RelayRequest, GenericSchema])[] = [
    [
      "Product Listing",
      "searchListingsItems",
      get(LISTINGS_PATH, { includedData: "summaries", pageSize: "1" }),
      itemSearchResults20210801,
    ],
    [
      "Inventory and Order Tracking",
      "searchOrders",
      get(ORDERS_PATH, {
        lastUpdatedAfter: new Date(nowMs - RECENTLY_MS).toISOString(),
        fulfilledBy: "MERCHANT",
        includedData: "FULFILLMENT",
        maxResultsPerPage: "1",
      }),
      searchOrdersResponse20260101,
    ],
  ];
  for (const [role, operation, request, schema] of roles) {
    const answer = await api.ask(operation, request, schema);
    if (answer.ok) continue;
    if (answer.error.kind !== "unauthorised") return answer;
    missing.push(role);
  }
  return ok({ shopName: shop.storeName, missing });
}

function get(path: string, query: Record<string, string>): RelayRequest {
  return { method: "GET", path, query, body: null };
}
