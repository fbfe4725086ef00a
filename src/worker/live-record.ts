/**
 * What the live book's journal says beside stock: how listings are mapped, which SKUs have a history,
 * and which files were imported. Read from the journal, so that a follower and a wiped browser know
 * it too; each look reads only what is new.
 */
import { ok, type Result } from "../base/result";
import { LIVE_BOOK } from "../channels/http/connect-contract";
import {
  JournalClient,
  type JournalRefusal,
  type JournalTransport,
} from "../ledger/journal-client";
import type { Entry } from "../stock/entries";
import { keyOfListing, readMapped, type MappedListing } from "./live-mapping";

/** Keys of what an import books begin like this (channels/exports). */
const IMPORT_KEYS = "counted/export/";

export class LiveRecord {
  readonly #journal: JournalClient;
  readonly #mapped = new Map<string, MappedListing>();
  readonly #skus = new Set<string>();
  readonly #imports = new Set<string>();
  #seq = 0;

  constructor(transport: JournalTransport) {
    this.#journal = new JournalClient(LIVE_BOOK, transport);
  }

  /** By "channel/listing id". */
  get mapped(): ReadonlyMap<string, MappedListing> {
    return this.#mapped;
  }

  get skus(): ReadonlySet<string> {
    return this.#skus;
  }

  wasImported(key: string): boolean {
    return this.#imports.has(key);
  }

  async refresh(): Promise<Result<null, JournalRefusal>> {
    for (;;) {
      const found = await this.#journal.read(this.#seq);
      if (!found.ok) return found;
      for (const entry of found.value) this.#take(entry);
      this.#seq = found.value.at(-1)?.seq ?? this.#seq;
      if (this.#seq >= (this.#journal.headSeq ?? 0)) return ok(null);
    }
  }

  #take(entry: Entry): void {
    if (entry.type === "move" || entry.kind === "counted") this.#skus.add(entry.sku);
    if (entry.key.startsWith(IMPORT_KEYS)) this.#imports.add(entry.key);
    if (entry.type !== "note") return;
    const mapped = readMapped(entry);
    if (mapped !== null) this.#mapped.set(keyOfListing(mapped.listing), mapped);
  }
}
