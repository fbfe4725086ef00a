/** Shopify, plugged in. */
import { bucket } from "../bucket";
import { listIn, member } from "../parts";
import type { CallKind, Venue, VenueCall } from "../venue";
import { POINTS_MAX, POINTS_PER_SECOND } from "./cost";
import { plainFailure, shopifyApp, throttled } from "./server";

/** One address for everything: the document says what a call is about. */
function kindOf({ path, body }: VenueCall): CallKind {
  if (path.startsWith("/admin/oauth/")) return "auth";
  if (/\bmutation\b/.test(body)) return "write";
  return /\borders\s*\(/.test(body) ? "orders" : "stock";
}

export function shopifyVenue(points = { max: POINTS_MAX, perSecond: POINTS_PER_SECOND }): Venue {
  return {
    channel: "shopify",
    paths: ["/admin/"],
    open: ({ stage, keyring }) => {
      const app = shopifyApp({ stage, keyring, points: bucket(points.max, points.perSecond) });
      return {
        handle: (request) => app.fetch(request),
        kindOf,
        orderList: (answer) => listIn(member(member(answer, "data"), "orders"), "nodes", "id"),
        throttled: () => throttled(stage.now()),
        failing: (status) => plainFailure(status, stage.now()),
        consent: () => null,
      };
    },
  };
}
