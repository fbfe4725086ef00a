/**
 * What follows from the ledger's new state: alerts, the pause of the other channels, stock-outs,
 * oversell, the end of a stream. Pure: state in, drafts out.
 */
import { alertScale, proposedMode, percentThresholds, seedThresholds } from "../stock/alerts";
import { note, type Draft } from "../stock/entries";
import { alertChange, alertOf } from "../stock/projection";
import { dueReleases, dueReservations } from "../stock/reservations";
import { sellable } from "../stock/sellable";
import type { Stream } from "../stock/streams";
import { policyOf, rulingStream } from "./allocate";
import type { Situation } from "./situation";

/** The pace that alerts by minutes of cover go by; ms of the stream's own time (requirement 39). */
const COVER_WINDOW_MS = 5 * 60_000;

/** A key that no earlier note of the book can have: its own place in the order. */
function keyOf(situation: Situation, kind: string, about: string): string {
  return `${kind}/${about}/${situation.projection.seq + 1}`;
}

function pauseWanted(situation: Situation, stream: Stream): boolean {
  const { sku } = stream;
  // Of two streams with one SKU, only the one that rules it says who may sell.
  if (rulingStream(situation.projection, sku) !== stream) return false;
  const states = situation.catalogue.listings(sku);
  return policyOf(stream).pauses({ situation, sku, states, stream });
}

/** What the stream's thresholds are in units, now. */
function scaleOf(situation: Situation, stream: Stream): ReturnType<typeof alertScale> {
  const { pace, now } = situation;
  const mode = proposedMode(stream.planned);
  const policy = stream.alerts ?? {
    mode,
    thresholds: mode === "percent" ? percentThresholds : seedThresholds,
  };
  const windowMs = COVER_WINDOW_MS / stream.speed;
  return alertScale(policy, {
    planned: stream.planned,
    soldInWindow: pace.sold(stream.sku, stream.channel, now, windowMs),
    windowMs: COVER_WINDOW_MS,
  });
}

function streamNotes(situation: Situation, stream: Stream): readonly Draft[] {
  const { projection, now, catalogue } = situation;
  const { sku } = stream;
  const left = sellable(projection, sku, stream.channel);
  const drafts: Draft[] = [];
  const level = alertChange(projection, sku, left, scaleOf(situation, stream));
  if (level !== null) {
    const key = keyOf(situation, "alert", sku);
    drafts.push(note("alert", key, now, { sku, n: left, detail: level, ref: stream.id }));
  }
  const paused = projection.paused.has(sku);
  // A pause is not taken back while the stream is on: the units have moved to the live channel.
  if (!paused && pauseWanted(situation, stream)) {
    const key = keyOf(situation, "paused", sku);
    drafts.push(note("paused", key, now, { sku, n: left, ref: stream.id }));
  }
  const live = catalogue.listings(sku).find((s) => s.listing.channel === stream.channel);
  const out = left <= 0 || live?.observed === 0;
  const wasOut = stream.stockouts.at(-1)?.to === null;
  if (out !== wasOut) {
    const key = keyOf(situation, "stockout", sku);
    drafts.push(note("stockout", key, now, { sku, n: out ? 1 : 0, ref: stream.id }));
  }
  return drafts;
}

/** True when every channel was read after the stream's end, so that nothing of it is unseen. */
function settled(situation: Situation, stream: Stream): boolean {
  const end = stream.endsAt;
  if (end === null) return false;
  return situation.catalogue
    .listings(stream.sku)
    .every((s) => (situation.ordersSince.get(s.listing.channel) ?? 0) > end + 1000);
}

function endNotes(situation: Situation, stream: Stream): readonly Draft[] {
  const { projection, now } = situation;
  const { sku } = stream;
  const drafts: Draft[] = [
    note("stream_ended", `ended/${stream.id}`, now, { sku, ref: stream.id }),
  ];
  if (projection.paused.has(sku)) {
    drafts.push(note("resumed", keyOf(situation, "resumed", sku), now, { sku, ref: stream.id }));
  }
  if (alertOf(projection, sku) !== "none") {
    // Outside a stream there is no alert (requirement 35).
    const key = keyOf(situation, "alert", sku);
    drafts.push(
      note("alert", key, now, {
        sku,
        n: sellable(projection, sku, stream.channel),
        detail: "none",
        ref: stream.id,
      }),
    );
  }
  return drafts;
}

/** What is due now; the caller books it and asks again until nothing is. */
export function consequences(situation: Situation): readonly Draft[] {
  for (const stream of situation.projection.streams.values()) {
    if (stream.phase !== "running" || stream.endsAt === null) continue;
    if (settled(situation, stream)) return endNotes(situation, stream);
    if (situation.now < stream.endsAt) {
      const drafts = streamNotes(situation, stream);
      if (drafts.length > 0) return drafts;
    }
  }
  const { projection, now } = situation;
  return [...dueReleases(projection, now), ...dueReservations(projection, now)];
}
