/**
 * How often each operation may be called: the published rates (channels.md 2.2 to 2.4), counted apart.
 * A rehearsal at speed N lets N times as many through a second, since its hour is over N times as
 * fast; the burst stays. What holds right now stands in the rate-limit header.
 */
import { bucket, type Bucket } from "../bucket";

export const rates = {
  searchOrders: { perSecond: 0.0056, burst: 20 },
  searchListingsItems: { perSecond: 5, burst: 5 },
  getListingsItem: { perSecond: 5, burst: 10 },
  patchListingsItem: { perSecond: 5, burst: 5 },
  getMarketplaceParticipations: { perSecond: 0.016, burst: 15 },
} as const;

export type OperationName = keyof typeof rates;

/** Two minutes by the stream's clock: what a search of orders leaves out at its end. */
export function searchLagMs(speed: number): number {
  return 120_000 / speed;
}

export interface Limits {
  take(operation: OperationName, speed: number, now: number): boolean;
  /** Calls a second. */
  rate(operation: OperationName, speed: number): number;
}

export function openLimits(): Limits {
  const buckets = new Map<OperationName, { readonly speed: number; readonly bucket: Bucket }>();
  const rate = (operation: OperationName, speed: number) =>
    Number((rates[operation].perSecond * speed).toPrecision(6));
  return {
    rate,
    take(operation, speed, now) {
      let own = buckets.get(operation);
      if (own?.speed !== speed) {
        own = { speed, bucket: bucket(rates[operation].burst, rate(operation, speed)) };
        buckets.set(operation, own);
      }
      return own.bucket.take(1, now);
    },
  };
}
