/** Engine states as the worker would send them, and a session that plays the worker's part. */
import type { Sku } from "../../src/base/ids";
import { ok } from "../../src/base/result";
import type { LocaleId } from "../../src/locale/formats";
import type { Session } from "../../src/runtime/session";
import type { SheetCalls } from "../../src/runtime/sheets";
import { review } from "../../src/stock/review";
import type {
  ChannelState,
  EngineState,
  ImportCalls,
  ProofCalls,
  ShopCalls,
  SkuState,
  StreamState,
} from "../../src/worker/api";
import type { EngineCalls } from "../../src/worker/engine-api";
import type { HandCalls } from "../../src/worker/hand-api";

/** 14:03:12 in UTC, a Monday. */
export const NOON_ISH = Date.UTC(2026, 10, 23, 14, 3, 12);

export function skuState(over: Partial<Omit<SkuState, "sku">> & { sku?: string } = {}): SkuState {
  return {
    title: "White hanging heart holder",
    onHand: 620,
    available: 60,
    committed: 120,
    held: 6,
    reserved: 210,
    damaged: 0,
    incoming: 0,
    committedOn: { tiktok: 106, shopify: 14 },
    heldOn: { tiktok: 6 },
    reservedFor: [{ stream: "stream-r1", channel: "tiktok", units: 210 }],
    soldLately: { tiktok: 12 },
    sellable: { tiktok: 270, shopify: 60 },
    listed: { tiktok: 270, shopify: 60 },
    oversold: 0,
    alert: "none",
    asOf: NOON_ISH,
    ...over,
    sku: (over.sku ?? "85123A") as Sku,
  };
}

export function channelState(over: Partial<ChannelState> = {}): ChannelState {
  return {
    channel: "tiktok",
    status: "ok",
    lastOkAt: NOON_ISH - 3000,
    nextPollAt: NOON_ISH + 2000,
    error: null,
    ordersBooked: 96,
    pushes: 4,
    lastPushMs: 340,
    readEveryMs: 5200,
    writeMs: 300,
    backlog: 0,
    lastError: null,
    budget: [],
    unknownListings: 0,
    lockedListings: 0,
    skewMs: 40,
    ...over,
  };
}

/** A stream of 180 minutes at 60 times life's speed, halfway through at NOON_ISH. */
export function streamState(over: Partial<StreamState> = {}): StreamState {
  return {
    id: "stream-r1",
    sku: "85123A" as Sku,
    channel: "tiktok",
    creator: "Mia Chen",
    followers: 80_000,
    phase: "running",
    startedAt: NOON_ISH - 90_000,
    endsAt: NOON_ISH + 90_000,
    speed: 60,
    minutes: 180,
    planned: 405,
    reserved: 210,
    sold: { tiktok: 195, shopify: 14 },
    curve: Array.from({ length: 90 }, (_, i) => Math.round(195 * ((i + 1) / 90) ** 1.2)),
    stockoutMinutes: 0,
    policy: "escrow",
    startsAt: null,
    shortBy: 0,
    acts: { orange: "auto", red: "tell", countdownMs: 10_000 },
    paused: false,
    stopped: false,
    lending: 0,
    ...over,
  };
}

export function engineState(over: Partial<EngineState> = {}): EngineState {
  return {
    book: "rehearsal-r1",
    role: "leader",
    fault: null,
    companion: { ok: true, lostAt: null },
    journalBacklog: 0,
    entries: 320,
    skus: [skuState()],
    channels: [channelState(), channelState({ channel: "shopify", ordersBooked: 14 })],
    asks: [],
    acts: null,
    held: [],
    constants: {},
    drifts: [],
    gap: null,
    latency: null,
    next: null,
    stream: null,
    review: null,
    activity: [],
    connections: null,
    work: null,
    ...over,
  };
}

/** The seed's own numbers: 405 planned, 360 sold, 15 of 180 minutes out (requirements 51 and 56). */
export function endedState(over: Partial<EngineState> = {}): EngineState {
  return engineState({
    stream: streamState({ phase: "ended", sold: { tiktok: 360, shopify: 31 } }),
    review: review({
      sku: "85123A",
      planned: 405,
      sold: 360,
      stockoutMinutes: 15,
      streamMinutes: 180,
      soldElsewhere: 31,
      leftReserved: 45,
      oversold: 0,
      endedSoldOut: false,
    }),
    ...over,
  });
}

export interface PlayedSession extends Session {
  /** The worker sends a new state. */
  send(state: EngineState | null): void;
  /** Names and arguments of the commands that the pane gave. */
  readonly calls: readonly (readonly [string, ...unknown[]])[];
}

/** Answers every command with success unless `answers` says otherwise. */
export function playedSession(
  first: EngineState | null,
  answers: Partial<
    Pick<
      Session,
      "startRehearsal" | "stopRehearsal" | "releaseReservation" | "dailySales" | "timeline"
    >
  > & {
    readonly shops?: Partial<ShopCalls>;
    readonly imports?: Partial<ImportCalls>;
    readonly engine?: Partial<EngineCalls>;
    readonly hand?: Partial<HandCalls>;
    readonly proofs?: Partial<ProofCalls>;
    readonly sheets?: Partial<SheetCalls>;
  } = {},
): PlayedSession {
  let state = first;
  let locale: LocaleId = "en";
  const listeners = new Set<() => void>();
  const calls: [string, ...unknown[]][] = [];
  return {
    calls,
    shops: played(answers.shops, "shops", calls),
    imports: played(answers.imports, "imports", calls),
    engine: played(answers.engine, "engine", calls),
    hand: playedHand(answers.hand, calls),
    proofs: played(answers.proofs, "proofs", calls),
    sheets: played<SheetCalls>({ trouble: () => null, ...answers.sheets }, "sheets", calls),
    state: () => state,
    refusal: () => null,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(next) {
      state = next;
      for (const listener of listeners) listener();
    },
    startRehearsal(speed) {
      calls.push(["startRehearsal", speed]);
      return answers.startRehearsal?.(speed) ?? Promise.resolve(ok(null));
    },
    stopRehearsal() {
      calls.push(["stopRehearsal"]);
      return answers.stopRehearsal?.() ?? Promise.resolve(ok(null));
    },
    releaseReservation() {
      calls.push(["releaseReservation"]);
      return answers.releaseReservation?.() ?? Promise.resolve(ok({ units: 45 }));
    },
    timeline: (stream) => answers.timeline?.(stream) ?? Promise.resolve(null),
    dailySales: (sku) => answers.dailySales?.(sku) ?? Promise.resolve(null),
    get locale() {
      return locale;
    },
    setLocale(next) {
      locale = next;
    },
  };
}

/** Notes every call; what nobody answers is refused as a bug in the test. */
function played<T extends object>(
  answers: Partial<T> | undefined,
  group: string,
  calls: [string, ...unknown[]][],
): T {
  return new Proxy({} as T, {
    get:
      (_target, name) =>
      (...args: unknown[]) => {
        calls.push([`${group}.${String(name)}`, ...args]);
        const answer: unknown = answers?.[name as keyof T];
        if (typeof answer !== "function")
          throw new Error(`nobody answers ${group}.${String(name)}`);
        return answer(...args) as unknown;
      },
  });
}

/** Muting is told at every start, and is no command of the seller's. */
function playedHand(
  answers: Partial<HandCalls> | undefined,
  calls: [string, ...unknown[]][],
): HandCalls {
  const hand = played(answers, "hand", calls);
  const mute = answers?.mute ?? (() => Promise.resolve(null));
  return new Proxy(hand, {
    get: (target, name) => (name === "mute" ? mute : Reflect.get(target, name)),
  });
}
