/**
 * The fold of a book, kept beside it: a start reads the newest snapshot and the entries after it
 * instead of all of them (limits.md 3: 70 times quicker at a million). A cache is never the truth, so
 * it can be held against the replay at any time.
 */
import { ok, type Result } from "../base/result";
import { emptyBalances } from "../stock/balances";
import type { Entry } from "../stock/entries";
import { apply, emptyProjection, PROJECTION_VERSION, type Projection } from "../stock/projection";
import type { Ledger, LedgerRefusal } from "./ledger";

const READ_BATCH = 2000;

/** The fold's own number; should a bump be forgotten, the members' names tell most of the time. */
export function projectionVersion(): string {
  const members = (value: object) => Object.keys(value).sort().join(",");
  return `${PROJECTION_VERSION} ${members(emptyProjection())} ${members(emptyBalances())}`;
}

/** Our own clone, in our own origin, under the version that we write: the outline is looked at. */
function asProjection(state: unknown, seq: number): Projection | null {
  if (typeof state !== "object" || state === null) return null;
  const found = state as Record<string, unknown>;
  const same = Object.entries(emptyProjection()).every(
    ([name, empty]: [string, unknown]) => tagOf(found[name]) === tagOf(empty),
  );
  return same && found["seq"] === seq ? (state as Projection) : null;
}

async function fromSnapshot(ledger: Ledger): Promise<Result<Projection, LedgerRefusal>> {
  const kept = await ledger.snapshot();
  if (!kept.ok) return kept;
  const { value } = kept;
  const usable = value?.version === projectionVersion() ? value : null;
  const projection = usable === null ? null : asProjection(usable.state, usable.seq);
  return ok(projection ?? emptyProjection());
}

export interface OpenedProjection {
  readonly projection: Projection;
  /** Where the snapshot stood; 0 without one. */
  readonly snapshotSeq: number;
  /** The newest entries, oldest first; at least `recent` of them if there are so many. */
  readonly entries: readonly Entry[];
}

/** Snapshot and tail. `recent`: how many of the newest entries are wanted besides. */
export async function openProjection(
  ledger: Ledger,
  recent: number,
): Promise<Result<OpenedProjection, LedgerRefusal>> {
  const started = await fromSnapshot(ledger);
  if (!started.ok) return started;
  const head = await ledger.head();
  if (!head.ok) return head;
  const projection = started.value;
  const snapshotSeq = projection.seq;
  const entries: Entry[] = [];
  let after = Math.max(0, Math.min(snapshotSeq, head.value - recent));
  for (;;) {
    const batch = await ledger.read(after, READ_BATCH);
    if (!batch.ok) return batch;
    for (const entry of batch.value) {
      if (entry.seq > projection.seq) apply(projection, entry);
      after = entry.seq;
    }
    entries.push(...batch.value);
    if (batch.value.length < READ_BATCH) break;
  }
  return ok({ projection, snapshotSeq, entries });
}

/** Brings a projection up to the ledger; answers what was new. */
export async function catchUp(
  ledger: Ledger,
  projection: Projection,
): Promise<Result<readonly Entry[], LedgerRefusal>> {
  const entries: Entry[] = [];
  for (;;) {
    const batch = await ledger.read(projection.seq, READ_BATCH);
    if (!batch.ok) return batch;
    for (const entry of batch.value) apply(projection, entry);
    entries.push(...batch.value);
    if (batch.value.length < READ_BATCH) return ok(entries);
  }
}

export interface CacheCheck {
  /** Entries replayed. */
  readonly entries: number;
  /** Where cache and replay differ first, as a path of names; null: nowhere. */
  readonly difference: string | null;
}

/** Is the cache the same as the replay? Reads the whole book up to the cache's number. */
export async function checkProjection(
  ledger: Ledger,
  cache: Projection,
): Promise<Result<CacheCheck, LedgerRefusal>> {
  const replay = emptyProjection();
  while (replay.seq < cache.seq) {
    const batch = await ledger.read(replay.seq, Math.min(READ_BATCH, cache.seq - replay.seq));
    if (!batch.ok) return batch;
    if (batch.value.length === 0) break;
    for (const entry of batch.value) apply(replay, entry);
  }
  return ok({ entries: replay.seq, difference: firstDifference(replay, cache, "") });
}

const tagOf = (value: unknown): string => Object.prototype.toString.call(value);

/** By tag, not by constructor: a clone may come from another realm. */
function partsOf(value: object): ReadonlyMap<unknown, unknown> {
  if (tagOf(value) === "[object Map]") return value as ReadonlyMap<unknown, unknown>;
  if (tagOf(value) === "[object Set]") {
    return new Map([...(value as ReadonlySet<unknown>)].map((member) => [member, true]));
  }
  return new Map(Object.entries(value));
}

/** Nothing in a place is the same as no place: asking for a SKU's balances makes empty ones. */
function isNothing(value: unknown): boolean {
  if (value === undefined || value === 0) return true;
  return (
    typeof value === "object" && value !== null && [...partsOf(value).values()].every(isNothing)
  );
}

const isColumn = (value: object): value is Float64Array => tagOf(value) === "[object Float64Array]";

/** What is behind the last row of either is room to grow. */
function firstUnequal(a: Float64Array, b: Float64Array, path: string): string | null {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    if (!Object.is(a[index] ?? 0, b[index] ?? 0)) return `${path}/${index}`;
  }
  return null;
}

function firstDifference(a: unknown, b: unknown, path: string): string | null {
  if (Object.is(a, b) || (isNothing(a) && isNothing(b))) return null;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    const missing = a === undefined || b === undefined;
    // One side has no place here: the difference is what makes the other one more than nothing.
    const inside = typeof (a ?? b) === "object" && (a ?? b) !== null;
    return missing && inside ? firstDifference(a ?? {}, b ?? {}, path) : path;
  }
  if (isColumn(a) && isColumn(b)) return firstUnequal(a, b, path);
  const [left, right] = [partsOf(a), partsOf(b)];
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const found = firstDifference(left.get(key), right.get(key), `${path}/${String(key)}`);
    if (found !== null) return found;
  }
  return null;
}
