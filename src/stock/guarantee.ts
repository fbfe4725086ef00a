/**
 * "How much stock can you guarantee?" (requirements 16, 18 and 19). Only units that are in the
 * warehouse, sound and promised to nobody else; what is on its way is never counted.
 */
import { emptyBalances, onHand } from "./balances";
import type { Projection } from "./projection";

export interface Guarantee {
  readonly onHand: number;
  /** What is left of the reservation for this stream. */
  readonly reserved: number;
  /** Units that this stream may still sell: its reservation and the free pool. Never below 0. */
  readonly guaranteed: number;
  /** Units missing to what the creator asks for; the ways out are commission or a smaller promise. */
  readonly gap: number;
}

/** `required`: units that the creator asks for. Null for a stream that nobody planned. */
export function guarantee(
  projection: Projection,
  streamId: string,
  required: number,
): Guarantee | null {
  const stream = projection.streams.get(streamId);
  if (stream === undefined) return null;
  const balances = projection.balances.get(stream.sku) ?? emptyBalances();
  const reserved = balances.reserved.get(streamId) ?? 0;
  // Below 0 the pool owes units to buyers already: the reservation pays for them.
  const guaranteed = Math.max(0, balances.available + reserved);
  return {
    onHand: onHand(balances),
    reserved,
    guaranteed,
    gap: Math.max(0, Math.ceil(required) - guaranteed),
  };
}
