/**
 * Files and pasted tables, on their way into the live book (channels/exports): opened, previewed and
 * booked here in the worker, in slices, so that the engine keeps its turns. One at a time; a new one
 * ends the one before.
 */
import type { Clock } from "../base/clock";
import type { Sku } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import {
  bookImport,
  openExport,
  openPasted,
  pageOf,
  planExport,
  summaryOf,
  type ImportPage,
  type ImportPlan,
  type Mapping,
  type OpenedExport,
  type PaceOptions,
} from "../channels/exports/import";
import type { FileRefusal } from "../channels/exports/refusals";
import { seedStock } from "../stock/settings";
import type { ImportOpened, ImportPreview, ImportRefusal, ImportSource, Work } from "./api";
import { refusedBy } from "./command-refusal";
import { mappedNote, proposeLive, isSameMapping, keyOfListing } from "./live-mapping";
import type { LiveRecord } from "./live-record";
import type { OpenBook } from "./open-book";

export interface ImportingPorts {
  readonly clock: Clock;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** The live book; null while another one is open. */
  readonly book: () => OpenBook | null;
  readonly record: LiveRecord;
  /** The live book is to be opened anew: it has other listings now. */
  readonly reopen: () => Promise<void>;
  readonly onChange: () => void;
}

/** Rows of each list that come with the preview. */
const FIRST_ROWS = 50;

export class Importing {
  readonly #ports: ImportingPorts;
  #ending = new AbortController();
  #opened: { readonly table: OpenedExport; readonly madeAt: number } | null = null;
  #plan: ImportPlan | null = null;
  #work: Work | null = null;

  constructor(ports: ImportingPorts) {
    this.#ports = ports;
  }

  get work(): Work | null {
    return this.#work;
  }

  async open(source: ImportSource): Promise<Result<ImportOpened, ImportRefusal>> {
    this.cancel();
    const opened = await this.#working((pace) => openSource(source, pace));
    if (!opened.ok) return refusedFile(opened.error);
    const madeAt = source.kind === "text" ? this.#ports.clock.now() : source.madeAt;
    this.#opened = { table: opened.value, madeAt };
    return ok({ recognised: opened.value.recognised, source: opened.value.source });
  }

  async preview(mapping: Mapping, zone: string): Promise<Result<ImportPreview, ImportRefusal>> {
    const book = this.#ports.book();
    if (book === null) return err({ code: "not_live" });
    const opened = this.#opened;
    if (opened === null) return err({ code: "no_plan" });
    const { record } = this.#ports;
    const known = await record.refresh();
    if (!known.ok) return refusedBy(known.error);
    const { catalogue, bookkeeper } = book;
    const skus = new Set<string>([...record.skus, ...catalogue.items.map(({ sku }) => sku)]);
    const view = {
      projection: bookkeeper.projection,
      settings: seedStock,
      skuOf: (channel: ImportPlan["channel"], listingId: string, sku: string) =>
        catalogue.find(channel, listingId)?.sku ?? (skus.has(sku) ? (sku as Sku) : null),
      hasKey: (key: string) => record.wasImported(key),
    };
    const planned = await this.#working((pace) =>
      planExport(opened.table, mapping, view, { ...pace, takenAt: opened.madeAt, zone }),
    );
    if (!planned.ok) return refusedFile(planned.error);
    this.#plan = planned.value;
    return ok({ summary: summaryOf(planned.value), page: pageOf(planned.value, 0, FIRST_ROWS) });
  }

  page(from: number, count: number): ImportPage | null {
    return this.#plan === null ? null : pageOf(this.#plan, from, count);
  }

  async apply(): Promise<Result<null, ImportRefusal>> {
    const book = this.#ports.book();
    const plan = this.#plan;
    if (book === null) return err({ code: "not_live" });
    if (plan === null) return err({ code: "no_plan" });
    if (book.role !== "leader") return err({ code: "not_leader" });
    const at = this.#ports.clock.now();
    const { record, reopen } = this.#ports;
    const outcome = { isStale: false };
    const booked = await book.bookkeeper.transact((projection, add) => {
      const taken = bookImport(plan, projection, seedStock, { at, actor: "" }, add);
      outcome.isStale = !taken.ok;
      if (!taken.ok) return;
      for (const mapped of newListings(plan)) {
        const before = record.mapped.get(keyOfListing(mapped.listing));
        if (!isSameMapping(before, mapped)) add(mappedNote(mapped, at));
      }
    });
    if (!booked.ok) return err({ code: "storage", detail: booked.error.detail });
    if (outcome.isStale) return err({ code: "plan_is_stale" });
    const kept = await book.flush();
    if (!kept.ok) return refusedBy(kept.error);
    this.cancel();
    await record.refresh();
    await reopen();
    return ok(null);
  }

  cancel(): void {
    this.#ending.abort();
    this.#ending = new AbortController();
    this.#opened = null;
    this.#plan = null;
    this.#tell(null);
  }

  /** In slices, with its progress told; whatever becomes of it, it is over then. */
  async #working<T>(work: (pace: PaceOptions) => Promise<T>): Promise<T> {
    const { clock, sleep } = this.#ports;
    const { signal } = this.#ending;
    try {
      return await work({
        clock,
        signal,
        rest: () => sleep(0, signal),
        onProgress: ({ stage, done }) => this.#tell({ kind: "file", stage, done }),
      });
    } finally {
      this.#tell(null);
    }
  }

  #tell(work: Work | null): void {
    if (work === this.#work) return;
    this.#work = work;
    this.#ports.onChange();
  }
}

async function openSource(source: ImportSource, pace: PaceOptions) {
  if (source.kind === "text") return openPasted(source.text, pace);
  return openExport(new Uint8Array(await source.bytes.arrayBuffer()), pace);
}

function newListings(plan: ImportPlan) {
  const { channel, newListings: items } = plan;
  return proposeLive([{ channel, items, shown: new Map() }], new Set()).mapped;
}

function refusedFile({ code, detail }: FileRefusal): Result<never, ImportRefusal> {
  return err({ code: "file", reason: code, detail });
}
