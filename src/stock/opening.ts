/** A book's first page: what was in the warehouse when it was opened. Booked once, by its key. */
import type { Sku } from "../base/ids";
import type { Move } from "./entries";

/** `units` whole, above 0; `at` in ms. */
export function openingCount(sku: Sku, units: number, at: number): Move {
  return {
    type: "move",
    key: `count/opening/${sku}`,
    at,
    reportedAt: at,
    kind: "count",
    sku,
    quantity: units,
    from: "external",
    to: "available",
    ref: "",
  };
}
