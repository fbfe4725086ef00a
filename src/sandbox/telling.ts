/** What the sandbox tells about a run: to the add-in its state, to a test or a review the truth. */
import type { RehearsalState, Truth } from "../channels/rehearsal-contract";
import { catalogue, creator, listedAs } from "./catalogue";
import { STREAM_MINUTES } from "./demand";
import { findListing, offered, unitsIn, venuesOf } from "./shop";
import type { OrderStatus, Run, Venue } from "./state";

export function stateOf(run: Run): RehearsalState {
  const venues = venuesOf(run.shop);
  return {
    run: run.run,
    phase: run.phase,
    speed: run.speed,
    startedAt: run.startedAt,
    endsAt: run.endsAt,
    streamMinutes: STREAM_MINUTES,
    creator: { ...creator },
    items: catalogue.map((item) => ({
      sku: item.sku,
      title: item.title,
      onHand: item.onHand,
      dailySales: [...item.dailySales],
      featured: item.featured,
      listings: venues.map((venue) => listedAs(item, venue)),
    })),
  };
}

type Counts = Readonly<Partial<Record<Venue, number>>>;

function sum(...counts: readonly Counts[]): number {
  return counts.flatMap((each) => Object.values(each)).reduce((total, n) => total + n, 0);
}

export function truthOf(run: Run): Truth {
  const { shop } = run;
  const venues = venuesOf(shop);
  const perVenue = (count: (venue: Venue) => number): Record<string, number> =>
    Object.fromEntries(venues.map((venue) => [venue, count(venue)]));
  return {
    run: run.run,
    phase: run.phase,
    items: catalogue.map(({ sku }) => {
      const units = (statuses: readonly OrderStatus[]) =>
        perVenue((venue) => unitsIn(shop, venue, sku, statuses));
      const onHand = shop.warehouse[sku] ?? 0;
      const committed = units(["held", "open"]);
      const held = units(["unpaid"]);
      return {
        sku,
        onHand,
        committed,
        held,
        sold: units(["unpaid", "held", "open", "shipped"]),
        listed: perVenue((venue) => {
          const listing = findListing(shop, venue, sku);
          return listing ? offered(listing) : 0;
        }),
        refused: perVenue((venue) => findListing(shop, venue, sku)?.refused ?? 0),
        oversold: Math.max(0, sum(committed, held) - onHand),
      };
    }),
    orders: shop.orders.length,
  };
}
