/**
 * How often a listing may still be revised today: 250 times a calendar day, all variations of a
 * listing together (channels.md 4.4). Pure, but for the numbers it keeps; those come in and go out as
 * plain data, so that whoever starts the adapter can store them and a restart does not forget them.
 *
 * eBay does not say where its day begins. Its call limits begin anew at midnight in California
 * (channels.md 4.6), so that is taken here; were it another hour, eBay's own refusal closes the
 * listing's budget (`refusedByEbay`).
 */
import type { WriteReason } from "../channel";

const REVISIONS_PER_DAY = 250;
/** Kept for pause and resume: a listing that cannot be stopped any more sells what is not there. */
const RESERVE = 20;
/** Below this only a change that matters is worth a revision. */
const THRIFTY_BELOW = 125;
const LOW_STOCK = 10;
const MATTERS = 0.1;

/** Revisions by listing; `day` is California's date, "2026-11-23". */
export type SpentRevisions = Readonly<
  Record<string, { readonly day: string; readonly revisions: number }>
>;

export interface Revision {
  readonly reason: WriteReason;
  readonly quantity: number;
  /** What the listing is believed to show; null where nobody knows. */
  readonly shown: number | null;
}

const california = new Intl.DateTimeFormat("en-CA", {
  timeZone: "America/Los_Angeles",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

export class RevisionBudget {
  readonly #spent: Map<string, { readonly day: string; readonly revisions: number }>;

  constructor(spent: SpentRevisions = {}) {
    this.#spent = new Map(Object.entries(spent));
  }

  /** What to store; entries of earlier days are gone. `now` in milliseconds since the epoch. */
  spent(now: number): SpentRevisions {
    const today = california.format(now);
    return Object.fromEntries([...this.#spent].filter(([, { day }]) => day === today));
  }

  /** Revisions left today, the reserve among them. */
  left(listing: string, now: number): number {
    const known = this.#spent.get(listing);
    const used = known?.day === california.format(now) ? known.revisions : 0;
    return Math.max(0, REVISIONS_PER_DAY - used);
  }

  /** Takes one, or says no and takes nothing. */
  take(listing: string, revision: Revision, now: number): boolean {
    const left = this.left(listing, now);
    if (left === 0) return false;
    if (revision.reason === "level") {
      if (left <= RESERVE) return false;
      if (left < THRIFTY_BELOW && !matters(revision)) return false;
    }
    this.#set(listing, REVISIONS_PER_DAY - left + 1, now);
    return true;
  }

  /** The revision certainly did not happen. */
  giveBack(listing: string, now: number): void {
    const used = REVISIONS_PER_DAY - this.left(listing, now);
    if (used > 0) this.#set(listing, used - 1, now);
  }

  /** eBay counts more than we do: only what stops or starts the listing is tried any more today. */
  refusedByEbay(listing: string, now: number): void {
    const used = REVISIONS_PER_DAY - this.left(listing, now);
    this.#set(listing, Math.max(used, REVISIONS_PER_DAY - RESERVE), now);
  }

  #set(listing: string, revisions: number, now: number): void {
    this.#spent.set(listing, { day: california.format(now), revisions });
  }
}

/** At low stock one unit is the difference between sold and oversold; of many, a tenth is. */
function matters({ quantity, shown }: Revision): boolean {
  if (shown === null || quantity <= LOW_STOCK || shown <= LOW_STOCK) return true;
  return Math.abs(quantity - shown) >= shown * MATTERS;
}
