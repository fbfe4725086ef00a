/**
 * What eBay alone knows of a listing, beside the shop's one number: its two quantities, its present
 * listing id, and how often it was revised today. In memory, and of one run: a sandbox that starts
 * again has equal quantities and a fresh day.
 *
 * A day is a day of the stream: 24 hours divided by the run's speed, counted from its start. Before the
 * start, and at speed 1, it is a real one (by UTC; eBay's own begins at an hour that it does not name).
 */
import type { CatalogueItem } from "../catalogue";
import { findListing } from "../shop";
import type { Run } from "../state";

export const REVISIONS_PER_DAY = 250;
const DAY_MS = 24 * 3600 * 1000;

/** How much each quantity is above what the listing shows; one of them is 0. */
interface Above {
  readonly item: number;
  readonly offer: number;
}

export interface Quantities {
  readonly item: number;
  readonly offer: number;
}

function dayOf(run: Run, now: number): number {
  if (run.startedAt === null) return Math.floor(now / DAY_MS);
  return Math.floor(((now - run.startedAt) * run.speed) / DAY_MS);
}

export class EbayMemory {
  #run = "";
  readonly #above = new Map<string, Above>();
  readonly #relistings = new Map<string, number>();
  readonly #revisions = new Map<string, number>();

  quantities(run: Run, { sku }: CatalogueItem): Quantities {
    this.#turnTo(run);
    const available = findListing(run.shop, "ebay", sku)?.available ?? 0;
    const above = this.#above.get(sku) ?? { item: 0, offer: 0 };
    return { item: available + above.item, offer: available + above.offer };
  }

  /** Remembers both; what the listing then shows is the answer. */
  set(run: Run, { sku }: CatalogueItem, { item, offer }: Quantities): number {
    this.#turnTo(run);
    const shown = Math.min(item, offer);
    this.#above.set(sku, { item: item - shown, offer: offer - shown });
    return shown;
  }

  /** Another one after every relisting. */
  listingId(run: Run, { sku, ebay }: CatalogueItem): string {
    this.#turnTo(run);
    return String(BigInt(ebay.itemId) + BigInt(this.#relistings.get(sku) ?? 0));
  }

  relisted(run: Run, { sku }: CatalogueItem): void {
    this.#turnTo(run);
    this.#relistings.set(sku, (this.#relistings.get(sku) ?? 0) + 1);
  }

  /** False: today's revisions of this listing are used up. */
  revise(run: Run, item: CatalogueItem, now: number): boolean {
    this.#turnTo(run);
    const phase = run.startedAt === null ? "before" : "since";
    const key = `${this.listingId(run, item)} ${phase} ${dayOf(run, now)}`;
    const revisions = this.#revisions.get(key) ?? 0;
    if (revisions >= REVISIONS_PER_DAY) return false;
    this.#revisions.set(key, revisions + 1);
    return true;
  }

  #turnTo({ run }: Run): void {
    if (run === this.#run) return;
    this.#run = run;
    for (const known of [this.#above, this.#relistings, this.#revisions]) known.clear();
  }
}
