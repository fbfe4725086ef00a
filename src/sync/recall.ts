/**
 * What a worker that starts in the middle of a stream must know: what each listing was last told to
 * show, and what it sold since. Read back from the end of the ledger, so that a sale which fell
 * between two workers still shows as a number that fell.
 */
import type { ChannelId, Sku } from "../base/ids";
import { ok, type Result } from "../base/result";
import type { Ledger, LedgerRefusal } from "../ledger/ledger";
import { parseAccount } from "../stock/accounts";
import type { Entry, Note } from "../stock/entries";
import type { Catalogue, ListingState } from "./catalogue";
import type { SyncSettings } from "./settings";
import { isRebase } from "./settle-drift";
import { missingIn } from "./showing";

const PAGE = 2000;
/** Farther back than this nothing is looked for: the first reading is then taken as it is. */
const PAGES_MAX = 15;

interface Net {
  /** Sales less cancellations since, and when each was booked. */
  readonly sales: Change[];
  /** Quantities that were asked for since and never answered: each may have taken effect. */
  readonly asked: number[];
}

interface Change {
  readonly units: number;
  readonly bookedAt: number;
  /** It may have been another listing's. */
  readonly perhaps: boolean;
}

function keyOf(channel: ChannelId | "", sku: Sku | ""): string {
  return `${channel}/${sku}`;
}

/** Listings that are the only one of their name on their channel: a note tells no others apart. */
function recallable(catalogue: Catalogue): Map<string, ListingState> {
  const found = new Map<string, ListingState>();
  const singles = catalogue.items.flatMap(({ sku }) => catalogue.listings(sku));
  const states = [...singles, ...catalogue.bundleStates];
  for (const state of states) {
    const key = keyOf(state.listing.channel, state.sku);
    const isOnly = states.every((s) => s === state || keyOf(s.listing.channel, s.sku) !== key);
    if (isOnly) found.set(key, state);
  }
  return found;
}

function netOf(nets: Map<ListingState, Net>, state: ListingState): Net {
  const net = nets.get(state) ?? { sales: [], asked: [] };
  nets.set(state, net);
  return net;
}

/** Where a move is a sale (+) or a cancellation (-) of a channel's own; null: it is neither. */
function saleOf(entry: Entry): { readonly channel: ChannelId; readonly units: number } | null {
  // A late payment takes again what its channel's number never gave back.
  if (entry.type !== "move" || entry.reason === "late_payment") return null;
  const { kind, quantity } = entry;
  const from = parseAccount(entry.from);
  const to = parseAccount(entry.to);
  if (kind === "hold" || kind === "commit") {
    const isNew = from.kind === "available" || from.kind === "reserved";
    if (!isNew || (to.kind !== "held" && to.kind !== "committed")) return null;
    return { channel: to.channel, units: quantity };
  }
  if (kind !== "cancel" || (from.kind !== "held" && from.kind !== "committed")) return null;
  return { channel: from.channel, units: -quantity };
}

/** What was booked together of one order line: of a bundle all of its parts, of a single one alone. */
function togetherKey({ ref, sku, bookedAt }: Entry): string {
  return `${ref.slice(0, ref.length - sku.length)} ${bookedAt}`;
}

function skusTogether(page: readonly Entry[]): ReadonlyMap<string, ReadonlySet<Sku | "">> {
  const together = new Map<string, Set<Sku | "">>();
  for (const entry of page) {
    if (saleOf(entry) === null) continue;
    const key = togetherKey(entry);
    const skus = together.get(key) ?? new Set();
    together.set(key, skus.add(entry.sku));
  }
  return together;
}

function follow(
  entry: Entry,
  catalogue: Catalogue,
  together: ReadonlyMap<string, ReadonlySet<Sku | "">>,
  nets: Map<ListingState, Net>,
): void {
  const sale = saleOf(entry);
  if (sale === null) return;
  const skus = together.get(togetherKey(entry)) ?? new Set();
  const sellers = catalogue
    .on(sale.channel)
    .filter(({ parts }) => parts.length === skus.size && parts.every(({ sku }) => skus.has(sku)));
  for (const state of sellers) {
    const [first] = state.parts;
    // The parts of a bundle tell the same: one of them is enough.
    if (first === undefined || first.sku !== entry.sku) continue;
    const change = { units: sale.units / first.units, bookedAt: entry.bookedAt };
    netOf(nets, state).sales.push({ ...change, perhaps: sellers.length > 1 });
  }
}

function settle(
  state: ListingState,
  { n, at, detail }: Note,
  net: Net | undefined,
  lagMs: number,
): void {
  const missing = missingIn(detail);
  const told = n + missing.short;
  let low = told;
  let high = told;
  for (const { units, bookedAt, perhaps } of net?.sales ?? []) {
    // Placed before the number took effect, perhaps: it may be in it already.
    const blurred = perhaps || bookedAt < at + 2 * lagMs;
    if (units > 0 || !blurred) low -= units;
    if (units < 0 || !blurred) high -= units;
  }
  const since = told - low;
  for (const quantity of net?.asked ?? []) {
    low = Math.min(low, quantity + missing.short - since);
    high = Math.max(high, quantity + missing.short);
  }
  state.low = low;
  state.high = high;
  state.writtenOff = missing.off;
}

/** From here on a listing's number counts: it was written, or the seller said that it is right. */
function saysNumber({ kind, detail }: Note): boolean {
  return kind === "push_confirmed" || isRebase(kind, detail);
}

/** Sets what each listing's number can be explained by, as far as the ledger's end tells. */
export async function recallShowing(
  ledger: Ledger,
  headSeq: number,
  catalogue: Catalogue,
  settings: SyncSettings,
): Promise<Result<null, LedgerRefusal>> {
  const open = recallable(catalogue);
  const nets = new Map<ListingState, Net>();
  const answered = new Set<string>();
  for (let page = 0, end = headSeq; page < PAGES_MAX && end > 0 && open.size > 0; page += 1) {
    const begin = Math.max(0, end - PAGE);
    const read = await ledger.read(begin, end - begin);
    if (!read.ok) return read;
    const together = skusTogether(read.value);
    for (const entry of [...read.value].reverse()) {
      const key = keyOf(entry.type === "note" ? entry.channel : "", entry.sku);
      const state = open.get(key);
      if (entry.type === "note" && saysNumber(entry)) {
        if (state === undefined) continue;
        settle(state, entry, nets.get(state), settings.orderLagMs[state.listing.channel]);
        open.delete(key);
      } else if (entry.type === "note" && entry.kind === "push_failed") {
        answered.add(entry.ref);
      } else if (entry.type === "note" && entry.kind === "push_requested") {
        if (state !== undefined && !answered.has(entry.ref)) {
          netOf(nets, state).asked.push(entry.n);
        }
      } else follow(entry, catalogue, together, nets);
    }
    end = begin;
  }
  return ok(null);
}
