/** A seller's book, and imports into it as the worker would do them. */
import type { ChannelId, Sku } from "../../../src/base/ids";
import {
  bookImport,
  openExport,
  openPasted,
  planExport,
  type BookView,
  type ImportPlan,
  type Mapping,
  type OpenedExport,
  type PaceOptions,
  type PlanOptions,
} from "../../../src/channels/exports/import";
import type { Result } from "../../../src/base/result";
import { MemoryLedger } from "../../../src/ledger/memory-ledger";
import { onHand, openUnits } from "../../../src/stock/balances";
import { balancesOf } from "../../../src/stock/projection";
import { seedStock } from "../../../src/stock/settings";
import { Bookkeeper } from "../../../src/sync/bookkeeper";

/** Saturday morning in Los Angeles: the exports of the cases were made a moment before. */
export const NOW = Date.parse("2026-11-21T17:00:00Z");
export const ZONE = "America/Los_Angeles";

export const unhurried: PaceOptions = {
  clock: { now: () => 0 },
  rest: () => Promise.resolve(),
};

export function must<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export async function openText(text: string): Promise<OpenedExport> {
  return must(await openExport(bytesOf(text), unhurried));
}

export async function paste(text: string): Promise<OpenedExport> {
  return must(await openPasted(text, unhurried));
}

export class ExportWorld {
  readonly ledger = new MemoryLedger();
  readonly books = new Bookkeeper(this.ledger, { now: () => this.now }, () => undefined);
  readonly keys = new Set<string>();
  now = NOW;
  /** Null: every SKU of a file is in the book. */
  known: ReadonlySet<string> | null = null;
  readonly skuOfListing = new Map<string, Sku>();

  get view(): BookView {
    return {
      projection: this.books.projection,
      settings: seedStock,
      hasKey: (key) => this.keys.has(key),
      skuOf: (_channel: ChannelId, listingId, sku) => {
        const mapped = this.skuOfListing.get(listingId);
        if (mapped !== undefined) return mapped;
        const isKnown = sku !== "" && (this.known === null || this.known.has(sku));
        return isKnown ? (sku as Sku) : null;
      },
    };
  }

  async plan(
    opened: OpenedExport,
    options: Partial<PlanOptions> & { readonly mapping?: Mapping } = {},
  ): Promise<ImportPlan> {
    const mapping = options.mapping ?? opened.recognised.mapping;
    const all = { ...unhurried, takenAt: this.now, zone: ZONE, ...options };
    return must(await planExport(opened, mapping, this.view, all));
  }

  /** In one batch, like everything that the worker books. Answers how many entries there are now. */
  async book(plan: ImportPlan): Promise<Result<number, { readonly code: string }>> {
    let outcome: ReturnType<typeof bookImport> = { ok: true, value: null };
    const booked = await this.books.transact((projection, book) => {
      const request = { at: this.now, actor: "seller" };
      outcome = bookImport(plan, projection, seedStock, request, book);
    });
    for (const { key } of must(booked)) this.keys.add(key);
    return outcome.ok ? { ok: true, value: this.books.projection.seq } : outcome;
  }

  onHand(sku: string): number {
    return onHand(balancesOf(this.books.projection, sku as Sku));
  }

  /** Units of open paid orders of a channel. */
  committed(sku: string, channel: ChannelId): number {
    return openUnits(balancesOf(this.books.projection, sku as Sku), channel).committed;
  }

  held(sku: string, channel: ChannelId): number {
    return openUnits(balancesOf(this.books.projection, sku as Sku), channel).held;
  }
}
