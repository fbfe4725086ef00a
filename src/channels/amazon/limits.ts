/**
 * Amazon counts every operation apart, for each pair of seller and application, and tells the rate
 * it applies in a header (channels.md 2.6). The published numbers hold until it has.
 */
import type { Clock } from "../../base/clock";
import type { Allowance } from "../channel";
import { Budget, TokenBucket } from "../http/budget";
import { callsPerSecond } from "../http/reply-headers";

/** Calls a second, and at once, as the models give them (channels.md 2.2 to 2.4). */
const published = {
  searchOrders: { perSecond: 0.0056, burst: 20 },
  searchListingsItems: { perSecond: 5, burst: 5 },
  getListingsItem: { perSecond: 5, burst: 10 },
  // One call is kept back for a pause or a resume.
  patchListingsItem: { perSecond: 5, burst: 5, reserve: 1 },
  getMarketplaceParticipations: { perSecond: 0.016, burst: 15 },
} as const;

export type OperationName = keyof typeof published;

/** Rates are raised on request; one that is told far below what is published is not believed. */
const BELIEVED_SHARE = 0.1;

export class OperationLimit {
  readonly budget: Budget;
  readonly #bucket: TokenBucket;
  readonly #burst: number;
  #perSecond: number;
  readonly #least: number;

  constructor(name: OperationName, clock: Clock) {
    const size = published[name];
    this.#bucket = new TokenBucket(size);
    this.#perSecond = size.perSecond;
    this.#least = size.perSecond * BELIEVED_SHARE;
    this.#burst = size.burst;
    this.budget = new Budget(clock, [this.#bucket]);
  }

  /** Takes in what an answer's headers say. */
  learn(headers: Readonly<Record<string, string>>, now: number): void {
    const told = callsPerSecond(headers);
    if (told === null || told < this.#least) return;
    this.#perSecond = told;
    this.#bucket.told({ perSecond: told }, now);
  }

  /** Refused for too many calls: whatever we counted, Amazon's bucket is empty. */
  emptied(now: number): void {
    this.#bucket.told({ level: 0 }, now);
  }

  /**
   * When to call next so that what is left lasts for as long as a bucket takes to fill, an hour for
   * orders: every 90 s from a full bucket, every 179 s from an empty one (channels.md 2.6).
   * A call may go earlier; whoever makes it has fewer later.
   */
  paced(lastAt: number | null): Allowance {
    const allowance = this.budget.allowance();
    if (lastAt === null) return allowance;
    const calls = this.#burst + (allowance.left ?? 0);
    const intervalMs = (this.#burst / this.#perSecond / calls) * 1000;
    return { ...allowance, nextAt: Math.max(allowance.nextAt, Math.round(lastAt + intervalMs)) };
  }
}

export type OperationLimits = Readonly<Record<OperationName, OperationLimit>>;

export function operationLimits(clock: Clock): OperationLimits {
  const limit = (name: OperationName) => new OperationLimit(name, clock);
  return {
    searchOrders: limit("searchOrders"),
    searchListingsItems: limit("searchListingsItems"),
    getListingsItem: limit("getListingsItem"),
    patchListingsItem: limit("patchListingsItem"),
    getMarketplaceParticipations: limit("getMarketplaceParticipations"),
  };
}
