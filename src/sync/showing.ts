/**
 * What a listing shows, and how much of that is explained. After a write was acknowledged the
 * listing's number can only follow its own orders; what it shows beyond that, nobody we know did.
 *
 *  - Less than explained: a sale that the order list does not show yet (Amazon lists orders minutes
 *    late, channels.md 2), or a person. Until it is explained, those units count as sold: also over
 *    a write, since an order that is not listed yet is still to come, whatever the number is now.
 *    What no order explained in half an hour is written off: a person, or a write that nobody
 *    remembers. The number stays strange, so the case stays open.
 *  - More than explained: a person, or a cancellation that is not listed yet.
 *
 * Orders that come in just after a write may have been placed before it took effect: they may or
 * may not be in the number, so they widen the range instead of moving it.
 */

/** Longer than any channel was seen to keep an order from its list; ms. */
const MISSING_MAX_MS = 30 * 60_000;

export interface Showing {
  /** The available number the channel showed, null before the first reading. */
  observed: number | null;
  observedAt: number | null;
  /** Successive readings of 0 in which no new order came. */
  zeroReads: number;
  /** When the first of them began, ms; null while it does not read 0. */
  zeroSince: number | null;
  /** Successive readings in which the number or the orders moved. */
  restlessReads: number;
  /** The range in which the number can be explained; null = not known. */
  low: number | null;
  high: number | null;
  /** Orders seen before this time may have been placed before the last write; ms. */
  blurredUntil: number;
  /** Since when the number is outside the range, ms; null while it is inside. */
  strangeSince: number | null;
  /** Since when units are missing, ms, and how many were at least; null = none are. */
  missingSince: number | null;
  missingLeast: number;
  /** Missing units that count as sold no longer. */
  writtenOff: number;
  /** Units by which the number rose while some were missing, and no cancellation says why. */
  rose: number;
  /** Since when it did, ms; null = it did not. */
  roseSince: number | null;
  /** A write that may have taken effect: what it told, and what was known before it. */
  maybe: {
    readonly quantity: number;
    readonly short: number;
    readonly low: number | null;
    readonly high: number | null;
  } | null;
}

export function unseen(): Showing {
  return {
    observed: null,
    observedAt: null,
    zeroReads: 0,
    zeroSince: null,
    restlessReads: 0,
    low: null,
    high: null,
    blurredUntil: 0,
    strangeSince: null,
    missingSince: null,
    missingLeast: 0,
    writtenOff: 0,
    rose: 0,
    roseSince: null,
    maybe: null,
  };
}

/** A reading that began at `at`. */
export function saw(showing: Showing, available: number, at: number): void {
  if (!settleMaybe(showing, available)) countRise(showing, available, at);
  if (available !== showing.observed) showing.restlessReads += 1;
  else showing.restlessReads = 0;
  showing.zeroReads = available === 0 ? showing.zeroReads + 1 : 0;
  showing.zeroSince = available === 0 ? (showing.zeroSince ?? at) : null;
  showing.observed = available;
  showing.observedAt = at;
  // Before the first write the number itself is all there is to go by.
  showing.low ??= available;
  showing.high ??= available;
  countMissing(showing, at);
}

/**
 * The number tells whether a write arrived whose answer was lost. What was missing before it is missing
 * still, either way: a range alone would forget some of it. True: it arrived.
 */
function settleMaybe(showing: Showing, available: number): boolean {
  const { maybe, observed } = showing;
  if (maybe === null) return false;
  if (available === maybe.quantity) {
    showing.low = available + maybe.short;
    showing.high = showing.low;
    showing.maybe = null;
    return true;
  }
  if (available === observed) {
    // Not yet, at least.
    showing.low = maybe.low;
    showing.high = maybe.high;
  }
  return false;
}

/** A rise within the range is a write whose answer was lost, or cancellations of its blurred time. */
function countRise(showing: Showing, available: number, at: number): void {
  const { observed, low, high, rose } = showing;
  if (observed === null || low === null || high === null) return;
  const rise = Math.min(available, low) - observed;
  setRise(showing, rise < 0 ? rose + rise : rose + Math.max(0, rise - (high - low)), at);
}

function setRise(showing: Showing, units: number, at: number): void {
  showing.rose = Math.max(0, units);
  showing.roseSince = showing.rose > 0 ? (showing.roseSince ?? at) : null;
}

/** What rose was told. */
export function toldRise(showing: Showing): void {
  setRise(showing, 0, 0);
}

/** Units that the listing shows short of what is explained; 0 or more. */
function shortOf({ observed, low }: Showing): number {
  return observed === null || low === null ? 0 : Math.max(0, low - observed);
}

function countMissing(showing: Showing, at: number): void {
  showing.writtenOff = Math.min(showing.writtenOff, shortOf(showing));
  const missing = unexplainedSales(showing);
  if (missing === 0) {
    showing.missingSince = null;
    return;
  }
  showing.missingLeast =
    showing.missingSince === null ? missing : Math.min(showing.missingLeast, missing);
  showing.missingSince ??= at;
  if (at - showing.missingSince < MISSING_MAX_MS) return;
  showing.writtenOff += showing.missingLeast;
  showing.missingSince = null;
}

/** Orders of the listing moved in this reading: it is not at rest, whatever its number says. */
export function moved(showing: Showing): void {
  showing.restlessReads = Math.max(1, showing.restlessReads);
  showing.zeroReads = Math.min(1, showing.zeroReads);
  if (showing.zeroSince !== null) showing.zeroSince = showing.observedAt;
}

/** The channel acknowledged `quantity` at `now`; it lists orders up to `lagMs` late. */
export function wrote(showing: Showing, quantity: number, now: number, lagMs: number): void {
  const short = shortOf(showing);
  showing.observed = quantity;
  showing.zeroReads = 0;
  showing.zeroSince = null;
  toldRise(showing);
  showing.maybe = null;
  showing.low = quantity + short;
  showing.high = quantity + short;
  showing.blurredUntil = now + 2 * lagMs;
  if (short === 0) showing.strangeSince = null;
}

/**
 * For the note of a write: units that are missing still, and how many of them count as sold no longer.
 * "" = none are. A worker that starts anew has nothing else to know them by.
 */
export function missingWords(showing: Showing): string {
  const short = shortOf(showing);
  return short === 0 ? "" : `missing ${short} ${showing.writtenOff}`;
}

export function missingIn(detail: string): { readonly short: number; readonly off: number } {
  const [, short, off] = /^missing (\d+) (\d+)$/.exec(detail) ?? [];
  return { short: Number(short ?? 0), off: Number(off ?? 0) };
}

/** A write left and no answer came: it may have taken effect. */
export function mayHaveWritten(
  showing: Showing,
  quantity: number,
  now: number,
  lagMs: number,
): void {
  const short = shortOf(showing);
  const explained = quantity + short;
  showing.maybe = { quantity, short, low: showing.low, high: showing.high };
  showing.low = Math.min(showing.low ?? explained, explained);
  showing.high = Math.max(showing.high ?? explained, explained);
  showing.blurredUntil = now + 2 * lagMs;
}

/** Orders of `units` sales (negative: cancelled ones) were booked from a reading begun at `at`. */
export function sold(showing: Showing, units: number, at: number): void {
  if (showing.low === null || showing.high === null) return;
  showing.maybe = null;
  const blurred = at < showing.blurredUntil;
  if (units > 0) {
    showing.low -= units;
    if (!blurred) showing.high -= units;
  } else {
    setRise(showing, showing.rose + units, at);
    showing.high -= units;
    if (!blurred) showing.low -= units;
  }
}

/**
 * Cancellations of `units` were booked, which the number may have shown before it was set back: they
 * widen the range.
 */
export function gaveBack(showing: Showing, units: number): void {
  if (showing.high !== null) showing.high += units;
  setRise(showing, showing.rose - units, showing.roseSince ?? 0);
}

/** A worker that starts anew and finds an open case: the first number it reads is `n` off. */
export function sawStrange(showing: Showing, available: number, at: number, n: number): void {
  const isFirst = showing.low === null;
  saw(showing, available, at);
  if (!isFirst) return;
  showing.low = available - n;
  showing.high = available - n;
}

/** Our clock jumped by `by` ms. */
export function movedInTime(showing: Showing, by: number): void {
  if (showing.observedAt !== null) showing.observedAt += by;
  if (showing.zeroSince !== null) showing.zeroSince += by;
  if (showing.strangeSince !== null) showing.strangeSince += by;
  if (showing.missingSince !== null) showing.missingSince += by;
  if (showing.roseSince !== null) showing.roseSince += by;
  if (showing.blurredUntil > 0) showing.blurredUntil += by;
}

/** Sales that the listing shows and no order explains yet; 0 or more. */
export function unexplainedSales(showing: Showing): number {
  return Math.max(0, shortOf(showing) - showing.writtenOff);
}

/** Units the listing shows beyond (+) or short of (-) what is explained; 0 = explained. */
export function strange(showing: Showing): number {
  const { observed, low, high } = showing;
  if (observed === null || low === null || high === null) return 0;
  if (observed > high) return observed - high;
  return observed < low ? observed - low : 0;
}
