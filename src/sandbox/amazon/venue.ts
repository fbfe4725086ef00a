/** Amazon, plugged in. */
import { listIn } from "../parts";
import type { CallKind, Venue, VenueCall } from "../venue";
import { openLimits, type OperationName } from "./limits";
import { failure, tooManyCalls, toResponse } from "./reply";
import { serveAmazon } from "./server";
import { tokenDesk } from "./tokens";

function kindOf({ method, path }: VenueCall): CallKind {
  if (path.startsWith("/auth/o2/") || path.startsWith("/sellers/")) return "auth";
  if (path.startsWith("/orders/")) return "orders";
  return method === "GET" ? "stock" : "write";
}

export interface AmazonVenueOptions {
  /** Operations whose role the seller did not grant; none, where left out. */
  readonly withheld?: readonly OperationName[];
}

export function amazonVenue({ withheld = [] }: AmazonVenueOptions = {}): Venue {
  return {
    channel: "amazon",
    paths: ["/auth/o2/", "/listings/", "/orders/", "/sellers/"],
    open: ({ stage, keyring }) => {
      const desk = tokenDesk(keyring, stage);
      const limits = openLimits();
      const options = { stage, keyring, desk, limits, withheld: new Set(withheld) };
      return {
        handle: (request) => serveAmazon(options, request),
        kindOf,
        orderList: (answer) => listIn(answer, "orders", "orderId"),
        throttled: (seconds) => {
          const response = toResponse(tooManyCalls, stage.now(), null);
          response.headers.set("retry-after", String(seconds));
          return response;
        },
        failing: (status) =>
          toResponse(
            failure(status, "InternalFailure", "We encountered an internal error."),
            stage.now(),
            null,
          ),
        consent: () => desk.consent(),
      };
    },
  };
}
