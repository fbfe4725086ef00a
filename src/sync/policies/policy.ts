/**
 * How the stock of one SKU is shared out among its listings. One policy per stream; without a stream
 * the free pool's own rule holds. Pure: the situation in, a quantity per listing and the moves
 * between share and pool out.
 */
import type { Sku } from "../../base/ids";
import type { Move } from "../../stock/entries";
import type { Stream } from "../../stock/streams";
import type { ListingState } from "../catalogue";
import type { Situation } from "../situation";

/** One SKU in a situation. */
export interface Sharing {
  readonly situation: Situation;
  readonly sku: Sku;
  readonly states: readonly ListingState[];
}

export interface StreamSharing extends Sharing {
  readonly stream: Stream;
}

export interface Policy {
  /** What a listing should show, units, 0 or more; null: leave it alone. */
  quantity(sharing: StreamSharing, state: ListingState): number | null;
  /**
   * Whether the other channels are to be held at 0. `held`: they are, or the seller was asked whether
   * they shall be; then it takes a tenth more to let them go again (requirement 37).
   */
  pauses(sharing: StreamSharing, held: boolean): boolean;
  /** A move between the live channel's share and the free pool that is due now. */
  move(sharing: StreamSharing): Move | null;
}
