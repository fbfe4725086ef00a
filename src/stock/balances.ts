import { assert } from "../base/assert";
import type { ChannelId } from "../base/ids";
import type { Account, Move } from "./entries";

/** Units of one SKU by account. Only `fold` of moves may change it (invariant I3). */
export interface Balances {
  /** Negative only by orders that a channel had already accepted: that many are oversold. */
  available: number;
  damaged: number;
  shipped: number;
  /** Less what came in from outside: minus the units ever counted in. */
  external: number;
  readonly reserved: Map<string, number>;
  readonly held: Map<ChannelId, number>;
  readonly committed: Map<ChannelId, number>;
}

export function emptyBalances(): Balances {
  return {
    available: 0,
    damaged: 0,
    shipped: 0,
    external: 0,
    reserved: new Map(),
    held: new Map(),
    committed: new Map(),
  };
}

function add<K>(map: Map<K, number>, key: K, units: number): void {
  map.set(key, (map.get(key) ?? 0) + units);
}

function post(balances: Balances, account: Account, units: number): void {
  switch (account) {
    case "available":
    case "damaged":
    case "shipped":
    case "external":
      balances[account] += units;
      return;
    default: {
      const colon = account.indexOf(":");
      const name = account.slice(colon + 1);
      if (account.startsWith("reserved:")) add(balances.reserved, name, units);
      else if (account.startsWith("held:")) add(balances.held, name as ChannelId, units);
      else add(balances.committed, name as ChannelId, units);
    }
  }
}

export function applyMove(balances: Balances, move: Move): void {
  assert(Number.isSafeInteger(move.quantity) && move.quantity > 0, "a move has whole units");
  post(balances, move.from, -move.quantity);
  post(balances, move.to, move.quantity);
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

export const committedUnits = (b: Balances): number => sum(b.committed.values());
export const heldUnits = (b: Balances): number => sum(b.held.values());
export const reservedUnits = (b: Balances): number => sum(b.reserved.values());

/** Invariant I1: on hand = available + reserved + held + committed + damaged. */
export function onHand(b: Balances): number {
  return b.available + reservedUnits(b) + heldUnits(b) + committedUnits(b) + b.damaged;
}

/** Units promised to buyers that are not there. */
export function oversold(b: Balances): number {
  return Math.max(0, -b.available);
}
