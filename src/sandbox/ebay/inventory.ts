/** eBay's inventory items: lists, bulk reads, and the bulk write of both quantities (channels.md 4.2, 4.4). */
import * as v from "valibot";
import { catalogue, type CatalogueItem } from "../catalogue";
import { findListing, setAvailable } from "../shop";
import type { Run } from "../state";
import type { EbayMemory } from "./memory";
import { badRequest, ebayError, success, type EbayError, type Reply } from "./reply";

/** What a call answers, and the run that follows. */
export interface Outcome {
  readonly run: Run;
  readonly reply: Reply;
}

const SKUS_MAX = 25;
const QUANTITY_MAX = 1_000_000;

export function itemBySku(sku: string): CatalogueItem | undefined {
  return catalogue.find((item) => item.ebay.sku === sku);
}

function itemJson(run: Run, item: CatalogueItem, memory: EbayMemory): object {
  return {
    sku: item.ebay.sku,
    locale: "en_US",
    condition: "NEW",
    product: { title: item.title },
    availability: {
      shipToLocationAvailability: { quantity: memory.quantities(run, item).item },
    },
  };
}

function number(text: string | undefined, absent: number, max: number): number {
  if (text === undefined) return absent;
  return /^\d{1,6}$/.test(text) && Number(text) <= max ? Number(text) : NaN;
}

/** `offset` counts pages here. */
export function listItems(
  run: Run,
  query: Readonly<Record<string, string>>,
  memory: EbayMemory,
): Reply {
  const limit = number(query["limit"], 25, 200);
  const page = number(query["offset"], 0, 999_999);
  if (!(limit >= 1) || Number.isNaN(page)) {
    return badRequest(25_706, "You have provided invalid pagination values.");
  }
  const shown = catalogue.slice(page * limit, (page + 1) * limit);
  const href = (at: number) => `/sell/inventory/v1/inventory_item?limit=${limit}&offset=${at}`;
  return success({
    href: href(page),
    limit,
    total: catalogue.length,
    size: Math.ceil(catalogue.length / limit),
    ...((page + 1) * limit < catalogue.length && { next: href(page + 1) }),
    ...(page > 0 && { prev: href(page - 1) }),
    inventoryItems: shown.map((item) => itemJson(run, item, memory)),
  });
}

const bulkGetSchema = v.object({
  requests: v.pipe(v.array(v.object({ sku: v.string() })), v.minLength(1)),
});

export function bulkGet(run: Run, body: unknown, memory: EbayMemory): Reply {
  const parsed = v.safeParse(bulkGetSchema, body);
  if (!parsed.success) return invalid(parsed.issues[0]);
  const { requests } = parsed.output;
  if (requests.length > SKUS_MAX) {
    const message = `The number of InventoryItems in the request cannot exceed ${SKUS_MAX}.`;
    return badRequest(25_727, message);
  }
  if (new Set(requests.map(({ sku }) => sku)).size < requests.length) {
    return badRequest(25_734, "SKU should be unique in the request.");
  }
  const responses = requests.map(({ sku }) => {
    const item = itemBySku(sku);
    if (item === undefined) return { sku, statusCode: 404, errors: [unknownSku(sku)] };
    return { sku, statusCode: 200, inventoryItem: itemJson(run, item, memory) };
  });
  return rows(responses);
}

function rows(responses: readonly { readonly statusCode: number }[]): Reply {
  const fine = responses.every(({ statusCode }) => statusCode === 200);
  return success({ responses }, fine ? 200 : 207);
}

function unknownSku(sku: string): EbayError {
  return ebayError(25_702, `SKU ${sku} is not available in the system`);
}

const quantity = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(QUANTITY_MAX));
const rowSchema = v.object({
  sku: v.optional(v.string()),
  shipToLocationAvailability: v.optional(v.object({ quantity: v.optional(quantity) })),
  offers: v.optional(
    v.array(v.object({ offerId: v.string(), availableQuantity: v.optional(quantity) })),
    [],
  ),
});
type Row = v.InferOutput<typeof rowSchema>;
const bulkUpdateSchema = v.object({ requests: v.pipe(v.array(rowSchema), v.minLength(1)) });

/** `skusMax`: the contract says 1 in one place and 25 in another. */
export function bulkUpdate(
  run: Run,
  body: unknown,
  memory: EbayMemory,
  { skusMax, now }: { readonly skusMax: number; readonly now: number },
): Outcome {
  const parsed = v.safeParse(bulkUpdateSchema, body);
  if (!parsed.success) return { run, reply: invalid(parsed.issues[0]) };
  const { requests } = parsed.output;
  if (requests.length > skusMax) {
    const message = `Invalid value for requests. At most ${skusMax} SKU can be updated per call.`;
    return { run, reply: badRequest(25_709, message) };
  }
  let next = run;
  const responses = requests.map((row) => {
    const done = updateRow(next, row, memory, now);
    next = done.run;
    const { sku } = row;
    const offerId = row.offers[0]?.offerId;
    return {
      ...(sku !== undefined && { sku }),
      ...(offerId !== undefined && { offerId }),
      statusCode: done.error === null ? 200 : 400,
      ...(done.error !== null && { errors: [done.error] }),
    };
  });
  return { run: next, reply: rows(responses) };
}

/** All of a row or nothing of it. */
function updateRow(
  run: Run,
  row: Row,
  memory: EbayMemory,
  now: number,
): { readonly run: Run; readonly error: EbayError | null } {
  const [offer, second] = row.offers;
  const item =
    row.sku === undefined
      ? catalogue.find(({ ebay }) => ebay.offerId === offer?.offerId)
      : itemBySku(row.sku);
  const toItem = row.shipToLocationAvailability?.quantity;
  const toOffer = offer?.availableQuantity;
  const error = updateError(run, item, row, second !== undefined);
  if (error !== null || item === undefined)
    return { run, error: error ?? unknownSku(row.sku ?? "") };
  if (!memory.revise(run, item, now)) {
    // Words of our own: eBay's for this are not published.
    const message = "This listing has reached its limit of 250 revisions for today.";
    return { run, error: ebayError(25_002, message) };
  }
  const current = memory.quantities(run, item);
  const shown = memory.set(run, item, {
    item: toItem ?? current.item,
    offer: toOffer ?? current.offer,
  });
  const shop = setAvailable(run.shop, "ebay", item.sku, shown, now);
  return { run: { ...run, shop }, error: null };
}

function updateError(
  run: Run,
  item: CatalogueItem | undefined,
  row: Row,
  severalOffers: boolean,
): EbayError | null {
  const [offer] = row.offers;
  if (row.shipToLocationAvailability?.quantity === undefined && offer === undefined) {
    return ebayError(25_709, "Invalid value for requests. There is nothing to update.");
  }
  if (offer !== undefined && !catalogue.some(({ ebay }) => ebay.offerId === offer.offerId)) {
    return ebayError(25_713, `This Offer is not available : ${offer.offerId}.`);
  }
  if (item === undefined) return unknownSku(row.sku ?? "");
  if (severalOffers || (offer !== undefined && item.ebay.offerId !== offer.offerId)) {
    return ebayError(25_709, "Invalid value for offers. They are not of this SKU, or repeated.");
  }
  const off = findListing(run.shop, "ebay", item.sku)?.status === "off";
  if (offer !== undefined && off) {
    return ebayError(25_002, "A user error has occurred. The offer is not published.");
  }
  return null;
}

export function invalid(issue: v.BaseIssue<unknown>): Reply {
  const place = v.getDotPath(issue) ?? "the body";
  return badRequest(25_709, `Invalid value for ${place}. ${issue.message}`);
}
