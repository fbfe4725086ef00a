/** What a person does by hand to the open book: at the stream, to its stock, to the method. Types only. */
import type { ChannelId } from "../base/ids";
import type { Result } from "../base/result";
import type { Account } from "../stock/accounts";
import type { MoveKind } from "../stock/entries";
import type { PolicyId } from "../stock/streams";
import type { ConstantRefusal } from "../stock/constants";
import type { CommandRefusal } from "./command-refusal";

export type HandRefusal =
  | CommandRefusal
  | ConstantRefusal
  | { readonly code: "stream_unknown" | "sku_unknown" | "listing_unknown" | "not_live" }
  /** It must be on air for this. */
  | { readonly code: "not_running" }
  | { readonly code: "units_not_whole" }
  /** Every unit is reserved, held or sold. */
  | { readonly code: "nothing_free" }
  /** The reservation went back, or the time for it is over. */
  | { readonly code: "reservation_over" }
  /** Only a stream that shares its stock by escrow has a share of its own to give from. */
  | { readonly code: "no_share" }
  /** What it moved is used, taken back already, or the channel's own word. */
  | { readonly code: "cannot_undo" };

/** What was booked, by its key: this is what `undo` takes back. */
export interface HandBooked {
  readonly key: string;
  /** Units that moved. */
  readonly units: number;
}

/** One move of a SKU's units, as the ledger has it. */
export interface HistoryLine {
  readonly seq: number;
  readonly key: string;
  readonly at: number;
  readonly kind: MoveKind;
  readonly units: number;
  readonly from: Account;
  readonly to: Account;
  /** The order line or stream it belongs to; "" for none. */
  readonly ref: string;
  readonly byHand: boolean;
  /** It was taken back since. */
  readonly reversed: boolean;
  /** Whether `undo` would take it back now. */
  readonly mayUndo: boolean;
}

export interface HistoryPage {
  /** Newest first. */
  readonly lines: readonly HistoryLine[];
  /** Where the next page goes on; null: that was all. */
  readonly next: number | null;
}

export interface HandCalls {
  /** Every listing of the channel is held at 0 until it is let go again. */
  holdChannel(channel: ChannelId, held: boolean): Promise<Result<null, HandRefusal>>;
  /** More units for a stream, as far as they are free. */
  growReservation(stream: string, units: number): Promise<Result<HandBooked, HandRefusal>>;
  /**
   * Units of a running stream's share for the other channels; 0 takes the wish back. They come once
   * its listing was lowered and read back; until then StreamState.lending says how many.
   */
  lend(stream: string, units: number): Promise<Result<null, HandRefusal>>;
  /** How a stream shares its stock from now on. */
  setPolicy(stream: string, policy: PolicyId): Promise<Result<null, HandRefusal>>;
  /**
   * The creator shows another product from now on: this stream of the live book ends, and one for
   * `sku` begins at once, for the rest of its time. `units` to reserve, 1 or more.
   */
  switchProduct(
    stream: string,
    sku: string,
    units: number,
  ): Promise<Result<{ readonly id: string }, HandRefusal>>;
  /** All that is to differ from the seed, by name (stock/constants.ts); what is absent is reset. */
  setConstants(table: Readonly<Record<string, number>>): Promise<Result<null, HandRefusal>>;
  /** A person counted: `counted` units are there, promised ones included. */
  count(sku: string, counted: number): Promise<Result<HandBooked, HandRefusal>>;
  /** Units came in. */
  receive(sku: string, units: number): Promise<Result<HandBooked, HandRefusal>>;
  /** Takes a move back that was made by hand. */
  undo(seq: number): Promise<Result<null, HandRefusal>>;
  /** Native notifications of alerts stay out while she wants it; of this window alone. */
  mute(muted: boolean): Promise<null>;
  /** Moves of a SKU, from the newest back; `before`: HistoryPage.next, null = the newest. */
  history(sku: string, before: number | null): Promise<HistoryPage>;
  /** Listings that sell the SKU, and the bundles it is part of. */
  listings(sku: string): Promise<readonly ListedAs[]>;
}

export interface ListedAs {
  readonly channel: ChannelId;
  readonly listingId: string;
  /** The bundle's own SKU, "" for a listing of the SKU itself. */
  readonly bundle: string;
  /** Units of the SKU that one sale takes. */
  readonly units: number;
  /** What the channel shows; null = not read yet. */
  readonly shown: number | null;
}
