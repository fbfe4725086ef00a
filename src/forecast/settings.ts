/**
 * Every constant of the forecast, by name. The seed method gives the defaults; the seller may change
 * each of them (requirements, opening paragraph), so nothing else in this folder holds a number of
 * the method.
 */

/** Followers from `from` on (included) count with `coefficient`, up to the next tier (excluded). */
export interface FollowerTier {
  readonly from: number;
  readonly coefficient: number;
}

export interface ForecastSettings {
  /** Days behind "units sold lately": a single number given as sales is divided by it. */
  readonly windowDays: number;
  /** A stream sells this many times a usual day (requirement 22). */
  readonly multiplier: number;
  /** Planned stock = expected sales times this (requirement 25). */
  readonly buffer: number;
  /** More for the first stream with a creator, on top of the buffer (requirement 31). */
  readonly firstTimeFactor: number;
  /** Ascending, the first from 0 (requirement 24). A creator on a boundary takes the upper tier. */
  readonly tiers: readonly FollowerTier[];
  /** From the last tier on, the coefficient grows with the logarithm of followers up to this. */
  readonly summit: FollowerTier;
  /** Coefficient when nobody said how many followers there are. */
  readonly coefficientUnknown: number;
  /** Followers this close to a boundary, as a share of it, earn a note. */
  readonly boundaryShare: number;
  /** Without sales, this share of the followers is stocked, and at most the second one expected. */
  readonly coldShareLow: number;
  readonly coldShareHigh: number;
  /** A creator wants this many times the expected sales in stock (requirement 19). */
  readonly creatorAskMultiple: number;
  /** The prior's spread: this quantile of demand is `creatorAskMultiple` times its median. */
  readonly priorQuantile: number;
  /** Degrees of freedom of the prior, a whole number. */
  readonly priorDf: number;
  /** How the spread divides into the seller's, the creator's and the single stream's part; sum 1. */
  readonly shareSeller: number;
  readonly shareCreator: number;
  readonly shareStream: number;
  /** How evenly a stream sells: the pace up to share g of it wobbles like 1 / ((this + 1) g). */
  readonly pacePrecision: number;
  /** A stream without a sale counts as this many units, so that its logarithm exists. */
  readonly soldFloor: number;
  /** Below this many units a day, the seed's two rules disagree by far, and a note says so. */
  readonly thinDailyUnits: number;
  /** The newest streams that are learnt from. */
  readonly historyMax: number;
  /** A creator is asked for so many of her newest streams (requirement 63). */
  readonly creatorStreamsAsked: number;
  /** Orders by viewer above this, strictly, are worth a lasting cooperation (requirement 64). */
  readonly creatorWorthAbove: number;
  readonly unitsPerOrder: number;
  /** Streams recorded from which the formula is offered, and from which it is taken (requirement 79). */
  readonly formulaOfferedFrom: number;
  readonly formulaTakenFrom: number;
  /** Days of sales without which it is not taken. */
  readonly formulaSalesDays: number;
}

export const seedSettings: ForecastSettings = {
  windowDays: 30,
  multiplier: 15,
  buffer: 1.2,
  firstTimeFactor: 1.2,
  tiers: [
    { from: 0, coefficient: 0.5 },
    { from: 10_000, coefficient: 1 },
    { from: 50_000, coefficient: 1.5 },
    { from: 100_000, coefficient: 2 },
  ],
  summit: { from: 1_000_000, coefficient: 3 },
  coefficientUnknown: 1,
  boundaryShare: 0.1,
  coldShareLow: 0.01,
  coldShareHigh: 0.02,
  creatorAskMultiple: 3,
  priorQuantile: 0.95,
  priorDf: 8,
  shareSeller: 0.3,
  shareCreator: 0.3,
  shareStream: 0.4,
  pacePrecision: 20,
  soldFloor: 0.5,
  thinDailyUnits: 1 / 3,
  historyMax: 60,
  creatorStreamsAsked: 3,
  creatorWorthAbove: 0.05,
  unitsPerOrder: 1,
  formulaOfferedFrom: 3,
  formulaTakenFrom: 5,
  formulaSalesDays: 14,
};
