/** Open cases: a channel shows other than it should, and nobody knows why yet. */
import type { ChannelId, Sku } from "../base/ids";
import type { Note } from "./entries";

export interface DriftCase {
  readonly sku: Sku | "";
  readonly channel: ChannelId | "";
  /** Channel minus ledger, units. */
  readonly n: number;
  readonly openedAt: number;
  /** Codes: its likely causes, and what was done to it; separated by blanks. */
  readonly detail: string;
  /** The seller leaves it as it is: no case again until the difference is another one. */
  readonly isIgnored: boolean;
}

/** detail of a settled case that is not to be opened again by the same number. */
export const IGNORED = "ignored";

export function applyToDrifts(
  drifts: Map<string, DriftCase>,
  entry: Note & { readonly kind: "drift_opened" | "drift_settled" },
): void {
  const { sku, channel, n, at: openedAt, detail, ref } = entry;
  if (entry.kind === "drift_opened") {
    drifts.set(ref, { sku, channel, n, openedAt, detail, isIgnored: false });
    return;
  }
  const known = drifts.get(ref);
  if (detail === IGNORED && known !== undefined) drifts.set(ref, { ...known, isIgnored: true });
  else drifts.delete(ref);
}
