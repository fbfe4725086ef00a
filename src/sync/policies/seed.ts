/**
 * The seed method's own rule, as written (requirements 36-38): every channel shows all that it may
 * sell; below 50 the others stop; below 20 the live listing is set to 0 and stays so.
 */
import { compareAlerts } from "../../stock/alerts";
import { alertOf } from "../../stock/projection";
import { sellable } from "../../stock/sellable";
import type { Policy, StreamSharing } from "./policy";

function isAtLeast({ situation, sku }: StreamSharing, level: "orange" | "red"): boolean {
  return compareAlerts(alertOf(situation.projection, sku), level) >= 0;
}

export const seed: Policy = {
  quantity(sharing, state) {
    const { situation, sku, stream } = sharing;
    const { channel } = state.listing;
    const live = channel === stream.channel;
    if (stream.phase === "running" && live && isAtLeast(sharing, "red")) return 0;
    if (!live && situation.projection.paused.has(sku)) return 0;
    return Math.max(0, sellable(situation.projection, sku, channel));
  },
  pauses: (sharing) => isAtLeast(sharing, "orange"),
  move: () => null,
};
