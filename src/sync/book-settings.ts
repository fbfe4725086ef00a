/** The engine's settings as a seller set them (stock/constants.ts); the rest is the default. */
import type { ChannelId } from "../base/ids";
import { constantsOf, type ConstantId, type SetConstants } from "../stock/constants";
import type { Projection } from "../stock/projection";
import { defaultSettings, type SyncSettings } from "./settings";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** `base`, but for what she set: settings of tests and simulations stay theirs. */
function syncSettings(base: SyncSettings, set: SetConstants): SyncSettings {
  const time = (id: ConstantId, unit: number, ms: number) =>
    set[id] === undefined ? ms : set[id] * unit;
  const lag = (id: ConstantId, channel: ChannelId) => time(id, SECOND, base.orderLagMs[channel]);
  const shares: Partial<Record<ChannelId, number>> = { ...base.channelShares };
  const shareIds = {
    tiktok: "shareTiktok",
    amazon: "shareAmazon",
    shopify: "shareShopify",
    ebay: "shareEbay",
  } as const;
  for (const channel of Object.keys(shareIds) as ChannelId[]) {
    const share = set[shareIds[channel]];
    if (share !== undefined) shares[channel] = share;
  }
  return {
    ...base,
    pollLiveMs: time("pollLive", SECOND, base.pollLiveMs),
    pollIdleMs: time("pollIdle", SECOND, base.pollIdleMs),
    backoffMaxMs: time("backoffMax", SECOND, base.backoffMaxMs),
    firstLookMs: time("firstLook", HOUR, base.firstLookMs),
    unreadableMs: time("unreadable", MINUTE, base.unreadableMs),
    deepLookEveryMs: time("deepLookEvery", MINUTE, base.deepLookEveryMs),
    deepLookBackMs: time("deepLookBack", HOUR, base.deepLookBackMs),
    puzzledMs: time("puzzled", SECOND, base.puzzledMs),
    channelBuffer: set.channelBuffer ?? base.channelBuffer,
    shareGuard: set.shareGuard ?? base.shareGuard,
    restlessReadsMax: set.restlessReads ?? base.restlessReadsMax,
    orderLagMs: {
      tiktok: lag("lagTiktok", "tiktok"),
      amazon: lag("lagAmazon", "amazon"),
      shopify: lag("lagShopify", "shopify"),
      ebay: lag("lagEbay", "ebay"),
    },
    missRisk: set.missRisk === undefined ? base.missRisk : set.missRisk / 100,
    paceMs: time("pace", MINUTE, base.paceMs),
    writeGuessMs: time("writeGuess", SECOND, base.writeGuessMs),
    channelShares: shares,
  };
}

/**
 * Settings that follow the book: each is looked up when it is asked for, so that a constant that was
 * set holds from the next reading on, without the engine being started anew.
 */
export function bookSettings(base: SyncSettings, book: () => Projection): SyncSettings {
  let from: Readonly<Record<string, number>> | null = null;
  let made = base;
  const now = () => {
    const projection = book();
    if (projection.desk.constants !== from) {
      from = projection.desk.constants;
      made = syncSettings(base, constantsOf(projection));
    }
    return made;
  };
  const settings = {};
  for (const name of Object.keys(defaultSettings)) {
    Object.defineProperty(settings, name, {
      enumerable: true,
      get: () => now()[name as keyof SyncSettings],
    });
  }
  return settings as SyncSettings;
}
