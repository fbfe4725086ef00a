/** Calls to eBay's server in the sandbox as anybody could make them, good and bad. */
import { afterEach, beforeEach } from "@jest/globals";
import { ebayAuth } from "../../src/channels/ebay/auth";
import { ebayVenue, type EbayLimits } from "../../src/sandbox/ebay/venue";
import { credentialsOf } from "./ebay-line";
import { items, openStand, type Json, type Stand } from "./stand";

export const ORDERS = "/sell/fulfillment/v1/order";
export const INVENTORY = "/sell/inventory/v1";
export const { sku, offerId } = items.featured.ebay;

export interface EbayCaller {
  readonly stand: Stand;
  /** A fresh access token is used from now on. */
  signIn(): Promise<void>;
  /** Another sandbox with other limits. */
  reopen(limits: Partial<EbayLimits>): Promise<void>;
  readonly token: string;
}

let stand: Stand;
let token: string;

/** Registers its own `beforeEach` and `afterEach`. */
export function ebayCaller(): EbayCaller {
  const open = async (limits: Partial<EbayLimits>) => {
    stand = await openStand({ venues: [ebayVenue(limits)] });
    await signIn();
  };
  const signIn = async () => {
    token = (await tokens()).body.access_token;
  };
  beforeEach(() => open({ burst: 1e6, perSecond: 1e6 }));
  afterEach(() => stand.close());
  return {
    get stand() {
      return stand;
    },
    get token() {
      return token;
    },
    signIn,
    reopen: async (limits) => {
      await stand.close();
      await open(limits);
    },
  };
}

export const hosts = () => ({ api: stand.origin, auth: stand.origin });

/** A renewal, with what a bad caller says otherwise. */
export function tokens(change: Record<string, string> = {}, basic?: string) {
  const { headers, body } = ebayAuth.refreshRequest(credentialsOf(stand), null, hosts());
  const form = { ...Object.fromEntries(new URLSearchParams(body ?? "")), ...change };
  return stand.call("/identity/v1/oauth2/token", {
    method: "POST",
    headers: { authorization: basic ?? headers["authorization"] ?? "" },
    body: new URLSearchParams(form),
  });
}

/** `bearer` null: without any. */
export function get(path: string, query: Record<string, string> = {}, bearer?: string | null) {
  return stand.call(`${path}?${new URLSearchParams(query)}`, {
    headers: bearer === null ? {} : { authorization: `Bearer ${bearer ?? token}` },
  });
}

export function post(path: string, body: object | null = null, type = "application/json") {
  return stand.call(path, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": type }) },
    ...(body && { body: JSON.stringify(body) }),
  });
}

/** Status and the number or word of the first error. */
export function errorOf(answer: { status: number; body: Json }): [number, number | string] {
  return [answer.status, answer.body.errors?.[0]?.errorId ?? answer.body.error];
}

export function row(quantity: number, more: object = {}): object {
  return {
    sku,
    shipToLocationAvailability: { quantity },
    offers: [{ offerId, availableQuantity: quantity }],
    ...more,
  };
}

export function update(...requests: object[]) {
  return post(`${INVENTORY}/bulk_update_price_quantity`, { requests });
}
