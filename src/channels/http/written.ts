/** Outcomes of a batch of which a part was refused as a whole. */
import { never } from "../../base/assert";
import type { QuantityWrite, Refusal, WriteOutcome } from "../channel";

/**
 * Whether the next call of the same batch would meet the same refusal: a channel that is throttled
 * or closed to us is not asked again within the batch.
 */
export function endsBatch(refusal: Refusal): boolean {
  switch (refusal.kind) {
    case "companion_down":
    case "fenced_off":
    case "throttled":
    case "unauthorised":
      return true;
    case "unreachable":
    case "server_error":
    case "rejected":
    case "malformed":
      return false;
    default:
      return never(refusal);
  }
}

/** The writes that this refusal kept from being made, or left unknown. */
export function refusedWrites(writes: readonly QuantityWrite[], refusal: Refusal): WriteOutcome[] {
  const { code, message } = spoken(refusal);
  return writes.map(({ listing }) => ({
    listingId: listing.listingId,
    kind: "rejected",
    code,
    message,
  }));
}

function spoken(refusal: Refusal): { code: string; message: string } {
  switch (refusal.kind) {
    case "companion_down":
    case "fenced_off":
    case "throttled":
      return { code: refusal.kind, message: "" };
    case "malformed":
      return { code: refusal.kind, message: refusal.where };
    case "unreachable":
    case "server_error":
      return { code: refusal.kind, message: refusal.message };
    case "unauthorised":
    case "rejected":
      return { code: refusal.code, message: refusal.message };
    default:
      return never(refusal);
  }
}
