/**
 * Why a sellable number is what it is (architecture.md decision 8): its terms, each with the entries
 * that make it. The terms add up to the number, and the entries of a term add up to the term, for
 * any ledger; a property test holds both.
 */
import type { ChannelId, Sku } from "../base/ids";
import { isOnHand, parseAccount, type ParsedAccount } from "./accounts";
import type { Entry, Move } from "./entries";
import { parseStreamPlan } from "./streams";

export type TermKind = "on_hand" | "committed" | "held" | "reserved" | "damaged" | "buffer";

/** What one entry adds to its term; signed units. */
export interface Share {
  readonly seq: number;
  readonly units: number;
}

export interface Term {
  readonly kind: TermKind;
  /** The channel of "committed" and "held", the stream of "reserved", else "". */
  readonly about: string;
  /** Signed: what it adds to the number. */
  readonly units: number;
  /** In the order of the ledger. Lines that are settled - their entries cancel out - are left out. */
  readonly entries: readonly Share[];
}

export interface Explanation {
  readonly sku: Sku;
  readonly channel: ChannelId;
  /** The sum of the terms; negative is oversold by that many. */
  readonly sellable: number;
  readonly terms: readonly Term[];
}

interface Draft {
  readonly kind: TermKind;
  readonly about: string;
  readonly shares: { readonly seq: number; readonly ref: string; readonly units: number }[];
}

class Terms {
  readonly #drafts = new Map<string, Draft>();

  add(kind: TermKind, about: string, move: Move & { seq: number }, units: number): void {
    const key = `${kind}/${about}`;
    let draft = this.#drafts.get(key);
    if (draft === undefined) {
      draft = { kind, about, shares: [] };
      this.#drafts.set(key, draft);
    }
    draft.shares.push({ seq: move.seq, ref: move.ref, units });
  }

  list(isCounted: (draft: Draft) => boolean): Term[] {
    const terms: Term[] = [];
    for (const draft of this.#drafts.values()) {
      if (!isCounted(draft)) continue;
      const open = new Map<string, number>();
      for (const { ref, units } of draft.shares) open.set(ref, (open.get(ref) ?? 0) + units);
      const entries = draft.shares
        .filter(({ ref }) => open.get(ref) !== 0)
        .map(({ seq, units }) => ({ seq, units }));
      const units = entries.reduce((sum, share) => sum + share.units, 0);
      if (entries.length > 0) terms.push({ kind: draft.kind, about: draft.about, units, entries });
    }
    return terms;
  }
}

/** What `units` more in this account take off the number, beside being on hand. */
function deduct(
  terms: Terms,
  account: ParsedAccount,
  move: Move & { seq: number },
  units: number,
): void {
  if (account.kind === "committed" || account.kind === "held") {
    terms.add(account.kind, account.channel, move, -units);
  } else if (account.kind === "reserved") terms.add("reserved", account.stream, move, -units);
  else if (account.kind === "damaged") terms.add("damaged", "", move, -units);
}

/** `entries` in the order of the ledger; those of other SKUs are passed over. */
export function explain(
  entries: Iterable<Entry>,
  sku: Sku,
  channel: ChannelId,
  buffer = 0,
): Explanation {
  const terms = new Terms();
  const ownStreams = new Set<string>();
  for (const entry of entries) {
    if (entry.sku !== sku) continue;
    if (entry.type === "note") {
      if (entry.kind !== "stream_planned") continue;
      const plan = parseStreamPlan(entry.detail);
      if (!plan.ok) continue;
      if (plan.value.channel === channel) ownStreams.add(entry.ref);
      else ownStreams.delete(entry.ref);
      continue;
    }
    const from = parseAccount(entry.from);
    const to = parseAccount(entry.to);
    const gained = Number(isOnHand(to)) - Number(isOnHand(from));
    if (gained !== 0) terms.add("on_hand", "", entry, gained * entry.quantity);
    deduct(terms, from, entry, -entry.quantity);
    deduct(terms, to, entry, entry.quantity);
  }
  // The live channel's own reservation is on its side, and on nobody else's.
  const list = terms.list(({ kind, about }) => kind !== "reserved" || !ownStreams.has(about));
  if (buffer !== 0) list.push({ kind: "buffer", about: "", units: -buffer, entries: [] });
  return { sku, channel, sellable: list.reduce((sum, t) => sum + t.units, 0), terms: list };
}
