/**
 * Who comes to the stream, when, and what they do: made once per run from a seed, so that the same
 * seed brings the same shoppers. Times are minutes of the stream's own clock, 0 to 180.
 */
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

/** Units an hour of an item that nobody shows. */
const companionRates: Readonly<Record<Venue, number>> = { tiktok: 6, shopify: 4 };

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

/** Minutes until a buyer has paid; most pay at once, all of them before the stream is over. */
function paymentDelay(prng: Prng, atMinute: number): number {
  const delay = prng.next() < 0.4 ? 0.1 : 0.2 + exponential(prng, 1.2);
  return Math.min(delay, 10, Math.max(0.05, STREAM_MINUTES - atMinute));
}

function visitor(
  prng: Prng,
  fields: Pick<Shopper, "atMinute" | "venue" | "sku" | "units" | "kind">,
): Shopper {
  // A shop's checkout takes the money first; TikTok makes the order and waits.
  const payAfter = fields.venue === "shopify" ? 0 : paymentDelay(prng, fields.atMinute);
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

function evenly(prng: Prng, venue: Venue, sku: string, orders: number): Shopper[] {
  return Array.from({ length: orders }, () =>
    visitor(prng, {
      atMinute: prng.next() * STREAM_MINUTES,
      venue,
      sku,
      units: prng.next() < 0.9 ? 1 : 2,
      kind: "buyer",
    }),
  );
}

/** Shopify sells the featured item at about twice its usual day, spread over the stream. */
function featuredOnShopify(prng: Prng, item: CatalogueItem): Shopper[] {
  const orders = Math.min(20, Math.max(12, poisson(prng, 17)));
  return evenly(prng, "shopify", item.sku, orders);
}

/** Everyone who will come, earliest first. */
export function shoppersOf(seed: number): Shopper[] {
  const prng = mulberry32(seed);
  const shoppers = catalogue.flatMap((item) =>
    item.featured
      ? [...featuredOnTikTok(prng, item), ...featuredOnShopify(prng, item)]
      : (["tiktok", "shopify"] as const).flatMap((venue) =>
          evenly(
            prng,
            venue,
            item.sku,
            poisson(prng, (companionRates[venue] * STREAM_MINUTES) / 60),
          ),
        ),
  );
  return shoppers.sort((a, b) => a.atMinute - b.atMinute);
}
