/** eBay's order list: its filter, its pages by record number, its refusals (channels.md 4.3). */
import type { Order, Run } from "../state";
import { ebayOrderId } from "../ids";
import { fulfillmentStatus, orderJson } from "./order-json";
import { badRequest, success, type Reply } from "./reply";

const LIMIT_MAX = 200;
const LIMIT_DEFAULT = 50;
const ORDER_IDS_MAX = 50;
const DAY_MS = 24 * 3600 * 1000;
/** Without a filter the last 90 days, with one the last two years. */
const UNFILTERED_MS = 90 * DAY_MS;
const OLDEST_MS = 2 * 366 * DAY_MS;

interface Range {
  readonly from: number;
  readonly to: number;
}

interface Filter {
  readonly created: Range | null;
  readonly modified: Range | null;
  /** Null: whatever its state. */
  readonly states: readonly string[] | null;
}

function instant(text: string): number {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(text)) return NaN;
  return Date.parse(text);
}

function rangeOf(text: string, now: number): Range | Reply {
  const [, from, to] = /^\[(.*?)\.\.(.*)\]$/.exec(text) ?? [];
  if (from === undefined || to === undefined) return badRequest(30_810, "Invalid date format");
  if (from === "") return badRequest(30_820, "Start date is missing");
  const range = { from: instant(from), to: to === "" ? Infinity : instant(to) };
  if (Number.isNaN(range.from) || Number.isNaN(range.to)) {
    return badRequest(30_810, "Invalid date format");
  }
  if (range.from > now || (to !== "" && range.to > now)) {
    return badRequest(30_850, "Start and end dates can't be in the future");
  }
  if (range.from > range.to) return badRequest(30_840, "Start date should be before end date");
  if (range.from < now - OLDEST_MS) {
    const message = "Time range between start date and end date must be within '2' years.";
    return badRequest(30_830, message);
  }
  return range;
}

function statesOf(text: string): readonly string[] | Reply {
  const [, words] = /^\{([A-Z_|]+)\}$/.exec(text) ?? [];
  const found = (words ?? "").split("|").sort().join("|");
  // Two combinations are known, and no single one.
  if (found === "IN_PROGRESS|NOT_STARTED" || found === "FULFILLED|IN_PROGRESS") {
    return found.split("|");
  }
  return badRequest(30_800, `Invalid filter value ${text} for filter orderfulfillmentstatus`);
}

function filterOf(text: string, now: number): Filter | Reply {
  let created: Range | null = null;
  let modified: Range | null = null;
  let states: readonly string[] | null = null;
  for (const part of text === "" ? [] : text.split(",")) {
    const [, name, value] = /^([a-z]+):(.*)$/.exec(part) ?? [];
    if (name === "orderfulfillmentstatus") {
      const read = statesOf(value ?? "");
      if ("status" in read) return read;
      states = read;
    } else if (name === "creationdate" || name === "lastmodifieddate") {
      const read = rangeOf(value ?? "", now);
      if ("status" in read) return read;
      if (name === "creationdate") created = read;
      else modified = read;
    } else return badRequest(30_700, `Invalid filter name: ${name ?? part}`);
  }
  // With both only the creation counts.
  return { created, modified: created === null ? modified : null, states };
}

function whole(text: string | undefined, absent: number): number {
  if (text === undefined) return absent;
  return /^\d{1,7}$/.test(text) ? Number(text) : NaN;
}

function within(at: number, range: Range | null): boolean {
  return range === null || (at >= range.from && at <= range.to);
}

function fits(order: Order, filter: Filter, now: number): boolean {
  if (order.venue !== "ebay") return false;
  const filtered = filter.created !== null || filter.modified !== null;
  if (!filtered && order.createdAt < now - UNFILTERED_MS) return false;
  return (
    within(order.createdAt, filter.created) &&
    within(order.updatedAt, filter.modified) &&
    (filter.states?.includes(fulfillmentStatus(order)) ?? true)
  );
}

/** `origin`: for the addresses of the pages, which eBay gives whole. */
export function searchOrders(
  run: Run,
  query: Readonly<Record<string, string>>,
  now: number,
  origin: string,
  listingId: (sku: string) => string,
): Reply {
  const ids = query["orderIds"]?.split(",");
  if (ids !== undefined && ids.length > ORDER_IDS_MAX) {
    return badRequest(30_900, "Exceeded maximum number of order IDs (the current limit is 50)");
  }
  // Ids override everything else.
  const filter = filterOf(ids === undefined ? (query["filter"] ?? "") : "", now);
  if ("status" in filter) return filter;
  const limit = ids === undefined ? whole(query["limit"], LIMIT_DEFAULT) : ORDER_IDS_MAX;
  const offset = ids === undefined ? whole(query["offset"], 0) : 0;
  if (!(limit >= 1 && limit <= LIMIT_MAX)) {
    return badRequest(31_100, `Invalid limit: ${query["limit"] ?? ""}`);
  }
  if (Number.isNaN(offset)) return badRequest(31_000, `Invalid offset: ${query["offset"] ?? ""}`);
  const matching = run.shop.orders
    .filter((order) => fits(order, filter, now))
    .filter((order) => ids?.includes(ebayOrderId(run, order)) ?? true)
    // The newest first: what is new pushes what is known across a page's border.
    .sort((a, b) => b.seq - a.seq);
  const href = (at: number) => {
    const text =
      query["filter"] === undefined ? "" : `filter=${encodeURIComponent(query["filter"])}&`;
    return `${origin}/sell/fulfillment/v1/order?${text}limit=${limit}&offset=${at}`;
  };
  return success({
    href: href(offset),
    total: matching.length,
    limit,
    offset,
    ...(offset + limit < matching.length && { next: href(offset + limit) }),
    ...(offset > 0 && { prev: href(Math.max(0, offset - limit)) }),
    orders: matching.slice(offset, offset + limit).map((order) => orderJson(run, order, listingId)),
  });
}
