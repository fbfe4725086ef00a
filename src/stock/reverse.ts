/** Undo: a move that takes another one back and names it. The entry itself stays for ever. */
import { err, ok, type Result } from "../base/result";
import { parseAccount, type Account } from "./accounts";
import type { Request } from "./commands";
import { MAIN_LOCATION, type Draft, type Entry, type Move } from "./entries";
import { balancesOf, unitsAt, type Projection } from "./projection";

/** In the order in which they are checked. */
export type ReverseRefusal =
  /** Notes tell what happened; they move nothing that could go back. */
  | { readonly code: "not_a_move" }
  /** An undo is not undone: the action is done again. */
  | { readonly code: "is_a_reversal" }
  | { readonly code: "already_reversed" }
  /** The channel said so: only the channel can take it back. */
  | { readonly code: "channel_fact" }
  /** The reservation it belongs to has gone back to the pool since. */
  | { readonly code: "reservation_over" }
  /** Some of the units are used; `left` are not. */
  | { readonly code: "units_gone"; readonly left: number };

function isChannelFact(move: Move): boolean {
  switch (move.kind) {
    case "hold":
    case "commit":
    case "pay":
    case "cancel":
    case "ship":
    case "expire":
      return true;
    default:
      return false;
  }
}

/** Units that are still where the move put them. */
function unitsIn(projection: Projection, move: Move): number {
  const { sku, ref } = move;
  const account = parseAccount(move.to);
  const balances = balancesOf(projection, sku);
  const there = unitsAt(projection, sku, move.toLocation ?? move.location ?? MAIN_LOCATION);
  switch (account.kind) {
    // Outside there is always enough, whatever was taken from there.
    case "external":
      return Number.MAX_SAFE_INTEGER;
    case "available":
      // Going back from one place to another leaves the whole as it is.
      return move.kind === "transfer"
        ? there.available
        : Math.min(there.available, balances.available);
    case "damaged":
      return there.damaged;
    case "incoming":
      return projection.arrivals.get(ref)?.units ?? 0;
    case "reserved":
      return balances.reserved.get(account.stream) ?? 0;
    case "shipped":
    case "held":
    case "committed":
      return 0;
  }
}

function isReservationOver(projection: Projection, move: Move): boolean {
  // Units that went over to the free pool may be sold there by now: whoever wants more grows it.
  if (move.kind === "shrink") return true;
  if (move.kind !== "reserve" && move.kind !== "grow") return false;
  return projection.streams.get(move.ref)?.released === true;
}

function moveBack(move: Move, request: Request): Move {
  const location: string | undefined = move.toLocation ?? move.location;
  const toLocation = move.toLocation === undefined ? undefined : (move.location ?? MAIN_LOCATION);
  const from: Account = move.to;
  return {
    type: "move",
    // One key for all attempts: two writers cannot take one entry back twice.
    key: `reverse/${move.key}`,
    at: request.at,
    // On an order's line: no later report of the channel may look old beside it.
    reportedAt: move.reportedAt,
    kind: "reverse",
    sku: move.sku,
    quantity: move.quantity,
    from,
    to: move.from,
    ref: move.ref,
    resolves: move.key,
    actor: request.actor,
    ...(location === undefined ? {} : { location }),
    ...(toLocation === undefined ? {} : { toLocation }),
    ...(request.reason === undefined ? {} : { reason: request.reason }),
  };
}

/** `entry` as the ledger holds it. Refusals: see `ReverseRefusal`. */
export function reverse(
  projection: Projection,
  entry: Entry,
  request: Request,
): Result<readonly Draft[], ReverseRefusal> {
  if (entry.type === "note") return err({ code: "not_a_move" });
  if (entry.kind === "reverse") return err({ code: "is_a_reversal" });
  if (projection.reversed.has(entry.key)) return err({ code: "already_reversed" });
  if (isChannelFact(entry)) return err({ code: "channel_fact" });
  if (isReservationOver(projection, entry)) return err({ code: "reservation_over" });
  const left = Math.max(0, unitsIn(projection, entry));
  if (entry.quantity > left) return err({ code: "units_gone", left });
  return ok([moveBack(entry, request)]);
}
