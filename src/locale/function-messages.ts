/**
 * What the functions of the namespace STREAM say in cells: names of what they spill, sentences, and
 * messages beside errors. Raw values come in (units, ms, shares), the language formats them.
 */

/** What STOCK can be asked for. */
export const measures = [
  "onHand",
  "available",
  "committed",
  "unpaid",
  "reserved",
  "incoming",
  "damaged",
  "oversold",
  "velocity",
  "cover",
  "age",
] as const;
export type Measure = (typeof measures)[number];

/** Arguments that have to be numbers. */
export type NumberName =
  | "followers"
  | "service"
  | "sold"
  | "share"
  | "stockLeft"
  | "plan"
  | "actual"
  | "stockoutMinutes"
  | "streamMinutes"
  | "averageStock"
  | "dailySales"
  | "estimate"
  | "rate"
  | "seconds"
  | "buffer"
  | "risk";

export interface PlanTold {
  readonly units: number;
  readonly base: number | null;
  readonly multiplier: number | null;
  readonly coefficient: number | null;
  readonly buffer: number | null;
  readonly followers: number | null;
  readonly streams: number;
  readonly service: number;
}

export interface ForecastNotes {
  readonly cold_start: (low: number, high: number) => string;
  readonly first_time_left_out: (units: number) => string;
  readonly options_left_out: string;
  readonly thin_sales: (units: number) => string;
  readonly near_boundary: (followers: number, below: number, above: number) => string;
  readonly history_skipped: (rows: number) => string;
  readonly history_cut: (rows: number) => string;
  readonly sold_out_learnt: (rows: number) => string;
}

export interface FunctionMessages {
  // Beside an error
  readonly skuNear: (sku: string, near: string) => string;
  readonly skusTooMany: (most: number) => string;
  /** `at` = when it was read, ms. */
  readonly readingSince: (at: number) => string;
  readonly measureUnknown: (text: string) => string;
  readonly measureHasNoChannel: (measure: string) => string;
  readonly nothingSells: string;
  readonly paceElsewhere: string;
  readonly numberMissing: (name: string) => string;
  readonly minutesTogether: string;
  readonly noSales: string;
  readonly rangesDiffer: string;

  // Names
  readonly measure: Readonly<Record<Measure, string>>;
  /** How else people write it; the first name counts too. */
  readonly measureAlso: Readonly<Record<Measure, readonly string[]>>;
  readonly number: Readonly<Record<NumberName, string>>;
  /** "Yes" in the column "sold out" of a history. */
  readonly yes: readonly string[];

  // FORECAST_EXPLAIN
  readonly planned: string;
  readonly unitsADay: string;
  readonly multiplier: string;
  readonly coefficient: string;
  readonly expected: string;
  readonly planBuffer: string;
  readonly methodPlan: string;
  readonly firstTime: string;
  readonly lift: string;
  readonly pastStreams: string;
  readonly weight: string;
  readonly lastsIn: string;
  readonly quantile: (share: number) => string;
  readonly creatorAsk: string;
  readonly followerBand: string;
  readonly band: (low: number, high: number) => string;
  readonly inWords: string;
  readonly note: string;
  readonly planTold: (plan: PlanTold) => string;
  readonly forecastNote: ForecastNotes;

  // FORECAST_UPDATE
  readonly total: (share: number) => string;
  readonly soldOutChance: string;
  readonly emptyAt: (share: number) => string;
  readonly need: string;
  readonly lasts: string;
  readonly updateTold: (total: number, chance: number, need: number) => string;

  // WHATIF
  readonly change: string;
  readonly difference: string;
  readonly asItIs: string;

  // REVIEW
  readonly accuracy: string;
  readonly verdict: string;
  readonly next: string;
  readonly lowerBound: string;
  readonly forecastAccuracy: string;
  readonly stockoutShare: string;
  readonly stockoutVerdict: string;
  readonly demand: string;
  readonly coefficientFactor: string;
  readonly bufferNext: string;

  // PLEDGE
  readonly pledged: string;
  readonly asked: (times: number) => string;
  readonly missing: string;
  readonly reservedForStream: string;
  readonly pledgeTold: (pledged: number, gap: number) => string;

  // OVERSELL_RISK
  readonly oversellChance: string;
  readonly oversellUnits: string;
  readonly oversellBuffer: (risk: number) => string;
  readonly oversellTold: (chance: number, buffer: number, enough: number, risk: number) => string;

  // WHY
  readonly ordersOn: (channel: string) => string;
  readonly unpaidOn: (channel: string) => string;
  readonly reservedOn: (channel: string) => string;
  readonly sellableOn: (channel: string) => string;
  readonly soldBeyond: string;

  // ALERT
  readonly alertLeft: (level: string, units: number) => string;
  readonly alertOversold: (units: number) => string;
  readonly alertPaused: string;
  readonly alertStale: (at: number) => string;
  readonly alertUnread: string;
  readonly join: (parts: readonly string[]) => string;

  // The card
  readonly cardTitle: (sku: string) => string;
}
