/** TikTok Shop's Open API as far as stock and orders need it: paths, gate, limits (channels.md 1). */
import { Hono, type Context } from "hono";
import type { Bucket } from "../bucket";
import { TIKTOK_WAREHOUSE_ID } from "../catalogue";
import type { Keyring } from "../credentials";
import type { Stage } from "../stage";
import { stopAtGate, type Call } from "./gate";
import { orderDetails, searchOrders } from "./orders";
import { productDetail, searchProducts } from "./listings";
import { listProducts, searchInventory, updateInventory, type Outcome } from "./products";
import { badParameter, failure, success, tooManyCalls, toResponse, type Reply } from "./reply";
import type { TokenDesk } from "./tokens";

export interface TikTokOptions {
  readonly stage: Stage;
  readonly keyring: Keyring;
  readonly desk: TokenDesk;
  readonly calls: Bucket;
  /** What the seller granted; everything, where left out. */
  readonly granted?: ReadonlySet<string>;
}

/** TikTok's names of what a call needs; third-party sources (channels.md 1.9 has the code alone). */
const rights = {
  shops: "seller.authorization.info",
  warehouses: "seller.logistics",
  orders: "seller.order.info",
  read: "seller.product.basic",
  write: "seller.product.write",
} as const;

/** What a route gets once the gate let the call in. */
interface Admitted {
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

async function callOf(c: Context): Promise<Call> {
  const url = new URL(c.req.url);
  return {
    method: c.req.method,
    path: url.pathname,
    query: [...url.searchParams],
    body: await c.req.text(),
    contentType: c.req.header("content-type") ?? "",
    accessToken: c.req.header("x-tts-access-token") ?? "",
  };
}

/** A JSON object; "no body" counts as an empty one, as the searches take it. */
function bodyOf(call: Call): { readonly value: unknown } | null {
  if (call.method === "GET" || call.body === "") return { value: {} };
  try {
    return { value: JSON.parse(call.body) as unknown };
  } catch {
    return null;
  }
}

function admit(
  options: TikTokOptions,
  call: Call,
  shopScoped: boolean,
  right: string,
): Reply | Admitted {
  const now = options.stage.now();
  const stopped = stopAtGate(call, options.keyring.read().tiktok, shopScoped, now);
  if (stopped) return stopped;
  if (options.granted?.has(right) === false) {
    return failure(403, 105005, "Access denied: the access token lacks the required scope.");
  }
  if (!options.calls.take(1, now)) return tooManyCalls(1);
  if (call.method === "POST" && !call.contentType.startsWith("application/json")) {
    return badParameter("Invalid content-type: application/json is required.");
  }
  const body = bodyOf(call);
  if (!body) return badParameter("Invalid request body: it is not JSON.");
  return { query: Object.fromEntries(call.query), body: body.value };
}

function apply(stage: Stage, outcome: Outcome): Reply {
  stage.change(outcome.run);
  return outcome.reply;
}

function shops(keyring: Keyring): Reply {
  const { shopCipher } = keyring.read().tiktok;
  const shop = {
    id: "7495540735365777507",
    name: "Rehearsal shop",
    region: "US",
    seller_type: "LOCAL",
    cipher: shopCipher,
    code: "USLCREHEARSE",
  };
  return success({ shops: [shop] });
}

function warehouses(): Reply {
  const warehouse = {
    id: TIKTOK_WAREHOUSE_ID,
    name: "Rehearsal warehouse",
    effect_status: "ENABLED",
    type: "SALES_WAREHOUSE",
    sub_type: "DOMESTIC_WAREHOUSE",
    is_default: true,
  };
  return success({ warehouses: [warehouse] });
}

export function tiktokApp(options: TikTokOptions): Hono {
  const { stage, keyring, desk } = options;
  const app = new Hono();
  const route = (
    method: "GET" | "POST",
    path: string,
    shopScoped: boolean,
    right: string,
    answer: (admitted: Admitted, c: Context) => Reply,
  ) =>
    app.on(method, path, async (c) => {
      const call = await callOf(c);
      const admitted = admit(options, call, shopScoped, right);
      const reply = "query" in admitted ? answer(admitted, c) : admitted;
      return toResponse(reply, stage.now());
    });

  route("GET", "/authorization/202309/shops", false, rights.shops, () => shops(keyring));
  route("GET", "/logistics/202309/warehouses", true, rights.warehouses, warehouses);
  route("POST", "/order/202309/orders/search", true, rights.orders, ({ query, body }) =>
    searchOrders(stage.run(), query, body, keyring.read().tiktok.appSecret),
  );
  for (const version of ["202309", "202507"]) {
    route("GET", `/order/${version}/orders`, true, rights.orders, ({ query }) =>
      orderDetails(stage.run(), query["ids"] ?? ""),
    );
  }
  route("POST", "/product/202309/inventory/search", true, rights.read, ({ body }) =>
    searchInventory(stage.run(), body),
  );
  for (const version of ["202309", "202312", "202502"]) {
    route("POST", `/product/${version}/products/search`, true, rights.read, ({ query, body }) =>
      searchProducts(stage.run(), query, body, keyring.read().tiktok.appSecret),
    );
  }
  route("GET", "/product/202309/products/:id", true, rights.read, (_admitted, c) =>
    productDetail(stage.run(), c.req.param("id") ?? ""),
  );
  route(
    "POST",
    "/product/202309/products/:id/inventory/update",
    true,
    rights.write,
    ({ body }, c) =>
      apply(stage, updateInventory(stage.run(), c.req.param("id") ?? "", body, stage.now())),
  );
  for (const action of ["activate", "deactivate"] as const) {
    route("POST", `/product/202309/products/${action}`, true, rights.write, ({ body }) =>
      apply(stage, listProducts(stage.run(), action, body, stage.now())),
    );
  }
  // The token host is another one in life; it is told apart by its path here.
  for (const path of ["get", "refresh"] as const) {
    app.get(`/api/v2/token/${path}`, (c) =>
      toResponse(desk.answer(path, c.req.query()), stage.now()),
    );
  }
  app.notFound(() => toResponse(failure(404, 36009009, "Invalid path"), stage.now()));
  return app;
}
