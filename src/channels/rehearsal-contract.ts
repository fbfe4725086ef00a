/**
 * The rehearsal's remote control: what the worker asks of the sandbox, through the companion
 * (GET/POST /api/rehearsal..., passed on as they are), beside the channels' own protocols.
 *
 *   GET  /api/rehearsal         -> RehearsalState
 *   POST /api/rehearsal/new     {}                     -> RehearsalState   a fresh shop, phase "idle"
 *   POST /api/rehearsal/start   { run, speed }         -> RehearsalState   shoppers arrive
 *   POST /api/rehearsal/stop    { run }                -> RehearsalState   shoppers leave now
 *   GET  /api/rehearsal/truth                          -> Truth
 *   POST /api/rehearsal/order   RehearsalOrder         -> { order }        one shopper, right now
 *
 * `new` also takes { seed, unpaidMinutes }: the same seed brings the same shoppers; TikTok cancels what
 * is not paid within so many minutes of the stream. A refusal has a 4xx status and
 * { error: { code, message } }; an order that the listing cannot serve is 409 `sold_out` or
 * `not_offered`. What goes wrong on request, by hand and in tests (sandbox/README.md):
 *
 *   GET  /api/rehearsal/fault                          -> { faults }
 *   POST /api/rehearsal/fault        { channel, kind } -> { fault }
 *   POST /api/rehearsal/fault/clear  {}                -> { faults }
 *
 * Asked of the sandbox itself only: `pay`, `ship` and `cancel`, each { order } -> { order }, and
 * `consent` { channel } -> { code }.
 */
import * as v from "valibot";
import { channelIds } from "../base/ids";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const rehearsalItemSchema = v.object({
  sku: v.string(),
  title: v.string(),
  /** Units in the warehouse when the run was made. */
  onHand: count,
  /** Units sold on each of the 30 complete days before the stream, oldest first. */
  dailySales: v.array(count),
  /** The item that the creator shows; the others only sell along. */
  featured: v.boolean(),
  /** Where the item is listed, the live channel first, with the ids that channel.ts names. */
  listings: v.array(
    v.object({
      channel: v.picklist(channelIds),
      listingId: v.string(),
      parentId: v.string(),
      locationId: v.string(),
    }),
  ),
});
export type RehearsalItem = v.InferOutput<typeof rehearsalItemSchema>;

export const rehearsalStateSchema = v.object({
  /** Lower-case letters and digits; the run's book is `rehearsal-${run}`. */
  run: v.pipe(v.string(), v.regex(/^[a-z0-9]{1,40}$/)),
  phase: v.picklist(["idle", "running", "ended"]),
  /** How many times faster than life: 60 plays three hours in three minutes. */
  speed: v.pipe(v.number(), v.minValue(1), v.maxValue(3600)),
  /** Real time, milliseconds since the epoch; null while idle. */
  startedAt: v.nullable(v.number()),
  endsAt: v.nullable(v.number()),
  /** The stream's length in its own minutes (180). */
  streamMinutes: v.number(),
  creator: v.object({ name: v.string(), followers: count }),
  items: v.array(rehearsalItemSchema),
});
export type RehearsalState = v.InferOutput<typeof rehearsalStateSchema>;

/** What really happened, known to the sandbox alone; tests and the review compare against it. */
export const truthSchema = v.object({
  run: v.string(),
  phase: v.picklist(["idle", "running", "ended"]),
  items: v.array(
    v.object({
      sku: v.string(),
      onHand: count,
      /** Units of open paid orders, by channel. */
      committed: v.record(v.string(), count),
      /** Units of open unpaid orders, by channel. */
      held: v.record(v.string(), count),
      /** Units ordered in all, less cancelled, by channel. */
      sold: v.record(v.string(), count),
      /** Units the listing offers right now, by channel. */
      listed: v.record(v.string(), count),
      /** Units that shoppers wanted and did not find, by channel. */
      refused: v.record(v.string(), count),
      /** max(0, committed + held - on hand). */
      oversold: count,
    }),
  ),
  orders: v.number(),
});
export type Truth = v.InferOutput<typeof truthSchema>;

/** One shopper's order, placed at once by a test or a demonstration; all units or none. */
export const rehearsalOrderSchema = v.object({
  channel: v.picklist(channelIds),
  sku: v.string(),
  units: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99)),
  /** False: the buyer never pays, and the channel cancels when its time-out has passed. */
  paid: v.boolean(),
});

/** The order's id as its channel spells it. */
export const rehearsalOrderReplySchema = v.object({ order: v.string() });
