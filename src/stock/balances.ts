import { channelIds, type ChannelId } from "../base/ids";
import type { ParsedAccount } from "./accounts";

/** Units of one SKU by account. Only `fold` of moves may change it (invariant I3). */
export interface Balances {
  /** Negative only by facts already accepted elsewhere: that many are oversold. */
  available: number;
  damaged: number;
  shipped: number;
  /** Promised by a supplier, not in the warehouse: never part of on hand (requirement 18). */
  incoming: number;
  /** Less what came in from outside: minus the units ever counted in. */
  external: number;
  readonly reserved: Map<string, number>;
  /** By the channel's place in `channelIds`. */
  readonly held: number[];
  readonly committed: number[];
}

export function emptyBalances(): Balances {
  return {
    available: 0,
    damaged: 0,
    shipped: 0,
    incoming: 0,
    external: 0,
    reserved: new Map(),
    held: channelIds.map(() => 0),
    committed: channelIds.map(() => 0),
  };
}

function add(units: number[], place: number, more: number): void {
  units[place] = (units[place] ?? 0) + more;
}

/** Puts units into an account; negative takes them out. Half of a move: the other half follows. */
export function post(balances: Balances, account: ParsedAccount, units: number): void {
  switch (account.kind) {
    case "available":
      balances.available += units;
      return;
    case "reserved":
      balances.reserved.set(account.stream, (balances.reserved.get(account.stream) ?? 0) + units);
      return;
    case "held":
      add(balances.held, account.place, units);
      return;
    case "committed":
      add(balances.committed, account.place, units);
      return;
    case "damaged":
    case "shipped":
    case "incoming":
    case "external":
      balances[account.kind] += units;
  }
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

export const committedUnits = (b: Balances): number => sum(b.committed);
export const heldUnits = (b: Balances): number => sum(b.held);

/** Units that a channel's buyers hold unpaid or have bought. */
export function openUnits(b: Balances, channel: ChannelId): { held: number; committed: number } {
  const place = channelIds.indexOf(channel);
  return { held: b.held[place] ?? 0, committed: b.committed[place] ?? 0 };
}
export const reservedUnits = (b: Balances): number => sum(b.reserved.values());

/** Invariant I1: on hand = available + reserved + held + committed + damaged. */
export function onHand(b: Balances): number {
  return b.available + reservedUnits(b) + heldUnits(b) + committedUnits(b) + b.damaged;
}

/** Units promised to buyers that are not there. */
export function oversold(b: Balances): number {
  return Math.max(0, -b.available);
}
