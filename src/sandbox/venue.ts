/**
 * The place where a channel's server plugs in: `<channel>/venue.ts` makes one of these, `venues.ts`
 * lists it. Whatever is common to all - the port, faults on request, the run on stage - stays
 * outside; a venue knows its channel's protocol and nothing of the others.
 */
import type { ChannelId } from "../base/ids";
import type { Keyring } from "./credentials";
import type { Stage } from "./stage";

/** What a call is about, for faults that are meant for some calls only. */
export type CallKind = "auth" | "orders" | "stock" | "write" | "other";

export interface VenueCall {
  readonly method: string;
  /** Decoded by nobody: as it stands in the request. */
  readonly path: string;
  readonly body: string;
}

/** The orders in a list's answer. */
export interface OrderList {
  /** The very array of the parsed answer: what is done to it is done to the answer. */
  readonly orders: unknown[];
  /** An order's id as ids.ts spells it. */
  idOf(order: unknown): string;
}

export interface VenueServer {
  handle(request: Request): Response | Promise<Response>;
  kindOf(call: VenueCall): CallKind;
  /** The list of orders in the JSON of a good answer to a call of the kind "orders"; null: none. */
  orderList(answer: unknown): OrderList | null;
  /** "Too many calls" as this channel says it. */
  throttled(retryAfterSeconds: number): Response;
  /** A fault on the channel's side as it says it. */
  failing(status: 500 | 502 | 503): Response;
  /** The seller agrees in her browser: the code she is given. Null where a channel has no such page. */
  consent(): string | null;
}

export interface VenueTools {
  /** Its clock is this channel's clock, its orders carry this channel's times. */
  readonly stage: Stage;
  readonly keyring: Keyring;
}

export interface Venue {
  readonly channel: ChannelId;
  /** Beginnings of the paths that are this channel's; no two channels share one. */
  readonly paths: readonly string[];
  open(tools: VenueTools): VenueServer;
}
