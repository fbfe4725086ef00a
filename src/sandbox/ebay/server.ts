/** eBay's Sell APIs as far as stock and orders need them: paths, gate, limits (channels.md 4). */
import { Hono, type Context } from "hono";
import type { Bucket } from "../bucket";
import { itemOf } from "../catalogue";
import type { Keyring } from "../credentials";
import { orderById } from "../ids";
import type { Stage } from "../stage";
import { bulkGet, bulkUpdate, listItems, type Outcome } from "./inventory";
import { EbayMemory } from "./memory";
import { offersOfSku, oneOffer, publishOffer } from "./offers";
import { shipmentsJson } from "./order-json";
import { searchOrders } from "./orders";
import {
  badRequest,
  ebayError,
  failure,
  success,
  tooManyCalls,
  toResponse,
  type Reply,
} from "./reply";
import { areasOf, type Area, type TokenDesk } from "./tokens";

export interface EbayOptions {
  readonly stage: Stage;
  readonly keyring: Keyring;
  readonly desk: TokenDesk;
  readonly calls: Bucket;
  /** SKUs that one write call takes. */
  readonly skusMax: number;
}

/** What a route gets once the gate let the call in. */
interface Admitted {
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

function stopAtGate({ stage, keyring, calls }: EbayOptions, c: Context, area: Area): Reply | null {
  const [, token] = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "") ?? [];
  if (token === undefined) {
    const message = "Missing access token. Check the value of the Authorization HTTP header.";
    return failure(401, ebayError(1002, message, "OAuth"));
  }
  const areas = areasOf(token, keyring.read().ebay.clientSecret, stage.now());
  if (areas === null) {
    const message = "Invalid access token. Check the value of the Authorization HTTP header.";
    return failure(401, ebayError(1001, message, "OAuth"));
  }
  if (!areas.includes(area)) {
    const message = "Access denied. Insufficient permissions to fulfill the request.";
    return failure(403, ebayError(1100, message, "ACCESS"));
  }
  return calls.take(1, stage.now()) ? null : tooManyCalls(null);
}

async function admit(options: EbayOptions, c: Context, area: Area): Promise<Reply | Admitted> {
  const stopped = stopAtGate(options, c, area);
  if (stopped !== null) return stopped;
  const query = c.req.query();
  const text = c.req.method === "GET" ? "" : await c.req.text();
  if (text === "") return { query, body: {} };
  if (!(c.req.header("content-type") ?? "").startsWith("application/json")) {
    return { status: 415, body: { errors: [] } };
  }
  try {
    return { query, body: JSON.parse(text) as unknown };
  } catch {
    return badRequest(25_709, "Invalid value for the body. It is not JSON.");
  }
}

function isReply(admitted: Reply | Admitted): admitted is Reply {
  return "status" in admitted;
}

const INVENTORY = "/sell/inventory/v1";
const ORDERS = "/sell/fulfillment/v1/order";

export function ebayApp(options: EbayOptions): Hono {
  const { stage, desk, skusMax } = options;
  const memory = new EbayMemory();
  const app = new Hono();
  const route = (
    method: "GET" | "POST",
    path: string,
    answer: (admitted: Admitted, c: Context) => Reply,
  ) =>
    app.on(method, path, async (c) => {
      const area = path.startsWith(ORDERS) ? "fulfillment" : "inventory";
      const admitted = await admit(options, c, area);
      const reply = isReply(admitted) ? admitted : answer(admitted, c);
      return toResponse(reply, stage.now());
    });
  const apply = (outcome: Outcome): Reply => {
    stage.change(outcome.run);
    return outcome.reply;
  };
  const listingId = (sku: string) => memory.listingId(stage.run(), itemOf(sku));

  route("GET", ORDERS, ({ query }, c) =>
    searchOrders(stage.run(), query, stage.now(), new URL(c.req.url).origin, listingId),
  );
  route("GET", `${ORDERS}/:id/shipping_fulfillment`, (_, c) => {
    const id = c.req.param("id") ?? "";
    const order = orderById(stage.run(), id);
    if (order?.venue !== "ebay") return badRequest(32_100, `Invalid order ID: ${id}`);
    return success(shipmentsJson(stage.run(), order));
  });
  route("GET", `${INVENTORY}/inventory_item`, ({ query }) => listItems(stage.run(), query, memory));
  route("GET", `${INVENTORY}/inventory_item_group/:key`, (_, c) => {
    const message = `The Inventory Item Group named ${c.req.param("key") ?? ""} could not be found.`;
    return failure(404, ebayError(25_705, message));
  });
  route("POST", `${INVENTORY}/bulk_get_inventory_item`, ({ body }) =>
    bulkGet(stage.run(), body, memory),
  );
  route("POST", `${INVENTORY}/bulk_update_price_quantity`, ({ body }) =>
    apply(bulkUpdate(stage.run(), body, memory, { skusMax, now: stage.now() })),
  );
  route("GET", `${INVENTORY}/offer`, ({ query }) => offersOfSku(stage.run(), query, memory));
  // No listing here has variations, so that no group has an offer.
  for (const word of ["publish", "withdraw"]) {
    route("POST", `${INVENTORY}/offer/${word}_by_inventory_item_group`, () =>
      badRequest(25_725, "No offer found"),
    );
  }
  route("GET", `${INVENTORY}/offer/:id`, (_, c) =>
    oneOffer(stage.run(), c.req.param("id") ?? "", memory),
  );
  for (const word of ["publish", "withdraw"] as const) {
    route("POST", `${INVENTORY}/offer/:id/${word}`, (_, c) => {
      const id = c.req.param("id") ?? "";
      const by = { memory, now: stage.now() };
      return apply(publishOffer(stage.run(), id, word === "publish", by));
    });
  }
  app.post("/identity/v1/oauth2/token", async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const reply = desk.answer(c.req.header("authorization") ?? "", form);
    return toResponse(reply, stage.now());
  });
  app.notFound(() => {
    const error = ebayError(2002, "The resource was not found.", "ACCESS");
    return toResponse(failure(404, error), stage.now());
  });
  return app;
}
