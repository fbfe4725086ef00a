/**
 * Quantities to eBay (channels.md 4.4): absolute, both numbers of a SKU at once, without
 * compare-and-set and without an idempotency key; `expected` only tells how much a revision is worth.
 *
 * eBay's contract contradicts itself on how many SKUs one call takes, 1 or 25. One is safe and what is
 * done unless the shop has been tried with 25; refused with 25, each is sent alone.
 */
import type { Clock } from "../../base/clock";
import { err, ok, type Result } from "../../base/result";
import type { Listing, QuantityWrite, Refusal, WriteOutcome } from "../channel";
import { endsBatch, refusedWrites } from "../http/written";
import { ask, spoken, type EbayApi } from "./ask";
import { INVENTORY_PATH } from "./offers";
import { pooled } from "./pooled";
import type { RevisionBudget } from "./revisions";
import { bulkUpdateReplyV1, type BulkUpdateBodyV1, type UpdateRowV1 } from "./wire";

/** How many SKUs go into one call. */
export type Batch = 1 | 25;

export interface Writing {
  readonly api: EbayApi;
  readonly clock: Clock;
  readonly revisions: RevisionBudget;
  readonly batch: Batch;
}

/** Not sent: today's revisions are nearly used up, and the rest is for pause and resume. */
export const REVISIONS_KEPT_BACK = "revisions_kept_back";

/** Variations are one listing at eBay: they share their revisions and may not be revised together. */
export function revisionKey({ locationId, parentId }: Listing): string {
  return locationId === "" ? parentId : `group ${locationId}`;
}

export async function writeStock(
  writing: Writing,
  writes: readonly QuantityWrite[],
): Promise<Result<readonly WriteOutcome[], Refusal>> {
  const now = writing.clock.now();
  const paid = new Set(
    writes.filter(({ listing, reason, quantity, expected: shown }) =>
      writing.revisions.take(revisionKey(listing), { reason, quantity, shown }, now),
    ),
  );
  const lanes = await pooled(
    inLanes([...paid], writing.batch),
    (calls) => writeInTurn(writing, calls),
    ({ ended }) => ended !== null,
  );
  const done = lanes.filter((lane) => lane !== undefined);
  const outcomes = done.flatMap((lane) => lane.outcomes);
  const first = done.find((lane) => lane.first !== null)?.first ?? null;
  const tried = done.flatMap((lane) => lane.tried);
  const untried = [...paid].filter((write) => !tried.includes(write));
  for (const { listing } of untried) writing.revisions.giveBack(revisionKey(listing), now);
  const kept = writes.filter((write) => !paid.has(write)).map(keptBack);
  // Nobody was heard: that is the channel's state and not the listings'.
  if (first !== null && kept.length === 0 && !done.some((lane) => lane.heard)) return err(first);
  return ok([...kept, ...outcomes, ...(first === null ? [] : refusedWrites(untried, first))]);
}

/** Calls that go one after the other, because they concern the same listing or say many at once. */
function inLanes(writes: readonly QuantityWrite[], batch: Batch): QuantityWrite[][][] {
  if (batch > 1) {
    const calls: QuantityWrite[][] = [];
    for (let at = 0; at < writes.length; at += batch) calls.push(writes.slice(at, at + batch));
    return calls.length === 0 ? [] : [calls];
  }
  const lanes = new Map<string, QuantityWrite[][]>();
  for (const write of writes) {
    const key = revisionKey(write.listing);
    const lane = lanes.get(key);
    if (lane === undefined) lanes.set(key, [[write]]);
    else lane.push([write]);
  }
  return [...lanes.values()];
}

interface Lane {
  readonly outcomes: readonly WriteOutcome[];
  readonly tried: readonly QuantityWrite[];
  /** The first refusal of a whole call. */
  readonly first: Refusal | null;
  /** eBay answered at least one call. */
  readonly heard: boolean;
  /** Why no lane may go on. */
  readonly ended: Refusal | null;
}

async function writeInTurn(writing: Writing, calls: readonly QuantityWrite[][]): Promise<Lane> {
  const outcomes: WriteOutcome[] = [];
  const tried: QuantityWrite[] = [];
  let first: Refusal | null = null;
  let heard = false;
  const waiting = [...calls];
  for (let call = waiting.shift(); call !== undefined; call = waiting.shift()) {
    const answer = await writeOnce(writing, call);
    if (answer.ok) {
      tried.push(...call);
      outcomes.push(...answer.value);
      heard = true;
      continue;
    }
    if (answer.error.kind === "rejected" && call.length > 1) {
      waiting.unshift(...call.map((write) => [write]));
      continue;
    }
    tried.push(...call);
    outcomes.push(...refusedWrites(call, answer.error));
    // Alone in its call, the listing is what was refused, and eBay was heard.
    if (answer.error.kind === "rejected") heard = true;
    else first ??= answer.error;
    if (endsBatch(answer.error) || answer.error.kind === "unreachable") {
      return { outcomes, tried, first, heard, ended: answer.error };
    }
  }
  return { outcomes, tried, first, heard, ended: null };
}

async function writeOnce(
  { api, clock, revisions }: Writing,
  writes: readonly QuantityWrite[],
): Promise<Result<readonly WriteOutcome[], Refusal>> {
  const body: BulkUpdateBodyV1 = {
    requests: writes.map(({ listing, quantity }) => ({
      sku: listing.listingId,
      shipToLocationAvailability: { quantity },
      offers: [{ offerId: listing.parentId, availableQuantity: quantity }],
    })),
  };
  const path = `${INVENTORY_PATH}/bulk_update_price_quantity`;
  const request = { method: "POST", path, query: {}, body: JSON.stringify(body) } as const;
  const reason = writes.find((write) => write.reason !== "level")?.reason ?? "level";
  const answer = await ask(api, request, bulkUpdateReplyV1, reason);
  if (!answer.ok) {
    if (answer.error.kind === "rejected" && writes.length > 1) return answer;
    for (const { listing } of writes) {
      const key = revisionKey(listing);
      if (neverHappened(answer.error)) revisions.giveBack(key, clock.now());
      if (saysTooOften(answer.error)) revisions.refusedByEbay(key, clock.now());
    }
    return answer;
  }
  const rows = answer.value.data.responses;
  return ok(
    writes.map((write) => {
      const outcome = outcomeOf(write, rows);
      if (outcome.kind === "rejected" && isTooOften(outcome.message)) {
        revisions.refusedByEbay(revisionKey(write.listing), clock.now());
      }
      return outcome;
    }),
  );
}

/** 200 and 207 alike may hold refusals; a row of the item and one of the offer, or one for both. */
function outcomeOf({ listing }: QuantityWrite, rows: readonly UpdateRowV1[]): WriteOutcome {
  const { listingId, parentId } = listing;
  const own = rows.filter((row) =>
    row.offerId == null ? row.sku === listingId : row.offerId === parentId,
  );
  const bad = own.find((row) => row.statusCode >= 300 || row.errors.length > 0);
  if (bad !== undefined) {
    const error = bad.errors[0];
    const code = error === undefined ? `http_${bad.statusCode}` : String(error.errorId);
    return { listingId, kind: "rejected", code, message: error ? spoken(error) : "" };
  }
  if (own.length > 0) return { listingId, kind: "accepted" };
  return { listingId, kind: "rejected", code: "no_answer", message: "" };
}

function keptBack({ listing }: QuantityWrite): WriteOutcome {
  const { listingId } = listing;
  return { listingId, kind: "rejected", code: REVISIONS_KEPT_BACK, message: "" };
}

/** Turned away at the door. What was lost on the way may have been done. */
function neverHappened({ kind }: Refusal): boolean {
  return ["fenced_off", "throttled", "unauthorised", "rejected"].includes(kind);
}

/** eBay gives this no number of its own; its words speak of revisions and of how many. */
function isTooOften(message: string): boolean {
  return /revis/i.test(message) && /\b250\b|limit|exceed|maximum|threshold/i.test(message);
}

function saysTooOften(refusal: Refusal): boolean {
  return refusal.kind === "rejected" && isTooOften(refusal.message);
}
