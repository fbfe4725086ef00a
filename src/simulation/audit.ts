/** What really happened against what the ledger says of it. */
import type { Sku } from "../base/ids";
import { checkProjection } from "../ledger/projection-cache";
import type { Ledger } from "../ledger/ledger";
import { committedUnits, heldUnits, onHand, reservedUnits } from "../stock/balances";
import type { Entry } from "../stock/entries";
import { balancesOf, type Projection } from "../stock/projection";
import type { Warehouse } from "./warehouse";

export interface Audit {
  /** Units that buyers hold beyond what was there. */
  readonly oversold: number;
  /** Of which. */
  readonly oversoldBySku: ReadonlyMap<Sku, number>;
  /** Units left over that somebody had wanted. */
  readonly stranded: number;
  /** Buyers turned away while a unit was there. */
  readonly lostSales: number;
  readonly orders: number;
  readonly entries: number;
  /** Entries acknowledged and not in the ledger; entries whose key stands twice. */
  readonly lost: number;
  readonly duplicated: number;
  /** What does not hold, in words; empty = all well. */
  readonly violations: readonly string[];
  readonly matchesTruth: boolean;
}

/** Every entry of a ledger. */
export async function allEntries(ledger: Ledger): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (;;) {
    const page = await ledger.read(entries.length, 10_000);
    if (!page.ok) throw new Error(page.error.detail);
    entries.push(...page.value);
    if (page.value.length < 10_000) return entries;
  }
}

/** Conservation, wholeness, nothing below 0 that may not be (invariants I1, I2, I6). */
function unsound(projection: Projection, sku: Sku): readonly string[] {
  const b = balancesOf(projection, sku);
  const found: string[] = [];
  const all = [b.available, b.damaged, b.shipped, b.incoming, b.external];
  for (const map of [b.reserved, b.held, b.committed]) all.push(...map.values());
  if (!all.every(Number.isSafeInteger)) found.push(`${sku}: a balance is not whole`);
  const positive = [...b.reserved.values(), ...b.held.values(), ...b.committed.values()];
  if (positive.some((units) => units < 0)) found.push(`${sku}: a share is below 0`);
  if (onHand(b) + b.shipped + b.incoming + b.external !== 0) {
    found.push(`${sku}: units appeared or vanished`);
  }
  return found;
}

/** The ledger's last word on a SKU against the orders as they are. */
function untrue(projection: Projection, warehouse: Warehouse, sku: Sku): readonly string[] {
  const b = balancesOf(projection, sku);
  const found: string[] = [];
  let unpaid = 0;
  let open = 0;
  let shipped = 0;
  for (const order of warehouse.orders) {
    for (const part of warehouse.partsOf(order.channel, order.listingId)) {
      if (part.sku !== sku) continue;
      const rest = (order.units - order.cancelled - order.shipped) * part.units;
      shipped += order.shipped * part.units;
      if (order.paid) open += rest;
      else unpaid += rest;
    }
  }
  shipped -= warehouse.returned(sku);
  const told = { open: committedUnits(b), unpaid: heldUnits(b), shipped: b.shipped };
  for (const [name, is] of Object.entries({ open, unpaid, shipped })) {
    const says = told[name as keyof typeof told];
    if (says !== is) found.push(`${sku}: ledger says ${says} ${name}, the channels ${is}`);
  }
  const left = b.available + reservedUnits(b);
  if (left !== warehouse.left(sku)) {
    found.push(`${sku}: ledger has ${left} left, the warehouse ${warehouse.left(sku)}`);
  }
  return found;
}

/** Every unit below 0 has a note that says why (invariant I6). */
function uncaused(entries: readonly Entry[], projection: Projection, sku: Sku): readonly string[] {
  const below = Math.max(0, -balancesOf(projection, sku).available);
  if (below === 0) return [];
  let noted = 0;
  for (const entry of entries) {
    if (entry.type === "note" && entry.kind === "oversold" && entry.sku === sku) noted += entry.n;
  }
  return noted >= below ? [] : [`${sku}: ${below} oversold, ${noted} with a cause`];
}

export async function audit(
  ledger: Ledger,
  projection: Projection,
  warehouse: Warehouse,
  acknowledged: ReadonlySet<string>,
): Promise<Audit> {
  const entries = await allEntries(ledger);
  const keys = new Set(entries.map((entry) => entry.key));
  const violations: string[] = [];
  let mismatch = false;
  let oversold = 0;
  let stranded = 0;
  const oversoldBySku = new Map<Sku, number>();
  for (const sku of warehouse.stock.keys()) {
    if (warehouse.left(sku) !== warehouse.counted(sku)) {
      throw new Error(`the simulation's own count of ${sku} is wrong`);
    }
    violations.push(...unsound(projection, sku), ...uncaused(entries, projection, sku));
    const wrong = untrue(projection, warehouse, sku);
    if (wrong.length > 0) mismatch = true;
    violations.push(...wrong);
    const rest = warehouse.left(sku);
    oversold += Math.max(0, -rest);
    if (rest < 0) oversoldBySku.set(sku, -rest);
    stranded += Math.min(Math.max(0, rest), warehouse.turnedAway.get(sku) ?? 0);
  }
  const check = await checkProjection(ledger, projection);
  if (!check.ok) violations.push(`replay: ${check.error.detail}`);
  else if (check.value.difference !== null) {
    violations.push(`the projection is not the replay: ${check.value.difference}`);
  }
  let lost = 0;
  for (const key of acknowledged) if (!keys.has(key)) lost += 1;
  return {
    oversold,
    oversoldBySku,
    stranded,
    lostSales: warehouse.lostSales,
    orders: warehouse.orders.length,
    entries: entries.length,
    lost,
    duplicated: entries.length - keys.size,
    violations,
    matchesTruth: !mismatch,
  };
}
