/**
 * What crosses the worker's boundary: plain data and a page of calls. Types only.
 * Expected refusals come back as values; nothing here throws across the wire.
 */
import type { BookId, Sku } from "../base/ids";
import type { Result } from "../base/result";
import type { Review } from "../stock/review";
import type { Activity } from "../sync/activity";
import type { ChannelView, SkuView, StreamView } from "../sync/view";

export type SkuState = SkuView;
export type ChannelState = ChannelView;
export type StreamState = StreamView;

/** One line of the pane's log: a code of `locale` and its parameters. */
export type ActivityLine = Activity;

/** The stream that a rehearsal would play: shown before it starts. */
export interface NextStream {
  readonly sku: Sku;
  readonly creator: string;
  readonly followers: number;
  readonly planned: number;
}

export interface EngineState {
  readonly book: BookId;
  /** "starting" until the ledger is read; "follower": another window leads, this one shows. */
  readonly role: "starting" | "leader" | "follower" | "stopped";
  /** Why `role` is "stopped", a code of locale; null otherwise. */
  readonly fault: { readonly code: string; readonly detail: string } | null;
  readonly companion: { readonly ok: boolean; readonly lostAt: number | null };
  /** Entries that the journal has not confirmed yet. */
  readonly journalBacklog: number;
  readonly entries: number;
  readonly skus: readonly SkuState[];
  readonly channels: readonly ChannelState[];
  /** What could be rehearsed; null where there is no rehearsal. */
  readonly next: NextStream | null;
  readonly stream: StreamState | null;
  readonly review: Review | null;
  /** Newest first, at most 50. */
  readonly activity: readonly ActivityLine[];
}

/** What changed since the last one sent. Absent = unchanged; `skus` holds only rows that changed. */
export type EngineDelta = Partial<Omit<EngineState, "skus">> & {
  readonly skus?: readonly SkuState[];
};

export type CommandRefusal =
  | { readonly code: "busy" }
  | { readonly code: "not_leader" }
  | { readonly code: "companion_down" }
  | { readonly code: "already_running" }
  | { readonly code: "no_stream" }
  /** The sheet's plan is no number of units; detail = what stands there. */
  | { readonly code: "plan"; readonly detail: string }
  | { readonly code: "storage"; readonly detail: string }
  | { readonly code: "refused"; readonly detail: string };

export interface WorkerApi {
  /** Starts the engine. Called once; answers when the ledger is read. */
  start(options: { origin: string; token: string }): Promise<Result<EngineState, CommandRefusal>>;
  /** Deltas from now on, at most ten a second. */
  subscribe(listener: (delta: EngineDelta) => void): Promise<EngineState>;
  /** `planned` units from the workbook, or null: the engine works the plan out itself. */
  startRehearsal(options: {
    speed: number;
    planned: number | null;
  }): Promise<Result<null, CommandRefusal>>;
  stopRehearsal(): Promise<Result<null, CommandRefusal>>;
  /** Gives what is left of the ended stream's reservation back to the free pool. */
  releaseReservation(): Promise<Result<{ units: number }, CommandRefusal>>;
  /** Units sold on each of the last 30 complete days, oldest first; null = unknown SKU. */
  dailySales(sku: string): Promise<readonly number[] | null>;
}
