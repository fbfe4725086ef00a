/**
 * What a creator's last streams say of her (requirements 63 to 65 and 67): orders by viewers, which
 * the seed trusts more than followers although its own table counts those. Nothing here changes a
 * plan; its number stands beside the plan, and the seller picks.
 */

import { type ForecastSettings, seedSettings } from "./settings";

/** As the creator reports it; whole numbers of people and of orders. */
export interface CreatorStream {
  /** Unique viewers. */
  readonly viewers: number;
  readonly orders: number;
}

export interface CreatorEvidence {
  /** "no_data" says only that there is none, not why (requirement 65). */
  readonly status: "no_data" | "too_few" | "known";
  /** Orders by viewer of each stream that is looked at, oldest first. */
  readonly conversions: readonly number[];
  /** Their mean; null without data. */
  readonly conversion: number | null;
  /** Null until as many streams are known as are asked for. */
  readonly isWorthKeeping: boolean | null;
  /** Units that her next stream may sell: mean viewers x conversion x units an order; null as above. */
  readonly expectedUnits: number | null;
}

/** 3 x 5 % / 3 lands a hair above 5 % in doubles; that hair is no conversion. */
const HAIR = 1e-12;

function isSound({ viewers, orders }: CreatorStream): boolean {
  return Number.isFinite(viewers) && viewers > 0 && Number.isFinite(orders) && orders >= 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** `streams` oldest first; those without viewers, or with numbers that are none, are left out. */
export function creatorEvidence(
  streams: readonly CreatorStream[],
  settings: ForecastSettings = seedSettings,
): CreatorEvidence {
  const { creatorStreamsAsked: asked, creatorWorthAbove, unitsPerOrder } = settings;
  const newest = streams.filter(isSound).slice(-asked);
  const conversions = newest.map(({ orders, viewers }) => orders / viewers);
  const none = { conversions, isWorthKeeping: null, expectedUnits: null };
  if (conversions.length === 0) return { ...none, status: "no_data", conversion: null };
  const conversion = mean(conversions);
  if (conversions.length < asked) return { ...none, status: "too_few", conversion };
  const viewers = mean(newest.map((stream) => stream.viewers));
  return {
    status: "known",
    conversions,
    conversion,
    isWorthKeeping: conversion - creatorWorthAbove > HAIR,
    expectedUnits: viewers * conversion * unitsPerOrder,
  };
}
