/** What the pane may say to the engine of the open book, and what it answers. Types only. */
import type { ChannelId } from "../base/ids";
import type { Result } from "../base/result";
import type { AlertActs } from "../stock/acts";
import type { PolicyId } from "../stock/streams";
import type { PolicyComparison } from "../sync/compare";
import type { DriftChoice } from "../sync/drift";
import type { PreflightLine } from "../sync/preflight";
import type { StreamView } from "../sync/view";
import type { CommandRefusal } from "./command-refusal";

export type EngineRefusal =
  | CommandRefusal
  /** It was answered, its time ran out, or it is no longer to be asked. */
  | { readonly code: "ask_over" }
  /** The case was settled meanwhile, or explained itself. */
  | { readonly code: "case_closed" }
  /** Not one of the case's choices. */
  | { readonly code: "not_offered" }
  | { readonly code: "stream_unknown" | "sku_unknown" | "listing_unknown" }
  | { readonly code: "bad_acts" }
  | { readonly code: "bad_plan"; readonly field: string }
  /** The live book is not the one that is open. */
  | { readonly code: "not_live" }
  | { readonly code: "latency_running" }
  /** These two channels do not share the stock: see sync/latency.ts. */
  | { readonly code: "not_linked" };

export interface LatencyOrder {
  readonly sku: string;
  /** Where the test order is placed, and whose number is watched. */
  readonly from: ChannelId;
  readonly to: ChannelId;
}

/** A stream of the live book. */
export interface StreamOrder {
  /** Of a stream that is planned anew; null: a new one. */
  readonly id: string | null;
  readonly sku: string;
  /** Units, whole, 1 or more. */
  readonly planned: number;
  readonly channel: ChannelId;
  readonly creator: string;
  readonly followers: number;
  /** ms; it starts by itself then. */
  readonly startsAt: number;
  readonly minutes: number;
  readonly policy: PolicyId;
}

export interface EngineCalls {
  /** How alerts act in one stream; null: in all that say nothing themselves. */
  setActs(stream: string | null, acts: AlertActs): Promise<Result<null, EngineRefusal>>;
  /** `ask`: an id of EngineState.asks. A refusal holds until stock recovers. */
  answer(ask: string, confirms: boolean): Promise<Result<null, EngineRefusal>>;
  /** `id`: of EngineState.drifts; one of its choices. */
  settleDrift(id: string, choice: DriftChoice): Promise<Result<null, EngineRefusal>>;
  /** What each policy would do now; null: no such SKU, or another window leads. */
  comparePolicies(sku: string): Promise<PolicyComparison | null>;
  /** `stream` null: the one that is on or comes next; without any, the shop alone. */
  preflight(stream: string | null): Promise<readonly PreflightLine[]>;
  /** From now on the next order of the SKU there is taken for the test order. */
  testLatency(order: LatencyOrder): Promise<Result<null, EngineRefusal>>;
  stopLatency(): Promise<null>;
  /** Reserves by itself five days before its start, and gives back one day after its end. */
  planStream(order: StreamOrder): Promise<Result<{ readonly id: string }, EngineRefusal>>;
  /** Ends a running stream of the live book now. */
  cutStream(id: string): Promise<Result<null, EngineRefusal>>;
  /** Streams of the open book, the newest first: all that are not over, and the last that are. */
  streams(): Promise<readonly StreamView[]>;
  /** When each step of the run-book was done in a stream, by the step's code; ms. */
  runBook(stream: string): Promise<Readonly<Record<string, number>>>;
  /** A person did a step of the run-book; done again it stays as it was first. */
  tick(stream: string, step: string): Promise<Result<null, EngineRefusal>>;
  /** A listing that is mapped sells another SKU of the live book from now on. */
  remapListing(
    channel: ChannelId,
    listingId: string,
    sku: string,
  ): Promise<Result<null, EngineRefusal>>;
}
