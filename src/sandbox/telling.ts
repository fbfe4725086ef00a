/** What the sandbox tells about a run: to the add-in its state, to a test or a review the truth. */
import type { RehearsalState, Truth } from "../channels/rehearsal-contract";
import { catalogue, creator } from "./catalogue";
import { STREAM_MINUTES } from "./demand";
import { findListing, offered, unitsIn } from "./shop";
import type { OrderStatus, Run, Venue } from "./state";

export function stateOf(run: Run): RehearsalState {
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
      tiktok: { ...item.tiktok },
      shopify: {
        variantId: item.shopify.variantId,
        inventoryItemId: item.shopify.inventoryItemId,
        locationId: item.shopify.locationId,
      },
    })),
  };
}

function perVenue(count: (venue: Venue) => number): Record<Venue, number> {
  return { tiktok: count("tiktok"), shopify: count("shopify") };
}

export function truthOf(run: Run): Truth {
  const { shop } = run;
  return {
    run: run.run,
    phase: run.phase,
    items: catalogue.map(({ sku }) => {
      const units = (statuses: readonly OrderStatus[]) =>
        perVenue((venue) => unitsIn(shop, venue, sku, statuses));
      const onHand = shop.warehouse[sku] ?? 0;
      const committed = units(["held", "open"]);
      const held = units(["unpaid"]);
      const promised = committed.tiktok + committed.shopify + held.tiktok + held.shopify;
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
        oversold: Math.max(0, promised - onHand),
      };
    }),
    orders: shop.orders.length,
  };
}
