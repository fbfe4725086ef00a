/**
 * What goes wrong on request: each fault is meant for one channel, strikes its calls with a
 * probability or so many times, and stays until it is used up, over or cleared. In memory only:
 * a sandbox that starts again is well. Dice are seeded, so that the same calls meet the same faults.
 */
import * as v from "valibot";
import { channelIds, type ChannelId } from "../base/ids";
import { exponential, mulberry32, type Prng } from "../base/prng";
import type { Stage } from "./stage";
import type { CallKind } from "./venue";

const channel = v.picklist(channelIds);
const ms = v.pipe(v.number(), v.minValue(0), v.maxValue(600_000));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999_999));

const calls = ["any", "auth", "orders", "stock", "write"] as const;

/** What every fault that strikes calls may say of when it strikes. */
function strikes<On extends (typeof calls)[number]>(on: On) {
  return {
    channel,
    /** The calls that it may strike. */
    on: v.optional(v.picklist(calls), on),
    probability: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 1),
    /** How often it strikes until it is used up; left out: until it is cleared. */
    calls: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff))),
  };
}

const kind = <K extends string>(name: K) => v.literal(name);

export const faultSchema = v.variant("kind", [
  /** The answer takes its time: at least `minMs`, `meanMs` more on average, never over `maxMs`. */
  v.object({
    kind: kind("lag"),
    ...strikes("any"),
    minMs: v.optional(ms, 0),
    meanMs: ms,
    maxMs: v.optional(ms, 30_000),
  }),
  /** A page of orders shows one of them twice. */
  v.object({ kind: kind("duplicate"), ...strikes("orders") }),
  /** The orders of a page come in any order. */
  v.object({ kind: kind("reorder"), ...strikes("orders") }),
  /** A new or changed order is found in lists only `ms` later. One strike is one change. */
  v.object({ kind: kind("list_lag"), ...strikes("orders"), ms }),
  /** The call took effect and its answer is lost: closed at once, or after hanging for `ms`. */
  v.object({
    kind: kind("lost_reply"),
    ...strikes("write"),
    how: v.optional(v.picklist(["close", "hang"]), "close"),
    ms: v.optional(ms, 60_000),
  }),
  /** "Too many calls", whatever was used up. Nothing takes effect. */
  v.object({
    kind: kind("throttle"),
    ...strikes("any"),
    retryAfterSeconds: v.optional(v.pipe(count, v.minValue(1)), 1),
  }),
  /** The channel fails. Nothing takes effect. */
  v.object({
    kind: kind("server_error"),
    ...strikes("any"),
    status: v.optional(v.picklist([500, 502, 503]), 503),
  }),
  /** Connections are closed without an answer for so long. */
  v.object({ kind: kind("outage"), channel, seconds: v.pipe(v.number(), v.minValue(0.001)) }),
  /** The first half of the answer, then the connection is closed. */
  v.object({ kind: kind("torn"), ...strikes("any") }),
  /** The channel's clock is so much ahead, or behind if negative: Date header, stamps, checks. */
  v.object({
    kind: kind("clock_skew"),
    channel,
    ms: v.pipe(v.number(), v.integer(), v.minValue(-3_600_000), v.maxValue(3_600_000)),
  }),
  /** Just before a call somebody else sets a listing's quantity by hand; once, unless told otherwise. */
  v.object({
    kind: kind("edit"),
    ...strikes("any"),
    calls: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
    sku: v.string(),
    quantity: count,
  }),
]);
export type Fault = v.InferOutput<typeof faultSchema>;
type Striking = Extract<Fault, { readonly on: unknown }>;

interface Active {
  readonly id: number;
  readonly fault: Fault;
  readonly since: number;
  readonly dice: Prng;
  strikes: number;
}

export interface Faults {
  /** Its number, for clearing it. */
  add(fault: Fault): number;
  /** All, those of a channel, or one. */
  clear(which: {
    readonly channel?: ChannelId | undefined;
    readonly fault?: number | undefined;
  }): void;
  /** What is still on. */
  told(): readonly { readonly fault: number; readonly strikes: number; readonly is: Fault }[];
  isOut(channel: ChannelId): boolean;
  /** Milliseconds that a channel's clock is ahead. */
  skewOf(channel: ChannelId): number;
  /** Whether a fault of the kind strikes this call; if so it counts. */
  strike<K extends Striking["kind"]>(
    kind: K,
    channel: ChannelId,
    call: CallKind,
  ): Extract<Fault, { readonly kind: K }> | null;
  /** Until when this change of an order is hidden from lists; 0: it is not. */
  hiddenUntil(channel: ChannelId, order: string, changedAt: number): number;
  /** How long an answer takes under this fault. */
  lagOf(fault: Extract<Fault, { readonly kind: "lag" }>): number;
  /** A whole number from 0 to below `below`. */
  roll(below: number): number;
}

export function openFaults(stage: Stage): Faults {
  let active: Active[] = [];
  let made = 0;
  let dice = mulberry32(0);
  const hidden = new Map<string, number>();

  function standing(): Active[] {
    active = active.filter(({ fault, since, strikes }) => {
      if (fault.kind === "outage") return stage.now() < since + fault.seconds * 1000;
      return !("calls" in fault) || fault.calls === undefined || strikes < fault.calls;
    });
    return active;
  }

  function hits(one: Active, call: CallKind): boolean {
    if (!("on" in one.fault)) return false;
    const { on, probability } = one.fault;
    if ((on !== "any" && on !== call) || one.dice.next() >= probability) return false;
    one.strikes += 1;
    return true;
  }

  function strike<K extends Striking["kind"]>(wanted: K, at: ChannelId, call: CallKind) {
    type Wanted = Extract<Fault, { readonly kind: K }>;
    const isWanted = (fault: Fault): fault is Wanted =>
      fault.kind === wanted && fault.channel === at;
    for (const one of standing()) {
      if (isWanted(one.fault) && hits(one, call)) return one.fault;
    }
    return null;
  }

  return {
    add(fault) {
      made += 1;
      const seed = ("seed" in fault ? fault.seed : undefined) ?? stage.run().seed + made;
      active.push({ id: made, fault, since: stage.now(), dice: mulberry32(seed), strikes: 0 });
      // Also the dice of what is not one fault's own: the same faults, the same pages.
      dice = mulberry32(seed ^ 0x5eed);
      return made;
    },
    clear(which) {
      active = active.filter(
        ({ id, fault }) =>
          (which.channel !== undefined && which.channel !== fault.channel) ||
          (which.fault !== undefined && which.fault !== id),
      );
      hidden.clear();
    },
    told: () => standing().map(({ id, fault, strikes }) => ({ fault: id, strikes, is: fault })),
    isOut: (at) => standing().some(({ fault }) => fault.kind === "outage" && fault.channel === at),
    skewOf: (at) =>
      active.reduce(
        (sum, { fault }) =>
          fault.kind === "clock_skew" && fault.channel === at ? sum + fault.ms : sum,
        0,
      ),
    strike,
    hiddenUntil(at, order, changedAt) {
      const key = `${at} ${order} ${changedAt}`;
      const known = hidden.get(key);
      if (known !== undefined) return known;
      const late = strike("list_lag", at, "orders");
      const until = late === null ? 0 : changedAt + late.ms;
      hidden.set(key, until);
      return until;
    },
    lagOf: (fault) => Math.min(fault.maxMs, fault.minMs + exponential(dice, fault.meanMs)),
    roll: (below) => Math.floor(dice.next() * below),
  };
}
