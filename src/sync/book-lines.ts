/** Books what a channel says of its order lines, and what that tells of its listings' own numbers. */
import type { Draft, Move } from "../stock/entries";
import { lineAt } from "../stock/line-table";
import { lineRef } from "../stock/order-lines";
import { planLine, type ReportedLine } from "../stock/orders";
import type { Projection } from "../stock/projection";
import type { ListingLines } from "./book";
import { soldListing } from "./drift";

/**
 * Units of lines whose hold our own timer ended, by the line's ref: the channel's number still lacks
 * them, and will until the buyer's order is cancelled there.
 */
export type Lapsed = Map<string, number>;

export function lapse(lapsed: Lapsed, expiries: readonly Move[]): void {
  for (const { ref, quantity } of expiries) lapsed.set(ref, (lapsed.get(ref) ?? 0) + quantity);
}

/** Sales (+) and cancellations (-) of a line that its channel's own number follows. */
function salesIn(moves: readonly Move[]): number {
  let units = 0;
  for (const { kind, from, quantity, reason } of moves) {
    // Its number fell when the order was placed; that its hold ran out meanwhile is our own affair.
    if (reason === "late_payment") continue;
    const fromStock = from === "available" || from.startsWith("reserved:");
    if ((kind === "hold" || kind === "commit") && fromStock) units += quantity;
    else if (kind === "cancel") units -= quantity;
  }
  return units;
}

/** As `salesIn`, for a line whose hold had lapsed: held again it is no new sale, and gone it is none. */
function salesAfterLapse(
  line: ReportedLine,
  moves: readonly Move[],
  lapsed: Lapsed,
  ref: string,
): number {
  const gone = lapsed.get(ref) ?? 0;
  if (gone === 0) return salesIn(moves);
  lapsed.delete(ref);
  const open = Math.max(0, line.ordered - line.cancelled);
  const again = moves.reduce(
    (sum, { kind, quantity }) => sum + (kind === "hold" ? quantity : 0),
    0,
  );
  return salesIn(moves) - Math.min(gone, again) - Math.max(0, gone - open);
}

export interface LinesBooked {
  readonly moves: readonly Move[];
  /** Listings whose orders moved. */
  readonly touched: ReadonlySet<string>;
}

/** From a reading that began at `began`, ms. */
export function bookLines(
  projection: Projection,
  lines: readonly ListingLines[],
  lapsed: Lapsed,
  began: number,
  book: (draft: Draft) => void,
): LinesBooked {
  const booked: Move[] = [];
  const touched = new Set<string>();
  for (const { state, lines: parts } of lines) {
    let sales = 0;
    for (const line of parts) {
      const ref = lineRef(line);
      const known = lineAt(projection.lines, ref);
      const isOld = known !== undefined && line.updatedAt < known.updatedAt;
      const moves = planLine(projection, line);
      moves.forEach(book);
      booked.push(...moves);
      const isFirst = line.sku === state.parts[0]?.sku;
      if (isFirst && !isOld) {
        sales = salesAfterLapse(line, moves, lapsed, ref) / (state.parts[0]?.units ?? 1);
      } else if (!isOld) lapsed.delete(ref);
      if (moves.length > 0) touched.add(state.listing.listingId);
    }
    if (sales !== 0) soldListing(projection, state, sales, began);
  }
  return { moves: booked, touched };
}
