/**
 * What the worker asks the companion to tell the person at the machine, whatever she is looking at.
 *
 *   POST /api/alarm/{bookId}         AlarmRequest -> AlarmAnswer
 *   POST /api/alarm/{bookId}/watch   WatchRequest -> AlarmAnswer
 *
 * Both need the lease's fencing token, since every follower sees the same alert. The companion finds
 * the words, and shows the same alarm at most once in five minutes.
 *
 * A watch is on while a stream is: when nobody renews the book's lease any more, the person is told
 * that the pane has gone silent. Sent at the stream's start and end, by every new leader, and again
 * when the companion was away. It ends by itself after twelve hours.
 */
import * as v from "valibot";

const units = v.pipe(v.number(), v.safeInteger());
const locale = v.picklist(["en", "zh-CN"]);
const name = v.pipe(v.string(), v.maxLength(300));

export const alarmRequestSchema = v.variant("kind", [
  v.object({
    kind: v.literal("level"),
    locale,
    level: v.picklist(["yellow", "orange", "red"]),
    sku: name,
    /** Units that are left to sell. */
    left: units,
  }),
  v.object({ kind: v.literal("oversold"), locale, sku: name, units }),
  /** A shop whose orders no longer come in: `channel` as the pane names it. */
  v.object({ kind: v.literal("channel"), locale, channel: name }),
]);
export type AlarmRequest = v.InferOutput<typeof alarmRequestSchema>;

export const watchRequestSchema = v.object({ on: v.boolean(), locale });

/** `shown`: false where this machine shows none, or the same alarm was shown a moment ago. */
export const alarmAnswerSchema = v.object({ shown: v.boolean() });
