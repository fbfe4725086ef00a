/** eBay, plugged in. */
import { bucket } from "../bucket";
import { listIn } from "../parts";
import type { CallKind, Venue, VenueCall } from "../venue";
import { systemError, tooManyCalls, toResponse } from "./reply";
import { ebayApp } from "./server";
import { tokenDesk } from "./tokens";

export interface EbayLimits {
  /** So many calls at once, so many a second after that: eBay publishes only a day's number. */
  readonly burst: number;
  readonly perSecond: number;
  /** SKUs that one write call takes: 1 or 25, on which eBay contradicts itself (channels.md 4.4). */
  readonly skusMax: 1 | 25;
}

const LIMITS: EbayLimits = { burst: 120, perSecond: 60, skusMax: 1 };

function kindOf({ method, path }: VenueCall): CallKind {
  if (path.startsWith("/identity/")) return "auth";
  if (path.startsWith("/sell/fulfillment/")) return "orders";
  if (method === "GET" || path.endsWith("/bulk_get_inventory_item")) return "stock";
  return "write";
}

export function ebayVenue(limits: Partial<EbayLimits> = {}): Venue {
  const { burst, perSecond, skusMax } = { ...LIMITS, ...limits };
  return {
    channel: "ebay",
    paths: ["/identity/v1/", "/sell/"],
    open: ({ stage, keyring }) => {
      const desk = tokenDesk(keyring, stage);
      const calls = bucket(burst, perSecond);
      const app = ebayApp({ stage, keyring, desk, calls, skusMax });
      return {
        handle: (request) => app.fetch(request),
        kindOf,
        orderList: (answer) => listIn(answer, "orders", "orderId"),
        throttled: (seconds) => toResponse(tooManyCalls(seconds), stage.now()),
        failing: (status) => toResponse(systemError(status), stage.now()),
        consent: () => desk.consent(),
      };
    },
  };
}
