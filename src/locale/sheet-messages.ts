/** What stands in the sheets that StreamStock makes on request. */
import type { AlertName, VerdictName } from "./messages";

export type SheetName = "live" | "plan" | "review";

/** How a planned stream stands with its reservation. */
export type ReservationName =
  "incomplete" | "not_reserved" | "waiting" | "reserved" | "short" | "released" | "over";

export type UrgencyName = "in_time" | "due" | "late";

/** Why a row of the Plan sheet was not reserved. */
export type ReserveRefusalName =
  | "incomplete"
  | "sku_unknown"
  | "plan_not_whole"
  | "start_past"
  | "nothing_free"
  | "already_released"
  | "window_over"
  | "fewer";

export interface SheetMessages {
  readonly sheet: Readonly<Record<SheetName, string>>;

  /** Of the pane: sheets to make, and what to do with them. */
  readonly button: Readonly<Record<SheetName | "reserve" | "repair", string>>;

  // Live
  readonly notInBook: string;
  /** Shown by Excel when somebody types into a column of ours. */
  readonly keptTitle: string;
  readonly keptText: string;

  // Plan
  readonly planTitle: string;
  readonly planHow: string;
  readonly planColumn: Readonly<
    Record<
      | "no"
      | "start"
      | "creator"
      | "followers"
      | "sku"
      | "sold30"
      | "forecast"
      | "ask"
      | "estimate"
      | "guaranteed"
      | "gap"
      | "state"
      | "deadline",
      string
    >
  >;
  /** `units` reserved, `missing` short of the plan, `at` ms of when it will be reserved. */
  readonly reservation: (
    state: ReservationName,
    words: { readonly units: number; readonly missing: number; readonly at: number | null },
  ) => string;
  /** The beginnings of the two texts that are coloured. */
  readonly reservationStart: Readonly<Record<"reserved" | "short", string>>;
  /** The beginnings of deadline texts, by which they are coloured. */
  readonly urgency: Readonly<Record<UrgencyName, string>>;
  readonly deadline: (urgency: UrgencyName, dueAt: number) => string;
  readonly reserveRefusal: Readonly<Record<ReserveRefusalName, string>>;

  // Review
  readonly reviewTitle: string;
  readonly reviewWaiting: string;
  readonly reviewOf: (creator: string, sku: string, endedAt: number) => string;
  readonly reviewFact: Readonly<
    Record<
      | "planned"
      | "sold"
      | "accuracy"
      | "stockout"
      | "stockoutMinutes"
      | "demand"
      | "elsewhere"
      | "left"
      | "oversold",
      string
    >
  >;
  readonly reviewLowerBound: string;
  readonly reviewTarget: string;
  readonly reviewVerdict: Readonly<Record<VerdictName | "no_plan", string>>;
  readonly suggestionTitle: string;
  readonly suggestCoefficient: (factor: number, share: number) => string;
  readonly suggestBuffer: (buffer: number, share: number) => string;
  readonly suggestPlan: (factor: number) => string;
  /** It sold out, and more than that nobody can tell. */
  readonly suggestMore: string;
  readonly suggestNothing: string;
  readonly timelineColumn: Readonly<Record<"minute" | "sold" | "stock" | "event", string>>;
  readonly timelineEvent: Readonly<
    Record<"start" | "end" | "soldOut" | "back" | "paused" | "resumed", string>
  >;
  readonly timelineAlert: (alert: Exclude<AlertName, "none">, left: number) => string;
  readonly chartTitle: string;
}
