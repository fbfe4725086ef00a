/**
 * Who comes to the stream, when, and what they do: made once per run from a seed, so that the same
 * seed brings the same shoppers. Times are minutes of the stream's own clock, 0 to 180.
 */
import { never } from "../base/assert";
import { channelIds } from "../base/ids";
import { mulberry32, poisson, exponential, type Prng } from "../base/prng";
import { catalogue, type CatalogueItem } from "./catalogue";
import type { Shopper, Venue } from "./state";

/** A stream of three hours: the featured item's event day happens within it. */
export const STREAM_MINUTES = 180;

/** Share of extra TikTok orders that are never paid, and that the buyer takes back. */
const GHOST_SHARE = 0.05;
const REGRET_SHARE = 0.02;

/** The creator shows the item twice; these are the moments. */
const SHOWINGS = [52, 118] as const;

/** The channel that the creator streams on. */
const LIVE = "tiktok" satisfies Venue;
type Other = Exclude<Venue, typeof LIVE>;

/** How the sales of the other channels fall on them; what a run does not have goes to the rest. */
const shares: Readonly<Record<Other, number>> = {
  amazon: 0.45,
  shopify: 0.35,
  ebay: 0.2,
};

/** Orders an hour of an item that nobody shows: on the live channel, and on all others together. */
const LIVE_RATE = 6;
const OTHERS_RATE = 6;

/** Visitors' eagerness at a minute of the stream; only the shape matters. */
function eagerness(minute: number): number {
  const ramp = 0.25 + 0.75 * Math.min(1, minute / 25);
  const showings = SHOWINGS.reduce(
    (sum, at) => sum + (minute < at ? 0 : 2.6 * Math.exp(-(minute - at) / 9)),
    0,
  );
  const rush = minute < 155 ? 0 : (minute - 155) / 18;
  return ramp + showings + rush;
}

/** Minutes drawn from the eagerness, by rejection. */
function streamMinute(prng: Prng): number {
  for (;;) {
    const minute = prng.next() * STREAM_MINUTES;
    if (prng.next() * 4 < eagerness(minute)) return minute;
  }
}

/** Mostly one, sometimes two, rarely three. */
function basket(prng: Prng): number {
  const dice = prng.next();
  return dice < 0.8 ? 1 : dice < 0.95 ? 2 : 3;
}

/**
 * Minutes until a buyer has paid, all of them before the stream is over; 0: paid with the order.
 * TikTok makes the order and waits, mostly not for long. Amazon's card has to be authorised first
 * (Pending, channels.md 2.3). On eBay one in four buys now and pays later. Shopify's checkout takes
 * the money before there is an order.
 */
function paymentDelay(prng: Prng, venue: Venue, atMinute: number): number {
  const left = Math.max(0.05, STREAM_MINUTES - atMinute);
  switch (venue) {
    case "tiktok":
      return Math.min(prng.next() < 0.4 ? 0.1 : 0.2 + exponential(prng, 1.2), 10, left);
    case "amazon":
      return Math.min(2 + exponential(prng, 6), 30, left);
    case "ebay":
      return prng.next() < 0.75 ? 0 : Math.min(1 + exponential(prng, 15), 60, left);
    case "shopify":
      return 0;
    default:
      return never(venue);
  }
}

function visitor(
  prng: Prng,
  fields: Pick<Shopper, "atMinute" | "venue" | "sku" | "units" | "kind">,
): Shopper {
  const payAfter = paymentDelay(prng, fields.venue, fields.atMinute);
  const regretAfter = fields.kind === "regret" ? 5 + prng.next() * 45 : 0;
  return { ...fields, payAfter, regretAfter };
}

function featuredOnTikTok(prng: Prng, item: CatalogueItem): Shopper[] {
  const shoppers: Shopper[] = [];
  const come = (kind: Shopper["kind"], units: number) =>
    shoppers.push(
      visitor(prng, { atMinute: streamMinute(prng), venue: "tiktok", sku: item.sku, units, kind }),
    );
  for (let left = item.eventUnits; left > 0;) {
    const units = Math.min(left, basket(prng));
    come("buyer", units);
    left -= units;
  }
  const orders = shoppers.length;
  for (let i = 0; i < Math.round(orders * GHOST_SHARE); i += 1) come("ghost", basket(prng));
  for (let i = 0; i < Math.round(orders * REGRET_SHARE); i += 1) come("regret", basket(prng));
  return shoppers;
}

/** Shoppers of the channels that are not live, spread over the stream. */
function elsewhere(prng: Prng, venues: readonly Venue[], sku: string, orders: number): Shopper[] {
  return Array.from({ length: orders }, () => {
    const venue = drawn(prng, venues);
    return venue === null ? null : passing(prng, venue, sku);
  }).filter((shopper) => shopper !== null);
}

/** One of the channels that are not live, by their shares; null: there is none. */
function drawn(prng: Prng, venues: readonly Venue[]): Venue | null {
  const others = venues.filter((venue): venue is Other => venue !== LIVE);
  let dice = prng.next() * others.reduce((sum, venue) => sum + shares[venue], 0);
  for (const venue of others) {
    dice -= shares[venue];
    if (dice < 0) return venue;
  }
  return others.at(-1) ?? null;
}

function passing(prng: Prng, venue: Venue, sku: string): Shopper {
  const atMinute = prng.next() * STREAM_MINUTES;
  const units = prng.next() < 0.9 ? 1 : 2;
  return visitor(prng, { atMinute, venue, sku, units, kind: "buyer" });
}

/** The others together sell the featured item at about twice its usual day. */
function featuredElsewhere(prng: Prng, venues: readonly Venue[], item: CatalogueItem): Shopper[] {
  return elsewhere(prng, venues, item.sku, Math.min(20, Math.max(12, poisson(prng, 17))));
}

function companionsOf(prng: Prng, venues: readonly Venue[], item: CatalogueItem): Shopper[] {
  const hours = STREAM_MINUTES / 60;
  const live = venues.includes(LIVE) ? poisson(prng, LIVE_RATE * hours) : 0;
  return [
    ...Array.from({ length: live }, () => passing(prng, LIVE, item.sku)),
    ...elsewhere(prng, venues, item.sku, poisson(prng, OTHERS_RATE * hours)),
  ];
}

/** Everyone who will come to these channels, earliest first. */
export function shoppersOf(seed: number, venues: readonly Venue[] = channelIds): Shopper[] {
  const prng = mulberry32(seed);
  const shoppers = catalogue.flatMap((item) =>
    item.featured
      ? [
          ...(venues.includes(LIVE) ? featuredOnTikTok(prng, item) : []),
          ...featuredElsewhere(prng, venues, item),
        ]
      : companionsOf(prng, venues, item),
  );
  return shoppers.sort((a, b) => a.atMinute - b.atMinute);
}
