/** What a person does by hand to stock: counts, receipts, their undo; and a SKU's history and listings. */
import type { Clock } from "../base/clock";
import { ok, type Result } from "../base/result";
import { count, receive, type Outcome, type Request } from "../stock/commands";
import type { Draft, Entry, Move } from "../stock/entries";
import { oversellNotes, oversoldNow } from "../stock/oversell";
import type { Projection } from "../stock/projection";
import { reverse } from "../stock/reverse";
import { SELLER } from "../sync/acting";
import type { HandBooked, HandRefusal, HistoryLine, HistoryPage, ListedAs } from "./hand-api";
import type { OpenBook } from "./open-book";
import { tell } from "./tell";

export interface StockDeskPorts {
  readonly clock: Clock;
  readonly book: () => OpenBook | null;
}

const PAGE_LINES = 40;
const READ_AT_ONCE = 2000;
/** A page looks back over so many entries at most; a SKU that rarely moves goes on with the next one. */
const LOOK_BACK = 40_000;

export class StockDesk {
  readonly #ports: StockDeskPorts;

  constructor(ports: StockDeskPorts) {
    this.#ports = ports;
  }

  count(sku: string, counted: number): Promise<Result<HandBooked, HandRefusal>> {
    return this.#book(sku, (projection, request) => count(projection, { ...request, counted }));
  }

  receive(sku: string, units: number): Promise<Result<HandBooked, HandRefusal>> {
    return this.#book(sku, (projection, request) =>
      receive(projection, { ...request, units, arrival: null }),
    );
  }

  async #book(
    sku: string,
    plan: (projection: Projection, request: Request & { readonly sku: Move["sku"] }) => Outcome,
  ): Promise<Result<HandBooked, HandRefusal>> {
    const booked = { key: "", units: 0 };
    const told = await tell<HandRefusal>(this.#ports.book(), (engine, projection, add) => {
      const item = engine.situation().catalogue.items.find((each) => each.sku === sku);
      if (item === undefined) return { code: "sku_unknown" };
      const at = this.#ports.clock.now();
      const id = `hand/${projection.seq + 1}`;
      const drafts = plan(projection, { id, at, actor: SELLER, sku: item.sku });
      if (!drafts.ok) return { code: "units_not_whole" };
      const moves = drafts.value.filter((draft) => draft.type === "move");
      for (const move of moves) {
        booked.key = move.key;
        booked.units = move.quantity;
      }
      addWithOversell(projection, drafts.value, at, add);
      return null;
    });
    return told.ok ? ok(booked) : told;
  }

  async undo(seq: number): Promise<Result<null, HandRefusal>> {
    const book = this.#ports.book();
    const read = await book?.bookkeeper.ledger.read(Math.max(0, seq - 1), 1);
    const entry = read?.ok === true ? read.value[0] : undefined;
    return tell<HandRefusal>(book, (_engine, projection, add) => {
      if (entry?.seq !== seq || !isByHand(entry)) return { code: "cannot_undo" };
      const at = this.#ports.clock.now();
      const back = reverse(projection, entry, { id: entry.key, at, actor: SELLER });
      if (!back.ok) return { code: "cannot_undo" };
      addWithOversell(projection, back.value, at, add);
      return null;
    });
  }

  async history(sku: string, before: number | null): Promise<HistoryPage> {
    const bookkeeper = this.#ports.book()?.bookkeeper;
    if (bookkeeper === undefined) return { lines: [], next: null };
    const { ledger, projection } = bookkeeper;
    const lines: HistoryLine[] = [];
    const from = before ?? projection.seq;
    for (let after = from; after > 0;) {
      const start = Math.max(0, after - READ_AT_ONCE);
      const read = await ledger.read(start, after - start);
      if (!read.ok) break;
      for (const entry of [...read.value].reverse()) {
        if (entry.type !== "move" || entry.sku !== sku) continue;
        lines.push(lineOf(projection, entry));
        if (lines.length === PAGE_LINES) return { lines, next: entry.seq - 1 };
      }
      after = start;
      if (after > 0 && from - after >= LOOK_BACK) return { lines, next: after };
    }
    return { lines, next: null };
  }

  listings(sku: string): Promise<readonly ListedAs[]> {
    const catalogue = this.#ports.book()?.catalogue;
    const taking = catalogue?.taking(sku as Move["sku"]) ?? [];
    return Promise.resolve(
      taking.map((state) => ({
        channel: state.listing.channel,
        listingId: state.listing.listingId,
        bundle: state.sku === sku ? "" : state.sku,
        units: state.parts.find((part) => part.sku === sku)?.units ?? 1,
        shown: state.observed,
      })),
    );
  }
}

/** A count may find fewer units than are promised: then the ledger says so. */
function addWithOversell(
  projection: Projection,
  drafts: readonly Draft[],
  at: number,
  add: (draft: Draft) => void,
): void {
  const before = oversoldNow(projection);
  drafts.forEach(add);
  const moves = drafts.filter((draft) => draft.type === "move");
  oversellNotes(projection, before, moves, at).forEach(add);
}

/** Only what a person typed in is taken back here: reservations have their own way back. */
function isByHand(entry: Entry): entry is Move & Entry {
  if (entry.type !== "move" || entry.actor !== SELLER) return false;
  return entry.kind === "count" || entry.kind === "receipt" || entry.kind === "adjust";
}

function lineOf(projection: Projection, entry: Move & Entry): HistoryLine {
  const request = { id: entry.key, at: entry.at, actor: SELLER };
  return {
    seq: entry.seq,
    key: entry.key,
    at: entry.at,
    kind: entry.kind,
    units: entry.quantity,
    from: entry.from,
    to: entry.to,
    ref: entry.ref,
    byHand: entry.actor === SELLER,
    reversed: projection.reversed.has(entry.key),
    mayUndo: isByHand(entry) && reverse(projection, entry, request).ok,
  };
}
