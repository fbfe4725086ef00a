/** What changed between two states: plain data, so compared by its JSON. */
import type { EngineDelta, EngineState } from "./api";

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
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
  const skus = after.skus.filter((row, index) => !same(row, before.skus[index]));
  const sameRows =
    before.skus.length === after.skus.length &&
    after.skus.every((row, index) => row.sku === before.skus[index]?.sku);
  if (before.book !== after.book || !sameRows) {
    changed["skus"] = after.skus;
    changed["book"] = after.book;
  } else if (skus.length > 0) changed["skus"] = skus;
  return Object.keys(changed).length === 0 ? null : changed;
}

/** The state after a delta. */
export function merge(state: EngineState, delta: EngineDelta): EngineState {
  const { skus, ...rest } = delta;
  const next: EngineState = { ...state, ...rest };
  if (skus === undefined) return next;
  if (delta.book !== undefined) return { ...next, skus };
  const bySku = new Map(skus.map((row) => [row.sku, row]));
  return { ...next, skus: state.skus.map((row) => bySku.get(row.sku) ?? row) };
}
