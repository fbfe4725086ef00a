/**
 * Ledger entries: the only way stock changes (requirements.md, "The ledger in one paragraph").
 * A move takes whole units from one account to another; a note records something that moves no
 * units. Entries are immutable, numbered without gaps, and each carries an idempotency key: the
 * same event twice is one entry.
 */
import * as v from "valibot";
import { channelIds, type ChannelId, type Sku } from "../base/ids";
import { isAccount, ownAccount, type Account } from "./accounts";

/** Where a move is when it says nothing else. */
export const MAIN_LOCATION = "main";

/** Grouped by whose word they are booked on. */
export const moveKinds = [
  // The seller's word
  "count",
  /** Goods came in; out of "incoming" where they were announced. */
  "receipt",
  /** A supplier promised them; expiresAt = when they should be here (requirement 72). */
  "expect",
  "adjust",
  "damage",
  /** A refund is not a restock: both only on the seller's word. */
  "return_restock",
  "return_scrap",
  "transfer",
  /** Takes another move back, named by `resolves`. */
  "reverse",
  // Reservations
  "reserve",
  "grow",
  /** Units go back to the free pool while the stream is on; the reservation lives on. */
  "shrink",
  /** reason = window_end, manual. */
  "release",
  // The channel's word. Out of "reserved:" is what consumes a reservation.
  "hold",
  "commit",
  "pay",
  "cancel",
  "ship",
  /** The time to pay ran out. */
  "expire",
] as const;
export type MoveKind = (typeof moveKinds)[number];

export interface Move {
  readonly type: "move";
  readonly key: string;
  /** When it happened, by the clock of whoever reported it; ms since the epoch. */
  readonly at: number;
  /**
   * How old the report is that it came from: the channel's update time of the order, ms. An order
   * placed at `at` may first be seen long after, already paid; a report older than this one is history.
   */
  readonly reportedAt: number;
  readonly kind: MoveKind;
  readonly sku: Sku;
  /** Whole units, 1 or more. */
  readonly quantity: number;
  readonly from: Account;
  readonly to: Account;
  /** The order line or stream it belongs to; "" for none. */
  readonly ref: string;
  /** Where the units are; absent = MAIN_LOCATION. */
  readonly location?: string | undefined;
  /** Where they go, if that is another place: transfers alone. */
  readonly toLocation?: string | undefined;
  /** Key of the entry that this one takes back. */
  readonly resolves?: string | undefined;
  /** Of a hold: until when the buyer may pay; ms. */
  readonly expiresAt?: number | undefined;
  /** A code: why. */
  readonly reason?: string | undefined;
  /** Who said so; absent = the program itself. */
  readonly actor?: string | undefined;
}

export const noteKinds = [
  /** n = planned units; ref = stream; detail = JSON of StreamPlan. */
  "stream_planned",
  /** The user's own order of streams that overlap; n = rank, the lowest first; ref = stream. */
  "stream_ranked",
  /** at = start; n = end, ms; ref = stream. */
  "stream_started",
  /** The end was moved; n = new end, ms. */
  "stream_cut",
  /** Settled: everything up to the end was read. */
  "stream_ended",
  /** The engine asks a channel for a quantity (n); ref = push id. */
  "push_requested",
  /** The channel took it; ref = push id. */
  "push_confirmed",
  /** It did not; detail = code. */
  "push_failed",
  /** detail = level; n = sellable on the live channel. */
  "alert",
  /** The other channels are held at 0 for this SKU; ref = stream. */
  "paused",
  "resumed",
  /** Live channel sold out (n = 1) or back (n = 0); ref = stream. */
  "stockout",
  /** available fell below 0; n = units; detail = OversellCause. */
  "oversold",
  /** Reading stopped for n milliseconds. */
  "gap",
  /** A person counted n units; the move that corrects the ledger follows, if one is needed. */
  "counted",
  /** A person did a step of the run-book; detail = its code; ref = stream. */
  "run_book",
  /** A channel shows other than it should: n = channel minus ledger; ref = case. */
  "drift_opened",
  /** detail = how; n = what the channel showed then, from where its number counts anew; ref = case. */
  "drift_settled",
  /**
   * From a test order to the other channel's number, n = ms (requirement 70); channel = the other one,
   * detail = where it was ordered; ref = the test order's line, which is no sale.
   */
  "latency_test",
  /** How alerts act: detail = JSON of AlertActs; ref = stream, "" = the whole book. */
  "acts_set",
  /** The seller is asked for an alert's act: detail = ActId; n = until when, ms; ref = stream. */
  "act_asked",
  /** detail = ActId and AskAnswer; ref = stream. */
  "act_answered",
  /** Red: the live listing is held at 0; n = what it could still sell; ref = stream. */
  "live_stopped",
  "live_resumed",
  /** By the seller's hand: every listing of this channel is held at 0, whatever the stream. */
  "channel_held",
  "channel_freed",
  /** The seller wants n units of a running stream's reservation in the free pool; 0 = no more. */
  "lend_wished",
  /** Constants of the method that the seller set: detail = JSON of all that differ from the seed. */
  "constants_set",
  /** A listing of a live shop sells this SKU; ref = listing id; detail = JSON of the listing. */
  "listing_mapped",
] as const;
export type NoteKind = (typeof noteKinds)[number];

export interface Note {
  readonly type: "note";
  readonly key: string;
  readonly at: number;
  readonly kind: NoteKind;
  readonly sku: Sku | "";
  readonly channel: ChannelId | "";
  readonly n: number;
  readonly detail: string;
  readonly ref: string;
  /** Who did it; absent = the program itself. */
  readonly actor?: string | undefined;
}

/** An entry that is not in the ledger yet. */
export type Draft = Move | Note;
/** `bookedAt`: when this machine wrote it, ms. */
export type Entry = Draft & { readonly seq: number; readonly bookedAt: number };

/**
 * The entry a draft becomes. Every move has the same fields in the same order, those it does not need
 * undefined, and so has every note: the processor's caches know one kind of object then, not one for
 * each mix of fields, which makes the fold of a day half as long again.
 */
export function numbered(draft: Draft, seq: number, bookedAt: number): Entry {
  const { key, at, ref, actor } = draft;
  if (draft.type === "note") {
    const { type, kind, sku, channel, n, detail } = draft;
    return { type, seq, bookedAt, key, at, ref, kind, sku, channel, n, detail, actor };
  }
  const { type, reportedAt, kind, sku, quantity, from, to } = draft;
  const { location, toLocation, resolves, expiresAt, reason } = draft;
  // One literal: spread out of parts it would be copied field by field, each time.
  return {
    type,
    seq,
    bookedAt,
    key,
    at,
    ref,
    reportedAt,
    kind,
    sku,
    quantity,
    from,
    to,
    location,
    toLocation,
    resolves,
    expiresAt,
    reason,
    actor,
  };
}

/**
 * One of these words, as the very text of the list: what comes out of JSON is a copy that is read
 * letter by letter wherever it is compared, and the fold compares it with twenty words.
 */
function oneOf<W extends string>(words: readonly W[]) {
  const own = new Map<string, W>(words.map((word) => [word, word]));
  const known = v.custom<W>((found) => typeof found === "string" && own.has(found));
  return v.pipe(
    known,
    v.transform((found) => own.get(found) ?? found),
  );
}

const text = v.pipe(v.string(), v.maxLength(4000));
const word = v.pipe(v.string(), v.maxLength(200));
const sku = v.pipe(
  v.string(),
  v.maxLength(200),
  v.transform((s) => s as Sku),
);
const time = v.pipe(v.number(), v.finite());
const account = v.pipe(v.string(), v.check(isAccount), v.transform(ownAccount));
const numbering = {
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  bookedAt: time,
  key: text,
  at: time,
  ref: text,
};

/** Entries come back from disk and journal: parsed, never trusted. */
export const entrySchema = v.variant("type", [
  v.object({
    type: v.literal("move"),
    ...numbering,
    reportedAt: time,
    kind: oneOf(moveKinds),
    sku,
    quantity: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
    from: account,
    to: account,
    location: v.optional(word),
    toLocation: v.optional(word),
    resolves: v.optional(text),
    expiresAt: v.optional(time),
    reason: v.optional(word),
    actor: v.optional(word),
  }),
  v.object({
    type: v.literal("note"),
    ...numbering,
    kind: oneOf(noteKinds),
    sku,
    channel: v.picklist([...channelIds, ""]),
    n: v.pipe(v.number(), v.finite()),
    detail: text,
    actor: v.optional(word),
  }),
]);

export function note(
  kind: NoteKind,
  key: string,
  at: number,
  rest: Partial<Pick<Note, "sku" | "channel" | "n" | "detail" | "ref" | "actor">> = {},
): Note {
  return { type: "note", kind, key, at, sku: "", channel: "", n: 0, detail: "", ref: "", ...rest };
}
