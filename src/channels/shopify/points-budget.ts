/**
 * The points of an app at one shop (channels.md 3.6): a bucket that every query takes what it asks
 * for from, and that is filled again by the second. Shopify tells size, level and rate with every
 * answer; until the first one, the smallest plan is assumed. What a query asks for is reserved and
 * what it did not use is given back, so a level told while other queries are on their way does not
 * count theirs yet.
 */
import type { Clock } from "../../base/clock";
import type { Allowance, Refusal, WriteReason } from "../channel";
import { Budget, TokenBucket } from "../http/budget";
import type { GraphqlReply202610 } from "./wire";

/** "Standard": 100 points a second; the bucket's size is not published, so no more than one query. */
const POINTS_PER_SECOND = 100;
const POINTS_AT_ONCE = 1000;
/** Three mutations: kept back for listings that have to stop or start again. */
const POINTS_KEPT_BACK = 40;

const WAIT_MIN_MS = 100;
const WAIT_MAX_MS = 60_000;

export class PointsBudget {
  readonly #clock: Clock;
  readonly #bucket: TokenBucket;
  readonly #budget: Budget;
  #underWay = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#bucket = new TokenBucket({
      perSecond: POINTS_PER_SECOND,
      burst: POINTS_AT_ONCE,
      reserve: POINTS_KEPT_BACK,
    });
    this.#budget = new Budget(clock, [this.#bucket]);
  }

  /** Null: go. */
  take(cost: number, reason: WriteReason): Refusal | null {
    const refusal = this.#budget.take(cost, reason);
    if (refusal === null) this.#underWay += cost;
    return refusal;
  }

  /** The query that took `cost` is over; `reply` null: nobody knows what became of it. */
  settle(cost: number, reply: GraphqlReply202610 | null): void {
    this.#underWay -= cost;
    const status = reply?.extensions?.cost?.throttleStatus;
    if (status === undefined) return;
    this.#bucket.told(
      {
        perSecond: status.restoreRate,
        burst: status.maximumAvailable,
        level: status.currentlyAvailable - this.#underWay,
      },
      this.#clock.now(),
    );
  }

  /** Until the bucket holds what the query asks for, at the rate that Shopify tells; null: untold. */
  waitToldBy(reply: GraphqlReply202610): number | null {
    const cost = reply.extensions?.cost;
    const status = cost?.throttleStatus;
    const requested = cost?.requestedQueryCost ?? null;
    if (status === undefined || requested === null || status.restoreRate <= 0) return null;
    const missing = Math.min(requested, status.maximumAvailable) - status.currentlyAvailable;
    const wait = Math.ceil((missing / status.restoreRate) * 1000);
    return Math.min(WAIT_MAX_MS, Math.max(WAIT_MIN_MS, wait));
  }

  refused(retryAfterMs: number | null): Refusal {
    return this.#budget.refused(retryAfterMs);
  }

  answered(): void {
    this.#budget.succeeded();
  }

  allowance(cost: number): Allowance {
    return this.#budget.allowance(cost);
  }
}
