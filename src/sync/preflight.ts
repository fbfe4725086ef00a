/**
 * What to look at before a stream: one line per thing, with a code and a verdict. Pure; asked for on
 * demand, and read by the seller before her creator goes on air.
 */
import type { ChannelId, Sku } from "../base/ids";
import { balancesOf, type Projection } from "../stock/projection";
import { SAFE_AGE_MS, sellable } from "../stock/sellable";
import { stockSettings } from "../stock/settings";
import { shortBy, type Stream } from "../stock/streams";
import type { Catalogue } from "./catalogue";
import type { GapView } from "./gaps";
import type { ChannelHealth } from "./health";
import { verdictOf } from "./latency";

export type PreflightCode =
  /** n = age of the last reading, ms; detail = kind of the refusal. */
  | "connection"
  /** n = writes left in this window; of = listings of the shop. */
  | "budget"
  /** n = the channel's clock ahead of ours, ms; null: not measured yet. */
  | "clock"
  /** n = listings without a SKU that had orders, or that a campaign holds. */
  | "listings"
  /** n = units there for the stream; of = planned. */
  | "plan_stock"
  /** n = units there; of = three times the expected sales (requirement 19). */
  | "creator_stock"
  /** n = reserved; of = planned. */
  | "reservation"
  /** n = entries that the journal has not confirmed. */
  | "journal"
  /** This window syncs: it has to stay open. */
  | "leads"
  /** n = ms in which nothing was read, of which not all was read again. */
  | "gap"
  /** n = cases that are not settled. */
  | "drift"
  /** n = ms of the last test; detail = where it was ordered; null: none yet. */
  | "latency";

export type PreflightStatus = "ok" | "warn" | "fail";

export interface PreflightLine {
  readonly code: PreflightCode;
  readonly status: PreflightStatus;
  readonly channel: ChannelId | null;
  readonly sku: Sku | null;
  readonly n: number | null;
  readonly of: number | null;
  readonly detail: string;
}

export interface PreflightFacts {
  readonly now: number;
  readonly projection: Projection;
  readonly catalogue: Catalogue;
  readonly health: ReadonlyMap<ChannelId, ChannelHealth>;
  readonly skewOf: (channel: ChannelId) => number | null;
  readonly gap: GapView | null;
  readonly journal: { readonly up: boolean; readonly backlog: number };
  readonly leads: boolean;
  /** The stream to come or running; null: the shop alone. */
  readonly stream: Stream | null;
}

/** A clock further off dates orders wrongly, and signatures may be refused; ms. */
const SKEW_WARN_MS = 30_000;
/** A test older than this says little about today; ms. */
const TEST_MAX_AGE_MS = 7 * 24 * 60 * 60_000;
/** Writes that a stream should have left beyond one for each listing. */
const WRITES_SPARE = 10;
/** The plan holds the seed's safety buffer on top of what is expected (requirement 25). */
const PLAN_BUFFER = 1.2;
const CREATOR_TIMES = 3;

function line(
  code: PreflightCode,
  status: PreflightStatus,
  rest: Partial<Omit<PreflightLine, "code" | "status">> = {},
): PreflightLine {
  return { code, status, channel: null, sku: null, n: null, of: null, detail: "", ...rest };
}

function connection(health: ChannelHealth, now: number): PreflightLine {
  const { channel, lastOkAt, refusal } = health;
  const n = lastOkAt === null ? null : Math.max(0, now - lastOkAt);
  const detail = refusal?.kind ?? "";
  if (n === null || refusal?.kind === "unauthorised") {
    return line("connection", "fail", { channel, n, detail });
  }
  const isFresh = n <= SAFE_AGE_MS && refusal === null;
  return line("connection", isFresh ? "ok" : "warn", { channel, n, detail });
}

function budget({ channel, budget }: ChannelHealth, catalogue: Catalogue): PreflightLine {
  const left = budget.find(({ kind }) => kind === "write_stock")?.left ?? null;
  const listings = catalogue.on(channel).length;
  if (left === null) return line("budget", "ok", { channel, of: listings });
  const status = left < 1 ? "fail" : left < listings + WRITES_SPARE ? "warn" : "ok";
  return line("budget", status, { channel, n: left, of: listings });
}

function clock(channel: ChannelId, skew: number | null, skewMaxMs: number): PreflightLine {
  if (skew === null) return line("clock", "warn", { channel });
  const off = Math.abs(skew);
  const status = off > skewMaxMs ? "fail" : off > SKEW_WARN_MS ? "warn" : "ok";
  return line("clock", status, { channel, n: skew });
}

function listings({ channel, unknownListings, lockedListings }: ChannelHealth): PreflightLine {
  const n = unknownListings + lockedListings;
  return line("listings", n === 0 ? "ok" : "warn", { channel, n });
}

function channelLines(facts: PreflightFacts): readonly PreflightLine[] {
  const { health, now, catalogue, skewOf, projection } = facts;
  return [...health.values()].flatMap((each) => [
    connection(each, now),
    budget(each, catalogue),
    clock(each.channel, skewOf(each.channel), stockSettings(projection).skewMaxMs),
    listings(each),
  ]);
}

function stockLines({ projection, stream }: PreflightFacts): readonly PreflightLine[] {
  if (stream === null) return [];
  const { sku, planned, channel } = stream;
  const there = Math.max(0, sellable(projection, sku, channel));
  const reserved = balancesOf(projection, sku).reserved.get(stream.id) ?? 0;
  const asked = Math.ceil((CREATOR_TIMES * planned) / PLAN_BUFFER);
  const isShort = shortBy(stream) > 0;
  const begun = stream.phase === "running";
  return [
    // What is sold already was there: a running stream is not short of it.
    line("plan_stock", there >= planned || begun ? "ok" : "fail", { sku, n: there, of: planned }),
    line("creator_stock", there >= asked || begun ? "ok" : "warn", { sku, n: there, of: asked }),
    line("reservation", stream.made === 0 ? "fail" : isShort ? "warn" : "ok", {
      sku,
      n: reserved,
      of: planned,
    }),
  ];
}

function latencyLines({ projection, health, now }: PreflightFacts): readonly PreflightLine[] {
  return [...health.keys()].map((channel) => {
    const last = projection.desk.latency.get(channel);
    if (last === undefined || now - last.at > TEST_MAX_AGE_MS) {
      return line("latency", "warn", { channel });
    }
    const { ms: n, from: detail } = last;
    const status = verdictOf(n) === "fail" ? "fail" : "ok";
    return line("latency", status, { channel, n, detail });
  });
}

function houseLines(facts: PreflightFacts): readonly PreflightLine[] {
  const { journal, leads, gap, projection } = facts;
  const open = [...projection.drifts.values()].filter(({ isIgnored }) => !isIgnored).length;
  const behind = journal.backlog > 0 ? "warn" : "ok";
  return [
    line("journal", journal.up ? behind : "fail", { n: journal.backlog }),
    line("leads", leads ? "ok" : "warn"),
    line("gap", gap === null ? "ok" : "fail", { n: gap?.ms ?? 0, detail: gap?.cause ?? "" }),
    line("drift", open === 0 ? "ok" : "warn", { n: open }),
  ];
}

export function preflight(facts: PreflightFacts): readonly PreflightLine[] {
  return [
    ...channelLines(facts),
    ...stockLines(facts),
    ...houseLines(facts),
    ...latencyLines(facts),
  ];
}
