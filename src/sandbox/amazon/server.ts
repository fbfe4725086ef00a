/**
 * Amazon's Selling Partner API as far as stock and orders need it, and Login with Amazon beside it:
 * in life two hosts, told apart by their paths here. A call is looked at as Amazon does it: token,
 * right, number of calls, then what it asks.
 */
import type { Keyring } from "../credentials";
import type { Stage } from "../stage";
import type { Limits, OperationName } from "./limits";
import { getItem, patchItem, searchItems } from "./listings";
import { searchOrders } from "./orders";
import { denied, failure, invalidInput, success, tooManyCalls, toResponse } from "./reply";
import type { Reply } from "./reply";
import type { TokenDesk } from "./tokens";

export interface AmazonOptions {
  readonly stage: Stage;
  readonly keyring: Keyring;
  readonly desk: TokenDesk;
  readonly limits: Limits;
  /** Operations whose role the seller did not grant. */
  readonly withheld: ReadonlySet<OperationName>;
}

/** One call to an operation, its path taken apart and decoded. */
interface Call {
  readonly operation: OperationName;
  /** Null where the path names none. */
  readonly sellerId: string | null;
  readonly sku: string;
  readonly query: Readonly<Record<string, string>>;
  readonly request: Request;
}

const LISTINGS = /^\/listings\/2021-08-01\/items\/([^/]+)(?:\/([^/]+))?$/;

/** Null: no operation of this API. */
function callOf(request: Request): Call | null {
  const { pathname, searchParams } = new URL(request.url);
  const query = Object.fromEntries(searchParams);
  const plain = (operation: OperationName): Call => ({
    operation,
    sellerId: null,
    sku: "",
    query,
    request,
  });
  if (request.method === "GET" && pathname === "/orders/2026-01-01/orders") {
    return plain("searchOrders");
  }
  if (request.method === "GET" && pathname === "/sellers/v1/marketplaceParticipations") {
    return plain("getMarketplaceParticipations");
  }
  const listings = LISTINGS.exec(pathname);
  if (!listings) return null;
  const [, seller = "", item] = listings;
  const operation = operationOn(request.method, item !== undefined);
  if (operation === null) return null;
  try {
    const sellerId = decodeURIComponent(seller);
    return { operation, sellerId, sku: decodeURIComponent(item ?? ""), query, request };
  } catch {
    return null;
  }
}

function operationOn(method: string, one: boolean): OperationName | null {
  if (method === "GET") return one ? "getListingsItem" : "searchListingsItems";
  return method === "PATCH" && one ? "patchListingsItem" : null;
}

/** Null: come in. */
function stopAtGate(options: AmazonOptions, call: Call): Reply | null {
  const token = call.request.headers.get("x-amz-access-token");
  if (token === null || token === "")
    return denied("Access token is missing in the request header.");
  switch (options.desk.stateOf(token)) {
    case "expired":
      return denied("The access token you provided has expired.");
    case "unknown":
      return denied("The access token you provided is revoked, malformed or invalid.");
    case "good":
  }
  const { sellerId } = options.keyring.read().amazon;
  const strange = call.sellerId !== null && call.sellerId !== sellerId;
  return strange || options.withheld.has(call.operation) ? denied("") : null;
}

function participations(marketplaceId: string): Reply {
  return success({
    payload: [
      {
        marketplace: {
          id: marketplaceId,
          name: "Amazon.com",
          countryCode: "US",
          defaultCurrencyCode: "USD",
          defaultLanguageCode: "en_US",
          domainName: "www.amazon.com",
        },
        storeName: "Rehearsal shop",
        participation: { isParticipating: true, hasSuspendedListings: false },
      },
    ],
  });
}

async function answer({ stage, keyring }: AmazonOptions, call: Call): Promise<Reply> {
  const { operation, query, sku, request } = call;
  const { marketplaceId, clientSecret: secret } = keyring.read().amazon;
  if (operation === "getMarketplaceParticipations") return participations(marketplaceId);
  if (operation === "searchOrders") return searchOrders({ stage, marketplaceId, secret }, query);
  const markets = query["marketplaceIds"];
  if (markets === undefined) return invalidInput("marketplaceIds: is required.");
  if (markets !== marketplaceId) return invalidInput("marketplaceIds: not of this seller.");
  switch (operation) {
    case "searchListingsItems":
      return searchItems(stage.run(), query, secret);
    case "getListingsItem":
      return getItem(stage.run(), sku, query);
    case "patchListingsItem": {
      const type = request.headers.get("content-type") ?? "";
      if (!type.startsWith("application/json")) {
        return failure(415, "UnsupportedMediaType", "The body must be application/json.");
      }
      const { mode } = query;
      if (mode !== undefined && mode !== "VALIDATION_PREVIEW")
        return invalidInput("mode: unknown.");
      return patchItem(stage, sku, mode !== undefined, await request.text());
    }
  }
}

export async function serveAmazon(options: AmazonOptions, request: Request): Promise<Response> {
  const { stage, desk, limits } = options;
  if (request.method === "POST" && new URL(request.url).pathname === "/auth/o2/token") {
    const type = request.headers.get("content-type") ?? "";
    return toResponse(desk.answer(type, await request.text()), stage.now(), null);
  }
  const call = callOf(request);
  if (call === null) {
    return toResponse(failure(404, "NotFound", "There is no such resource."), stage.now(), null);
  }
  const stopped = stopAtGate(options, call);
  if (stopped !== null) return toResponse(stopped, stage.now(), null);
  const { speed } = stage.run();
  const rate = limits.rate(call.operation, speed);
  if (!limits.take(call.operation, speed, stage.now())) {
    return toResponse(tooManyCalls, stage.now(), rate);
  }
  return toResponse(await answer(options, call), stage.now(), rate);
}
