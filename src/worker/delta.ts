/**
 * What changed between two states. A book of thousands of SKUs is read every second, and each reading
 * makes every row a little younger: rows that changed in nothing else are not sent, their age follows
 * from the channels' own.
 */
import type { EngineDelta, EngineState, SkuState } from "./api";

type ChannelTimes = ReadonlyMap<string, number | null>;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Plain data, so compared by what it holds; the same object is not looked into. */
function same(a: unknown, b: unknown, but?: string): boolean {
  if (a === b) return true;
  if (!isRecord(a) || !isRecord(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => key === but || (Object.hasOwn(b, key) && same(a[key], b[key])));
}

function channelTimes({ channels }: Pick<EngineState, "channels">): ChannelTimes {
  return new Map(channels.map(({ channel, lastOkAt }) => [channel, lastOkAt]));
}

/** When the oldest channel that lists the row was read; null = not all were, or none lists it. */
function readAt({ listed }: SkuState, times: ChannelTimes): number | null {
  let oldest: number | null = null;
  for (const channel of Object.keys(listed)) {
    const at = times.get(channel) ?? null;
    if (at === null) return null;
    if (oldest === null || at < oldest) oldest = at;
  }
  return oldest;
}

/** Rows to send, and whether the others have to look at their channels' times. */
function changedRows(
  before: EngineState,
  after: EngineState,
): { readonly rows: readonly SkuState[]; readonly aged: boolean } {
  const times = channelTimes(after);
  const rows: SkuState[] = [];
  const ageless: SkuState[] = [];
  let aged = false;
  for (const [index, row] of after.skus.entries()) {
    const was = before.skus[index];
    const follows = row.asOf === readAt(row, times);
    if (!same(was, row, "asOf") || (!follows && was?.asOf !== row.asOf)) rows.push(row);
    else if (!follows) ageless.push(row);
    else aged ||= was?.asOf !== row.asOf;
  }
  return { rows: aged ? [...rows, ...ageless] : rows, aged };
}

/**
 * Null = nothing changed. Rows of another book, or other rows than before, are sent whole, and
 * `book` with them as the sign of it.
 */
export function diff(before: EngineState | null, after: EngineState): EngineDelta | null {
  if (before === null) return after;
  const changed: Record<string, unknown> = {};
  for (const key of Object.keys(after) as (keyof EngineState)[]) {
    if (key !== "skus" && !same(before[key], after[key])) changed[key] = after[key];
  }
  const sameRows =
    before.skus.length === after.skus.length &&
    after.skus.every((row, index) => row.sku === before.skus[index]?.sku);
  if (before.book !== after.book || !sameRows) {
    changed["skus"] = after.skus;
    changed["book"] = after.book;
  } else {
    const { rows, aged } = changedRows(before, after);
    if (rows.length > 0) changed["skus"] = rows;
    if (aged) changed["aged"] = true;
  }
  return Object.keys(changed).length === 0 ? null : changed;
}

/** The state after a delta. Rows that did not change stay the same objects. */
export function merge(state: EngineState, delta: EngineDelta): EngineState {
  const { skus, aged, ...rest } = delta;
  const next: EngineState = { ...state, ...rest };
  if (delta.book !== undefined && skus !== undefined) return { ...next, skus };
  if (skus === undefined && aged !== true) return next;
  const sent = new Map((skus ?? []).map((row) => [row.sku, row]));
  const times = channelTimes(next);
  return {
    ...next,
    skus: state.skus.map((row) => {
      const fresh = sent.get(row.sku);
      if (fresh !== undefined || aged !== true) return fresh ?? row;
      const asOf = readAt(row, times);
      return asOf === row.asOf ? row : { ...row, asOf };
    }),
  };
}
