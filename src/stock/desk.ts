/**
 * What the seller was asked and what she said, as far as it still counts: how alerts act, questions
 * that are open, acts she refused, live listings that red stopped, and how quick her channels were
 * in the last test. Part of the projection, so it survives a restart like everything else.
 */
import * as v from "valibot";
import type { ChannelId, Sku } from "../base/ids";
import { actIds, parseActs, type ActId, type AlertActs } from "./acts";
import type { Note } from "./entries";

/** A question with a countdown. */
export interface Ask {
  /** The key of its entry. */
  readonly id: string;
  readonly act: ActId;
  readonly sku: Sku;
  readonly stream: string;
  readonly askedAt: number;
  /** From here on the act is done; ms. */
  readonly deadline: number;
}

/**
 * "timeout": nobody answered, the act was done. "withdrawn": no longer to be asked. "rearmed": it
 * was refused, stock has recovered since, and it may be asked again.
 */
export const askAnswers = ["confirmed", "refused", "timeout", "withdrawn", "rearmed"] as const;
export type AskAnswer = (typeof askAnswers)[number];

/** A test order's way (requirement 70). */
export interface LatencyResult {
  readonly sku: Sku | "";
  /** Where the test order was placed. */
  readonly from: string;
  readonly ms: number;
  readonly at: number;
}

export interface Desk {
  book: AlertActs | null;
  readonly streams: Map<string, AlertActs>;
  /** By `actKey`. */
  readonly asks: Map<string, Ask>;
  /** Refused until stock recovers; by `actKey`. */
  readonly refused: Set<string>;
  /** SKUs whose live listing is held at 0. */
  readonly stopped: Set<Sku>;
  /** The last test, by the channel that was watched. */
  readonly latency: Map<ChannelId, LatencyResult>;
  /** Channels that the seller holds at 0 by hand. */
  readonly held: Set<ChannelId>;
  /** Units that the seller wants back from a running stream, by stream; gone once some came. */
  readonly lending: Map<string, number>;
  /** Constants that differ from the seed's, by name, in the unit that the seller types. */
  constants: Readonly<Record<string, number>>;
}

export function emptyDesk(): Desk {
  return {
    book: null,
    streams: new Map(),
    asks: new Map(),
    refused: new Set(),
    stopped: new Set(),
    latency: new Map(),
    held: new Set(),
    lending: new Map(),
    constants: {},
  };
}

export function actKey(act: ActId, stream: string): string {
  return `${act}/${stream}`;
}

function followAsk(desk: Desk, entry: Note): void {
  const { sku, ref: stream } = entry;
  const [word, answer] = entry.detail.split(" ");
  const act = actIds.find((id) => id === word);
  if (act === undefined || sku === "") return;
  const key = actKey(act, stream);
  if (entry.kind === "act_asked") {
    const { key: id, at: askedAt, n: deadline } = entry;
    desk.asks.set(key, { id, act, sku, stream, askedAt, deadline });
    return;
  }
  desk.asks.delete(key);
  if (answer === "refused") desk.refused.add(key);
  else desk.refused.delete(key);
}

function followSettings(desk: Desk, entry: Note): void {
  let json: unknown;
  try {
    json = JSON.parse(entry.detail);
  } catch {
    return;
  }
  const acts = parseActs(json);
  if (!acts.ok) return;
  if (entry.ref === "") desk.book = acts.value;
  else desk.streams.set(entry.ref, acts.value);
}

const constantsSchema = v.record(v.string(), v.pipe(v.number(), v.finite()));

function followConstants(desk: Desk, entry: Note): void {
  let json: unknown;
  try {
    json = JSON.parse(entry.detail);
  } catch {
    return;
  }
  const parsed = v.safeParse(constantsSchema, json);
  if (parsed.success) desk.constants = parsed.output;
}

function followHand(desk: Desk, { kind, channel, ref, n }: Note): void {
  if (kind === "lend_wished") {
    if (n > 0) desk.lending.set(ref, n);
    else desk.lending.delete(ref);
  } else if (channel !== "") {
    if (kind === "channel_held") desk.held.add(channel);
    else desk.held.delete(channel);
  }
}

/** Kinds of notes that are the desk's. */
export type DeskNote =
  | "acts_set"
  | "act_asked"
  | "act_answered"
  | "live_stopped"
  | "live_resumed"
  | "channel_held"
  | "channel_freed"
  | "lend_wished"
  | "constants_set"
  | "latency_test";

export function applyToDesk(desk: Desk, entry: Note & { readonly kind: DeskNote }): void {
  const { sku, channel } = entry;
  switch (entry.kind) {
    case "acts_set":
      followSettings(desk, entry);
      return;
    case "act_asked":
    case "act_answered":
      followAsk(desk, entry);
      return;
    case "live_stopped":
      if (sku !== "") desk.stopped.add(sku);
      return;
    case "live_resumed":
      if (sku !== "") desk.stopped.delete(sku);
      return;
    case "channel_held":
    case "channel_freed":
    case "lend_wished":
      followHand(desk, entry);
      return;
    case "constants_set":
      followConstants(desk, entry);
      return;
    case "latency_test":
      if (channel !== "") {
        desk.latency.set(channel, { sku, from: entry.detail, ms: entry.n, at: entry.at });
      }
  }
}
