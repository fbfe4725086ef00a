/**
 * Amazon's order search. It looks no further than two minutes before now (of the stream's time), so a
 * fresh order is not in it, however often it is asked. No order of the answers is promised; here the
 * newest change comes first, so that a caller who leans on the opposite finds out.
 */
import * as v from "valibot";
import type { Stage } from "../stage";
import type { Order } from "../state";
import { openToken, sealToken } from "../tiktok/page-token";
import { searchLagMs } from "./limits";
import { allStatusWords, iso, orderJson, statusWord } from "./order-json";
import { invalidInput, success, type Reply } from "./reply";

const instant = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/, "must be ISO 8601"),
  v.transform(Date.parse),
  v.number("must be ISO 8601"),
);

function listOf<const Words extends readonly string[]>(words: Words) {
  return v.pipe(
    v.string(),
    v.transform((text) => text.split(",")),
    v.array(v.picklist(words)),
  );
}

const querySchema = v.object({
  createdAfter: v.optional(instant),
  createdBefore: v.optional(instant),
  lastUpdatedAfter: v.optional(instant),
  lastUpdatedBefore: v.optional(instant),
  fulfillmentStatuses: v.optional(listOf(allStatusWords)),
  marketplaceIds: v.optional(v.string()),
  fulfilledBy: v.optional(listOf(["MERCHANT", "AMAZON"])),
  maxResultsPerPage: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,3}$/, "must be between 1 and 100"),
      v.transform(Number),
      v.minValue(1),
      v.maxValue(100),
    ),
    "100",
  ),
  includedData: v.optional(
    listOf([
      "BUYER",
      "RECIPIENT",
      "PROCEEDS",
      "EXPENSE",
      "PROMOTION",
      "CANCELLATION",
      "FULFILLMENT",
      "PACKAGES",
      "TAX",
      "PAYMENT",
      "FULFILLMENT_ORDERS",
    ]),
  ),
});
type Query = v.InferOutput<typeof querySchema>;

/** A page token lives a day (channels.md 2.3), by the real clock. */
const TOKEN_LIFE_MS = 24 * 3_600_000;

interface Window {
  readonly by: "createdAt" | "updatedAt";
  readonly after: number;
  readonly before: number;
}

/** The times that are asked for, or what is wrong with them. */
function windowOf(query: Query, latest: number): Window | string {
  const created = query.createdAfter !== undefined || query.createdBefore !== undefined;
  const updated = query.lastUpdatedAfter !== undefined || query.lastUpdatedBefore !== undefined;
  const after = query.createdAfter ?? query.lastUpdatedAfter;
  if (created === updated || after === undefined) {
    return "Exactly one of createdAfter and lastUpdatedAfter is required, with its own end only.";
  }
  const before = query.createdBefore ?? query.lastUpdatedBefore ?? latest;
  if (before > latest)
    return "The end must be at least two minutes before the time of the request.";
  if (after > before) return "The beginning must not be later than the end.";
  return { by: created ? "createdAt" : "updatedAt", after, before };
}

export interface OrderSearch {
  readonly stage: Stage;
  readonly marketplaceId: string;
  /** Seals page tokens. */
  readonly secret: string;
}

interface Place {
  /** Orders from this revision on were shown. */
  readonly from: number;
  /** The end of the search that the token belongs to. */
  readonly before: number | null;
}

function placeOf(
  token: string | undefined,
  question: string,
  secret: string,
  now: number,
): Place | null {
  if (token === undefined) return { from: Infinity, before: null };
  const parts = openToken(token, secret)?.split("|") ?? [];
  const [from, before, madeAt, asked] = parts;
  if (asked !== question || now > Number(madeAt) + TOKEN_LIFE_MS) return null;
  return { from: Number(from), before: Number(before) };
}

export function searchOrders(
  { stage, marketplaceId, secret }: OrderSearch,
  rawQuery: Readonly<Record<string, string>>,
): Reply {
  const run = stage.run();
  const now = stage.now();
  const { paginationToken, ...asked } = rawQuery;
  const parsed = v.safeParse(querySchema, asked);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return invalidInput(`${v.getDotPath(issue) ?? "query"}: ${issue.message}`);
  }
  const query = parsed.output;
  const markets = query.marketplaceIds?.split(",") ?? [marketplaceId];
  if (markets.some((id) => id !== marketplaceId)) {
    return invalidInput("marketplaceIds: not a marketplace that this seller takes part in.");
  }
  // All other parameters are repeated with a token, or it is none.
  const question = `${run.run} ${new URLSearchParams(asked).toString()}`;
  const place = placeOf(paginationToken, question, secret, now);
  if (place === null) return invalidInput("paginationToken: not valid for this request.");
  const latest = place.before ?? Math.floor(now - searchLagMs(run.speed));
  const window = windowOf(query, latest);
  if (typeof window === "string") return invalidInput(window);

  const fits = (order: Order) =>
    order.venue === "amazon" &&
    order[window.by] >= window.after &&
    order[window.by] <= window.before &&
    query.fulfilledBy?.includes("MERCHANT") !== false &&
    query.fulfillmentStatuses?.some((word) => word === statusWord(order)) !== false;
  const rest = run.shop.orders
    .filter((order) => fits(order) && order.revision < place.from)
    .sort((a, b) => b.revision - a.revision);
  const page = rest.slice(0, query.maxResultsPerPage);
  const last = page.at(-1);
  const more = rest.length > page.length && last !== undefined;
  const included = new Set<string>(query.includedData ?? []);
  const seal = (at: Order) =>
    sealToken([at.revision, window.before, now, question].join("|"), secret);
  return success({
    orders: page.map((order) => orderJson(run, order, included)),
    ...(more && { pagination: { nextToken: seal(last) } }),
    [window.by === "updatedAt" ? "lastUpdatedBefore" : "createdBefore"]: iso(window.before),
  });
}
