/** Amazon's listings items: one, many, and the change of a quantity (channels.md 2.2, 2.4). */
import { randomUUID } from "node:crypto";
import * as v from "valibot";
import { catalogue, type CatalogueItem } from "../catalogue";
import { findListing, setAvailable } from "../shop";
import type { Stage } from "../stage";
import type { Run } from "../state";
import { openToken, sealToken } from "../tiktok/page-token";
import { iso } from "./order-json";
import { failure, success, type Reply } from "./reply";

function badRequest(details: string): Reply {
  return failure(400, "BAD_REQUEST", "Invalid input", details);
}

const dataSets = [
  "summaries",
  "attributes",
  "issues",
  "offers",
  "fulfillmentAvailability",
  "procurement",
  "relationships",
  "productTypes",
] as const;

const commas = v.pipe(
  v.string(),
  v.transform((text) => text.split(",")),
);
const wanted = v.optional(v.pipe(commas, v.array(v.picklist(dataSets))), "summaries");

const searchSchema = v.pipe(
  v.object({
    includedData: wanted,
    identifiers: v.optional(v.pipe(commas, v.maxLength(20))),
    identifiersType: v.optional(v.picklist(["SKU", "ASIN"])),
    pageSize: v.optional(
      v.pipe(v.string(), v.regex(/^\d{1,2}$/), v.transform(Number), v.minValue(1), v.maxValue(20)),
      "10",
    ),
    pageToken: v.optional(v.string()),
    sortBy: v.optional(v.picklist(["sku", "createdDate", "lastUpdatedDate"])),
    sortOrder: v.optional(v.picklist(["ASC", "DESC"])),
    createdAfter: v.optional(v.pipe(v.string(), v.isoTimestamp(), v.transform(Date.parse))),
  }),
  v.check(
    ({ identifiers, identifiersType }) =>
      (identifiers === undefined) === (identifiersType === undefined),
    "identifiers and identifiersType go together",
  ),
);

/** Every listing here is as old as this; nothing in a rehearsal asks for more. */
const LISTED_SINCE = Date.UTC(2026, 0, 15, 8);

function itemJson(run: Run, item: CatalogueItem, included: readonly string[]): object {
  const listing = findListing(run.shop, "amazon", item.sku);
  const available = listing?.available ?? 0;
  const { sellerSku, marketplaceId, asin, productType } = item.amazon;
  return {
    sku: sellerSku,
    ...(included.includes("summaries") && {
      summaries: [
        {
          marketplaceId,
          asin,
          productType,
          conditionType: "new_new",
          // Nothing to buy is still there to be found.
          status: available > 0 ? ["BUYABLE", "DISCOVERABLE"] : ["DISCOVERABLE"],
          itemName: item.title,
          createdDate: iso(LISTED_SINCE),
          lastUpdatedDate: iso(listing?.updatedAt ?? LISTED_SINCE),
        },
      ],
    }),
    ...(included.includes("fulfillmentAvailability") && {
      fulfillmentAvailability: [{ fulfillmentChannelCode: "DEFAULT", quantity: available }],
    }),
    ...(included.includes("relationships") && {
      relationships: [{ marketplaceId, relationships: [] }],
    }),
    ...(included.includes("issues") && { issues: [] }),
  };
}

function bySku(sku: string): CatalogueItem | undefined {
  return catalogue.find((item) => item.amazon.sellerSku === sku);
}

export function getItem(run: Run, sku: string, query: Readonly<Record<string, string>>): Reply {
  const included = v.safeParse(wanted, query["includedData"]);
  if (!included.success) return badRequest("includedData: not a data set of listings items.");
  const item = bySku(sku);
  if (!item) return failure(404, "NOT_FOUND", `SKU '${sku}' not found in the marketplace.`);
  return success({ ...itemJson(run, item, included.output) });
}

export function searchItems(
  run: Run,
  query: Readonly<Record<string, string>>,
  secret: string,
): Reply {
  const parsed = v.safeParse(searchSchema, query);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return badRequest(`${v.getDotPath(issue) ?? "query"}: ${issue.message}`);
  }
  const { identifiers, identifiersType, includedData, pageSize, pageToken } = parsed.output;
  const from = pageToken === undefined ? 0 : Number(openToken(pageToken, secret) ?? "NaN");
  if (Number.isNaN(from)) return badRequest("pageToken: not one of ours.");
  const found = catalogue.filter(({ amazon }) => {
    if ((parsed.output.createdAfter ?? 0) > LISTED_SINCE) return false;
    if (identifiers === undefined) return true;
    return identifiers.includes(identifiersType === "ASIN" ? amazon.asin : amazon.sellerSku);
  });
  const page = found.slice(from, from + pageSize);
  const next = from + page.length;
  return success({
    numberOfResults: found.length,
    ...(next < found.length && { pagination: { nextToken: sealToken(String(next), secret) } }),
    items: page.map((item) => itemJson(run, item, includedData)),
  });
}

const patchSchema = v.object({
  productType: v.pipe(v.string(), v.minLength(1)),
  patches: v.pipe(
    v.array(
      v.object({
        op: v.picklist(["add", "replace", "merge", "delete"]),
        path: v.string(),
        value: v.optional(v.array(v.record(v.string(), v.unknown())), []),
      }),
    ),
    v.minLength(1),
  ),
});
type Patch = v.InferOutput<typeof patchSchema>["patches"][number];

interface Issue {
  readonly code: string;
  readonly message: string;
  readonly severity: "ERROR";
  readonly attributeNames: readonly string[];
  readonly categories: readonly string[];
}

const AVAILABILITY = "fulfillment_availability";

function issue(code: string, message: string, category: string): Issue {
  return {
    code,
    message,
    severity: "ERROR",
    attributeNames: [AVAILABILITY],
    categories: [category],
  };
}

/** The quantity that a patch sets, or why Amazon refuses it inside a 200 (channels.md 2.4). */
function quantityOf(patch: Patch): number | Issue {
  if (patch.path !== `/attributes/${AVAILABILITY}` || patch.op === "delete") {
    return issue("90000900", "The rehearsal shop changes quantities only.", "INVALID_ATTRIBUTE");
  }
  const [row, ...more] = patch.value;
  const code = row?.["fulfillment_channel_code"];
  if (code === undefined || more.length > 0) {
    return issue("90220", "'fulfillment_channel_code' is required.", "MISSING_ATTRIBUTE");
  }
  if (code !== "DEFAULT") {
    return issue("90001", "The quantity of this channel is Amazon's.", "INVALID_ATTRIBUTE");
  }
  const quantity = row?.["quantity"];
  if (typeof quantity !== "number" || !Number.isInteger(quantity) || quantity < 0) {
    return issue("90004", "'quantity' is not a whole number.", "INVALID_ATTRIBUTE");
  }
  return quantity;
}

/** Applied at once; in life "within minutes" (channels.md 2.4). A preview changes nothing. */
export function patchItem(stage: Stage, sku: string, preview: boolean, body: string): Reply {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return badRequest("The body is not JSON.");
  }
  const parsed = v.safeParse(patchSchema, json);
  if (!parsed.success) return badRequest(v.getDotPath(parsed.issues[0]) ?? "body");
  const item = bySku(sku);
  if (!item) return badRequest(`The SKU '${sku}' is not of this seller.`);
  const quantities = parsed.output.patches.map(quantityOf);
  const issues = quantities.filter((each) => typeof each !== "number");
  const submission = { sku, submissionId: randomUUID(), issues };
  if (issues.length > 0) return success({ ...submission, status: "INVALID" });
  if (preview) return success({ ...submission, status: "VALID" });
  const run = stage.run();
  let { shop } = run;
  for (const quantity of quantities) {
    if (typeof quantity !== "number") continue;
    shop = setAvailable(shop, "amazon", item.sku, quantity, stage.now());
  }
  stage.change({ ...run, shop });
  return success({ ...submission, status: "ACCEPTED" });
}
