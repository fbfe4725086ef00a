/** What the pane says while a stream runs and about its channels (messages.ts has the rest). */
import type { Explained } from "./explained";

export type ActName = "pause_others" | "stop_live";
export type ActModeName = "ask" | "auto" | "tell";
export type PolicyName = "seed" | "buffer" | "escrow";
export type GapName = "sleep" | "restart" | "companion" | "lease" | "clock";
export type DriftCauseName =
  "order_not_listed" | "lowered_by_hand" | "raised_by_hand" | "cancellation_not_listed";
export type DriftChoiceName = "accept" | "push" | "ignore";
export type CallKindName = "read_stock" | "read_orders" | "write_stock";
export type LatencyPhaseName = "waiting" | "ordered" | "done" | "no_change" | "expired" | "stopped";
export type LatencyVerdictName = "good" | "pass" | "fail";
export type PreflightName =
  | "connection"
  | "budget"
  | "clock"
  | "listings"
  | "plan_stock"
  | "creator_stock"
  | "reservation"
  | "journal"
  | "leads"
  | "gap"
  | "drift"
  | "latency";
export type StatusName = "ok" | "warn" | "fail";

/** Refusals of the seller's word to the engine; the worker's own are in Messages.refusal. */
export type EngineRefusalName =
  | "ask_over"
  | "case_closed"
  | "not_offered"
  | "stream_unknown"
  | "sku_unknown"
  | "listing_unknown"
  | "bad_acts"
  | "bad_plan"
  | "not_live"
  | "latency_running"
  | "no_latency"
  | "not_linked";

/** The fields of a plan that can be wrong. */
export type PlanFieldName =
  "planned" | "id" | "startsAt" | "minutes" | "followers" | "creator" | "policy";

export interface PreflightWords {
  /** "" where the line is about no channel. */
  readonly channel: string;
  readonly sku: string;
  /** See sync/preflight.ts: units, ms or counts, by code; null: not known. */
  readonly n: number | null;
  readonly of: number | null;
  readonly status: StatusName;
}

export interface PaneMessages {
  // Questions of alerts
  readonly askTitle: (act: ActName, left: number, channelName: string) => string;
  readonly askBody: (act: ActName) => string;
  readonly askYes: Readonly<Record<ActName, string>>;
  readonly askNo: Readonly<Record<ActName, string>>;
  /** Ticks; `ms` until the act is done without an answer. */
  readonly askCountdown: (ms: number) => string;
  readonly askTimeLeft: string;
  readonly engineRefusal: Readonly<Record<EngineRefusalName, string>>;
  readonly planField: Readonly<Record<PlanFieldName, string>>;

  // A gap
  readonly gap: Readonly<Record<GapName, (ms: number) => string>>;
  readonly gapReading: (channelNames: readonly string[]) => string;

  // What is in force
  readonly pausedNow: Explained;
  readonly stoppedNow: (channelName: string) => Explained;

  // How alerts act
  readonly actsTitle: string;
  readonly actsHow: string;
  readonly actsForAll: string;
  readonly actsOrange: string;
  readonly actsRed: string;
  readonly actsMode: Readonly<Record<ActModeName, string>>;
  readonly actsCountdown: string;
  readonly actsSaved: string;

  // Policies
  readonly policyTitle: string;
  readonly policyHow: string;
  readonly policyName: Readonly<Record<PolicyName, string>>;
  readonly policyWhat: Readonly<Record<PolicyName, string>>;
  readonly policyCurrent: string;
  readonly policyCompare: string;
  readonly policyAgain: string;
  readonly policyPending: string;
  readonly policyNone: string;
  readonly policyPauses: string;
  readonly policyStops: string;
  readonly policyKeeps: string;
  readonly policySame: string;

  // The band in the chart
  readonly chartLikely: (p50: number, p90: number) => string;
  readonly chartShort: (chance: number, need: number) => string;

  // Actions
  readonly endStream: string;
  readonly endStreamAsk: string;
  readonly endStreamSure: string;
  readonly endStreamNo: string;

  // Drift
  readonly driftTitle: string;
  readonly driftNone: string;
  /** Null: the listing is not there any more. */
  readonly driftShows: (channelName: string, shown: number | null, ours: number | null) => string;
  readonly driftBy: (n: number) => string;
  readonly driftSince: (ms: number) => string;
  readonly driftCauses: string;
  readonly driftCause: Readonly<Record<DriftCauseName, string>>;
  readonly driftOverwritten: string;
  readonly driftChoice: Readonly<Record<DriftChoiceName, string>>;
  /** What the choice does; n = channel minus ours. */
  readonly driftEffect: Readonly<Record<DriftChoiceName, (n: number) => string>>;
  readonly driftPending: string;

  // Health of channels
  readonly healthTitle: string;
  readonly healthLastOk: string;
  readonly healthNext: string;
  readonly healthEvery: string;
  readonly healthWrite: string;
  readonly healthBacklog: string;
  readonly healthBudget: string;
  readonly healthClock: string;
  readonly healthLastError: string;
  readonly healthNoError: string;
  readonly healthIn: (ms: number) => string;
  readonly healthCall: Readonly<Record<CallKindName, string>>;
  readonly healthCalls: (left: number | null, waitMs: number) => string;
  readonly healthListings: (n: number) => string;
  readonly healthSkew: (ms: number) => string;
  readonly healthErrorAt: (forMs: number) => string;
  readonly healthUnknownListings: (n: number) => string;
  readonly healthLockedListings: (n: number) => string;

  // Latency test
  readonly latencyTitle: string;
  readonly latencyHow: string;
  readonly latencySku: string;
  readonly latencyFrom: string;
  readonly latencyTo: string;
  readonly latencyStart: string;
  readonly latencyStop: string;
  readonly latencyAgain: string;
  readonly latencyNeeds: string;
  readonly latencyPhase: Readonly<
    Record<LatencyPhaseName, (from: string, to: string, sku: string) => string>
  >;
  readonly latencyVerdict: Readonly<Record<LatencyVerdictName, Explained>>;
  readonly latencyWatch: string;
  readonly latencyCancel: (from: string) => string;

  // Pre-flight
  readonly preflightTitle: string;
  readonly preflightRun: string;
  readonly preflightAgain: string;
  readonly preflightPending: string;
  readonly preflightEmpty: string;
  readonly preflightSum: (fail: number, warn: number) => string;
  readonly preflightFine: (lines: number) => string;
  readonly preflightName: Readonly<Record<PreflightName, string>>;
  readonly preflightLine: Readonly<Record<PreflightName, (words: PreflightWords) => string>>;
  readonly status: Readonly<Record<StatusName, string>>;
}
