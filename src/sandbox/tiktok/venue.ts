/** TikTok Shop, plugged in. */
import { bucket } from "../bucket";
import type { CallKind, Venue, VenueCall } from "../venue";
import { listIn, member } from "../parts";
import { failure, tooManyCalls, toResponse } from "./reply";
import { tiktokApp } from "./server";
import { tokenDesk } from "./tokens";

/** So many calls at once, so many a second after that. Theirs are not published. */
const CALLS = { burst: 40, perSecond: 20 };

function kindOf({ path }: VenueCall): CallKind {
  if (path.startsWith("/api/v2/token/") || path.startsWith("/authorization/")) return "auth";
  if (path.endsWith("/orders/search")) return "orders";
  if (/\/inventory\/update$|\/(activate|deactivate)$/.test(path)) return "write";
  return path.startsWith("/product/") ? "stock" : "other";
}

/** `granted`: the rights of the seller's token; all of them, where left out. */
export function tiktokVenue(calls: typeof CALLS = CALLS, granted?: ReadonlySet<string>): Venue {
  return {
    channel: "tiktok",
    paths: ["/api/v2/token/", "/authorization/", "/logistics/", "/order/", "/product/"],
    open: ({ stage, keyring }) => {
      const desk = tokenDesk(keyring, stage);
      const { burst, perSecond } = calls;
      const app = tiktokApp({
        stage,
        keyring,
        desk,
        calls: bucket(burst, perSecond),
        ...(granted && { granted }),
      });
      return {
        handle: (request) => app.fetch(request),
        kindOf,
        orderList: (answer) => listIn(member(answer, "data"), "orders", "id"),
        throttled: (seconds) => toResponse(tooManyCalls(seconds), stage.now()),
        failing: (status) =>
          toResponse(failure(status, 36009003, "Internal error. Please try again."), stage.now()),
        consent: () => desk.consent(),
      };
    },
  };
}
