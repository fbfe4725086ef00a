/**
 * What follows from the ledger's new state: alerts, the pause of the other channels, stock-outs,
 * oversell, the end of a stream. Pure: state in, drafts out.
 */
import type { ChannelId } from "../base/ids";
import { compareAlerts } from "../stock/alerts";
import { note, type Draft } from "../stock/entries";
import { alertChange, alertOf, type Projection } from "../stock/projection";
import { dueReleases, dueReservations } from "../stock/reservations";
import { ownReservation, sellable } from "../stock/sellable";
import type { Stream } from "../stock/streams";
import type { Catalogue } from "./catalogue";
import type { SyncSettings } from "./settings";

export interface Situation {
  readonly now: number;
  readonly projection: Projection;
  readonly catalogue: Catalogue;
  readonly settings: SyncSettings;
  /** When the last complete reading of each channel began. */
  readonly readSince: ReadonlyMap<ChannelId, number>;
}

/** A key that no earlier note of the book can have: its own place in the order. */
function keyOf(situation: Situation, kind: string, about: string): string {
  return `${kind}/${about}/${situation.projection.seq + 1}`;
}

function pauseWanted(situation: Situation, stream: Stream): boolean {
  const { projection, settings } = situation;
  if (compareAlerts(alertOf(projection, stream.sku), "orange") >= 0) return true;
  // The share is nearly gone though the pool is full: stop the others, so that the rest can move over.
  const share = ownReservation(projection, stream.sku, stream.channel);
  return share <= settings.shareGuard;
}

function streamNotes(situation: Situation, stream: Stream): readonly Draft[] {
  const { projection, now, catalogue } = situation;
  const { sku } = stream;
  const left = sellable(projection, sku, stream.channel);
  const drafts: Draft[] = [];
  const level = alertChange(projection, sku, left);
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
    .every((s) => (situation.readSince.get(s.listing.channel) ?? 0) > end + 1000);
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
