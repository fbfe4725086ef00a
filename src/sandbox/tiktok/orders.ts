/** TikTok's order search and order detail. */
import * as v from "valibot";
import { tiktokOrderId } from "../ids";
import type { Order, Run } from "../state";
import { isStatusWord, orderJson, seconds, statusWord } from "./order-json";
import { openToken, sealToken } from "./page-token";
import { badParameter, invalid, success, type Reply } from "./reply";

const unixSeconds = v.pipe(v.number(), v.integer(), v.minValue(0));

const filterSchema = v.object({
  order_status: v.optional(v.pipe(v.string(), v.check(isStatusWord, "unknown order_status"))),
  create_time_ge: v.optional(unixSeconds),
  create_time_lt: v.optional(unixSeconds),
  update_time_ge: v.optional(unixSeconds),
  update_time_lt: v.optional(unixSeconds),
  shipping_type: v.optional(v.picklist(["TIKTOK", "SELLER"])),
  buyer_user_id: v.optional(v.string()),
  is_buyer_request_cancel: v.optional(v.boolean()),
});
type Filter = v.InferOutput<typeof filterSchema>;

const querySchema = v.object({
  page_size: v.pipe(
    v.string("required"),
    v.regex(/^\d{1,3}$/),
    v.transform(Number),
    v.minValue(1),
    v.maxValue(100),
  ),
  sort_field: v.optional(v.picklist(["create_time", "update_time"]), "create_time"),
  sort_order: v.optional(v.picklist(["ASC", "DESC"]), "DESC"),
  page_token: v.optional(v.string(), ""),
});
type Query = v.InferOutput<typeof querySchema>;

function fits(order: Order, filter: Filter): boolean {
  const created = seconds(order.createdAt);
  const updated = seconds(order.updatedAt);
  return (
    order.venue === "tiktok" &&
    (filter.order_status === undefined || filter.order_status === statusWord(order)) &&
    created >= (filter.create_time_ge ?? 0) &&
    created < (filter.create_time_lt ?? Infinity) &&
    updated >= (filter.update_time_ge ?? 0) &&
    updated < (filter.update_time_lt ?? Infinity) &&
    // Everything goes by TikTok's own shipping, and no buyer here has a number.
    filter.shipping_type !== "SELLER" &&
    filter.buyer_user_id === undefined &&
    [undefined, order.cancelledBy === "buyer"].includes(filter.is_buyer_request_cancel)
  );
}

/** Where an order stands in the sorting: both rise with their time, and never repeat. */
function placeOf(order: Order, query: Query): number {
  return query.sort_field === "create_time" ? order.seq : order.revision;
}

/**
 * A page token belongs to its question. It names the last place shown, so that orders which come or
 * change meanwhile shift nothing: sorted by update_time ascending, one that changes between two
 * pages is shown again, later, and none is left out.
 */
function tokenPlace(run: Run, query: Query, filter: Filter): string {
  return JSON.stringify([run.run, query.sort_field, query.sort_order, filter]);
}

export function searchOrders(
  run: Run,
  rawQuery: Readonly<Record<string, string>>,
  body: unknown,
  secret: string,
): Reply {
  const query = v.safeParse(querySchema, rawQuery);
  if (!query.success) return invalid(query.issues[0]);
  const filter = v.safeParse(filterSchema, body);
  if (!filter.success) return invalid(filter.issues[0]);
  const { page_size, page_token, sort_order } = query.output;
  const question = tokenPlace(run, query.output, filter.output);

  const direction = sort_order === "ASC" ? 1 : -1;
  let from = -Infinity;
  if (page_token !== "") {
    const [place, asked] = openToken(page_token, secret)?.split("|", 2) ?? [];
    if (place === undefined || asked !== question) return badParameter("Invalid page_token.");
    from = Number(place);
  }
  const key = (order: Order) => direction * placeOf(order, query.output);
  const matching = run.shop.orders
    .filter((order) => fits(order, filter.output))
    .sort((a, b) => key(a) - key(b));
  const rest = matching.filter((order) => key(order) > from);
  const page = rest.slice(0, page_size);
  const last = page.at(-1);
  const more = rest.length > page.length && last !== undefined;
  return success({
    orders: page.map((order) => orderJson(run, order)),
    next_page_token: more ? sealToken(`${key(last)}|${question}`, secret) : "",
    total_count: matching.length,
  });
}

/** At most 50 ids, joined by commas; ids that the shop does not know are left out of the answer. */
export function orderDetails(run: Run, ids: string): Reply {
  const wanted = ids.split(",");
  if (wanted.length > 50) return badParameter("At most 50 order ids.");
  if (!wanted.every((id) => /^\d{1,20}$/.test(id))) return badParameter("Invalid ids.");
  const orders = run.shop.orders.filter(
    (order) => order.venue === "tiktok" && wanted.includes(tiktokOrderId(run, order)),
  );
  return success({ orders: orders.map((order) => orderJson(run, order)) });
}
