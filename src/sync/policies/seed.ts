/**
 * The seed method's own rule, as written (requirements 36-38): every channel shows all that it may
 * sell; below 50 the others stop; below 20 the live listing is set to 0, which is red's act (acts.ts)
 * and this policy's default.
 */
import { compareAlerts } from "../../stock/alerts";
import { alertOf } from "../../stock/projection";
import { sellable } from "../../stock/sellable";
import type { Policy } from "./policy";

export const seed: Policy = {
  quantity(sharing, state) {
    const { situation, sku, stream } = sharing;
    const { channel } = state.listing;
    if (channel !== stream.channel && situation.projection.paused.has(sku)) return 0;
    return Math.max(0, sellable(situation.projection, sku, channel));
  },
  pauses: ({ situation, sku }) => compareAlerts(alertOf(situation.projection, sku), "orange") >= 0,
  move: () => null,
};
