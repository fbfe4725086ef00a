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

const PAGE = 2000;
/** Farther back than this nothing is looked for: the first reading is then taken as it is. */
const PAGES_MAX = 15;

interface Net {
  /** Sales less cancellations since, and when each was booked. */
  readonly sales: { readonly units: number; readonly bookedAt: number }[];
  /** Quantities that were asked for since and never answered: each may have taken effect. */
  readonly asked: number[];
}

function keyOf(channel: ChannelId | "", sku: Sku | ""): string {
  return `${channel}/${sku}`;
}

/** Listings that are the only one of their SKU on their channel: the ledger tells no others apart. */
function recallable(catalogue: Catalogue): Map<string, ListingState> {
  const found = new Map<string, ListingState>();
  for (const { sku } of catalogue.items) {
    for (const state of catalogue.taking(sku)) {
      const { channel } = state.listing;
      const same = catalogue.taking(sku).filter((other) => other.listing.channel === channel);
      if (same.length === 1) found.set(keyOf(channel, sku), state);
    }
  }
  return found;
}

function netOf(nets: Map<string, Net>, key: string): Net {
  const net = nets.get(key) ?? { sales: [], asked: [] };
  nets.set(key, net);
  return net;
}

function follow(entry: Entry, nets: Map<string, Net>): void {
  // A late payment takes again what its channel's number never gave back.
  if (entry.type !== "move" || entry.reason === "late_payment") return;
  const { kind, quantity, bookedAt } = entry;
  const from = parseAccount(entry.from);
  const to = parseAccount(entry.to);
  let channel: ChannelId | null = null;
  let units = 0;
  if (
    (kind === "hold" || kind === "commit") &&
    (from.kind === "available" || from.kind === "reserved")
  ) {
    if (to.kind === "held" || to.kind === "committed") channel = to.channel;
    units = quantity;
  } else if (kind === "cancel" && (from.kind === "held" || from.kind === "committed")) {
    channel = from.channel;
    units = -quantity;
  }
  if (channel === null) return;
  netOf(nets, keyOf(channel, entry.sku)).sales.push({ units, bookedAt });
}

function settle(
  state: ListingState,
  told: number,
  at: number,
  net: Net | undefined,
  lagMs: number,
): void {
  let low = told;
  let high = told;
  for (const { units, bookedAt } of net?.sales ?? []) {
    // Placed before the number took effect, perhaps: it may be in it already.
    const blurred = bookedAt < at + 2 * lagMs;
    if (units > 0 || !blurred) low -= units;
    if (units < 0 || !blurred) high -= units;
  }
  const since = told - low;
  for (const quantity of net?.asked ?? []) {
    low = Math.min(low, quantity - since);
    high = Math.max(high, quantity);
  }
  state.low = low;
  state.high = high;
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
  const nets = new Map<string, Net>();
  const answered = new Set<string>();
  for (let page = 0, end = headSeq; page < PAGES_MAX && end > 0 && open.size > 0; page += 1) {
    const begin = Math.max(0, end - PAGE);
    const read = await ledger.read(begin, end - begin);
    if (!read.ok) return read;
    for (const entry of [...read.value].reverse()) {
      if (entry.type === "note" && saysNumber(entry)) {
        const key = keyOf(entry.channel, entry.sku);
        const state = open.get(key);
        if (state === undefined) continue;
        settle(state, entry.n, entry.at, nets.get(key), settings.orderLagMs[state.listing.channel]);
        open.delete(key);
      } else if (entry.type === "note" && entry.kind === "push_failed") {
        answered.add(entry.ref);
      } else if (entry.type === "note" && entry.kind === "push_requested") {
        if (!answered.has(entry.ref)) {
          netOf(nets, keyOf(entry.channel, entry.sku)).asked.push(entry.n);
        }
      } else follow(entry, nets);
    }
    end = begin;
  }
  return ok(null);
}
