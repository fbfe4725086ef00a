/**
 * Ledger entries: the only way stock changes (requirements.md, "The ledger in one paragraph").
 * A move takes whole units from one account to another; a note records something that moves no
 * units. Entries are immutable, numbered without gaps, and each carries an idempotency key: the
 * same event twice is one entry.
 */
import * as v from "valibot";
import { channelIds, type ChannelId, type Sku } from "../base/ids";

/**
 * Where units can be. "external" is the world outside (counts, receipts); on hand is the sum of
 * available, reserved, held, committed and damaged (invariant I1).
 */
export type Account =
  | "external"
  | "available"
  | "damaged"
  | "shipped"
  | `reserved:${string}`
  | `held:${ChannelId}`
  | `committed:${ChannelId}`;

export type MoveKind =
  "count" | "reserve" | "release" | "hold" | "commit" | "pay" | "cancel" | "ship";

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
}

export type NoteKind =
  /** n = planned units; ref = stream; detail = JSON of StreamPlan. */
  | "stream_planned"
  /** at = start; n = end, ms; ref = stream. */
  | "stream_started"
  /** The end was moved; n = new end, ms. */
  | "stream_cut"
  /** Settled: everything up to the end was read. */
  | "stream_ended"
  /** The engine asks a channel for a quantity (n); ref = push id. */
  | "push_requested"
  /** The channel took it; ref = push id. */
  | "push_confirmed"
  /** It did not; detail = code. */
  | "push_failed"
  /** detail = level; n = sellable on the live channel. */
  | "alert"
  /** The other channels are held at 0 for this SKU; ref = stream. */
  | "paused"
  | "resumed"
  /** Live channel sold out (n = 1) or back (n = 0); ref = stream. */
  | "stockout"
  /** available fell below 0 by an order the channel had accepted; n = units. */
  | "oversold"
  /** Reading stopped for n milliseconds. */
  | "gap";

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
}

/** An entry that is not in the ledger yet. */
export type Draft = Move | Note;
/** `bookedAt`: when this machine wrote it, ms. */
export type Entry = Draft & { readonly seq: number; readonly bookedAt: number };

const text = v.pipe(v.string(), v.maxLength(4000));
const sku = v.pipe(
  v.string(),
  v.maxLength(200),
  v.transform((s) => s as Sku),
);
const time = v.pipe(v.number(), v.finite());
const account = v.pipe(
  v.string(),
  v.regex(
    new RegExp(
      `^(external|available|damaged|shipped|reserved:.{1,100}|(held|committed):(${channelIds.join("|")}))$`,
      "s",
    ),
  ),
  v.transform((s) => s as Account),
);
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
    kind: v.picklist(["count", "reserve", "release", "hold", "commit", "pay", "cancel", "ship"]),
    sku,
    quantity: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
    from: account,
    to: account,
  }),
  v.object({
    type: v.literal("note"),
    ...numbering,
    kind: v.picklist([
      "stream_planned",
      "stream_started",
      "stream_cut",
      "stream_ended",
      "push_requested",
      "push_confirmed",
      "push_failed",
      "alert",
      "paused",
      "resumed",
      "stockout",
      "oversold",
      "gap",
    ]),
    sku,
    channel: v.picklist([...channelIds, ""]),
    n: v.pipe(v.number(), v.finite()),
    detail: text,
  }),
]);

export function note(
  kind: NoteKind,
  key: string,
  at: number,
  rest: Partial<Pick<Note, "sku" | "channel" | "n" | "detail" | "ref">> = {},
): Note {
  return { type: "note", kind, key, at, sku: "", channel: "", n: 0, detail: "", ref: "", ...rest };
}
