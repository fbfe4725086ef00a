/** The pane's log, told by the ledger: it survives a reload because the entries do. */
import type { ChannelId } from "../base/ids";
import type { Entry, Move } from "../stock/entries";

/** Codes of `worker/api.ts` ActivityLine; sentences are in `locale`. */
export interface Activity {
  readonly id: number;
  readonly at: number;
  readonly code:
    | "stock_counted"
    | "reserved"
    | "reserved_short"
    | "stream_started"
    | "stream_ended"
    | "order"
    | "order_cancelled"
    | "push"
    | "paused"
    | "resumed"
    | "refilled"
    | "alert"
    | "oversold"
    | "companion_lost"
    | "companion_back"
    | "gap"
    | "released"
    | "drift"
    | "drift_settled"
    | "asked"
    | "answered"
    | "live_stopped"
    | "live_resumed"
    | "channel_held"
    | "channel_freed"
    | "constants_set"
    | "latency";
  readonly sku: string;
  readonly channel: ChannelId | null;
  readonly n: number;
  readonly detail: string;
}

function moveActivity(entry: Move & { seq: number }): Activity | null {
  const line = (code: Activity["code"], channel: ChannelId | null, detail = ""): Activity => ({
    id: entry.seq,
    at: entry.at,
    code,
    sku: entry.sku,
    channel,
    n: entry.quantity,
    detail,
  });
  const channel = entry.ref.includes("/") ? (entry.ref.split("/")[0] as ChannelId) : null;
  switch (entry.kind) {
    case "count":
      return line("stock_counted", null);
    case "reserve":
      return line(entry.key.startsWith("refill/") ? "refilled" : "reserved", null);
    case "grow":
      return line("refilled", null);
    case "shrink":
    case "release":
      return line("released", null);
    case "hold":
    case "commit":
      return line("order", channel, entry.kind === "hold" ? "unpaid" : "paid");
    case "cancel":
      return line("order_cancelled", channel);
    case "expire":
      return line("order_cancelled", channel, "expired");
    case "pay":
    case "ship":
    case "receipt":
    case "expect":
    case "adjust":
    case "damage":
    case "return_restock":
    case "return_scrap":
    case "transfer":
    case "reverse":
      return null;
  }
}

export function activityOf(entry: Entry): Activity | null {
  if (entry.type === "move") return moveActivity(entry);
  const line = (code: Activity["code"]): Activity => ({
    id: entry.seq,
    at: entry.at,
    code,
    sku: entry.sku,
    channel: entry.channel === "" ? null : entry.channel,
    n: entry.n,
    detail: entry.detail,
  });
  switch (entry.kind) {
    case "stream_started":
    case "stream_ended":
    case "paused":
    case "resumed":
    case "alert":
    case "oversold":
    case "gap":
    case "live_stopped":
    case "live_resumed":
    case "drift_settled":
    case "channel_held":
    case "channel_freed":
    case "constants_set":
      return line(entry.kind);
    case "drift_opened":
      return line("drift");
    case "act_asked":
      return line("asked");
    case "act_answered":
      return line("answered");
    case "latency_test":
      return line("latency");
    case "push_confirmed":
      return line("push");
    case "stream_planned":
    case "stream_cut":
    case "push_requested":
    case "push_failed":
    case "stockout":
    case "stream_ranked":
    case "counted":
    case "run_book":
    case "acts_set":
    case "lend_wished":
    case "listing_mapped":
      return null;
  }
}

const ACTIVITY_MAX = 50;

/** The newest lines, newest first. */
export class ActivityLog {
  #lines: readonly Activity[] = [];
  #extra = 0;

  get lines(): readonly Activity[] {
    return this.#lines;
  }

  add(entries: readonly Entry[]): void {
    const fresh = entries.map(activityOf).filter((line) => line !== null);
    if (fresh.length === 0) return;
    this.#lines = [...fresh.reverse(), ...this.#lines].slice(0, ACTIVITY_MAX);
  }

  /** Tells the story anew from these entries. */
  replaceEntries(entries: readonly Entry[]): void {
    this.#lines = [];
    this.add(entries);
  }

  /** A line that no entry tells: the connection to the companion itself. Ids are negative. */
  addConnection(code: "companion_lost" | "companion_back", at: number, seconds: number): void {
    this.#extra -= 1;
    const line: Activity = {
      id: this.#extra,
      at,
      code,
      sku: "",
      channel: null,
      n: seconds,
      detail: "",
    };
    this.#lines = [line, ...this.#lines].slice(0, ACTIVITY_MAX);
  }
}
