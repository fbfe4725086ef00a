/**
 * What follows from the ledger's new state: alerts and their acts, stock-outs, reservations whose
 * window opens or closes, the start and the end of a stream. Pure: state in, drafts out.
 */
import { alertScale, alertThresholds } from "../stock/alerts";
import { note, type Draft } from "../stock/entries";
import { alertChange, alertOf } from "../stock/projection";
import { dueReleases, dueReservations } from "../stock/reservations";
import { sellable } from "../stock/sellable";
import type { Stream } from "../stock/streams";
import { COVER_WINDOW_MS } from "../stock/velocity";
import { actNotes, lastActs } from "./acting";
import { nextKey, type Situation } from "./situation";

/** What the stream's thresholds are in units, now. */
function scaleOf(situation: Situation, stream: Stream): ReturnType<typeof alertScale> {
  const { pace, now, projection } = situation;
  const { constants } = projection.desk;
  // Units mean nothing where fewer than yellow's are planned (requirement 35).
  const mode = stream.planned < alertThresholds(constants).yellow ? "percent" : "absolute";
  const policy = stream.alerts ?? { mode, thresholds: alertThresholds(constants, mode) };
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
    const key = nextKey(situation, "alert", sku);
    drafts.push(note("alert", key, now, { sku, n: left, detail: level, ref: stream.id }));
  }
  drafts.push(...actNotes(situation, stream, left));
  const live = catalogue.listings(sku).find((s) => s.listing.channel === stream.channel);
  const out = left <= 0 || live?.observed === 0;
  const wasOut = stream.stockouts.at(-1)?.to === null;
  if (out !== wasOut) {
    const key = nextKey(situation, "stockout", sku);
    drafts.push(note("stockout", key, now, { sku, n: out ? 1 : 0, ref: stream.id }));
  }
  return drafts;
}

/**
 * When a stream is over for sure; ms. A clock that was put ahead must not end it while its live
 * channel sells: the others would get what is that one's.
 */
function surelyOver({ maybeAheadMs }: Situation, { endsAt }: Stream): number {
  return endsAt === null ? Infinity : endsAt + maybeAheadMs;
}

/** True when every channel was read after the stream's end, so that nothing of it is unseen. */
function settled(situation: Situation, stream: Stream): boolean {
  const end = surelyOver(situation, stream);
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
  drafts.push(...lastActs(situation, stream));
  if (alertOf(projection, sku) !== "none") {
    // Outside a stream there is no alert (requirement 35).
    const key = nextKey(situation, "alert", sku);
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

/** A stream with a date begins by its date, whoever is awake then. */
function dueStarts({ projection, now }: Situation): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const { id: ref, sku, phase, startsAt, minutes, speed } of projection.streams.values()) {
    if (phase !== "planned" || startsAt === undefined || now < startsAt) continue;
    const n = startsAt + (minutes * 60_000) / speed;
    drafts.push(note("stream_started", `started/${ref}`, startsAt, { sku, n, ref }));
  }
  return drafts;
}

/** What is due now; the caller books it and asks again until nothing is. */
export function consequences(situation: Situation): readonly Draft[] {
  for (const stream of situation.projection.streams.values()) {
    if (stream.phase !== "running" || stream.endsAt === null) continue;
    if (settled(situation, stream)) return endNotes(situation, stream);
    if (situation.now < surelyOver(situation, stream)) {
      const drafts = streamNotes(situation, stream);
      if (drafts.length > 0) return drafts;
    }
  }
  const { projection, now } = situation;
  // Reserved before it begins, so that its first buyers find its stock.
  const reservations = [...dueReleases(projection, now), ...dueReservations(projection, now)];
  return reservations.length > 0 ? reservations : dueStarts(situation);
}
